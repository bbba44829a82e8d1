"""The shapes, and the gate that holds data to them.

`validate(data, vocabulary)` asks SHACL; `kaigraph.shapes.checks` adds what SHACL cannot say.
"""

from importlib.resources import files
from pathlib import Path

from kaigraph.shapes.gate import ENGINES, Vocabulary, validate
from kaigraph.shapes.report import INFO, VIOLATION, WARNING, Origin, Report, Result

_HERE = Path(str(files(__name__)))
CORE_SHAPES = _HERE / "core.ttl"
DEFAULT_SHAPES = _HERE / "kai"
META_SHAPES = _HERE / "meta.ttl"

__all__ = [
    "CORE_SHAPES",
    "DEFAULT_SHAPES",
    "ENGINES",
    "INFO",
    "META_SHAPES",
    "VIOLATION",
    "WARNING",
    "Origin",
    "Report",
    "Result",
    "Vocabulary",
    "validate",
]
