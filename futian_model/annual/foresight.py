"""The year's growth and amount foreseen from the cumulative figure, with how far such sight has missed.

Growth of the year differs from growth so far by what the quarters left bring: with n of four quarters over,
``year = so far + (1 - n/4) x`` where x is growth of the quarters left less growth so far. Growth far from
what is expected does not last (Shenzhen's 17.1% of 2021Q1 became 6.7%, Haidian's -4.8% of 2020Q1 became
5.9%), so ``x = -rate (so far - expected) + error``. Expected is the year's target, of a range its middle,
where one is held, since years are steered to it, else the mean growth of the three years before. Rate and
error are read from past years, alike for one quarter and for three, the nation's years and those of all
other places apart. Errors have the tails of a t with eight degrees of freedom, and the doubt of rate and
scale widens them.

On the pairs held this more than halves the error of carrying the rate forward, and does better than a line
with a level of its own, than growth so far alone, than the mean of years before without targets, and than
all places together. The record is `Evidence.annual_record`.

An amount so far is a part of the year's, which past years give: the place's own mean where two years of the
same quarter are held, else that of all places, in logs.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtr, stdtrit

from futian_model.annual.pairs import QUARTERS
from futian_model.evidence.operators import Interval

FREEDOM = 8.0
"""Degrees of freedom of a year's error."""
FEWEST_PAIRS, FEWEST_YEARS, FEWEST_SHARES = 8, 4, 3
"""Pairs of growth, their different years, and years of amounts below which nothing is said."""
STEPS, CLOSE = 500, 1e-12


class Foreseen(NamedTuple):
    """What a year's figure may become: location and scale of a Student t, in its unit or its log.

    Attributes
    ----------
    location, scale, freedom : float
        The scale is 0 at the year's end.
    logs : bool
        Whether it is of the log of an amount.
    floor : float
        What the year's figure is known to exceed; minus infinity for nothing.
    """

    location: float
    scale: float
    freedom: float
    logs: bool = False
    floor: float = -np.inf

    def quantile(self, level: ArrayLike) -> NDArray[np.float64]:
        """Figures that the year stays below at probabilities."""
        below = self._below(self.floor)
        at = below + (1 - below) * np.asarray(level, float)
        steps = stdtrit(self.freedom, at) if self.scale > 0 else np.zeros_like(at)
        value = self.location + self.scale * steps
        return np.asarray(np.exp(value) if self.logs else value, float)

    def chance(self, asked: Interval) -> float:
        """Chance that the year's figure lies where it is asked to; 0 or 1 at the year's end."""
        if self.scale == 0:
            return float(asked.meets(self.quantile(0.5)))
        above = 1 - self._below(self.floor)
        low, high = max(asked.low, self.floor), asked.high
        inside = self._below(high) - self._below(low)
        return float(np.clip(inside / above, 0.0, 1.0)) if high > low else 0.0

    def _below(self, value: float) -> float:
        """Chance of a figure below a value, whatever is known of the year."""
        if value == -np.inf or (self.logs and value <= 0):
            return 0.0
        if value == np.inf:
            return 1.0
        at = np.log(value) if self.logs else value
        if self.scale == 0:
            return float(at > self.location)
        return float(stdtr(self.freedom, (at - self.location) / self.scale))


@dataclass(frozen=True)
class Reversion:
    """How growth of the quarters left goes back from growth so far to what was expected.

    Attributes
    ----------
    rate : float
        Part of the distance from expected growth that is gone: 0 carries the rate forward.
    scale : float
        Of the errors, a fraction a year.
    spread : float
        Variance of the rate in units of the scale's square.
    years : int
        Different years that it is read from.
    """

    rate: float
    scale: float
    spread: float
    years: int

    def foresee(self, so_far: float, expected: float, quarters: int, floor: float = -np.inf) -> Foreseen:
        """The year's growth, a fraction, from cumulative growth over some quarters.

        Parameters
        ----------
        so_far, expected : float
            Cumulative growth, and growth expected of the year, fractions.
        quarters : int
            That are over; of 4 the year is what it is so far.
        floor : float
            What the year's growth is known to exceed.
        """
        left, away = 1 - quarters / QUARTERS, so_far - expected
        scale = left * self.scale * float(np.sqrt(1 + self.spread * away**2))
        return Foreseen(so_far - left * self.rate * away, scale, FREEDOM, floor=floor)


def reversion(pairs: pd.DataFrame) -> Reversion | None:
    """The reversion of pairs, by maximum likelihood; None of fewer than `FEWEST_PAIRS`.

    Parameters
    ----------
    pairs : DataFrame
        Columns year, quarters (1 to 3), so_far, whole, expected (fractions).
    """
    years = pairs["year"].nunique()
    if len(pairs) < FEWEST_PAIRS or years < FEWEST_YEARS:
        return None
    names = ("so_far", "whole", "expected", "quarters")
    so_far, whole, expected, quarters = (pairs[name].to_numpy(float) for name in names)
    away, moved = so_far - expected, (whole - so_far) / (1 - quarters / QUARTERS)
    if not away.any():
        return None  # nothing ever lay off what was expected
    # Lange, Little and Taylor (1989): a t's likelihood climbs by least squares with weights of its own
    weights, rate, square = np.ones(len(pairs)), np.inf, 0.0
    for _ in range(STEPS):
        before, rate = rate, -float((weights * away * moved).sum() / (weights * away**2).sum())
        errors = moved + rate * away
        square = float((weights * errors**2).mean())
        if square == 0 or abs(rate - before) < CLOSE:
            break
        weights = (FREEDOM + 1) / (FREEDOM + errors**2 / square)
    # pairs of one year share its fate: the rate is as sure as its years are many
    information = (FREEDOM + 1) / (FREEDOM + 3) * float((away**2).mean()) * years
    return Reversion(rate, float(np.sqrt(square * years / (years - 1))), 1 / information, years)


def reversion_of(pairs: pd.DataFrame, geo: str, nation: str, without: int | None = None) -> Reversion | None:
    """The reversion by which a place is foreseen: the nation's, or that of all other places.

    Parameters
    ----------
    pairs : DataFrame
        As `growth_pairs`.
    without : int, optional
        A year that is left out.
    """
    return reversion(pairs[(pairs["nation"] == (geo == nation)) & (pairs["year"] != without)])


@dataclass(frozen=True)
class Season:
    """Part of a year's amount that past years had made by the end of a quarter.

    Attributes
    ----------
    share : float
        A fraction: the middle of the years counted.
    scale, freedom : float
        Of its log in a single year: a Student t.
    years : tuple of int
        Years of the place itself, empty where all places stand in.
    """

    share: float
    scale: float
    freedom: float
    years: tuple[int, ...]

    def foresee(self, amount: float, floor: float = -np.inf) -> Foreseen:
        """The year's amount from the amount so far, in its unit."""
        return Foreseen(float(np.log(amount / self.share)), self.scale, self.freedom, True, floor)


def season(shares: pd.DataFrame, geo: str, quarters: int, without: int | None = None) -> Season | None:
    """The seasonal pace of a place; None where fewer than `FEWEST_SHARES` years of any place are held.

    Parameters
    ----------
    shares : DataFrame
        As `share_pairs`.
    quarters : int
        Quarters that are over, 1 to 3.
    without : int, optional
        A year that is left out.
    """
    rows = shares[(shares["quarters"] == quarters) & (shares["year"] != without)]
    logs, places = np.log(rows["share"].to_numpy(float)), rows["geo"].to_numpy(object)
    if len(logs) < FEWEST_SHARES:
        return None
    own = logs[places == geo]
    if len(own) < 2:
        middle, count, apart, freedom = logs.mean(), len(logs), logs - logs.mean(), len(logs) - 1
    else:
        means = rows.assign(log=logs).groupby("geo")["log"].transform("mean").to_numpy(float)
        middle, count, apart, freedom = own.mean(), len(own), logs - means, len(logs) - len(set(places))
    if freedom < 2:
        return None
    scale = float(np.sqrt((apart**2).sum() / freedom * (1 + 1 / count)))
    years = tuple(sorted(int(year) for year in rows.loc[places == geo, "year"])) if len(own) > 1 else ()
    return Season(float(np.exp(middle)), scale, float(freedom), years)
