"""What was published of the model's own indicators, expressed as the model expresses them.

Published levels are at current prices; the model's real ones are at base-year prices. The
district publishes no deflator, so the nation's stands in; a year it does not reach is left out.
"""

import numpy as np
import pandas as pd

from futian_model.errors import InputError
from futian_model.evidence.conventions import Clash, ratio
from futian_model.evidence.package import Evidence, kept

COLUMNS = ["value", "source", "precision", "known"]


@kept
def levels(evidence: Evidence, indicator: str, base_year: int, vintage: str) -> pd.DataFrame:
    """The district's published levels of an indicator at base-year prices.

    Parameters
    ----------
    indicator : str
        A published level at current prices, such as ``"gdp"``.
    base_year : int
        Year whose prices are used.
    vintage : str
        Figures of later years, and releases later than it, are kept and marked.

    Returns
    -------
    DataFrame
        Indexed by year; columns value, source, precision and known: whether the figure was
        public at the vintage.
    """
    table = published(evidence, evidence.place("district"), indicator, vintage)
    prices = deflator(evidence, base_year)
    both = table.join(prices, how="inner")
    return both.assign(value=both["value"] / both["deflator"])[COLUMNS]


@kept
def published(evidence: Evidence, geo: str, indicator: str, vintage: str) -> pd.DataFrame:
    """All published years of a series: as seen from the vintage, later years as seen today."""
    seen = evidence.series(geo, indicator, as_of=vintage).table
    today = evidence.series(geo, indicator).table
    rows = pd.concat([seen, today.loc[today.index.difference(seen.index)]]).sort_index()
    later = ~rows.index.isin(seen.index) | rows["published_later"]
    return rows.assign(known=~later.astype(bool))[COLUMNS]


def deflator(evidence: Evidence, base_year: int) -> pd.Series:
    """The nation's deflator, 1 in the base year, over the years around it known without a gap.

    Raises
    ------
    InputError
        No deflator is known for the base year.
    """
    growth = deflator_growth(evidence, evidence.place("nation"))
    if base_year not in growth.index:
        allowed = f"a year with a published deflator: {growth.index.min()} to {growth.index.max()}"
        raise InputError("assumptions.base_year", base_year, allowed)
    run = np.cumsum(np.diff(growth.index, prepend=growth.index[0]) != 1)
    growth = growth[run == run[growth.index.get_loc(base_year)]]
    chained: pd.Series = np.exp(np.log1p(growth).cumsum())
    # inflation of the first year leads from the year before it, whose level is not needed here
    return (chained / float(chained.loc[base_year])).rename("deflator")


def deflator_growth(evidence: Evidence, geo: str) -> pd.Series:
    """Growth of a place's deflator, fractions: as published, else what its own figures imply.

    Of a year without a published one, growth between two levels at current prices on the same statistical
    basis over published real growth.
    """
    growth = evidence.series(geo, "gdp_deflator_growth").table["value"]
    levels, real = (evidence.series(geo, name).table for name in ("gdp", "real_gdp_growth"))
    implied = {}
    for at in levels.index.difference(growth.index):
        if at - 1 in levels.index and at in real.index:
            before, level = levels.loc[at - 1], levels.loc[at]
            points = "lower_bound" not in (before["precision"], level["precision"], real.loc[at, "precision"])
            if points and before["basis"] == level["basis"]:
                implied[at] = level["value"] / before["value"] / (1 + real.loc[at, "value"]) - 1
    known: pd.Series = pd.concat([growth, pd.Series(implied, dtype=float)]).sort_index()
    return known.rename("value")


@kept
def shares(evidence: Evidence, share: str, vintage: str) -> pd.DataFrame:
    """The district's published shares, and shares of a published value added in published GDP.

    Returns
    -------
    DataFrame
        Indexed by year; columns value (fraction), source, precision, known.
    """
    geo, value_added = evidence.place("district"), share.removesuffix("_share") + "_value_added"
    points = published(evidence, geo, share, vintage)
    if value_added not in evidence.indicators.index:
        return points
    wholes = published(evidence, geo, "gdp", vintage)
    parts = published(evidence, geo, value_added, vintage)
    for year in parts.index.difference(points.index):
        part = parts.loc[[year]].iloc[0]
        # a source's own GDP is on the basis of its value added; another's may be revised
        own = evidence.series(geo, "gdp", source=part["source"]).table
        table = own if year in own.index else wholes
        if year not in table.index:
            continue
        whole = table.loc[[year]].iloc[0]
        try:
            share_of = ratio(
                evidence.figure(geo, value_added, int(year), source=part["source"]),
                evidence.figure(geo, "gdp", int(year), source=whole["source"]),
            )
        except Clash:  # the two stand on different censuses: no share of one in the other
            continue
        points.loc[year] = (
            share_of,
            f"{part['source']} / {whole['source']}",
            part["precision"] if part["source"] == whole["source"] else "estimate",
            part["known"] and bool(wholes.loc[year, "known"]),
        )
    return points.sort_index()


PUBLISHED = {"real_gdp": "gdp", "real_gdp_per_capita": "gdp_per_capita"}
"""Published level that is deflated to compare with a real indicator."""


@kept
def observations(evidence: Evidence, indicator: str, base_year: int, last: int, vintage: str) -> pd.DataFrame:
    """Published figures as the indicator is expressed; bounds are no points and are left out."""
    if indicator in PUBLISHED:
        table = levels(evidence, PUBLISHED[indicator], base_year, vintage)
    else:
        table = shares(evidence, indicator, vintage)
    table = table[(table["precision"] != "lower_bound") & (table.index <= last)]
    return table.rename_axis("year").reset_index()


@kept
def growth_rates(evidence: Evidence, place: str, first: int, last: int, vintage: str) -> pd.DataFrame:
    """Growth of GDP at constant prices as published, as it was seen at a vintage; bounds are no points.

    Returns
    -------
    DataFrame
        Columns year, value (a fraction) and known: whether it was out at the vintage.
    """
    today = evidence.series(place, "real_gdp_growth").table
    seen = evidence.series(place, "real_gdp_growth", as_of=vintage).table
    seen = seen[~((seen.index >= int(vintage[:4])) & seen["published_later"].astype(bool))]
    both = pd.concat([seen, today.loc[today.index.difference(seen.index)]]).sort_index()
    both = both[(both["precision"] != "lower_bound") & (both.index >= first) & (both.index <= last)]
    years, values = both.index.to_numpy(int), both["value"].to_numpy(float)
    return pd.DataFrame({"year": years, "value": values, "known": both.index.isin(seen.index)})
