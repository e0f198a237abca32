"""What is uncertain about a scenario, each with the distribution that was stated or estimated for it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import ndtri

from futian_model import firms
from futian_model.calibration import Calibration
from futian_model.drivers import Drivers
from futian_model.errors import InputError, UnknownName
from futian_model.growth import Floats

TAIL, GROUPS = "tail", "groups"
"""The Zipf exponent of the groups' sizes, and how many groups there are."""
NORMAL, UNIFORM, RANGE = "norm", "unif", "range"
LOW, HIGH = 0.1, 0.9
"""Quantiles between which eight in ten values lie."""


class Uncertain(NamedTuple):
    """One input, independent of the others.

    Attributes
    ----------
    name : str
        A lever of the scenario, whose value is what is added to its path in every year; or ``"tail"`` and
        ``"groups"``, whose value is their own.
    kind : str
        ``"norm"`` with mean and standard deviation, ``"unif"`` with least and greatest, ``"range"`` with
        least, middle and greatest of a `firms.Range`.
    """

    name: str
    kind: str
    parameters: tuple[float, ...]

    def at(self, quantile: Floats | float) -> Floats:
        """Value at a quantile."""
        level = np.asarray(quantile, float)
        if self.kind == RANGE:
            return firms.Range(*self.parameters).at(level)
        first, second = self.parameters
        if self.kind == NORMAL:
            return np.asarray(first + second * ndtri(level))
        return np.asarray(first + (second - first) * level)

    @property
    def ends(self) -> tuple[float, float]:
        """Its range: eight in ten of its values; of one that was stated as two ends, these."""
        if self.kind == UNIFORM:
            low, high = self.parameters
            return low, high
        return float(self.at(LOW)), float(self.at(HIGH))


def uncertain(
    driven: Drivers,
    calibration: Calibration,
    slow: float = 1.0,
    ranges: Mapping[str, tuple[float, float]] | None = None,
) -> tuple[Uncertain, ...]:
    """Inputs of a scenario that are uncertain all along.

    A driver's growth strays from the scenario's path by as much, in every year, as the calibration is
    unsure of its long-run mean: normal, with the estimate's spread. The groups' sizes lie where the
    scenario states that they may. Yearly shocks are left out.

    Parameters
    ----------
    slow : float
        Factor on the calibration's spread, the scenario's own ``uncertainty.slow``.
    ranges : mapping of str to (float, float), optional
        Least and greatest of what is added to a lever a year, in its unit, in place of the above; every
        value between is as likely.

    Raises
    ------
    InputError
        A range names no lever, is reversed, or takes the lever out of its bounds.
    """
    stated = dict(ranges or {})
    inputs = []
    trends = calibration.trends()
    for name in driven.levers:
        if name in stated:
            inputs.append(Uncertain(name, UNIFORM, bounded(driven, name, stated.pop(name))))
        elif name in trends:
            spread = slow * next(
                estimate.spread for estimate in trends[name].estimates if estimate.kind == "long_run"
            )
            if spread > 0:
                inputs.append(Uncertain(name, NORMAL, (0.0, spread)))
    for name in stated:
        raise UnknownName(name, driven.levers)
    if driven.firms is not None:
        groups = driven.firms[1]
        sizes = ((GROUPS, groups.number), (TAIL, groups.tail))
        inputs += [Uncertain(name, RANGE, tuple(span)) for name, span in sizes if span.low < span.high]
    return tuple(inputs)


def bounded(driven: Drivers, lever: str, ends: Sequence[float]) -> tuple[float, float]:
    """Ends in order that leave the lever within its bounds, else InputError."""
    low, high = (float(end) for end in ends)
    if not (np.isfinite([low, high]).all() and low < high):
        raise InputError(f"ranges.{lever}", f"{low}, {high}", "two finite numbers, the smaller first")
    least, most = allowed(driven, lever)
    if low < least or high > most:
        raise InputError(f"ranges.{lever}", f"{low}, {high}", f"numbers from {least:g} to {most:g}")
    return low, high


def allowed(driven: Drivers, lever: str) -> tuple[float, float]:
    """Least and greatest that may be added to every year of a lever."""
    low, high = -np.inf, np.inf
    for path, least, most in driven.ranges(lever):
        low, high = max(low, float((least - path).max())), min(high, float((most - path).min()))
    return low, high
