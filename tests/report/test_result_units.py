"""Units in results tables are those of their values."""

import pandas as pd
import pytest

from futian_model import PlanReport, attribute
from futian_model.backtest.frames import hit_rows
from futian_model.evidence import Evidence
from futian_model.report.writers.xlsx.numbers import unit_of
from futian_model.scenario import load_scenario

from .conftest import Report


def test_a_size_relative_to_a_level_is_a_fraction(evidence: Evidence) -> None:
    a, b = (load_scenario(name, evidence=evidence) for name in ("plan_targets", "trend_2021"))
    told = attribute(a, b, evidence, indicator="real_gdp").frame().set_index("statistic")
    assert list(told.loc["relative_size", ["unit", "price_basis"]]) == ["fraction", "none"]
    assert list(told.loc["size", ["unit", "price_basis"]]) == ["亿元", "constant"]


def test_growth_that_a_goal_still_takes_is_a_fraction_whatever_its_sign(evidence: Evidence) -> None:
    results = PlanReport("evidence_trend", "en", evidence=evidence).material.results
    units = results[
        (results["indicator"] == "gdp_double_2035") & (results["reading"] == "scorecard")
    ].set_index("statistic")["unit"]
    assert units["required"] == units["required_size"] == "fraction"
    assert units["target"] == "亿元"


def test_rates_among_counts_are_fractions() -> None:
    told = {"inside": 3.0, "windows": 4.0, "independent": 2.0, "low": 0.3, "high": 0.9}
    made = hit_rows(pd.DataFrame([{"geo": "shenzhen", "years": 1} | told]))
    assert {row.statistic: row.unit for row in made} == {
        **dict.fromkeys(("inside", "windows", "independent"), "count"),
        **dict.fromkeys(("low", "high"), "fraction"),
    }


def test_years_of_published_populations_are_years(evidence: Evidence) -> None:
    scenario = load_scenario("trend_2021", evidence=evidence)
    results = PlanReport(scenario, "en", evidence=evidence).material.results
    years = results[results["statistic"].str.endswith("_year")]
    assert len(years) > 0
    assert set(years["unit"]) == {"year"}


def test_whether_a_goal_is_met_has_no_unit() -> None:
    assert unit_of("fraction", "met").key == "none"
    assert unit_of("goals", "met").key == "goals"


@pytest.mark.parametrize(
    ("statistic", "unit"),
    [
        ("n", "count"),
        ("forecasts", "count"),
        ("units", "count"),
        ("independent", "count"),
        ("paths", "count"),
        ("windows", "count"),
        ("above", "count"),
        ("multiple", "times"),
        ("factor", "times"),
        ("first_year", "year"),
        ("median_first_year", "year"),
        ("count", "goals"),
    ],
)
def test_what_counts_dates_or_multiplies_is_no_fraction(report: Report, statistic: str, unit: str) -> None:
    results = report("trend_2021").material.results
    assert set(results.loc[results["statistic"] == statistic, "unit"]) == {unit}


def test_a_horizon_is_no_year(report: Report) -> None:
    results = report("trend_2021").material.results
    scores = results[(results["reading"] == "record") & (results["statistic"] == "forecasts")]
    assert set(scores["horizon"]) == {1, 5, 10, 15}
    assert scores["year"].isna().all()
    assert results["year"].min() > 1900


def test_what_cannot_be_judged_has_no_chance(report: Report) -> None:
    results = report("plan_targets").material.results
    rows = results[results["indicator"] == "digital_economy_share_2025"].set_index("statistic")["value"]
    chances = ["probability", "probability_se", "probability_error", "median_first_year", "reached_by"]
    assert rows[chances].isna().all()
    assert rows[["target", "central", "met"]].notna().all()
