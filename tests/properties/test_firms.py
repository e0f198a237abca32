"""Groups drawn over the years: against closed forms, and what they do to GDP and share in a simulation."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from futian_model import firms, headquarters, simulate
from futian_model.evidence import load_evidence
from futian_model.firms import NAMED, Groups, Leaving, Range
from futian_model.project import find_project
from futian_model.scenario import load_scenario
from futian_model.stress import leaving, staying_put
from futian_model.uncertainty import BLOCK

EVIDENCE = load_evidence(find_project(Path(__file__).parent))
SEED, BLOCKS, YEARS = 5, 8, 15
DRAWS = BLOCKS * BLOCK
SIGMAS = 4.5
"""Standard errors that a Monte Carlo figure may be off by."""


def fixed(value: float) -> Range:
    return Range(value, value, value)


def groups(number=NAMED, tail=1.0, **choice) -> Groups:
    """As many groups as are told apart, so that none leaves at a steady rate."""
    own = {"relocation": 0.0, "entry": np.zeros(YEARS), "entrant_size": 0.01, "spillover": 0.0}
    own |= {"departures": ()} | choice
    return Groups(fixed(number), fixed(tail), **own)


def drawn(made: Groups) -> np.ndarray:
    return np.concatenate([made.drawn(SEED, block) for block in range(BLOCKS)])


@given(st.integers(1, 3000), st.floats(0, 2))
def test_weights_are_those_of_the_pure_function(number, tail):
    exact = headquarters.weights(number, tail)
    named, others = firms.weights(np.array([float(number)]), np.array([tail]))
    padded = np.pad(exact, (0, max(0, NAMED - number)))[:NAMED]
    assert named[0] == pytest.approx(padded, abs=1e-5)
    assert others[0] == pytest.approx(exact[NAMED:].sum(), abs=1e-5)


@pytest.mark.parametrize("number", [NAMED, 200])
def test_the_mean_of_draws_is_the_central_path(number):
    made = groups(number, relocation=0.03, entry=np.full(YEARS, 0.02), departures=(Leaving(3, 4),))
    left = drawn(made)
    error = left.std(axis=0) / np.sqrt(DRAWS)
    assert (np.abs(left.mean(axis=0) - made.central()) <= SIGMAS * error + 1e-12).all()


@pytest.mark.parametrize("chance", [0.01, 0.04])
def test_survivors_spread_as_the_closed_form(chance):
    left, held = drawn(groups(relocation=chance)), headquarters.weights(NAMED, 1.0)
    hazard = -np.log1p(-chance)  # a yearly chance p is the rate at which (1 - p)^t is left
    for year in (1, 5, 15):
        told = headquarters.staying(held, hazard, year)
        assert told.mean == pytest.approx((1 - chance) ** year)
        kurtosis = ((left[:, year] - told.mean) ** 4).mean() / told.sd**4
        error = np.sqrt((kurtosis - 1) / DRAWS)  # of a variance, relative to it
        assert left[:, year].var() == pytest.approx(told.sd**2, rel=SIGMAS * error)


def test_the_quantile_of_losses_is_the_convolutions():
    chance = 0.02
    lost, weight = headquarters.loss(headquarters.weights(NAMED, 1.0), -np.log1p(-chance), YEARS)
    found = 1 - drawn(groups(relocation=chance))[:, YEARS]
    cumulated = np.cumsum(weight)
    error = SIGMAS * np.sqrt(0.95 * 0.05 / DRAWS)
    low, high = (lost[np.searchsorted(cumulated, 0.95 + side * error)] for side in (-1, 1))
    cell = 2 / headquarters.CELLS
    assert low - cell <= np.quantile(found, 0.95) <= high + cell


@settings(max_examples=25, deadline=None)  # each draws a whole block
@given(st.integers(1, NAMED), st.integers(0, YEARS - 1), st.integers(NAMED, 500))
def test_a_departure_removes_exactly_the_named_weights(largest, at, number):
    made = groups(number, departures=(Leaving(largest, at),))
    held, _ = firms.weights(np.array([float(number)]), np.array([1.0]))
    expected = np.ones(YEARS + 1)
    expected[at + 1 :] -= held[0, :largest].sum()
    assert np.abs(made.drawn(SEED, 0) - expected).max() < 1e-12
    assert made.central() == pytest.approx(expected)


def test_newcomers_arrive_as_the_formula_says():
    chance, coming = 0.05, 0.024
    made = groups(relocation=chance, entry=np.full(YEARS, coming), entrant_size=0.006)
    arrived = np.concatenate([made.arrived(SEED, block) for block in range(BLOCKS)])[:, YEARS]
    told = headquarters.entry(coming / 0.006, 0.006, -np.log1p(-chance), YEARS)
    assert arrived.mean() == pytest.approx(told, abs=SIGMAS * arrived.std() / np.sqrt(DRAWS))
    assert made.newcomers()[YEARS] == pytest.approx(told)


def scenario(**choice):
    loaded = load_scenario("headquarters_leave", EVIDENCE.project, evidence=EVIDENCE)
    block = loaded.levers.firms.model_copy(update=choice)
    return replace(loaded, levers=loaded.levers.model_copy(update={"firms": block}))


def test_a_path_is_the_same_however_many_are_drawn():
    moving = scenario(relocation=0.02, entry=0.02)
    few, many = (simulate(moving, EVIDENCE, draws=draws) for draws in (7, BLOCK + 3))
    for name, path in few.paths.items():
        assert np.array_equal(path, many.paths[name][:7]), name


@pytest.mark.parametrize("spillover", [0.0, 0.3])
def test_gdp_and_share_in_a_simulation(spillover):
    with_it = scenario(spillover=spillover)
    gone = simulate(with_it, EVIDENCE, draws=500)
    stays = simulate(staying_put(with_it), EVIDENCE, draws=500)
    (name, own), at = gone.driven.firms, gone.position(2028)
    lost = 1 - own.drawn(gone.seed, 0)[:500]
    assert lost[:, :at] == pytest.approx(0)
    assert (lost[:, at] > 0.1).all()
    share = stays.paths[name]
    factor = np.log1p(-share * lost * (1 + spillover))
    moved = np.log(gone.paths["real_gdp"] / stays.paths["real_gdp"])
    assert moved == pytest.approx(factor, abs=1e-12)
    assert gone.paths[name] == pytest.approx(share * (1 - lost) / np.exp(factor), abs=1e-12)
    rest = gone.paths["rest_of_headquarters_value_added"] / gone.paths["nominal_gdp"]
    assert rest == pytest.approx(1 - gone.paths[name], abs=1e-12)
    assert gone.paths["year_end_population"] == pytest.approx(stays.paths["year_end_population"])


def test_a_departure_by_name_is_the_scenarios_own():
    own, made = (
        simulate(one, EVIDENCE, draws=50) for one in (scenario(), leaving(staying_put(scenario()), 3, 2028))
    )
    assert all(np.array_equal(path, made.paths[name]) for name, path in own.paths.items())
