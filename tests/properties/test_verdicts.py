"""Verdicts whatever the target: a higher one is never easier, and chance and estimate agree."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from futian_model import load_evidence
from futian_model.scorecard import UNLIKELY, Verdict, overall, verdicts
from futian_model.scorecard.outturns import seen_at

EVIDENCE = load_evidence()
GDP, SHARE = EVIDENCE.goal("gdp_2025"), EVIDENCE.goal("headquarters_share_2025")
KNOWN = seen_at(EVIDENCE, 2020, "2026")
RANK = {"missed_so_far": 0, "open": 1, "met_so_far": 2, "met": 3}


def judged(target: float) -> tuple[Verdict, ...]:
    return verdicts(EVIDENCE, replace(GDP, value=target), calibration=KNOWN)


@settings(deadline=None)
@given(st.floats(4000, 9000), st.floats(4000, 9000))
def test_a_higher_target_is_never_easier(one: float, other: float) -> None:
    low, high = (judged(target) for target in sorted((one, other)))
    for easier, harder in zip(low, high, strict=True):
        assert RANK[easier.status] >= RANK[harder.status]
        if harder.status != "met" and easier.status != "met":
            assert easier.chance >= harder.chance
            assert easier.expected == pytest.approx(harder.expected)


@settings(deadline=None)
@given(st.floats(4000, 9000))
def test_the_status_follows_from_bound_and_chance(target: float) -> None:
    for one in judged(target):
        if one.value >= target:
            assert (one.status, one.gap) == ("met", pytest.approx(one.value - target))
            continue
        assert one.gap != one.gap  # nobody knows by how much a bound below was missed
        assert (one.status == "missed_so_far") == (one.chance < UNLIKELY)
        assert (one.status == "met_so_far") == (one.chance > 1 - UNLIKELY)
        assert (one.chance > 0.5) == (one.expected > target)
    assert overall(judged(target)) in {*RANK, "by_reading"}


@settings(deadline=None)
@given(st.floats(0.05, 0.95))
def test_a_share_without_a_figure_of_its_year_is_not_judged(target: float) -> None:
    (one,) = verdicts(EVIDENCE, replace(SHARE, value=target), calibration=KNOWN)
    assert one.status == "not_published"
    assert 0 <= one.chance <= 1
    assert (one.chance > 0.5) == (one.expected > target)
