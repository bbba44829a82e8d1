"""The locks of the peers that benches install: whole, and free of any host, so that every mirror will do."""

import json
import re
from pathlib import Path
from typing import Any

PEERS = Path(__file__).parents[2] / "bench" / "peers"


def packages() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((PEERS / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return found


def test_npm_lock_has_the_hash_of_every_package_and_no_place() -> None:
    installed = {name: package for name, package in packages().items() if name}
    assert len(installed) > 20
    for name, package in installed.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name
        rest = {key: value for key, value in package.items() if key != "funding"}  # pages of their authors
        assert "://" not in json.dumps(rest), name


def test_npm_lock_is_of_the_packages_that_are_asked_for() -> None:
    wanted = json.loads((PEERS / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert packages()[""]["dependencies"] == wanted
    for name, version in wanted.items():
        assert packages()[f"node_modules/{name}"]["version"] == version


def test_npm_never_writes_a_place() -> None:
    assert "omit-lockfile-registry-resolved=true" in (PEERS / ".npmrc").read_text(encoding="utf-8").splitlines()


def test_python_lock_has_hashes_and_no_place() -> None:
    text = (PEERS / "requirements.txt").read_text(encoding="utf-8")
    assert "://" not in text
    pinned = re.findall(r"^([\w.-]+)==\S+(.*)$", text, re.MULTILINE)
    assert {name for name, _ in pinned} >= set((PEERS / "requirements.in").read_text(encoding="utf-8").split())
    assert all(rest.strip() == "\\" for _, rest in pinned)  # a hash follows
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", text)) >= len(pinned)
