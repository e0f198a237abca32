"""Judgments move paths by what they say, in every draw alike, and chance tells which are implausible."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from futian_model import attribute, load_evidence, load_scenario, simulate
from futian_model.attribution import MOST_PLAYERS, Mixtures, differing
from futian_model.contexts import differential, within
from futian_model.drivers import drivers, judge, judged_growth
from futian_model.errors import InputError
from futian_model.project import find_project
from futian_model.scenario.blocks import LeadPath
from futian_model.scenario.judgments import Judgment
from futian_model.simulation import calibrated, rehearse
from tests.as_of_2021 import as_of_2021

PROJECT = find_project(Path(__file__).parent)
EVIDENCE = load_evidence(PROJECT)
BUILT_IN = ("trend_2021", "double_gdp_2035", "three_engines", "stagnation", "headquarters_leave")
REASON = {"zh": "理由", "en": "Why"}


def scenario(name="trend_2021"):
    return as_of_2021(name, EVIDENCE)


def judgment(on="growth", size=1.0, start=2028, end=None):
    return Judgment(on=on, start=start, end=end, size=size, author="王敏", date="2026-03-15", reason=REASON)


def with_them(loaded, *judgments):
    named = {f"judgment_{at}": one for at, one in enumerate(judgments)}
    return dataclasses.replace(loaded, judgments=named)


def driven(loaded):
    return drivers(loaded, EVIDENCE, calibrated(loaded, EVIDENCE), "given_scenario")


def beyond(loaded, *judgments):
    changed = with_them(loaded, *judgments)
    found = judge(changed, calibrated(changed, EVIDENCE))
    return [{(one.rule, one.together) for one in judged.beyond} for judged in found]


def trend(on="growth"):
    return calibrated(scenario(), EVIDENCE).trends()[on]


@pytest.mark.parametrize("on", ["growth", "population", "deflator", "headquarters_share"])
@pytest.mark.parametrize("name", BUILT_IN)
def test_a_path_moves_by_the_sum_of_sizes_times_the_calibrations_standard_deviation(name, on):
    plain = scenario(name)
    judged = with_them(plain, judgment(on, 0.7, 2024, 2026), judgment(on, -1.2, 2026), judgment(on, 0.1))
    own, moved = driven(plain).centre, driven(judged).centre
    expected = np.zeros(15)
    expected[3:6] += 0.7
    expected[5] -= 1.2
    expected[7] += 0.1
    shock_sd = calibrated(plain, EVIDENCE).trends()[on].shock_sd
    np.testing.assert_allclose(moved[on] - own[on], expected * shock_sd, atol=1e-12)
    others = {other for other in own if other != on}
    if name == "three_engines" and on == "population":  # more people work as well
        others -= {"growth"}
        assert moved["growth"][3] > own["growth"][3]
    for other in others:
        np.testing.assert_array_equal(moved[other], own[other])


def test_every_draw_moves_as_the_path_does():
    plain = scenario()
    judged = with_them(plain, judgment(size=0.7, start=2024, end=2026), judgment("population", -0.5, 2030))
    a, b = (simulate(one, EVIDENCE, draws=200) for one in (plain, judged))
    for indicator, on in (("real_gdp", "growth"), ("year_end_population", "population")):
        added = judged_growth(judged, b.calibration, on)
        expected = np.concatenate([[0.0], np.cumsum(added)])
        assert expected[-1] != 0
        moved = np.log(b.paths[indicator] / a.paths[indicator])
        np.testing.assert_allclose(moved, np.broadcast_to(expected, moved.shape), atol=1e-12)
        central = np.log(b.central[indicator] / a.central[indicator])
        np.testing.assert_allclose(central, expected, atol=1e-12)


@pytest.mark.parametrize("reading", ["given_scenario", "given_evidence"])
def test_without_judgments_not_a_bit_moves(reading):
    plain = scenario("headquarters_leave")
    dropped = dataclasses.replace(plain, judgments={"boom": None})
    a, b = (simulate(one, EVIDENCE, draws=50, reading=reading) for one in (plain, dropped))
    for name, path in a.paths.items():
        np.testing.assert_array_equal(b.paths[name], path, name)


def test_the_evidence_knows_no_judgments():
    plain, judged = scenario(), with_them(scenario(), judgment(size=2.0, end=2035))
    a, b = (simulate(one, EVIDENCE, draws=50, reading="given_evidence") for one in (plain, judged))
    for name, path in a.paths.items():
        np.testing.assert_array_equal(b.paths[name], path, name)


def test_a_standard_deviation_is_that_of_the_shocks_the_paths_are_drawn_with():
    result = simulate(scenario(), EVIDENCE, draws=60_000, keep=True)
    held = {"growth": "real_gdp", "population": "year_end_population", "deflator": "deflator"}
    for on, indicator in held.items():
        growth = np.diff(np.log(result.paths[indicator]), axis=1)
        told = result.calibration.trends()[on]
        assert growth[:, -1].std() == pytest.approx(told.shock_sd, rel=0.02), on
        for years in (np.arange(10, 15), np.array([9, 13])):
            assert growth[:, years].sum(axis=1).std() == pytest.approx(told.run_sd(years), rel=0.02), on


def test_the_band_is_that_of_the_draws_given_the_evidence():
    result = simulate(scenario(), EVIDENCE, draws=60_000, keep=True, reading="given_evidence")
    low, high = np.log(np.quantile(result.paths["real_gdp"][:, -1], [0.05, 0.95]))
    assert (high - low) / 2 == pytest.approx(trend().half_width(0.9), rel=0.02)


def test_wider_bands_of_the_scenario_move_no_judgment_and_excuse_none():
    wide = scenario().assumptions.uncertainty.model_copy(update={"scale": 5.0, "slow": 5.0})
    plain = scenario()
    loose = dataclasses.replace(plain, assumptions=plain.assumptions.model_copy(update={"uncertainty": wide}))
    many = judgment(size=2.5), judgment("population", 1.0, 2024, 2035)
    assert beyond(loose, *many) == beyond(plain, *many)
    for name, path in driven(with_them(plain, *many)).centre.items():
        np.testing.assert_array_equal(driven(with_them(loose, *many)).centre[name], path)


def test_the_horizon_moves_no_judgment():
    plain = with_them(scenario(), judgment(size=1.5))
    longer = dataclasses.replace(plain, assumptions=plain.assumptions.model_copy(update={"horizon": 2040}))
    short, long = (judged_growth(one, calibrated(one, EVIDENCE), "growth") for one in (plain, longer))
    np.testing.assert_allclose(long[:15], short, rtol=1e-12)


def test_a_share_that_nobody_could_estimate_takes_no_judgment(tmp_path):
    file = tmp_path / "trial.yaml"
    file.write_text(
        "id: trial\ntitle: {zh: 试验, en: Trial}\ndescription: {zh: 一项试验。, en: A trial.}\n"
        "extends: plan_targets\njudgments:\n  digital:\n    on: digital_economy_share\n    start: 2028\n"
        "    size: 1\n    author: 王敏\n    date: 2026-03-15\n    reason: {zh: 理由, en: Why}\n",
        encoding="utf-8",
    )
    loaded = load_scenario(file, PROJECT, evidence=EVIDENCE)
    with pytest.raises(InputError) as raised:
        rehearse(loaded, EVIDENCE)
    assert str(raised.value) == (
        f"{file}, line 7: judgments.digital.on = 'digital_economy_share'; allowed: growth, population,"
        " deflator, headquarters_share; of this one too few figures are published to tell how much it varies"
        " in a year"
    )


# plausible or not


def test_two_standard_deviations_in_a_year_are_plausible_and_more_are_not():
    assert beyond(scenario(), judgment(size=2.0)) == [set()]
    assert beyond(scenario(), judgment(size=-2.01)) == [{("year", False)}]
    assert beyond(scenario(), judgment(size=1.2), judgment(size=0.9)) == [{("year", True)}] * 2
    assert beyond(scenario(), judgment(size=1.2), judgment("population", 0.9)) == [set(), set()]


def test_a_run_is_held_against_what_shocks_add_up_to():
    years = np.arange(5, 10)
    most = 2 * trend().run_sd(years) / (5 * trend().shock_sd)
    assert 2 / np.sqrt(5) < most < 2.0  # shocks persist: longer runs than of independent years
    assert beyond(scenario(), judgment(size=0.999 * most, start=2026, end=2030)) == [set()]
    assert beyond(scenario(), judgment(size=1.001 * most, start=2026, end=2030)) == [{("run", False)}]
    halves = [judgment(size=0.51 * most, start=2026, end=2030)] * 2
    assert beyond(scenario(), *halves) == [{("run", True)}] * 2


def test_a_level_is_held_against_the_band_of_the_evidence():
    most = trend().half_width(0.9) / (15 * trend().shock_sd)
    near, far = (judgment(size=factor * most, start=2021, end=2035) for factor in (-0.999, -1.001))
    assert beyond(scenario(), near) == [{("run", False)}]
    assert beyond(scenario(), far) == [{("run", False), ("level", False)}]


def test_one_that_goes_too_far_is_no_fault_of_another():
    large, small = judgment(size=1.0, start=2026, end=2035), judgment(size=0.4, start=2028, end=2030)
    assert beyond(scenario(), large, small) == [{("run", False)}, set()]


def test_what_leans_the_other_way_neither_excuses_nor_is_blamed():
    up, down = judgment(size=2.5), judgment(size=-2.5)
    assert beyond(scenario(), up, down) == [{("year", False)}] * 2
    against = judgment(size=-0.1)
    assert beyond(scenario(), judgment(size=1.2), judgment(size=1.2), against) == [
        {("year", True)},
        {("year", True)},
        set(),
    ]


# elsewhere


def test_two_scenarios_that_differ_by_a_judgment_show_what_it_does():
    plain, judged = scenario(), with_them(scenario(), judgment(size=0.7, start=2024, end=2026))
    made = attribute(plain, judged, EVIDENCE)
    assert made.names == ("judgments",)
    shock_sd = trend().shock_sd
    assert made.end / made.start == pytest.approx(np.exp(3 * 0.7 * shock_sd), rel=1e-12)
    other = scenario("headquarters_leave")
    mixed = attribute(other, judged, EVIDENCE, indicator="headquarters_share")
    assert dict(zip(mixed.names, mixed.contributions, strict=True))["judgments"] == 0.0
    assert mixed.contributions.sum() == pytest.approx(mixed.difference, rel=1e-12)
    both = attribute(other, judged, EVIDENCE)
    assert dict(zip(both.names, both.contributions, strict=True))["judgments"] > 0


def test_where_everything_differs_there_are_as_many_blocks_as_can_be_split():
    a = scenario("headquarters_leave")
    b = with_them(scenario("external_shock"), judgment())
    levers = b.levers.model_copy(
        update={"growth": scenario("stagnation").levers.growth, "shares": {"headquarters_share": None}}
    )
    told = {
        "vintage": "2022",
        "uncertainty": a.assumptions.uncertainty.model_copy(update={"scale": 2.0}),
        "deflator": {"block": "path"},
        "population_source": "sz_census7_copy",
    }
    b = dataclasses.replace(b, levers=levers, assumptions=b.assumptions.model_copy(update=told))
    assert len(differing(a, b)) == 9
    made = Mixtures(a, b, EVIDENCE)
    assert len(made._few()) <= MOST_PLAYERS
    assert ("judgments",) in made._few()


def test_put_into_another_city_a_judgment_counts_once():
    plain = scenario("double_gdp_2035")
    judged = with_them(plain, judgment(size=0.7, start=2024, end=2026))
    calibration = calibrated(plain, EVIDENCE)
    leads = [differential(one, EVIDENCE, calibration) for one in (plain, judged)]
    gaps = [np.array([phase.growth_gap for phase in lead.phases]) for lead in leads]
    np.testing.assert_allclose(gaps[1], gaps[0], atol=1e-15)
    city = scenario("stagnation").levers.growth.city
    nation = scenario("stagnation").levers.growth.nation
    assert all(isinstance(lead, LeadPath) for lead in leads)
    moved = [
        driven(within(one, city, nation, lead)).centre["growth"]
        for one, lead in zip((plain, judged), leads, strict=True)
    ]
    np.testing.assert_allclose(moved[1] - moved[0], judged_growth(judged, calibration, "growth"), atol=1e-12)
