"""Published figures as the model reads them: one a year, in library units, with their vintage."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from futian_model.errors import InputError
from futian_model.units import UNITS, convert

KINDS = ("official", "media", "encyclopedia")
"""Sources, most trusted first."""
PRECISIONS = ("point", "estimate", "rounded", "lower_bound")
"""Figures, most precise first."""


@dataclass(frozen=True)
class Figure:
    """One published figure.

    Attributes
    ----------
    value : float
        In `unit`, the library's unit of the indicator.
    vintage : str
        When it was published: year, or year and month.
    published_later : bool
        It is held only from a release later than the vintage that was asked for.
    """

    value: float
    unit: str
    price_basis: str
    year: int
    vintage: str
    source: str
    precision: str
    published_later: bool


@dataclass(frozen=True, eq=False)
class Series:
    """Annual figures of one indicator and place.

    Attributes
    ----------
    table : DataFrame
        Indexed by year; columns value (in `unit`), vintage, source, precision,
        published_later, note.
    """

    geo: str
    indicator: str
    unit: str
    price_basis: str
    table: pd.DataFrame

    def up_to(self, year: int) -> "Series":
        """The same series without the years after `year`."""
        return Series(
            self.geo, self.indicator, self.unit, self.price_basis, self.table[self.table.index <= year]
        )


def annual(rows: pd.DataFrame, as_of: str | None) -> pd.DataFrame:
    """One row a year: the release that counts as seen from `as_of`; figures are never averaged.

    Seen from a vintage, only its year and earlier ones count, and among the releases published by
    then the latest; where none was, the earliest later release stands in and says so. Releases of
    one date: the more trusted source, then the more precise figure, then the order of the file.

    Parameters
    ----------
    rows : DataFrame
        Observations with the columns of `observations.csv` and ``kind`` of the source.
    as_of : str or None
        ``"2021"`` runs through December, ``"2021-10"`` through October; None is today.
    """
    yearly = rows[rows["period"].str.fullmatch(r"\d{4}").astype(bool)].copy()
    yearly["year"] = yearly["period"].astype(int)
    limit = month(as_of) if as_of is not None else np.inf
    if as_of is not None:
        yearly = yearly[yearly["year"] <= int(as_of[:4])]
    released = yearly["vintage"].map(month)
    yearly["published_later"] = released > limit
    # seen: latest first; published later: earliest first
    yearly["distance"] = np.where(yearly["published_later"], released, -released)
    yearly["trust"] = yearly["kind"].map(KINDS.index)
    yearly["detail"] = yearly["precision"].map(PRECISIONS.index)
    order = ["year", "published_later", "distance", "trust", "detail"]
    chosen = yearly.sort_values(order, kind="stable").drop_duplicates("year").set_index("year")
    return chosen[["value", "unit", "vintage", "source", "precision", "published_later", "note"]]


def month(vintage: str) -> int:
    """Months counted from year 0; a year alone stands for its December."""
    year, _, in_year = vintage.partition("-")
    try:
        return 12 * int(year) + (int(in_year) if in_year else 12)
    except ValueError:
        raise InputError("vintage", vintage, "a year, or a year and month such as 2021-10") from None


def in_unit(values: pd.Series, units: pd.Series, to: str) -> pd.Series:
    """Values with a unit each, expressed in one."""
    return pd.Series(
        [
            value if unit == to else convert(value, unit, to)
            for value, unit in zip(values, units, strict=True)
        ],
        index=values.index,
        dtype=float,
    )


def convertible(unit: str, to: str) -> bool:
    """Whether a unit measures the same quantity as another."""
    return unit == to or (unit in UNITS and to in UNITS and UNITS[unit].quantity == UNITS[to].quantity)
