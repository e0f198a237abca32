"""The way from a base to a target: where a straight course passes, what a trend reaches, what is left."""

import math
from collections.abc import Sequence

import numpy as np

from futian_model import growth
from futian_model.errors import UnknownName

GROWTH, LINEAR, PRO_RATA, FLAT, NONE = "growth", "linear", "pro_rata", "flat", "none"
SHAPES = (GROWTH, LINEAR, PRO_RATA, FLAT, NONE)
"""Equal growth a year, equal steps a year, equal parts of a total, a bound to keep, no course at all."""


def straight_line(base: float, target: float, elapsed: float, span: float, shape: str) -> float:
    """Where a straight course stands after some of its years.

    Parameters
    ----------
    base, target : float
        At the start and at the end, in one unit; no base plays a part in ``pro_rata`` and ``flat``.
    elapsed, span : float
        Years since the start, and years in all.
    shape : str
        ``"growth"``: ``base (target / base) ** (elapsed / span)``; ``"linear"``: equal steps;
        ``"pro_rata"``: ``target elapsed / span``, of a total that starts from nothing; ``"flat"``: the
        target, in every year; ``"none"``: NaN.

    Raises
    ------
    UnknownName
        No such shape.

    Examples
    --------
    The plan's GDP two years into its five, and its headquarters share in %:

    >>> round(straight_line(4800, 6600, 2, 5, "growth")), straight_line(45, 55, 2, 5, "linear")
    (5452, 49.0)
    """
    if shape not in SHAPES:
        raise UnknownName(shape, SHAPES)
    if shape == NONE:
        return math.nan
    if shape == FLAT or elapsed == span:
        return target
    if shape == GROWTH:
        return float(base * (target / base) ** (elapsed / span))
    start = 0.0 if shape == PRO_RATA else base
    return start + (target - start) * elapsed / span


def trend(years: Sequence[int], values: Sequence[float], at: int, shape: str) -> float:
    """Where figures lead in a later year, by the least-squares line through them.

    Parameters
    ----------
    years, values : sequence
        Years in ascending order, the base year first, and the figures of these years.
    at : int
        The later year.
    shape : str
        ``"growth"``: the line runs through logarithms; ``"linear"``: through the figures;
        ``"pro_rata"``: the last total carried on at its own pace from nothing in the base year.

    Returns
    -------
    float
        NaN for the other shapes, and with fewer than two figures.

    Examples
    --------
    >>> round(trend([2020, 2022], [45, 47.6], 2025, "linear"), 6)
    51.5
    """
    if len(years) < 2 or shape in (FLAT, NONE):
        return math.nan
    if shape == PRO_RATA:
        return values[-1] * (at - years[0]) / (years[-1] - years[0])
    since, levels = np.asarray(years, float) - years[0], np.asarray(values, float)
    slope, start = np.polyfit(since, np.log(levels) if shape == GROWTH else levels, 1)
    reached = start + slope * (at - years[0])
    return float(np.exp(reached) if shape == GROWTH else reached)


def required(value: float, target: float, years: int, shape: str) -> float:
    """What each year left must bring: growth, a fraction, of ``"growth"``; steps in the unit of the others.

    NaN where no year is left and for the shapes that have no course.
    """
    if years <= 0 or shape in (FLAT, NONE):
        return math.nan
    return float(growth.cagr(value, target, years)) if shape == GROWTH else (target - value) / years


def way(base: float, target: float, value: float, shape: str) -> float:
    """Part of the way from base to target that a value has covered; NaN where there is no way to go."""
    start = 0.0 if shape == PRO_RATA else base
    if shape in (FLAT, NONE) or target == start:
        return math.nan
    return (value - start) / (target - start)
