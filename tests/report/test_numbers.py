"""How each kind of number is written, against examples written by hand."""

import pytest

from futian_model.errors import UnknownName
from futian_model.report.words.numbers import RULES, Ledger, Number, chance_rule

from .conftest import Report

WRITTEN = [
    ("gdp", 6600.0, "6,600亿元", "RMB\xa0660.0\xa0bn"),
    ("gdp", 39.0, "39.0亿元", "RMB\xa03.9\xa0bn"),
    ("gdp_bare", 6600.4, "6,600", "660.0"),
    ("per_capita", 35.7, "35.7万元", "RMB\xa0357,000"),
    ("per_capita", 28.604, "28.6万元", "RMB\xa0286,000"),
    ("per_capita_bare", 35.7, "35.7", "357,000"),
    ("people", 155.3225, "155.3万人", "1.553\xa0million"),
    ("people_bare", 167.832, "167.8", "1.678"),
    ("share", 0.55, "55.0%", "55.0%"),
    ("share_bare", 0.55, "55.0", "55.0"),
    ("growth", 0.06576, "6.58%", "6.58%"),
    ("growth", -0.0123, "−1.23%", "−1.23%"),
    ("growth", -0.00001, "0.00%", "0.00%"),
    ("growth_size", -0.0123, "1.23%", "1.23%"),
    ("growth_coarse", 0.0504, "5.0%", "5.0%"),
    ("percent", 0.8226, "82%", "82%"),
    ("plain", 0.0, "0", "0"),
    ("plain", 0.007, "0.007", "0.007"),
    ("plain", 542.3, "542.3", "542.3"),
    ("plain", 1587.84, "1,588", "1,588"),
    ("plain", 12345.6, "12,346", "12,346"),
    ("plain_signed", 12.5, "+12.5", "+12.5"),
    ("plain_signed", -400.0, "−400", "−400"),
    ("percentile", 0.19, "19", "19th"),
    ("percentile", 0.423, "42", "42nd"),
    ("percentile", 0.12, "12", "12th"),
    ("people_gap", -2.5, "−2.5万人", "−0.025\xa0million"),
    ("plain_percent", 0.0145, "1.45%", "1.45%"),
    ("plain_percent", 0.45, "45%", "45%"),
    ("plain_factor", 1.0, "1倍", "1\xa0times"),
    ("plain_factor", 2.25, "2.25倍", "2.25\xa0times"),
    ("probability", 0.365, "37%", "37%"),
    ("probability", 0.0, "<1%", "<1%"),
    ("probability", 0.9951, ">99%", ">99%"),
    ("probability_tenth", 0.38461, "38.5%", "38.5%"),
    ("probability_tenth", 0.0004, "<0.1%", "<0.1%"),
    ("probability_five", 0.382, "40%", "40%"),
    ("probability_ten", 0.97, ">90%", ">90%"),
    ("probability_ten", 0.34, "30%", "30%"),
    ("odds", 0.02, "极小", "less than one in twenty"),
    ("odds", 0.07, "不足一成", "less than one in ten"),
    ("odds", 0.12, "约一成", "about one in ten"),
    ("odds", 0.25, "约三成", "about three in ten"),
    ("odds", 0.71, "约七成", "about seven in ten"),
    ("odds", 0.949, "约九成", "about nine in ten"),
    ("odds", 0.97, "超过九成五", "more than nineteen in twenty"),
    ("gdp_size", -1991.8, "1,992亿元", "RMB\xa0199.2\xa0bn"),
    ("per_capita_size", -0.94, "0.9万元", "RMB\xa09,400"),
    ("people_size", -2.5, "2.5万人", "0.025\xa0million"),
    ("share_size", -0.109, "10.9个百分点", "10.9\xa0points"),
    ("change_coarse_size", -0.1934, "19.3%", "19.3%"),
    ("points_bare", -0.109, "−10.9", "−10.9"),
    ("factor", 2.0, "2.00倍", "2.00\xa0times"),
    ("index", 1.4329, "1.433", "1.433"),
    ("ratio", 4.84, "4.84", "4.84"),
    ("ratio", -0.4, "−0.40", "−0.40"),
    ("change", -0.0337, "−3.37%", "−3.37%"),
    ("change_coarse", 0.15, "+15.0%", "+15.0%"),
    ("change_coarse", -0.0163, "−1.6%", "−1.6%"),
    ("change_bare", -0.0163, "−1.6", "−1.6"),
    ("change_bare", 0.0, "0.0", "0.0"),
    ("change_size", -0.0337, "3.37%", "3.37%"),
    ("count", 10000.0, "10,000", "10,000"),
    ("year", 2035, "2035", "2035"),
    ("gdp_gap", -535.9, "−536亿元", "−RMB\xa053.6\xa0bn"),
    ("gdp_gap", 2688.3, "+2,688亿元", "+RMB\xa0268.8\xa0bn"),
    ("gdp_gap", 0.0, "0.0亿元", "RMB\xa00.0\xa0bn"),
    ("per_capita_gap", -16.28, "−16.3万元", "−RMB\xa0162,800"),
    ("per_capita_gap", 0.001, "0.0万元", "RMB\xa00"),
    ("gdp", -535.9, "−536亿元", "−RMB\xa053.6\xa0bn"),
    ("gdp_gap_bare", -535.9, "−536", "−53.6"),
    ("per_capita_gap_bare", 16.28, "+16.3", "+162,800"),
    ("people_gap_bare", 2.5, "+2.5", "+0.025"),
    ("count", -3.0, "−3", "−3"),
    ("points", -0.0765, "−7.6个百分点", "−7.6\xa0points"),
    ("points", 0.0, "0.0个百分点", "0.0\xa0points"),
    ("points_bare", 0.015, "+1.5", "+1.5"),
    ("growth_points", 0.0179, "+1.79个百分点", "+1.79\xa0points"),
    ("error_points", 0.1, "10个百分点", "10\xa0points"),
    ("size_growth_points", 0.0238, "2.38个百分点", "2.38\xa0points"),
    ("size_growth_points", -0.0091, "0.91个百分点", "0.91\xa0points"),
    ("deviations", -0.4, "−0.40", "−0.40"),
    ("deviations", 1.5, "+1.50", "+1.50"),
    ("size_points", 0.0478, "4.8个百分点", "4.8\xa0points"),
]


@pytest.mark.parametrize(("rule", "value", "chinese", "english"), WRITTEN)
def test_a_number_is_written_by_its_rule(rule: str, value: float, chinese: str, english: str) -> None:
    assert Number(value, rule).text("zh") == chinese
    assert Number(value, rule).text("en") == english


def test_every_rule_has_an_example() -> None:
    assert {rule for rule, *_ in WRITTEN} == set(RULES)


@pytest.mark.parametrize(
    ("draws", "rule"),
    [
        (100, "probability_five"),
        (20, "probability_ten"),
        (10_000, "probability"),
        (1_000_000, "probability_tenth"),
    ],
)
def test_a_chance_has_no_more_digits_than_its_error_allows(draws: int, rule: str) -> None:
    assert chance_rule((0.25 / draws) ** 0.5) == rule


def test_an_unknown_rule_or_row_is_refused(report: Report) -> None:
    with pytest.raises(UnknownName, match="unknown gpd"):
        Number(1.0, "gpd").text("zh")
    ledger = Ledger(report("trend_2021").material.results)
    with pytest.raises(UnknownName, match=r"unknown given_scenario real_gdp 2050 central"):
        ledger.number("gdp", "given_scenario", "real_gdp", 2050, "central")
