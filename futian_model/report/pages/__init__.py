"""A folder a question: its report, its rows, its texts.

Its ``__init__`` says what the report is called, which notebook shows it and its place among the
questions; the text ``start_<folder>`` is the question. Everything that lists pages reads that.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # for editors and type checkers, which run nothing
    from futian_model.report.pages.backtest.report import BacktestReport
    from futian_model.report.pages.compare.report import CompareReport
    from futian_model.report.pages.evidence.report import EvidenceReport
    from futian_model.report.pages.headquarters.report import HeadquartersReport
    from futian_model.report.pages.plan.report import PlanReport
    from futian_model.report.pages.scenario.report import ScenarioReport
    from futian_model.report.pages.sensitivity.report import SensitivityReport
    from futian_model.report.pages.targets.report import TargetReport


MOVED = {
    "ContextReport": "SensitivityReport",
    **dict.fromkeys(("ArithmeticReport", "ScorecardReport", "TrackerReport"), "PlanReport"),
}
"""Reports that became part of another one: where what they told is told now."""


@cache
def reports() -> Mapping[str, str]:
    """Names of the reports, each with the folder of its page."""
    folders = [page.name for page in iter_modules(__path__)]
    named = {folder: getattr(import_module(f"{__name__}.{folder}"), "REPORT", None) for folder in folders}
    return {report: folder for folder, report in named.items() if report is not None}
