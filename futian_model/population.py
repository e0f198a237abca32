"""Resident population: the year-end stock, the average that per-capita figures use."""

import numpy as np
from numpy.typing import ArrayLike

from futian_model.growth import Floats, positive
from futian_model.units import convert

ROUNDING = 1e-9
"""A rate far above what rounding leaves of one, a fraction a year."""


def per_capita(gdp: ArrayLike, population: ArrayLike) -> Floats:
    """GDP per head of average resident population.

    Parameters
    ----------
    gdp : array_like
        亿元.
    population : array_like
        万人, average of the year (年平均常住人口).

    Returns
    -------
    ndarray
        万元/人, broadcast over the arguments.

    Raises
    ------
    InputError
        A population is not above zero.

    Examples
    --------
    >>> print(per_capita(6600, 184.9).round(1))
    35.7
    """
    yuan = convert(np.asarray(gdp, float), "亿元", "元")
    persons = convert(positive("population", population), "万人", "人")
    return np.asarray(convert(yuan / persons, "元/人", "万元/人"))


def average(year_end_before: ArrayLike, year_end: ArrayLike) -> Floats:
    """Average population of each year, the mean of its two year-ends (both 万人)."""
    return np.asarray((np.asarray(year_end_before, float) + np.asarray(year_end, float)) / 2)


def year_end_of(average_population: float, growth_rate: float) -> float:
    """Year-end stock of a year whose average is known, when it grew at `growth_rate`.

    From ``average = (P_before + P) / 2`` and ``P = P_before (1 + growth_rate)``.

    Examples
    --------
    >>> round(year_end_of(100.0, 0.02), 3)
    100.99
    """
    return average_population * 2 * (1 + growth_rate) / (2 + growth_rate)


def growth_to_average(year_end: float, average_population: float, years: int) -> float:
    """Constant growth of the year-end stock that brings a later year's average to a value.

    Parameters
    ----------
    year_end : float
        Stock at the start, 万人.
    average_population : float
        Average wanted in the last year, 万人.
    years : int
        Years from the start to that year, 1 or more.

    Returns
    -------
    float
        A fraction a year: the root of ``year_end (1 + n)^(years - 1) (2 + n) / 2 = average``.

    Examples
    --------
    >>> round(growth_to_average(100.99, 108.243, 4), 4)
    0.02
    """
    from scipy.optimize import brentq  # slow to import, and few commands seek a root

    wanted = float(positive("average_population", average_population)) / float(positive("year_end", year_end))

    def missed(growth_rate: float) -> float:
        return float((1 + growth_rate) ** (years - 1) * (2 + growth_rate) / 2 - wanted)

    # at -1 the average is 0 (or half the stock when years = 1), above it rises without bound;
    # rounding alone must not keep the upper end below the root
    high = max(wanted, 1.0) ** (1 / (years - 1)) - 1 + ROUNDING if years > 1 else 2 * wanted + 1
    low = -1.0 if years > 1 else -2.0
    return float(brentq(missed, low, high, xtol=1e-15, rtol=1e-14))
