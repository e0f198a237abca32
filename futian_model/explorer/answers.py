"""Quick answers: what `simulate` gives for a scenario, fast enough to follow a hand on a slider.

The shocks of a scenario hang on its seed, years, vintage and widths, not on its levers. They are drawn once
and kept, so that moving a lever runs the core again and nothing else; every state has the same shocks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from futian_model.calibration import Calibration
from futian_model.drivers import Drivers, drivers
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.firms import Groups
from futian_model.growth import Floats
from futian_model.scenario import Scenario
from futian_model.simulation import (
    LEVELS,
    READINGS,
    Aim,
    Core,
    Result,
    calibrated,
    central,
    chosen_seed,
    simulate,
)
from futian_model.simulation.core import CHUNK
from futian_model.simulation.shocks import Shocks
from futian_model.targets import Variable
from futian_model.targets.draws import outcomes
from futian_model.uncertainty import blocks, share_error

AnyFloats = NDArray[np.floating[Any]]
DRAWS = 10_000
"""Paths of an answer."""
ALL = "all_goals"
"""All goals together, among the chances."""
HELD = 6
"""Sets of shocks that are kept, the latest ones."""


class Chance(NamedTuple):
    """Share of paths that meet a goal, and its Monte Carlo standard error."""

    share: float
    error: float


class Aimed(NamedTuple):
    """A level that is aimed at, in the indicator's unit, and its chance judged by data."""

    indicator: str
    year: int
    level: float
    chance: Chance


@dataclass(frozen=True, eq=False)
class Answer:
    """What a scenario leads to under one reading.

    Attributes
    ----------
    years : ndarray of int, shape (years + 1,)
        Base year first.
    central : mapping of str to ndarray, shape (years + 1,)
        The path without shocks, by indicator.
    quantiles : mapping of str to ndarray, shape (levels, years + 1)
        Of the levels `simulation.LEVELS`, by indicator.
    growth : mapping of str to ndarray, shape (levels, years)
        Quantiles of growth on the year before, of a share of its change.
    chances : mapping of str to Chance
        By goal; under `ALL` all of them together, where there are several.
    targets : mapping of str to Aim
        What each goal asks, by its name.
    driven : Drivers
        The central paths of the drivers.
    """

    years: NDArray[np.int_]
    central: Mapping[str, Floats]
    quantiles: Mapping[str, Floats]
    growth: Mapping[str, Floats]
    chances: Mapping[str, Chance]
    targets: Mapping[str, Aim]
    driven: Drivers


class Answers:
    """Answers about scenarios on one body of evidence.

    Parameters
    ----------
    evidence : Evidence
    draws : int
        Paths of each answer.
    """

    def __init__(self, evidence: Evidence, draws: int = DRAWS) -> None:
        self.evidence, self.draws = evidence, draws
        self.held: dict[tuple[Any, ...], Any] = {}

    def answer(
        self,
        scenario: Scenario,
        reading: str = READINGS[0],
        added: Mapping[str, Floats] | None = None,
    ) -> Answer:
        """What a scenario leads to, with something added to its levers if asked (`Drivers.moved`).

        The paths are those of ``simulate(scenario, draws=..., reading=...)``, and so are central path,
        quantiles and chances, to the rounding of single precision where paths had to be ordered anew.

        Raises
        ------
        InputError
            The scenario cannot be simulated on this evidence.
        """
        calibration = calibrated(scenario, self.evidence)
        driven = drivers(scenario, self.evidence, calibration, reading).moved(added or {})
        return _Made(self, scenario, driven, calibration, reading).answer()

    def by_evidence(self, scenario: Scenario) -> Answer:
        """What the evidence alone says; of a scenario's levers it asks only which shares they hold."""
        settings, shares = scenario.assumptions, scenario.levers.shares
        names = tuple(name for name, block in shares.items() if block is not None)
        asked = ("by evidence", settings.model_dump_json(), names, scenario.run.seed)
        answer: Answer = self.once(asked, lambda: self.answer(scenario, READINGS[1]))
        return answer

    def aim(self, scenario: Scenario, indicator: str, year: int, level: float) -> Aimed:
        """How likely an indicator reaches a level in a year, by the evidence alone.

        Of the draws that `targets.at_chance` takes; a year that is over is read as the first that is not.

        Raises
        ------
        InputError
            No year is ahead, the draws say nothing of the indicator, or the level is no number.
        """
        if not np.isfinite(level):
            raise InputError("level", level, "a number")
        settings, seed = scenario.assumptions, scenario.run.seed
        shares = tuple(name for name, block in scenario.levers.shares.items() if block is not None)
        asked = ("draws", settings.model_dump_json(), shares, seed)
        result: Result = self.once(
            asked,
            lambda: simulate(
                scenario, self.evidence, draws=self.draws, seed=seed, reading=READINGS[1], keep=True
            ),
        )
        at = min(max(year, result.last_over + 1), int(result.years[-1]))
        values = outcomes(result, Variable(indicator, at))
        return Aimed(indicator, at, float(level), counted(values >= level))

    def departures(
        self, scenario: Scenario, driven: Drivers, calibration: Calibration, reading: str
    ) -> list[dict[str, Floats]]:
        """Departures of every driver from its centre, at most `CHUNK` paths at a time, (paths, years)."""
        settings, names = scenario.assumptions, tuple(driven.centre)
        seed = chosen_seed(scenario.run.seed)
        spread = settings.uncertainty
        years = (settings.base_year, settings.horizon, settings.vintage)
        asked = (*years, driven.jump, spread.model_dump_json(), seed, reading, names)

        def drawn() -> list[dict[str, Floats]]:
            trends = {name: trend for name, trend in calibration.trends().items() if name in names}
            shocks = Shocks(trends, spread, seed, evidence=reading == READINGS[1], jump=driven.jump)
            return [
                {name: path[: min(rows.stop, length) - rows.start].copy() for name, path in away.items()}
                for block, length in blocks(self.draws)
                for rows, away in shocks.chunks(block, length)
            ]

        return self.once(asked, drawn)

    def left(self, groups: Groups, seed: int) -> list[Floats]:
        """Value added left to the groups behind a share, in pieces as the departures have them."""
        sizes = (
            *(groups.number, groups.tail, groups.relocation, groups.start),
            *(groups.entry.tobytes(), groups.entrant_size),
        )
        asked = ("groups", seed, *sizes, groups.departures)

        def drawn() -> list[Floats]:
            paths = [groups.drawn(seed, block)[:length, 1:] for block, length in blocks(self.draws)]
            return [path[at : at + CHUNK] for path in paths for at in range(0, len(path), CHUNK)]

        return self.once(asked, drawn)

    def once(self, asked: tuple[Any, ...], make: Any) -> Any:
        """What was made for the same question before; the oldest is let go."""
        value = self.held.pop(asked, None)
        value = make() if value is None else value
        self.held[asked] = value
        while len(self.held) > HELD:
            del self.held[next(iter(self.held))]
        return value


class _Made:
    """One answer in the making."""

    def __init__(
        self, answers: Answers, scenario: Scenario, driven: Drivers, calibration: Calibration, reading: str
    ) -> None:
        self.answers, self.driven, self.years = answers, driven, scenario.years
        self.away = answers.departures(scenario, driven, calibration, reading)
        self.left = None
        if driven.firms is not None:
            self.left = answers.left(driven.firms[1], chosen_seed(scenario.run.seed))
        self.core = Core(driven, CHUNK)
        self.base = self.core.levels()
        self.names = shown(driven)

    def answer(self) -> Answer:
        shape = len(self.years) - 1, self.answers.draws
        paths = {name: np.empty(shape, np.float32) for name in self.names}
        aims, start = self.aims(), 0
        met = {aim.goal.name: np.empty(self.answers.draws, bool) for aim in aims}
        for at, chunk in enumerate(self.away):
            paths_of = self.core.run(chunk, None if self.left is None else self.left[at])
            rows = slice(start, start + len(next(iter(chunk.values()))))
            for name, path in paths.items():
                path[:, rows] = paths_of[name].T
            for goal, target, position in aims:
                met[goal.name][rows] = goal.meets(paths_of[goal.indicator][:, position - 1], target)
            start = rows.stop
        whole, base, shares = central(self.driven), self.base, self.driven.base.shares
        grown = {name: growth(path, base[name], share=name in shares) for name, path in paths.items()}
        return Answer(
            self.years,
            {name: whole[name] for name in self.names},
            {name: np.insert(quantiles(path), 0, base[name], axis=1) for name, path in paths.items()},
            {name: quantiles(path) for name, path in grown.items()},
            self.chances(met),
            {aim.goal.name: aim for aim in aims},
            self.driven,
        )

    def aims(self) -> list[Aim]:
        """The plan's goals on what is answered, within the scenario's years."""
        first, last = self.years[0], self.years[-1]
        return [
            Aim(goal, self.driven.base.target(goal), int(goal.year - first))
            for goal in self.answers.evidence.quantified_goals()
            if goal.indicator in self.names and first + self.driven.jump < goal.year <= last
        ]

    def chances(self, met: Mapping[str, NDArray[np.bool_]]) -> dict[str, Chance]:
        """Of each goal, and of all of them together."""
        chances = {aim.goal.name: self.chance(aim.goal.indicator, met[aim.goal.name]) for aim in self.aims()}
        if len(met) > 1:
            chances[ALL] = counted(np.logical_and.reduce(list(met.values())))
        return chances

    def chance(self, indicator: str, met: NDArray[np.bool_]) -> Chance:
        """Of one goal; NaN where no series tells how far its share strays, as in `Result.judges`."""
        moved = {*self.away[0], *(self.driven.firms or ())[:1]}
        if indicator in self.driven.base.shares and indicator not in moved:
            return Chance(np.nan, np.nan)
        return counted(met)


def shown(driven: Drivers) -> list[str]:
    """What is shown, in its order."""
    per_head = ["real_gdp_per_capita"] if driven.base.population_held else []
    return ["real_gdp", *per_head, *driven.base.shares]


def growth(paths: AnyFloats, begun: float, *, share: bool) -> AnyFloats:
    """Growth on the year before of paths after a base year, (years, paths); of a share its change."""
    before = np.insert(paths[:-1], 0, begun, axis=0)
    return paths - before if share else paths / before - 1


def quantiles(paths: NDArray[np.float32]) -> Floats:
    """Of paths by years, (levels, years), as ``numpy.quantile`` has them; the paths are put in order."""
    paths.sort(axis=-1)  # far faster than to select
    at = np.array(LEVELS) * (paths.shape[1] - 1)
    below = np.floor(at).astype(int)
    above = np.minimum(below + 1, paths.shape[1] - 1)
    lower, upper = paths[:, below].astype(float), paths[:, above].astype(float)
    return np.asarray((lower + (upper - lower) * (at - below)).T)


def stacked(central: Floats, quantiles: Floats, growth: Floats) -> Floats:
    """What the page draws of an indicator, (1 + 2 levels, years + 1); of growth the base year's is zero."""
    return np.vstack([central, quantiles, np.insert(growth, 0, 0.0, axis=1)])


def counted(met: NDArray[np.bool_] | Sequence[bool]) -> Chance:
    """Share of paths, and its error."""
    return Chance(*share_error(int(np.count_nonzero(met)), len(met)))
