"""The documents are run: every line after `$` in a console block, with the output it shows (`…`: any lines)."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = ("README.md", "docs/curating.md")


def console_commands(path: Path) -> list[tuple[str, str]]:
    """The commands of a document, and what it shows of their output."""
    text = path.read_text(encoding="utf-8")
    blocks = re.findall(r"^```console\n(.*?)^```", text, re.M | re.S)
    assert len(blocks) == text.count("```console"), "an indented block would not be run"
    steps = [step for block in blocks for step in re.split(r"^\$ ", block, flags=re.M) if step.strip()]
    return [(step.partition("\n")[0], step.partition("\n")[2]) for step in steps]


def shows(shown: str, output: str) -> bool:
    """Whether an output is the one shown; a line `…` stands for one line or more."""
    pattern = "".join(r"(?:.*\n)+" if line == "…" else re.escape(line + "\n") for line in shown.splitlines())
    return re.fullmatch(pattern, output) is not None


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """For each document a folder with what its commands name, so that nothing is written into the checkout."""
    made = {}
    for document in DOCUMENTS:
        folder = made[document] = tmp_path_factory.mktemp("docs")
        (folder / "tests").symlink_to(ROOT / "tests")
        (folder / "examples").symlink_to(ROOT / "examples")
        shutil.copytree(ROOT / "data", folder / "data")
    return made


@pytest.mark.parametrize(
    ("document", "command", "shown"),
    [(document, *step) for document in DOCUMENTS for step in console_commands(ROOT / document)],
    ids=lambda text: text[:60],
)
def test_console_command(document: str, command: str, shown: str, folders: dict[str, Path]) -> None:
    program, *arguments = shlex.split(command)
    assert program == "kaigraph"
    command_line = [sys.executable, "-m", "kaigraph.cli.main", *arguments]
    ran = subprocess.run(command_line, cwd=folders[document], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert shows(shown, ran.stdout), ran.stdout


def test_what_is_shown_is_compared() -> None:
    assert shows("a\n…\nd\n", "a\nb\nc\nd\n")
    assert shows("", "")
    assert not shows("a\n", "b\n")
    assert not shows("a\n…\n", "a\n")
    assert not shows("", "a\n")


def test_the_two_commands_are_one_line_each() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for heading in ("Run it", "Test it"):
        block = re.search(rf"^## {heading}\n+```sh\n(.*?)\n```", text, re.M | re.S)
        assert block is not None
        assert "\n" not in block[1]
