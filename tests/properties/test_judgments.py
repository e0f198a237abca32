"""Judgments of any size and span: they add up, nothing else moves, and a larger one is no more plausible."""

import dataclasses
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from futian_model import load_evidence, load_scenario
from futian_model.drivers import drivers, judge, judged_growth
from futian_model.project import find_project
from futian_model.scenario.judgments import LARGEST, Judgment
from futian_model.simulation import calibrated

EVIDENCE = load_evidence(find_project(Path(__file__).parent))
PLAIN = load_scenario("trend_2021", EVIDENCE.project, evidence=EVIDENCE)
CALIBRATION = calibrated(PLAIN, EVIDENCE)
FIRST, LAST = 2021, 2035
ON = ("growth", "population", "deflator", "headquarters_share")
SIZES = st.floats(-LARGEST, LARGEST).filter(lambda size: abs(size) > 1e-6)


@st.composite
def judgments(draw, sizes=SIZES):
    start, end = sorted([draw(st.integers(FIRST, LAST)), draw(st.integers(FIRST, LAST))])
    return Judgment(
        on=draw(st.sampled_from(ON)),
        start=start,
        end=draw(st.sampled_from([end, None])),
        size=draw(sizes),
        author="王敏",
        date="2026-03-15",
        reason={"zh": "理由", "en": "Why"},
    )


LEDGERS = st.dictionaries(st.sampled_from("abcdef"), st.none() | judgments(), max_size=5)


def scenario(ledger):
    return dataclasses.replace(PLAIN, judgments=ledger)


def added(ledger, on):
    return judged_growth(scenario(ledger), CALIBRATION, on)


def rules(ledger):
    return {one.name: {excess.rule for excess in one.beyond} for one in judge(scenario(ledger), CALIBRATION)}


@given(LEDGERS, st.sampled_from(ON))
def test_together_they_move_what_each_moves_alone(ledger, on):
    alone = [added({name: one}, on) for name, one in ledger.items()]
    np.testing.assert_allclose(added(ledger, on), np.sum([np.zeros(15), *alone], axis=0), atol=1e-12)


@given(judgments())
def test_one_moves_its_own_driver_in_its_own_years_alike(judgment):
    years = np.arange(FIRST, LAST + 1)
    within = (years >= judgment.start) & (years <= judgment.last)
    for on in ON:
        size = judgment.size * CALIBRATION.trends()[on].shock_sd if on == judgment.on else 0.0
        np.testing.assert_array_equal(added({"a": judgment}, on), np.where(within, size, 0.0))


@settings(max_examples=25, deadline=None)
@given(judgments())
def test_what_one_adds_its_opposite_takes(judgment):
    back = judgment.model_copy(update={"size": -judgment.size})
    paths = drivers(PLAIN, EVIDENCE, CALIBRATION, "given_scenario").centre
    for ledger in ({"a": judgment, "b": back}, {"a": None}, {}):
        found = drivers(scenario(ledger), EVIDENCE, CALIBRATION, "given_scenario").centre
        for name, path in paths.items():
            np.testing.assert_allclose(found[name], path, rtol=0, atol=1e-15)


@settings(deadline=None)
@given(LEDGERS)
def test_the_other_way_round_the_verdict_is_the_same(ledger):
    turned = {name: one and one.model_copy(update={"size": -one.size}) for name, one in ledger.items()}
    assert rules(turned) == rules(ledger)


@settings(deadline=None)
@given(judgments(st.floats(0.01, 4)), st.floats(1, 2))
def test_a_larger_one_breaks_no_fewer_rules(judgment, factor):
    larger = judgment.model_copy(update={"size": judgment.size * factor})
    assert rules({"a": judgment})["a"] <= rules({"a": larger})["a"]


@settings(deadline=None)
@given(judgments())
def test_cut_in_two_it_is_judged_as_the_whole(judgment):
    whole = rules({"a": judgment})["a"]
    half = judgment.model_copy(update={"size": judgment.size / 2})
    for told in rules({"a": half, "b": half}).values():
        assert told == whole


@settings(deadline=None)
@given(LEDGERS)
def test_the_order_of_the_ledger_does_not_matter(ledger):
    turned = dict(reversed(ledger.items()))
    assert rules(turned) == rules(ledger)
