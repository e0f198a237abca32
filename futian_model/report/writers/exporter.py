"""The executed notebook as a file of an office: one exporter a format, code hidden.

`jupyter nbconvert --to futian-docx`, JupyterLab's export menu and a batch give the same file.
"""

import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import Exporter
from nbconvert.utils.exceptions import ConversionException
from nbformat import NotebookNode
from traitlets import Unicode, default
from traitlets.config import Application

from futian_model.errors import InputError, cut, legible
from futian_model.project import USUAL, find_project
from futian_model.report.page.carried import Written
from futian_model.report.page.held import whole
from futian_model.report.page.outputs import blocks_of, document
from futian_model.report.page.record import faults, unrun
from futian_model.report.writers.formats import EXPORTERS, FORMATS, Format


def export(notebook: NotebookNode, form: str, name: str = "") -> Written:
    """An executed notebook in one of `FORMATS`, as `exports`."""
    return exports(notebook, (form,), name)[form]


def exports(notebook: NotebookNode, forms: Sequence[str], name: str = "") -> dict[str, Written]:
    """An executed notebook in several of `FORMATS`, taken apart and packed once.

    Parameters
    ----------
    notebook : NotebookNode
    forms : sequence of str
        The formats.
    name : str
        Of the files, without their endings; the title too, where the notebook has no cover.
    """
    taken = document(notebook, name)
    written = {form: FORMATS[form].writer.write(taken) for form in forms}
    return {form: replace(page, warnings=(*taken.warnings, *page.warnings)) for form, page in written.items()}


AS_RUN = "a notebook as it was saved once all cells ran"


class Refusal(ConversionException):
    """What is wrong with a notebook, in one line."""


def in_one_line(record: logging.LogRecord) -> bool:
    """Have a refusal logged without the way to it, which is nothing to whoever runs nbconvert."""
    fault = record.exc_info[1] if record.exc_info else None
    if isinstance(fault, Refusal):
        record.msg, record.args, record.exc_info = f"{record.getMessage()}: {fault}", (), None
    return True


@contextmanager
def refused(what: str) -> Iterator[None]:
    """Whatever a broken notebook makes its readers raise, told in one line.

    Raises
    ------
    Refusal
        What it is, and what is allowed.
    """
    try:
        yield
    except Refusal:
        raise
    except InputError as fault:
        raise Refusal(str(fault)) from fault
    except Exception as fault:
        reason = cut(legible(next(iter(str(fault).splitlines()), "")))
        raise Refusal(f"{what}: {type(fault).__name__}: {reason}; allowed: {AS_RUN}") from fault


class FutianExporter(Exporter):
    """A notebook whose blocks disagree with its results is refused, as in a batch.

    Each format has two names. ``futian-docx`` is for the command line; a Jupyter server finds no
    exporter whose name has a hyphen, so its menu is offered ``futian_docx`` alone.
    """

    form: Format
    served = False
    layout = Unicode("", help="form of a Word document in Chinese: usual or official").tag(config=True)

    @default("enabled")
    def _enabled_default(self) -> bool:
        return self.served or "jupyter_server.serverapp" not in sys.modules

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        # an older traitlets gives an exporter a log of its own, not that of the application it runs in
        log: Any = Application.instance().log if Application.initialized() else self.log
        getattr(log, "logger", log).addFilter(in_one_line)

    def _file_extension_default(self) -> str:
        return f".{self.form.name}"

    def from_file(
        self, file_stream: Any, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str | bytes, dict[str, Any]]:
        with refused("no notebook"):
            notebook = nbformat.read(file_stream, as_version=4)
        return self.from_notebook_node(notebook, resources, **kw)

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str | bytes, dict[str, Any]]:
        with refused("no notebook"):
            notebook, resources = super().from_notebook_node(nb, resources, **kw)
        about = resources.get("metadata", {})
        with refused("a block that was changed by hand"):
            misfits = faults(notebook) if unrun(notebook) or blocks_of(notebook) else []
            if misfits:
                fault = "; ".join(misfits)
                raise Refusal(fault if "allowed: " in fault else f"{fault}; allowed: {AS_RUN}")
            held = whole(notebook, Path(about.get("path") or "."))
            self._laid_out(held, Path(about.get("path") or "."))
            written = export(held, self.form.name, about.get("name", ""))
        for warning in written.warnings:
            self.log.warning(warning)
        here = "./" if about.get("path") == "" else ""  # nbconvert makes the folder of a file it writes
        beside = {f"{here}{name}": content for name, content in written.beside.items()}
        resources["outputs"] = {**(resources.get("outputs") or {}), **beside}
        # nbconvert writes bytes as they are, and text in its own encoding
        as_text = self.form.mimetype.startswith("text/")
        return (written.content.decode() if as_text else written.content), resources

    def _laid_out(self, notebook: NotebookNode, folder: Path) -> None:
        """Ask for the form of a Word document: as configured, else as the notebook or its project says."""
        asked = dict(notebook.metadata.get("futian", {}))
        form = self.layout or asked.get("form") or find_project(folder).document_form
        if form != USUAL:
            notebook.metadata["futian"] = NotebookNode(asked | {"form": form})


def __getattr__(name: str) -> type[FutianExporter]:
    """``FutianDOCXExporter`` and so on, and ``ServedDOCXExporter`` for a Jupyter server's menu."""
    form = EXPORTERS.get(name) or EXPORTERS.get(name.replace("Served", "Futian", 1))
    if form is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _exporter(name, FORMATS[form])


@cache
def _exporter(name: str, form: Format) -> type[FutianExporter]:
    fields = {
        "__doc__": form.menu,
        "__module__": __name__,
        "form": form,
        "export_from_notebook": form.menu,
        "output_mimetype": form.mimetype,
        "served": name.startswith("Served"),
    }
    return type(name, (FutianExporter,), fields)
