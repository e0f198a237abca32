"""From results to a page: blocks, bound numbers, texts in two languages, exporters."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from futian_model.report.pages import reports
from futian_model.report.writers.formats import EXPORTERS

if TYPE_CHECKING:
    from futian_model.report.page.outputs import blocks_of
    from futian_model.report.page.record import faults, inputs_of, record_of, results_of
    from futian_model.report.page.results_files import results_from
    from futian_model.report.pages import *  # noqa: F403
    from futian_model.report.pages.index.comparison import Elsewhere, Entry
    from futian_model.report.pages.index.page import index_page
    from futian_model.report.pages.scenario.assumptions import describe
    from futian_model.report.writers.exporter import export, exports
    from futian_model.report.writers.formats import FORMATS
    from futian_model.report.writers.html import written_here

# a notebook needs no exporter and an exporter no model: each is loaded at first use
_MODULES = {
    "FORMATS": "writers.formats",
    "Elsewhere": "pages.index.comparison",
    "Entry": "pages.index.comparison",
    "blocks_of": "page.outputs",
    "describe": "pages.scenario.assumptions",
    "export": "writers.exporter",
    "exports": "writers.exporter",
    "faults": "page.record",
    "index_page": "pages.index.page",
    "inputs_of": "page.record",
    "record_of": "page.record",
    "results_from": "page.results_files",
    "results_of": "page.record",
    "written_here": "writers.html",
    **dict.fromkeys(EXPORTERS, "writers.exporter"),
    **{report: f"pages.{folder}.report" for report, folder in reports().items()},
}

if not TYPE_CHECKING:
    __all__ = sorted(_MODULES)


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
