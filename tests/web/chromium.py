"""A real Chromium, driven through its own pipe: no driver, no Node, no package but Debian's `chromium`."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: What keeps it from asking anybody anything; and no name but this machine's is known to it.
QUIET = (
    "--headless",
    "--no-sandbox",  # tests run as root in containers
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
PATIENCE = 120.0


@dataclass
class Browser:
    """A browser and the page it shows. What the page asked for and what it complained of is kept."""

    reader: int
    writer: int
    session: str = ""
    requests: list[str] = field(default_factory=list)
    sent_headers: list[dict[str, str]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    _sent: int = 0
    _rest: bytes = b""

    def call(self, method: str, **params: Any) -> dict[str, Any]:  # noqa: ANN401  # JSON
        """One command of the DevTools protocol, and its result."""
        number = self._say(method, self.session, params)
        while True:
            found = self._next()
            if found.get("id") == number:
                assert "error" not in found, f"{method}: {found['error']}"
                result: dict[str, Any] = found["result"]
                return result
            self._note(found)

    def open(self, address: str, width: int = 1440, height: int = 900) -> None:
        """Go to an address as one who was never there, in a window of a size, in light colours."""
        self.session = ""
        for kept in (self.requests, self.sent_headers, self.complaints):
            kept.clear()
        stranger = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=stranger)["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._watch(self.session)
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "light"}])
        self.call("Page.enable")
        self.call("Page.navigate", url=address)

    def evaluate(self, script: str) -> Any:  # noqa: ANN401  # JSON
        """The value of an expression in the page."""
        found = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def wait_for(self, script: str) -> Any:  # noqa: ANN401  # JSON
        """The value of an expression as soon as it is something."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = self.evaluate(script)
            if found:
                return found
            time.sleep(0.1)
        raise AssertionError(f"in vain: {script}\n{self.evaluate('document.body.innerText')[:2000]}\n{self.complaints}")

    def click(self, selector: str) -> None:
        """A click of the mouse in the middle of an element, as soon as there is one."""
        box = f"(e => e && JSON.stringify(e.getBoundingClientRect()))(document.querySelector({json.dumps(selector)}))"
        found = json.loads(self.wait_for(box))
        place = {"x": found["x"] + found["width"] / 2, "y": found["y"] + found["height"] / 2}
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            button = {} if kind == "mouseMoved" else {"button": "left", "clickCount": 1}
            self.call("Input.dispatchMouseEvent", type=kind, **place, **button)

    def screenshot(self, path: Path) -> None:
        """What is to be seen, as PNG."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))

    def _say(self, method: str, session: str, params: dict[str, Any]) -> int:
        self._sent += 1
        message = {"id": self._sent, "method": method, "params": params}
        os.write(self.writer, json.dumps(message | ({"sessionId": session} if session else {})).encode() + b"\0")
        return self._sent

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self.reader], [], [], PATIENCE)
            assert ready, "Chromium says nothing"
            part = os.read(self.reader, 1 << 20)
            assert part, "Chromium ended"
            self._rest += part
        message, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found

    def _note(self, event: dict[str, Any]) -> None:
        params = event.get("params", {})
        match event.get("method"):
            case "Network.requestWillBeSent":
                self.requests.append(params["request"]["url"][:200])
                self.sent_headers.append(params["request"]["headers"])
            case "Target.attachedToTarget" if self.session:  # a worker: its requests count too
                self._watch(params["sessionId"])
            case "Log.entryAdded" if params["entry"]["level"] in ("error", "warning"):
                self.complaints.append(f"{params['entry']['text']} {params['entry'].get('url', '')}")
            case "Runtime.consoleAPICalled" if params["type"] in ("error", "warning", "assert"):
                self.complaints.append(" ".join(str(a.get("value", a.get("description"))) for a in params["args"]))
            case "Runtime.exceptionThrown":
                self.complaints.append(json.dumps(params["exceptionDetails"])[:1000])

    def _watch(self, session: str) -> None:
        """Hear of what happens there. Nobody waits for the replies: a worker has not every domain, or may be gone."""
        for domain in ("Network", "Runtime", "Log"):
            self._say(f"{domain}.enable", session, {})
        self._say(
            "Target.setAutoAttach", session, {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": True}
        )


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser with nothing remembered, ended afterwards."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "there is no Chromium: apt-get install chromium"
    commands, answers = _pipe(), _pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        actions = [
            (os.POSIX_SPAWN_DUP2, commands[0], 3),
            (os.POSIX_SPAWN_DUP2, answers[1], 4),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ]
        argv = [program, *QUIET, f"--user-data-dir={folder}", "about:blank"]
        process = os.posix_spawn(program, argv, os.environ, file_actions=actions, setpgroup=0)
        os.close(commands[0])
        os.close(answers[1])
        try:
            yield Browser(answers[0], commands[1])
        finally:
            os.killpg(process, signal.SIGKILL)
            os.waitpid(process, 0)
            os.close(commands[1])
            os.close(answers[0])


def _pipe() -> tuple[int, int]:
    """A pipe with numbers out of the way of 3 and 4, which Chromium takes as its own."""
    ends = os.pipe()
    moved = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)
    for end in ends:
        os.close(end)
    return moved[0], moved[1]
