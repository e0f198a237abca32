"""Growth of a nation, a city in it and a district in that, as one Gaussian model.

Each rung adds to the one above it a lead in log growth made of three parts: a slow one that
glides back to its mean, yearly shocks, and, where a panel shows it, a mean of its own. What was
published about any rung, of one year or on average over several, then says something about all of
them, past and future, by one linear solve.

    g_rung,t = g_above,t + mean + own + x_t + u_t
    x_t = slow_persistence x_(t-1) + ...,   sd(x) = slow_sd
    u_t = shock_persistence u_(t-1) + ...,  sd(u) = shock_sd;   sd(own) = own_sd

Growth is log growth a year throughout. Prices are a ladder of the same kind beside it, tied to it by
published levels at current prices.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.linalg import block_diag, cho_factor, cho_solve
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
    growth lies is known. `nominal` growth is that of the quantity and of its prices together. An `average`
    is of the level of the last year as a whole, which half of that year's growth has gone into.
    """

    rung: int
    first: int
    last: int
    value: float
    sd: float
    lower_bound: bool = False
    nominal: bool = False
    average: bool = False

    @property
    def yearly(self) -> bool:
        """Whether it is growth of one year, more than a bound."""
        return self.first == self.last and not self.lower_bound


class Forecast(NamedTuple):
    """What others published of the top rung's growth ahead, their usual bias taken off.

    A forecast is of the *expected* growth of a year, not of its outturn: mean and slow part, and the
    share `known` of the first year's shock that its authors could see by then.

    Attributes
    ----------
    first : int
        First of the years.
    values : ndarray, shape (horizon,)
        Log growth a year.
    known : float
        Share of the first year's shock, 0 to 1.
    noise : ndarray, shape (horizon, horizon)
        Covariance of the forecasts' own errors.
    """

    first: int
    values: Floats
    known: float
    noise: Floats


class Prior(NamedTuple):
    """Growth before any reading: rows are rungs, of prices too where there are any.

    Attributes
    ----------
    mean : ndarray, shape (rows, years)
    covariance : ndarray, shape (rows * years, rows * years)
    first : int
        First of the years.
    top : Rung
        Constants of the first row, whose shocks a forecast knows in part.
    rungs : int
        Rows of growth, before those of prices.
    """

    mean: Floats
    covariance: Floats
    first: int
    top: Rung
    rungs: int

    def beside(self, prices: "Prior") -> "Prior":
        """Growth with prices that are independent of it before any reading."""
        both = block_diag(self.covariance, prices.covariance)
        return self._replace(mean=np.concatenate([self.mean, prices.mean]), covariance=both)


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


def prior_of(rungs: Sequence[Rung], means: Floats, mean_sd: float, first: int) -> Prior:
    """Growth of all rungs of one ladder before any reading.

    Parameters
    ----------
    rungs : sequence of Rung
        From the nation down.
    means : ndarray, shape (rungs, years)
        Mean growth of each rung and year.
    mean_sd : float
        Uncertainty of the nation's mean, the same in all years and rungs.
    first : int
        The first of the years.
    """
    return Prior(means, stacked(rungs, means.shape[1], mean_sd), first, rungs[0], len(rungs))


def condition(prior: Prior, readings: Sequence[Reading]) -> Posterior:
    """Growth of all rungs given what was published of it.

    Parameters
    ----------
    prior : Prior
    readings : sequence of Reading
        A nominal one is of a rung and of its prices, whose rows follow those of growth.

    Returns
    -------
    Posterior
    """
    picks = [pick(reading, prior) for reading in readings]
    points = [at for at, reading in enumerate(readings) if not reading.lower_bound]
    mean, covariance = prior.mean.ravel(), prior.covariance
    if points:
        values, sds = np.array([(readings[at].value, readings[at].sd) for at in points]).T
        mean, covariance = updated(
            mean, covariance, np.stack([picks[at] for at in points]), values, np.diag(sds**2)
        )
    for reading, weights in zip(readings, picks, strict=True):
        if reading.lower_bound:
            mean, covariance = bounded(mean, covariance, weights, reading)
    return posterior(prior, mean, covariance)


def aided(prior: Prior, readings: Sequence[Reading], forecast: Forecast) -> Posterior:
    """As `condition`, given forecasts of the top rung's growth as well."""
    whole = with_shocks(prior)
    state = condition(whole, readings)
    mean, covariance = updated(
        state.mean.ravel(),
        state.covariance.reshape(whole.covariance.shape),
        expected(forecast, whole),
        forecast.values,
        forecast.noise,
    )
    kept = prior.mean.size
    return posterior(prior, mean[:kept], covariance[:kept, :kept])


def with_shocks(prior: Prior) -> Prior:
    """The same with the top rung's shocks as a last row, of which a forecast knows a part."""
    rows, years = prior.mean.shape
    at = np.arange(years)
    shocks = prior.top.autocovariance(years)[np.abs(np.subtract.outer(at, at))]
    shared = np.zeros((rows, years, years))
    shared[: prior.rungs] = shocks  # every rung's growth contains them, no price does
    side = shared.reshape(rows * years, years)
    wide = np.block([[prior.covariance, side], [side.T, shocks]])
    return prior._replace(mean=np.vstack([prior.mean, np.zeros(years)]), covariance=wide)


def updated(
    mean: Floats, covariance: Floats, picks: Floats, values: Floats, noise: Floats
) -> tuple[Floats, Floats]:
    """Mean and covariance given weighted sums that were read with noise: one linear solve."""
    seen = covariance @ picks.T
    factor = cho_factor(picks @ seen + noise, lower=True)
    return mean + seen @ cho_solve(factor, values - picks @ mean), covariance - seen @ cho_solve(
        factor, seen.T
    )


def posterior(prior: Prior, mean: Floats, covariance: Floats) -> Posterior:
    """Stacked mean and covariance by row and year."""
    rows, years = prior.mean.shape
    return Posterior(
        np.arange(prior.first, prior.first + years),
        mean.reshape(rows, years),
        covariance.reshape(rows, years, rows, years),
    )


def expected(forecast: Forecast, whole: Prior) -> Floats:
    """Weights of what each year's forecast is of: growth less the shocks that nobody could see yet."""
    rows, years = whole.mean.shape
    weights = np.zeros((len(forecast.values), rows, years))
    start = forecast.first - whole.first
    for ahead in range(len(weights)):
        weights[ahead, 0, start + ahead] = 1.0
        weights[ahead, -1, start + ahead] = -1.0
        weights[ahead, -1, start] += forecast.known * float(whole.top.shock_persistence) ** ahead
    return weights.reshape(len(weights), -1)


def stacked(rungs: Sequence[Rung], years: int, mean_sd: float) -> Floats:
    """Prior covariance of all rungs: two rungs share the leads of every rung above both."""
    total = np.zeros((len(rungs), years, len(rungs), years))
    for level, rung in enumerate(rungs):
        lead = rung.covariance(years) + (mean_sd**2 if level == 0 else 0.0)
        total[level:, :, level:, :] += lead[None, :, None, :]
    return total.reshape(len(rungs) * years, len(rungs) * years)


def pick(reading: Reading, prior: Prior) -> Floats:
    """Weights that turn stacked growth into what a reading is about."""
    weights = np.zeros_like(prior.mean)
    span = slice(reading.first - prior.first, reading.last - prior.first + 1)
    rows = [reading.rung, prior.rungs + reading.rung] if reading.nominal else [reading.rung]
    weights[rows, span] = 1.0
    if reading.average:
        weights[rows, span.stop - 1] = 0.5
    weights /= weights[rows[0]].sum()
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
