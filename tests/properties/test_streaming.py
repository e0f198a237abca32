"""Paths that stream by: the same digits whoever draws them, statistics as of paths that are kept."""

import dataclasses
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from futian_model import load_evidence, load_scenario, simulate, simulation, uncertainty
from futian_model.errors import InputError, UnknownName
from futian_model.population import per_capita
from futian_model.simulation import core, run, sample, shocks, tally
from futian_model.simulation.core import CHUNK
from futian_model.simulation.odds import Aim, Count
from futian_model.uncertainty import BLOCK, TwoPieceNormal
from tests.as_of_2021 import as_of_2021

EVIDENCE = load_evidence()
TREND = load_scenario("trend_2021", evidence=EVIDENCE)
LEAVE = as_of_2021("headquarters_leave", EVIDENCE)
GOALS = [one for one in EVIDENCE.quantified_goals() if one.indicator in ("real_gdp", "real_gdp_per_capita")]
DRAWS = 3 * BLOCK + 1100
"""Not a whole number of blocks, nor of the pieces a block is worked on in."""


def with_uncertainty(scenario, **changed):
    spread = scenario.assumptions.uncertainty.model_copy(update=changed)
    settled = scenario.assumptions.model_copy(update={"uncertainty": spread})
    return dataclasses.replace(scenario, assumptions=settled)


@pytest.fixture(scope="module", params=[TREND, LEAVE], ids=["trend", "leave"])
def scenario(request):
    return request.param


@pytest.fixture(scope="module", params=simulation.READINGS)
def kept(request, scenario):
    return simulate(scenario, EVIDENCE, draws=DRAWS, reading=request.param)


@pytest.fixture(scope="module")
def streamed(kept, scenario):
    return simulate(scenario, EVIDENCE, draws=DRAWS, reading=kept.reading, keep=False)


def test_quantiles_are_those_of_the_kept_paths_to_a_part_of_the_band(kept, streamed):
    for name in kept.indicators:
        exact, counted = (one.quantiles(name).to_numpy()[1:] for one in (kept, streamed))
        band = exact[:, -1] - exact[:, 0]
        assert (np.abs(counted - exact).max(axis=1) <= 0.003 * band).all(), name


def test_beyond_what_is_kept_quantiles_are_off_by_about_a_thousandth_of_the_band():
    draws = sample.KEPT + 1
    counted, exact = (simulate(TREND, EVIDENCE, draws=draws, keep=keep) for keep in (None, True))
    for name in exact.indicators:
        levels = exact.quantiles(name).to_numpy()[1:]
        band = levels[:, -1] - levels[:, 0]
        away = np.abs(counted.quantiles(name).to_numpy()[1:] - levels).max(axis=1)
        assert (away < 0.0015 * band).all(), name


def test_means_chances_and_first_years_are_exact(kept, streamed):
    assert streamed.draws == kept.draws == DRAWS
    assert streamed.indicators == kept.indicators
    for name in kept.indicators:
        np.testing.assert_allclose(streamed.sample.mean(name), kept.sample.mean(name), rtol=1e-12)
        np.testing.assert_array_equal(streamed.central[name], kept.central[name])
    for goal in GOALS:
        one, other = kept.odds(goal), streamed.odds(goal)
        assert (one.probability, one.probability_se) == (other.probability, other.probability_se)
        assert other.shortfall == pytest.approx(one.shortfall, rel=1e-12)
        np.testing.assert_array_equal(one.first_years, other.first_years)
    assert kept.together(GOALS) == streamed.together(GOALS)


@pytest.mark.parametrize("workers", [2, 3, 7])
def test_no_digit_depends_on_who_draws_what(kept, streamed, scenario, workers):
    shared = {"draws": DRAWS, "reading": kept.reading, "workers": workers}
    paths = simulate(scenario, EVIDENCE, **shared)
    counts = simulate(scenario, EVIDENCE, **shared, keep=False, goals=GOALS[:1])
    for name in kept.indicators:
        np.testing.assert_array_equal(paths.paths[name], kept.paths[name], name)
        np.testing.assert_array_equal(counts.quantiles(name), streamed.quantiles(name), name)
        np.testing.assert_array_equal(counts.sample.mean(name), streamed.sample.mean(name), name)
    assert counts.odds(GOALS[0])[:4] == streamed.odds(GOALS[0])[:4]


@pytest.mark.parametrize("size", [256, 2048])
def test_no_digit_depends_on_how_many_paths_are_worked_on_at_a_time(kept, scenario, size, monkeypatch):
    for module in (core, shocks, run, tally):
        monkeypatch.setattr(module, "CHUNK", size)
    again = simulate(scenario, EVIDENCE, draws=DRAWS, reading=kept.reading)
    for name in kept.indicators:
        np.testing.assert_array_equal(again.paths[name], kept.paths[name], name)


def test_odds_are_those_of_a_plain_count(kept):
    for goal in GOALS:
        aim = kept.aim(goal)
        values = kept.paths[goal.indicator]
        met = goal.meets(values[:, aim.position], aim.target)
        odds = kept.odds(goal)
        assert odds.probability == met.mean()
        missing = aim.target - values[:, aim.position][~met]
        assert odds.shortfall == pytest.approx(missing.mean(), rel=1e-9)
        assert odds.shortfall_se == pytest.approx(missing.std() / np.sqrt(len(missing) - 1), rel=1e-6)
        reached = goal.meets(values[:, 1:], aim.target)
        for year in range(reached.shape[1]):
            before = reached[:, :year].any(axis=1)
            assert odds.first_years[year] == (reached[:, year] & ~before).mean()
    every = np.all(
        [
            goal.meets(kept.paths[goal.indicator][:, kept.aim(goal).position], kept.aim(goal).target)
            for goal in GOALS
        ],
        axis=0,
    )
    assert kept.together(GOALS)[0] == every.mean()


def test_a_shortfall_that_nobody_has_is_no_number():
    easy = dataclasses.replace(GOALS[0], value=1.0)
    odds = simulate(TREND, EVIDENCE, draws=50).odds(easy)
    assert odds.probability == 1
    assert np.isnan(odds.shortfall)
    assert np.isnan(odds.shortfall_se)
    assert odds.probability_se > 0


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 40), st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_counts_of_parts_add_up_to_those_of_the_whole(draws, years, seed):
    chance = np.random.default_rng(seed)
    paths = {name: chance.normal(6000, 900, (draws, years)) for name in ("real_gdp", "real_gdp_per_capita")}
    aims = [Aim(goal, 6000.0 + 50 * at, 1 + at % years) for at, goal in enumerate(GOALS)]
    whole, left, right = (Count(aims, years) for _ in range(3))
    whole.add(paths)
    cut = draws // 2
    left.add({name: path[:cut] for name, path in paths.items()})
    right.add({name: path[cut:] for name, path in paths.items()})
    left.join(right)
    np.testing.assert_array_equal(left.patterns, whole.patterns)
    np.testing.assert_array_equal(left.first, whole.first)
    np.testing.assert_allclose(left.missed, whole.missed)
    assert left.draws == draws


def test_per_head_is_the_units_own(kept):
    people, gdp = kept.central["average_population"], kept.central["real_gdp"]
    np.testing.assert_allclose(kept.central["real_gdp_per_capita"], per_capita(gdp, people), rtol=1e-14)


def test_what_was_not_counted_or_kept_is_refused(streamed):
    with pytest.raises(
        InputError, match=r"draws = 13388; allowed: up to 65,536 draws, or simulate\(..., keep"
    ):
        streamed.at("real_gdp", 2030)
    with pytest.raises(UnknownName, match="did you mean gdp_2025"):
        streamed.odds(dataclasses.replace(GOALS[0], value=7000.0))
    late = dataclasses.replace(GOALS[0], year=2040)
    with pytest.raises(InputError, match="goals = 'gdp_2025'; allowed: a goal for 2021 to 2035"):
        simulate(TREND, EVIDENCE, draws=10, keep=False, goals=[late])
    many = [dataclasses.replace(GOALS[0], name=f"goal {at}") for at in range(17)]
    with pytest.raises(InputError, match="goals = 17; allowed: at most 16 goals"):
        simulate(TREND, EVIDENCE, draws=10, keep=False, goals=many)


def test_more_paths_than_memory_holds_are_refused_with_how_many_fit(monkeypatch):
    monkeypatch.setattr(sample.os, "sysconf", {"SC_AVPHYS_PAGES": 1000, "SC_PAGE_SIZE": 4096}.get)
    most = int(1000 * 4096 / 2 / (10 * 16 * 8))
    with pytest.raises(InputError, match=f"draws = {most + 1}; allowed: up to {most:,}, as many as fit"):
        simulate(TREND, EVIDENCE, draws=most + 1, keep=True)
    assert simulate(TREND, EVIDENCE, draws=most, keep=True).draws == most


@pytest.mark.parametrize(("workers", "told"), [(0, "workers = 0"), (1.5, "workers = 1.5")])
def test_a_number_of_workers_that_is_none_is_refused(workers, told):
    with pytest.raises(InputError, match=f"{told}; allowed: a whole number from 1 to 256"):
        simulate(TREND, EVIDENCE, draws=10, workers=workers)


def test_a_seed_left_open_is_drawn_and_told():
    open_seed = dataclasses.replace(TREND, run=TREND.run.model_copy(update={"seed": None}))
    one, other = (simulate(open_seed, EVIDENCE, draws=10) for _ in range(2))
    assert one.seed != other.seed
    again = simulate(TREND, EVIDENCE, draws=10, seed=one.seed)
    np.testing.assert_array_equal(one.paths["real_gdp"], again.paths["real_gdp"])


def test_memory_does_not_grow_with_the_number_of_draws():
    code = (
        "from pathlib import Path; from futian_model import load_evidence, load_scenario, simulate\n"
        "evidence = load_evidence(); scenario = load_scenario('trend_2021', evidence=evidence)\n"
        "simulate(scenario, evidence, draws=10, keep=False)\n"
        "def held(name):\n"
        "    lines = Path('/proc/self/status').read_text().splitlines()\n"
        "    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024\n"
        "Path('/proc/self/clear_refs').write_text('5')\n"
        "before = held('VmRSS')\n"
        "simulate(scenario, evidence, draws=600_000)\n"
        "print(held('VmHWM') - before)"
    )
    grown = subprocess.run(
        [sys.executable, "-c", code], cwd=EVIDENCE.project.root, capture_output=True, text=True, check=True
    )
    assert float(grown.stdout) < 60  # megabytes; the paths themselves would be 770


def steps(result, name="real_gdp"):
    """Yearly departures of log growth from the centre."""
    path = np.log(result.paths[name] / result.central[name])
    return np.diff(path, axis=1)


def test_correlated_shocks_correlate_as_stated_and_leave_others_alone():
    pairs = {"growth": {"population": 0.6}, "deflator": {"population": -0.3}}
    plain = simulate(TREND, EVIDENCE, draws=20_000)
    linked = simulate(with_uncertainty(TREND, correlation=pairs), EVIDENCE, draws=20_000)
    growth, people, prices = (
        steps(linked, name)[:, 0] for name in ("real_gdp", "year_end_population", "deflator")
    )
    assert np.corrcoef(growth, people)[0, 1] == pytest.approx(0.6, abs=0.03)
    assert np.corrcoef(prices, people)[0, 1] == pytest.approx(-0.3, abs=0.03)
    assert abs(np.corrcoef(growth, prices)[0, 1]) < 0.03
    np.testing.assert_array_equal(linked.paths["headquarters_share"], plain.paths["headquarters_share"])
    np.testing.assert_array_equal(linked.paths["real_gdp"], plain.paths["real_gdp"])  # the first of the row
    for name in ("year_end_population", "deflator"):
        assert steps(linked, name).std() == pytest.approx(steps(plain, name).std(), rel=0.03)


def test_weights_of_correlated_draws_give_the_stated_matrix():
    pairs = {"a": {"b": 0.5, "c": -0.2}, "c": {"b": 0.3}}
    rows = dict(uncertainty.linked(["x", "a", "b", "c"], pairs))
    assert "x" not in rows
    order = ["a", "b", "c"]
    factor = np.array([[rows[name].get(other, 0.0) for other in order] for name in order])
    expected = [[1.0, 0.5, -0.2], [0.5, 1.0, 0.3], [-0.2, 0.3, 1.0]]
    np.testing.assert_allclose(factor @ factor.T, expected, atol=1e-12)
    with pytest.raises(InputError, match=r"correlation of b and a = 0\.1; allowed: 0\.5, as stated"):
        uncertainty.linked(["a", "b"], {"a": {"b": 0.5}, "b": {"a": 0.1}})
    with pytest.raises(InputError, match=r"correlation of a and a = 0\.5; allowed: a number"):
        uncertainty.linked(["a"], {"a": {"a": 0.5}})


def test_stated_persistence_is_that_of_the_shocks():
    result = simulate(with_uncertainty(TREND, persistence=0.5), EVIDENCE, draws=20_000)
    away = steps(result)
    assert np.corrcoef(away[:, 9], away[:, 10])[0, 1] == pytest.approx(0.5, abs=0.03)
    none = steps(simulate(with_uncertainty(TREND, persistence=0.0), EVIDENCE, draws=20_000))
    assert abs(np.corrcoef(none[:, 9], none[:, 10])[0, 1]) < 0.03


@pytest.mark.parametrize("skew", [-0.8, 0.5])
def test_skewed_shocks_are_two_piece_normal_around_the_same_mode(skew):
    drawn = np.concatenate([uncertainty.normals(1, "growth", block, 5) for block in range(8)])
    for block in range(8):
        source = uncertainty.stream(1, "side growth", block)
        uncertainty.skewed(source, skew, drawn[block * BLOCK : (block + 1) * BLOCK])
    fan = TwoPieceNormal(0.0, 1.0, skew)
    levels = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
    np.testing.assert_allclose(np.quantile(drawn, levels), fan.quantile(levels), atol=0.02)
    assert drawn.mean() == pytest.approx(skew, abs=0.02)
    plain = simulate(TREND, EVIDENCE, draws=8000)
    told = simulate(with_uncertainty(TREND, skew=skew), EVIDENCE, draws=8000)
    np.testing.assert_array_equal(told.central["real_gdp"], plain.central["real_gdp"])
    lean = [np.median(one.at("real_gdp", 2035)) for one in (plain, told)]
    assert np.sign(lean[1] - lean[0]) == np.sign(skew)


def test_pieces_of_a_block_are_whole():
    assert BLOCK % CHUNK == 0


def test_what_is_kept_by_default_takes_some_80_megabytes_over_fifteen_years():
    bytes_held = sample.KEPT * 10 * 16 * 8  # ten indicators, sixteen years
    assert bytes_held == pytest.approx(80e6, rel=0.06)
