"""Two goals of one year: which of them binds, and where that changes."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from futian_model import arithmetic
from futian_model.evidence import load_evidence
from futian_model.project import find_project

ASKED = arithmetic.requirements(load_evidence(find_project(Path(__file__).parent)))
PAIRS = arithmetic.pairs(ASKED)
DOUBLINGS = PAIRS[-1]
rates = st.floats(-0.05, 0.05)


@given(rates)
def test_of_two_doublings_the_binding_one_switches_where_population_is_flat(rate):
    assume(abs(rate) > 1e-8)
    binding = DOUBLINGS.binding(DOUBLINGS.path("any", rate))
    assert binding is (DOUBLINGS.per_head if rate > 0 else DOUBLINGS.gdp)


def test_with_population_flat_two_doublings_are_one_goal():
    flat = DOUBLINGS.path("flat", 0.0)
    assert DOUBLINGS.switch_growth == pytest.approx(0.0, abs=1e-12)
    assert DOUBLINGS.binding(flat) is None
    assert DOUBLINGS.needed(flat) == pytest.approx(DOUBLINGS.gdp.growth)


@given(st.sampled_from(PAIRS), rates)
def test_any_pair_switches_at_the_population_behind_both_goals(pair, apart):
    assume(abs(apart) > 1e-8)
    at_switch = pair.path("switch", pair.switch_growth)
    assert at_switch.end == pytest.approx(pair.target_population)
    assert pair.binding(at_switch) is None
    beside = pair.path("beside", pair.switch_growth + apart)
    assert pair.binding(beside) is (pair.per_head if apart > 0 else pair.gdp)


@given(st.sampled_from(PAIRS), rates)
def test_growth_of_gdp_is_growth_per_head_times_growth_of_population(pair, rate):
    needed = pair.needed(pair.path("any", rate))
    assert 1 + needed == pytest.approx((1 + pair.per_head.growth) * (1 + rate))


@given(rates, st.floats(50, 500))
def test_a_multiple_asks_the_same_from_every_base(rate, base):
    own, other = DOUBLINGS.path("own", rate), DOUBLINGS.path("other", rate, base)
    assert DOUBLINGS.needed(other) == pytest.approx(DOUBLINGS.needed(own), abs=1e-12)


@given(st.floats(1, 300), st.floats(1, 300))
def test_a_share_goal_splits_the_rise_of_gdp(base, more):
    goal = next(one.goal for one in ASKED if one.goal.indicator == "real_gdp")
    gdp = arithmetic.Requirement(goal, base, base + more, 0.0)
    shared = replace(goal, indicator="any_share", value=0.6)
    part = arithmetic.part(shared, 0.4, gdp)
    assert part.end == pytest.approx(0.6 * gdp.target)
    assert part.end + part.rest_end == pytest.approx(gdp.target)
    assert part.of_increase == pytest.approx((part.end - part.start) / more)
