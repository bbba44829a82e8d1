"""Lets the tests of this room share `tests.shapes.support`, however pytest is started."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2]))  # last: the folder graphql/ must never come before graphql-core
