"""A load's answers are those that the server counts: in processes of their own, as the benches run."""

import json
import subprocess
import sys
from pathlib import Path

from kaigraph.graphql.http import Application
from tests.graphql_ import foreign
from tests.graphql_.http_server import NAMES, running

BENCH = Path(__file__).parents[2] / "bench"
SCRIPT = """
import json, sys
from peers_client import body, load
from peers_scrape import scrape
port, text = int(sys.argv[1]), sys.argv[2]
before = scrape(port)
found = load(port, [body(text, {})], 4, 0.2)
own = scrape(port).since(before)
print(json.dumps([found.answers, own.operations, own.kept, own.seconds]))
"""


def test_as_many_answers_are_counted_as_came() -> None:
    with running(Application(foreign.engine())) as port:
        words = [sys.executable, "-c", SCRIPT, str(port), NAMES]
        done = subprocess.run(words, cwd=BENCH, capture_output=True, text=True, check=True, timeout=60)
    answers, counted, kept, seconds = json.loads(done.stdout)
    assert answers == counted >= 4
    assert 0 <= kept <= counted
    assert seconds > 0
