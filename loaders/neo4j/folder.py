"""A folder that is written whole or not at all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kaigraph.ontology.errors import BadUse

#: The names that files of a bulk load have.
_OURS = re.compile(
    r"(nodes-[0-9]+|facts|store|relationships(-facts|-store)?)(\.header)?\.csv|import\.args|after-import\.cypher"
)


@contextmanager
def whole(folder: Path) -> Iterator[Path]:
    """An empty folder beside the one that is wanted, which takes its place when all went well.

    Raises:
        BadUse: the folder has other things in it, or cannot be written.
    """
    target = folder.resolve()
    part = target.with_name(target.name + ".part")
    try:
        for there in (target, part):
            _check(there, folder)
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        yield part
        if target.exists():
            shutil.rmtree(target)
        part.rename(target)
    except OSError as error:
        raise BadUse(f"cannot write: {error.strerror}", where=str(folder)) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _check(there: Path, folder: Path) -> None:
    """Nothing is lost but what an earlier run wrote."""
    if not there.exists():
        return
    others = sorted(p.name for p in there.iterdir() if not (_OURS.fullmatch(p.name) and p.is_file()))
    if others:
        raise BadUse(
            f"the folder has other things in it ({others[0]})",
            where=str(folder if there.name == folder.name else there),
            hint="name one that is not there, or is empty",
        )
