"""A project whose data a test may spoil."""

import shutil
from pathlib import Path

import pytest

from futian_model.project import Project, find_project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    shutil.copytree(find_project().data, tmp_path / "data")
    return Project(tmp_path)
