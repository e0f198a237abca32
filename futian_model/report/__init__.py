"""From results to a page: blocks, bound numbers, texts in two languages, exporters."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from futian_model.report.arithmetic import ArithmeticReport
    from futian_model.report.assumptions import describe
    from futian_model.report.backtest import BacktestReport
    from futian_model.report.compare import CompareReport
    from futian_model.report.comparison import Entry
    from futian_model.report.contexts import ContextReport
    from futian_model.report.evidence import EvidenceReport
    from futian_model.report.exporter import (
        FutianDOCXExporter,
        FutianHTMLExporter,
        FutianPDFExporter,
        FutianXLSXExporter,
        export,
        faults,
        inputs_of,
        record_of,
        results_from,
        results_of,
    )
    from futian_model.report.formats import FORMATS
    from futian_model.report.headquarters import HeadquartersReport
    from futian_model.report.html import written_here
    from futian_model.report.index import index_page
    from futian_model.report.numbers import LANGS
    from futian_model.report.outputs import blocks_of
    from futian_model.report.plan_card import ScorecardReport
    from futian_model.report.scenario import ScenarioReport
    from futian_model.report.sensitivity import SensitivityReport
    from futian_model.report.takes import TargetReport
    from futian_model.report.tracker import TrackerReport

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
    "FORMATS": "formats",
    "LANGS": "numbers",
    "ArithmeticReport": "arithmetic",
    "BacktestReport": "backtest",
    "CompareReport": "compare",
    "ContextReport": "contexts",
    "Entry": "comparison",
    "EvidenceReport": "evidence",
    "FutianDOCXExporter": "exporter",
    "FutianHTMLExporter": "exporter",
    "FutianPDFExporter": "exporter",
    "FutianXLSXExporter": "exporter",
    "HeadquartersReport": "headquarters",
    "ScenarioReport": "scenario",
    "ScorecardReport": "plan_card",
    "SensitivityReport": "sensitivity",
    "TargetReport": "takes",
    "TrackerReport": "tracker",
    "blocks_of": "outputs",
    "describe": "assumptions",
    "export": "exporter",
    "faults": "exporter",
    "index_page": "index",
    "inputs_of": "exporter",
    "record_of": "exporter",
    "results_from": "exporter",
    "results_of": "exporter",
    "written_here": "html",
}


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
