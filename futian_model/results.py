"""The results table: what a row of it holds, and rows made into a table."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

COLUMNS = (
    *("scenario", "place", "reading", "indicator", "case", "unit", "price_basis"),
    *("year", "horizon", "statistic", "value"),
)
"""Of every table of results, in this order."""
WHOLE = ("year", "horizon")
"""Columns of whole numbers, null where a row has none."""
BETWEEN, IS = ";", "="


class Row(NamedTuple):
    """One value of the results table.

    Attributes
    ----------
    year : int or None
        The calendar year that the value is of; None where it is of none.
    unit : str
        ``fraction`` (of one), ``亿元``, ``万元/人``, ``万人``, ``index``, ``times`` (a multiple or
        factor), ``count``, ``goals``, ``groups``, ``year`` (a calendar year), ``years`` (a span),
        ``deviations`` (standard deviations), ``none``, or the unit of a goal of the plan.
    case : str
        Parameters that the value was worked out under, as `case` writes them.
    horizon : int or None
        Years ahead, for what holds of a span and not of a year.
    place : str
        Where the value is of another place than its table.
    """

    indicator: str
    year: int | None
    statistic: str
    value: float
    unit: str
    price_basis: str = "none"
    case: str = ""
    horizon: int | None = None
    place: str = ""


def tidy(
    scenario: str, reading: str, rows: Iterable[Row | tuple[object, ...]], place: str = ""
) -> pd.DataFrame:
    """Rows as a results table.

    Parameters
    ----------
    scenario, reading : str
        Of every row.
    rows : iterable of Row
    place : str
        Of every row that names none.

    Returns
    -------
    DataFrame
        Columns as in `COLUMNS`, a row a value; year and horizon are nullable whole numbers, value is
        NaN where there is nothing to tell.

    Examples
    --------
    >>> row = Row("real_gdp", 2030, "loss", 0.18, "fraction", case=case(largest=3, spillover=0.3))
    >>> tidy("headquarters_leave", "stress", [row])[["case", "year", "horizon", "value"]]
                          case  year  horizon  value
    0  largest=3;spillover=0.3  2030     <NA>   0.18
    """
    listed = [Row(*row) for row in rows]
    columns = zip(Row._fields, zip(*listed, strict=True) if listed else [()] * len(Row._fields), strict=True)
    held: dict[str, Any] = {name: list(column) for name, column in columns}
    held["place"] = [own or place for own in held["place"]]
    held |= {"scenario": [scenario] * len(listed), "reading": [reading] * len(listed)}
    held |= {name: pd.array(held[name], dtype="str") for name in COLUMNS if name not in (*WHOLE, "value")}
    return typed(pd.DataFrame({name: held[name] for name in COLUMNS}))


def typed(table: pd.DataFrame) -> pd.DataFrame:
    """The same with the types that a results table has: texts, nullable whole numbers, one float."""
    table = table.copy(deep=False)
    for name in WHOLE:
        table[name] = table[name].astype("Int64")  # one by one, in a third of the time of all at once
    table["value"] = table["value"].astype(np.float64)
    return table


def case(**parameters: object) -> str:
    """Parameters of a row as its column ``case`` holds them.

    Examples
    --------
    >>> case(largest=3, spillover=0.3)
    'largest=3;spillover=0.3'
    """
    pairs = (
        f"{name}{IS}{value:g}" if isinstance(value, float) else f"{name}{IS}{value}"
        for name, value in parameters.items()
    )
    return BETWEEN.join(pairs)


def parameters(text: str) -> Iterator[tuple[str, str]]:
    """Name and value of each parameter of a case.

    Examples
    --------
    >>> dict(parameters("largest=3;spillover=0.3"))
    {'largest': '3', 'spillover': '0.3'}
    """
    for part in filter(None, text.split(BETWEEN)):
        name, _, value = part.partition(IS)
        yield name, value
