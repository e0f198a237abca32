"""The executed notebook as a file of an office: one exporter a format, code hidden.

`jupyter nbconvert --to futian-docx`, JupyterLab's export menu and a batch give the same file.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

import pandas as pd
from nbconvert.exporters import Exporter
from nbconvert.utils.exceptions import ConversionException
from nbformat import NotebookNode
from traitlets import default

from futian_model.report.page.binding import disagreements
from futian_model.report.page.carried import Written
from futian_model.report.page.outputs import blocks_of, document
from futian_model.report.page.results_files import TEXTS
from futian_model.report.writers.formats import FORMATS


def writer(name: str) -> ModuleType:
    """The module that writes and reads a format, loaded when it is first needed."""
    return import_module(f"futian_model.report.writers.{name}")


def export(notebook: NotebookNode, name: str, title: str = "") -> Written:
    """An executed notebook in one of `FORMATS`.

    Parameters
    ----------
    notebook : NotebookNode
    name : str
        The format.
    title : str
        Used where the notebook has no cover.
    """
    made: Written = writer(name).write(document(notebook, title))
    return made


class FutianExporter(Exporter):
    """A notebook whose blocks disagree with its results is refused, as in a batch.

    Each format has two names. ``futian-docx`` is for the command line; a Jupyter server finds no
    exporter whose name has a hyphen, so its menu is offered ``futian_docx`` alone.
    """

    name: str
    served = False

    @default("enabled")
    def _enabled_default(self) -> bool:
        return self.served or "jupyter_server.serverapp" not in sys.modules

    def _file_extension_default(self) -> str:
        return f".{self.name}"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str | bytes, dict[str, Any]]:
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        found = faults(notebook) if blocks_of(notebook) else []
        if found:
            raise ConversionException("; ".join(found))
        made = export(notebook, self.name, resources.get("metadata", {}).get("name", ""))
        for warning in made.warnings:
            self.log.warning(warning)
        # nbconvert writes bytes as they are, and text in its own encoding
        return (made.content.decode() if self.name == FORMATS[0] else made.content), resources


class FutianHTMLExporter(FutianExporter):
    """One page that opens offline."""

    name = "html"
    export_from_notebook = "Report, web page (HTML)"
    output_mimetype = "text/html"


class FutianPDFExporter(FutianExporter):
    """Pages to print."""

    name = "pdf"
    export_from_notebook = "Report, to print (PDF)"
    output_mimetype = "application/pdf"


class FutianDOCXExporter(FutianExporter):
    """A document to go on writing in."""

    name = "docx"
    export_from_notebook = "Report, for Word (DOCX)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class FutianXLSXExporter(FutianExporter):
    """The tables and figures, to go on calculating with."""

    name = "xlsx"
    export_from_notebook = "Report, for Excel (XLSX)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ServedHTMLExporter(FutianHTMLExporter):
    """In a Jupyter server's menu."""

    served = True


class ServedPDFExporter(FutianPDFExporter):
    """In a Jupyter server's menu."""

    served = True


class ServedDOCXExporter(FutianDOCXExporter):
    """In a Jupyter server's menu."""

    served = True


class ServedXLSXExporter(FutianXLSXExporter):
    """In a Jupyter server's menu."""

    served = True


def record_of(notebook: NotebookNode) -> dict[str, Any]:
    """The block that carries results and inputs; LookupError when there is not exactly one."""
    found = [block for block in blocks_of(notebook) if block["type"] == "record"]
    if len(found) != 1:
        raise LookupError(f"{len(found)} records of results in the notebook; one is needed")
    return found[0]


def results_of(notebook: NotebookNode) -> pd.DataFrame:
    """The results table that the notebook carries."""
    return results_from(record_of(notebook)["results"])


def results_from(text: str) -> pd.DataFrame:
    """A results table from its CSV, every value as it was to the last digit."""
    import pyarrow as pa
    from pyarrow import csv

    content = text.encode()
    types = dict.fromkeys(TEXTS, pa.string()) | {"year": pa.int64(), "value": pa.float64()}
    # this reader's numbers are exact to the last digit, which those of pandas are not always
    table = csv.read_csv(
        pa.BufferReader(content),
        csv.ReadOptions(use_threads=False, block_size=len(content) + 1),
        csv.ParseOptions(newlines_in_values=True),
        csv.ConvertOptions(column_types=types, null_values=[""], strings_can_be_null=False),
    )
    return table.to_pandas()


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
