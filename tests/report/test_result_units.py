"""Units in results tables are those of their values."""

import pandas as pd

from futian_model import ArithmeticReport, ScorecardReport, attribute
from futian_model.evidence import Evidence
from futian_model.report.pages.backtest.rows import hit_rows
from futian_model.report.sections.attribution import rows
from futian_model.report.writers.xlsx.results import says_little
from futian_model.report.writers.xlsx.series import Series
from futian_model.report.writers.xlsx.units import unit_of
from futian_model.scenario import load_scenario


def test_a_size_relative_to_a_level_is_a_fraction(evidence: Evidence) -> None:
    a, b = (load_scenario(name, evidence=evidence) for name in ("plan_targets", "evidence_trend"))
    told = rows(attribute(a, b, evidence, indicator="real_gdp")).set_index("statistic")
    assert list(told.loc["central_relative_size", ["unit", "price_basis"]]) == ["fraction", "none"]
    assert list(told.loc["central_size", ["unit", "price_basis"]]) == ["亿元", "constant"]


def test_growth_that_a_goal_still_takes_is_a_fraction_whatever_its_sign(evidence: Evidence) -> None:
    results = ScorecardReport("en", evidence).material.results
    units = results[results["indicator"] == "gdp_2025"].set_index("statistic")["unit"]
    assert units["required"] == units["required_size"] == "fraction"
    assert units["target"] == "亿元"


def test_rates_among_counts_are_fractions() -> None:
    told = {"inside": 3.0, "windows": 4.0, "independent": 2.0, "low": 0.3, "high": 0.9}
    made = hit_rows(pd.DataFrame([{"role": "city", "years": 1} | told]))
    assert {statistic: unit for _, _, statistic, _, unit, _ in made} == {
        **dict.fromkeys(("inside", "windows", "independent"), "count"),
        **dict.fromkeys(("low", "high"), "fraction"),
    }


def test_years_of_published_populations_are_years(evidence: Evidence) -> None:
    scenario = load_scenario("evidence_trend", evidence=evidence)
    results = ArithmeticReport(scenario, "en", evidence=evidence).material.results
    years = results[results["statistic"].str.endswith("_year")]
    assert len(years) > 0
    assert set(years["unit"]) == {"year"}


def test_a_row_of_several_units_bears_the_one_that_says_most() -> None:
    def told(unit: str, statistic: str) -> Series:
        return Series("scorecard", "a_goal", unit, "none", statistic)

    level, own, part = told("亿元", "base"), told("件", "outturn"), told("fraction", "way")
    assert min([part, own, level], key=says_little) == level
    assert min([part, own], key=says_little) == own


def test_whether_a_goal_is_met_has_no_unit() -> None:
    assert unit_of("fraction", "met").key == "none"
    assert unit_of("goals", "met").key == "goals"
