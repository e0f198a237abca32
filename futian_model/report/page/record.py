"""What an executed notebook carries: its results, what they were made from, and whether it may go out."""

from typing import Any

import pandas as pd
from nbformat import NotebookNode

from futian_model.report.page.binding import disagreements
from futian_model.report.page.outputs import blocks_of
from futian_model.report.page.results_files import results_from


def record_of(notebook: NotebookNode) -> dict[str, Any]:
    """The block that carries results and inputs; LookupError when there is not exactly one."""
    records = [block for block in blocks_of(notebook) if block["type"] == "record"]
    if len(records) != 1:
        raise LookupError(f"{len(records)} records of results in the notebook; one is needed")
    return records[0]


def results_of(notebook: NotebookNode) -> pd.DataFrame:
    """The results table that the notebook carries."""
    return results_from(record_of(notebook)["results"])


def inputs_of(notebook: NotebookNode) -> dict[str, Any]:
    """What the results were made from."""
    return dict(record_of(notebook)["inputs"])


def faults(notebook: NotebookNode) -> list[str]:
    """Why this notebook must not go out as a report; empty when it may."""
    failed = [
        f"{output.ename}: {output.evalue}"
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]
    try:
        results = results_of(notebook)
    except LookupError as error:
        return [*failed, str(error)]
    return failed + disagreements(blocks_of(notebook), results)
