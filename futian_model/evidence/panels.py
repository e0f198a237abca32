"""Yearly growth of many economies and regions, for constants one district cannot estimate alone."""

from collections.abc import Mapping

import pandas as pd

from futian_model.evidence.figures import in_unit

REGIONS = ["country", "region", "nation", "year", "growth", "source"]
GROWTH = ["quantity", "panel", "unit", "nation", "year", "growth"]
ECONOMIES = "economies"
CALM = 0.3
"""Largest yearly change of prices, a fraction, that still tells about a nation without a collapse of
its money."""


def growth_of_panels(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Growth of every panel, one row a unit and year.

    Returns
    -------
    DataFrame
        Columns quantity (an indicator of growth), panel (``"economies"``, or a kind of region and its
        country, such as ``"regions_china"``), unit, nation (the whole that the units lie in), year,
        growth (a fraction).
    """
    economies = panel_of(tables["panel_countries"])
    parts = [
        labelled(economies, "real_gdp_growth", unit="code"),
        labelled(stock_growth(tables["panel_population"], "code"), "population_growth", unit="code"),
        labelled(prices(tables["panel_deflator"]), "gdp_deflator_growth", unit="code"),
        real_growth_of_regions(tables["panel_regions"], economies),
        regional(
            stock_growth(with_nations(tables["panel_region_population"]), "region"), "population_growth"
        ),
    ]
    return pd.concat(parts, ignore_index=True).astype({"year": int, "nation": bool})


def labelled(rows: pd.DataFrame, quantity: str, *, unit: str) -> pd.DataFrame:
    """Growth of economies as rows of all panels."""
    rows = rows.assign(quantity=quantity, panel=ECONOMIES, nation=False)
    return rows.rename(columns={unit: "unit"})[GROWTH]


def prices(rows: pd.DataFrame) -> pd.DataFrame:
    """Growth of the deflator in calm years."""
    growth = fractions(rows["deflator_growth_percent"])
    return rows.assign(growth=growth)[growth.abs() < CALM]


def stock_growth(rows: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Growth of a population over the year before, a fraction."""
    ordered = rows.sort_values([unit, "year"])
    before = ordered.groupby(unit)[["year", "population"]].shift()
    grown = ordered.assign(growth=ordered["population"] / before["population"] - 1)
    known: pd.DataFrame = grown[grown["year"] - before["year"] == 1]
    return known


def with_nations(rows: pd.DataFrame) -> pd.DataFrame:
    """Populations of regions, and their sum as the nation's: a panel holds every region of a country."""
    whole = rows.groupby(["country", "year"], as_index=False)["population"].sum()
    whole = whole.assign(region=whole["country"], nation=True)
    both: pd.DataFrame = pd.concat([rows.assign(nation=False), whole], ignore_index=True)
    return both


def regional(rows: pd.DataFrame, quantity: str) -> pd.DataFrame:
    """Growth of regions as rows of all panels, each named by its kind and country."""
    names = {country: panel_name(country) for country in rows["country"].unique()}
    rows = rows.assign(quantity=quantity, panel=rows["country"].map(names))
    named: pd.DataFrame = rows.rename(columns={"region": "unit"})[GROWTH]
    return named


def panel_name(country: str) -> str:
    """``"China: cities"`` is ``cities_china``, ``"Canada"`` is ``regions_canada``."""
    place, _, kind = country.partition(": ")
    return f"{kind or 'regions'}_{place.lower().replace(' ', '_')}"


def real_growth_of_regions(growth: pd.DataFrame, economies: pd.DataFrame) -> pd.DataFrame:
    """Growth of regions, and of the nation that each panel's regions lie in."""
    kept = growth[growth["reliable"]]
    published = kept.assign(growth=fractions(kept["real_gdp_growth_percent"]))
    parts = [regional(published, "real_gdp_growth")]
    without = set(published["country"]) - set(published.loc[published["nation"], "country"])
    for country in sorted(without):  # the source holds regions alone: the nation is in the other panel
        nation = economies[economies["economy"] == country.partition(": ")[0]]
        rows = nation.assign(quantity="real_gdp_growth", panel=panel_name(country), nation=True)
        parts.append(rows.rename(columns={"code": "unit"})[GROWTH])
    return pd.concat(parts, ignore_index=True)


def panel_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Growth of economies, a fraction: columns code, economy, year, growth."""
    return pd.DataFrame(
        {
            "code": rows["code"],
            "economy": rows["economy"],
            "year": rows["year"].astype(int),
            "growth": fractions(rows["real_gdp_growth_percent"]),
        }
    )


def regions_of(growth: pd.DataFrame, levels: pd.DataFrame) -> pd.DataFrame:
    """Growth of regions, a fraction, as published and computed from levels at constant prices.

    Rows marked unreliable are left out: the note of their source says why. One region may have a
    year from two sources under two names; they are never joined.

    Returns
    -------
    DataFrame
        Columns country, region, nation (the country as a whole), year, growth, source.
    """
    kept = growth[growth["reliable"]]
    published = kept.assign(growth=fractions(kept["real_gdp_growth_percent"]))
    both = pd.concat([published[REGIONS], growth_of(levels)], ignore_index=True)
    return both.astype({"year": int, "nation": bool})


def growth_of(levels: pd.DataFrame) -> pd.DataFrame:
    """Growth over the year before, a fraction; a year whose year before is missing has none."""
    keys = ["country", "region", "source"]
    ordered = levels.sort_values([*keys, "year"])
    before = ordered.groupby(keys)[["year", "gross_product"]].shift()
    grown = ordered.assign(growth=ordered["gross_product"] / before["gross_product"] - 1, nation=False)
    return grown.loc[grown["year"] - before["year"] == 1, REGIONS]


def fractions(percents: pd.Series) -> pd.Series:
    """Percentages as fractions."""
    return in_unit(percents, pd.Series("%", index=percents.index), "fraction")
