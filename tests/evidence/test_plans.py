"""Goals of several plans and places: which the district is judged by, and what each says of its basis."""

import math

import pandas as pd
import pytest

from futian_model import load_evidence
from futian_model.errors import UnknownName
from futian_model.evidence.plan import PLANS, goal_of, own_goals

EVIDENCE = load_evidence()
ALL = EVIDENCE.plan_goals


def test_the_district_is_judged_by_its_14th_plan():
    assert set(EVIDENCE.goals["plan"]) == {"14th"}
    assert set(EVIDENCE.goals["geo"]) == {"futian"}
    assert len(EVIDENCE.goals) == 26
    assert EVIDENCE.goals["table_row"].notna().sum() == 24


def test_goals_of_the_city_and_the_nation_are_held_beside():
    later = ALL[ALL["plan"] == "15th"]
    assert later["geo"].value_counts().to_dict() == {"china": 9, "shenzhen": 1}
    assert EVIDENCE.name("shenzhen_gdp_2030", "en") == "GDP"
    with pytest.raises(UnknownName):
        EVIDENCE.goal("shenzhen_gdp_2030")


def test_no_goal_of_the_districts_15th_plan_is_invented():
    assert ALL[(ALL["plan"] == "15th") & (ALL["geo"] == "futian")].empty


def test_a_later_plan_of_the_district_leaves_the_earlier_one_in_place():
    row = EVIDENCE.goals.loc[["gdp_2025"]].assign(plan="15th", target_year=2030)
    both = pd.concat([row.rename(index={"gdp_2025": "gdp_2030"}), ALL])
    assert list(own_goals(both, "futian").index) == list(EVIDENCE.goals.index)
    assert list(own_goals(row, "futian").index) == ["gdp_2025"]
    assert own_goals(ALL, "nanshan").empty


def test_a_goal_says_whose_it_is_and_whether_its_basis_is_stated():
    gdp = EVIDENCE.goal("gdp_2025")
    assert (gdp.plan, gdp.geo, gdp.price_basis, gdp.basis_stated) == ("14th", "futian", "constant", False)
    assert EVIDENCE.goal("doctors_2025").basis_stated is None
    nation = ALL.loc[["china_gdp_growth_2030"]].iloc[0]
    told = goal_of(nation, EVIDENCE.indicators)
    assert (told.basis_stated, told.measure, told.attribute) == (True, "set_yearly", "")
    assert math.isnan(told.value)
    assert math.isnan(told.multiple)


def test_every_plan_is_one_that_the_library_knows():
    assert set(ALL["plan"]) <= set(PLANS)
