"""The README is run: every line after `$` in a console block, with the output it shows (`…` stands for any lines)."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def console_commands() -> list[tuple[str, str]]:
    blocks = re.findall(r"^```console\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    steps = [step for block in blocks for step in re.split(r"^\$ ", block, flags=re.M) if step.strip()]
    return [(step.partition("\n")[0], step.partition("\n")[2]) for step in steps]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder beside links to what the commands name, so that nothing is written into the checkout."""
    made = tmp_path_factory.mktemp("readme")
    (made / "tests").symlink_to(ROOT / "tests")
    (made / "examples").symlink_to(ROOT / "examples")
    return made


@pytest.mark.parametrize(("command", "shown"), console_commands(), ids=lambda text: text[:60])
def test_console_command(command: str, shown: str, folder: Path) -> None:
    program, *arguments = shlex.split(command)
    assert program == "kaigraph"
    ran = subprocess.run(
        [sys.executable, "-m", "kaigraph.cli.main", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    if shown.strip() == "…":
        assert ran.stdout.strip()
    else:
        assert ran.stdout == shown


def test_the_two_commands_are_one_line_each() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for heading in ("Run it", "Test it"):
        block = re.search(rf"^## {heading}\n+```sh\n(.*?)\n```", text, re.M | re.S)
        assert block is not None
        assert "\n" not in block[1]
