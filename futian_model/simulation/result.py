"""What a simulation returns: the central path, the draws, and what can be asked of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from futian_model import growth
from futian_model.calibration import Calibration
from futian_model.charts import Chart, FanWords, fan
from futian_model.charts.fan import BANDS
from futian_model.drivers import Base, Drivers
from futian_model.errors import InputError, UnknownName
from futian_model.evidence import Goal, last_over
from futian_model.growth import Floats
from futian_model.languages import language
from futian_model.results import COLUMNS, typed
from futian_model.scenario import Scenario
from futian_model.simulation.odds import Aim, Odds
from futian_model.simulation.sample import KEPT, Kept, Sample

LEADING = (
    *("real_gdp", "nominal_gdp", "real_gdp_per_capita", "average_population"),
    *("headquarters_share", "digital_economy_share"),
)
"""Indicators of the table, where they are simulated."""
FIFTH = 5
BAND = (0.5, 0.1, 0.9)
"""Levels of a cell."""
FIGURES = 3
"""Figures of a value below a thousand."""
LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
QUANTILES = tuple(f"p{round(100 * level):02d}" for level in LEVELS)
"""Statistics of these levels."""


class Part(NamedTuple):
    """Rows of one indicator, `values` of shape (statistics, years)."""

    indicator: str
    years: Sequence[int] | NDArray[np.int64]
    statistics: Sequence[str]
    values: Floats
    unit: str = ""
    """Of what is derived of the indicator; its own where empty."""
    price_basis: str = ""
    """Of what is derived of the indicator; its own where empty."""


@dataclass(frozen=True, eq=False, repr=False)
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
    plan: Mapping[str, Goal] = field(default_factory=dict, repr=False)
    """Goals of the plan that have a number, by name."""

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
            raise UnknownName(str(indicator), self.indicators)
        return indicator

    def goal(self, goal: Goal | str) -> Goal:
        """A goal of the plan by its name; one that is a goal already as it is."""
        if isinstance(goal, Goal):
            return goal
        if goal not in self.plan:
            raise UnknownName(str(goal), self.plan)
        return self.plan[goal]

    def position(self, year: int) -> int:
        """Place of a year on the time axis."""
        if not self.years[0] <= year <= self.years[-1]:
            raise InputError("year", year, f"a year from {self.years[0]} to {self.years[-1]}")
        return int(year - self.years[0])

    def quantiles(self, indicator: str, levels: Iterable[float] | float = LEVELS) -> pd.DataFrame:
        """Quantiles of an indicator: one row a year, one column a level, a fraction between 0 and 1.

        Raises
        ------
        InputError
            A level is no fraction, or the indicator is not simulated.
        """
        levels = tuple(levels) if isinstance(levels, Iterable) else (levels,)
        for level in levels:
            if not 0 <= level <= 1:
                raise InputError("levels", level, "fractions between 0 and 1: 10% is 0.1")
        return pd.DataFrame(
            self.sample.quantiles(self.known(indicator), levels).T,
            index=pd.Index(self.years, name="year"),
            columns=list(levels),
        )

    def aim(self, goal: Goal | str) -> Aim:
        """A goal's target and place on the time axis.

        Raises
        ------
        InputError
            The goal's year lies outside the result, or its indicator is not simulated.
        """
        goal = self.goal(goal)
        target = self.base.target(goal)
        self.known(goal.indicator)
        return Aim(goal, target, self.position(goal.year))

    def judges(self, goal: Goal | str) -> bool:
        """Whether the draws say anything of a goal: a share of which no series is held has no shocks."""
        goal = self.goal(goal)
        moved = {*self.calibration.trends(), *(self.driven.firms or ())[:1]}
        return goal.indicator not in self.base.shares or goal.indicator in moved

    def odds(self, goal: Goal | str) -> Odds:
        """How often a goal is met, when first, and by how much it is missed, each with its error.

        NaN throughout where the draws cannot judge it.

        Raises
        ------
        InputError
            The goal's year is over: it has a verdict and no chance.
        """
        goal = self.goal(goal)
        aim = self.aim(goal)
        if not self.ahead(goal.year):
            allowed = f"a goal of a year after {self.last_over}; one whose year is over has a verdict"
            raise InputError(f"goal {goal.name}", goal.year, allowed)
        if not self.judges(goal):
            none = float("nan")
            return Odds(none, none, none, none, np.full(len(self.years) - 1, none))
        return self.sample.count([aim]).odds(aim)

    def together(self, goals: Sequence[Goal | str]) -> tuple[float, float]:
        """Share of draws that meet every goal in its own year, and its Monte Carlo standard error.

        Of the goals that can be judged; NaN where none can.
        """
        aims = [self.aim(goal) for goal in goals if self.judges(goal)]
        return self.sample.count(aims).together(aims) if aims else (float("nan"), float("nan"))

    def probability(self, goal: Goal | str) -> float:
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
        names = ["central", "mean", *QUANTILES]
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
        return self.tabled(parts)

    def grown(self, name: str, level: str) -> Part:
        """Growth a year of a level, under its own name: the central path's, and quantiles of the draws'."""
        levels = self.central[level], self.paths[level]
        central, paths = (path[..., 1:] / path[..., :-1] - 1 for path in levels)
        values = np.vstack([central, np.quantile(paths, LEVELS, axis=0)])
        return Part(name, self.years[1:], ["central", *QUANTILES], values)

    def tabled(self, parts: Sequence[Part]) -> pd.DataFrame:
        """Parts of the results table, one below the other: put together once, for a table costs time."""
        units, bases = (self.glossary[name].to_dict() for name in ("unit", "price_basis"))

        def column(value_of: Callable[[Part], object]) -> list[object]:
            return [value for part in parts for value in [value_of(part)] * np.size(part.values)]

        table = pd.DataFrame(
            {
                "scenario": self.scenario.id,
                "place": self.place,
                "reading": self.reading,
                "indicator": column(lambda part: part.indicator),
                "case": "",
                "unit": column(lambda part: part.unit or units[part.indicator]),
                "price_basis": column(lambda part: part.price_basis or bases[part.indicator]),
                "year": [int(year) for part in parts for year in list(part.years) * len(part.statistics)],
                "horizon": None,
                "statistic": [name for part in parts for name in part.statistics for _ in part.years],
                "value": np.concatenate([np.asarray(part.values, float).ravel() for part in parts]),
            },
            columns=list(COLUMNS),
        )
        return typed(table)

    def table(self) -> pd.DataFrame:
        """What leads, in key years, as a person reads it.

        Returns
        -------
        DataFrame
            Index: indicator and unit; columns: the base year, the jump-off, each fifth year before the last
            and the last; a text a cell, ``median (10th to 90th percentile)``, shares in per cent.
        """
        years = sorted({*self.years[::-FIFTH], self.years[0], self.jump_off})
        rows = {}
        for name in (name for name in LEADING if name in self.indicators):
            share = self.glossary.loc[name, "kind"] == "share"
            values = self.quantiles(name, BAND).loc[years].to_numpy() * (100 if share else 1)
            unit = "%" if share else str(self.glossary.loc[name, "unit"])
            rows[str(self.glossary.loc[name, "name_en"]), unit] = [banded(*row) for row in values]
        index = pd.MultiIndex.from_tuples(rows, names=["indicator", "unit"])
        return pd.DataFrame(list(rows.values()), index, pd.Index(map(int, years), name="year"))

    def plot(self, indicator: str = "real_gdp", lang: str = "en") -> Chart:
        """A fan of an indicator: its central path and its 50, 80 and 90 % bands.

        Returns
        -------
        Chart
            Shows itself in a notebook; `Chart.png` gives the picture, its `table` the values.

        Raises
        ------
        UnknownName
            The indicator is not simulated.
        """
        known = self.glossary.loc[self.known(indicator)]
        title = f"{known[language(lang).column('name')]}: {self.scenario.title[lang]}"
        levels = [level for share in BANDS for level in ((1 - share) / 2, (1 + share) / 2)]
        names = [name for band in BANDS.values() for name in band]
        bands = self.quantiles(indicator, levels).set_axis(names, axis=1)
        words = FanWords(
            title=title,
            subtitle=str(known["unit"]),
            source=", ".join(self._heads()),
            alt=title,
            scenario=self.scenario.id,
            bands={share: f"{share:.0%}" for share in BANDS},
        )
        return fan(
            bands.assign(central=self.central[indicator]).reset_index(),
            words=words,
            percent=bool(known["kind"] == "share"),
            edge=self.jump_off,
        )

    def _heads(self) -> tuple[str, str]:
        """What it is of, in two lines."""
        return (
            f"{self.scenario.title['en']} ({self.scenario.id}), {self.reading.replace('_', ' ')}",
            f"{self.place}, {self.years[0]} to {self.years[-1]}, {self.draws:,} draws, seed {self.seed}",
        )

    def __repr__(self) -> str:
        return "\n".join([*self._heads(), self.table().to_string()])

    def _repr_html_(self) -> str:
        head, about = map(escape, self._heads())
        return f"<p><b>{head}</b><br>{about}</p>{self.table().to_html()}"


def banded(middle: float, low: float, high: float) -> str:
    """A value with its band, where it has one; with fewer decimals the larger it is."""
    digits = max(0, FIGURES - len(f"{abs(middle):.0f}"))
    texts = [f"{value:,.{digits}f}" for value in (middle, low, high)]
    return texts[0] if texts[1] == texts[2] else f"{texts[0]} ({texts[1]} to {texts[2]})"
