"""Units of Chinese official statistics, and the one place that converts them.

Inside the library GDP is in 亿元, population in 万人, GDP per head in 万元/人,
shares and rates are fractions. Every other unit is met at an edge and converted here.
"""

from typing import NamedTuple, TypeVar

import numpy as np

from futian_model.errors import InputError, UnknownName

Number = TypeVar("Number", float, np.ndarray)


class Unit(NamedTuple):
    """A unit as a multiple of the coherent unit of its quantity."""

    quantity: str
    factor: float


UNITS = {
    "元": Unit("money", 1.0),
    "万元": Unit("money", 1e4),
    "亿元": Unit("money", 1e8),
    "billion yuan": Unit("money", 1e9),
    "persons": Unit("people", 1.0),
    "人": Unit("people", 1.0),
    "万人": Unit("people", 1e4),
    "million people": Unit("people", 1e6),
    "元/人": Unit("money per head", 1.0),
    "万元/人": Unit("money per head", 1e4),
    "fraction": Unit("ratio", 1.0),
    "%": Unit("ratio", 0.01),
}


def with_unit(value: str, unit: str) -> str:
    """A printed number with its unit; only a per cent sign stands close to it.

    Examples
    --------
    >>> with_unit("47.6", "%"), with_unit("5514.49", "亿元")
    ('47.6%', '5514.49 亿元')
    """
    return f"{value}{unit}" if unit == "%" else f"{value} {unit}"


def convert(value: Number, unit: str, to: str) -> Number:
    """Express `value`, given in `unit`, in the unit `to`.

    Raises
    ------
    UnknownName
        A unit is not in `UNITS`.
    InputError
        The units measure different quantities.

    Examples
    --------
    >>> convert(1553225.0, "persons", "万人")
    155.3225
    >>> convert(45.0, "%", "fraction")
    0.45
    """
    times, over = ratio(unit, to)
    return value if times == over else value * times / over


def ratio(unit: str, to: str) -> tuple[float, float]:
    """What a value in `unit` is multiplied and divided by to be in `to`; one of the two is one.

    Raises
    ------
    UnknownName
        A unit is not in `UNITS`.
    InputError
        The units measure different quantities.
    """
    for name in (unit, to):
        if name not in UNITS:
            raise UnknownName(name, UNITS)
    source, target = UNITS[unit], UNITS[to]
    if source.quantity != target.quantity:
        raise InputError("unit", unit, f"a unit of {target.quantity}, such as {to}")
    # divided where that is exact, so that 45 % is 0.45 and not 0.45000000000000001
    return max(source.factor / target.factor, 1.0), max(target.factor / source.factor, 1.0)
