"""Blocks of a scenario file: production, events and firms do in the simulation what they say."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from futian_model import load_evidence, load_scenario, production, simulate
from futian_model.drivers import drivers
from futian_model.drivers.paths import happened
from futian_model.growth import compound
from futian_model.project import find_project
from futian_model.scenario.events import Event
from futian_model.simulation import calibrated, central
from tests.as_of_2021 import as_of_2021

PROJECT = find_project(Path(__file__).parent)
EVIDENCE = load_evidence(PROJECT)
WORDS = {"zh": "试验", "en": "Trial"}
HEAD = "title: {zh: 试验, en: Trial}\ndescription: {zh: 一项试验。, en: A trial.}\nextends: trend_2021\n"
ENGINE = """levers:
  growth:
    block: production
    timing: %s
    capital_share: 0.4
    depreciation: 0.05
    capital_output_ratio: 3.0
    investment_share:
      base: 0.35
      phases: [{start: 2021, end: 2035, shape: ramp, value: 0.34, to: 0.3, at: 2030}]
    tfp_growth:
      phases:
        - {start: 2021, end: 2025, growth_rate: 0.02}
        - {start: 2026, end: 2035, shape: step, growth_rate: 0.02, to: 0.01, at: 2030}
    human_capital_growth:
      phases: [{start: 2021, end: 2035, growth_rate: 0.01}]
    participation:
      base: 0.75
      phases: [{start: 2021, end: 2035, value: 0.74}]
    working_age_share:
      base: 0.795
      phases: [{start: 2021, end: 2035, shape: ramp, value: 0.79, to: 0.75, at: 2035}]
%s"""
PUBLIC = """    public:
      capital_share: 0.1
      depreciation: 0.04
      capital_output_ratio: 1.0
      investment_share:
        base: 0.06
        phases: [{start: 2021, end: 2035, value: 0.06}]
      efficiency:
        base: 0.7
        phases: [{start: 2021, end: 2035, shape: ramp, value: 0.7, to: 0.9, at: 2030}]
"""


def written(folder, rest, name="trial"):
    file = folder / f"{name}.yaml"
    file.write_text(f"id: {name}\n{HEAD}{rest}", encoding="utf-8")
    return load_scenario(file, PROJECT, evidence=EVIDENCE)


def driven(scenario):
    return drivers(scenario, EVIDENCE, calibrated(scenario, EVIDENCE), "given_scenario")


@pytest.mark.parametrize("public", ["", PUBLIC], ids=["one", "public"])
@pytest.mark.parametrize("timing", production.TIMINGS)
def test_a_production_block_is_the_pure_function_on_its_inputs(tmp_path, timing, public):
    scenario = written(tmp_path, ENGINE % (timing, public))
    found = central(driven(scenario))
    people = found["average_population"]
    participation = np.r_[0.75, np.full(15, 0.74)]
    working_age = np.r_[0.795, np.linspace(0.79, 0.75, 15)]
    labour = participation * working_age * people
    invested = np.r_[0.35, np.linspace(0.34, 0.3, 10), np.full(5, 0.3)]
    cut = slice(0 if timing == "lagged" else 1, None)
    efficiency = np.r_[0.7, np.linspace(0.7, 0.9, 10), np.full(5, 0.9)]
    apart = production.PublicCapital(0.1, 0.04, 1.0, 0.06, efficiency[cut]) if public else None
    path = production.project(
        capital_share=0.4,
        depreciation=0.05,
        capital_output_ratio=3.0,
        investment_share=invested[cut],
        tfp_growth=np.r_[np.full(9, 0.02), np.full(6, 0.01)],
        labour_growth=labour[1:] / labour[:-1] - 1,
        human_capital_growth=0.01,
        timing=timing,
        public=apart,
    )
    np.testing.assert_allclose(found["real_gdp"], compound(4800.0, path.gdp_growth), rtol=1e-12)
    parts = driven(scenario).engine.account()
    np.testing.assert_allclose(sum(parts), path.gdp_growth, atol=1e-12)


def test_growth_from_production_follows_the_people_who_work(tmp_path):
    base = driven(written(tmp_path, ENGINE % ("ltgm", "")))
    more = base.moved({"population": np.full(15, 0.01)})
    people = [central(one)["average_population"] for one in (base, more)]
    labour = np.diff(np.log(people[1])) - np.diff(np.log(people[0]))
    np.testing.assert_allclose(
        more.engine.labour_growth, (1 + base.engine.labour_growth) * np.exp(labour) - 1, rtol=1e-12
    )
    assert (more.centre["growth"] > base.centre["growth"]).all()
    own = more.moved({"growth": np.full(15, 0.002)})
    np.testing.assert_allclose(own.centre["growth"], more.centre["growth"] + 0.002, rtol=1e-12)


EVENT = """  events:
    fair: {title: {zh: 甲, en: A}, on: growth, start: 2024, size: 0.03, duration: 2}
    shock: {title: {zh: 乙, en: B}, on: growth, start: 2028, size: -0.04, made_up: 0.5, recovery: 3}
    moved: {title: {zh: 丙, en: C}, on: headquarters_share, start: 2030, size: 0.1}
    grown: {title: {zh: 丁, en: D}, on: population, start: 2022, size: 0.02}
    dropped: null
"""
BLOCKS = {
    "trend": "levers:\n",
    "path": "levers:\n  growth: {block: path, phases: [{start: 2021, end: 2035, growth_rate: 0.05}]}\n",
    "target": "levers:\n  growth: {block: target, targets: [{goal: gdp_2025}]}\n",
    "production": ENGINE % ("same_year", ""),
    "context": (
        "levers:\n  growth: {block: context, nation: nation_bai_2020, city: city_as_nation,"
        " differential: {block: trend}}\n"
    ),
}


@pytest.mark.parametrize("block", BLOCKS)
def test_events_come_on_top_of_any_block(tmp_path, block):
    plain = driven(written(tmp_path, BLOCKS[block] if block != "trend" else ""))
    shocked = driven(written(tmp_path, BLOCKS[block] + EVENT))
    expected = np.zeros(15)
    expected[3:5] += np.log(1.03) / 2
    expected[7] += np.log(0.96)
    expected[8:11] -= 0.5 * np.log(0.96) / 3
    found = shocked.centre["growth"] - plain.centre["growth"]
    if block == "production":  # more people work as well
        assert found[0] == pytest.approx(0, abs=1e-12)
        assert found[1] > 0
        found = found - (shocked.engine.log_growth - plain.engine.log_growth)
    np.testing.assert_allclose(found, expected, atol=1e-12)
    share = shocked.centre["headquarters_share"] - plain.centre["headquarters_share"]
    np.testing.assert_allclose(share, np.log(1.1) * (np.arange(15) == 9), atol=1e-12)


def test_an_event_past_the_horizon_is_cut_there():
    event = Event(title=WORDS, start=2034, size=0.2, duration=4, made_up=1.0, recovery=2)
    np.testing.assert_allclose(happened([event], "growth", 2020, 15)[-2:], np.log(1.2) / 4)


@settings(max_examples=30, deadline=None)
@given(st.floats(-0.5, 0.5), st.floats(0, 1), st.integers(1, 5), st.integers(1, 5))
def test_an_event_leaves_behind_what_is_not_made_up(size, made_up, duration, recovery):
    event = Event(title=WORDS, start=2022, size=size, duration=duration, made_up=made_up, recovery=recovery)
    left = happened([event, None], "growth", 2020, 30).sum()
    assert left == pytest.approx((1 - made_up) * np.log1p(size), abs=1e-12)


def test_a_departure_lowers_gdp_and_share_in_every_draw(tmp_path):
    trend = load_scenario("trend_2021", PROJECT, evidence=EVIDENCE)
    left = as_of_2021("headquarters_leave", EVIDENCE)
    with_them, without = (simulate(one, EVIDENCE, draws=500) for one in (trend, left))
    year = 2028 - 2020
    share = with_them.paths["headquarters_share"]
    gone = 1 - without.paths["real_gdp"] / with_them.paths["real_gdp"]
    np.testing.assert_allclose(gone[:, :year], 0.0, atol=1e-3)  # weights are kept to a few millionths
    assert (gone[:, year:] > 0.05).all()
    fraction = gone / share
    np.testing.assert_allclose(
        without.paths["headquarters_share"], share * (1 - fraction) / (1 - share * fraction), rtol=1e-9
    )


def test_firms_without_departures_entry_or_relocation_change_nothing_on_the_central_path(tmp_path):
    scenario = written(tmp_path, "levers:\n  firms: {share: headquarters_share}\n")
    plain = load_scenario("trend_2021", PROJECT, evidence=EVIDENCE)
    found, expected = central(driven(scenario)), central(driven(plain))
    for name, path in expected.items():
        np.testing.assert_allclose(found[name], path, rtol=1e-12, err_msg=name)


def test_the_evidence_knows_no_events_and_no_firms(tmp_path):
    scenario = written(tmp_path, "levers:\n  firms: {share: headquarters_share, relocation: 0.1}\n" + EVENT)
    plain = load_scenario("trend_2021", PROJECT, evidence=EVIDENCE)
    found, expected = (
        simulate(one, EVIDENCE, draws=20, reading="given_evidence") for one in (scenario, plain)
    )
    for name, path in expected.paths.items():
        np.testing.assert_array_equal(found.paths[name], path, name)


@pytest.mark.parametrize("spillover", [0.3, 1.0, 5.0])
def test_an_extreme_draw_with_spillover_stays_an_economy(tmp_path, spillover):
    firms = (
        f"levers:\n  firms:\n    share: headquarters_share\n    spillover: {spillover}\n    departures:\n"
        "      gone: {title: {zh: 迁出, en: Gone}, largest: 10, year: 2028}\n"
    )
    result = simulate(written(tmp_path, firms), EVIDENCE, draws=10_000)
    share, gdp = (result.at(name, 2035) for name in ("headquarters_share", "real_gdp"))
    assert ((share > 0) & (share < 1)).all()
    assert (gdp > 0).all()
    rest = result.at("rest_of_headquarters_value_added", 2035)
    assert (rest > 0).all()
