"""Has the bundle of web/ui built before the package is: see docs/decisions/0015-pages.md."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

sys.path.insert(0, str(Path(__file__).parent / "deploy"))

from bundle import provide_bundle  # after the line above: the folder of a build is not on the path


class BuildPy(build_py):
    """Has the bundle ready before the package's files are listed."""

    def run(self) -> None:
        """Build the bundle, then the package; files of an older bundle have other names and are not to come along."""
        provide_bundle()
        shutil.rmtree(Path(self.build_lib, "kaigraph", "web", "static"), ignore_errors=True)
        super().run()


class SDist(sdist):
    """Takes the bundle along, so that who builds from the sdist needs no npm registry."""

    def run(self) -> None:
        """Build the bundle, then the sdist."""
        provide_bundle()
        super().run()


setup(cmdclass={"build_py": BuildPy, "sdist": SDist})
