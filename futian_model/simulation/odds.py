"""How often goals are met, alone and together, when first, and by how much they are missed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from futian_model.errors import InputError, UnknownName
from futian_model.evidence import Goal
from futian_model.growth import Floats
from futian_model.uncertainty import share_error

MOST_GOALS = 16
"""Goals that may be counted together; every combination of them has a counter."""


class Aim(NamedTuple):
    """A goal on one result: its target in library units, and its year's place on the time axis."""

    goal: Goal
    target: float
    position: int

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two aims the same."""
        goal = self.goal
        return goal.name, goal.indicator, goal.operator, goal.tolerance, self.target, self.position


class Odds(NamedTuple):
    """One goal in a number of draws.

    Attributes
    ----------
    probability, probability_se : float
        Share of draws that meet the goal in its year, and its Monte Carlo standard error.
    shortfall, shortfall_se : float
        Mean distance from the target of the draws that miss it, in the goal's unit, and its error;
        NaN where fewer than two miss.
    first_years : ndarray of float, shape (years,)
        Share of draws that reach the target's level in each year after the base year, and not before;
        what they lack to one never reach it.
    """

    probability: float
    probability_se: float
    shortfall: float
    shortfall_se: float
    first_years: Floats


@dataclass
class Count:
    """Counters of some goals; two of them add up.

    Attributes
    ----------
    patterns : ndarray of int, shape (2 ** goals,)
        Draws by which goals they meet, the first goal in the lowest bit.
    first : ndarray of int, shape (goals, years)
        Draws by the year in which they first reach a goal's level.
    missed, missed_squares : ndarray, shape (goals,)
        Sum of the distances from the target of draws that miss, and of their squares.
    """

    aims: Sequence[Aim]
    years: int
    patterns: NDArray[np.int64] = field(init=False)
    first: NDArray[np.int64] = field(init=False)
    missed: Floats = field(init=False)
    missed_squares: Floats = field(init=False)

    def __post_init__(self) -> None:
        if len(self.aims) > MOST_GOALS:
            raise InputError("goals", len(self.aims), f"at most {MOST_GOALS} goals counted together")
        self.patterns = np.zeros(2 ** len(self.aims), np.int64)
        self.first = np.zeros((len(self.aims), self.years), np.int64)
        self.missed, self.missed_squares = np.zeros(len(self.aims)), np.zeros(len(self.aims))

    def add(self, paths: Mapping[str, Floats]) -> None:
        """Count paths, each of shape (draws, years)."""
        if not self.aims:
            return
        pattern = np.zeros(len(paths[self.aims[0].goal.indicator]), np.intp)
        for at, (goal, target, position) in enumerate(self.aims):
            path = paths[goal.indicator]
            reached = goal.meets(path, target)
            met = reached[:, position - 1]
            pattern |= met.astype(np.intp) << at
            # the year of the first hit, the first of all where there is none
            year = reached.argmax(axis=1)
            first = np.bincount(year, minlength=self.years)
            first[0] = np.count_nonzero(reached[:, 0])
            self.first[at] += first
            away = np.maximum(goal.gap(path[:, position - 1], target), 0.0)
            self.missed[at] += away.sum()
            self.missed_squares[at] += away @ away
        self.patterns += np.bincount(pattern, minlength=len(self.patterns))

    def join(self, other: "Count") -> None:
        """Take in what another one has counted."""
        self.patterns += other.patterns
        self.first += other.first
        self.missed += other.missed
        self.missed_squares += other.missed_squares

    @property
    def draws(self) -> int:
        """Draws counted."""
        return int(self.patterns.sum())

    def place(self, aim: Aim) -> int:
        """Which of the goals it is.

        Raises
        ------
        UnknownName
            It was not counted.
        """
        for at, own in enumerate(self.aims):
            if own.key == aim.key:
                return at
        raise UnknownName(aim.goal.name, [own.goal.name for own in self.aims])

    def together(self, aims: Sequence[Aim]) -> tuple[float, float]:
        """Share of draws that meet all of some goals, and its error."""
        wanted = sum(1 << self.place(aim) for aim in aims)
        met = (np.arange(len(self.patterns)) & wanted) == wanted
        return share_error(int(self.patterns[met].sum()), self.draws)

    def odds(self, aim: Aim) -> Odds:
        """One goal by itself."""
        at = self.place(aim)
        met = (np.arange(len(self.patterns)) >> at) & 1 == 1
        missing = int(self.patterns[~met].sum())
        chance, error = share_error(self.draws - missing, self.draws)
        mean = spread = float("nan")
        if missing > 1:
            mean = float(self.missed[at] / missing)
            variance = max(float(self.missed_squares[at]) / missing - mean**2, 0.0)
            spread = float(np.sqrt(variance / (missing - 1)))
        return Odds(chance, error, mean, spread, self.first[at] / self.draws)
