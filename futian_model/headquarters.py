"""Headquarters as firms: sizes with a Pareto tail, entry, relocation, and what leaving does to GDP.

Weights of the largest groups follow Zipf's rule, ``w_i = i^-z / sum_j j^-z``. Firm data are not
published, so all of this is a stress tool under a stated tail, never a forecast. Shares, hazards and
weights are fractions; amounts are in units of today's headquarters value added unless said otherwise.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from futian_model.errors import InputError
from futian_model.growth import Floats

CELLS = 4096
"""Cells of the convolution that adds up who leaves; a weight is kept to 1/4096."""

LEAST_REST = 0.01
"""Part of the rest of the economy that no spillover takes."""


def weights(groups: int, tail: float) -> Floats:
    """Share of headquarters value added of each group, largest first, shape (groups,).

    Parameters
    ----------
    groups : int
        How many groups are told apart, at least one.
    tail : float
        Zipf exponent, 0 (all equal) or more; 1 is Zipf's law.

    Raises
    ------
    InputError
        No group, or a negative tail.

    Examples
    --------
    >>> held = weights(100, 1.0)
    >>> print(held[0].round(3), held[:5].sum().round(3), held[:10].sum().round(3))
    0.193 0.44 0.565
    """
    if groups < 1:
        raise InputError("groups", groups, "a whole number from 1")
    if not tail >= 0:
        raise InputError("tail", tail, "0 or more")
    size = np.arange(1, groups + 1, dtype=float) ** -tail
    return np.asarray(size / size.sum())


def tail_of(groups: int, top: int, share: float) -> float:
    """Zipf exponent under which the largest `top` of `groups` hold a published share.

    Raises
    ------
    InputError
        No exponent gives that share: it is below what equal groups hold, or the top is everyone.
    """
    from scipy.optimize import brentq  # slow to import, and few commands seek a root

    equal, slack = top / groups, 1e-9
    if not (0 < top < groups and equal - slack <= share < 1):
        raise InputError("share", share, f"a fraction from {equal:.3f}, what equal groups hold, to below 1")
    if share <= equal:
        return 0.0
    return float(brentq(lambda tail: weights(groups, tail)[:top].sum() - share, 0.0, 30.0))


def concentration(held: Floats) -> float:
    """Herfindahl index of weights: the inverse of a number of equal firms."""
    return float((np.asarray(held) ** 2).sum())


class Departure(NamedTuple):
    """What a departure leaves: factors on GDP and the new share, each of the arguments' shape."""

    gdp_factor: Floats
    share: Floats


def shift(share: ArrayLike, kept: ArrayLike, spillover: ArrayLike = 0.0) -> Departure:
    """GDP and share after the part's value added has become `kept` times what it was.

    ``log GDP += log(1 - share (1 - kept)(1 + spillover))``: what leaves is missing in GDP as well, and
    what comes adds to it; a share alone would leave GDP where it was. The rest of the economy loses at
    most all but a hundredth of itself, so that an extreme draw stays an economy.

    Parameters
    ----------
    share : array_like
        Share of GDP before, a fraction.
    kept : array_like
        Value added after over before, 0 or more.
    spillover : array_like
        Change in the rest of the economy per unit of value added lost or won.

    Raises
    ------
    InputError
        A share outside 0 to 1.
    """
    held, left, spill = (np.asarray(value, float) for value in (share, kept, spillover))
    within("share", held, open_ended=True)
    rest = 1 - held
    rest = rest - np.minimum(held * (1 - left) * spill, (1 - LEAST_REST) * rest)
    part = held * left
    whole = part + rest
    return Departure(np.asarray(whole), np.asarray(part / whole))


def depart(share: ArrayLike, fraction: ArrayLike, spillover: ArrayLike = 0.0) -> Departure:
    """GDP and headquarters share after a fraction of headquarters value added has left.

    Parameters
    ----------
    share, fraction : array_like
        Headquarters share of GDP, and the part of headquarters value added that leaves.
    spillover : array_like
        Loss in the rest of the economy per unit of headquarters value added lost.

    Raises
    ------
    InputError
        As `shift`; or a fraction outside 0 to 1, or a loss larger than the rest of the economy.

    Examples
    --------
    Half of GDP is headquarters, of which a tenth leaves:

    >>> left = depart(0.5, 0.1)
    >>> print(*(value.round(4) for value in left))
    0.95 0.4737
    """
    held, gone, spill = (np.asarray(value, float) for value in (share, fraction, spillover))
    within("share", held, open_ended=True)
    within("fraction", gone, open_ended=False)
    if np.any(held * gone * spill > 1 - held):
        raise InputError("spillover", float(np.max(spill)), "a loss no larger than the rest of the economy")
    return shift(share, 1 - gone, spillover)


class Staying(NamedTuple):
    """Part of today's headquarters value added that is still there: mean and standard deviation."""

    mean: float
    sd: float


def staying(held: Floats, hazard: float, years: float) -> Staying:
    """What relocation leaves after some years, each group leaving as a whole at a yearly hazard.

    Mean ``exp(-d T)``, variance ``HHI exp(-d T) (1 - exp(-d T))``.
    """
    if not hazard >= 0:
        raise InputError("hazard", hazard, "0 or more a year")
    kept = float(np.exp(-hazard * years))
    return Staying(kept, float(np.sqrt(concentration(held) * kept * (1 - kept))))


def loss(held: Floats, hazard: float, years: float) -> tuple[Floats, Floats]:
    """Distribution of the part lost to relocation.

    The weighted Poisson-binomial, exactly up to the cells' width: each group leaves or stays by
    itself, and its weight is split between the two nearest cells so that the mean is kept.

    Returns
    -------
    lost, probability : ndarray, shape (CELLS + 1,)
    """
    if not hazard >= 0:
        raise InputError("hazard", hazard, "0 or more a year")
    leaves = 1 - np.exp(-hazard * years)
    density = np.zeros(CELLS + 1)
    density[0] = 1.0
    for weight in np.asarray(held, float):
        cell, beyond = divmod(weight * CELLS, 1.0)
        moved = np.zeros_like(density)
        for shift, part in ((int(cell), 1 - beyond), (int(cell) + 1, beyond)):
            if part > 0:
                moved[shift:] += part * density[: len(density) - shift]
        density = (1 - leaves) * density + leaves * moved
    return np.linspace(0.0, 1.0, CELLS + 1), density


def entry(rate: float, mean_size: float, hazard: float, years: int) -> float:
    """Mean value added of those who entered and are still there, in units of today's.

    Poisson arrivals at `rate` a year, of mean size `mean_size`, leaving at the same hazard:
    ``rate mean_size (1 - e^-dT) / (1 - e^-d)``, arrivals at the end of each year.
    """
    if hazard == 0:
        return rate * mean_size * years
    return float(rate * mean_size * -np.expm1(-hazard * years) / -np.expm1(-hazard))


def break_even(hazard: float) -> float:
    """Yearly entry, in units of today's headquarters value added, that makes up for relocation."""
    return float(-np.expm1(-hazard))


class TradeOff(NamedTuple):
    """How a share of GDP moves, per unit of value added over GDP."""

    gained: Floats
    lost_elsewhere: Floats


def trade_off(share: ArrayLike) -> TradeOff:
    """What raises a share: a unit won by the part, ``1 - s``, or a unit lost by the rest, ``s``.

    A share goal can be met by shrinking, so it is read beside the GDP at which it is met.
    """
    held = np.asarray(share, float)
    within("share", held, open_ended=True)
    return TradeOff(np.asarray(1 - held), held)


def within(name: str, values: Floats, *, open_ended: bool) -> None:
    """Refuse what is no fraction; `open_ended` excludes 0 and 1 themselves."""
    faulty = ~((values > 0) & (values < 1)) if open_ended else ~((values >= 0) & (values <= 1))
    if np.any(faulty):
        allowed = "a fraction between 0 and 1" if open_ended else "a fraction from 0 to 1"
        raise InputError(name, float(values[faulty].flat[0]), allowed)
