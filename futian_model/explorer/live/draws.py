"""Draws that a page can carry, and what the library makes of the same draws."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from futian_model.drivers import Drivers
from futian_model.evidence import Evidence, Goal
from futian_model.explorer.answers import ALL, Answers, Chance, counted, growth, shown, stacked
from futian_model.growth import Floats
from futian_model.scenario import Scenario
from futian_model.simulation import LEVELS, READINGS, Core, calibrated, central, chosen_seed

MOST = 4000
"""Paths that a page carries, at most."""
ROOM = 900_000
"""Characters that they may take in it."""
LONGEST = 32_767
"""Steps from nothing to the largest departure of a year: whole numbers of two bytes."""


@dataclass(frozen=True, eq=False)
class Packed:
    """Numbers of every path and year in two bytes each, to a step of the year's own.

    Attributes
    ----------
    steps : ndarray, shape (years,)
    whole : ndarray of int, shape (years, draws)
    """

    steps: Floats
    whole: NDArray[np.int16]

    @classmethod
    def of(cls, values: Floats) -> "Packed":
        """Of values of shape (draws, years)."""
        steps = np.abs(values).max(axis=0) / LONGEST
        whole = np.rint(values / np.where(steps > 0, steps, 1.0)).astype("<i2")
        return cls(steps, np.ascontiguousarray(whole.T))

    @property
    def values(self) -> Floats:
        """As whoever reads it has them, shape (draws, years)."""
        return np.asarray((self.whole * self.steps[:, None]).T)

    def to_dict(self) -> dict[str, Any]:
        """For the page."""
        data = base64.b64encode(self.whole.tobytes()).decode("ascii")
        return {"steps": self.steps.tolist(), "data": data}


@dataclass(frozen=True, eq=False)
class Drawn:
    """The first paths of a scenario's simulation, as far as levers leave them alone.

    Attributes
    ----------
    away : mapping of str to Packed
        Departures of each driver's log level from its centre.
    kept : Packed or None
        Value added left to the groups behind a share.
    """

    draws: int
    away: Mapping[str, Packed]
    kept: Packed | None

    @classmethod
    def of(cls, scenario: Scenario, driven: Drivers, evidence: Evidence) -> "Drawn":
        """As many as a page has room for."""
        years, series = len(scenario.years) - 1, len(driven.centre) + (driven.firms is not None)
        draws = min(MOST, int(ROOM * 3 / 8 / (years * series)) // 100 * 100)
        answers = Answers(evidence, draws)
        calibration = calibrated(scenario, evidence)
        chunks = answers.departures(scenario, driven, calibration, READINGS[0])
        away = {name: Packed.of(np.concatenate([chunk[name] for chunk in chunks])) for name in chunks[0]}
        kept = None
        if driven.firms is not None:
            groups = answers.left(driven.firms[1], chosen_seed(scenario.run.seed))
            kept = Packed.of(np.concatenate(groups))
        return cls(draws, away, kept)

    def paths(self, driven: Drivers) -> dict[str, Floats]:
        """Every indicator on these draws, shape (draws, years), by the library's own core."""
        kept = None if self.kept is None else self.kept.values
        return Core(driven, self.draws).run({name: packed.values for name, packed in self.away.items()}, kept)


def indicators(driven: Drivers) -> list[str]:
    """What a page shows, in its order."""
    return [*shown(driven), "nominal_gdp"]


def quantiles(driven: Drivers, drawn: Drawn) -> dict[str, Floats]:
    """Central path, quantiles, and those of growth of what is shown, as `stacked` has them."""
    paths, whole, base = drawn.paths(driven), central(driven), Core(driven, 1).levels()
    rows = {}
    for name in indicators(driven):
        grown = growth(paths[name].T, base[name], share=name in driven.base.shares).T
        bands, growing = (
            np.asarray(np.quantile(values, LEVELS, axis=0), float) for values in (paths[name], grown)
        )
        rows[name] = stacked(whole[name], np.insert(bands, 0, base[name], axis=1), growing)
    return rows


def chances(driven: Drivers, drawn: Drawn, goals: Sequence[Goal], first: int) -> dict[str, Chance]:
    """Share of the paths that meet each goal, and all of them."""
    paths = drawn.paths(driven)
    met = {
        goal.name: goal.meets(paths[goal.indicator][:, goal.year - first - 1], driven.base.target(goal))
        for goal in goals
    }
    shares = {goal.name: counted(met[goal.name]) for goal in goals if judged(driven, drawn, goal)}
    return shares | ({ALL: counted(np.logical_and.reduce(list(met.values())))} if len(met) > 1 else {})


def judged(driven: Drivers, drawn: Drawn, goal: Goal) -> bool:
    """Whether the draws say anything of a goal, as in `Result.judges`."""
    return goal.indicator not in driven.base.shares or goal.indicator in {
        *drawn.away,
        *(driven.firms or ())[:1],
    }
