"""The plan of a year on the figures held: the office's columns, paces, and what is not yet known."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from futian_model import load_evidence
from futian_model.annual import (
    MET,
    OPEN,
    cumulative,
    frame,
    growth_frame,
    latest_year,
    pace_frame,
    share_pairs,
    the_year,
)
from futian_model.errors import InputError

EVIDENCE = load_evidence()


def line_of(year, name):
    return next(line for line in year.lines if line.name == name)


def test_the_plan_of_2016_after_three_quarters() -> None:
    """Three quarters of 2016: 2590.33 of 3560 to 3570, and 8.3% where 8.1 to 8.6 are asked."""
    year = the_year(EVIDENCE, "2016Q1-Q3")
    gdp = line_of(year, "gdp")
    assert year.lines[0] is gdp
    assert gdp.completion == pytest.approx((2590.33 / 3570, 2590.33 / 3560))
    assert gdp.ahead == pytest.approx((2590.33 / 3560 - 0.75, 2590.33 / 3560 - gdp.season.share))
    assert gdp.rest == pytest.approx(3560 - 2590.33)
    assert gdp.before == 2370.49
    # the same quarters of 2015 left 3256.24 - 2370.49
    assert (3256.24 - 2370.49) * (1 + gdp.amount.needed) == pytest.approx(gdp.rest)
    weight = 2370.49 / 3256.24
    assert weight * 0.083 + (1 - weight) * gdp.growth.needed == pytest.approx(0.081)
    assert (gdp.amount.status, gdp.growth.status) == (OPEN, OPEN)
    assert 0 < gdp.amount.chance < 1
    assert {2015, 2018} <= set(gdp.season.years)
    assert 2016 not in gdp.season.years


def test_up_to_a_quarter_nothing_later_of_the_year_is_seen() -> None:
    rows = EVIDENCE.observations
    later = (rows["geo"] == "futian") & rows["period"].isin(["2016", "2016H1", "2016Q1-Q3"])
    # that growth of 2016 is part of the usual of later years alone remains
    rates = later & (rows["indicator"] == "real_gdp_growth") & (rows["period"] == "2016")
    seen = frame(the_year(EVIDENCE, "2016Q1"))
    for gone, tolerance in ((later & ~rates, 1e-12), (later, 1e-3)):
        first = dataclasses.replace(EVIDENCE, observations=rows[~gone].reset_index(drop=True))
        pd.testing.assert_frame_equal(seen, frame(the_year(first, "2016Q1")), rtol=0, atol=tolerance)


def test_a_year_that_is_over_is_met_or_missed() -> None:
    gdp = line_of(the_year(EVIDENCE, "2016"), "gdp")
    assert (gdp.amount.status, gdp.growth.status) == (MET, MET)
    assert (gdp.amount.chance, gdp.growth.chance) == (1, 1)
    assert gdp.completion[1] == pytest.approx(3561.44 / 3560)
    assert gdp.ahead == pytest.approx((3561.44 / 3560 - 1,) * 2)
    assert np.isnan(gdp.growth.needed)


def test_a_published_bound_settles_a_target() -> None:
    """More than the city's 5.5 of 2025 meets a target of 5.5, though the year's own figure is not out."""
    growth = line_of(the_year(EVIDENCE, "2025"), "gdp").growth
    assert (growth.quarters, growth.status, growth.bound) == (2, MET, 0.055)
    assert growth.chance == 1
    assert growth.foreseen.quantile(0.001) >= 0.055


def test_growth_and_shares_have_no_rate_of_completion() -> None:
    table = frame(the_year(EVIDENCE, "2016Q1-Q3"))
    completed = table[table["statistic"].str.startswith("completion")]
    assert set(completed["indicator"]) == {"gdp"}
    assert np.isnan(line_of(the_year(EVIDENCE, "2016Q1-Q3"), "finance_share").completion).all()


def test_other_places_and_the_year_by_default() -> None:
    assert latest_year(EVIDENCE, "futian") == the_year(EVIDENCE).year == 2025
    nation = the_year(EVIDENCE, "2026", "china")
    assert (nation.quarters, [target.low for target in nation.targets]) == (1, [0.045])
    assert latest_year(EVIDENCE, "dapeng") == 2023
    empty = dataclasses.replace(EVIDENCE, observations=EVIDENCE.observations[:0])
    assert the_year(empty, "1999").lines == ()


@pytest.mark.parametrize("period", ["2016Q2", "2016Q3", "16", "2016-2020", "2016H2", "", "２０１６"])
def test_a_period_that_is_none(period: str) -> None:
    with pytest.raises(InputError, match=r"annual = .*; allowed: a year such as 2025, or up to a quarter"):
        the_year(EVIDENCE, period)


def test_a_quarter_that_is_missing_leaves_the_others() -> None:
    rows = EVIDENCE.observations
    half = (rows["geo"] == "futian") & (rows["period"] == "2016H1")
    without = dataclasses.replace(EVIDENCE, observations=rows[~half].reset_index(drop=True))
    pace = pace_frame(without, the_year(without, "2016Q1-Q3")).set_index("quarters")
    assert np.isnan(pace.loc[[2, 4], "made"]).all()
    assert pace.loc[3, "made"] == pytest.approx(2590.33 / 3560)
    assert line_of(the_year(without, "2016H1"), "gdp").quarters == 1


def test_paces_run_from_nothing_to_the_whole() -> None:
    pace = pace_frame(EVIDENCE, the_year(EVIDENCE, "2016"))
    assert list(pace["even"]) == [0, 0.25, 0.5, 0.75, 1]
    for name in ("made", "seasonal"):
        assert pace[name].is_monotonic_increasing
    assert pace_frame(EVIDENCE, the_year(EVIDENCE, "2025")).empty  # no target of the amount


def test_parts_and_years_are_of_one_basis() -> None:
    """Longgang's 2024 includes a census that its three quarters did not: 63% is no seasonal pace."""
    shares = share_pairs(EVIDENCE, "gdp")
    assert not ((shares["geo"] == "longgang") & (shares["year"] == 2024)).any()
    held = cumulative(EVIDENCE, "longgang", "gdp")
    assert held[2024, 3].census != held[2024, 4].census
    assert shares["share"].between(0.15, 0.8).all()


def test_growth_runs_beside_its_target_and_opens_into_the_years_band() -> None:
    course = line_of(the_year(EVIDENCE, "2016Q1-Q3"), "gdp").growth
    table = growth_frame(course)
    lines = {
        name: dict(zip(line["quarters"], line["value"], strict=True))
        for name, line in table.groupby("series")
    }
    assert lines["made"] == {1: 0.08, 2: pytest.approx(lines["made"][2]), 3: 0.083}
    assert (lines["target"][4], lines["highest"][4]) == (0.081, 0.086)
    assert {lines[name][3] for name in ("low", "expected", "high")} == {0.083}
    assert lines["low"][4] < lines["expected"][4] < lines["high"][4]
    whole = growth_frame(line_of(the_year(EVIDENCE, "2016"), "gdp").growth)
    assert set(whole["series"]) == {"made", "target", "highest"}  # a year that is over has no band
    rows = frame(the_year(EVIDENCE, "2016Q1-Q3"))
    rates = rows[(rows["indicator"] == "real_gdp_growth") & (rows["statistic"] == "so_far")]
    assert dict(zip(rates["case"], rates["value"], strict=True)) == {
        f"quarters={at}": lines["made"][at] for at in (1, 2, 3)
    }
