"""Operators of goals: what meets has no gap, at least mirrors at most, and what is exact has its rounding."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from futian_model import load_evidence
from futian_model.errors import InputError
from futian_model.evidence.operators import OPERATORS, operator, printed
from futian_model.scorecard import judge
from futian_model.scorecard.outturns import Outturn

EVIDENCE = load_evidence()
AT_LEAST, AT_MOST, EXACT = operator("≥"), operator("≤"), operator("=")
signs = st.sampled_from(sorted(OPERATORS)).map(operator)
numbers = st.floats(-1e6, 1e6)
tolerances = st.floats(0, 1e3)


@given(signs, st.lists(numbers, min_size=1), numbers, tolerances)
def test_a_value_meets_a_target_exactly_where_it_leaves_no_gap(sign, values, target, tolerance):
    met, gap = sign.interval(target, tolerance).meets(values), sign.interval(target, tolerance).gap(values)
    assert (met == (gap <= 0)).all()
    assert gap.shape == (len(values),)


@given(numbers, numbers)
def test_at_least_mirrors_at_most(value, target):
    assert AT_LEAST.interval(target).meets(value) == AT_MOST.interval(-target).meets(-value)
    assert AT_LEAST.interval(target).gap(value) == AT_MOST.interval(-target).gap(-value)


@given(numbers, numbers, tolerances)
def test_exact_is_at_least_and_at_most(value, target, tolerance):
    low, high = EXACT.interval(target, tolerance)
    assert EXACT.interval(target, tolerance).meets(value) == (
        AT_LEAST.interval(low).meets(value) and AT_MOST.interval(high).meets(value)
    )
    assert EXACT.interval(target, tolerance).gap(value) == max(
        AT_LEAST.interval(low).gap(value), AT_MOST.interval(high).gap(value)
    )


@given(st.integers(1, 10**6), st.integers(0, 4))
def test_what_rounds_to_the_printed_target_meets_it(whole, digits):
    text = f"{whole / 10**digits:.{digits}f}"
    low, high = printed(text)
    inside = np.linspace(low, high, 7)[1:-1]
    assert {f"{value:.{digits}f}" for value in inside} == {text}
    assert f"{low - (high - low) / 10:.{digits}f}" != text != f"{high + (high - low) / 10:.{digits}f}"


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("35.7", (35.65, 35.75)),
        ("6600", (6599.5, 6600.5)),
        ("3,200吨", (3199.5, 3200.5)),
        ("60–65", (60, 65)),
        ("5%-6.5%", (5, 6.5)),
        ("60至65", (60, 65)),
        ("翻一番", None),
    ],
)
def test_what_a_printed_target_stands_for(text, ends):
    assert printed(text) == (None if ends is None else pytest.approx(ends))


def test_an_unknown_operator_is_refused():
    with pytest.raises(InputError, match=r"operator = '>='; allowed: ≤, ≥, ="):
        dataclasses.replace(EVIDENCE.goal("gdp_2025"), operator=">=")


@pytest.mark.parametrize(
    ("year", "value", "precision", "status"),
    [
        (2023, 6000.0, "point", "on_course"),
        (2023, 5000.0, "point", "behind"),
        (2023, 6640.0, "point", "met"),
        (2023, 6900.0, "point", "behind"),  # beyond the range there is no way back by growing
        (2023, 6500.0, "lower_bound", "at_bound"),
        (2025, 6900.0, "point", "missed"),
        (2025, 6900.0, "lower_bound", "missed"),
        (2025, 6640.0, "lower_bound", "at_bound"),
        (2025, 6560.0, "point", "met"),
    ],
)
def test_a_range_is_judged_as_a_range(year, value, precision, status):
    wanted = dataclasses.replace(EVIDENCE.goal("gdp_2025"), operator="=", tolerance=50.0)
    held = [Outturn(year, value, precision, "a_source", "published", value)]
    assert judge(wanted, 4800.0, held, due=year == 2025).status == status
