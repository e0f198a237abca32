"""Growth scenarios of a district: simulated, judged against its plan, reported."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from futian_model.attribution import attribute, compare
    from futian_model.evidence import load_evidence
    from futian_model.explorer import explore
    from futian_model.goals import assess
    from futian_model.report.pages import *  # noqa: F403
    from futian_model.scenario import Scenario, load_scenario
    from futian_model.simulation import Result, simulate
    from futian_model.solver import solve
    from futian_model.targets import at_chance, effort, front, regret, settles, warning

__version__ = "1.0.0"

# loaded at first use, so that importing the package costs nothing a caller does not need
_ROOMS = {
    "Result": "simulation",
    "Scenario": "scenario",
    "assess": "goals",
    "at_chance": "targets",
    "attribute": "attribution",
    "compare": "attribution",
    "effort": "targets",
    "explore": "explorer",
    "front": "targets",
    "load_evidence": "evidence",
    "load_scenario": "scenario",
    "regret": "targets",
    "settles": "targets",
    "simulate": "simulation",
    "solve": "solver",
    "warning": "targets",
}


def __getattr__(name: str) -> Any:
    if name == "__all__":
        return __dir__()
    if name in _ROOMS:
        return getattr(import_module(f"futian_model.{_ROOMS[name]}"), name)
    if name.endswith("Report") and name in __dir__():
        return getattr(import_module("futian_model.report"), name)
    moved = import_module("futian_model.report.pages").MOVED
    if name in moved:
        raise ImportError(f"{name} is part of {moved[name]} now, in the notebook of that report")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*_ROOMS, *import_module("futian_model.report.pages").reports()])
