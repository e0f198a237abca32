"""The same levers inside any city and nation: what must hold exactly, and when surroundings are flagged."""

import dataclasses

import numpy as np
import pytest

from futian_model import contexts, load_evidence, load_scenario, simulate
from futian_model.contexts import IMPLAUSIBLE, PLAUSIBLE, UNUSUAL, Check, flag
from futian_model.errors import InputError, InputErrors
from futian_model.scenario.blocks import LeadPath
from futian_model.scenario.blocks.context import LeadOver
from futian_model.scenario.phases import Gap

EVIDENCE = load_evidence()
NATIONS, CITIES = contexts.surroundings(EVIDENCE.project, EVIDENCE)
LEAD = LeadPath(
    block="path",
    phases=(Gap(start=2021, end=2027, growth_gap=0.01), Gap(start=2028, end=2035, growth_gap=-0.02)),
)
LED = [city for city in CITIES.values() if isinstance(city.growth, LeadOver)]
OWN = [city for city in CITIES.values() if not isinstance(city.growth, LeadOver)]


def scenario(name="evidence_trend"):
    return load_scenario(name, EVIDENCE.project, evidence=EVIDENCE)


def cells(name="evidence_trend"):
    places = (list(CITIES.values()), list(NATIONS.values()))
    return contexts.matrix(scenario(name), EVIDENCE, *places)


@pytest.fixture(scope="module")
def made():
    return cells()


@pytest.mark.parametrize("nation", NATIONS.values(), ids=lambda one: one.id)
@pytest.mark.parametrize("city", LED, ids=lambda one: one.id)
def test_district_growth_is_nation_and_city_lead_and_differential(city, nation):
    inside = contexts.within(scenario(), city, nation, LEAD)
    result = simulate(inside, EVIDENCE, draws=1)
    around, gap = result.driven.around, np.repeat([0.01, -0.02], [7, 8])
    ahead = slice(result.driven.jump, None)  # figures tell about the years before
    assert np.array_equal(around.district[ahead], (around.city + gap)[ahead])
    np.testing.assert_allclose(
        around.district[ahead], (around.nation + (around.city - around.nation) + gap)[ahead]
    )
    np.testing.assert_allclose(np.diff(np.log(result.central["real_gdp"])), around.district, atol=1e-12)
    if city.id == "city_as_nation":
        assert np.array_equal(around.city[ahead], around.nation[ahead])


def test_the_same_levers_give_the_same_population_prices_and_shares(made):
    first = made[0].result.driven.centre
    for one in made[1:]:
        assert set(one.result.driven.centre) == set(first)
        for driver in set(first) - {"growth"}:
            assert np.array_equal(one.result.driven.centre[driver], first[driver]), (one.name, driver)
    assert len({tuple(one.result.driven.centre["growth"]) for one in made}) == len(made)


def test_the_implied_share_follows_from_the_two_growths(made):
    district, city = (EVIDENCE.place(role) for role in ("district", "city"))
    base = [
        EVIDENCE.figure(district, "gdp", 2020, as_of="2026").value,
        EVIDENCE.figure(city, "gdp", 2020, as_of="2021").value,
    ]
    for one in made:
        assert one.share[0] == pytest.approx(base[0] / base[1], rel=1e-12)
        lead = one.result.driven.around.district - one.result.driven.around.city
        np.testing.assert_allclose(np.diff(np.log(one.share)), lead, atol=1e-12)


def test_a_cell_is_the_simulation_of_that_scenario(made):
    rows = contexts.frame(made, EVIDENCE).set_index(["case", "indicator", "year", "statistic"])["value"]
    for one in made:
        central = simulate(one.result.scenario, EVIDENCE, draws=3).central
        for indicator in ("real_gdp", "real_gdp_per_capita"):
            assert np.array_equal(one.result.central[indicator], central[indicator])
            assert rows[one.case, indicator, 2035, "central"] == central[indicator][15]


def test_the_scenario_itself_is_not_touched():
    own = scenario()
    before = own.to_dict()
    inside = contexts.within(own, CITIES["city_as_nation"], NATIONS["nation_trend"])
    assert own.to_dict() == before
    assert inside.levers.growth.block == "context"
    assert inside.levers.population == own.levers.population
    assert inside.assumptions == own.assumptions
    assert set(inside.provenance) == set(inside.values())


@pytest.mark.parametrize("name", ["evidence_trend", "double_gdp_2035", "external_shock", "stagnation"])
def test_inside_its_own_surroundings_a_scenario_is_itself(name):
    own = scenario(name)
    home = (
        ("city_as_nation", "nation_lowy_2022")
        if name == "stagnation"
        else ("city_lead_fades", "nation_trend")
    )
    (one,) = contexts.matrix(own, EVIDENCE, [CITIES[home[0]]], [NATIONS[home[1]]])
    np.testing.assert_allclose(
        one.result.central["real_gdp"], simulate(own, EVIDENCE, draws=1).central["real_gdp"], rtol=1e-12
    )


def test_a_city_on_its_own_path_stands_once_and_no_nation_moves_it(made):
    for city in OWN:
        (one,) = [cell for cell in made if cell.city.id == city.id]
        assert one.nation is None
        assert one.result.driven.around.nation is None
    assert len(made) == len(LED) * len(NATIONS) + len(OWN)


def test_a_goal_is_met_exactly_where_the_city_grows_as_needed(made):
    for one in made:
        for judged in one.judged:
            ahead = slice(5, judged.goal.year - 2020)  # from 2026 on
            grown = float(np.expm1(one.around.city[ahead].mean()))
            assert judged.met == (grown >= one.city_growth_needed(judged) - 1e-12)


def test_a_lead_over_no_nation_is_refused():
    with pytest.raises(InputError) as fault:
        contexts.within(scenario(), CITIES["city_as_nation"], None)
    assert str(fault.value) == (
        "missing levers.growth.nation; allowed: the id of a nation's path, over which city_as_nation"
        " states a lead"
    )


def test_a_path_that_leaves_years_out_is_refused():
    own = scenario()
    longer = dataclasses.replace(own, assumptions=own.assumptions.model_copy(update={"horizon": 2037}))
    assert contexts.misfit(NATIONS["nation_trend"], longer, EVIDENCE) == []
    with pytest.raises(InputErrors) as fault:
        contexts.matrix(longer, EVIDENCE, [CITIES["city_as_nation"]], [NATIONS["nation_bai_2020"]])
    assert str(fault.value) == (
        "levers.growth.nation.growth.path = 'bai_2020'; allowed: a path that says something of every year;"
        " it says nothing of 2036, 2037"
    )


def checks(**sides):
    """Checks on the range 0 to 1, at its middle unless named."""
    values = dict.fromkeys(("nation", "published", "city", "district", "share"), 0.5) | sides
    return [Check(of, value, 0.0, 1.0) for of, value in values.items()]


@pytest.mark.parametrize(
    ("outside", "expected"),
    [
        ({}, PLAUSIBLE),
        ({"nation": 1.0, "city": 0.0}, PLAUSIBLE),  # an end belongs to the range
        ({"nation": 2.0}, UNUSUAL),
        ({"nation": 2.0, "published": 2.0}, UNUSUAL),  # one rung, doubted twice
        ({"share": -1.0}, UNUSUAL),
        ({"share": -1.0, "city": 2.0}, UNUSUAL),  # the city's lead does not move the share
        ({"district": 2.0}, UNUSUAL),
        ({"share": 2.0, "district": 2.0}, IMPLAUSIBLE),
        ({"published": -1.0, "city": 2.0}, IMPLAUSIBLE),
        ({"nation": -1.0, "district": 2.0}, IMPLAUSIBLE),
        ({"city_path": 2.0, "district": 2.0}, IMPLAUSIBLE),
    ],
)
def test_the_rule_behind_a_flag(outside, expected):
    assert flag(checks(**outside)) == expected


def test_ranges_are_the_estimates_eight_in_ten(made):
    given = {one.name: one for one in made[0].result.calibration.growth.estimates}
    names = {"nation": "growth_nation", "city": "growth_city_lead", "district": "growth_district_lead"}
    for check in made[0].checks:
        if check.of in names:
            one = given[names[check.of]]
            reach = 1.2815515655446004 * one.spread
            assert (check.low, check.high) == pytest.approx((one.value - reach, one.value + reach))


def test_far_off_surroundings_are_implausible():
    far = LeadPath(block="path", phases=(Gap(start=2026, end=2035, growth_gap=0.08),))
    city = CITIES["city_as_nation"].model_copy(update={"growth": LeadOver(block="lead", lead=far)})
    (one,) = contexts.matrix(scenario(), EVIDENCE, [city], [NATIONS["nation_trend"]])
    assert one.flag == UNUSUAL
    shock = dataclasses.replace(
        scenario(),
        levers=contexts.within(scenario(), city, NATIONS["nation_trend"], far).levers,
    )
    (two,) = contexts.matrix(shock, EVIDENCE, [CITIES["city_as_nation"]], [NATIONS["nation_trend"]])
    assert {check.of for check in two.checks if check.side} == {"district", "share"}
    assert two.flag == IMPLAUSIBLE


def test_the_recorded_share_pairs_figures_of_one_time():
    seen = contexts.recorded(EVIDENCE, "2021")
    # 2300 of early 2013 beside the city's 12950 of then, not beside its level after the census of 2018
    assert seen.loc[2012, "value"] == pytest.approx(2300 / 12950, rel=1e-3)
    # a lower bound is no share, and what was published later is not seen
    assert not {2011, 2021, 2024} & set(seen.index)
    # the measured 4754 stands for itself
    assert seen.loc[2020, ["low", "high"]].tolist() == pytest.approx([4754 / 27670.24] * 2)
    assert contexts.recorded(EVIDENCE).loc[2024, "value"] == pytest.approx(5948.82 / 36801.87)


def test_the_lead_that_is_held_is_the_one_published():
    growth = [
        np.log1p(EVIDENCE.series(EVIDENCE.place(role), "real_gdp_growth", as_of="2026").table["value"])
        for role in ("city", "nation")
    ]
    lead = (growth[0] - growth[1]).loc[2014:2025]
    assert len(lead.dropna()) == 12
    (phase,) = CITIES["city_lead_holds"].growth.lead.phases
    assert phase.growth_gap == pytest.approx(lead.mean(), abs=5e-5)
