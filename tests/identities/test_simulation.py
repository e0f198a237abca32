"""Identities that hold in every draw, and one core for the path and the draws."""

import dataclasses

import numpy as np
import pytest

from futian_model import load_evidence, load_scenario, simulate, simulation
from futian_model.errors import InputError
from futian_model.scenario import builtin_scenarios
from futian_model.uncertainty import BLOCK

EVIDENCE = load_evidence()
BUILT_IN = [load_scenario(str(path), evidence=EVIDENCE) for path in builtin_scenarios(EVIDENCE.project)]


@pytest.fixture(scope="module", params=BUILT_IN, ids=lambda scenario: scenario.id)
def result(request):
    return simulate(request.param, EVIDENCE, draws=300)


def test_gdp_is_real_gdp_times_deflator(result):
    paths = result.paths
    np.testing.assert_allclose(paths["nominal_gdp"], paths["real_gdp"] * paths["deflator"], rtol=1e-12)


def test_per_capita_times_average_population_is_gdp(result):
    paths = result.paths
    for basis in ("real", "nominal"):
        per_head = paths[f"{basis}_gdp_per_capita"] * paths["average_population"]
        np.testing.assert_allclose(per_head, paths[f"{basis}_gdp"], rtol=1e-12)


def test_average_population_is_the_mean_of_two_year_ends(result):
    year_end, average = result.paths["year_end_population"], result.paths["average_population"]
    np.testing.assert_allclose(average[:, 1:], (year_end[:, 1:] + year_end[:, :-1]) / 2, rtol=1e-12)


def test_part_and_rest_are_the_whole(result):
    for share in result.base.shares:
        name = share.removesuffix("_share")
        part, rest = result.paths[f"{name}_value_added"], result.paths[f"rest_of_{name}_value_added"]
        np.testing.assert_allclose(part + rest, result.paths["nominal_gdp"], rtol=1e-12)
        np.testing.assert_allclose(part / result.paths["nominal_gdp"], result.paths[share], rtol=1e-12)
        assert ((result.paths[share] > 0) & (result.paths[share] < 1)).all()


def test_the_base_year_is_certain(result):
    for indicator, path in result.paths.items():
        assert np.ptp(path[:, 0]) == 0, indicator
        assert path[0, 0] == result.central[indicator][0], indicator


def test_a_draw_without_shocks_is_the_central_path():
    scenario = BUILT_IN[0]
    still = scenario.assumptions.uncertainty.model_copy(update={"scale": 0.0, "slow": 0.0})
    settings = scenario.assumptions.model_copy(update={"uncertainty": still})
    for reading in simulation.READINGS:
        result = simulate(
            dataclasses.replace(scenario, assumptions=settings), EVIDENCE, draws=3, reading=reading
        )
        for indicator, path in result.paths.items():
            np.testing.assert_array_equal(path, np.tile(result.central[indicator], (3, 1)), indicator)


def test_the_first_draws_do_not_depend_on_how_many_follow():
    scenario = BUILT_IN[1]
    few, many = (simulate(scenario, EVIDENCE, draws=draws) for draws in (BLOCK - 7, BLOCK + 5))
    for indicator, path in few.paths.items():
        np.testing.assert_array_equal(path, many.paths[indicator][: BLOCK - 7], indicator)


def test_scenarios_share_their_shocks():
    first, second = (simulate(scenario, EVIDENCE, draws=50) for scenario in (BUILT_IN[0], BUILT_IN[2]))
    away = [np.log(result.paths["real_gdp"] / result.central["real_gdp"]) for result in (first, second)]
    np.testing.assert_allclose(*away, atol=1e-12)


def test_leaving_out_a_share_moves_nothing_else():
    scenario = BUILT_IN[0]
    levers = scenario.levers.model_copy(update={"shares": {}})
    for reading in simulation.READINGS:
        all_in = simulate(scenario, EVIDENCE, draws=50, reading=reading)
        left_out = simulate(dataclasses.replace(scenario, levers=levers), EVIDENCE, draws=50, reading=reading)
        for indicator, path in left_out.paths.items():
            np.testing.assert_array_equal(path, all_in.paths[indicator], indicator)


def test_the_evidence_alone_does_not_know_the_scenario():
    trend, both = (
        simulate(scenario, EVIDENCE, draws=50, reading="given_evidence")
        for scenario in (BUILT_IN[0], BUILT_IN[-1])
    )
    for indicator, path in trend.paths.items():
        np.testing.assert_array_equal(path, both.paths[indicator], indicator)


def test_a_plain_loop_over_years_gives_the_same_path(result):
    central, base = result.central, result.base
    gdp, people = base.gdp, base.year_end_population
    growth = central["real_gdp"][1:] / central["real_gdp"][:-1]
    stock = central["year_end_population"][1:] / central["year_end_population"][:-1]
    for year, (grown, moved) in enumerate(zip(growth, stock, strict=True), start=1):
        gdp, before, people = gdp * grown, people, people * moved
        assert central["real_gdp_per_capita"][year] == pytest.approx(gdp / ((before + people) / 2))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"draws": 0}, "draws = 0; allowed: a whole number from 1 to 1,000,000,000"),
        ({"draws": True}, "draws = True; allowed: a whole number from 1 to 1,000,000,000"),
        ({"seed": -1}, "seed = -1; allowed: a whole number from 0 to 9,223,372,036,854,775,807"),
        ({"reading": "given_evidnce"}, "unknown given_evidnce; did you mean given_evidence?"),
    ],
)
def test_refusals(wrong, message):
    with pytest.raises(InputError) as fault:
        simulate(BUILT_IN[0], EVIDENCE, **wrong)
    assert str(fault.value) == message


def test_years_and_indicators_outside_the_result():
    result = simulate(BUILT_IN[0], EVIDENCE, draws=10)
    with pytest.raises(InputError, match=r"^year = 2050; allowed: a year from 2020 to 2035$"):
        result.position(2050)
    with pytest.raises(InputError, match=r"^unknown real_gpd; did you mean real_gdp[?]$"):
        result.quantiles("real_gpd")
