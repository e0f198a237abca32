"""Missing figures: the doubt that each leaves is what the figure, put in as a reading, would take away."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from futian_model import load_evidence
from futian_model.calibration.ladder import Reading, aided, condition
from futian_model.calibration.missing import (
    MISSING,
    Doubt,
    doubts,
    frame,
    missing_figures,
    unpublished_plans,
)
from futian_model.calibration.mixture import mixed
from futian_model.calibration.published_forecasts import of_nation
from futian_model.calibration.trends import Frame, calibrate, growth_and_prices
from futian_model.results import Row, tidy

EVIDENCE = load_evidence()
NOW = Frame(EVIDENCE, 2020, 2035, "2026")
CALIBRATION = calibrate(EVIDENCE, base_year=2020, horizon=2035, vintage="2026")
TABLE = doubts(CALIBRATION, NOW)


def row(figure, first, last, indicator, year):
    keys = ["figure", "first", "last", "indicator", "year"]
    found = TABLE.set_index(keys)[["sd", "sd_known"]]
    return dict(found.loc[(figure, first, last, indicator, year)])


def test_one_reading_of_two_years():
    # variances 1 and 4, covariance 1: given the first year, the sum keeps 4 - 1 of its 7
    doubt = Doubt(np.array([[1.0, 1.0], [1.0, 4.0]]), np.array([[1.0, 0.0], [1.0, 1.0]]))
    assert doubt.sd(1) == pytest.approx(np.sqrt(7))
    assert doubt.sd(1, np.array([[1.0, 0.0]])) == pytest.approx(np.sqrt(3))
    assert doubt.sd(0, np.eye(2)) == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize("year", [2021, 2024])
def test_it_is_the_doubt_with_the_figure_as_a_reading(year):
    """The mixture worked out again with the missing figure among its readings."""
    state = growth_and_prices(NOW).state
    edition, accuracy = of_nation(EVIDENCE, 2025, "2026")
    at = year - int(state.joint.years[0])
    told = [*state.readings, Reading(2, year, year, float(state.joint.mean[2, at]), 1e-6)]
    again = mixed(
        [
            aided(prior, told, accuracy.forecast(prior.top, edition.first, edition.growth))
            for prior in state.priors
        ]
    )

    def sd(posterior, until):
        covariance = posterior.of(2, 2021)[1][: until - 2020, : until - 2020]
        return np.sqrt(covariance.sum())

    found = row("real_gdp_growth", year, year, "real_gdp", 2025)
    assert found["sd"] == pytest.approx(sd(state.joint, 2025), rel=1e-6)
    assert found["sd_known"] == pytest.approx(sd(again, 2025), rel=0.01)


def test_the_value_of_a_figure_does_not_matter():
    prior = growth_and_prices(NOW).state.priors[0]
    low, high = (condition(prior, [Reading(2, 2021, 2021, value, 1e-4)]) for value in (0.0, 0.1))
    assert low.covariance == pytest.approx(high.covariance, abs=1e-15)


def test_more_known_is_less_doubt():
    assert (TABLE["sd_known"] <= TABLE["sd"]).all()
    together = row("real_gdp_growth", 2021, 2025, "real_gdp", 2025)
    assert together["sd_known"] < 1e-4  # nothing is left of a year whose whole growth is known
    for year in range(2021, 2026):
        for until in (2025, 2035):
            alone = row("real_gdp_growth", year, year, "real_gdp", until)
            assert alone["sd_known"] >= row("real_gdp_growth", 2021, 2025, "real_gdp", until)["sd_known"]
    share = row("headquarters_share", 2023, 2025, "headquarters_share", 2025)
    assert share["sd_known"] < 1e-4


def test_per_head_doubt_is_that_of_gdp_and_of_people():
    for year in (2025, 2035):
        gdp = row("real_gdp_growth", 2021, 2025, "real_gdp", year)["sd"]
        per_head = row("population", 2021, 2025, "real_gdp_per_capita", year)["sd"]
        count = year - 2020
        weights = np.append(np.ones(count - 1), 0.5)
        people = weights @ CALIBRATION.population.covariance()[:count, :count] @ weights
        assert per_head**2 == pytest.approx(gdp**2 + people)


def test_which_figures_are_missing():
    found = {one[:4] for one in missing_figures(CALIBRATION, NOW)}
    single = {("real_gdp_growth", year, year, 2019) for year in range(2021, 2026)}
    assert single <= found
    assert {("population", 2021, 2025, 2020), ("headquarters_share", 2023, 2025, 2022)} <= found
    # of 2025 a bound and a half year are published: neither is the year's figure
    then = dataclasses.replace(NOW, vintage="2021")
    assert list(missing_figures(CALIBRATION, then)) == []
    assert doubts(CALIBRATION, then).empty


def test_a_plan_that_only_others_have_is_missing():
    assert unpublished_plans(NOW) == ["15th"]
    assert unpublished_plans(dataclasses.replace(NOW, vintage="2024")) == []
    goals = EVIDENCE.plan_goals
    own = goals[goals["plan"] == "15th"].assign(geo="futian")
    held = dataclasses.replace(EVIDENCE, plan_goals=pd.concat([goals, own]))
    assert unpublished_plans(dataclasses.replace(NOW, evidence=held)) == []


def test_bands_close_about_their_median():
    table = pd.DataFrame(
        [
            ("population", 2021, 2025, 2020, "real_gdp", 2025, 0.2, 0.1),
            ("headquarters_share", 2023, 2025, 2022, "share", 2025, 0.2, 0.0),
            ("nothing", 2023, 2025, 2022, "not_held", 2025, 0.2, 0.0),
        ],
        columns=TABLE.columns,
    )
    held = {"real_gdp": ("亿元", (50.0, 100.0, 400.0)), "share": ("fraction", (0.4, 0.5, 0.6))}
    results = tidy(
        "here",
        "given_evidence",
        [
            Row(name, 2025, edge, value, unit)
            for name, (unit, values) in held.items()
            for edge, value in zip(("p10", "p50", "p90"), values, strict=True)
        ],
    )
    rows = frame(table, results, "here", "futian")
    assert set(rows["reading"]) == {MISSING}
    assert set(rows["indicator"]) == {"real_gdp", "share"}
    told = rows.set_index(["indicator", "statistic"])["value"]
    assert told["real_gdp"].to_dict() == pytest.approx(
        {"low": 50, "high": 400, "low_known": 100 / np.sqrt(2), "high_known": 200, "gone": 0.5}
    )
    assert told["share"].to_dict() == pytest.approx(
        {"low": 0.4, "high": 0.6, "low_known": 0.5, "high_known": 0.5, "gone": 1}
    )
