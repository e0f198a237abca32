"""Figures that cannot be right: told once, with file, line, field, value and what is allowed."""

from datetime import date

import pytest
from rows import add

from futian_model import load_evidence
from futian_model.errors import InputErrors
from futian_model.report.sections.questions import questions as said

TODAY = date(2026, 11, 30)
GDP = "futian,gdp,2025,6300,亿元,nominal,,2026-11,futian_14fyp,point,,,"
SHARE = "futian,headquarters_share,2025,0.5,fraction,nominal,,2026-11,futian_14fyp,point,,,"
PEOPLE = "futian,population_resident_yearend,2025,160,万人,none,census_2020,2026-03,futian_14fyp,point,,,"


def told(project, today=TODAY):
    with pytest.raises(InputErrors) as fault:
        _ = load_evidence(project, today=today).panels  # read on demand, and by `futian check`
    return str(fault.value)


DECADES = "futian,real_gdp_growth_cumulative,1990-2020,46,fraction,constant,,2021,futian_14fyp,point,,,"


@pytest.mark.parametrize("row", [GDP, SHARE, PEOPLE, DECADES])
def test_sound_rows(project, row):
    add(project, row)
    load_evidence(project, today=TODAY)


@pytest.mark.parametrize(
    ("row", "old", "new", "message"),
    [
        (
            GDP,
            "futian_14fyp",
            "statistics_of_this_district",
            "source = 'statistics_of_this_district'; allowed: a row of sources.csv",
        ),
        (GDP, "6300", "6,300", "14 cells; allowed: 13"),
        (GDP, "6300", "约6300", "value = '约6300'; allowed: a finite number"),
        (
            GDP,
            "6300",
            "６３００",
            "value = '６３００'; allowed: a finite number; full-width ６３０: write 6300",
        ),
        (GDP, "nominal,,", "nominal,census_2019,", None),
        # shares and rates in % where the unit says fraction
        (SHARE, "0.5", "55", "value = 55.0; allowed: a share between 0 and 1 (55% is 0.55)"),
        (SHARE, "0.5", "47.6", "value = 47.6; allowed: a share between 0 and 1 (47.6% is 0.476)"),
        (
            "futian,real_gdp_growth,2025,5.5,fraction,constant,,2026-02,futian_14fyp,point,,,",
            "x",
            "x",
            "value = 5.5; allowed: a fraction (5.5% is 0.055)",
        ),
        (
            SHARE,
            "0.5,fraction",
            "0.5,%",
            "value = 0.5; allowed: a figure in % like its neighbours (47.6% in 2022); 0.5 fraction is 50",
        ),
        # people, yuan and ten thousand yuan
        (
            PEOPLE,
            "160",
            "1600000",
            "value = 1600000.0; allowed: a figure in 万人 like its neighbours (152.1 万人 in 2023);"
            " 1600000 persons is 160",
        ),
        (
            GDP,
            "6300",
            "63000000",
            "value = 63000000.0; allowed: a figure in 亿元 like its neighbours (6000 亿元 in 2025);"
            " 63000000 万元 is 6300",
        ),
        (
            GDP,
            "6300",
            "630000000000",
            "value = 630000000000.0; allowed: a figure in 亿元 like its neighbours (6000 亿元 in 2025);"
            " 630000000000 元 is 6300",
        ),
        (
            GDP,
            "6300,亿元",
            "6300,万元",
            "value = 6300.0; allowed: a figure in 万元 like its neighbours (6000 亿元 in 2025);"
            " 6300 亿元 is 63000000",
        ),
        (
            GDP,
            "2026-11",
            "2026-12",
            "vintage = '2026-12'; allowed: a publication date that has come, up to 2026-11",
        ),
        (
            GDP,
            "2026-11",
            "2027",
            "vintage = '2027'; allowed: a publication date that has come, up to 2026-11",
        ),
    ],
)
def test_one_message_for_one_fault(project, row, old, new, message):
    line = add(project, row.replace(old, new, 1))
    lines = told(project).splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(f"data/observations.csv, line {line}: ")
    if message is None:  # a long list of bases
        assert "basis = 'census_2019'; allowed: census_2000, census_2010, census_2020" in lines[0]
    else:
        assert lines[0] == f"data/observations.csv, line {line}: {message}"


LEVEL = "futian,gdp,2020,4753,亿元,nominal,,2026-05,futian_14fyp,point,,,"
HEADS = "futian,population_resident_yearend,2015,140,万人,none,,2024,futian_14fyp,point,,,"


@pytest.mark.parametrize(
    ("row", "stated", "census"),
    [
        (LEVEL, "before_economic_census_2023", "economic census of 2023"),
        (HEADS, "census_2020", "population census of 2020"),
    ],
)
def test_a_late_level_says_which_census_it_rests_on(project, row, stated, census):
    line = add(project, row)
    (message,) = told(project).splitlines()
    geo, indicator, period, value, unit, kind, _, vintage = row.split(",")[:8]
    assert message.startswith(
        f"data/observations.csv, line {line}: basis = ''; allowed: the census that {indicator} of {geo} in"
        f" {period} ({value} {unit}, published {vintage}) rests on, such as {stated}, or unstated:"
        f" the {census} lies between it and "
    )
    path = project.data / "observations.csv"
    marked = row.replace(f"{kind},,", f"{kind},unstated,")
    path.write_text(path.read_text("utf-8").replace(row, marked), "utf-8")
    held = load_evidence(project, today=TODAY).observations.iloc[-1]
    assert (held["period"], held["basis"]) == (period, "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026-05", "2022-01"),  # out within two years: on the census then in force
        ("nominal,,", "nominal,before_economic_census_2023,"),
        ("gdp,2020,4753", "tax_revenue,2020,4753"),  # no release of it states a basis
        ("futian,gdp,2020,4753", "yantian,gdp,2019,600"),  # no census between it and those that state one
    ],
)
def test_a_basis_is_asked_for_where_it_matters_alone(project, old, new):
    add(project, LEVEL.replace(old, new, 1))
    load_evidence(project, today=TODAY)


def test_a_basis_that_no_source_states_is_empty_once_read():
    evidence = load_evidence(today=TODAY)
    written = (evidence.project.data / "observations.csv").read_text("utf-8")
    assert written.count(",unstated,2") > 100
    assert "unstated" not in set(evidence.observations["basis"])


def test_two_values_under_one_key(project):
    first = add(project, GDP)
    line = add(project, GDP.replace("6300", "6400"))
    assert told(project) == (
        f"data/observations.csv, line {line}: geo + indicator + period + vintage + source ="
        f" 'futian, gdp, 2025, 2026-11, futian_14fyp'; allowed: one row each; line {first} has it already"
        " (value '6300' there, '6400' here)"
    )


def test_of_two_figures_alone_the_later_one_is_doubted(project):
    add(project, "yantian,tax_revenue,2024,900,亿元,nominal,,2025,futian_14fyp,point,,,")
    line = add(project, "yantian,tax_revenue,2025,9500000,亿元,nominal,,2026,futian_14fyp,point,,,")
    assert told(project) == (
        f"data/observations.csv, line {line}: value = 9500000.0; allowed: a figure in 亿元 like its"
        " neighbours (900 亿元 in 2024); 9500000 万元 is 950"
    )


def test_growth_over_decades_is_no_wrong_unit():
    # 1.96 in 1979, 38731.8 in 2025
    held = load_evidence(today=TODAY).all_figures("shenzhen", "gdp")["value"]
    assert held.max() / held.min() > 10_000


def test_a_year_alone_may_be_this_year(project):
    add(project, GDP.replace("2025,", "2026,", 1).replace("2026-11", "2026"))
    assert load_evidence(project, today=date(2026, 11, 1)).figure("futian", "gdp", 2026).value == 6300


def test_a_clock_that_is_behind_refuses_nothing_that_was_read_before():
    assert len(load_evidence(today=date(2020, 1, 1)).observations) > 0


def test_a_parent_that_is_no_place(project):
    line = add(project, "x,comparable_city,zhejang,无,X,", "places.csv")
    assert told(project).startswith(
        f"data/places.csv, line {line}: parent = 'zhejang'; allowed: a row of places.csv"
    )


def test_neither_true_nor_false(project):
    line = add(project, "Canada,Yukon,maybe,2000,1.0,fon_canada_2024,true", "panel_regions.csv")
    assert told(project) == (f"data/panel_regions.csv, line {line}: nation = 'maybe'; allowed: true or false")


def test_a_second_city(project):
    line = add(project, "x,city,china,某市,X,", "places.csv")
    assert told(project) == (
        f"data/places.csv, line {line}: role = 'city'; allowed: one place each for district, city, province,"
        " nation; line 3 has shenzhen"
    )


@pytest.mark.parametrize("day", ["2026-02-30", "20261123", "2026-11"])
def test_a_day_that_is_none(project, day):
    line = add(project, f"x,Title,Publisher,Publisher,2026,,media,{day},", "sources.csv")
    assert told(project) == (
        f"data/sources.csv, line {line}: accessed = '{day}'; allowed: a day such as 2026-11-23"
    )


GROWTH = "futian,real_gdp_growth,2025,5.5,%,constant,,2026-04,futian_14fyp,point,,,"
LATE = "futian,gdp,2023,5700,亿元,nominal,economic_census_2023,2026-04,futian_14fyp,point,,,"
RELEASE = "futian,gdp,2022,5520,亿元,nominal,economic_census_2018,2026-04,futian_14fyp,point,,,"
FINANCE = (
    "futian,finance_value_added,2022,2200,亿元,nominal,economic_census_2018,2026-04,futian_14fyp,point,,,"
)


@pytest.mark.parametrize(
    ("row", "old", "new", "message"),
    [
        # an index, the previous year being 100
        *(
            (
                row,
                f",{value},",
                ",105.6,",
                "value = 105.6; allowed: growth; 105.6 looks like an index, previous",
            )
            for row, value in (
                (GROWTH, 5.5),
                (GROWTH.replace("futian,real_gdp", "yantian,real_gdp"), 5.5),
            )
        ),
        # a year, and a part of it, below what was made by then
        (LATE, "5700", "570", "value = 570.0; allowed: no less than 2731.86 亿元, the cumulative figure of"),
        (
            FINANCE.replace("2022", "2016H1", 1),
            "2200",
            "27.15",
            "value = 27.15; allowed: no less than 271.52 亿元, the cumulative figure of 2016Q1 (line ",
        ),
        (FINANCE, "亿元", "亿元Ü", "unit = '亿元Ü'; allowed: a unit of finance_value_added, such as"),
        (GROWTH, "5.5,%", "1.056,fraction", "value = 1.056; allowed: a fraction"),
        (GROWTH, "5.5", "-105", "value = -105.0; allowed: growth above -100%"),
        # a decimal point off another release, to either side
        (
            RELEASE,
            "5520",
            "55144.9",
            "value = 55144.9; allowed: a figure like the other release of 2022, 5514.49 亿元",
        ),
        (RELEASE, "5520", "551.449", "value = 551.449; allowed: a figure like the other release of 2022"),
        (
            GROWTH.replace("2025", "2019", 1),
            "5.5",
            "55",
            "value = 55.0; allowed: a figure like the other release",
        ),
        # off a bound, the only other release
        (
            GDP.replace("2026-11", "2026-03"),
            "6300",
            "612",
            "value = 612.0; allowed: a figure like the other release",
        ),
        # no level, nothing counted and no share has such a size
        (GDP, "6300", "0.0", "value = 0.0; allowed: a value above 0; a period not yet published has no row"),
        (GDP, "6300", "-6000", "value = -6000.0; allowed: a value above 0"),
        (SHARE, "0.5", "0", "value = 0.0; allowed: a share between 0 and 1"),
        (
            GDP,
            "gdp,2025,6300,亿元,nominal",
            "high_tech_firms,2024,-3,家,none",
            "value = -3.0; allowed: a number from 0",
        ),
        (
            GDP,
            "gdp,2025,6300,亿元,nominal",
            "good_air_days_share,2024,155,%,none",
            "value = 155.0; allowed: a share of",
        ),
        # a part of GDP above GDP
        (
            FINANCE,
            "2200",
            "5600",
            "value = 5600.0; allowed: no more than 5514.5 亿元, the gdp of futian in 2022",
        ),
        # names of the model
        (
            GDP,
            "gdp",
            "nominal_gdp",
            "indicator = 'nominal_gdp'; allowed: gdp, as which it is published; nominal_gdp is",
        ),
        (
            GDP,
            "gdp,2025",
            "rest_of_finance_value_added,2025",
            "indicator = 'rest_of_finance_value_added'; allowed: fin",
        ),
        (
            PEOPLE,
            "population_resident_yearend",
            "year_end_population",
            "indicator = 'year_end_population'; allowed: po",
        ),
    ],
)
def test_a_figure_that_cannot_be(project, row, old, new, message):
    assert old in row
    line = add(project, row.replace(old, new, 1))
    (fault,) = told(project).splitlines()
    assert fault.startswith(f"data/observations.csv, line {line}: {message}")


@pytest.mark.parametrize(
    ("row", "old", "new", "asked"),
    [
        (LATE.replace("2023", "2017", 1), "5700", "570", ("neighbours", 570, 3561.44, "2016")),
        (LATE, "5700", "57000", ("neighbours", 57000, 5514.5, "2022")),
        (PEOPLE, "160", "16", ("neighbours", 16, 166.29, "2019")),
        (GROWTH, "5.5", "56", ("growth", 0.56, 0.072, "2019")),
        (GROWTH, "futian,real_gdp", "dapeng,finance_value_added", None),
        (GROWTH, "futian,real_gdp_growth,2025,5.5", "dapeng,finance_value_added_growth,2025,105.5", "index"),
        (GDP, "2026-11", "2025-12", ("early", 6300, None, "2025-12")),
        (GDP, "2026-11,futian_14fyp,point", "2025-12,futian_14fyp,estimate", None),
        (GDP, "6300", "5000", None),
        (LATE, "5700", "5400", None),
    ],
)
def test_a_figure_that_is_unlikely_is_asked_about_until_its_row_accepts_it(project, row, old, new, asked):
    file = project.data / "observations.csv"
    before = file.read_bytes()
    assert old in row
    line = add(project, row.replace(old, new, 1))
    evidence = load_evidence(project, today=TODAY)
    if asked is None:
        assert evidence.questions() == []
        return
    (question,) = evidence.questions()
    for lang, place in {"en": f", line {line}: ", "zh": f"第{line}行："}.items():
        spoken, advice = said(evidence, lang)
        assert spoken.startswith(f"data/observations.csv{place}")
        assert "accepted" in advice
    assert (question.line, question.kind) == (line, asked if isinstance(asked, str) else asked[0])
    if not isinstance(asked, str):
        assert (question.value, question.at) == (pytest.approx(asked[1]), asked[3])
        assert asked[2] is None or question.beside == pytest.approx(asked[2])
    file.write_bytes(before)
    add(project, f"{row.replace(old, new, 1)}true")
    assert load_evidence(project, today=TODAY).questions() == []


def test_shares_that_add_up_to_more_than_their_whole(project):
    share = "futian,{},2025,{},%,nominal,,2026-11,futian_14fyp,point,,,"
    add(project, share.format("tertiary_share", 93.4))
    add(project, share.format("finance_share", 40))  # overlaps with it
    add(project, share.format("primary_share", 0.1))
    assert load_evidence(project, today=TODAY).questions() == []
    line = add(project, share.format("secondary_share", 8.5))
    (question,) = load_evidence(project, today=TODAY).questions()
    assert (question.kind, question.line, question.beside) == ("whole", line, pytest.approx(1.02))


def test_no_row_that_is_held_is_asked_about():
    evidence = load_evidence(today=TODAY)
    assert evidence.questions() == []
    assert set(evidence.observations.loc[evidence.observations["accepted"], "indicator"]) == {"gdp"}
