"""What a simulation returns: the central path, the draws, and what can be asked of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from futian_model import growth
from futian_model.calibration import Calibration
from futian_model.drivers import Base, Drivers
from futian_model.errors import InputError, UnknownName
from futian_model.evidence import Goal, last_over
from futian_model.growth import Floats
from futian_model.results import COLUMNS, typed
from futian_model.scenario import Scenario
from futian_model.simulation.odds import Aim, Odds
from futian_model.simulation.sample import KEPT, Kept, Sample

LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)


class Part(NamedTuple):
    """Rows of one indicator, `values` of shape (statistics, years)."""

    indicator: str
    years: Sequence[int] | NDArray[np.int64]
    statistics: Sequence[str]
    values: Floats
    unit: str = ""
    """Of what is derived of the indicator; its own where none is told."""


@dataclass(frozen=True, eq=False)
class Result:
    """Paths of one scenario under one reading.

    Attributes
    ----------
    place : str
        Whose figures these are.
    years : ndarray of int, shape (years + 1,)
        Base year first.
    central : mapping of str to ndarray, shape (years + 1,)
        The zero-shock draw of each indicator, in the library's units.
    sample : Sample
        Every path, or counts of them.
    """

    scenario: Scenario
    place: str
    reading: str
    driven: Drivers
    calibration: Calibration
    seed: int
    years: NDArray[np.int64]
    central: Mapping[str, Floats]
    sample: Sample
    glossary: pd.DataFrame = field(repr=False)

    @property
    def base(self) -> Base:
        """Levels of the base year."""
        return self.driven.base

    @property
    def jump_off(self) -> int:
        """The year up to which published figures tell: levers move what comes after."""
        return int(self.years[0]) + self.driven.jump

    @property
    def last_over(self) -> int:
        """The last year that is over: at the vintage, or, where those years are rewritten, the base year."""
        settings = self.scenario.assumptions
        return self.jump_off if settings.counterfactual else max(last_over(settings.vintage), self.jump_off)

    def ahead(self, year: int) -> bool:
        """Whether a year lies within the years and is not over."""
        return bool(self.last_over < year <= self.years[-1])

    def over(self, year: int) -> bool:
        """Whether a year lies within the years and is over."""
        return bool(self.years[0] < year <= self.last_over)

    @property
    def draws(self) -> int:
        return self.sample.draws

    @property
    def indicators(self) -> Sequence[str]:
        """Names of what is simulated."""
        return self.sample.indicators

    @property
    def paths(self) -> Mapping[str, Floats]:
        """All draws of each indicator, shape (draws, years + 1).

        Raises
        ------
        InputError
            There were too many to keep them all.
        """
        if isinstance(self.sample, Kept):
            return self.sample.paths
        allowed = f"up to {KEPT:,} draws, or simulate(..., keep=True), where every path is wanted"
        raise InputError("draws", self.draws, allowed)

    def at(self, indicator: str, year: int) -> Floats:
        """All draws of an indicator in one year, shape (draws,)."""
        return self.paths[self.known(indicator)][:, self.position(year)]

    def known(self, indicator: str) -> str:
        """The indicator, if it is simulated."""
        if indicator not in self.indicators:
            raise UnknownName(indicator, self.indicators)
        return indicator

    def position(self, year: int) -> int:
        """Place of a year on the time axis."""
        if not self.years[0] <= year <= self.years[-1]:
            raise InputError("year", year, f"a year from {self.years[0]} to {self.years[-1]}")
        return int(year - self.years[0])

    def quantiles(self, indicator: str, levels: Iterable[float] = LEVELS) -> pd.DataFrame:
        """Quantiles of an indicator: one row a year, one column a level."""
        levels = tuple(levels)
        return pd.DataFrame(
            self.sample.quantiles(self.known(indicator), levels).T,
            index=pd.Index(self.years, name="year"),
            columns=list(levels),
        )

    def aim(self, goal: Goal) -> Aim:
        """A goal's target and place on the time axis.

        Raises
        ------
        InputError
            The goal's year lies outside the result, or its indicator is not simulated.
        """
        target = self.base.target(goal)
        self.known(goal.indicator)
        return Aim(goal, target, self.position(goal.year))

    def judges(self, goal: Goal) -> bool:
        """Whether the draws say anything of a goal: a share of which no series is held has no shocks."""
        moved = {*self.calibration.trends(), *(self.driven.firms or ())[:1]}
        return goal.indicator not in self.base.shares or goal.indicator in moved

    def odds(self, goal: Goal) -> Odds:
        """How often a goal is met, when first, and by how much it is missed, each with its error.

        NaN throughout where the draws cannot judge it.

        Raises
        ------
        InputError
            The goal's year is over: it has a verdict and no chance.
        """
        aim = self.aim(goal)
        if not self.ahead(goal.year):
            allowed = f"a goal of a year after {self.last_over}; one whose year is over has a verdict"
            raise InputError(f"goal {goal.name}", goal.year, allowed)
        if not self.judges(goal):
            none = float("nan")
            return Odds(none, none, none, none, np.full(len(self.years) - 1, none))
        return self.sample.count([aim]).odds(aim)

    def together(self, goals: Sequence[Goal]) -> tuple[float, float]:
        """Share of draws that meet every goal in its own year, and its Monte Carlo standard error.

        Of the goals that can be judged; NaN where none can.
        """
        aims = [self.aim(goal) for goal in goals if self.judges(goal)]
        return self.sample.count(aims).together(aims) if aims else (float("nan"), float("nan"))

    def probability(self, goal: Goal) -> float:
        """Share of draws that meet a goal of the plan in its year, a fraction.

        Its Monte Carlo error stands in `odds`; NaN where the draws cannot judge the goal. Only the
        reading ``given_evidence`` makes it a likelihood.

        Raises
        ------
        InputError
            The goal's year lies outside the result, or its indicator is not simulated.
        """
        return self.odds(goal).probability

    def frame(self) -> pd.DataFrame:
        """The tidy results table: central path, mean and quantiles of every indicator, and for levels
        the central path's growth a year (``cagr``) and ``multiple`` since the base year.
        """
        return self._frame.copy()

    @cached_property
    def _frame(self) -> pd.DataFrame:
        names = ["central", "mean", *(f"p{round(100 * level):02d}" for level in LEVELS)]
        parts: list[Part] = []
        for indicator in self.indicators:
            spread = self.sample.quantiles(indicator, LEVELS)
            values = np.vstack([self.central[indicator], self.sample.mean(indicator), spread])
            parts.append(Part(indicator, self.years, names, values))
            if self.glossary.loc[indicator, "kind"] == "level":
                start, *later = self.central[indicator]
                mean_growth = growth.cagr(start, later, np.arange(1, len(self.years)))
                parts.append(Part(indicator, self.years[1:], ["cagr"], mean_growth[None], "fraction"))
                times = np.asarray(later)[None] / start
                parts.append(Part(indicator, self.years[1:], ["multiple"], times, "times"))
        return self.table(parts)

    def rows(
        self, indicator: str, years: Iterable[int], statistics: Iterable[str], values: Floats
    ) -> pd.DataFrame:
        """Rows of the results table, `values` of shape (statistics, years)."""
        return self.table([Part(indicator, list(years), list(statistics), values)])

    def table(self, parts: Sequence[Part]) -> pd.DataFrame:
        """Parts of the results table, one below the other: put together once, for a table costs time."""
        known = {part.indicator: self.glossary.loc[part.indicator] for part in parts}

        def column(value_of: Callable[[Part], object]) -> list[object]:
            return [value for part in parts for value in [value_of(part)] * np.size(part.values)]

        table = pd.DataFrame(
            {
                "scenario": self.scenario.id,
                "place": self.place,
                "reading": self.reading,
                "indicator": column(lambda part: part.indicator),
                "case": "",
                "unit": column(lambda part: part.unit or known[part.indicator]["unit"]),
                "price_basis": column(lambda part: known[part.indicator]["price_basis"]),
                "year": [int(year) for part in parts for year in list(part.years) * len(part.statistics)],
                "horizon": None,
                "statistic": [name for part in parts for name in part.statistics for _ in part.years],
                "value": np.concatenate([np.asarray(part.values, float).ravel() for part in parts]),
            },
            columns=list(COLUMNS),
        )
        return typed(table)
