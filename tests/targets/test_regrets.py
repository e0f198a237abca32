"""Choices that are never far from the best, against the definition of minimax regret."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from futian_model import load_evidence, load_scenario, regret, simulate
from futian_model.errors import InputError
from futian_model.results import COLUMNS
from futian_model.targets import Regret, regret_frame

EVIDENCE = load_evidence()
NAMES = ("evidence_trend", "stagnation")
STATES = {name: load_scenario(name, evidence=EVIDENCE) for name in NAMES}
GOALS = [EVIDENCE.goal("gdp_double_2035"), EVIDENCE.goal("gdp_per_capita_double_2035")]
CHOICES = (-0.01, 0.0, 0.02)
DRAWS = 400
FOUND = regret(STATES, EVIDENCE, GOALS, "growth", CHOICES, draws=DRAWS, seed=1)


def test_worth_is_the_share_of_draws_that_meet_all_goals():
    for at, (name, scenario) in enumerate(STATES.items()):
        result = simulate(scenario, EVIDENCE, draws=DRAWS, seed=1)
        assert FOUND.worth[at, 1] == result.together(GOALS)[0], name
    assert FOUND.simulations == len(STATES) * len(CHOICES)


def test_without_a_cost_most_growth_is_best_everywhere():
    assert FOUND.choices[FOUND.best] == 0.02
    assert (FOUND.regret >= 0).all()
    assert (FOUND.regret.min(axis=1) == 0).all()
    assert (FOUND.regret_se[:, 2] == 0).all()
    assert FOUND.choices[FOUND.within(1.0)] == 0.0


@given(st.floats(0.001, 0.5))
def test_the_least_that_is_allowed_is_allowed_as_printed(more):
    shifted = dataclasses.replace(FOUND, regret=FOUND.regret + more)
    with pytest.raises(InputError, match="or more") as fault:
        shifted.within(more / 2)
    assert shifted.within(float(fault.value.allowed.split()[0])) >= 0


def test_a_cost_turns_the_choice():
    dear = regret(STATES, EVIDENCE, GOALS, "growth", CHOICES, cost=100.0, draws=DRAWS, seed=1)
    assert dear.choices[dear.best] == 0.0
    assert dear.worth[:, 2] == pytest.approx(FOUND.worth[:, 2] - 100 * 0.02)


@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=1, max_size=4))
def test_the_choice_is_that_of_the_definition(rows):
    worth = np.array(rows)
    apart = worth.max(axis=1, keepdims=True) - worth
    own = Regret("growth", (), (), CHOICES, worth, apart, apart, 0)
    worst = [max(max(row) - row[at] for row in rows) for at in range(3)]
    assert own.worst[own.best] == pytest.approx(min(worst), abs=1e-9)


ENGINES = {"three_engines": load_scenario("three_engines", evidence=EVIDENCE)}


@pytest.mark.parametrize(
    ("choice", "field", "told"),
    [
        ({"states": {}}, "states", "at least one"),
        ({"goals": []}, "goals", "at least one"),
        ({"choices": []}, "choices", "at least one"),
        ({"cost": -1.0}, "cost", "0 or more"),
        ({"lever": "investment_share"}, "lever", "evidence_trend has"),
        (
            {"goals": GOALS[:1], "lever": "population", "choices": [0.01]},
            "lever",
            "moves gdp_double_2035 in evidence_trend",
        ),
        ({"states": ENGINES, "lever": "investment_share", "choices": [0.9]}, "choices", "between 0 and 1"),
        ({"goals": [dataclasses.replace(GOALS[0], year=2025)]}, "year", "after 2025"),
    ],
)
def test_a_question_that_has_no_answer_is_refused(choice, field, told):
    asked = {"states": STATES, "goals": GOALS, "lever": "growth", "choices": [0.0]} | choice
    with pytest.raises(InputError) as fault:
        regret(**asked, evidence=EVIDENCE, draws=100)
    assert fault.value.field == field
    assert told in str(fault.value)


def test_answers_are_rows_of_the_results_table():
    table = regret_frame(FOUND, "futian")
    assert tuple(table) == COLUMNS
    assert len(table) == len(STATES) * len(CHOICES) * 3
    cell = table.set_index(["scenario", "statistic", "case"])["value"]
    assert cell["stagnation", "worth", "lever=growth;choice=0.02"] == FOUND.worth[1, 2]
