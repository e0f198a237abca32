"""The executed notebook as a file of an office: one exporter a format, code hidden.

`jupyter nbconvert --to futian-docx`, JupyterLab's export menu and a batch give the same file.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from nbconvert.exporters import Exporter
from nbconvert.utils.exceptions import ConversionException
from nbformat import NotebookNode
from traitlets import default

from futian_model.report.page.carried import Written
from futian_model.report.page.outputs import blocks_of, document
from futian_model.report.page.record import faults
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
