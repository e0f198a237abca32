"""Growth scenarios of a district: simulated, judged against its plan, reported."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from futian_model.attribution import attribute, compare
    from futian_model.evidence import load_evidence
    from futian_model.explorer import explore
    from futian_model.goals import assess
    from futian_model.report import (
        ArithmeticReport,
        BacktestReport,
        CompareReport,
        ContextReport,
        EvidenceReport,
        HeadquartersReport,
        ScenarioReport,
        ScorecardReport,
        SensitivityReport,
        TargetReport,
        TrackerReport,
    )
    from futian_model.scenario import load_scenario
    from futian_model.simulation import Result, simulate
    from futian_model.solver import solve

__version__ = "0.1.0"

__all__ = [
    "ArithmeticReport",
    "BacktestReport",
    "CompareReport",
    "ContextReport",
    "EvidenceReport",
    "HeadquartersReport",
    "Result",
    "ScenarioReport",
    "ScorecardReport",
    "SensitivityReport",
    "TargetReport",
    "TrackerReport",
    "assess",
    "attribute",
    "compare",
    "explore",
    "load_evidence",
    "load_scenario",
    "simulate",
    "solve",
]

# loaded at first use, so that importing the package costs nothing a caller does not need
_ROOMS = {
    "ArithmeticReport": "report",
    "BacktestReport": "report",
    "CompareReport": "report",
    "ContextReport": "report",
    "EvidenceReport": "report",
    "HeadquartersReport": "report",
    "Result": "simulation",
    "ScenarioReport": "report",
    "ScorecardReport": "report",
    "SensitivityReport": "report",
    "TargetReport": "report",
    "TrackerReport": "report",
    "assess": "goals",
    "attribute": "attribution",
    "compare": "attribution",
    "explore": "explorer",
    "load_evidence": "evidence",
    "load_scenario": "scenario",
    "simulate": "simulation",
    "solve": "solver",
}


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return getattr(import_module(f"futian_model.{_ROOMS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
