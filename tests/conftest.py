"""Lets tests share helpers as `tests.…`, however pytest is started."""

import os
import sys
from pathlib import Path

from hypothesis import settings

sys.path.append(str(Path(__file__).parent.parent))  # last: the folder graphql/ must never come before graphql-core

# Machines are shared and noisy: no test asserts a time, and Hypothesis must not either.
# In CI examples are the same at every run, as in Hypothesis's own profile: a run tells of the change, not of luck.
settings.register_profile("kaigraph", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("kaigraph")
