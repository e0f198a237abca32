"""The scorecard whatever the figures: on the line is on course, and more of what is wanted is never worse."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from futian_model import load_evidence
from futian_model.scorecard import OFFICIAL, PROSPECTS, STATUSES, judge, prospect
from futian_model.scorecard.course import required, straight_line, trend, way
from futian_model.scorecard.official import of_standing, tolerance
from futian_model.scorecard.outturns import Outturn

EVIDENCE = load_evidence()
FLOORS = ["gdp_2025", "headquarters_share_2025", "high_tech_firms_2025", "disposable_income_2025"]
BASES = {
    "gdp_2025": 4800.0,
    "headquarters_share_2025": 0.45,
    "high_tech_firms_2025": 1313.0,
    "disposable_income_2025": 8.3,
    "work_safety_deaths_2025": 0.01,
    "school_places_2025": 3.7,
}
RANK = {"missed": 0, "behind": 0, "at_bound": 1, "on_course": 2, "met": 3}
goals = st.sampled_from(sorted(BASES)).map(EVIDENCE.goal)
years = st.integers(2021, 2024)
shapes = st.sampled_from(["growth", "linear", "pro_rata"])
levels = st.floats(0.1, 1e4)


def held(year, value, precision="point"):
    return [Outturn(year, value, precision, "a_source", "published", value)]


@given(goals, years)
def test_on_the_straight_line_is_on_course(goal, year):
    line = judge(goal, BASES[goal.name], []).line_at(year)
    assert judge(goal, BASES[goal.name], held(year, line)).status == "on_course"


@given(goals, years, st.floats(0.3, 2.0), st.floats(0.3, 2.0), st.booleans())
def test_more_of_what_is_wanted_is_never_worse(goal, year, one, other, bound):
    base = BASES[goal.name]
    line = judge(goal, base, []).line_at(year)
    low, high = sorted((one * line, other * line))
    better, worse = (low, high) if goal.operator == "≤" else (high, low)
    precision = "lower_bound" if bound and goal.operator == "≥" else "point"
    ranks = [RANK[judge(goal, base, held(year, value, precision)).status] for value in (better, worse)]
    assert ranks[0] >= ranks[1]


@given(goals, st.floats(0.3, 2.0))
def test_a_due_goal_with_its_own_figure_is_met_or_missed(goal, times):
    target = judge(goal, BASES[goal.name], []).target
    one = judge(goal, BASES[goal.name], held(goal.year, times * target), due=True)
    assert one.status == ("met" if bool(goal.meets(times * target, target)) else "missed")


@given(st.sampled_from(FLOORS).map(EVIDENCE.goal), years, st.floats(0.3, 2.0))
def test_a_lower_bound_is_never_held_against_a_floor(goal, year, times):
    target = judge(goal, BASES[goal.name], []).target
    status = judge(goal, BASES[goal.name], held(year, times * target, "lower_bound")).status
    assert status in {"met", "on_course", "at_bound"}


@given(levels, levels, st.integers(1, 4), shapes)
def test_going_on_as_required_ends_at_the_target(base, target, elapsed, shape):
    value = straight_line(base, target, elapsed, 5, shape)
    left = required(value, target, 5 - elapsed, shape)
    reached = value * (1 + left) ** (5 - elapsed) if shape == "growth" else value + left * (5 - elapsed)
    assert reached == pytest.approx(target, rel=1e-9)


@given(levels, levels, st.lists(st.integers(1, 4), min_size=1, max_size=4, unique=True), shapes)
def test_a_trend_through_the_straight_line_ends_at_the_target(base, target, passed, shape):
    since = [0, *sorted(passed)]
    values = [straight_line(base, target, at, 5, shape) for at in since]
    if shape == "pro_rata":
        values[0] = 0.0
    assert trend(since, values, 5, shape) == pytest.approx(target, rel=1e-6)


@given(levels, levels, st.integers(0, 5))
def test_an_even_line_covers_the_way_evenly(base, target, elapsed):
    if math.isclose(base, target, rel_tol=1e-6):
        return
    line = straight_line(base, target, elapsed, 5, "linear")
    assert way(base, target, line, "linear") == pytest.approx(elapsed / 5, abs=1e-9)


def test_every_status_has_its_place():
    assert set(RANK) < set(STATUSES)


BEST = {status: rank for rank, status in enumerate(OFFICIAL)}
TIMES = st.floats(0.3, 2.0)


def evaluated(goal, value, year, precision="point"):
    standing = judge(goal, BASES[goal.name], held(year, value, precision), due=year == goal.year)
    return standing, of_standing(standing)


@given(goals, st.integers(2021, 2025), TIMES)
def test_evaluations_are_never_stricter_than_we_are(goal, year, times):
    standing, status = evaluated(goal, times * judge(goal, BASES[goal.name], []).line_at(year), year)
    if standing.status in {"met", "on_course"}:
        assert BEST[status] >= BEST["in_line"]
    if standing.status == "met" and year < goal.year:
        assert status == "early"
    if status == "lagging":
        assert standing.status in {"behind", "missed"}


@given(goals, st.integers(2021, 2025), TIMES, TIMES)
def test_more_of_what_is_wanted_is_never_called_worse(goal, year, one, other):
    line = judge(goal, BASES[goal.name], []).line_at(year)
    low, high = sorted((one * line, other * line))
    better, worse = (low, high) if goal.operator == "≤" else (high, low)
    assert BEST[evaluated(goal, better, year)[1]] >= BEST[evaluated(goal, worse, year)[1]]


@given(goals, years, st.floats(-0.999, 0.999), st.sampled_from([-1, 1]))
def test_a_quarter_of_a_year_more_or_less_is_in_line(goal, year, part, side):
    standing = judge(goal, BASES[goal.name], [])
    start = 0.0 if standing.shape == "pro_rata" else standing.base
    slack = abs(standing.target - start) * tolerance(goal.year - goal.base_year)
    near, beyond = (standing.line_at(year) + size * slack for size in (part, 1.001 * side))
    if not goal.meets(near, standing.target):
        assert evaluated(goal, near, year)[1] == "in_line"
    if not goal.meets(beyond, standing.target):
        ahead = (side > 0) == (standing.target > start)
        assert evaluated(goal, beyond, year)[1] == ("faster" if ahead else "lagging")


@given(goals, st.integers(2021, 2025), TIMES, st.floats(1.0, 3.0))
def test_what_a_lower_bound_is_called_holds_whatever_lies_above_it(goal, year, times, more):
    value = times * judge(goal, BASES[goal.name], []).line_at(year)
    status = evaluated(goal, value, year, "lower_bound")[1]
    if status:
        assert BEST[evaluated(goal, more * value, year)[1]] >= BEST[status] or status == "lagging"
    if status == "lagging":
        assert evaluated(goal, more * value, year)[1] == "lagging"


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_better_chance_is_never_a_worse_prospect(one, other):
    ranks = [PROSPECTS.index(prospect(chance)) for chance in sorted((one, other))]
    assert ranks == sorted(ranks)
