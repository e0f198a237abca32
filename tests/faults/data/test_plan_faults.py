"""Faults in goals of plans: each told with file, line, field, value and what is allowed."""

import pytest
from rows import add

from futian_model import load_evidence
from futian_model.errors import InputErrors

FILE = "plan_goals.csv"
ROW = (
    "gdp_2030,15th,futian,,经济发展,Economy,地区生产总值,GDP,real_gdp,亿元,RMB 100 million,2025,≈,"
    "6000,6000,6000,2030,=,7750,,7500–8000,7500–8000,level,constant,not_stated,,futian_14fyp,表1,"
)


def told(project):
    with pytest.raises(InputErrors) as fault:
        load_evidence(project)
    return str(fault.value)


def test_a_later_plan_of_the_district_is_a_row(project):
    add(project, ROW, FILE)
    held = load_evidence(project)
    assert "gdp_2030" in held.plan_goals.index
    assert "gdp_2030" not in held.goals.index


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("15th", "15", "plan = '15'; allowed: 13th, 14th, 15th, 16th; did you mean 15th?"),
        ("futian,", "futain,", "geo = 'futain'; allowed: a row of places.csv; did you mean futian?"),
        ("2025,≈", ",≈", "base_year = ''; allowed: the year that the goal starts from"),
        (
            "not_stated",
            "",
            "basis_stated = ''; allowed: stated or not_stated, and nothing where prices play no part",
        ),
        ("not_stated", "no", "basis_stated = 'no'; allowed: stated, not_stated"),
        (
            "=,7750",
            "=,7500",
            "target_value = 7500.0; allowed: 7750, the middle of what is printed, 7500–8000",
        ),
        ("=,7750", "in,7750", "operator = 'in'; allowed: ≤, ≥, ="),
        (
            "constant",
            "nominal",
            "price_basis = 'nominal'; allowed: constant, the basis of real_gdp",
        ),
    ],
)
def test_one_fault_in_an_added_goal(project, old, new, message):
    line = add(project, ROW.replace(old, new, 1), FILE)
    assert told(project) == f"data/{FILE}, line {line}: {message}"
