"""Notebooks of the project through real papermill."""

from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode

from futian_model.batch.execution import execute
from futian_model.kernels.nursery import Nursery
from futian_model.project import find_project
from futian_model.report import faults
from futian_model.report.page.record import record_of, results_from
from futian_model.report.words.sentences import words
from futian_model.report.writers.xlsx.labels import Labels

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
    """Codes of the results that a workbook could not put into words."""
    record = record_of(notebook)
    results = results_from(record["results"])
    found = set()
    for lang in ("zh", "en"):
        labels = Labels(words(lang), record["names"])
        for kind in ("reading", "indicator"):
            found |= {code for code in results[kind].unique() if not labels.known(kind, code)}
        for reading, code in set(zip(results["reading"], results["statistic"], strict=True)):
            if not (labels.known("statistic", f"{reading}/{code}") or labels.known("statistic", code)):
                found.add(code)
    return found
