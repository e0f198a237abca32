"""What is published, as outturns of what the editions forecast.

The glossary says how the two belong together: an indicator of the model is `published_as` others, and
`see_also` names what it can be worked out from.
"""

import numpy as np
import pandas as pd

from futian_model.evidence import Evidence, history, month
from futian_model.rounds.mixing import BOUND

TODAY = "9999"
"""A vintage that sees everything."""
DEFLATED, PUBLISHED, CHAINED = "deflated", "published", "chained"
"""How an outturn came about: in the nation's prices, as published, or from growth since the base year."""
COLUMNS = ["value", "source", "how"]


def named(glossary: pd.DataFrame, indicator: str, column: str) -> list[str]:
    """Names in a cell of the glossary."""
    return [name for name in str(glossary.loc[indicator, column]).split(";") if name in glossary.index]


def grown(glossary: pd.DataFrame, indicator: str) -> list[str]:
    """Published growth of a level."""
    return [name for name in named(glossary, indicator, "see_also") if glossary.loc[name, "kind"] == "growth"]


def parts(glossary: pd.DataFrame, indicator: str) -> list[str]:
    """Published indicators that are, or give, an outturn of an indicator of the model."""
    own, others = str(glossary.loc[indicator, "kind"]), named(glossary, indicator, "see_also")
    direct = [indicator, *named(glossary, indicator, "published_as")]
    if own == "share" or glossary.loc[indicator, "price_basis"] == "constant":
        return [*direct, *(name for name in others if glossary.loc[name, "kind"] == "level")]
    return direct


def forecast_as(glossary: pd.DataFrame, published: str) -> list[str]:
    """Indicators that a published one is an outturn of: itself, and what it is published for."""
    return [str(name) for name in glossary.index if published in parts(glossary, str(name))]


def about(glossary: pd.DataFrame, published: str) -> list[str]:
    """The same, and levels whose growth it is."""
    levels = [str(name) for name in glossary.index if published in grown(glossary, str(name))]
    return [*forecast_as(glossary, published), *levels]


def outturns(
    evidence: Evidence,
    indicator: str,
    base_year: int,
    base: float | None = None,
    vintage: str | None = None,
) -> pd.DataFrame:
    """The district's outturns of an indicator, as the model expresses it.

    Real levels are published levels in the nation's prices or, where growth of every year since the
    base year is published, its level in the base year carried on by that growth, which comes first.

    Parameters
    ----------
    indicator : str
        Of the model, or a growth published of one.
    base_year : int
        Year whose prices are used.
    base : float, optional
        Level of the base year; without one no growth is chained.
    vintage : str, optional
        Figures published later do not count; all count when left out.

    Returns
    -------
    DataFrame
        Indexed by year; columns value (in the library's unit), source, how (``"published"``,
        ``"deflated"`` or ``"chained"``). Bounds are no outturns.
    """
    glossary = evidence.indicators
    kind, basis = (str(glossary.loc[indicator, name]) for name in ("kind", "price_basis"))
    if kind == "share":
        return points(history.shares(evidence, indicator, vintage or TODAY), PUBLISHED)
    if basis == "constant" and kind == "level":
        tables = [points(history.levels(evidence, name, base_year, vintage or TODAY), DEFLATED)
                 for name in parts(glossary, indicator)[1:]]  # fmt: skip
        if base is not None:
            tables = [
                *(chained(evidence, name, base_year, base, vintage) for name in grown(glossary, indicator)),
                *tables,
            ]
        return first_of(tables)
    district = evidence.place("district")
    return first_of(
        [
            points(evidence.series(district, name, as_of=vintage).table, PUBLISHED)
            for name in parts(glossary, indicator)
        ]
    )


def points(table: pd.DataFrame, how: str) -> pd.DataFrame:
    """Figures that are no bounds, and were public."""
    public = table["known"] if "known" in table else ~table["published_later"].astype(bool)
    return table[(table["precision"] != BOUND) & public.astype(bool)].assign(how=how)[COLUMNS]


def first_of(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Each year from the first table that has it."""
    joined = pd.DataFrame(columns=COLUMNS)
    for table in tables:
        more = table.loc[table.index.difference(joined.index)]
        joined = more if joined.empty else pd.concat([joined, more])
    return joined.sort_index()


def chained(
    evidence: Evidence, name: str, base_year: int, base: float, vintage: str | None = None
) -> pd.DataFrame:
    """A base-year level carried on by published growth, up to the first year that lacks it."""
    table = points(evidence.series(evidence.place("district"), name, as_of=vintage).table, CHAINED)
    table = table[table.index > base_year]
    unbroken = table[table.index == base_year + 1 + np.arange(len(table))]
    return unbroken.assign(value=base * (1 + unbroken["value"]).cumprod())


def released(evidence: Evidence, indicator: str, year: int) -> int | None:
    """Month, counted from year 0, in which the first figure behind an outturn came out."""
    rows = evidence.observations
    rows = rows[
        (rows["geo"] == evidence.place("district"))
        & rows["indicator"].isin(parts(evidence.indicators, indicator))
        & (rows["period"] == str(year))
        & (rows["precision"] != BOUND)
    ]
    return None if rows.empty else int(rows["vintage"].map(month).min())
