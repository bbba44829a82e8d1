"""Lets tests share helpers as `tests.…`, however pytest is started."""

import sys
from pathlib import Path

from hypothesis import settings

sys.path.append(str(Path(__file__).parent.parent))  # last: the folder graphql/ must never come before graphql-core

# Machines are shared and noisy: no test asserts a time, and Hypothesis must not either.
settings.register_profile("kaigraph", deadline=None)
settings.load_profile("kaigraph")
