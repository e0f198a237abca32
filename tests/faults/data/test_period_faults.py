"""Figures against the calendar, their parts and the place around: each fault is told once."""

from datetime import date

import pytest
from rows import add

from futian_model import load_evidence
from futian_model.errors import InputErrors

TODAY = date(2026, 11, 30)
OBSERVATIONS, PATHS = "observations.csv", "growth_paths.csv"
GDP = "luohu,gdp,2025,2900,亿元,nominal,,2026-02,futian_14fyp,point,,,"
HALF = "luohu,gdp,2025H1,1400,亿元,nominal,,2025-08,futian_14fyp,point,,,"
NOBODY = "dapeng,population_census,2020,15.6,万人,none,census_2020,2021-05,futian_14fyp,point,,,"
PATH = (
    "house_2026,某机构,A house,house,某机构,A house,china,real_gdp_growth,2026,2027,,4.4,,%,2026-03,"
    "futian_14fyp,"
)


def told(project):
    with pytest.raises(InputErrors) as fault:
        load_evidence(project, today=TODAY)
    return str(fault.value)


@pytest.mark.parametrize(
    ("row", "file"), [(GDP, OBSERVATIONS), (HALF, OBSERVATIONS), (NOBODY, OBSERVATIONS), (PATH, PATHS)]
)
def test_sound_rows(project, row, file):
    add(project, row, file)
    load_evidence(project, today=TODAY)


@pytest.mark.parametrize(
    ("row", "old", "new", "message"),
    [
        # a forecast, or a target, given as an outturn
        (
            GDP,
            "2026-02",
            "2025-08",
            "vintage = '2025-08'; allowed: a publication date not before the period 2025 is over, 2025-12:"
            " what is published earlier is a forecast or a target",
        ),
        (
            HALF,
            "2025-08",
            "2025-05",
            "vintage = '2025-05'; allowed: a publication date not before the period 2025H1 is over, 2025-06:"
            " what is published earlier is a forecast or a target",
        ),
        (
            GDP.replace("gdp,2025,2900,亿元,nominal", "real_gdp_growth_avg,2021-2025,5,%,constant"),
            "2026-02",
            "2024",
            "vintage = '2024'; allowed: a publication date not before the period 2021-2025 is over, 2025-12:"
            " what is published earlier is a forecast or a target",
        ),
        (
            GDP,
            "2026-02",
            "February 2026",
            "vintage = 'February 2026'; allowed: a year, or a year and month such as 2021-10;"
            " did you mean 2026-02?",
        ),
        # 人 for 万人 and the reverse, where no neighbour in time is held
        (
            NOBODY,
            "15.6,万人",
            "156000,人",
            None,
        ),
        (
            NOBODY,
            "15.6,",
            "256000,",
            "value = 256000.0; allowed: from 0.1 to 200000 万人; 256000 人 is 25.6 万人",
        ),
        (
            NOBODY,
            "15.6,万人",
            "15.6,人",
            "value = 15.6; allowed: from 1000 to 2000000000 人; 15.6 万人 is 156000 人",
        ),
        # a part above the whole
        (
            GDP,
            "2900,",
            "39900,",
            "value = 39900.0; allowed: no more than 38731.8 亿元, which shenzhen around luohu has in 2025",
        ),
    ],
)
def test_one_message_for_one_fault(project, row, old, new, message):
    line = add(project, row.replace(old, new, 1))
    if message is None:
        load_evidence(project, today=TODAY)
    else:
        assert told(project) == f"data/observations.csv, line {line}: {message}"


def test_only_figures_on_one_basis_are_compared_with_the_place_around(project):
    district = "dapeng,gdp,2023,35000,亿元,nominal,{},2024-12,futian_14fyp,point,,,"
    add(project, district.format("economic_census_2023"))
    load_evidence(project, today=TODAY)
    line = add(project, district.format("before_economic_census_2023").replace("2024-12", "2025"))
    assert told(project) == (
        f"data/observations.csv, line {line}: value = 35000.0; allowed: no more than 34606.4 亿元, which"
        " shenzhen around dapeng has in 2023"
    )


def test_a_part_of_a_year_that_stands_for_the_year(project):
    add(project, HALF)
    line = add(project, GDP.replace("2900", "1400"))
    assert told(project) == (
        f"data/observations.csv, line {line}: value = 1400.0; allowed: the figure of the whole year;"
        " futian_14fyp gives 1400 亿元 for 2025H1"
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        # an outturn given as a forecast
        (
            "2026,2027",
            "2025,2025",
            "last = 2025; allowed: a year that was not over in 2026-03: an outturn is a row of"
            " observations.csv",
        ),
        # an index, the previous year being 100
        (
            "4.4",
            "104.4",
            "central = 104.4; allowed: growth; 104.4 looks like an index, previous year = 100: growth is"
            " 4.4%",
        ),
        # a forecast without its edition
        ("2026-03", "", "vintage = ''; allowed: a value"),
        (
            "2026-03",
            "spring 2026",
            "vintage = 'spring 2026'; allowed: a year, or a year and month such as 2021-10",
        ),
    ],
)
def test_a_forecast_that_is_none(project, old, new, message):
    line = add(project, PATH.replace(old, new, 1), PATHS)
    assert told(project) == f"data/growth_paths.csv, line {line}: {message}"
