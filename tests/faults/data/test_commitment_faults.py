"""Faults in the plan's other numeric goals: each told with file, line, field, value and what is allowed."""

import pytest
from rows import add

from futian_model import load_evidence
from futian_model.errors import InputErrors

FILE = "plan_commitments.csv"
ROW = (
    "trees_2025,生态环境,Environment,新种树木,Trees planted,,棵,trees,2020,,,2025,true,≥,1000,1000,"
    '"1,000",cumulative,futian_14fyp,第九章第一节,"Chapter 9, section 1",'
)


def told(project):
    with pytest.raises(InputErrors) as fault:
        load_evidence(project)
    return str(fault.value)


def test_a_commitment_is_a_row(project):
    add(project, ROW, FILE)
    goal = load_evidence(project).commitment("trees_2025")
    assert (goal.value, goal.unit, goal.measure) == (1000, "棵", "cumulative")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "trees_2025",
            "gdp_2025",
            "commitment = 'gdp_2025'; allowed: a name that no goal of plan_goals.csv has",
        ),
        ("2025,true", "2020,true", "target_year = 2020; allowed: a year after the base year 2020"),
        ("true", "yes", "year_stated = 'yes'; allowed: true or false"),
        ("≥", ">=", "operator = '>='; allowed: ≤, ≥"),
        ("1000,1000", ",1000", "target_value = ''; allowed: a value"),
        ("cumulative", "stock", "measure = 'stock'; allowed: level, cumulative, bound"),
        (
            "planted,,棵",
            "planted,hospital_beds,棵",
            "unit = '棵'; allowed: a unit of hospital_beds, such as 张",
        ),
        (
            "planted,,棵",
            "planted,hospital_bed,棵",
            "indicator = 'hospital_bed'; allowed: a row of indicators.csv; did you mean hospital_beds?",
        ),
        (
            "planted,,棵,trees,2020,,,2025,true,≥,1000",
            "planted,sponge_city_share,fraction,%,2020,,,2025,true,≥,50",
            "target_value = 50.0; allowed: a fraction (50% is 0.5)",
        ),
        (
            "2020,,,2025",
            "2020,300,,2025",
            "base_section = ''; allowed: where the plan states the base value, and nothing without one",
        ),
        (
            "2020,,,2025",
            "2020,,第一章,2025",
            "base_section = '第一章'; allowed: where the plan states the base value, and nothing without one",
        ),
        ("第九章第一节", "", "section_zh = ''; allowed: a value"),
    ],
)
def test_one_fault_in_an_added_row(project, old, new, message):
    line = add(project, ROW.replace(old, new, 1), FILE)
    assert told(project) == f"data/{FILE}, line {line}: {message}"


def test_a_project_without_the_table(project):
    (project.data / FILE).unlink()
    assert told(project) == f"data/{FILE}: no such file; allowed: the file that datapackage.json names"
