"""Populations as readings: counts, second-hand estimates with their doubt, and GDP per head."""

import dataclasses
import math

import numpy as np
import pandas as pd
import pytest

from futian_model import load_evidence
from futian_model.calibration import people
from futian_model.calibration.ladder import Prior, Reading, Rung, pick
from futian_model.calibration.mixture import swing
from futian_model.calibration.trends import Frame, population
from futian_model.evidence import Evidence

EVIDENCE = load_evidence()
NOW = "2026-11"
PLACES = ("china", "shenzhen", "futian")
STOCK = "population_resident_yearend"


def with_figures(*rows: dict[str, object], without: pd.Series | None = None) -> Evidence:
    """The evidence with more figures, and without some."""
    held = EVIDENCE.observations
    held = held if without is None else held[~without]
    template = held[(held["geo"] == "shenzhen") & (held["indicator"] == STOCK)].iloc[-1].to_dict()
    more = pd.DataFrame([template | row for row in rows])
    return dataclasses.replace(EVIDENCE, observations=pd.concat([held, more], ignore_index=True))


def year_end(year: int, value: float, precision: str = "point") -> dict[str, object]:
    return {
        "geo": "futian",
        "period": str(year),
        "value": value,
        "printed": str(value),
        "precision": precision,
    }


def moved(evidence: Evidence, last: int) -> tuple[float, float]:
    """Log change of the district's people from 2020 to a year, and its doubt."""
    state, _ = population(Frame(evidence, 2020, 2035, NOW))
    start, years = 2021 - int(state.joint.years[0]), last - 2020
    mean = state.joint.mean[2, start : start + years].sum()
    spread = state.joint.covariance[2, start : start + years, 2, start : start + years].sum()
    return float(mean), math.sqrt(max(spread, 0.0))


def test_a_figure_printed_under_a_wrong_year_is_out_of_use_and_says_so():
    # 166.29 was out in June 2020 as that of the end of 2019, on the basis before the census
    rows = EVIDENCE.observations
    printed = rows[(rows["geo"] == "futian") & (rows["indicator"] == STOCK) & (rows["value"] == 166.29)]
    assert set(printed["period"]) == {"2019", "2022"}
    in_use = EVIDENCE.in_use[printed.index]
    assert printed.loc[in_use, ["period", "basis"]].to_numpy().tolist() == [["2019", "census_2010"]]
    (reason,) = EVIDENCE.replaced.query("indicator == @STOCK").to_dict("records")
    assert (reason["period"], reason["replaced_by"]) == ("2022", "wuhan_202006")


def test_second_hand_figures_are_doubted_as_much_as_such_figures_were_off():
    # of five whose official counterpart is held four agree, and one is 9 % off: 116.9 beside 107.08
    off = math.log(116.9 / 107.08)
    assert people.secondhand_sd(EVIDENCE, NOW) == pytest.approx(off / math.sqrt(5), rel=1e-3)
    assert people.secondhand_sd(EVIDENCE, "2019") == math.inf


def test_an_estimate_is_weighed_by_its_doubt():
    told = people.of_ladder(EVIDENCE, PLACES, NOW, 1991)[2].readings
    estimate = [one for one in told if one.sd > 0]
    assert [(one.first, one.last) for one in estimate] == [(2021, 2023)]
    assert 3 * estimate[0].value == pytest.approx(math.log(152.10 / 155.3225))
    assert 3 * estimate[0].sd == pytest.approx(people.secondhand_sd(EVIDENCE, NOW))
    rows = EVIDENCE.observations
    without = with_figures(
        without=(rows["geo"] == "futian") & (rows["indicator"] == STOCK) & (rows["period"] == "2023")
    )
    alone, both = moved(without, 2023), moved(EVIDENCE, 2023)
    # the normal rule: weights in inverse proportion to variances
    weight = alone[1] ** 2 / (alone[1] ** 2 + people.secondhand_sd(EVIDENCE, NOW) ** 2)
    assert both[0] == pytest.approx(alone[0] + weight * (math.log(152.10 / 155.3225) - alone[0]), abs=5e-4)
    assert both[1] == pytest.approx(math.sqrt(weight) * people.secondhand_sd(EVIDENCE, NOW), rel=0.02)


def test_a_published_year_end_counts_in_full():
    held = with_figures(year_end(2024, 150.0), year_end(2025, 151.5))
    mean, doubt = moved(held, 2025)
    assert mean == pytest.approx(math.log(151.5 / 155.3225), abs=1e-6)
    assert doubt < 1e-4


def test_gdp_over_gdp_per_head_is_the_average_population_of_a_year_without_year_end():
    rows = EVIDENCE.observations
    late = (
        (rows["geo"] == "shenzhen")
        & (rows["indicator"] == STOCK)
        & rows["period"].isin(["2023", "2024", "2025"])
    )
    (told,) = [
        one
        for one in people.of_ladder(with_figures(without=late), PLACES, "2024", 1991)[1].readings
        if one.average
    ]
    # 195,230 yuan a head of 34,606.40 in 2023, from 1766.18 at the end of 2022
    average = 34606.40 / 19.523017
    assert (told.first, told.last) == (2023, 2023)
    assert 0.5 * told.value == pytest.approx(math.log(average / 1766.18), abs=1e-5)
    # the year-end that was published later: 1779.01
    assert 1766.18 * math.exp(told.value) == pytest.approx(1779.01, rel=2e-4)
    assert not [one for one in people.of_ladder(EVIDENCE, PLACES, NOW, 1991)[1].readings if one.average]


def test_an_average_holds_half_of_its_last_year():
    years = 6
    prior = Prior(np.zeros((2, years)), np.eye(2 * years), 2020, Rung(0.01, 0.9, 0.01, 0.5), 2)
    weights = pick(Reading(1, 2021, 2023, 0.0, 0.0, average=True), prior).reshape(2, years)
    assert weights[0].tolist() == [0.0] * years
    np.testing.assert_allclose(weights[1], np.array([0, 2, 2, 1, 0, 0]) / 5)
    whole = pick(Reading(0, 2021, 2022, 0.0, 0.0), prior).reshape(2, years)
    np.testing.assert_allclose(whole[0], np.array([0, 1, 1, 0, 0, 0]) / 2)


@pytest.mark.parametrize("vintage", ["2012", "2018-03", "2020-07", "2021", "2023-06", NOW])
def test_no_exact_figure_is_implied_by_others(vintage):
    # found: at 2020-07 the span since the count of 2010 was read beside each of its years
    frame = Frame(EVIDENCE, 2010, 2035, vintage)
    years = frame.first, frame.horizon
    exact = [
        np.array(
            [
                reading.rung == rung and reading.first <= year <= reading.last
                for rung in range(3)
                for year in range(years[0], years[1] + 1)
            ],
            float,
        )
        for place in people.of_ladder(EVIDENCE, PLACES, vintage, frame.first)
        for reading in place.readings
        if not reading.sd and not reading.lower_bound
    ]
    assert exact
    assert np.linalg.matrix_rank(np.stack(exact)) == len(exact)


def test_a_reading_that_others_imply_leaves_the_size_of_shocks_as_it_was():
    frame = Frame(EVIDENCE, 2020, 2035, NOW)
    constants = list(frame.constants("population_growth").values())[:1] * 3
    means = frame.flat(*[constants[0].mean] * 3)
    grown = [0.01, 0.03, 0.02]
    readings = [Reading(2, 2011 + at, 2011 + at, value, 0.0) for at, value in enumerate(grown)]
    whole = Reading(2, 2011, 2013, float(np.mean(grown)), 0.0)
    plain, again = (swing(constants, means, rows, frame.first) for rows in (readings, [*readings, whole]))
    assert plain[1] == again[1] == 3
    assert plain[0] == pytest.approx(again[0])
    assert plain[0] > 0
