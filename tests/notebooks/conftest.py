"""Notebooks of the project through real papermill."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import papermill
import pytest
from nbformat import NotebookNode

from futian_model.project import find_project
from futian_model.report import faults

RunNotebook = Callable[..., NotebookNode]


@pytest.fixture
def run_notebook(tmp_path: Path) -> RunNotebook:
    """Execute a notebook by its name, with its parameters; it may go out as a report."""
    project = find_project(Path(__file__).parent)

    def run(name: str, **parameters: object) -> NotebookNode:
        made = tmp_path / name
        papermill.execute_notebook(
            project.notebooks / name, made, parameters=parameters, cwd=project.root, progress_bar=False
        )
        notebook = nbformat.reads(made.read_text("utf-8"), 4)
        assert faults(notebook) == []
        return notebook

    return run
