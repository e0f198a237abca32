"""The plan's own arithmetic, worked by hand, against the library."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from futian_model import arithmetic, claims, growth, population, shares
from futian_model.errors import InputError
from futian_model.evidence import load_evidence
from futian_model.project import find_project

TABLE = Path(__file__).parent / "plan_arithmetic.csv"
CASES = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_growth_between_two_published_levels(case):
    digits = len(case["growth"].partition(".")[2])
    found = growth.cagr(float(case["start"]), float(case["end"]), float(case["years"]))
    assert abs(found - float(case["growth"])) <= 0.51 * 10**-digits


def test_population_behind_per_capita_figures():
    for gdp, per_head, people in ((4800, 28.6, 167.8), (6600, 35.7, 184.9)):
        assert round(gdp / per_head, 1) == people
        assert population.per_capita(gdp, gdp / per_head) == pytest.approx(per_head)


def test_both_doublings_leave_the_population_where_it_was():
    people_2035 = (2 * 4800) / (2 * 28.6)
    assert people_2035 == pytest.approx(4800 / 28.6)


def test_headquarters_and_rest_behind_the_share_goal():
    moved = shares.implied_growth(0.45, 0.55, 6600 / 4800 - 1)
    assert 4800 * 0.45 * (1 + moved.part) == pytest.approx(3630)
    assert 4800 * 0.55 * (1 + moved.rest) == pytest.approx(2970)
    assert growth.cagr(1, 1 + moved.part, 5) == pytest.approx(0.109, abs=5e-4)
    assert growth.cagr(1, 1 + moved.rest, 5) == pytest.approx(0.024, abs=5e-4)


def test_cumulative_growth_of_the_thirteenth_plan_is_in_constant_prices():
    # 42% over 2015-2020 is 7.3% a year, near the constant-price growth published year by year;
    # the published levels at current prices grew by 47%
    assert growth.cagr(1, 1.42, 5) == pytest.approx(0.0727, abs=1e-4)
    at_current_prices = 4800 / 3256.24
    assert at_current_prices == pytest.approx(1.474, abs=1e-3)


def test_research_spending():
    spent = 0.0145 * 4800
    assert spent == pytest.approx(69.6)


def test_two_piece_normal_against_the_published_form():
    from futian_model.uncertainty import TwoPieceNormal

    mode, sigma, skew = 2.0, 1.2, 0.5
    s = skew / sigma
    gamma = np.sqrt(1 - 4 * ((np.sqrt(1 + np.pi * s**2) - 1) / (np.pi * s**2)) ** 2)
    fan = TwoPieceNormal(mode, sigma, skew)
    lower, upper = fan.widths
    assert lower == pytest.approx(sigma / np.sqrt(1 + gamma))
    assert upper == pytest.approx(sigma / np.sqrt(1 - gamma))
    assert fan.mean == pytest.approx(mode + skew)


EVIDENCE = load_evidence(find_project(Path(__file__).parent))
ASKED = arithmetic.requirements(EVIDENCE)
PACES = {
    "gdp_2025": (4800, 6600, 0.0658),
    "gdp_per_capita_2025": (28.6, 35.7, 0.0453),
    "gdp_double_2035": (4800, 9600, 0.0473),
    "gdp_per_capita_double_2035": (28.6, 57.2, 0.0473),
}


def test_growth_of_every_goal_from_the_plans_own_table():
    assert {one.goal.name: (one.base, one.target, round(one.growth, 4)) for one in ASKED} == {
        name: pytest.approx(values) for name, values in PACES.items()
    }


def test_growth_still_needed_once_the_goals_of_2025_are_met_exactly():
    still = {stage.later.goal.name: round(stage.growth, 4) for stage in arithmetic.stages(ASKED)}
    assert still == {"gdp_double_2035": 0.0382, "gdp_per_capita_double_2035": 0.0483}


def test_population_that_the_goals_imply():
    first, last = arithmetic.pairs(ASKED)
    assert (first.year, last.year) == (2025, 2035)
    assert round(first.base_population, 1) == 167.8
    assert round(first.target_population, 1) == 184.9
    assert round(first.switch_growth, 4) == 0.0195
    assert last.target_population == pytest.approx(first.base_population)
    assert arithmetic.between(first, last) == pytest.approx((167.832 / 184.874) ** 0.1 - 1, abs=1e-6)
    census = EVIDENCE.figure(EVIDENCE.place("district"), "population_census", 2020)
    assert round(census.value, 1) == 155.3


def test_what_the_doublings_take_on_the_plans_own_populations():
    first, last = arithmetic.pairs(ASKED)
    needed = {path.name: round(last.needed(path), 4) for path in arithmetic.plan_paths(last, first)}
    # 2 * 1.019530^15, 2 * 184.874 / 167.832, and 2, each to the power of 1/15
    assert needed == {"flat": 0.0473, "plan": 0.0677, "plan_held": 0.0541}
    assert [path.name for path in arithmetic.plan_paths(first, first)] == ["flat", "plan"]


def test_a_goal_that_is_a_level_depends_on_the_census_it_is_counted_on():
    first, _ = arithmetic.pairs(ASKED)
    on_census = first.path("census", 0.0, 155.3225)
    assert first.needed(on_census) == pytest.approx((35.7 * 155.3225 / 4800) ** 0.2 - 1)


def test_parts_and_rests_behind_the_share_goals():
    parts = {part.goal.name: part for part in arithmetic.parts(EVIDENCE, ASKED)}
    headquarters, digital = parts["headquarters_share_2025"], parts["digital_economy_share_2025"]
    assert (headquarters.start, headquarters.end) == pytest.approx((2160, 3630))
    assert (headquarters.rest_start, headquarters.rest_end) == pytest.approx((2640, 2970))
    assert round(headquarters.growth, 3) == 0.109
    assert round(headquarters.rest_growth, 3) == 0.024
    assert (digital.start, digital.end) == pytest.approx((192, 660))
    assert round(digital.growth, 2) == 0.28


def test_the_plans_cuts_overlap_and_are_refused_as_a_sum():
    cuts = arithmetic.cuts(EVIDENCE, "futian_14fyp", 2020)
    assert {cut.figure.indicator: cut.figure.value for cut in cuts} == pytest.approx(
        {
            "modern_services_share": 0.72,
            "headquarters_share": 0.45,
            "finance_share": 0.4,
            "digital_economy_share": 0.04,
        }
    )
    assert all(len(cut.overlaps) == len(cuts) - 1 for cut in cuts)
    one, other, least = arithmetic.least_in_both(cuts)
    assert (one.figure.indicator, other.figure.indicator) == ("modern_services_share", "headquarters_share")
    assert least == pytest.approx(0.17)
    assert arithmetic.least_in_both(cuts[2:]) is None


def test_what_the_plan_says_of_the_past_against_other_published_figures():
    found = {(claim.kind, claim.first): claim for claim in claims.claims(EVIDENCE, "futian_14fyp")}
    five, thirty = found["levels", 2015], found["levels", 1990]
    assert round(five.values["found"], 3) == 0.474
    assert round(five.values["implied_prices"], 4) == 0.0075
    assert round(thirty.values["found"], 3) == 0.174
    assert five.verdict == thirty.verdict == claims.OTHER_BASIS
    times = found["multiple", 1990]
    assert (round(times.values["low"], 3), round(times.values["high"], 3)) == (0.137, 0.138)
    people = found["people", 2015]
    assert people.values["people"] == pytest.approx(4800 / 28.6 * 1.19 / 1.42)
    assert 135.71 < people.values["people"] < 150.17
    spent = found["spending", 2020]
    assert spent.values["product"] == pytest.approx(69.6)
    assert {times.verdict, people.verdict, spent.verdict} == {claims.CONSISTENT}
    assert len(found) == 5


def test_a_claim_beyond_the_digits_printed_is_inconsistent():
    rows = EVIDENCE.observations
    moved = rows.assign(value=rows["value"].mask(rows["indicator"] == "rd_expenditure", 75.0))
    doubted = replace(EVIDENCE, observations=moved)
    found = {claim.kind: claim.verdict for claim in claims.claims(doubted, "futian_14fyp")}
    assert found["spending"] == claims.INCONSISTENT


def test_a_goal_without_a_base_level_in_the_plan_is_refused():
    goals = EVIDENCE.goals.assign(base_value=np.nan)
    with pytest.raises(InputError, match=r"gdp_2025\.base_value.*whose level of 2020 the plan states"):
        arithmetic.requirements(replace(EVIDENCE, plan_goals=goals))
