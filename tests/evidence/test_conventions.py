"""Arithmetic that refuses to mix what statistics keep apart, naming both figures."""

import math
import re
from dataclasses import replace

import pytest

from futian_model import load_evidence
from futian_model.errors import InputError
from futian_model.evidence.conventions import average, change, ratio

EVIDENCE = load_evidence()
GDP = EVIDENCE.figure("futian", "gdp", 2016, as_of="2017")
LATER = replace(GDP, year=2018, value=4150.0, source="later")
FINANCE = EVIDENCE.figure("futian", "finance_value_added", 2016, source="zjtcn_2017")


def refused(message):
    return pytest.raises(InputError, match=re.escape(message))


def test_change_is_log_growth_a_year():
    assert change(GDP, LATER) == pytest.approx(math.log(4150 / 3560) / 2)


def test_nominal_and_constant_never_mix():
    real = replace(LATER, indicator="real_gdp", price_basis="constant")
    with refused(
        "price_basis: gdp futian 2016, 3560 亿元 (futian_en_2017) and real_gdp futian 2018, 4150 亿元"
        " (later); allowed: one price basis, not nominal and constant"
    ):
        change(GDP, real)
    with refused("allowed: one price basis, not nominal and constant"):
        ratio(FINANCE, replace(GDP, price_basis="constant"))


@pytest.mark.parametrize(
    ("field", "value", "allowed"),
    [
        ("indicator", "tax_revenue", "one indicator, not gdp and tax_revenue"),
        ("geo", "luohu", "one geo, not futian and luohu"),
        ("unit", "万元", "one unit, not 亿元 and 万元"),
        ("precision", "lower_bound", "two figures neither of which is a lower bound"),
        ("year", 2016, "an earlier figure, then a later one"),
        ("value", 0.0, "levels above 0"),
    ],
)
def test_growth_between_two_things(field, value, allowed):
    with refused(f"allowed: {allowed}"):
        change(GDP, replace(LATER, **{field: value}))


def test_growth_across_a_census_is_refused():
    before = EVIDENCE.figure("shenzhen", "population_resident_yearend", 2019)
    after = EVIDENCE.figure("shenzhen", "population_resident_yearend", 2020)
    with refused(
        "basis: population_resident_yearend shenzhen 2019, 1343.88 万人 (szns_pop2019) on census_2010 and"
        " population_resident_yearend shenzhen 2020, 1763.38 万人 (jiemian_2022) on census_2020;"
        " allowed: one basis, not census_2010 and census_2020"
    ):
        change(before, after)
    with refused("one basis, not before_economic_census_2018 and economic_census_2018"):
        change(
            EVIDENCE.figure("beijing_chaoyang", "gdp", 2018),
            EVIDENCE.figure("beijing_chaoyang", "gdp", 2019),
        )


def test_a_basis_that_nobody_states_clashes_with_nothing():
    assert change(GDP, LATER) > 0
    assert change(GDP, replace(LATER, year=2017, basis="economic_census_2013")) > 0


def test_a_level_without_a_basis_beside_one_with_it_where_a_census_lies_between():
    with refused(
        "on before_economic_census_2018; allowed: two figures that state their basis: the economic census"
        " of 2018 lies between"
    ):
        change(GDP, replace(LATER, basis="before_economic_census_2018"))
    people = EVIDENCE.figure("shenzhen", "population_census", 2010)
    with refused("two figures that state their basis: the population census of 2020 lies between"):
        change(replace(people, basis=""), EVIDENCE.figure("shenzhen", "population_census", 2020))


def test_figures_per_head_carry_the_census_of_their_population():
    plan = EVIDENCE.figure("futian", "gdp_per_capita", 2020)
    assert plan.basis == "census_2010"
    with refused("one basis, not census_2010 and census_2020"):
        change(plan, replace(plan, year=2025, value=35.7, basis="census_2020"))


def test_a_share():
    assert ratio(FINANCE, GDP) == pytest.approx(1245 / 3560)
    assert ratio(FINANCE, replace(GDP, value=35600000.0, unit="万元")) == pytest.approx(1245 / 3560)
    with refused("one year, not 2016 and 2018"):
        ratio(FINANCE, LATER)
    with refused("one geo, not futian and luohu"):
        ratio(FINANCE, replace(GDP, geo="luohu"))
    with refused("two figures of one unit, or money over people"):
        ratio(GDP, replace(GDP, unit="USD"))


def test_gdp_per_head_is_over_the_average_population():
    gdp = EVIDENCE.figure("shenzhen", "gdp", 2022)
    before, last = (EVIDENCE.figure("shenzhen", "population_resident_yearend", year) for year in (2021, 2022))
    people = average(before, last)
    assert (people.basis, people.year, people.value) == ("census_2020", 2022, pytest.approx(1767.17))
    published = EVIDENCE.figure("shenzhen", "gdp_per_capita", 2022, source="hh_city_bulletins")
    assert ratio(gdp, people) == pytest.approx(published.value, abs=5e-5)


def test_an_average_over_a_census_or_a_gap_is_refused():
    by_year = {
        year: EVIDENCE.figure("shenzhen", "population_resident_yearend", year) for year in (2019, 2020, 2022)
    }
    with refused("one basis, not census_2010 and census_2020"):
        average(by_year[2019], by_year[2020])
    with refused("two year-ends, one year apart"):
        average(by_year[2020], by_year[2022])


def test_a_goal_over_the_years_is_not_judged_on_one_year():
    places = EVIDENCE.goal("school_places_2025")
    assert places.meets(5.5, places.level(3.7), measure="cumulative")
    with refused("measure of school_places_2025 = 'level'; allowed: cumulative, as the plan states it"):
        places.meets(5.5, 5.5, measure="level")
    with refused("measure of gdp_2025 = 'cumulative'; allowed: level, as the plan states it"):
        EVIDENCE.goal("gdp_2025").meets(6600, 6600, measure="cumulative")
