"""Notebooks of the project through real papermill."""

from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode

from futian_model.batch.execution import execute
from futian_model.kernels.nursery import Nursery
from futian_model.project import find_project
from futian_model.report import faults
from futian_model.report.page.dictionary import dictionary
from futian_model.report.page.record import record_of
from futian_model.report.page.results_files import results_from

RunNotebook = Callable[..., NotebookNode]
ROOT = find_project(Path(__file__).parent).root


@pytest.fixture(scope="session")
def papermilled(nursery: Nursery) -> RunNotebook:
    """Execute a notebook with its parameters in a project, this one unless another is given."""

    def run(name: str, folder: Path = ROOT, **parameters: object) -> NotebookNode:
        return execute(ROOT / "notebooks" / name, parameters, folder, name=name, nursery=nursery)

    return run


@pytest.fixture
def run_notebook(papermilled: RunNotebook) -> RunNotebook:
    """As `papermilled`; what comes of it may go out as a report."""

    def run(name: str, **parameters: object) -> NotebookNode:
        notebook = papermilled(name, **parameters)
        assert faults(notebook) == []
        assert unnamed(notebook) == set()
        return notebook

    return run


def unnamed(notebook: NotebookNode) -> set[str]:
    """Codes of the results that the dictionary does not put into words, in either language."""
    record = record_of(notebook)
    told = dictionary(results_from(record["results"]), record["names"])
    bare = (told[["name_zh", "name_en"]] == "").any(axis=1)
    return set(told.loc[bare, "kind"] + " " + told.loc[bare, "reading"] + "/" + told.loc[bare, "code"])
