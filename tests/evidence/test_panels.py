"""Growth of regions within countries, as the panels hold it."""

import pandas as pd
import pytest

from futian_model import load_evidence
from futian_model.evidence.panels import stock_growth

EVIDENCE = load_evidence()
REGIONS = EVIDENCE.regions


def test_columns_and_units():
    assert list(REGIONS.columns) == ["country", "region", "nation", "year", "growth", "source"]
    assert REGIONS["year"].dtype.kind == "i"
    assert REGIONS["nation"].dtype == bool
    assert 0.02 < REGIONS["growth"].median() < 0.15  # fractions, not %
    assert not REGIONS.duplicated(["country", "region", "year", "source"]).any()


@pytest.mark.parametrize(
    ("source", "regions", "first", "last"),
    [
        ("nbs_province_index", 31, 2000, 2019),
        ("jiangsu_nj2002", 1, 1976, 1999),
        ("cn_city_panel", 265, 2002, 2016),
        ("changzhou_1978_2010", 1, 1979, 2005),
        ("bea_sgdp_real_2021", 52, 1978, 2019),
        ("fon_canada_2024", 11, 1951, 2023),
        ("munnell_1990", 48, 1971, 1986),
    ],
)
def test_every_panel_is_whole(source, regions, first, last):
    held = REGIONS[REGIONS["source"] == source]
    assert (held["region"].nunique(), held["year"].min(), held["year"].max()) == (regions, first, last)


def test_a_year_that_is_partly_nominal_growth_is_left_out():
    assert "cn_city_panel_2013" not in set(REGIONS["source"])
    assert "NOMINAL" in EVIDENCE.sources.loc["cn_city_panel_2013", "note"]
    cities = REGIONS[REGIONS["source"] == "cn_city_panel"]
    assert 2013 not in set(cities["year"])


def test_the_nations_are_told_apart_from_their_regions():
    nations = REGIONS[REGIONS["nation"]].groupby("country")["region"].unique()
    assert {country: list(names) for country, names in nations.items()} == {
        "Canada": ["Canada (national)"],
        "United States": ["United States (national)"],
    }


def test_growth_from_levels():
    alabama = REGIONS[(REGIONS["source"] == "munnell_1990") & (REGIONS["region"] == "ALABAMA")]
    assert alabama.set_index("year")["growth"][1971] == pytest.approx(29375 / 28418 - 1)


def test_a_gap_in_levels_gives_no_growth():
    levels = pd.DataFrame(
        {
            "country": "x",
            "region": ["a", "a", "a", "b"],
            "year": [2001.0, 2002.0, 2004.0, 2005.0],
            "gross_product": [100.0, 110.0, 121.0, 1.0],
            "source": "s",
        }
    )
    grown = stock_growth(levels, ["country", "region", "source"], "gross_product")
    assert list(zip(grown["region"], grown["year"], grown["growth"].round(9), strict=True)) == [
        ("a", 2002.0, 0.1)
    ]
