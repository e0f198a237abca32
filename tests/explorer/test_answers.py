"""Quick answers are the simulation's own, whatever the scenario, the reading and the state."""

from pathlib import Path

import numpy as np
import pytest

from futian_model import load_scenario, simulate
from futian_model.explorer import Answers, Space, State
from futian_model.project import find_project
from futian_model.scenario import builtin_scenarios
from futian_model.simulation import LEVELS, READINGS

IDS = [file.stem for file in builtin_scenarios(find_project(Path(__file__).parent))]
DRAWS = 4500
"""More than one block of paths, and not a whole number of pieces."""


def agree(answer, result):
    assert list(answer.years) == list(result.years)
    for name, path in answer.central.items():
        assert (path == result.central[name]).all()
        # paths that had to be ordered anew are held in single precision
        expected = result.quantiles(name, LEVELS).to_numpy().T
        np.testing.assert_allclose(answer.quantiles[name], expected, rtol=3e-7)
        paths = result.paths[name]
        grown = np.diff(paths) if name.endswith("_share") else paths[:, 1:] / paths[:, :-1] - 1
        np.testing.assert_allclose(answer.growth[name], np.quantile(grown, LEVELS, axis=0), atol=3e-7)
    goals = [aim.goal for aim in answer.targets.values()]
    for goal in goals:
        odds = result.odds(goal)
        np.testing.assert_array_equal(answer.chances[goal.name], (odds.probability, odds.probability_se))
    if len(goals) > 1:
        assert answer.chances["all_goals"] == result.together(goals)


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("name", IDS)
def test_an_answer_is_the_simulation(evidence, name, reading):
    scenario = load_scenario(name, evidence=evidence)
    answer = Answers(evidence, DRAWS).answer(scenario, reading)
    agree(answer, simulate(scenario, evidence, draws=DRAWS, reading=reading))


@pytest.mark.parametrize(
    ("name", "state"),
    [
        (
            "trend_2021",
            State({"growth": "path"}, {"path:levers.growth.phases[1].growth_rate": 0.071}),
        ),
        ("trend_2021", State({}, {"own:assumptions.uncertainty.scale": 1.5})),
        ("trend_2021", State({}, {"own:assumptions.uncertainty.skew": -0.8})),
        ("trend_2021", State({"vintage": "2024", "persistence": "on"}, {})),
        (
            "headquarters_leave",
            State({}, {"on:levers.firms.relocation": 0.02, "on:levers.firms.entry": 0.03}),
        ),
        ("external_shock", State({}, {"on:levers.events.shock.size": -0.08})),
        ("three_engines", State({}, {"production:levers.growth.tfp_growth.phases[0].growth_rate": 0.04})),
        ("stagnation", State({"growth_city": "city_lead_holds", "growth_nation": "nation_trend"}, {})),
    ],
)
def test_a_moved_state_is_simulated_alike_after_another_one(evidence, name, state):
    answers, space = Answers(evidence, DRAWS), Space(load_scenario(name, evidence=evidence), evidence)
    before = answers.answer(space.start)
    moved = space.scenario(state)
    assert moved.to_dict() != space.start.to_dict()
    answer = answers.answer(moved)
    agree(answer, simulate(moved, evidence, draws=DRAWS))
    assert any((answer.quantiles[one] != before.quantiles[one]).any() for one in before.quantiles)
    # and back again, from shocks that were kept
    again = answers.answer(space.start)
    assert all((again.quantiles[one] == before.quantiles[one]).all() for one in before.quantiles)


def test_the_evidence_alone_does_not_move_with_the_levers(evidence):
    answers, space = (
        Answers(evidence, DRAWS),
        Space(load_scenario("trend_2021", evidence=evidence), evidence),
    )
    moved = space.scenario(State({"growth": "path"}, {"path:levers.growth.phases[0].growth_rate": 0.09}))
    assert answers.by_evidence(moved).chances == answers.by_evidence(space.start).chances
    later = space.scenario(State({"vintage": "2024"}))
    assert answers.by_evidence(later).chances != answers.by_evidence(space.start).chances


def test_no_more_shocks_are_kept_than_wanted(evidence):
    answers, space = (
        Answers(evidence, 200),
        Space(load_scenario("trend_2021", evidence=evidence), evidence),
    )
    for step in range(12):
        moved = space.scenario(State({}, {"own:assumptions.uncertainty.scale": 0.5 + step / 10}))
        answers.answer(moved)
    assert len(answers.held) <= 6
