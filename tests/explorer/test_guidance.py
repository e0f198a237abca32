"""What stands beside the sliders: what was published, what is plausible, what a step does, what goals ask."""

import numpy as np
import pytest

from futian_model import load_scenario, simulate
from futian_model.explorer import Explorer, State, effects
from futian_model.explorer.facts import presets
from futian_model.explorer.guidance import guidance
from futian_model.explorer.implied import implied
from futian_model.explorer.messages import Desk

RATE = "path:levers.growth.phases[{}].growth_rate"
SIZE = "on:levers.events.{}.size"


@pytest.fixture
def explorer(evidence):
    return Explorer(load_scenario("evidence_trend", evidence=evidence), evidence, draws=4000)


def test_marks_are_published_growth_and_what_the_simulated_paths_span(explorer):
    mark = guidance(explorer)["marks"][RATE.format(0)]
    published = {(first, last): value for first, last, value in mark["published"]}
    assert published[2019, 2019] == pytest.approx(0.072)  # szftj bulletin of 2019, data/observations.csv
    # eight in ten simulated paths grow between the marks from 2026 to 2030
    result = simulate(explorer.scenario, explorer.evidence, draws=20_000, reading="given_evidence", keep=True)
    start, end = (result.at("real_gdp", year) for year in (2025, 2030))
    drawn = np.quantile((end / start) ** 0.2 - 1, [0.1, 0.9])
    np.testing.assert_allclose(mark["plausible"], drawn, atol=0.002)


def test_every_section_says_what_it_is(evidence):
    for name in ("headquarters_leave", "three_engines", "external_shock", "official_targets"):
        explorer = Explorer(load_scenario(name, evidence=evidence), evidence, draws=100)
        lines = guidance(explorer)["help"]["sections"]
        assert set(lines) == {section.name for section in explorer.space.sections}
        assert all(line["zh"] and line["en"] for line in lines.values())


@pytest.mark.parametrize("option", ["target_real_gdp", "target_real_gdp_per_capita"])
def test_what_a_goal_takes_written_into_the_sliders_meets_it(explorer, option):
    explorer.move(State({"growth": option}))
    aimed, numbers = explorer.answer, implied(explorer)
    assert set(numbers) == {RATE.format(0), RATE.format(1)}
    explorer.move(State({"growth": "path"}, numbers))
    goal = next(aim for aim in aimed.targets.values() if f"target_{aim.goal.indicator}" == option)
    indicator, at = goal.goal.indicator, goal.position
    assert goal.goal.meets(explorer.answer.central[indicator][at], goal.target)
    assert explorer.answer.central[indicator][at] == pytest.approx(aimed.central[indicator][at], rel=2e-5)
    assert implied(explorer) == {}


def test_people_implied_by_a_goal_are_written_in_as_well(evidence):
    explorer = Explorer(load_scenario("plan_targets", evidence=evidence), evidence, draws=100)
    before, numbers = explorer.answer, implied(explorer)
    explorer.move(State({"growth": "path", "population": "path"}, numbers))
    for indicator, path in before.central.items():
        np.testing.assert_allclose(explorer.answer.central[indicator][5::10], path[5::10], rtol=2e-5)


def test_a_step_does_what_moving_the_slider_does(explorer):
    told = effects.effect(explorer, RATE.format(1))
    before, start = explorer.answer, explorer.space.start
    numbers = {RATE.format(1): round(effects.place_of(explorer, RATE.format(1))[2].start + 0.001, 12)}
    explorer.move(State({"growth": "path"}, numbers))
    assert explorer.space.start is start
    assert told["step"] == 0.001
    for row in told["goals"]:
        aim = before.targets[row["name"]]
        moved = explorer.answer.chances[row["name"]].share - before.chances[row["name"]].share
        assert (row["share"], row["evidence"]) == (pytest.approx(moved), 0.0)
        central = explorer.answer.central[aim.goal.indicator][aim.position]
        assert row["central"] == pytest.approx(central - before.central[aim.goal.indicator][aim.position])
    assert all(row["share"] > 0 for row in told["goals"])
    # of an assumption the chance that the data judge moves as well
    told = effects.effect(explorer, "own:assumptions.uncertainty.slow")
    assert all(row["evidence"] != 0 for row in told["goals"])


def test_several_events_happen_one_after_the_other(explorer):
    on = {"event_trial": "on", "event_second_trial": "on"}
    explorer.move(State(on, {SIZE.format("trial"): -0.02, SIZE.format("second_trial"): -0.03}))
    events = explorer.scenario.levers.events
    sizes = {name: event.size for name, event in events.items() if event is not None}
    assert sizes == {"trial": -0.02, "second_trial": -0.03}
    # the second is not there without the first
    explorer.move(State({"event_second_trial": "on"}, {SIZE.format("second_trial"): -0.03}))
    assert not any(explorer.scenario.levers.events.values())


def test_presets_are_the_projects_scenarios_with_a_line_each(explorer):
    told = presets(explorer)
    assert {"evidence_trend", "double_gdp_2035", "stagnation"} <= {preset["id"] for preset in told}
    assert all(preset["line"]["zh"].endswith("。") and preset["line"]["en"].endswith(".") for preset in told)
    desk = Desk(explorer, "zh")
    desk.answer({"kind": "load", "file": "stagnation"})
    assert (explorer.space.start.id, explorer.undo(), explorer.space.start.id) == (
        "stagnation",
        True,
        "evidence_trend",
    )


def test_goals_say_what_is_missing_of_each_run_and_of_the_baseline(evidence):
    explorer = Explorer(load_scenario("stagnation", evidence=evidence), evidence, draws=500)
    desk = Desk(explorer, "en")
    desk.answer({"kind": "keep", "name": "slow"})
    layout, runs, answer = (head for head, _ in desk.answer({"kind": "hello"}))
    baseline = {goal["name"]: goal for goal in layout["baseline_goals"]}
    for goal in answer["goals"]:
        (kept,) = (row for row in runs["runs"][0]["goals"] if row["name"] == goal["name"])
        assert kept == goal
        if goal["indicator"]:
            aim = explorer.answer.targets[goal["name"]]
            central = explorer.answer.central[goal["indicator"]][aim.position]
            assert goal["gap"] == pytest.approx(aim.target - central)  # all ask for at least
            assert baseline[goal["name"]]["gap"] < goal["gap"]


def test_sources_in_chinese_are_marked_for_english_readers(evidence):
    explorer = Explorer(load_scenario("trend_2021", evidence=evidence), evidence, draws=100)
    section = next(known for known in explorer.space.sections if known.name == "gdp_source")
    label = section.options["futian_14fyp"].label
    assert label["zh"] == "深圳市福田区国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要"
    assert label["en"] == (
        f"People's Government of Futian District, Shenzhen, 2021 (in Chinese: {label['zh']})"
    )
