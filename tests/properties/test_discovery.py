"""Boxes that are there are found, noise gives none, and what was drawn is what the paths were drawn from."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from futian_model import goals, simulate
from futian_model.errors import InputError
from futian_model.evidence import load_evidence
from futian_model.project import find_project
from futian_model.scenario import load_scenario
from futian_model.sensitivity import BOX, FEW, LEFT, NOTHING, SETTLED, Drawn, discover, prim
from futian_model.sensitivity.discovery import COVERED, LUCK, needed, separated
from futian_model.sensitivity.drawn import drawn, sizes
from futian_model.uncertainty import blocks

EVIDENCE = load_evidence(find_project(Path(__file__).parent))


def of(name, **more):
    return simulate(load_scenario(name, EVIDENCE.project, evidence=EVIDENCE), EVIDENCE, **more)


def noise(seed, draws=4000, inputs=6):
    chance = np.random.default_rng(seed)
    values = chance.standard_normal((draws, inputs))
    values[:, -1] = chance.integers(0, 5, draws)
    return chance, [Drawn(f"input {at}", 2021, 2035, column) for at, column in enumerate(values.T)]


def told(found):
    return {one.input.name: (one.low, one.high) for one in found.conditions}


def test_a_box_of_two_inputs_is_found():
    chance, inputs = noise(1)
    first, last = inputs[0].values, inputs[-1].values
    missed = (first < -0.3) & (last >= 2) ^ (chance.random(4000) < 0.03)
    found = separated(inputs, missed)
    assert (found.status, found.misses) == (BOX, True)
    limits = told(found)
    assert set(limits) == {"input 0", "input 5"}
    assert limits["input 0"] == (-np.inf, pytest.approx(-0.3, abs=0.08))
    assert limits["input 5"] == (2.0, np.inf)
    assert found.density > 0.9
    assert found.coverage > 0.85
    assert all(one.chance < 1e-10 for one in found.conditions)


def test_one_input_suffices_where_it_settles_everything():
    _, inputs = noise(2)
    missed = inputs[3].values > 0.5
    found = separated(inputs, missed)
    assert told(found) == {"input 3": (pytest.approx(0.5, abs=0.04), np.inf)}
    assert found.coverage > 0.97
    assert found.density > 0.97


def test_both_ends_of_an_input():
    _, inputs = noise(3)
    found = separated(inputs, np.abs(inputs[0].values) < 0.6)
    low, high = told(found)["input 0"]
    assert (low, high) == (pytest.approx(-0.6, abs=0.1), pytest.approx(0.6, abs=0.1))


def test_where_nearly_all_miss_success_is_described():
    _, inputs = noise(4)
    missed = inputs[0].values < 1.1  # 86 %
    found = separated(inputs, missed)
    assert (found.status, found.misses) == (BOX, False)
    assert told(found) == {"input 0": (pytest.approx(1.1, abs=0.06), np.inf)}


@pytest.mark.parametrize("part", [0.03, 0.2, 0.5, 0.65, 0.79, 0.9])
@pytest.mark.parametrize("draws", [500, 2000])
def test_noise_separates_nothing(part, draws):
    for seed in range(8):
        chance, inputs = noise(100 + seed, draws)
        found = separated(inputs, chance.random(draws) < part)
        assert found.status in (NOTHING, FEW), (seed, told(found))
        assert found.conditions == ()
        assert np.isnan(found.density)


def test_what_separates_too_little_is_not_told():
    chance, inputs = noise(5)
    # the odds move, but no condition is right in eight cases of ten
    assert separated(inputs, chance.random(4000) < 0.3 + 0.2 * (inputs[0].values < 0)).status == NOTHING
    # a condition that is always right, for a fifth of the misses
    missed = (inputs[0].values < -1.8) | (chance.random(4000) < 0.15)
    assert separated(inputs, missed).status == NOTHING


def test_what_hardly_ever_happens_is_settled_and_few_draws_are_told():
    chance, inputs = noise(6)
    always = chance.random(4000) < 0.99
    assert separated(inputs, always).status == SETTLED
    assert separated(inputs, ~always).status == SETTLED
    assert separated([], chance.random(4000) < 0.5).status == NOTHING
    short = [one._replace(values=one.values[:300]) for one in inputs]
    assert separated(short, short[0].values < 0).status == FEW
    rare = [one._replace(values=one.values[:1000]) for one in inputs]
    assert separated(rare, chance.random(1000) < 0.05).status == FEW


@pytest.mark.parametrize(("part", "density"), [(0.1, 0.8), (0.6, 0.8), (0.7, 0.85), (0.8, 0.9)])
def test_density_that_a_box_needs(part, density):
    assert needed(part) == pytest.approx(density)


@given(st.integers(0, 2**32 - 1), st.floats(0.02, 0.3))
def test_peeling_only_ever_shrinks_and_grows_denser(seed, alpha):
    chance = np.random.default_rng(seed)
    inputs = np.column_stack([chance.standard_normal((300, 2)), chance.integers(0, 4, 300)])
    outcome = chance.random(300) < 0.2 + 0.5 * (inputs[:, 0] > 0)
    fits = [prim.judged(box, inputs, outcome) for box in prim.peel(inputs, outcome, alpha=alpha)]
    assert fits[0] == (1.0, outcome.mean(), 300)
    for before, after in pairwise(fits):
        assert after.inside < before.inside
        assert after.density > before.density


def test_an_end_value_goes_as_a_whole():
    # nine in ten have the least value: a peel of 5 % takes them all, or none
    values = np.repeat([0.0, 1.0], [90, 10])[:, None]
    boxes = list(prim.peel(values, values[:, 0] > 0))
    assert [dict(box) for box in boxes] == [{}, {0: prim.Limit(1.0, np.inf)}]
    assert list(prim.peel(np.zeros((50, 1)), np.arange(50) < 25)) == [{}]


def test_chances_are_one_sided_binomial_tests():
    chance = np.random.default_rng(7)
    inputs = chance.standard_normal((1000, 2))
    outcome = chance.random(1000) < 0.3 + 0.4 * (inputs[:, 0] > 0)
    box = {0: prim.Limit(0.0, np.inf), 1: prim.Limit(-np.inf, 1.0)}
    held = prim.inside(box, inputs)
    for column, found in prim.chances(box, inputs, outcome).items():
        wider = prim.inside(prim.without(box, [column]), inputs)
        test = binomtest(int(outcome[held].sum()), int(held.sum()), outcome[wider].mean(), "greater")
        assert found == pytest.approx(test.pvalue)
    assert prim.chances(box, inputs, outcome)[0] < 1e-6 < LUCK < prim.chances(box, inputs, outcome)[1]


@pytest.fixture(scope="module")
def leaving(tmp_path_factory):
    """A scenario in which groups come, leave one by one and all at once, with spillovers; and its result."""
    file = tmp_path_factory.mktemp("own") / "own.yaml"
    file.write_text(
        "id: own\ntitle: {zh: 自拟, en: Own}\ndescription: {zh: 试验。, en: A trial.}\n"
        "extends: headquarters_leave\n"
        "assumptions: {vintage: '2021', gdp_source: futian_14fyp, population_source: futian_14fyp}\n"
        "levers: {firms: {relocation: 0.03, entry: 0.02, spillover: 0.1}}\n",
        "utf-8",
    )
    return simulate(load_scenario(file, EVIDENCE.project, evidence=EVIDENCE), EVIDENCE, draws=5000)


def test_what_was_drawn_is_that_of_the_scenario_without_groups(leaving):
    plain = of("trend_2021", draws=5000)
    own = {(one.name, one.end): one.values for one in drawn(leaving, [2025, 2035])}
    bare = {(one.name, one.end): one.values for one in drawn(plain, [2025, 2035])}
    assert {name for name, _ in own} == {name for name, _ in bare} | {"tail", "groups", LEFT}
    for name, values in bare.items():
        assert own[name] == pytest.approx(values, abs=1e-12)
    grown = np.log(plain.at("real_gdp", 2035) / plain.at("real_gdp", 2025)) / 10
    assert np.log1p(bare["growth", 2035]) == pytest.approx(grown)


def test_groups_are_those_that_the_paths_were_drawn_with(leaving):
    _, groups = leaving.driven.firms
    silent = replace(groups, entry=np.zeros_like(groups.entry))
    made = sizes(silent, leaving.seed, leaving.draws)
    parts = [silent.drawn(leaving.seed, block)[:length] for block, length in blocks(leaving.draws)]
    kept = np.concatenate(parts)
    assert np.array_equal(made.kept, kept)
    # rebuilt from numbers, exponents and years of leaving alone
    rank = np.arange(1, made.gone.shape[1] + 1)
    held = np.where(rank <= made.number[:, None], rank ** -made.tail[:, None], 0.0)
    whole = np.array([(np.arange(1, n + 1) ** -t).sum() for n, t in zip(made.number, made.tail, strict=True)])
    held = held / whole[:, None]
    for year in (1, 8, 15):
        staying = np.where(made.gone > year, held, 0.0).sum(axis=1)
        rest = (1 - held.sum(axis=1)) * (1 - groups.relocation) ** year
        assert kept[:, year] == pytest.approx(staying + rest, abs=2e-5)
    left = next(one for one in drawn(leaving, [2035]) if one.name == LEFT)
    assert left.values.min() >= 3  # those of the event are gone in every path
    assert left.values.max() <= 10


def test_a_goal_that_growth_settles_hangs_on_the_growth_it_requires():
    result = of("trend_2021", reading="given_evidence", draws=6000)
    goal = EVIDENCE.goal("gdp_2025")
    found = discover(result, goal)
    assert told(found) == {
        "growth": (-np.inf, pytest.approx(goals.assess(result, goal).required_growth, abs=6e-4))
    }
    assert found.missed == pytest.approx(1 - result.probability(goal))
    assert min(found.coverage, found.density) > 0.97


def test_several_goals_are_missed_where_one_is():
    result = of("plan_targets", draws=6000)
    # goals per head hang on population as well: three inputs are too few for a box of all goals
    asked = [one for one in goals.within_reach(result, EVIDENCE) if "per_capita" not in one.indicator]
    assert len(asked) > 2
    found = discover(result, asked)
    assert found.missed == pytest.approx(1 - result.together(asked)[0])
    assert (found.status, found.misses) == (BOX, False)
    assert {one.input.name for one in found.conditions} == {"growth", "headquarters_share"}
    assert found.coverage >= COVERED


def test_spans_end_with_the_goal_and_the_base_year_starts_them():
    result = of("trend_2021", draws=2000)
    spans = [(one.start, one.end) for one in drawn(result, [2025, 2030, 2035]) if one.name == "growth"]
    assert spans == [(2021, 2025), (2026, 2030), (2031, 2035)]
    found = discover(result, EVIDENCE.goal("gdp_2025"), splits=[2025, 2035])
    assert {one.input.end for one in found.conditions} == {2025}


def test_what_cannot_be_asked_is_told():
    result = of("trend_2021", draws=600)
    with pytest.raises(InputError, match="goals = 'none'; allowed: at least one goal"):
        discover(result, [])
    with pytest.raises(InputError, match="splits = 2036; allowed: years from 2021 to 2035"):
        drawn(result, [2036])
    with pytest.raises(InputError, match="splits = 2020"):
        discover(result, EVIDENCE.goal("gdp_2025"), splits=[2020])
    streamed = of("trend_2021", draws=600, keep=False)
    with pytest.raises(InputError, match="where every path is wanted"):
        discover(streamed, EVIDENCE.goal("gdp_2025"))
