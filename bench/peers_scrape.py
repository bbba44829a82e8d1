"""What a server of ours counted, by its `/metrics`: held against what a load counted from outside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http.client import HTTPConnection

_LINE = re.compile(r"^(\w+)(\{[^}]*\})? (\S+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Scrape:
    """Operations answered, of which kept answers, and the time they took within the server, in s."""

    operations: int
    kept: int
    seconds: float

    def since(self, before: Scrape) -> Scrape:
        """What came in between."""
        return Scrape(self.operations - before.operations, self.kept - before.kept, self.seconds - before.seconds)


def scrape(port: int) -> Scrape:
    """What the server has counted until now."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    return scraped(text)


def scraped(text: str) -> Scrape:
    """The same, from the text."""
    found: dict[str, float] = {}
    for name, _, value in _LINE.findall(text):
        found[name] = found.get(name, 0.0) + float(value)
    return Scrape(
        int(found.get("kaigraph_operations_total", 0)),
        int(found.get("kaigraph_answer_cache_hits_total", 0)),
        found.get("kaigraph_operation_seconds_sum", 0.0),
    )
