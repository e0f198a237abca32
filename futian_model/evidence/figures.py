"""Published figures as the model reads them: one a year, in library units, with their vintage."""

import itertools
import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from futian_model.errors import InputError
from futian_model.units import UNITS, ratio

KINDS = ("official", "academic", "media", "encyclopedia")
"""Sources, most trusted first."""
PRECISIONS = ("point", "estimate", "rounded", "lower_bound")
"""Figures, most precise first."""
BOUND = PRECISIONS.index("lower_bound")
UNSTATED = "unstated"
"""Basis of a row whose source was looked at and does not say."""
RELEASED = ["value", "vintage", "source", "precision", "published_later", "note_zh", "note_en"]
"""What is told of the release that counts."""


@dataclass(frozen=True)
class Figure:
    """One published figure.

    Attributes
    ----------
    geo, indicator : str
        Place and indicator.
    value : float
        In `unit`, the library's unit of the indicator.
    basis : str
        The census it rests on, such as ``"census_2020"`` or ``"before_economic_census_2018"``;
        empty where the source does not say. A figure per head has that of its population.
    vintage : str
        When it was published: year, or year and month.
    published_later : bool
        It is held only from a release later than the vintage that was asked for.
    overlaps : frozenset of str
        Indicators it must not be summed with: other cuts of one whole, or the whole.
    """

    geo: str
    indicator: str
    value: float
    unit: str
    price_basis: str
    basis: str
    year: int
    vintage: str
    source: str
    precision: str
    published_later: bool
    overlaps: frozenset[str] = frozenset()

    def __str__(self) -> str:
        text = f"{self.indicator} {self.geo} {self.year}, {self.value:.12g} {self.unit} ({self.source})"
        return f"{text} on {self.basis}" if self.basis else text


@dataclass(frozen=True, eq=False)
class Series:
    """Annual figures of one indicator and place.

    Attributes
    ----------
    table : DataFrame
        Indexed by year; columns value (in `unit`), vintage, source, precision, published_later,
        note, basis.
    """

    geo: str
    indicator: str
    unit: str
    price_basis: str
    table: pd.DataFrame

    def copy(self) -> "Series":
        """The same figures in a table of its own."""
        return replace(self, table=self.table.copy())


def as_read(rows: pd.DataFrame) -> pd.DataFrame:
    """Observations whose basis is empty where the source does not state it, whether or not somebody asked."""
    return rows.assign(basis=rows["basis"].mask(rows["basis"] == UNSTATED, ""))


def releases(rows: pd.DataFrame) -> pd.DataFrame:
    """Figures with what one release is chosen by.

    Parameters
    ----------
    rows : DataFrame
        Observations with the columns of `observations.csv`, ``kind`` of the source and ``step``, the
        last digit that is stated; both value and step in the library's unit.

    Returns
    -------
    DataFrame
        With columns year (0 for anything but one whole year), released (months, as `month` counts
        them), trust and detail (places in `KINDS` and `PRECISIONS`).
    """
    return rows.assign(
        year=[int(period) if re.fullmatch(r"\d{4}", period) else 0 for period in rows["period"]],
        released=list(map(month, rows["vintage"])),
        trust=list(map(KINDS.index, rows["kind"])),
        detail=list(map(PRECISIONS.index, rows["precision"])),
    )


class Annual:
    """`annual` of every place and indicator, from one pass over all releases."""

    def __init__(self, rows: pd.DataFrame, as_of: str | None) -> None:
        yearly = rows[rows["year"] > 0]
        named = yearly.groupby(["geo", "indicator"], sort=False)
        chosen = counted(yearly.assign(series=named.ngroup()), ["series", "year"], as_of)
        self._table = chosen.set_index("year")[[*RELEASED, "basis"]]
        self._rows: Any = chosen.groupby(["geo", "indicator"], sort=False).indices

    def of(self, geo: str, indicator: str) -> pd.DataFrame:
        """One series; empty where nothing is held of it."""
        rows: pd.DataFrame = self._table.iloc[self._rows.get((geo, indicator), [])]
        return rows


def spans(rows: pd.DataFrame, as_of: str | None) -> pd.DataFrame:
    """One row a span of years, by the rule of `annual`; columns first, last and the release's."""
    several = rows[rows["period"].str.fullmatch(r"\d{4}-\d{4}").astype(bool)]
    ends = several["period"].str.split("-", expand=True).reindex(columns=[0, 1]).astype(int)
    several = several.assign(first=ends[0], last=ends[1], year=ends[1])
    chosen = counted(several, ["first", "last"], as_of)
    return chosen[["first", "last", "price_basis", *RELEASED]].reset_index(drop=True)


def counted(rows: pd.DataFrame, key: list[str], as_of: str | None) -> pd.DataFrame:
    """The one release of each key that counts.

    Seen from a vintage, only its year and earlier ones count, and among the releases published by
    then the latest; where none was, the earliest later release stands in and says so. Releases of
    one date: the more trusted source, then the more precise figure, then the order of the file. Where
    one of a year's releases has no month, the more precise figure counts, then the more trusted. Of
    several sources that give the figure of the latest release, the most trusted is the one (`cited`).
    """
    limit = month(as_of) if as_of is not None else np.inf
    if as_of is not None:
        rows = rows[rows["year"] <= int(as_of[:4])]
    released, trust, detail = (rows[name].to_numpy() for name in ("released", "trust", "detail"))
    later = released > limit
    # seen: latest first; published later: earliest first
    distance = np.where(later, released, -released)
    # nothing says which of a year's releases is later where one has no month: a measured figure then
    # counts before an expected one, whoever published it
    years = (released - 1) // 12
    tied = in_undated_year(rows, key, years) & ~later
    distance = np.where(tied, -12 * (years + 1), distance)
    keys = [-released, np.where(tied, trust, detail), np.where(tied, detail, trust), distance, later]
    order = np.lexsort([*keys, *(rows[name].to_numpy() for name in reversed(key))])
    rows = rows.assign(published_later=later).iloc[order]
    first = ~rows.duplicated(key).to_numpy()
    return rows[first] if first.all() else rows.iloc[cited(rows, first)]


def in_undated_year(rows: pd.DataFrame, key: list[str], years: NDArray[np.int_]) -> NDArray[np.bool_]:
    """Of each release, whether one of the same fact and calendar year has no month."""
    facts = list(zip(*(rows[name] for name in key), years, strict=True))
    undated = {fact for fact, vintage in zip(facts, rows["vintage"], strict=True) if "-" not in vintage}
    return np.array([fact in undated for fact in facts], bool)


def cited(rows: pd.DataFrame, first: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Position of the release to cite for each fact: the most trusted of those that give its figure.

    A source gives it whose figure rounds to that of the release that counts, is printed as finely and
    was out by the vintage too.

    Parameters
    ----------
    rows : DataFrame
        As `releases` gives them, with published_later; those of one fact beside each other.
    first : ndarray of bool, shape (rows,)
        The first row of each fact, which is the release that counts.
    """
    fact = np.cumsum(first) - 1
    counts = np.flatnonzero(first)[fact]
    value, step, trust, detail = (rows[name].to_numpy() for name in ("value", "step", "trust", "detail"))
    later = rows["published_later"].to_numpy()
    # what rounds to the figure that counts, the last digit's own rounding of a float aside
    agrees = np.abs(value - value[counts]) <= step[counts] / 2 * (1 + 1e-6)
    fine = (step <= step[counts] * (1 + 1e-6)) & (detail <= detail[counts])
    same = agrees & fine & ~later & ((detail == BOUND) == (detail[counts] == BOUND))
    eligible = np.flatnonzero(same | first)
    order = eligible[np.lexsort([trust[eligible], fact[eligible]])]
    return order[np.diff(fact[order], prepend=-1) > 0]


def month(vintage: str) -> int:
    """Months counted from year 0; a year alone stands for its December."""
    try:
        year, _, in_year = vintage.partition("-")
        return 12 * int(year) + (int(in_year) if in_year else 12)
    except (AttributeError, ValueError):  # a bare 2021 is a number, no text
        allowed = "a year, or a year and month such as 2021-10"
        allowed += "" if isinstance(vintage, str) else ", in quotes"
        raise InputError("vintage", vintage, allowed) from None


def in_unit(values: pd.Series, units: pd.Series, to: "str | pd.Series") -> pd.Series:
    """Values with a unit each, expressed in one, or each in its own."""
    wanted = itertools.repeat(to, len(values)) if isinstance(to, str) else to
    pairs = list(zip(units, wanted, strict=True))
    factors = {pair: (1.0, 1.0) if pair[0] == pair[1] else ratio(*pair) for pair in set(pairs)}
    times, over = np.array([factors[pair] for pair in pairs], float).reshape(-1, 2).T
    return pd.Series(np.asarray(values, float) * times / over, index=values.index, dtype=float)


def convertible(unit: str, to: str) -> bool:
    """Whether a unit measures the same quantity as another."""
    return unit == to or (unit in UNITS and to in UNITS and UNITS[unit].quantity == UNITS[to].quantity)
