"""A project of its own on a real disk, with a short report notebook."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import nbformat
import pytest

from futian_model import batch
from futian_model.batch import Outcome, Settings
from futian_model.evidence import load_evidence
from futian_model.project import Project, find_project
from futian_model.scenario import attempt_all

Notebook = Callable[..., Path]
RunBatch = Callable[..., list[Outcome]]

SHORT = (
    "from futian_model import ScenarioReport, load_evidence, load_scenario\n"
    "evidence = load_evidence()\n"
    "given = load_scenario(scenario, evidence=evidence, overrides=overrides)\n"
    "report = ScenarioReport(given, lang, evidence=evidence, draws=draws)"
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The project's data and scenarios, copied."""
    original = find_project(Path(__file__).parent)
    made = Project(tmp_path / "project")
    for folder in (original.data, original.params):
        shutil.copytree(folder, made.root / folder.name)
    return made


@pytest.fixture
def notebook(project: Project) -> Notebook:
    """Write the report notebook: parameters, a short start, the cells given, the record."""

    def written(*cells: str, start: str = SHORT, end: str = "report.record()") -> Path:
        parameters = nbformat.v4.new_code_cell(
            'scenario: str = "evidence_trend"\nlang: str = "zh"\ndraws: int = 20\n'
            "seed: int = None\noverrides: str = None",
            metadata={"tags": ["parameters"]},
        )
        code = [nbformat.v4.new_code_cell(source) for source in (start, *cells, end) if source]
        made = nbformat.v4.new_notebook(
            cells=[parameters, *code],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        )
        project.notebooks.mkdir(exist_ok=True)
        file = project.notebooks / "scenario_report.ipynb"
        nbformat.write(made, file)
        return file

    return written


@pytest.fixture
def run_batch(project: Project) -> RunBatch:
    """Run scenarios of the project, to pages unless told otherwise."""

    def ran(*scenarios: str | Path, langs: Sequence[str] = ("zh",), **more: Any) -> list[Outcome]:
        more.setdefault("formats", ("html",))
        evidence = load_evidence(project)
        attempts = attempt_all(scenarios, project, evidence)
        settings = Settings(more.pop("outputs", project.outputs), langs, draws=20, **more)
        return batch.run(attempts, project, evidence, settings)

    return ran
