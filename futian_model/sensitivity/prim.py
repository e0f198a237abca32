"""PRIM: a box of inputs in which an outcome is common, found by peeling a little off at a time.

After Friedman and Fisher (1999), with the gain a peel brings set against what it costs, as scenario
discovery does (Bryant and Lempert 2010). Written here since both packages that offer it bring code under
the GPL with them: `PRIM` itself, and `ema_workbench` through `platypus-opt`, which it imports whatever
one asks of it. The trajectory is that of `ema_workbench` to the last draw (tests/reference/test_prim.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from futian_model.growth import Floats

Bools = NDArray[np.bool_]
ALPHA = 0.05
"""Part of the draws in the box that one peel takes off."""
LEAST = 0.01
"""Part of all draws at which peeling ends."""


class Limit(NamedTuple):
    """Least and greatest value that a box leaves of one input; infinite where it does not restrict it."""

    low: float
    high: float

    def holds(self, values: Floats) -> Bools:
        return np.asarray((values >= self.low) & (values <= self.high))


Box = Mapping[int, Limit]
"""Restricted inputs alone, by their column."""


class Fit(NamedTuple):
    """How well a box tells an outcome.

    Attributes
    ----------
    coverage, density : float
        Part of the outcome's draws that lie inside, and part of the draws inside that are of it.
    inside : int
        Draws in the box.
    """

    coverage: float
    density: float
    inside: int

    @property
    def balance(self) -> float:
        """Harmonic mean of coverage and density."""
        return 2 * self.coverage * self.density / max(self.coverage + self.density, 1e-300)


def peel(inputs: Floats, outcome: Bools, *, alpha: float = ALPHA, least: float = LEAST) -> Iterator[Box]:
    """Ever smaller boxes, each the one before less its best peel; the first is everything.

    A peel takes about `alpha` of the draws off one end of one input, of an input with few values the
    whole of its end value. The best raises the outcome's part most for what it takes away.

    Parameters
    ----------
    inputs : ndarray, shape (draws, inputs)
    outcome : ndarray of bool, shape (draws,)
    least : float
        Part of the draws that is always left.
    """
    box: dict[int, Limit] = {}
    columns, least_left = np.ascontiguousarray(inputs.T), max(least * len(outcome), 1)
    order = np.argsort(columns, axis=1, kind="stable")
    while True:
        yield dict(box)
        ranked = np.take_along_axis(columns, order, axis=1)
        counted = np.cumsum(outcome[order], axis=1)
        draws = order.shape[1]
        best, gain = None, 0.0
        for column, values in enumerate(ranked):
            for first, last, limit in ends(values, alpha):
                left = last - first
                if left < least_left or left == draws:
                    continue
                hits = counted[column, last - 1] - (counted[column, first - 1] if first else 0)
                value = (hits / left - counted[column, -1] / draws) / (draws - left)
                if value > gain:
                    best, gain = (column, first, last, limit), value
        if best is None:
            return
        column, first, last, limit = best
        known = box.get(column, Limit(-np.inf, np.inf))
        box[column] = Limit(max(known.low, limit.low), min(known.high, limit.high))
        kept = np.zeros(len(outcome), bool)
        kept[order[column, first:last]] = True
        order = order[kept[order]].reshape(len(columns), -1)


def ends(ranked: Floats, alpha: float) -> Iterator[tuple[int, int, Limit]]:
    """Places of the ranked values that a peel off either end leaves, and the limit it sets.

    An end value that fills the whole tail goes as one.
    """
    if ranked[0] == ranked[-1]:
        return
    low = max(quantile(ranked, alpha), float(ranked[np.searchsorted(ranked, ranked[0], "right")]))
    yield int(np.searchsorted(ranked, low, "left")), len(ranked), Limit(low, np.inf)
    high = min(quantile(ranked, 1 - alpha), float(ranked[np.searchsorted(ranked, ranked[-1], "left") - 1]))
    yield 0, int(np.searchsorted(ranked, high, "right")), Limit(-np.inf, high)


def quantile(ranked: Floats, level: float) -> float:
    """The quantile of ranked values as `numpy.quantile` interpolates it, to the last digit."""
    place = level * (len(ranked) - 1)
    at = int(place)
    low, high = float(ranked[at]), float(ranked[min(at + 1, len(ranked) - 1)])
    part = place - at
    return high - (high - low) * (1 - part) if part >= 0.5 else low + (high - low) * part


def inside(box: Box, inputs: Floats) -> Bools:
    """Draws that lie in a box."""
    held = np.ones(len(inputs), bool)
    for column, limit in box.items():
        held &= limit.holds(inputs[:, column])
    return held


def judged(box: Box, inputs: Floats, outcome: Bools) -> Fit:
    """Coverage and density of a box on some draws."""
    held = inside(box, inputs)
    hits = int((held & outcome).sum())
    return Fit(hits / max(int(outcome.sum()), 1), hits / max(int(held.sum()), 1), int(held.sum()))


def chances(box: Box, inputs: Floats, outcome: Bools) -> dict[int, float]:
    """How likely each restriction's gain would be by luck alone.

    The chance of at least as many of the outcome in the box, were its density that of the box without
    the restriction (one-sided binomial, as Bryant and Lempert 2010).
    """
    from scipy.stats import binom  # slow to import, and few commands look for boxes

    held = inside(box, inputs)
    hits, luck = int((held & outcome).sum()), {}
    for column in box:
        wider = inside({other: limit for other, limit in box.items() if other != column}, inputs)
        luck[column] = float(binom.sf(hits - 1, int(held.sum()), float(outcome[wider].mean())))
    return luck


def without(box: Box, columns: Sequence[int]) -> dict[int, Limit]:
    """A box with some restrictions dropped."""
    return {column: limit for column, limit in box.items() if column not in columns}
