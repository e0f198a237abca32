"""What is published, as outturns of what the editions forecast.

The glossary says how the two belong together: an indicator of the model is `published_as` others, and
`see_also` names what it can be worked out from.
"""

import math

import pandas as pd

from futian_model.evidence import Evidence, month
from futian_model.rounds.mixing import BOUND
from futian_model.scorecard.outturns import Basis, Outturn, named, outturns, related


def parts(glossary: pd.DataFrame, indicator: str) -> list[str]:
    """Published indicators that are, or give, an outturn of an indicator of the model."""
    direct = [indicator, *named(glossary, indicator, "published_as")]
    if glossary.loc[indicator, "kind"] == "share" or glossary.loc[indicator, "price_basis"] == "constant":
        return [*direct, *related(glossary, indicator, "level")]
    return direct


def forecast_as(glossary: pd.DataFrame, published: str) -> list[str]:
    """Indicators that a published one is an outturn of: itself, and what it is published for."""
    return [str(name) for name in glossary.index if published in parts(glossary, str(name))]


def about(glossary: pd.DataFrame, published: str) -> list[str]:
    """The same, and levels whose growth it is."""
    levels = [str(name) for name in glossary.index if published in related(glossary, str(name), "growth")]
    return [*forecast_as(glossary, published), *levels]


def came(evidence: Evidence, indicator: str, base_year: int, base: float | None = None) -> dict[int, Outturn]:
    """Figures that a forecast from a base year can be held against, by year; on no base growth is chained."""
    basis = Basis(base_year, math.nan if base is None else base)
    return {figure.year: figure for figure in outturns(evidence, indicator, basis) if not figure.clash}


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
