"""What it takes: answers that hold when run forward, against closed forms and a brute search."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from futian_model import load_evidence, load_scenario
from futian_model.errors import InputError, UnknownName
from futian_model.solver import CONFLICT, MET, MET_ALREADY, OUT_OF_BOUNDS, Model, solve, solve_mix
from tests.as_of_2021 import as_of_2021

EVIDENCE = load_evidence()
TREND = load_scenario("trend_2021", evidence=EVIDENCE)
MODEL = Model(TREND, EVIDENCE)
BASE = MODEL.run({})


def goal(name: str, **changes):
    return dataclasses.replace(EVIDENCE.goal(name), **changes)


def asked(*goals, lever="growth", **choice):
    return solve(TREND, goals, lever, evidence=EVIDENCE, **choice)


def test_one_goal_has_a_closed_form():
    found = asked(goal("gdp_2025", value=7000.0))
    years = 5
    expected = np.log(7000 / BASE["real_gdp"][years]) / years
    assert (found.status, found.binding) == (MET, ("gdp_2025",))
    assert found.amplitude == pytest.approx(expected, abs=1e-12)
    assert found.central["real_gdp"][years] == pytest.approx(7000)


@pytest.mark.parametrize(("shape", "weight"), [("ramp", 15 * 16 / 2 / 15), ("step", 11.0)])
def test_shapes_have_closed_forms(shape, weight):
    choice = {"start": 2025} if shape == "step" else {}
    found = asked("gdp_per_capita_double_2035", shape=shape, **choice)
    missing = np.log(57.2 / BASE["real_gdp_per_capita"][15])
    assert found.amplitude == pytest.approx(missing / weight, abs=1e-10)


def test_of_both_doublings_the_tighter_one_binds():
    found = asked("gdp_double_2035", "gdp_per_capita_double_2035")
    assert (found.status, found.binding) == (MET, ("gdp_per_capita_double_2035",))
    assert found.central["real_gdp_per_capita"][15] == pytest.approx(57.2)
    assert found.central["real_gdp"][15] > 9600


def test_a_goal_met_already_asks_for_nothing():
    found = asked("gdp_double_2035")
    assert (found.status, found.amplitude) == (MET_ALREADY, 0.0)
    assert found.requirements[0].amplitude < 0


def test_population_brings_the_two_doublings_into_conflict():
    # the plan's arithmetic: both exactly at once need the population of 2020; GDP held to its goal
    doubled = goal("gdp_double_2035", operator="≤"), goal("gdp_per_capita_double_2035", operator="≥")
    found = asked(*doubled)
    assert found.status == CONFLICT
    assert set(found.binding) == {"gdp_double_2035", "gdp_per_capita_double_2035"}
    people = BASE["average_population"][15] / BASE["average_population"][0]
    assert found.gap == pytest.approx(np.log(people) / 15, abs=1e-9)
    one = asked("gdp_per_capita_double_2035", lever="population")
    assert one.status == MET
    assert one.amplitude < 0


def test_an_exact_goal_is_met_from_either_side():
    own = float(BASE["real_gdp"][15])
    for value, nearest in ((0.9 * own, 0.9 * own + 20), (1.1 * own, 1.1 * own - 20)):
        exact = goal("gdp_double_2035", operator="=", multiple=np.nan, value=value, tolerance=20.0)
        found = asked(exact)
        assert (found.status, found.binding) == (MET, (exact.name,))
        assert found.central["real_gdp"][15] == pytest.approx(nearest, rel=1e-9)
        assert found.amplitude == pytest.approx(np.log(nearest / own) / 15, abs=1e-12)
        assert found.decisive.amplitude == pytest.approx(found.amplitude)
        assert set(found.to_dict()["goals"]) == {f"{exact.name} ≥", f"{exact.name} ≤"}
        mixed = solve_mix(TREND, [exact], {"growth": (-0.1, 0.1)}, evidence=EVIDENCE)
        assert mixed.amplitudes["growth"] == pytest.approx(found.amplitude, abs=1e-9)


def test_out_of_bounds_says_by_how_much_and_which_goal():
    found = asked(goal("gdp_2025", value=7000.0), "gdp_per_capita_double_2035", bounds=(-0.01, 0.005))
    assert (found.status, found.binding) == (OUT_OF_BOUNDS, ("gdp_2025", "gdp_per_capita_double_2035"))
    best = BASE["real_gdp"][5] * np.exp(5 * 0.005)
    assert found.requirements[0].best == pytest.approx(best)
    assert found.requirements[0].miss == pytest.approx(1 - best / 7000)
    assert np.isnan(found.amplitude)


def test_a_share_goal_in_log_odds():
    found = asked("headquarters_share_2025", lever="headquarters_share")
    start = BASE["headquarters_share"][5]
    missing = np.log(0.55 / 0.45) - np.log(start / (1 - start))
    assert found.amplitude == pytest.approx(missing / 5, abs=1e-10)


@settings(max_examples=25, deadline=None)
@given(st.floats(0.8, 1.4), st.sampled_from(["constant", "ramp", "step"]), st.integers(2022, 2035))
def test_any_level_within_bounds_is_hit_exactly(factor, shape, year):
    aim = goal("gdp_2025", year=year, value=BASE["real_gdp"][year - 2020] * factor)
    found = asked(aim, shape=shape, bounds=(-0.5, 0.5))
    if found.status == MET:
        assert found.central["real_gdp"][year - 2020] == pytest.approx(aim.value, rel=1e-9)
    elif found.status == OUT_OF_BOUNDS:
        assert np.log(factor) > 0.5 * MODEL.shaped("growth", shape, None, None)[: year - 2020].sum()
    else:
        assert factor <= 1 + 1e-12


def test_several_levers_share_the_work_at_least_change():
    limits = {"growth": (-0.02, 0.02), "population": (-0.02, 0.02)}
    found = solve_mix(TREND, ["gdp_2025", "gdp_per_capita_double_2035"], limits, evidence=EVIDENCE)
    assert found.status == MET
    assert max(found.misses.values()) == 0
    change = sum(abs(a) for a in found.amplitudes.values())
    # no mix on a fine grid does it with less
    best = np.inf
    for growth in np.linspace(0, 0.02, 41):
        for people in np.linspace(-0.02, 0.02, 81):
            central = MODEL.run({"growth": np.full(15, growth), "population": np.full(15, people)})
            if central["real_gdp"][5] >= 6600 and central["real_gdp_per_capita"][15] >= 57.2:
                best = min(best, abs(growth) + abs(people))
    assert change <= best + 1e-9
    assert change == pytest.approx(best, abs=7e-4)


def test_a_mix_that_cannot_do_it_names_the_compromise():
    limits = {"growth": (-0.01, 0.01), "population": (-0.005, 0.005)}
    found = solve_mix(TREND, ["gdp_2025", "gdp_per_capita_double_2035"], limits, evidence=EVIDENCE)
    assert found.status in (MET, OUT_OF_BOUNDS)
    tight = {"growth": (-0.001, 0.001), "population": (-0.001, 0.001)}
    worse = solve_mix(TREND, ["gdp_2025", "gdp_per_capita_double_2035"], tight, evidence=EVIDENCE)
    assert worse.status == OUT_OF_BOUNDS
    assert max(worse.misses.values()) > 0.01
    assert worse.amplitudes["growth"] == pytest.approx(0.001, abs=1e-9)


def test_a_cheaper_lever_does_more():
    limits = {"growth": (-0.05, 0.05), "population": (-0.05, 0.05)}
    goals = ["gdp_per_capita_double_2035"]
    dear = solve_mix(TREND, goals, limits, weights={"growth": 5.0}, evidence=EVIDENCE)
    cheap = solve_mix(TREND, goals, limits, weights={"population": 5.0}, evidence=EVIDENCE)
    assert abs(dear.amplitudes["growth"]) < abs(cheap.amplitudes["growth"])
    # the price of a log point of the goal: a fifteenth of a point of growth a year
    assert cheap.prices["gdp_per_capita_double_2035"] == pytest.approx(1 / 15, rel=0.02)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: asked("gdp_2025", bounds=(0.05, -0.05)), "bounds = '0.05, -0.05'; allowed: two finite"),
        (
            lambda: asked(goal("gdp_2025", year=2019)),
            "goal gdp_2025 = 2019; allowed: a year from 2021 to 2035",
        ),
        (
            lambda: asked(goal("gdp_2025", value=7000.0), lever="population"),
            "lever = 'population'; allowed: a lever that moves",
        ),
        (lambda: asked(), "goals = 'none'; allowed: at least one goal"),
        (
            lambda: asked("gdp_2025", shape="step", start=2036),
            "start, end = '2036, 2035'; allowed: years from",
        ),
        (
            lambda: asked(goal("gdp_2025", value=7000.0), shape="step", start=2030),
            "lever = 'growth'; allowed: a lever that moves gdp_2025 by 2025",
        ),
        (
            lambda: solve_mix(TREND, ["gdp_2025"], {"population": (-0.1, 0.1)}, evidence=EVIDENCE),
            "levers = 'population'; allowed: a lever that moves gdp_2025",
        ),
    ],
)
def test_bad_input_is_told(call, message):
    with pytest.raises(InputError) as fault:
        call()
    assert str(fault.value).startswith(message)


def test_unknown_names_are_told():
    with pytest.raises(UnknownName, match="did you mean growth"):
        asked("gdp_2025", lever="grwth")
    with pytest.raises(UnknownName, match="did you mean ramp"):
        asked("gdp_2025", shape="rmp")


ENGINES = as_of_2021("three_engines", EVIDENCE)
LEAVE = as_of_2021("headquarters_leave", EVIDENCE)


@pytest.mark.parametrize("lever", ["tfp_growth", "investment_share", "human_capital_growth"])
@pytest.mark.parametrize("shape", ["constant", "ramp", "step"])
def test_inputs_of_production_meet_a_goal_exactly(lever, shape):
    aim = goal("gdp_double_2035", value=16_200.0, multiple=float("nan"))
    start = {"start": 2026} if shape == "step" else {}
    assert Model(ENGINES, EVIDENCE).run({})["real_gdp"][15] < 16_200.0
    found = solve(ENGINES, [aim], lever, shape=shape, bounds=(-0.35, 0.35), evidence=EVIDENCE, **start)
    assert found.status == MET
    assert found.central["real_gdp"][15] == pytest.approx(16_200.0, rel=1e-9)
    # the input alone, put through production by hand, gives the same GDP
    model = Model(ENGINES, EVIDENCE)
    weight = model.shaped(lever, shape, start.get("start"), None)
    inputs = dataclasses.replace(
        model.driven.engine, **{lever: getattr(model.driven.engine, lever) + found.amplitude * weight}
    )
    assert 4800 * np.prod(1 + inputs.path.gdp_growth) == pytest.approx(16_200.0, rel=1e-9)


def test_bounds_stop_where_investment_would_be_no_share_of_gdp():
    found = solve(ENGINES, ["gdp_2025"], "investment_share", bounds=(-0.9, 0.9), evidence=EVIDENCE)
    invested = Model(ENGINES, EVIDENCE).driven.engine.investment_share
    assert found.bounds == pytest.approx((-invested.min(), 1 - invested.max()))
    with pytest.raises(
        InputError, match=r"bounds = '0\.7, 0\.9'; allowed: bounds that leave investment_share"
    ):
        solve(ENGINES, ["gdp_2025"], "investment_share", bounds=(0.7, 0.9), evidence=EVIDENCE)


def test_entry_makes_up_for_those_who_leave():
    found = solve(LEAVE, ["gdp_double_2035"], "entry", bounds=(0.0, 0.2), evidence=EVIDENCE)
    assert found.status == MET
    assert found.central["real_gdp"][15] == pytest.approx(9600.0, rel=1e-9)
    assert found.bounds == (0.0, 0.2)
    # what stays and what has come, times today's share of the path without either, is what GDP lacks
    model = Model(TREND, EVIDENCE)
    gdp, share = (model.run({})[name][15] for name in ("real_gdp", "headquarters_share"))
    held = 1 - (1 - 9600.0 / gdp) / share
    assert Model(LEAVE, EVIDENCE).driven.moved({"entry": found.amplitude}).firms[1].central()[
        15
    ] == pytest.approx(held, rel=1e-9)


def test_a_lever_of_another_block_is_unknown():
    with pytest.raises(UnknownName, match="unknown investment_share; allowed: deflator, growth"):
        asked("gdp_2025", lever="investment_share")


def test_several_inputs_share_the_work_and_reach_the_goal():
    aim = goal("gdp_double_2035", value=16_200.0, multiple=float("nan"))
    limits = {"tfp_growth": (-0.02, 0.004), "investment_share": (-0.1, 0.2)}
    found = solve_mix(ENGINES, [aim], limits, weights={"investment_share": 0.1}, evidence=EVIDENCE)
    assert found.status == MET
    assert found.central["real_gdp"][15] == pytest.approx(16_200.0, rel=1e-8)
    assert found.amplitudes["tfp_growth"] == pytest.approx(0.004) or found.amplitudes[
        "investment_share"
    ] == pytest.approx(0.0)
