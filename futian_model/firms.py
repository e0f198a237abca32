"""The groups behind a share over the years: who stays, who leaves, who comes, drawn and on average.

Sizes follow `headquarters.weights`. The largest `NAMED` groups are told apart and leave as a whole; the
rest is so fine that it leaves at a steady rate. Everything is relative to the base year's value added.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import exprel

from futian_model.growth import Floats
from futian_model.uncertainty import BLOCK, stream

NAMED = 50
"""Largest groups told apart."""


class Range(NamedTuple):
    """Least, most likely and greatest value of something unknown; the middle is the median."""

    low: float
    value: float
    high: float

    def at(self, quantile: Floats) -> Floats:
        """Value at a quantile, straight lines from the least to the middle to the greatest."""
        return np.asarray(np.interp(quantile, [0.0, 0.5, 1.0], self))


class Leaving(NamedTuple):
    """How many of the largest leave, and the position of the first year without them, from 0."""

    largest: int
    year: int


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups behind a share.

    Attributes
    ----------
    number, tail : Range
        How many groups there are, and the Zipf exponent of their sizes.
    relocation : float
        Chance of a group to leave in a year, a fraction.
    entry : ndarray, shape (years,)
        Mean value added that comes at the end of each year.
    entrant_size : float
        Value added of one newcomer; their number is a Poisson variable.
    spillover : float
        What the rest of the economy loses per unit that leaves.
    departures : tuple of Leaving
    start : int
        Years after the base year in which nobody leaves or comes yet: published figures tell about them.
    """

    number: Range
    tail: Range
    relocation: float
    entry: Floats
    entrant_size: float
    spillover: float
    departures: tuple[Leaving, ...]
    start: int = 0

    def with_entry(self, added: Floats | float) -> "Groups":
        """The same with more, or less, coming each year, never less than nothing."""
        return replace(self, entry=np.maximum(self.entry + added, 0.0))

    def central(self) -> Floats:
        """Mean value added left of the base year's, at the middle of both ranges, shape (years + 1,)."""
        held, rest = weights(np.array([self.number.value]), np.array([self.tail.value]))
        kept = self.staying()
        return np.asarray(
            (self.remaining(held) @ np.ones(NAMED) + rest[:, None])[0] * kept + self.newcomers()
        )

    def remaining(self, held: Floats) -> Floats:
        """Weights of named groups by year, without those that leave in an event, (..., years + 1, NAMED)."""
        there = np.ones((len(self.entry) + 1, NAMED))
        for leaving in self.departures:
            there[leaving.year + 1 :, : leaving.largest] = 0.0
        return np.asarray(held[..., None, :] * there)

    def staying(self) -> Floats:
        """Part of a fine mass of groups that has not relocated, shape (years + 1,)."""
        return np.asarray((1 - self.relocation) ** np.maximum(np.arange(len(self.entry) + 1) - self.start, 0))

    def newcomers(self) -> Floats:
        """Mean value added of those who came and are still there, shape (years + 1,)."""
        stock = np.zeros(len(self.entry) + 1)
        for year, coming in enumerate(self.entry):
            stock[year + 1] = stock[year] * (1 - self.relocation) + coming
        return stock

    def drawn(self, seed: int, block: int) -> Floats:
        """Value added left in each path of a block, shape (BLOCK, years + 1)."""
        years = len(self.entry)
        held, rest = weights(*self.sizes(seed, block))
        left = rest[:, None] * self.staying()
        left[:, 0] = 1.0
        gone = self.gone(seed, block)
        for year in range(1, years + 1):
            left[:, year] += np.where(gone > year, held, 0.0).sum(axis=1)
        return left + self.arrived(seed, block)

    def sizes(self, seed: int, block: int) -> tuple[Floats, Floats]:
        """Number of groups and Zipf exponent of each path of a block, shape (BLOCK,) each."""
        number = self.number.at(stream(seed, "firms number", block).random(BLOCK))
        tail = self.tail.at(stream(seed, "firms tail", block).random(BLOCK))
        return np.floor(number + 0.5), tail

    def gone(self, seed: int, block: int) -> Floats:
        """First year without each of the largest groups, shape (BLOCK, NAMED).

        Years are counted from the base year, which is 0; infinite where a group stays.
        """
        left = np.full((BLOCK, NAMED), np.inf)
        if self.relocation > 0:
            left = stream(seed, "firms leave", block).geometric(self.relocation, (BLOCK, NAMED)).astype(float)
            left += self.start
        for leaving in self.departures:
            forced = np.where(np.arange(NAMED) < leaving.largest, leaving.year + 1, np.inf)
            left = np.minimum(left, forced)
        return left

    def arrived(self, seed: int, block: int) -> Floats:
        """Value added of newcomers still there in each path, shape (BLOCK, years + 1)."""
        stock: NDArray[np.int64] = np.zeros((BLOCK, len(self.entry) + 1), dtype=np.int64)
        if not self.entry.any():
            return np.zeros(stock.shape)
        chance = stream(seed, "firms enter", block)
        for year, coming in enumerate(self.entry):
            staying = chance.binomial(stock[:, year], 1 - self.relocation)
            stock[:, year + 1] = staying + chance.poisson(coming / self.entrant_size, BLOCK)
        return np.asarray(stock * self.entrant_size, float)


def weights(number: Floats, tail: Floats) -> tuple[Floats, Floats]:
    """Shares of the `NAMED` largest groups and of all others together.

    As `headquarters.weights`, with the sum beyond the named ones as an integral (midpoint rule; off by
    less than 1e-5 of the whole for exponents up to 2).

    Parameters
    ----------
    number, tail : ndarray, shape (n,)
        Groups there are, and Zipf exponent.

    Returns
    -------
    named : ndarray, shape (n, NAMED), largest first
    others : ndarray, shape (n,)
    """
    rank = np.arange(1, NAMED + 1, dtype=float)
    size = np.where(rank <= number[:, None], np.exp(-np.multiply.outer(tail, np.log(rank))), 0.0)
    start, span = NAMED + 0.5, np.log(np.maximum(number + 0.5, NAMED + 0.5) / (NAMED + 0.5))
    others = start ** (1 - tail) * span * exprel((1 - tail) * span)
    whole = size.sum(axis=1) + others
    return size / whole[:, None], others / whole
