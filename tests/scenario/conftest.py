"""The project's own data, and scenario files written for a test."""

from collections.abc import Callable
from pathlib import Path

import pytest

from futian_model.evidence import Evidence, load_evidence
from futian_model.project import Project, find_project
from futian_model.scenario import Scenario, load_scenario

Write = Callable[..., Path]
Load = Callable[..., Scenario]


@pytest.fixture(scope="session")
def project() -> Project:
    return find_project(Path(__file__).parent)


@pytest.fixture(scope="session")
def evidence(project: Project) -> Evidence:
    return load_evidence(project)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a scenario file: its id, what it extends, and the rest."""

    def written(id: str, extends: str | None = "trend_2021", rest: str = "") -> Path:
        file = tmp_path / f"{id}.yaml"
        below = f"extends: {extends}\n" if extends else ""
        head = f"id: {id}\ntitle: {{zh: 试验, en: Trial}}\ndescription: {{zh: 一项试验。, en: A trial.}}\n"
        file.write_text(head + below + rest, encoding="utf-8")
        return file

    return written


@pytest.fixture
def load(project: Project, evidence: Evidence) -> Load:
    """Load one scenario with the project's data."""
    return lambda path: load_scenario(path, project, evidence=evidence)
