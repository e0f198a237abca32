"""From results to a page: blocks, bound numbers, texts in two languages, exporters."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from futian_model.report.page.outputs import blocks_of
    from futian_model.report.page.record import faults, inputs_of, record_of, results_of
    from futian_model.report.page.results_files import results_from
    from futian_model.report.pages.arithmetic.report import ArithmeticReport
    from futian_model.report.pages.backtest.report import BacktestReport
    from futian_model.report.pages.compare.report import CompareReport
    from futian_model.report.pages.contexts.report import ContextReport
    from futian_model.report.pages.evidence.report import EvidenceReport
    from futian_model.report.pages.headquarters.report import HeadquartersReport
    from futian_model.report.pages.index.comparison import Entry
    from futian_model.report.pages.index.page import index_page
    from futian_model.report.pages.scenario.assumptions import describe
    from futian_model.report.pages.scenario.report import ScenarioReport
    from futian_model.report.pages.scorecard.report import ScorecardReport
    from futian_model.report.pages.sensitivity.report import SensitivityReport
    from futian_model.report.pages.targets.report import TargetReport
    from futian_model.report.pages.tracker.report import TrackerReport
    from futian_model.report.words.numbers import LANGS
    from futian_model.report.writers.exporter import (
        FutianDOCXExporter,
        FutianHTMLExporter,
        FutianPDFExporter,
        FutianXLSXExporter,
        export,
    )
    from futian_model.report.writers.formats import FORMATS
    from futian_model.report.writers.html import written_here

__all__ = [
    "FORMATS",
    "LANGS",
    "ArithmeticReport",
    "BacktestReport",
    "CompareReport",
    "ContextReport",
    "Entry",
    "EvidenceReport",
    "FutianDOCXExporter",
    "FutianHTMLExporter",
    "FutianPDFExporter",
    "FutianXLSXExporter",
    "HeadquartersReport",
    "ScenarioReport",
    "ScorecardReport",
    "SensitivityReport",
    "TargetReport",
    "TrackerReport",
    "blocks_of",
    "describe",
    "export",
    "faults",
    "index_page",
    "inputs_of",
    "record_of",
    "results_from",
    "results_of",
    "written_here",
]

# a notebook needs no exporter and an exporter no model: each is loaded at first use
_MODULES = {
    "FORMATS": "writers.formats",
    "LANGS": "words.numbers",
    "ArithmeticReport": "pages.arithmetic.report",
    "BacktestReport": "pages.backtest.report",
    "CompareReport": "pages.compare.report",
    "ContextReport": "pages.contexts.report",
    "Entry": "pages.index.comparison",
    "EvidenceReport": "pages.evidence.report",
    "FutianDOCXExporter": "writers.exporter",
    "FutianHTMLExporter": "writers.exporter",
    "FutianPDFExporter": "writers.exporter",
    "FutianXLSXExporter": "writers.exporter",
    "HeadquartersReport": "pages.headquarters.report",
    "ScenarioReport": "pages.scenario.report",
    "ScorecardReport": "pages.scorecard.report",
    "SensitivityReport": "pages.sensitivity.report",
    "TargetReport": "pages.targets.report",
    "TrackerReport": "pages.tracker.report",
    "blocks_of": "page.outputs",
    "describe": "pages.scenario.assumptions",
    "export": "writers.exporter",
    "faults": "page.record",
    "index_page": "pages.index.page",
    "inputs_of": "page.record",
    "record_of": "page.record",
    "results_from": "page.results_files",
    "results_of": "page.record",
    "written_here": "writers.html",
}


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
