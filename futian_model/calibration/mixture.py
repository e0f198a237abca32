"""The ladder under several panels' constants at once, and the trend it leaves for the years ahead.

Panels disagree on how slowly a region's lead fades, and thirty years of one ladder cannot settle it.
Each panel's constants are one possibility, all equally likely, and what they disagree on stays in the
uncertainty. (Weighing them by how well they fit the readings scored no better out of sample and left
no doubt at all, for reasons that had little to do with fading.)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import NamedTuple

import numpy as np
from scipy.linalg import eigh, solve_triangular

from futian_model.calibration.ladder import (
    Forecast,
    Posterior,
    Prior,
    Reading,
    Rung,
    aided,
    condition,
    pick,
    prior_of,
)
from futian_model.calibration.panels import RECENT, Constants, shrunk, variance_of
from futian_model.growth import Floats

WINDOW = 30
"""Years up to the base year whose figures count; older ones moved no forecast of the backtest."""
FEWEST_IN_A_ROW, FEWEST_STEPS = 8, 4
"""Years in a row for an autoregression, and pairs of neighbouring years for a variance of steps."""
LEAST_FREEDOM = 4.5
"""Fewer degrees of freedom would give the size of shocks no finite kurtosis."""
JITTER = 1e-12
"""Variance added where a published figure leaves almost none, so that its root exists."""
LEAST = 1e-12
"""Variance below which a level is known."""
REDUNDANT = 1e-10
"""Part of the largest variance below which a combination of readings is implied by the others."""
KEPT = 0.995
"""Part of the variance of the slow part's cumulated path that its modes keep."""


@dataclass(frozen=True, eq=False)
class Chain:
    """Nested places of one quantity before their readings are taken in.

    Attributes
    ----------
    panels : sequence of sequence of Constants
        One possibility each: the constants of every rung, from the top.
    means : ndarray, shape (rungs, years)
        Mean growth before any reading, the same under every panel.
    readings : sequence of Reading
    first : int
        First of the years.
    prior : float
        Factor on the panels' standard deviations of long-run growth: 2 doubts them twice as much.
    proportional : bool
        A unit whose shocks are larger than the panel's also strays further in the long run: a part
        of an economy swings more than a region does, at every frequency.
    lead_sd : float
        What is not known of the mean lead of the second rung and those below it.
    """

    panels: Sequence[Sequence[Constants]]
    means: Floats
    readings: Sequence[Reading]
    first: int
    prior: float = 1.0
    proportional: bool = False
    lead_sd: float = 0.0

    def sized(self, implied: Sequence[Reading] = ()) -> "list[Possibility]":
        """Each panel's constants, the size of shocks shrunk between the panel's and the unit's own.

        Parameters
        ----------
        implied : sequence of Reading
            What other figures imply: they tell of the size of shocks alone.
        """
        return [self._sized(constants, [*self.readings, *implied]) for constants in self.panels]

    def _sized(self, constants: Sequence[Constants], readings: Sequence[Reading]) -> "Possibility":
        own = owned(constants, self.means, readings, self.first, self.proportional)
        sized = [sizes(panel, *known) for panel, known in zip(constants, own, strict=True)]
        rungs = [
            rung_of(panel, variance, self.prior, self.proportional and (rung > 0 or len(constants) == 1))
            for rung, (panel, (variance, _)) in enumerate(zip(constants, sized, strict=True))
        ]
        if len(rungs) > 1:
            rungs[1] = rungs[1]._replace(own_sd=float(np.hypot(rungs[1].own_sd, self.lead_sd)))
        freedoms = tuple((known[1], panel.scale_df) for known, panel in zip(own, constants, strict=True))
        before = prior_of(rungs, self.means, self.prior * constants[0].mean_sd, self.first)
        return Possibility(constants[-1].panel, tuple(rungs), pooled_freedom(sized), freedoms, before)


def alone(constants: Constants, path: Floats, origin: int, years: int) -> Chain:
    """One economy's own past, to be carried on for some years.

    Parameters
    ----------
    path : ndarray, shape (past,)
        Log growth up to `origin`, at most `WINDOW` years of it, NaN where missing.
    """
    first, start = origin - WINDOW + 1, origin - len(path) + 1
    means = np.full((1, WINDOW + years), constants.mean)
    return Chain([(constants,)], means, yearly_readings(0, path, start), first)


def yearly_readings(rung: int, path: Floats, start: int) -> list[Reading]:
    """Growth of single years as readings without doubt, NaN left out."""
    return [
        Reading(rung, start + at, start + at, float(value), 0.0)
        for at, value in enumerate(path)
        if np.isfinite(value)
    ]


class Possibility(NamedTuple):
    """One panel's constants for a chain.

    `freedoms` are degrees of freedom (own, panel's) behind the size of each rung's shocks, `freedom`
    those of their sum.
    """

    panel: str
    rungs: tuple[Rung, ...]
    freedom: float
    freedoms: tuple[tuple[float, float], ...]
    prior: Prior


@dataclass(frozen=True, eq=False)
class Ladder:
    """Nested places of one quantity and what their readings say.

    Attributes
    ----------
    posterior : Posterior
        Of the chain's own rows.
    prior : ndarray, shape (rungs * years, rungs * years)
        Covariance before any reading.
    possibilities : tuple of Possibility
    """

    posterior: Posterior
    prior: Floats
    possibilities: tuple[Possibility, ...]

    @property
    def rungs(self) -> Mapping[str, tuple[Rung, ...]]:
        """Constants under each panel."""
        return {each.panel: each.rungs for each in self.possibilities}

    @property
    def freedom(self) -> float:
        """Degrees of freedom of the lowest rung's shock variance."""
        return float(np.mean([each.freedom for each in self.possibilities]))

    @property
    def freedoms(self) -> tuple[tuple[float, float], ...]:
        """Degrees of freedom (own, panel's) behind the size of each rung's shocks."""
        return self.possibilities[-1].freedoms

    def fresh(self, years: int) -> Floats:
        """Covariance of the lowest rung's shocks from the first of `years` on, none being known before."""
        return np.asarray(
            np.mean(
                [
                    np.sum([rung.innovations(years) for rung in stack], axis=0)
                    for stack in self.rungs.values()
                ],
                axis=0,
            )
        )

    def autocovariance(self, years: int) -> Floats:
        """Covariance of the lowest rung's shocks and those above it by years apart, shape (years,)."""
        stacks = [[rung.autocovariance(years) for rung in stack] for stack in self.rungs.values()]
        return np.asarray(np.mean(np.sum(stacks, axis=1), axis=0))


@dataclass(frozen=True, eq=False)
class State:
    """Ladders side by side, tied by readings of both, mixed over every possibility.

    Attributes
    ----------
    ladders : tuple of Ladder
        Of growth, and of prices where there are any.
    joint : Posterior
        Of all rows together.
    unaided : Posterior
        The same without published forecasts; the same object where there are none.
    priors : tuple of Prior
        Before any reading, one a possibility.
    readings : tuple of Reading
        Of growth, of prices, then of levels.
    """

    ladders: tuple[Ladder, ...]
    joint: Posterior
    unaided: Posterior
    priors: tuple[Prior, ...]
    readings: tuple[Reading, ...]


def climb(
    chain: Chain,
    prices: Chain | None = None,
    levels: Sequence[Reading] = (),
    forecast: "Callable[[Rung], Forecast] | None" = None,
) -> State:
    """Posterior of a ladder, alone or with that of its prices, mixed over panels.

    Each panel of growth goes with one of prices, in turn, so that all of either count alike where the
    first are a multiple of the second.

    Parameters
    ----------
    chain : Chain
    prices : Chain, optional
        Prices of the same places and years.
    levels : sequence of Reading
        Nominal readings.
    forecast : callable, optional
        From the top rung's constants to what others published of its growth.
    """
    chains = [chain] if prices is None else [chain, prices]
    sized = [chain.sized()]
    if prices is not None:
        sized.append(prices.sized(implied_prices(chain.readings, levels)))
    readings, rungs = list(chain.readings), len(chain.means)
    if prices is not None:
        readings += [reading._replace(rung=rungs + reading.rung) for reading in prices.readings]
    readings += levels
    priors = [
        growth.prior if prices is None else growth.prior.beside(price.prior)
        for growth, price in zip(sized[0], cycle(sized[-1]))
    ]
    unaided = [condition(before, readings) for before in priors]
    helped = [] if forecast is None else [aided(before, readings, forecast(before.top)) for before in priors]
    alone = mixed(unaided)
    joint = mixed(helped) if helped else alone
    ladders, start = [], 0
    for each, possibilities in zip(chains, sized, strict=True):
        rows = slice(start, start + len(each.means))
        covariance = np.mean([each.prior.covariance for each in possibilities], axis=0)
        own = Posterior(joint.years, joint.mean[rows], joint.covariance[rows, :, rows])
        ladders.append(Ladder(own, covariance, tuple(possibilities)))
        start = rows.stop
    return State(tuple(ladders), joint, alone, tuple(priors), tuple(readings))


def rung_of(panel: Constants, variance: float, prior: float, proportional: bool) -> Rung:
    """A rung's constants, given the shrunk variance of its yearly shocks."""
    stretch = prior * (np.sqrt(variance) / panel.scale_sd if proportional else 1.0)
    return Rung(
        panel.slow_sd * stretch,
        panel.slow_persistence,
        float(np.sqrt(variance * panel.scale_factor)),
        panel.shock_persistence,
        panel.own_sd * stretch,
    )


def owned(
    constants: Sequence[Constants],
    means: Floats,
    readings: Sequence[Reading],
    first: int,
    proportional: bool,
) -> tuple[tuple[float, float], ...]:
    """Each rung's variance of yearly shocks by its own figures, and its degrees of freedom."""
    yearly = [
        yearly_variance(readings, means, first, rung, panel.shock_persistence)
        for rung, panel in enumerate(constants)
    ]
    if not proportional:
        return tuple(yearly)
    top = len(constants) > 1
    return (*yearly[:top], *[swing(constants, means, readings, first)] * (len(constants) - top))


def sizes(panel: Constants, variance: float, freedom: float) -> tuple[float, float]:
    """Shrunk variance of a rung's yearly shocks and its degrees of freedom."""
    return shrunk(panel.scale, variance, freedom) if freedom > 0 else (panel.scale_sd**2, panel.scale_df)


def pooled_freedom(sized: Sequence[tuple[float, float]]) -> float:
    """Degrees of freedom of a sum of estimated variances (Satterthwaite 1946)."""
    variances, freedom = np.array(sized).T
    return max(float(variances.sum() ** 2 / (variances**2 / freedom).sum()), LEAST_FREEDOM)


def swing(
    constants: Sequence[Constants], means: Floats, readings: Sequence[Reading], first: int
) -> tuple[float, float]:
    """Variance of the lowest rung's shocks, if everything below the nation swings alike.

    The mean square of the readings below the nation, given the nation's, whitened by what units of
    the panel's typical size would show: it needs no single years, spans of any length count. A reading
    that others imply, such as a span whose years are all published, says nothing more and is not counted.
    """
    count = len(means)
    rungs = [rung_of(panel, panel.scale_sd**2, 1.0, False) for panel in constants]
    prior = prior_of(rungs, means, constants[0].mean_sd, first)

    def square(chosen: Sequence[Reading]) -> tuple[float, int]:
        """Whitened sum of squares, and how many readings are independent."""
        if not chosen:
            return 0.0, 0
        picks = np.stack([pick(reading, prior) for reading in chosen])
        missed = np.array([reading.value for reading in chosen]) - picks @ means.ravel()
        white, _, rank, _ = np.linalg.lstsq(picks @ prior.covariance @ picks.T, missed, rcond=REDUNDANT)
        return float(missed @ white), int(rank)

    points = [reading for reading in readings if not reading.lower_bound]
    total, independent = square(points)
    upper, used = square([reading for reading in points if count > 1 and reading.rung == 0])
    below = independent - used
    if below <= 0:
        return 0.0, 0.0
    return constants[-1].scale_sd ** 2 * max(total - upper, 0.0) / below, float(below)


def yearly_variance(
    readings: Sequence[Reading], means: Floats, first: int, rung: int, persistence: float
) -> tuple[float, float]:
    """Variance of a rung's yearly lead over the rung above, from years in which both are published.

    Years in a row give it by an autoregression; years with gaps by the steps between neighbours,
    which a slow decline hardly enters either; a handful of scattered years only by their spread.

    Parameters
    ----------
    persistence : float
        Of the panel's shocks, to turn steps into residuals: a step's mean square is
        2 / (1 + persistence) of theirs.

    Returns
    -------
    variance, degrees of freedom
        Zero degrees where fewer than three years are.
    """
    yearly: list[dict[int, float]] = [{} for _ in means]
    for reading in readings:
        if reading.yearly:
            yearly[reading.rung][reading.first] = reading.value - means[reading.rung, reading.first - first]
    above = yearly[rung - 1] if rung else dict.fromkeys(yearly[0], 0.0)
    years = np.array(sorted(yearly[rung].keys() & above.keys())[-RECENT:], int)
    lead = np.array([yearly[rung][year] - above[year] for year in years])
    if len(lead) < 3:
        return 0.0, 0.0
    steps = np.diff(lead)[np.diff(years) == 1]
    if len(steps) == len(lead) - 1 and len(lead) >= FEWEST_IN_A_ROW:
        return variance_of(lead)
    if len(steps) >= FEWEST_STEPS:
        return float(np.mean(steps**2)) * (1 + persistence) / 2, float(len(steps))
    return float(lead.var(ddof=1)), float(len(lead) - 1)


def mixed(posteriors: Sequence[Posterior]) -> Posterior:
    """Mean and covariance of a mixture: what the possibilities disagree on is uncertainty too."""
    mean = np.mean([state.mean for state in posteriors], axis=0)
    covariance = np.zeros_like(posteriors[0].covariance)
    for state in posteriors:
        apart = state.mean - mean
        covariance += (state.covariance + np.multiply.outer(apart, apart)) / len(posteriors)
    return Posterior(posteriors[0].years, mean, covariance)


def implied_prices(growth: Sequence[Reading], levels: Sequence[Reading]) -> list[Reading]:
    """Growth of prices in years whose nominal and real growth are both published."""
    yearly = {(reading.rung, reading.first): reading.value for reading in growth if reading.yearly}
    return [
        level._replace(value=level.value - yearly[level.rung, level.first], nominal=False)
        for level in levels
        if level.yearly and (level.rung, level.first) in yearly
    ]


class Ahead(NamedTuple):
    """The lowest rung of a ladder after the base year.

    Attributes
    ----------
    centre : ndarray, shape (years,)
    shocks : ndarray, shape (years, years)
        Lower triangular; from independent unit draws to the shocks of the years after the base year.
    slow : ndarray, shape (years, modes)
        Everything else that is uncertain; the draws are the same for all ladders of a state.
    known : ndarray, shape (years, years)
        What published forecasts leave of fresh shocks: a matrix on shocks of years not yet published.
    """

    centre: Floats
    shocks: Floats
    slow: Floats
    known: Floats


def ahead(state: State, base_year: int, published: Sequence[int]) -> list[Ahead]:
    """Centre and uncertainty of the lowest rung of each ladder after the base year.

    Shocks after the last figure are independent of all figures: what they add comes off exactly, and
    modes keep the rest. Forecasts see a part of them: the covariance that they leave is that of the
    draws without them under one matrix, so that shocks keep their own tails and sizes.

    Parameters
    ----------
    published : sequence of int
        Of each ladder, years after the base year of which some rung has figures.
    """
    rows = np.cumsum([len(ladder.posterior.mean) for ladder in state.ladders]) - 1
    start = int(base_year + 1 - state.joint.years[0])
    years = len(state.joint.years) - start
    span = np.arange(start, start + years)
    alone, helped = (each.covariance[np.ix_(rows, span, rows, span)] for each in (state.unaided, state.joint))
    rest = alone.copy()
    for at, (ladder, known) in enumerate(zip(state.ladders, published, strict=True)):
        rest[at, known:, at, known:] -= ladder.fresh(years - known)
    size = len(rows) * years
    slow = modes(rest.reshape(size, size), len(rows))
    left = np.eye(size)
    if state.joint is not state.unaided:
        left = left_by(alone.reshape(size, size), helped.reshape(size, size))
        slow = left @ slow
    return [
        Ahead(
            state.joint.mean[row, start:],
            np.asarray(np.linalg.cholesky(ladder.fresh(years)), float),
            slow[at * years : (at + 1) * years],
            left.reshape(len(rows), years, len(rows), years)[at, :, at],
        )
        for at, (row, ladder) in enumerate(zip(rows, state.ladders, strict=True))
    ]


def left_by(before: Floats, after: Floats) -> Floats:
    """The lower triangular matrix W with after = W before W'."""
    factors = [
        np.linalg.cholesky(covariance + JITTER * np.eye(len(covariance))) for covariance in (after, before)
    ]
    return np.asarray(solve_triangular(factors[1].T, factors[0].T, lower=False).T)


def modes(covariance: Floats, quantities: int = 1) -> Floats:
    """Few factors of a covariance of growth that keep the variance of the level it adds up to.

    Leading eigenvectors of the cumulated paths, each year in units of its own spread, taken back to
    growth. Years whose growth is published keep their own, small, uncertainty this way.

    An eigenvector has no sign of its own, and processors choose differently: each is turned to one side of
    a plane, so that the same draws mean the same paths everywhere.
    """
    years = len(covariance) // quantities
    adding = np.kron(np.eye(quantities), np.tril(np.ones((years, years))))
    levels = adding @ covariance @ adding.T
    unit = 1 / np.sqrt(np.maximum(np.diag(levels), LEAST))
    values, vectors = eigh(levels * unit * unit[:, None])
    values = np.clip(values[::-1], 0.0, None)
    enough = int(np.searchsorted(np.cumsum(values) / max(values.sum(), LEAST), KEPT)) + 1
    vectors = vectors[:, ::-1][:, :enough]
    side = np.arange(len(vectors), 0, -1) @ vectors
    cumulated = vectors * np.where(side < 0, -1.0, 1.0) * np.sqrt(values[:enough]) / unit[:, None]
    grown = np.diff(cumulated.reshape(quantities, years, -1), axis=1, prepend=0.0)
    return np.asarray(grown.reshape(len(covariance), -1))
