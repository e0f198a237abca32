"""Growth of a nation, a city in it and a district in that, as one Gaussian model.

Each rung adds to the one above it a lead in log growth made of three parts: a slow one that
glides back to its mean, yearly shocks, and, where a panel shows it, a mean of its own. What was
published about any rung, of one year or on average over several, then says something about all of
them, past and future, by one linear solve.

    g_rung,t = g_above,t + mean + own + x_t + u_t
    x_t = slow_persistence x_(t-1) + ...,   sd(x) = slow_sd
    u_t = shock_persistence u_(t-1) + ...,  sd(u) = shock_sd;   sd(own) = own_sd

Growth is log growth a year throughout.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.special import log_ndtr

from futian_model.growth import Floats


class Rung(NamedTuple):
    """Constants of one rung, log growth a year."""

    slow_sd: float
    slow_persistence: float
    shock_sd: float
    shock_persistence: float
    own_sd: float = 0.0

    def covariance(self, years: int) -> Floats:
        """Covariance of its lead over the rung above, shape (years, years)."""
        apart = np.abs(np.subtract.outer(np.arange(years), np.arange(years)))
        slow = self.slow_sd**2 * self.slow_persistence**apart
        shocks = self.shock_sd**2 * self.shock_persistence**apart
        return np.asarray(self.own_sd**2 + slow + shocks)

    def autocovariance(self, years: int) -> Floats:
        """Covariance of shocks zero, one, ... years apart, however long they have run, shape (years,)."""
        return np.asarray(self.shock_sd**2 * float(self.shock_persistence) ** np.arange(years))

    def innovations(self, years: int) -> Floats:
        """Covariance of shocks that start in the first of `years`: what no past figure can tell."""
        at = np.arange(years)
        apart, both = np.abs(np.subtract.outer(at, at)), np.add.outer(at, at) + 2
        # a persistence of zero to the power of zero is one: a shock is itself in its own year
        persistence = float(self.shock_persistence)
        return np.asarray(self.shock_sd**2 * (persistence**apart - persistence**both))


class Reading(NamedTuple):
    """A published figure: the mean log growth of one rung over years `first` to `last`.

    `sd` is what rounding and later revision leave open. Of a `lower_bound` only the side on which
    growth lies is known.
    """

    rung: int
    first: int
    last: int
    value: float
    sd: float
    lower_bound: bool = False


@dataclass(frozen=True, eq=False)
class Posterior:
    """Growth of every rung and year given the readings.

    Attributes
    ----------
    years : ndarray of int, shape (years,)
    mean : ndarray, shape (rungs, years)
    covariance : ndarray, shape (rungs, years, rungs, years)
    """

    years: Floats
    mean: Floats
    covariance: Floats

    def of(self, rung: int, first: int) -> tuple[Floats, Floats]:
        """Mean and covariance of one rung from year `first` on."""
        start = int(first - self.years[0])
        return self.mean[rung, start:], self.covariance[rung, start:, rung, start:]


def condition(
    rungs: Sequence[Rung], means: Floats, mean_sd: float, readings: Sequence[Reading], first: int
) -> Posterior:
    """Growth of all rungs given what was published.

    Parameters
    ----------
    rungs : sequence of Rung
        From the nation down.
    means : ndarray, shape (rungs, years)
        Mean growth of each rung and year before any reading.
    mean_sd : float
        Uncertainty of the nation's mean, the same in all years and rungs.
    readings : sequence of Reading
    first : int
        The first of the years.

    Returns
    -------
    Posterior
    """
    count, years = means.shape
    mean, prior = means.ravel(), stacked(rungs, years, mean_sd)
    points = [one for one in readings if not one.lower_bound]
    covariance = prior
    if points:
        picks = np.stack([pick(one, first, years, count) for one in points])
        values, noise = np.array([one.value for one in points]), np.array([one.sd**2 for one in points])
        seen = prior @ picks.T
        factor = cho_factor(picks @ seen + np.diag(noise), lower=True)
        mean = mean + seen @ cho_solve(factor, values - picks @ mean)
        covariance = prior - seen @ cho_solve(factor, seen.T)
    for one in readings:
        if one.lower_bound:
            mean, covariance = bounded(mean, covariance, pick(one, first, years, count), one)
    return Posterior(
        np.arange(first, first + years),
        mean.reshape(count, years),
        covariance.reshape(count, years, count, years),
    )


def stacked(rungs: Sequence[Rung], years: int, mean_sd: float) -> Floats:
    """Prior covariance of all rungs: two rungs share the leads of every rung above both."""
    total = np.zeros((len(rungs), years, len(rungs), years))
    for level, rung in enumerate(rungs):
        lead = rung.covariance(years) + (mean_sd**2 if level == 0 else 0.0)
        total[level:, :, level:, :] += lead[None, :, None, :]
    return total.reshape(len(rungs) * years, len(rungs) * years)


def pick(reading: Reading, first: int, years: int, count: int) -> Floats:
    """Weights that turn stacked growth into what a reading is about."""
    weights = np.zeros((count, years))
    span = slice(reading.first - first, reading.last - first + 1)
    weights[reading.rung, span] = 1 / (reading.last - reading.first + 1)
    return weights.ravel()


def bounded(mean: Floats, covariance: Floats, weights: Floats, reading: Reading) -> tuple[Floats, Floats]:
    """The Gaussian with the mean and covariance that growth has above a lower bound.

    Moments of the normal cut off at the bound (mean and variance of a truncated normal), carried
    to all years by the regression on the bounded quantity.
    """
    shared = covariance @ weights
    variance = float(weights @ shared) + reading.sd**2
    sd = np.sqrt(variance)
    cut = (reading.value - float(weights @ mean)) / sd
    hazard = float(np.exp(-0.5 * cut**2 - 0.5 * np.log(2 * np.pi) - log_ndtr(-cut)))
    moved = mean + shared * (hazard / sd)
    return moved, covariance - np.outer(shared, shared) * (hazard * (hazard - cut) / variance)
