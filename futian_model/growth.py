"""Growth rates, compounding, and the shapes a growth path may take."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from futian_model.errors import InputError

Floats = NDArray[np.float64]


def cagr(start: ArrayLike, end: ArrayLike, years: ArrayLike) -> Floats:
    """Compound annual growth rate, ``(end / start) ** (1 / years) - 1``.

    Parameters
    ----------
    start, end : array_like
        Levels in one unit and price basis, above zero.
    years : array_like
        Years between them, above zero.

    Returns
    -------
    ndarray
        A fraction a year, broadcast over the arguments.

    Raises
    ------
    InputError
        A level or the number of years is not above zero.

    Examples
    --------
    The plan's GDP, 4800 to 6600 亿元 over 2020-2025, and a doubling in fifteen years:

    >>> print(cagr(4800, 6600, 5).round(4), cagr(1, 2, 15).round(4))
    0.0658 0.0473
    """
    first, last, span = positive("start", start), positive("end", end), positive("years", years)
    return np.asarray((last / first) ** (1 / span) - 1)


def compound(base: ArrayLike, rates: ArrayLike) -> Floats:
    """Levels that `base` reaches when it grows at `rates`.

    Parameters
    ----------
    base : array_like, shape (...)
        Level in the base year, any unit.
    rates : array_like, shape (..., years)
        Growth a year, fractions above -1.

    Returns
    -------
    ndarray, shape (..., years + 1)
        Base year first.

    Raises
    ------
    InputError
        A rate is -1 or less, or not a number.

    Examples
    --------
    >>> print(compound(100.0, [0.1, 0.1, -0.5]).round(1))
    [100.  110.  121.   60.5]
    """
    factors = 1 + np.asarray(rates, float)
    refuse("rates", factors - 1, ~(factors > 0), "a fraction above -1")
    levels = np.cumprod(factors, axis=-1)
    first = np.asarray(base, float)[..., None]
    return np.concatenate([first * np.ones_like(levels[..., :1]), first * levels], axis=-1)


def ramp(growth_rate: float, to: float, years: int, reached: int) -> Floats:
    """Rates that move in equal steps from `growth_rate` to `to`, then hold.

    Parameters
    ----------
    growth_rate, to : float
        First and last rate, fractions a year.
    years : int
        Length of the path.
    reached : int
        Position, 0 for the first year, of the first year at `to`.

    Examples
    --------
    >>> print(ramp(0.06, 0.04, 4, 2))
    [0.06 0.05 0.04 0.04]
    """
    return np.interp(np.arange(years), [0, reached], [growth_rate, to])


def step(growth_rate: float, to: float, years: int, at: int) -> Floats:
    """Rates at `growth_rate` before position `at`, and at `to` from there on.

    Examples
    --------
    >>> print(step(0.06, 0.04, 3, 1))
    [0.06 0.04 0.04]
    """
    return np.where(np.arange(years) < at, growth_rate, to)


def toward(base: float, levels: dict[int, float], years: int) -> Floats:
    """Log growth that passes through given levels, constant in between.

    Parameters
    ----------
    base : float
        Level in the base year, above zero.
    levels : dict
        Years after the base year -> level to reach then, same unit as `base`.
    years : int
        Length of the path; after the last level its last growth goes on.

    Returns
    -------
    ndarray, shape (years,)
        Log growth a year.

    Raises
    ------
    InputError
        A level is not above zero, or no level is given.

    Examples
    --------
    >>> print(np.expm1(toward(4800, {5: 6600, 15: 9600}, 15))[[0, 5]].round(4))
    [0.0658 0.0382]
    """
    if not levels:
        raise InputError("levels", levels, "at least one year and level")
    path = np.empty(years)
    at, log_level = 0, float(np.log(positive("base", base)))
    for year, level in sorted(levels.items()):
        log_target = float(np.log(positive("level", level)))
        path[at:] = (log_target - log_level) / (year - at)
        at, log_level = year, log_target
    return path


def positive(field: str, value: ArrayLike) -> Floats:
    """`value` as floats; InputError when any is not above zero."""
    values = np.asarray(value, float)
    refuse(field, values, ~((values > 0) & np.isfinite(values)), "a finite number above 0")
    return values


def refuse(field: str, values: Floats, faulty: NDArray[np.bool_], allowed: str) -> None:
    """Raise InputError with the first faulty value, if there is one."""
    if faulty.any():
        raise InputError(field, float(values[faulty].flat[0]), allowed)
