"""A project of its own for tests that write scenario files."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from futian_model.evidence import Evidence, load_evidence
from futian_model.project import Project, find_project

ROOT = find_project(Path(__file__).parent).root


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    return load_evidence(Project(ROOT))


@pytest.fixture
def own(evidence: Evidence, tmp_path: Path) -> Evidence:
    """The same figures in a project whose scenarios may be written to."""
    copytree(ROOT / "params", tmp_path / "params")
    (tmp_path / "data").symlink_to(ROOT / "data")
    made = replace(evidence, project=Project(tmp_path))
    vars(made)["_worked_out"] = evidence._worked_out  # the same figures, so the same estimates
    return made
