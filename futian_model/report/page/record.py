"""What an executed notebook carries: its results, what they were made from, and whether it may go out."""

from typing import Any

import pandas as pd
from nbformat import NotebookNode

from futian_model.errors import cut, legible
from futian_model.report.page.binding import disagreements
from futian_model.report.page.outputs import MAY_FAIL, allowed_to_fail, blocks_of, called
from futian_model.report.page.results_files import results_from

RUNS = f"a cell that runs, or one with the tag {MAY_FAIL}, whose error is shown"
UNRUN = "the notebook has not been run: run all cells, then export it"
UNFINISHED = (
    "no results in the notebook: run all cells, the last one too, in which the report gives its record"
)


def record_of(notebook: NotebookNode) -> dict[str, Any]:
    """The block that carries results and inputs; LookupError when there is not exactly one."""
    records = [block for block in blocks_of(notebook) if block["type"] == "record"]
    if not records:
        raise LookupError(UNRUN if unrun(notebook) else UNFINISHED)
    if len(records) > 1:
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
        f"{called(number, cell)}: {cut(legible(f'{output.ename}: {output.evalue}'))}; allowed: {RUNS}"
        for number, cell in enumerate(notebook.cells, 1)
        if not allowed_to_fail(cell)
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]
    try:
        results = results_of(notebook)
    except LookupError as error:
        return [*failed, str(error)]
    # of two states every number disagrees
    return failed + (mixed(notebook) or disagreements(blocks_of(notebook), results))


def mixed(notebook: NotebookNode) -> list[str]:
    """Cells that show another report than the one whose results the notebook carries, in one line.

    What an analyst made of blocks, and a file made before 2026-12, does not say what it was made from.
    """
    record, apart = record_of(notebook), list[str]()
    run = record.get("run")
    for number, cell in enumerate(notebook.cells, 1):
        blocks = blocks_of(NotebookNode(cells=[cell]))
        if any(block["lang"] != record["lang"] or block.get("run", run) != run for block in blocks):
            apart.append(called(number, cell))
    reason = (
        "made from another scenario, other data or in another language than the results; run all cells again"
    )
    return [f"{', '.join(apart)}: {reason}"] if apart else []


def unrun(notebook: NotebookNode) -> bool:
    """Whether a notebook has code, and none of it was run."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    return bool(code) and not any(cell.outputs or cell.execution_count for cell in code)
