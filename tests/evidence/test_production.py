"""Published parameters of production: units, order, and how many bodies stand behind each."""

import pandas as pd
import pytest

from futian_model import load_evidence

EVIDENCE = load_evidence()
ROWS = EVIDENCE.production


def test_columns_and_units():
    assert list(ROWS.columns) == [
        "parameter",
        "geo",
        "first",
        "last",
        "low",
        "central",
        "high",
        "unit",
        "vintage",
        "source",
        "note",
    ]
    assert ROWS["first"].dtype.kind == ROWS["last"].dtype.kind == "i"
    ratios = ROWS["parameter"] == "capital_output_ratio"
    assert ((ROWS["unit"] == "ratio") == ratios).all()
    assert (ROWS.loc[~ratios, "unit"] == "fraction").all()
    assert ROWS.loc[~ratios, ["low", "central", "high"]].abs().max().max() < 1


def test_every_source_and_place_is_known():
    assert ROWS["source"].isin(EVIDENCE.sources.index).all()
    assert ROWS["geo"].isin(EVIDENCE.places.index).all()
    assert EVIDENCE.sources.loc[ROWS["source"], "url"].str.startswith("http").all()


def test_low_central_and_high_are_in_order_and_one_is_given():
    values = ROWS[["low", "central", "high"]]
    assert values.notna().any(axis=1).all()
    for low, high in (("low", "central"), ("central", "high"), ("low", "high")):
        both = values[[low, high]].dropna()
        assert (both[low] <= both[high]).all()
    assert (ROWS["first"] <= ROWS["last"]).all()


@pytest.mark.parametrize(
    ("parameter", "bodies"),
    [
        ("capital_share", 3),
        ("depreciation", 3),
        ("tfp_growth", 3),
        ("capital_output_ratio", 2),
        ("investment_share", 2),
        ("human_capital_growth", 2),
        ("labour_force_participation", 1),
        ("working_age_share", 2),
        ("current_account", 2),
    ],
)
def test_each_parameter_of_the_nation_or_city_has_independent_sources(parameter, bodies):
    held = ROWS[ROWS["parameter"] == parameter]
    # two releases of one table are one body
    assert held["source"].replace("pwt_110", "pwt_1001").nunique() >= bodies


@pytest.mark.parametrize(
    ("parameter", "geo", "last", "source", "value"),
    [
        ("capital_share", "china", 2019, "pwt_1001", 0.414),
        ("depreciation", "china", 2004, "cran_chncapitalstock", 0.096),
        ("tfp_growth", "china", 2010, "rieti_wu_2015", 0.0124),
        ("tfp_growth", "china", 2019, "pwt_1001", -0.0073),
        ("capital_output_ratio", "china", 2007, "cufe_hc_2009", 1.64),
        ("investment_share", "china", 2025, "investment_rate_2018", 0.40),
        ("working_age_share", "shenzhen", 2020, "sz_census7_copy", 0.7953),
        ("current_account", "china", 2020, "safe_2020", 0.019),
    ],
)
def test_a_figure_in_the_unit_of_the_library(parameter, geo, last, source, value):
    row = ROWS[(ROWS["parameter"] == parameter) & (ROWS["geo"] == geo) & (ROWS["last"] == last)]
    assert row.set_index("source").loc[source, "central"] == pytest.approx(value)


def test_ratios_computed_from_the_city_figures_held_beside_them():
    held = ROWS[(ROWS["parameter"] == "investment_share") & (ROWS["geo"] == "shenzhen")]
    for row in held.dropna(subset="central").itertuples():
        invested, produced = (
            EVIDENCE.figure("shenzhen", indicator, row.last, source=row.source).value
            for indicator in ("fixed_asset_investment", "gdp")
        )
        assert row.central == pytest.approx(invested / produced, abs=5e-4)


def test_paths_of_the_city_reach_2035():
    city = EVIDENCE.paths[EVIDENCE.paths["geo"] == "shenzhen"]
    assert set(range(2021, 2036)) <= {
        year for row in city.itertuples() for year in range(row.first, row.last + 1)
    }
    doubling = city[city["path"] == "shenzhen_2035_vision"].iloc[0]
    assert (1 + doubling["central"]) ** 15 == pytest.approx(2, abs=2e-3)
    assert pd.isna(doubling["low"])
