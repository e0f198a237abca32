"""Slopes against closed forms, the vectorised model against the solver's, swings over stated ranges."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from futian_model import simulation
from futian_model.errors import InputError
from futian_model.evidence import load_evidence
from futian_model.firms import Range
from futian_model.project import find_project
from futian_model.scenario import load_scenario
from futian_model.sensitivity import STEP, UNIT, lever_index, sobol, tornado
from futian_model.sensitivity.inputs import Uncertain
from futian_model.sensitivity.levers import around
from futian_model.sensitivity.setting import setting
from tests.as_of_2021 import as_of_2021

EVIDENCE = load_evidence(find_project(Path(__file__).parent))
SCENARIOS = ("trend_2021", "headquarters_leave", "three_engines")
EIGHT_IN_TEN = 1.2815515655446004


def of(name):
    return as_of_2021(name, EVIDENCE)


@pytest.fixture(scope="module")
def asked():
    return {name: setting(of(name), EVIDENCE) for name in SCENARIOS}


def looked_up(table, lever, indicator, year, column="relative"):
    own = table[(table["lever"] == lever) & (table["indicator"] == indicator) & (table["year"] == year)]
    return own[column].item()


def test_slopes_at_their_closed_forms(asked):
    table, given_ = lever_index(of("trend_2021"), EVIDENCE), asked["trend_2021"]
    central = simulation.central(given_.driven)
    for year in (2025, 2035):
        span = year - 2020
        # log GDP is the sum of log growth; population moves an average of two year-ends
        growth = looked_up(table, "growth", "real_gdp", year)
        assert growth == pytest.approx(UNIT * span, rel=(span * STEP) ** 2)
        stock = central["year_end_population"][span - 1 : span + 1]
        people = stock @ [span - 1, span] / stock.sum()
        per_head = looked_up(table, "population", "real_gdp_per_capita", year)
        assert per_head == pytest.approx(-UNIT * people, rel=1e-6)
        share = central["headquarters_share"][span]
        lead = looked_up(table, "headquarters_share", "headquarters_share", year)
        assert lead == pytest.approx(UNIT * span * share * (1 - share), rel=1e-5)
        level = looked_up(table, "growth", "real_gdp", year, "effect")
        assert level == pytest.approx(growth * central["real_gdp"][span])
        for lever, indicator in (
            ("deflator", "real_gdp"),
            ("growth", "headquarters_share"),
            ("population", "real_gdp"),
        ):
            assert looked_up(table, lever, indicator, year) == 0


@pytest.mark.parametrize("lever", ["growth", "tfp_growth", "investment_share", "entry"])
def test_the_error_falls_with_the_square_of_the_step(asked, lever):
    one = asked["headquarters_leave" if lever == "entry" else "three_engines"]
    indicator = "headquarters_share" if lever == "entry" else "real_gdp"  # entry moves GDP on a line

    def slope(step):
        at, weights = around(one.driven, lever, step)
        return weights @ one.response.paths({lever: at}, [indicator])[indicator][:, -1]

    exact = (4 * slope(1e-4) - slope(2e-4)) / 3
    errors = [abs(slope(step) - exact) for step in (2e-3, 1e-3)]
    assert errors[0] / errors[1] == pytest.approx(4, rel=0.06)


def test_entry_cannot_fall_below_nothing_and_is_looked_at_from_one_side(asked):
    driven = asked["headquarters_leave"].driven
    assert (around(driven, "entry")[0] >= 0).all()
    assert around(driven, "growth")[0].tolist() == [-STEP, STEP]


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(SCENARIOS), st.data())
def test_many_cases_at_once_are_the_solvers_paths(asked, scenario, data):
    one = asked[scenario]
    levers = data.draw(st.lists(st.sampled_from(one.driven.levers), min_size=1, unique=True))
    moves = {name: data.draw(st.floats(0.0 if name == "entry" else -0.02, 0.02)) for name in levers}
    wanted = list(simulation.central(one.driven))
    values = {name: np.array([0.0, move, 0.0]) for name, move in moves.items()}
    paths = one.response.paths(values, wanted)
    years = np.ones(len(one.scenario.years) - 1)
    moved = simulation.central(one.driven.moved({name: move * years for name, move in moves.items()}))
    still = simulation.central(one.driven)
    for name in wanted:
        assert paths[name][1] == pytest.approx(moved[name][1:], rel=1e-12)
        assert paths[name][[0, 2]] == pytest.approx(np.tile(still[name][1:], (2, 1)), rel=1e-12)


@given(st.floats(0.8, 1.2), st.integers(50, 300))
def test_sizes_move_as_another_scenario_would(asked, tail, number):
    one = asked["headquarters_leave"]
    share, groups = one.driven.firms
    stated = replace(groups, tail=Range(tail, tail, tail), number=Range(number, number, number))
    moved = simulation.central(replace(one.driven, firms=(share, stated)))
    values = {"tail": np.array([tail]), "groups": np.array([float(number)])}
    path = one.response.paths(values, ["real_gdp"])["real_gdp"]
    assert path[0] == pytest.approx(moved["real_gdp"][1:], rel=1e-12)


def test_more_cases_than_are_worked_on_at_a_time(asked):
    one = asked["headquarters_leave"]
    values = np.linspace(-0.02, 0.02, 2500)
    paths = one.response.paths({"growth": values}, ["real_gdp"])["real_gdp"]
    assert np.diff(np.log(paths[:, -1])) == pytest.approx(15 * np.diff(values))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_swings_over_the_calibrations_ranges(asked, scenario):
    table, one = tornado(of(scenario), EVIDENCE), asked[scenario]
    trends = one.calibration.trends()
    for row in table.to_dict("records"):
        if row["input"] in trends:
            (spread,) = [at.spread for at in trends[row["input"]].estimates if at.kind == "long_run"]
            assert (row["low"], row["high"]) == pytest.approx((-EIGHT_IN_TEN * spread, EIGHT_IN_TEN * spread))
        assert row["swing"] == abs(row["at_high"] - row["at_low"])
        assert row["central"] == pytest.approx(simulation.central(one.driven)[row["indicator"]][-1])
    for _, own in table.groupby("indicator"):
        assert own["swing"].is_monotonic_decreasing
    growth = table[(table["input"] == "growth") & (table["indicator"] == "real_gdp")].iloc[0]
    assert np.log(growth["at_high"] / growth["at_low"]) == pytest.approx(
        15 * (growth["high"] - growth["low"])
    )
    sizes = set(table["input"]) & {"tail", "groups"}
    assert sizes == ({"tail", "groups"} if scenario == "headquarters_leave" else set())


def test_ranges_that_are_stated_take_the_place_of_the_calibrations():
    stated = {"growth": (-0.01, 0.02), "tfp_growth": (0.0, 0.01)}
    table = tornado(of("three_engines"), EVIDENCE, stated, ["real_gdp"]).set_index("input")
    for name, ends in stated.items():
        assert tuple(table.loc[name, ["low", "high"]]) == ends
    assert table.loc["tfp_growth", "at_low"] == pytest.approx(table.loc["tfp_growth", "central"])
    parts = sobol(of("three_engines"), EVIDENCE, 64, ranges=stated, results=["real_gdp"])
    assert (parts.set_index("input").loc[list(stated), "first"] > 0.02).all()


def test_certainty_about_the_long_run_leaves_nothing_to_swing(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text(
        "id: own\ntitle: {zh: 自拟, en: Own}\ndescription: {zh: 试验。, en: A trial.}\n"
        "extends: trend_2021\nassumptions: {uncertainty: {slow: 0}}\n",
        "utf-8",
    )
    certain = load_scenario(file, EVIDENCE.project, evidence=EVIDENCE)
    assert tornado(certain, EVIDENCE).empty
    with pytest.raises(InputError, match="inputs = 'none'; allowed: at least one input that is uncertain"):
        sobol(certain, EVIDENCE)


@pytest.mark.parametrize(
    ("scenario", "ranges", "told"),
    [
        ("trend_2021", {"growht": (0, 1)}, "unknown growht; did you mean growth?"),
        ("trend_2021", {"growth": (0.1, -0.1)}, "two finite numbers, the smaller first"),
        ("trend_2021", {"growth": (0.1, float("nan"))}, "two finite numbers, the smaller first"),
        (
            "headquarters_leave",
            {"entry": (-0.01, 0.01)},
            "ranges.entry = '-0.01, 0.01'; allowed: numbers from",
        ),
        ("three_engines", {"investment_share": (0.0, 0.7)}, "ranges.investment_share"),
    ],
)
def test_a_range_that_is_none_is_told(scenario, ranges, told):
    with pytest.raises(InputError) as fault:
        tornado(of(scenario), EVIDENCE, ranges)
    assert told in str(fault.value)


def test_a_result_nobody_simulates_is_told():
    for call in (lever_index, tornado, sobol):
        with pytest.raises(InputError, match="unknown real_gpd; did you mean real_gdp"):
            call(of("trend_2021"), EVIDENCE, results=["real_gpd"])


def test_quantiles_of_each_kind():
    assert Uncertain("a", "norm", (1.0, 2.0)).ends == pytest.approx(
        (1 - 2 * EIGHT_IN_TEN, 1 + 2 * EIGHT_IN_TEN)
    )
    assert Uncertain("a", "unif", (1.0, 3.0)).ends == (1.0, 3.0)
    assert Uncertain("a", "range", (50, 100, 300)).ends == pytest.approx((60, 260))
