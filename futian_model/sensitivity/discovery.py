"""On what does a goal hang? The box of drawn inputs in which it is missed, or met."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np

from futian_model.errors import InputError
from futian_model.evidence import Goal
from futian_model.growth import Floats
from futian_model.sensitivity import prim
from futian_model.sensitivity.drawn import Drawn, drawn
from futian_model.sensitivity.prim import Bools, Box, Fit
from futian_model.simulation import Result

BOX, NOTHING, SETTLED, FEW = "box", "nothing", "settled", "few"
"""A box was found; nothing separates; the goal is nearly always met or missed; too few draws to tell."""
MOSTLY = 0.8
"""Part that misses beyond which the rarer success is described; least density of a box."""
COVERED = 0.5
"""Least part of the outcome that a box has to hold."""
RARE, FEWEST = 0.02, 100
"""Part of the draws, and number of them in each half, below which an outcome is too rare to tell."""
LUCK = 0.05
"""Chance by luck beyond which a restriction is not told."""
MOST, TRIED, LOSS = 3, 4, 0.05
"""Most inputs of a box, of how many it may choose, and the balance given up for one with fewer."""
PATIENCE = 0.02
"""Part of the draws a peel takes off: small, so that a limit is told closely."""


class Condition(NamedTuple):
    """An input and what the box leaves of it; one end is infinite, or neither.

    `chance` is how likely its gain would be by luck alone.
    """

    input: Drawn
    low: float
    high: float
    chance: float


@dataclass(frozen=True, eq=False)
class Discovery:
    """On what goals hang in one result.

    Attributes
    ----------
    status : str
        ``"box"``, ``"nothing"``, ``"settled"`` or ``"few"``.
    misses : bool
        Whether the box describes the misses, or, where they are the rule, the successes.
    missed : float
        Part of the draws that misses.
    conditions : tuple of Condition
        All of them hold inside the box; none without one.
    coverage, density : float
        Part of the described outcome inside the box, and part of what is inside that is of it, in draws
        the box was not fitted on; NaN without one.
    """

    status: str
    misses: bool
    missed: float
    conditions: tuple[Condition, ...] = ()
    coverage: float = float("nan")
    density: float = float("nan")


def discover(
    result: Result, goals: Goal | Sequence[Goal], *, splits: Sequence[int] | None = None
) -> Discovery:
    """The condition that separates draws that miss a goal, or any of several, from those that meet it.

    PRIM peels every second draw; the other half judges the boxes. A box is told only if on that half it

    - holds at least half of the outcome (`COVERED`),
    - is of it by 80 % and at most half as often not as all draws are (`MOSTLY`, `needed`),
    - and every restriction would be so good by luck in no more than one case in twenty (`LUCK`).

    Of the boxes of one peeling that pass, the best balanced of coverage and density (harmonic mean) counts:
    the first would only just be dense enough, its limits laxer than what decides. Among sets of up to three
    inputs the fewest that come within `LOSS` of the best are told.

    Parameters
    ----------
    result : Result
        With its paths; no new draws are made.
    goals : Goal or sequence of Goal
    splits : sequence of int, optional
        Last years of the spans over which growth is averaged; the goals' years when left out.

    Raises
    ------
    InputError
        The result does not keep its paths, or a goal cannot be judged on it.
    """
    asked = [goals] if isinstance(goals, Goal) else list(goals)
    if not asked:
        raise InputError("goals", "none", "at least one goal")
    met = np.ones(result.draws, bool)
    for goal in asked:
        _, target, _ = result.aim(goal)
        met &= np.asarray(goal.meets(result.at(goal.indicator, goal.year), target), bool)
    last = max(goal.year for goal in asked)
    years = {goal.year for goal in asked} if splits is None else {year for year in splits if year <= last}
    return separated(drawn(result, sorted(years | {last})), ~met)


def separated(inputs: Sequence[Drawn], missed: Bools) -> Discovery:
    """The same for draws of inputs and whether each misses."""
    part = float(missed.mean())
    misses = part <= MOSTLY
    outcome = missed if misses else ~missed
    if len(outcome) < 4 * FEWEST:
        return Discovery(FEW, misses, part)
    if outcome.mean() < RARE or min(outcome[::2].sum(), outcome[1::2].sum()) < FEWEST:
        return Discovery(SETTLED if min(part, 1 - part) < RARE else FEW, misses, part)
    if not inputs:
        return Discovery(NOTHING, misses, part)
    values = np.column_stack([quantity.values for quantity in inputs])
    best = chosen(Halves(values, outcome))
    if best is None:
        return Discovery(NOTHING, misses, part)
    box, fit, chances = best
    conditions = tuple(Condition(inputs[column], *box[column], chances[column]) for column in sorted(box))
    return Discovery(BOX, misses, part, conditions, fit.coverage, fit.density)


class Halves:
    """Draws a box is fitted on, and as many on which it is judged."""

    def __init__(self, values: Floats, outcome: Bools) -> None:
        self.fitted, self.other = (values[::2], outcome[::2]), (values[1::2], outcome[1::2])
        self.needed = needed(float(outcome.mean()))

    def best(self, columns: Sequence[int]) -> tuple[Box, Fit] | None:
        """Of the boxes on some inputs that hold enough and are dense enough the best balanced, or None."""
        values, outcome = self.fitted
        best: tuple[Box, Fit] | None = None
        for peeled in prim.peel(values[:, columns], outcome, alpha=PATIENCE):
            box = {columns[at]: limit for at, limit in peeled.items()}
            fit = prim.judged(box, *self.other)
            if fit.coverage < COVERED:
                break
            if fit.density >= self.needed and (best is None or fit.balance > best[1].balance):
                best = box, fit
        return best

    def weightiest(self, box: Box) -> list[int]:
        """Inputs without whose restriction a box would lose most density, at most `TRIED`."""
        lost = {column: -prim.judged(prim.without(box, [column]), *self.fitted).density for column in box}
        return sorted(sorted(lost, key=lambda column: -lost[column])[:TRIED])


def needed(part: float) -> float:
    """Density a box must have: 80 %, and half as many exceptions as there are among all draws."""
    return max(MOSTLY, 1 - (1 - part) / 2)


def chosen(halves: Halves) -> tuple[Box, Fit, dict[int, float]] | None:
    """The box to tell, with the chances of its restrictions; None where nothing separates."""
    every = halves.best(range(halves.fitted[0].shape[1]))
    if every is None:
        return None
    columns, passed = halves.weightiest(every[0]), []
    for count in range(1, min(MOST, len(columns)) + 1):
        for subset in combinations(columns, count):
            best = halves.best(subset)
            if best is None or len(best[0]) < count:
                continue
            chances = prim.chances(best[0], *halves.other)
            if max(chances.values()) <= LUCK:
                passed.append((*best, chances))
    most = max([every[1].balance, *(fit.balance for _, fit, _ in passed)])
    near = [candidate for candidate in passed if candidate[1].balance >= most - LOSS]
    return min(near, key=lambda candidate: (len(candidate[0]), -candidate[1].balance), default=None)
