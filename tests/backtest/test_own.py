"""The project's own series: nothing later is seen, counts are honest, outturns are what is published."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta

from futian_model import load_evidence
from futian_model.backtest import chances, nation, outturns, own
from futian_model.evidence.figures import month

EVIDENCE = load_evidence()
FORECASTS = ["forecast", "low", "high"]
YEAR = 2019


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return own.own_record(EVIDENCE)


def last_year(periods: pd.Series) -> pd.Series:
    return periods.str.extract(r"(\d{4})(?:\D.*)?$")[0].astype(int)


def poisoned(year: int):
    """The evidence with every row that nobody could know in March of `year` made absurd."""
    rows = EVIDENCE.observations
    released = rows["vintage"].map(month)
    key = ["geo", "indicator", "period"]
    first = released.groupby([rows[name] for name in key]).transform("min")
    late = (released > 12 * year + 3) & (first <= 12 * year + 3)
    hidden = (last_year(rows["period"]) >= year) | late
    numeric = rows["value"].where(~hidden, rows["value"] * 7 + 50)
    constants, leads = EVIDENCE.constants, EVIDENCE.median_leads
    later = constants["last_year"] >= year
    doubt = constants["slow_sd"].where(~later, 1.0)
    lead = leads["lead"].where(leads["year"] < year, 0.5)
    assert hidden.any()
    assert (leads["year"] >= year).any()
    assert later.any()
    return dataclasses.replace(
        EVIDENCE,
        observations=rows.assign(value=numeric),
        constants=constants.assign(slow_sd=doubt),
        median_leads=leads.assign(lead=lead),
    )


def test_nothing_that_was_public_later_moves_a_forecast():
    before = own.own_record(EVIDENCE, [YEAR])[FORECASTS]
    pd.testing.assert_frame_equal(own.own_record(poisoned(YEAR), [YEAR])[FORECASTS], before)


def test_what_was_public_moves_a_forecast():
    rows = EVIDENCE.observations
    city = (rows["geo"] == EVIDENCE.place("city")) & (rows["indicator"] == outturns.GROWTH)
    faster = rows["value"].where(~(city & (rows["period"] == str(YEAR - 1))), 12.0)
    moved = own.own_record(
        dataclasses.replace(EVIDENCE, observations=rows.assign(value=faster)), [YEAR]
    ).set_index(["role", "years"])
    before = own.own_record(EVIDENCE, [YEAR]).set_index(["role", "years"])
    assert moved.loc[("city", 1), "forecast"] > before.loc[("city", 1), "forecast"] + 0.005
    assert moved.loc[("district", 1), "forecast"] != before.loc[("district", 1), "forecast"]


def test_a_row_a_place_year_and_length(table: pd.DataFrame):
    assert set(table["role"]) == {"nation", "city", "district"}
    assert table["first"].min() == own.FIRST
    assert not table.duplicated(["role", "years", "first"]).any()
    assert ((table["low"] < table["forecast"]) & (table["forecast"] < table["high"])).all()
    assert (table["last"] - table["first"] + 1 == table["years"]).all()
    told = table[table["outturn"].notna()]
    inside = (told["low"] <= told["outturn"]) & (told["outturn"] <= told["high"])
    assert told["inside"].astype(bool).tolist() == inside.tolist()
    assert table.loc[table["outturn"].isna(), "inside"].isna().all()


def test_published_figures_are_the_outturns(table: pd.DataFrame):
    by = table.set_index(["role", "years", "first"])
    assert by.loc[("city", 1, 2020), "outturn"] == pytest.approx(0.031)
    assert by.loc[("city", 1, 2020), "target"] == pytest.approx(0.065)
    yearly = [by.loc[("city", 1, year), "outturn"] for year in range(2021, 2026)]
    assert by.loc[("city", 5, 2021), "outturn"] == pytest.approx(np.expm1(np.log1p(yearly).mean()))
    # cumulated growth of 42 % over the level of 2015
    assert by.loc[("district", 5, 2016), "outturn"] == pytest.approx(1.42 ** (1 / 5) - 1)


def test_a_lower_bound_is_no_outturn():
    district = EVIDENCE.place("district")
    row = EVIDENCE.series(district, outturns.GROWTH).table.loc[2025]
    assert row["precision"] == outturns.LOWER_BOUND
    assert np.isnan(outturns.outturn(EVIDENCE, district, 2025, 2025))
    assert np.isnan(outturns.outturn(EVIDENCE, district, 2011, 2015))


def test_a_range_counts_at_its_middle():
    nation_ = EVIDENCE.place("nation")
    middle = outturns.target(EVIDENCE, nation_, 2019)
    assert (middle.value, middle.wording) == (pytest.approx(0.0625), outturns.RANGE)
    assert outturns.target(EVIDENCE, nation_, 2021).wording == outturns.LOWER_BOUND
    assert np.isnan(outturns.target(EVIDENCE, nation_, 2020).value)


def test_hits_are_counted_with_the_interval_that_so_few_allow(table: pd.DataFrame):
    found = own.hits(table).set_index(["role", "years"])
    told = table[table["inside"].notna()]
    for (role, years), row in found.iterrows():
        group = told[(told["role"] == role) & (told["years"] == years)]
        assert (row["inside"], row["windows"]) == (group["inside"].sum(), len(group))
        assert row["low"] <= row["inside"] / row["windows"] <= row["high"]
    single = found.xs(1, level="years")
    assert (single["independent"] == single["windows"]).all()
    five = found.xs(5, level="years")
    assert (five["independent"] <= five["windows"]).all()
    assert five.loc["nation", "independent"] < five.loc["nation", "windows"]


def test_the_interval_is_jeffreys():
    assert own.jeffreys(2, 3) == pytest.approx(tuple(beta.ppf([0.025, 0.975], 2.5, 1.5)))
    assert own.jeffreys(0, 3)[0] == 0.0
    assert own.jeffreys(3, 3)[1] == 1.0
    assert own.jeffreys(3, 3)[0] == pytest.approx(beta.ppf(0.025, 3.5, 0.5))


@pytest.mark.parametrize(
    ("firsts", "years", "count"), [([2015, 2016, 2020], 5, 2), ([2015, 2016], 1, 2), ([], 1, 0)]
)
def test_windows_that_share_a_year_count_once(firsts: list[int], years: int, count: int):
    assert chances.apart(firsts, years) == count


def test_targets_and_model_are_compared_on_the_same_years(table: pd.DataFrame):
    found = outturns.against_targets(table).set_index("role")
    both = table[(table["years"] == 1) & table["target"].notna() & table["outturn"].notna()]
    assert list(found.index) == [role for role in ("nation", "city", "district") if role in set(both["role"])]
    city = both[both["role"] == "city"]
    assert found.loc["city", "n"] == len(city)
    assert found.loc["city", "error_model"] == pytest.approx(
        (city["outturn"] - city["forecast"]).abs().mean()
    )
    assert found.loc["city", "bias_target"] == pytest.approx((city["outturn"] - city["target"]).mean())


def test_plans_stand_beside_what_came():
    found = outturns.plans(EVIDENCE).set_index(["geo", "first"])
    china = EVIDENCE.place("nation")
    # the eighth plan as first set, not as revised in 1993
    assert found.loc[(china, 1991), "target"] == pytest.approx(0.06)
    assert found.loc[(china, 1991), "outturn"] == pytest.approx(0.123, abs=0.001)
    assert found.loc[(china, 2016), "wording"] == outturns.LOWER_BOUND
    assert ("guangdong", 2017) not in found.index
    assert (found["miss"] == found["outturn"] - found["target"]).all()


def test_the_nations_long_spans_see_nothing_later():
    found = nation.long_windows(EVIDENCE)
    origin = int(found["origin"].iloc[2])
    rows = EVIDENCE.observations
    single = (rows["geo"] == EVIDENCE.place("nation")) & rows["period"].str.fullmatch(r"\d{4}")
    hidden = single & (last_year(rows["period"]) > origin)
    other = dataclasses.replace(
        EVIDENCE,
        observations=rows.assign(value=rows["value"].where(~hidden, 1.0)),
        constants=EVIDENCE.constants.assign(
            mean=EVIDENCE.constants["mean"].where(EVIDENCE.constants["last_year"] <= origin, 0.5)
        ),
    )
    again = nation.long_windows(other)
    assert again.loc[again["origin"] <= origin, FORECASTS].equals(
        found.loc[found["origin"] <= origin, FORECASTS]
    )
    assert (found["last"] - found["origin"] == 15).all()
    assert (found["outturn"] > found["high"]).sum() >= 4, "China's long growth was the great miss"
