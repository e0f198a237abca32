"""How a goal is judged: at least, at most, or exactly what the plan states."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from futian_model.errors import InputError

ROUNDING = 1e-9
"""Part of a target by which a path solved to it may lie off and still meet it."""
_NUMBER = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_PRINTED = re.compile(rf"\D*?({_NUMBER})\s*(?:%?\s*[-–—~～至]\s*({_NUMBER}))?\D*", re.ASCII)


class Interval(NamedTuple):
    """What is asked: from a least to a greatest value, either of which may be infinite."""

    low: float
    high: float

    @property
    def closed(self) -> bool:
        """Whether it has two ends."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    def meets(self, values: ArrayLike) -> NDArray[np.bool_]:
        """Whether values lie inside; what is `ROUNDING` off an end does."""
        reached = np.asarray(values, float)
        low, high = self.low - ROUNDING * abs(self.low), self.high + ROUNDING * abs(self.high)
        return np.asarray((reached >= low) & (reached <= high))

    def gap(self, values: ArrayLike) -> NDArray[np.float64]:
        """How far values lie outside; zero or less exactly where they `meets` it."""
        reached = np.asarray(values, float)
        away = np.maximum(self.low - reached, reached - self.high)
        return np.asarray(np.where(self.meets(reached), np.minimum(away, 0.0), away))


@dataclass(frozen=True)
class Operator:
    """How values are held against a target.

    Attributes
    ----------
    symbol : str
        As the tables of the plan write it.
    floor, ceiling : bool
        Whether what lies below, and what lies above the target misses it.
    """

    symbol: str
    floor: bool
    ceiling: bool

    def interval(self, target: float, tolerance: float = 0.0, high: float | None = None) -> Interval:
        """What is asked by a target, or by a range from it to a high end.

        Parameters
        ----------
        tolerance : float
            What a value may lie off the target, in its unit.
        """
        greatest = target if high is None else high
        low = target - tolerance if self.floor else -math.inf
        return Interval(low, greatest + tolerance if self.ceiling else math.inf)


OPERATORS: Mapping[str, Operator] = {
    known.symbol: known
    for known in (Operator("≤", False, True), Operator("≥", True, False), Operator("=", True, True))
}
EXACT = [symbol for symbol, known in OPERATORS.items() if known.floor and known.ceiling]
"""Those by which the target asks for what it prints, within its rounding or range."""


def operator(symbol: str) -> Operator:
    """An operator by its symbol.

    Raises
    ------
    InputError
        There is none.
    """
    if symbol not in OPERATORS:
        raise InputError("operator", symbol, ", ".join(OPERATORS))
    return OPERATORS[symbol]


def printed(text: str) -> tuple[float, float] | None:
    """Least and greatest value that a target stands for as printed, in the unit it is printed in.

    A range, ``60–65``, is its ends. A number stands for what rounds to it, half a unit of its last
    digit to either side: ``35.7`` for 35.65 to 35.75. None of words, such as 翻一番, which are exact.
    """
    match = _PRINTED.fullmatch(text.strip())
    if match is None:
        return None
    first, last = match[1], match[2]
    if last is not None:
        return number(first), number(last)
    half = 0.5 * 10.0 ** -len(first.partition(".")[2])
    return number(first) - half, number(first) + half


def number(text: str) -> float:
    """A printed number, ``3,200``."""
    return float(text.replace(",", ""))
