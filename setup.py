"""The wheel carries the project of the checkout: figures, scenarios, notebooks, the example.

These folders have one copy, at the top; an editable install reads them in place.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

FOLDERS = ("data", "params", "notebooks", "examples")


class WithProject(build_py):
    """Also the folders of the project."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        shipped = Path(self.build_lib, "futian_model", "shipped")
        shutil.rmtree(shipped, ignore_errors=True)
        ignored = shutil.ignore_patterns(".*", "__pycache__")
        for folder in FOLDERS:
            shutil.copytree(folder, shipped / folder, ignore=ignored)


setup(cmdclass={"build_py": WithProject})
