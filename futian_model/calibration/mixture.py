"""The ladder under several panels' constants at once, and the trend it leaves for the years ahead.

Panels disagree on how slowly a region's lead fades, and thirty years of one ladder cannot settle it.
Each panel's constants are one possibility, all equally likely, and what they disagree on stays in the
uncertainty. (Weighing them by how well they fit the readings scored no better out of sample and left
no doubt at all, for reasons that had little to do with fading.)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import eigh

from futian_model.calibration.ladder import Posterior, Reading, Rung, condition, pick, stacked
from futian_model.calibration.panels import RECENT, Constants, shrunk, variance_of
from futian_model.growth import Floats

FEWEST_IN_A_ROW, FEWEST_STEPS = 8, 4
"""Years in a row for an autoregression, and pairs of neighbouring years for a variance of steps."""
LEAST_FREEDOM = 4.5
"""Fewer degrees of freedom would give the size of shocks no finite kurtosis."""
KEPT = 0.995
"""Part of the variance of the slow part's cumulated path that its modes keep."""


@dataclass(frozen=True, eq=False)
class Ladder:
    """Readings of nested places and the posterior they give.

    Attributes
    ----------
    posterior : Posterior
    prior : ndarray, shape (rungs * years, rungs * years)
        Covariance before any reading.
    fresh : ndarray, shape (years, years)
        Covariance of the lowest rung's shocks from the first year on, as if none was known before.
    freedom : float
        Degrees of freedom of the lowest rung's shock variance.
    rungs : mapping of str to tuple of Rung
        Constants under each panel.
    freedoms : tuple of tuple (own, panel's), one a rung
        Degrees of freedom behind the size of each rung's shocks.
    """

    posterior: Posterior
    prior: Floats
    fresh: Floats
    freedom: float
    rungs: Mapping[str, tuple[Rung, ...]]
    freedoms: tuple[tuple[float, float], ...]

    def autocovariance(self, years: int) -> Floats:
        """Covariance of the lowest rung's shocks and those above it by years apart, shape (years,)."""
        stacks = [[rung.autocovariance(years) for rung in stack] for stack in self.rungs.values()]
        return np.asarray(np.mean(np.sum(stacks, axis=1), axis=0))


def climb(
    panels: Sequence[Sequence[Constants]],
    means: Floats,
    readings: Sequence[Reading],
    first: int,
    *,
    prior: float = 1.0,
    proportional: bool = False,
) -> Ladder:
    """Posterior of a ladder, mixed over panels.

    Parameters
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
    """
    rungs: dict[str, tuple[Rung, ...]] = {}
    freedoms: dict[str, float] = {}
    own: tuple[tuple[float, float], ...] = ()
    for constants in panels:
        name = constants[-1].panel
        own = owned(constants, means, readings, first, proportional)
        sized = [sizes(one, *known) for one, known in zip(constants, own, strict=True)]
        freedoms[name] = pooled_freedom(sized)
        rungs[name] = tuple(
            rung_of(one, variance, prior, proportional and (rung > 0 or len(constants) == 1))
            for rung, (one, (variance, _)) in enumerate(zip(constants, sized, strict=True))
        )
    years, doubt = means.shape[1], prior * panels[0][0].mean_sd
    posteriors = [condition(stack, means, doubt, readings, first) for stack in rungs.values()]
    fresh = [np.sum([rung.innovations(years) for rung in stack], axis=0) for stack in rungs.values()]
    return Ladder(
        mixed(posteriors),
        np.mean([stacked(stack, years, doubt) for stack in rungs.values()], axis=0),
        np.mean(fresh, axis=0),
        float(np.mean(list(freedoms.values()))),
        rungs,
        tuple((known[1], one.scale_df) for known, one in zip(own, panels[-1], strict=True)),
    )


def rung_of(one: Constants, variance: float, prior: float, proportional: bool) -> Rung:
    """A rung's constants, given the shrunk variance of its yearly shocks."""
    stretch = prior * (np.sqrt(variance) / one.scale_sd if proportional else 1.0)
    return Rung(
        one.slow_sd * stretch,
        one.slow_persistence,
        float(np.sqrt(variance * one.scale_factor)),
        one.shock_persistence,
        one.own_sd * stretch,
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
        yearly_variance(readings, means, first, rung, one.shock_persistence)
        for rung, one in enumerate(constants)
    ]
    if not proportional:
        return tuple(yearly)
    top = len(constants) > 1
    return (*yearly[:top], *[swing(constants, means, readings, first)] * (len(constants) - top))


def sizes(one: Constants, variance: float, freedom: float) -> tuple[float, float]:
    """Shrunk variance of a rung's yearly shocks and its degrees of freedom."""
    return shrunk(one.scale, variance, freedom) if freedom > 0 else (one.scale_sd**2, one.scale_df)


def pooled_freedom(sized: Sequence[tuple[float, float]]) -> float:
    """Degrees of freedom of a sum of estimated variances (Satterthwaite 1946)."""
    variances, freedom = np.array(sized).T
    return max(float(variances.sum() ** 2 / (variances**2 / freedom).sum()), LEAST_FREEDOM)


def swing(
    constants: Sequence[Constants], means: Floats, readings: Sequence[Reading], first: int
) -> tuple[float, float]:
    """Variance of the lowest rung's shocks, if everything below the nation swings alike.

    The mean square of the readings below the nation, given the nation's, whitened by what units of
    the panel's typical size would show: it needs no single years, spans of any length count.
    """
    count, years = means.shape
    rungs = [rung_of(one, one.scale_sd**2, 1.0, False) for one in constants]
    prior = stacked(rungs, years, constants[0].mean_sd)

    def square(told: Sequence[Reading]) -> float:
        if not told:
            return 0.0
        picks = np.stack([pick(one, first, years, count) for one in told])
        missed = np.array([one.value for one in told]) - picks @ means.ravel()
        return float(missed @ np.linalg.solve(picks @ prior @ picks.T, missed))

    points = [one for one in readings if not one.lower_bound]
    above = [one for one in points if count > 1 and one.rung == 0]
    below = len(points) - len(above)
    if not below:
        return 0.0, 0.0
    return constants[-1].scale_sd ** 2 * (square(points) - square(above)) / below, float(below)


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
    for one in readings:
        if one.first == one.last and not one.lower_bound:
            yearly[one.rung][one.first] = one.value - means[one.rung, one.first - first]
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
    mean = np.mean([one.mean for one in posteriors], axis=0)
    covariance = np.zeros_like(posteriors[0].covariance)
    for one in posteriors:
        apart = one.mean - mean
        covariance += (one.covariance + np.multiply.outer(apart, apart)) / len(posteriors)
    return Posterior(posteriors[0].years, mean, covariance)


def ahead(ladder: Ladder, base_year: int, known: int) -> tuple[Floats, Floats, Floats]:
    """Centre, shock factor and slow factor of the lowest rung after the base year.

    Parameters
    ----------
    known : int
        Years after the base year of which some rung has figures.

    Returns
    -------
    centre : ndarray, shape (years,)
    shocks : ndarray, shape (years, years)
    slow : ndarray, shape (years, modes)
        Together with the shocks of the years after the known ones, the posterior's covariance.
    """
    centre, covariance = ladder.posterior.of(-1, base_year + 1)
    years = len(centre)
    shocks = np.asarray(np.linalg.cholesky(ladder.fresh[:years, :years]), float)
    rest = covariance.copy()
    # shocks after the last figure are independent of all figures: what they add comes off exactly
    rest[known:, known:] -= ladder.fresh[: years - known, : years - known]
    return centre, shocks, modes(rest)


def modes(covariance: Floats) -> Floats:
    """Few factors of a covariance of growth that keep the variance of the level it adds up to.

    Leading eigenvectors of the cumulated path, taken back to growth. Years whose growth is
    published keep their own, small, uncertainty this way as well.
    """
    years = len(covariance)
    adding = np.tril(np.ones((years, years)))
    values, vectors = eigh(adding @ covariance @ adding.T)
    values = np.clip(values[::-1], 0.0, None)
    enough = int(np.searchsorted(np.cumsum(values) / max(values.sum(), 1e-300), KEPT)) + 1
    levels = vectors[:, ::-1][:, :enough] * np.sqrt(values[:enough])
    return np.diff(levels, axis=0, prepend=0.0)
