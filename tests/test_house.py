"""The layout of the house: what depends on what, and what no file may say."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("ontology", "shapes", "loaders", "bloom", "graphql", "web", "client", "cli")
#: Folders of loaders/, and what each may know of the others; what stands beside the folders, all may.
SHELVES: dict[str, set[str]] = {
    "literals": set(),
    "files": set(),
    "resolving": {"literals"},
    "admission": {"files", "resolving"},
    "curating": {"resolving"},
    "rdf": set(),
    "sqlite": {"literals"},
    "neo4j": {"literals"},
}
CODE = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
DOMAIN = re.compile(
    r"kdb|naver|upstage|sk telecom|lg ai|deepseek|ministry|programme|seoul|\bloan|\bgpu|semiconductor", re.I
)


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return found | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_graphql_is_no_regular_package() -> None:
    assert not (ROOT / "graphql" / "__init__.py").exists(), "it would shadow graphql-core: see docs/decisions/0001"
    assert not list((ROOT / "tests").rglob("__init__.py"))


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    above = {f"kaigraph.{name}" for name in ROOMS[ROOMS.index(room) + 1 :]}
    wrong = [name for name in imports(path) if ".".join(name.split(".")[:2]) in above]
    assert not wrong, f"{room} must not know {wrong}"


def test_the_two_stores_and_the_rest_of_loaders_do_not_know_each_other() -> None:
    folders = {path.name for path in (ROOT / "loaders").iterdir() if (path / "__init__.py").exists()}
    assert folders == set(SHELVES)
    for folder, known in SHELVES.items():
        for path in (ROOT / "loaders" / folder).glob("*.py"):
            others = {name.split(".")[2] for name in imports(path) if name.startswith("kaigraph.loaders.")}
            assert others & folders <= {folder, *known}, path


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_python_file_knows_a_word_of_the_domain(path: Path) -> None:
    found = DOMAIN.findall(path.read_text(encoding="utf-8"))
    assert not found, f"{found}: it belongs in the ontology, the shapes or the data"


def test_every_folder_with_code_is_a_declared_package() -> None:
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    folders = {".".join(("kaigraph", *path.parent.relative_to(ROOT).parts)) for path in CODE}
    assert folders <= set(packages)


def test_what_texts_call_a_module_is_one() -> None:
    """A name in backquotes that begins with `kaigraph.` and a room, or with a room and a slash, leads somewhere."""
    for path in [*CODE, *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]:
        text = path.read_text(encoding="utf-8")
        for name in re.findall(rf"`(kaigraph\.(?:{'|'.join(ROOMS)})(?:\.\w+)*)", text):
            assert is_known(name.split(".")[1:]), f"{path.relative_to(ROOT)}: {name}"
        for name in re.findall(rf"`((?:{'|'.join(ROOMS)})/[\w./-]*)`", text):
            assert (ROOT / name).exists(), f"{path.relative_to(ROOT)}: {name}"


def is_known(parts: list[str]) -> bool:
    """Whether it is a module, or a name that one has."""
    path = ROOT.joinpath(*parts)
    if path.is_dir() or path.with_suffix(".py").exists():
        return True
    module = path.parent.with_suffix(".py") if path.parent.with_suffix(".py").exists() else path.parent / "__init__.py"
    return module.exists() and re.search(rf"\b{parts[-1]}\b", module.read_text(encoding="utf-8")) is not None


def test_changelog_and_version_agree() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    newest = re.search(r"^## \[(\d[^]]*)\]", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert newest is not None
    assert newest[1] == version
    assert f"version: {version}" in (ROOT / "CITATION.cff").read_text()


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_registry_or_a_path_of_a_machine() -> None:
    wrong = re.compile(
        r"--(extra-)?index-url|(?<![A-Za-z0-9_.-])/(work|root|home/[a-z]+)/|https?://[^\s\"]*\.(whl|tar\.gz)\b"
    )
    bad = {}
    for path in tracked():
        if path.suffix in {".ttl", ".trig"} or path == Path(__file__):
            continue
        found = wrong.search(path.read_text(encoding="utf-8", errors="replace"))
        if found:
            bad[path.name] = found[0]
    assert not bad


def test_locks_pin_every_dependency_with_hashes() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        pins = re.findall(r"^[a-z0-9-]+==", text, re.M | re.I)
        assert len(pins) > 10
        assert all("--hash=sha256:" in block for block in re.split(r"\n(?=[a-z])", text.strip()))


def test_decisions_fit_a_page() -> None:
    long = [p.name for p in (ROOT / "docs/decisions").glob("*.md") if len(p.read_text().splitlines()) > 80]
    assert not long
