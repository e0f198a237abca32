"""Faults in targets of single years: each told with file, line, field, value and what is allowed."""

import pytest
from rows import add

from futian_model import load_evidence
from futian_model.errors import InputErrors

FILE = "annual_plan.csv"
ROW = "futian,2024,gdp,≥,,6000,6100,亿元,nominal,point,expected,统计局,2024-02,futian_14fyp,,"
GROWTH = "futian,2024,real_gdp_growth,≥,5.5,,,%,constant,rounded,,,2024-02,futian_14fyp,左右,about"


def told(project):
    with pytest.raises(InputErrors) as fault:
        load_evidence(project)
    return str(fault.value)


def test_a_target_is_a_row_and_the_latest_release_counts(project):
    for row in (ROW, GROWTH, GROWTH.replace("5.5", "5").replace("2024-02", "2024-10")):
        add(project, row, FILE)
    held = load_evidence(project)
    level, growth = held.annual_targets("futian", 2024)
    assert (level.low, level.high, level.ranged, level.unit_responsible) == (6000, 6100, True, "统计局")
    assert level.interval.meets([5999, 6000, 7000]).tolist() == [False, True, True]
    assert growth.low == growth.high == 0.05
    assert held.annual_target("futian", "real_gdp_growth", 2024, as_of="2024-03").low == 0.055
    assert held.annual_target("futian", "real_gdp_growth", 2024, as_of="2023") is None


@pytest.mark.parametrize(
    ("row", "old", "new", "message"),
    [
        (ROW, "6000,6100", "6100,6000", "low = 6100.0; allowed: less than the high end, 6000"),
        (ROW, "6000,6100", "6000,6000", "low = 6000.0; allowed: less than the high end, 6000"),
        (ROW, "6000,6100", "6000,", "high = ''; allowed: the other end of the range"),
        (ROW, "6000,6100", ",6100", "low = ''; allowed: the other end of the range"),
        (ROW, "6000,6100", ",", "value = ''; allowed: one figure, or both ends of a range"),
        (ROW, ",6000,6100", "6000,6000,6100", "value = 6000.0; allowed: one figure, or a range from"),
        (ROW, "6000,6100", "-6000,6100", "low = -6000.0; allowed: a value above 0; a period not yet"),
        (ROW, "亿元", "%", "unit = '%'; allowed: a unit of gdp, such as 亿元"),
        (ROW, "nominal", "constant", "price_basis = 'constant'; allowed: nominal, the basis of gdp"),
        (ROW, "≥", ">", "operator = '>'; allowed: ≤, ≥, ="),
        (ROW, "expected", "预期性", "attribute = '预期性'; allowed: binding, expected"),
        (ROW, "2024,gdp", "2024Q3,gdp", "year = '2024Q3'; allowed: a whole number from 1949 to 2100"),
        (ROW, "futian_14fyp", "futian_15fyp", "source = 'futian_15fyp'; allowed: a row of sources.csv"),
        (ROW, "2024-02", "2021-02", "vintage = '2021-02'; allowed: a date from 2023 on: what is set earlier"),
        (ROW, "2024-02", "2099", "vintage = '2099'; allowed: a publication date that has come, up to"),
        (GROWTH, ",5.5,", ",105.5,", "value = 105.5; allowed: growth; 105.5 looks like an index, previous"),
        (GROWTH, "5.5,,,%", "5.5,,,fraction", "value = 5.5; allowed: a fraction (5.5% is 0.055)"),
    ],
)
def test_one_fault_in_a_target(project, row, old, new, message):
    assert old in row
    line = add(project, row.replace(old, new, 1), FILE)
    (fault,) = told(project).splitlines()
    assert fault.startswith(f"data/{FILE}, line {line}: {message}")


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    ("former", "now"), [("gdp_growth_target", "real_gdp_growth"), ("gdp_target_level_low", "gdp")]
)
def test_targets_among_the_figures_are_shown_to_their_table(project, former, now, known):
    """As older projects hold them, whether or not their glossary names them still."""
    if known:
        add(project, f"{former},年度目标,Annual target,fraction,constant,growth,,,,", "indicators.csv")
    line = add(project, f"futian,{former},2016,8.1,%,constant,,2016-05,futian_14fyp,point,,,")
    (fault,) = told(project).splitlines()
    place = f"data/observations.csv, line {line}: indicator = '{former}'"
    assert fault == f"{place}; allowed: {now} in a row of annual_plan.csv, where targets of years stand"
