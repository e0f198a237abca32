"""Where the district stands against its goals: outturn, gap, growth so far, growth still required."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from futian_model import growth
from futian_model.evidence import Evidence, Goal, vintages
from futian_model.rounds.published import about, outturns, parts, points
from futian_model.scenario import Scenario
from futian_model.simulation import READINGS, Result, simulate

LEVEL, CONSTANT = "level", "constant"


@dataclass(frozen=True)
class Standing:
    """One goal and the latest outturn of what it is about.

    Attributes
    ----------
    goal : Goal
    target : float
        In `unit`, the library's.
    year : int or None
        Of the latest outturn after the base year; None where there is none.
    level, gap : float
        The outturn, and how far it lies above the target; NaN without one.
    how, source : str
        ``"published"``, ``"deflated"`` or ``"chained"`` (`published.outturns`), and where it was read.
    met : bool
        Whether the outturn meets the target, whatever its year.
    so_far, required : float
        Growth a year from the base year to the outturn, and from there to the goal's year: of a level
        a fraction, of a share the change in it. NaN where either year is not known or over.
    current_year, current : int or None, float
        A later year and its level at current prices, where prices are not published so far: for a goal
        at constant prices no outturn yet.
    """

    goal: Goal
    unit: str
    target: float
    year: int | None = None
    level: float = float("nan")
    gap: float = float("nan")
    how: str = ""
    source: str = ""
    met: bool = False
    so_far: float = float("nan")
    required: float = float("nan")
    current_year: int | None = None
    current: float = float("nan")

    @property
    def over(self) -> bool:
        """Whether the goal's year has an outturn."""
        return self.year is not None and self.year >= self.goal.year

    def to_dict(self) -> dict[str, Any]:
        """As plain values; what is not known is None."""
        facts = {
            "goal": self.goal.name,
            "goal_year": self.goal.year,
            "unit": self.unit,
            "target": self.target,
            "year": self.year,
            "met": self.met if self.year is not None else None,
            "how": self.how or None,
            "source": self.source or None,
            "current_year": self.current_year,
        }
        numbers = {name: getattr(self, name) for name in ("level", "gap", "so_far", "required", "current")}
        return facts | {name: float(value) if np.isfinite(value) else None for name, value in numbers.items()}


def standings(
    evidence: Evidence, scenario: Scenario, published: str | None = None, vintage: str | None = None
) -> list[Standing]:
    """Goals on the level of an indicator against its latest outturn, in the plan's order.

    Parameters
    ----------
    evidence : Evidence
    scenario : Scenario
        Gives the base year and its levels.
    published : str, optional
        Only goals of which this published indicator says something; all when left out.
    vintage : str, optional
        Figures published later do not count; all count when left out.
    """
    path = path_of(scenario, evidence)
    indicators = None if published is None else about(evidence.indicators, published)
    return [
        standing(evidence, goal, path, vintage)
        for goal in evidence.quantified_goals()
        if goal.measure == LEVEL
        and (indicators is None or goal.indicator in indicators)
        and (np.isfinite(goal.value) or goal.indicator in path.central)
    ]


def path_of(scenario: Scenario, evidence: Evidence) -> Result:
    """A scenario's path."""
    return simulate(scenario, evidence, draws=1, seed=0, reading=READINGS[0])


def base_levels(scenario: Scenario, evidence: Evidence) -> dict[str, float]:
    """What a scenario simulates, in its base year."""
    return {name: float(path[0]) for name, path in path_of(scenario, evidence).central.items()}


def standing(evidence: Evidence, goal: Goal, path: Result, vintage: str | None = None) -> Standing:
    """One goal, at the base year's prices of a result; what it still takes where its year is not over."""
    base_year, unit = int(path.years[0]), goal.unit
    simulated = goal.indicator in path.central
    base = float(path.central[goal.indicator][0]) if simulated else None
    target = path.base.target(goal) if simulated else goal.level(float("nan"))
    figures = outturns(evidence, goal.indicator, base_year, base, vintage)
    later = figures[(figures.index > base_year) & (figures.index <= goal.year)]
    beside = at_current_prices(evidence, goal, later.index.max() if len(later) else base_year, vintage)
    if later.empty:
        return Standing(goal, unit, target, current_year=beside[0], current=beside[1])
    year, row = int(later.index[-1]), later.iloc[-1]
    due = max(year, vintages.last_over(vintage or vintages.latest(evidence)))
    level = float(row["value"])
    if base is None and base_year in figures.index:
        base = float(figures["value"].loc[base_year])
    return Standing(
        goal,
        unit,
        target,
        year,
        level,
        level - target,
        str(row["how"]),
        str(row["source"]),
        bool(goal.meets(level, target)),
        float("nan") if base is None else a_year(base, level, year - base_year, unit),
        a_year(level, target, goal.year - year, unit) if goal.year > due else float("nan"),
        *beside,
    )


def at_current_prices(
    evidence: Evidence, goal: Goal, after: int, vintage: str | None = None
) -> tuple[int | None, float]:
    """The latest published level of what a goal at constant prices is about, of a year after another."""
    if goal.price_basis != CONSTANT:
        return None, float("nan")
    for name in parts(evidence.indicators, goal.indicator)[1:]:
        table = points(evidence.series(evidence.place("district"), name, as_of=vintage).table, LEVEL)
        later = table.loc[table.index > after, "value"]
        later = later[later.index <= goal.year]
        if len(later):
            return int(later.index[-1]), float(later.iloc[-1])
    return None, float("nan")


def a_year(start: float, end: float, years: int, unit: str) -> float:
    """Growth a year of a level; of a share its change a year."""
    if unit == "fraction":
        return (end - start) / years
    return float(growth.cagr(start, end, years))
