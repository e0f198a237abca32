"""Chances of the own series and of districts' leads: counts and classes by hand, no look-ahead, as stored."""

import dataclasses
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm
from scipy.stats import t as student

from futian_model import load_evidence
from futian_model.backtest import chances, districts, own, promises
from futian_model.calibration.trends import SHARE
from futian_model.evidence.panels import DISTRICTS, SIZES

EVIDENCE = load_evidence()
KEY = ["panel", "group", "method", "event", "horizon", "chance"]
FIGURES = ["spans", "units", "independent", "said", "came", "low", "high", "brier"]


def stored(beginning: str) -> pd.DataFrame:
    table = EVIDENCE.chances
    return table[table["panel"].str.startswith(beginning)].set_index(KEY)[FIGURES].sort_index()


def same(found: pd.DataFrame, beginning: str) -> None:
    told = found.set_index(KEY)[FIGURES].sort_index().astype(float)
    pd.testing.assert_frame_equal(told, stored(beginning).astype(float), rtol=1e-4, atol=1e-9)


@pytest.fixture(scope="module")
def leads() -> pd.DataFrame:
    return districts.leads(EVIDENCE)


def test_the_stored_chances_are_what_the_code_gives(leads: pd.DataFrame) -> None:
    same(chances.own_chances(own.own_record(EVIDENCE)), chances.OWN_SERIES)
    same(chances.lead_chances(leads), DISTRICTS)


def test_so_are_the_stored_targets(leads: pd.DataFrame) -> None:
    key = ["quantity", "panel", "method", "horizon"]
    for made, beginning in (
        (promises.own_promises(EVIDENCE, own.own_record(EVIDENCE)), chances.OWN_SERIES),
        (promises.promises(leads, SHARE), DISTRICTS),
    ):
        told = EVIDENCE.promises[EVIDENCE.promises["panel"].str.startswith(beginning)]
        both = (table.set_index(key).sort_index() for table in (made, told))
        pd.testing.assert_frame_equal(*both, rtol=1e-4, atol=1e-6, check_dtype=False)


def test_a_class_rests_on_no_more_independent_spans_than_spans() -> None:
    table = EVIDENCE.chances
    assert (table["independent"] <= table["spans"]).all()
    assert (table["units"] <= table["spans"]).all()
    inside = table["low"].le(table["came"] + 1e-9) & table["high"].ge(table["came"] - 1e-9)
    assert inside[table["came"].between(0.05, 0.95)].all()


@pytest.mark.parametrize(
    ("origins", "horizon", "count"),
    [([2000], 5, 1), (range(2000, 2006), 5, 2), ([2000, 2014], 5, 2), ([2001, 2002, 2009], 1, 3), ([], 3, 0)],
)
def test_spans_that_share_a_year_count_once(origins: list[int], horizon: int, count: int) -> None:
    assert chances.apart(origins, horizon) == count


def test_own_chances_by_hand() -> None:
    # two places, three years of one-year forecasts at 5 % give or take 2; targets of 6 % in one place
    rows = [
        (geo, 1, first, came, target, 0.05, 0.02, 1e9)
        for geo, target in (("here", 0.06), ("there", np.nan))
        for first, came in ((2019, 0.07), (2020, 0.02), (2021, 0.05))
    ]
    names = ["geo", "years", "first", "outturn", "target", "location", "scale", "freedom"]
    found = chances.own_chances(pd.DataFrame(rows, columns=names)).set_index(["panel", "event", "chance"])
    doubling = found.loc[(chances.OWN_SERIES, "doubles_in_15", "50-70")]
    said = norm.sf((np.log(2) / 15 - 0.05) / 0.02)
    assert doubling[["spans", "units", "independent"]].tolist() == [6, 2, 3]
    assert doubling["said"] == pytest.approx(said, abs=1e-6)
    assert doubling["came"] == pytest.approx(4 / 6)  # 7 and 5 percent, in both places
    assert doubling["brier"] == pytest.approx((4 * (1 - said) ** 2 + 2 * said**2) / 6, abs=1e-6)
    target = found.loc[(chances.OWN_SERIES, chances.TARGET, "all")]
    assert target[["spans", "units"]].tolist() == [3, 1]
    assert target["said"] == pytest.approx(norm.sf((np.log(1.06) - 0.05) / 0.02), abs=1e-6)
    assert target["came"] == pytest.approx(1 / 3)
    assert ("own_there", chances.TARGET, "all") not in found.index
    assert found.loc[("own_here", "doubles_in_15", "all"), "spans"] == 3


def test_classes_add_up_to_all_chances() -> None:
    table = EVIDENCE.chances
    parts = table[table["chance"] != "all"].groupby(KEY[:-1])
    whole = table[table["chance"] == "all"].set_index(KEY[:-1])
    assert (parts["spans"].sum() == whole["spans"].reindex(parts["spans"].sum().index)).all()
    came = (table["came"] * table["spans"])[table["chance"] != "all"].groupby(
        [table[name] for name in KEY[:-1]]
    )
    np.testing.assert_allclose(
        came.sum() / parts["spans"].sum(), whole["came"].reindex(came.sum().index), atol=1e-4
    )


def test_districts_are_forecast_by_size_and_over_years_that_were_over(leads: pd.DataFrame) -> None:
    assert set(leads["method"]) == {"ladder", "mean_growth", "last_plan"}
    leads = leads[leads["method"] == "ladder"]
    assert set(leads["panel"]) == {f"{DISTRICTS}_{least}" for least in SIZES}
    units = leads.groupby("panel")["unit"].nunique()
    assert units.sum() == 587
    assert leads.groupby(["panel", "unit", "origin", "horizon"]).size().eq(1).all()
    assert (leads["origin"] + leads["horizon"]).max() == 2021
    # the larger the district, the narrower its band
    width = leads[leads["horizon"] == 5].groupby("panel")["scale"].median()
    by_size = [width[f"{DISTRICTS}_{least}"] for least in SIZES]
    assert all(after < before for before, after in pairwise(by_size))


def test_bands_of_leads_hold_what_they_say(leads: pd.DataFrame) -> None:
    leads = leads[leads["method"] == "ladder"]
    place = student.cdf((leads["outcome"] - leads["location"]) / leads["scale"], leads["freedom"])
    inside = pd.Series(np.abs(place - 0.5) <= 0.4, leads.index)
    held = inside.groupby([leads["panel"], leads["horizon"]]).mean().unstack()
    assert held[[1, 2, 3, 5]].stack().between(0.75, 0.9).all()


def test_later_leads_change_no_forecast() -> None:
    panels = EVIDENCE.growth_panels
    panels = panels[panels["panel"] == f"{DISTRICTS}_{max(SIZES)}"]
    last = 2014

    def forecasts(growth: pd.Series) -> pd.DataFrame:
        other = dataclasses.replace(EVIDENCE)
        other._worked_out["growth of panels",] = panels.assign(growth=growth)
        made = districts.leads(other)
        return made[made["origin"] <= last].reset_index(drop=True)

    before = forecasts(panels["growth"])
    after = forecasts(panels["growth"].where(panels["year"] <= last, 0.5))
    assert len(before) > 1000
    pd.testing.assert_frame_equal(
        before.drop(columns="outcome"), after.drop(columns="outcome"), check_exact=True
    )
    beyond = before["origin"] + before["horizon"] > last
    assert ((before["outcome"] != after["outcome"]) == beyond).all()
