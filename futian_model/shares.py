"""Shares of GDP in log-odds, where a share cannot leave (0, 1)."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from futian_model.growth import Floats, refuse


class ImpliedGrowth(NamedTuple):
    """Growth of a part and of the rest of GDP over one span, fractions."""

    part: Floats
    rest: Floats


def log_odds(share: ArrayLike) -> Floats:
    """``log(share / (1 - share))``.

    Raises
    ------
    InputError
        A share is not strictly between 0 and 1.

    Examples
    --------
    >>> print(log_odds([0.5, 0.55]).round(3))
    [0.    0.201]
    """
    shares = np.asarray(share, float)
    # written as "not inside", so that NaN is refused too
    refuse("share", shares, ~((shares > 0) & (shares < 1)), "a fraction between 0 and 1 (55% is 0.55)")
    return np.asarray(np.log(shares) - np.log1p(-shares))


def project(share_base: ArrayLike, log_growth_gap: ArrayLike) -> Floats:
    """Share of GDP, base year first, when one part outgrows the rest.

    Its log-odds move by the gap, exactly: ``log(s/(1-s))`` is the log of part over rest.

    Parameters
    ----------
    share_base : array_like, shape (...)
        Share in the base year, a fraction.
    log_growth_gap : array_like, shape (..., years)
        Log growth of the part less that of the rest, per year; nominal, as the share is.

    Returns
    -------
    ndarray, shape (..., years + 1)
        A fraction for each year.

    Raises
    ------
    InputError
        A base share is not strictly between 0 and 1.

    Examples
    --------
    The plan, 2020-2025: 2160 to 3630 亿元 of a GDP of 4800 to 6600.

    >>> gap = np.log((3630 / 2160) / (2970 / 2640)) / 5
    >>> print(project(0.45, np.full(5, gap))[-1].round(9))
    0.55
    """
    start = log_odds(share_base)[..., None]
    moved = start + np.cumsum(log_growth_gap, axis=-1)
    odds = np.concatenate([np.broadcast_to(start, (*moved.shape[:-1], 1)), moved], axis=-1)
    return np.asarray(1 / (1 + np.exp(-odds)))


def implied_growth(share_start: ArrayLike, share_end: ArrayLike, total_growth: ArrayLike) -> ImpliedGrowth:
    """What a move of a share says about the part and the rest.

    Parameters
    ----------
    share_start, share_end : array_like
        Shares at both ends of a span, fractions.
    total_growth : array_like
        Growth of the whole over the span, a fraction of its start.

    Returns
    -------
    ImpliedGrowth
        ``.part`` and ``.rest``, growth over the same span, fractions.

    Raises
    ------
    InputError
        A share is not strictly between 0 and 1.

    Examples
    --------
    Headquarters from 45 to 55% while GDP goes from 4800 to 6600 亿元: the rest grows 2.4% a year.

    >>> grown = implied_growth(0.45, 0.55, 6600 / 4800 - 1)
    >>> print(((1 + grown.part) ** 0.2 - 1).round(3), ((1 + grown.rest) ** 0.2 - 1).round(3))
    0.109 0.024
    """
    log_odds(share_start), log_odds(share_end)
    start, end, whole = (np.asarray(value, float) for value in (share_start, share_end, total_growth))
    return ImpliedGrowth(
        np.asarray(end / start * (1 + whole) - 1), np.asarray((1 - end) / (1 - start) * (1 + whole) - 1)
    )
