"""Yearly growth of many economies and regions, for constants one district cannot estimate alone."""

from collections.abc import Mapping

import pandas as pd

from futian_model.evidence.figures import in_unit

REGIONS = ["country", "region", "nation", "year", "growth", "source"]
GROWTH = ["quantity", "panel", "unit", "nation", "year", "growth"]
ECONOMIES = "economies"
DISTRICTS = "counties_united_states"
SIZES = (5, 10, 20, 50)
"""Least gross product of a panel of districts, billion dollars of `SIZED`; each class ends at the next."""
SIZED = 2019
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
        labelled(stock_growth(tables["panel_population"], ["code"]), "population_growth", unit="code"),
        labelled(prices(tables["panel_deflator"]), "gdp_deflator_growth", unit="code"),
        real_growth_of_regions(tables["panel_regions"], economies),
        regional(
            stock_growth(with_nations(tables["panel_region_population"]), ["region"]), "population_growth"
        ),
    ]
    levels, codes = (
        tables["panel_nominal_levels"],
        economies.drop_duplicates("economy").set_index("economy")["code"],
    )
    parts += [prices_of_regions(levels, codes, pd.concat(parts, ignore_index=True)), shares_of(levels)]
    return pd.concat(parts, ignore_index=True).astype({"year": int, "nation": bool})


def labelled(rows: pd.DataFrame, quantity: str, *, unit: str) -> pd.DataFrame:
    """Growth of economies as rows of all panels."""
    rows = rows.assign(quantity=quantity, panel=ECONOMIES, nation=False)
    return rows.rename(columns={unit: "unit"})[GROWTH]


def prices(rows: pd.DataFrame) -> pd.DataFrame:
    """Growth of the deflator in calm years."""
    growth = fractions(rows["deflator_growth_percent"])
    return rows.assign(growth=growth)[growth.abs() < CALM]


def stock_growth(rows: pd.DataFrame, units: list[str], stock: str = "population") -> pd.DataFrame:
    """Growth of a stock over the year before, a fraction; a year whose year before is missing has none."""
    ordered = rows.sort_values([*units, "year"])
    before = ordered.groupby(units)[["year", stock]].shift()
    grown = ordered.assign(growth=ordered[stock] / before[stock] - 1)
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


def prices_of_regions(levels: pd.DataFrame, codes: pd.Series, known: pd.DataFrame) -> pd.DataFrame:
    """Growth of the deflator that a region's nominal and real growth imply, with the nation's own.

    What real growth was overstated by is in it as well: the two cannot be told apart.

    Parameters
    ----------
    levels : DataFrame
        Gross product at current prices.
    codes : Series
        Code of each economy by its name.
    known : DataFrame
        Every other panel, in the columns of `GROWTH`.
    """
    real = known[(known["quantity"] == "real_gdp_growth") & ~known["nation"]]
    grown = stock_growth(levels, ["country", "region"], "gross_product")
    nominal = regional(grown.assign(nation=False), "gdp_deflator_growth")
    both = nominal.merge(real[["panel", "unit", "year", "growth"]], on=["panel", "unit", "year"])
    parts = [both.assign(growth=(1 + both["growth_x"]) / (1 + both["growth_y"]) - 1)]
    prices = known[(known["quantity"] == "gdp_deflator_growth") & (known["panel"] == ECONOMIES)]
    for country in levels["country"].unique():
        if country in codes.index:
            own = prices[prices["unit"] == codes[country]]
            parts.append(own.assign(panel=panel_name(country), nation=True))
    return pd.concat(parts, ignore_index=True)[GROWTH]


def shares_of(levels: pd.DataFrame) -> pd.DataFrame:
    """Growth of the share that a part has of its whole, at current prices, a fraction.

    Regions of the nation, and districts of their region by size; the whole of a nation is the sum of
    its regions.
    """
    grown = stock_growth(levels, ["country", "region"], "gross_product")
    wholes = levels[levels["country"] == levels["parent"]].groupby(["parent", "year"])["gross_product"].sum()
    states = levels[levels["country"] == levels["parent"]].set_index(["region", "year"])["gross_product"]
    whole = pd.concat([wholes, states])
    whole = whole[~whole.index.duplicated()]
    now, before = (
        whole.reindex(pd.MultiIndex.from_arrays([grown["parent"], grown["year"] - ago])).to_numpy(float)
        for ago in (0, 1)
    )
    size = levels[levels["year"] == SIZED].set_index(["country", "region"])["gross_product"]
    sized = size.reindex(pd.MultiIndex.from_frame(grown[["country", "region"]])).to_numpy(float) / 1e6
    classes = pd.cut(
        sized, [*SIZES, float("inf")], right=False, labels=[f"{DISTRICTS}_{low}" for low in SIZES]
    )
    regional_panel = grown["country"].map(panel_name)
    panel = regional_panel.where(grown["country"] == grown["parent"], pd.Series(classes, grown.index, object))
    return grown.assign(
        growth=(1 + grown["growth"]) * before / now - 1,
        quantity="gdp_share_growth",
        panel=panel,
        unit=grown["region"],
        nation=False,
    )[GROWTH].dropna(subset=["growth", "panel"])


def forecasts_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Published forecasts in long form: columns code, edition, year, ahead, growth (a fraction)."""
    long = rows.melt(["code", "edition"], var_name="ahead", value_name="percent").dropna(subset="percent")
    ahead = long["ahead"].str[1:].astype(int)
    return long.assign(
        ahead=ahead, year=long["edition"].str[:4].astype(int) + ahead, growth=fractions(long["percent"])
    ).drop(columns="percent")


def panel_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Growth of economies, a fraction: columns code, economy, year, growth."""
    return pd.DataFrame(
        {
            "code": rows["code"],
            "economy": rows["economy"],
            "year": rows["year"],
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
    computed = stock_growth(levels, ["country", "region", "source"], "gross_product").assign(nation=False)
    both = pd.concat([published[REGIONS], computed[REGIONS]], ignore_index=True)
    return both.astype({"year": int, "nation": bool})


def fractions(percents: pd.Series) -> pd.Series:
    """Percentages as fractions."""
    return in_unit(percents, pd.Series("%", index=percents.index), "fraction")
