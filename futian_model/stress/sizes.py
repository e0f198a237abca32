"""How unequal groups are, and what relocation leaves of them, over the stated ranges of their sizes."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np

from futian_model import headquarters
from futian_model.firms import Range
from futian_model.growth import Floats


class Spread(NamedTuple):
    """A figure and the range that comes from not knowing sizes."""

    middle: float
    low: float
    high: float


class Held(NamedTuple):
    """What the largest `top` groups hold, fractions."""

    top: int
    of_part: Spread
    of_gdp: Spread


class Concentration(NamedTuple):
    """How unequal groups are: what the largest hold, Herfindahl index, and as many equal groups."""

    held: list[Held]
    herfindahl: Spread
    equal_groups: Spread


def concentration_table(
    number: Range, tail: Range, share: float, tops: Sequence[int] = (1, 3, 10, 50)
) -> Concentration:
    """Concentration in the middle of both ranges, and its least and greatest value over them.

    What the largest hold rises with the exponent and falls with their number, so both ends lie at
    corners.

    Parameters
    ----------
    number, tail : Range
        Groups there are, and Zipf exponent of their sizes.
    share : float
        Share of GDP that all groups make up, a fraction.
    tops : sequence of int
        How many of the largest to add up.

    Examples
    --------
    >>> table = concentration_table(Range(50, 100, 300), Range(0.8, 1.0, 1.2), 0.476, [5])
    >>> print([round(value, 3) for value in table.held[0].of_part])
    [0.44, 0.231, 0.616]
    """
    sizes = list(middle_and_corners(number, tail))
    held = []
    for top in tops:
        of_part = cornered([float(weights[:top].sum()) for weights in sizes])
        held.append(Held(top, of_part, Spread(*(share * value for value in of_part))))
    index = cornered([headquarters.concentration(weights) for weights in sizes])
    return Concentration(held, index, Spread(1 / index.middle, 1 / index.high, 1 / index.low))


def once_told(number: Range, tail: Range, top: int, wanted: int) -> Spread | None:
    """What the largest `wanted` hold once the sum of the largest `top` is known.

    The sum is taken to be what the middle of both ranges gives; only the number of groups stays open.
    None where there may be no more groups than are told.
    """
    if number.low <= top:
        return None
    middle = headquarters.weights(round(number.value), tail.value)
    share = float(middle[:top].sum())
    fitted = [
        headquarters.weights(groups, headquarters.tail_of(groups, top, share))
        for groups in (round(number.low), round(number.high))
    ]
    return cornered([float(weights[:wanted].sum()) for weights in (middle, *fitted)])


def middle_and_corners(number: Range, tail: Range) -> Iterator[Floats]:
    """Weights in the middle of both ranges, then where either is at an end."""
    yield headquarters.weights(round(number.value), tail.value)
    for groups, exponent in product((number.low, number.high), (tail.low, tail.high)):
        yield headquarters.weights(round(groups), exponent)


def cornered(values: Sequence[float]) -> Spread:
    """The first value, and the least and greatest of all."""
    return Spread(values[0], min(values), max(values))


class Remaining(NamedTuple):
    """What relocation at one hazard leaves after some years, relative to today.

    Attributes
    ----------
    mean : float
    sd : Spread
        Standard deviation, with its range over the corners of the sizes.
    tenth, twentieth : float
        One time in ten, and one in twenty, less than this is left.
    break_even : float
        Value added that has to come each year to keep the mean where it is.
    """

    hazard: float
    years: int
    mean: float
    sd: Spread
    tenth: float
    twentieth: float
    break_even: float


def relocation_table(
    number: Range,
    tail: Range,
    hazards: Sequence[float] = (0.01, 0.02, 0.04),
    years: Sequence[int] = (5, 10, 15),
) -> list[Remaining]:
    """What is left when each group leaves by itself, as a whole, at a yearly hazard.

    Parameters
    ----------
    number, tail : Range
        Groups there are, and Zipf exponent of their sizes.
    hazards : sequence of float
        Rate at which a group leaves, a fraction a year.
    years : sequence of int
    """
    held, *corners = middle_and_corners(number, tail)
    remaining = []
    for hazard, after in product(hazards, years):
        mean, _ = headquarters.staying(held, hazard, after)
        sd = cornered([headquarters.staying(weights, hazard, after).sd for weights in (held, *corners)])
        tenth, twentieth = least_left(*headquarters.loss(held, hazard, after))
        due = headquarters.break_even(hazard)
        remaining.append(Remaining(hazard, after, mean, sd, tenth, twentieth, due))
    return remaining


def least_left(lost: Floats, chance: Floats) -> tuple[float, float]:
    """What is left where the loss is as large as one time in ten, and one in twenty."""
    total = np.cumsum(chance)
    places = np.searchsorted(total, np.minimum((0.9, 0.95), total[-1]))  # rounding may leave a hair of one
    tenth, twentieth = 1 - lost[places]
    return float(tenth), float(twentieth)
