"""The scorecard by hand: the straight line, the trend, what is left, and the verdict of each rule."""

import math
import shutil
from dataclasses import replace

import pytest
from rows import add

from futian_model import load_evidence
from futian_model.errors import InputError, UnknownName
from futian_model.evidence import history
from futian_model.project import Project, find_project
from futian_model.scorecard import card, counts, judge
from futian_model.scorecard.course import required, straight_line, trend, way
from futian_model.scorecard.official import of_standing
from futian_model.scorecard.outturns import Outturn

EVIDENCE = load_evidence()
GDP, SHARE = EVIDENCE.goal("gdp_2025"), EVIDENCE.goal("headquarters_share_2025")
FIRMS, PLACES = EVIDENCE.goal("high_tech_firms_2025"), EVIDENCE.goal("school_places_2025")
DEATHS, AIR = EVIDENCE.goal("work_safety_deaths_2025"), EVIDENCE.goal("good_air_days_2025")
NURSERY, WATER = EVIDENCE.goal("nursery_places_2025"), EVIDENCE.goal("water_intensity_2025")


def out(year, value, precision="point", clash=""):
    return Outturn(year, value, precision, "a_source", "published", value, clash)


@pytest.mark.parametrize(
    ("base", "target", "elapsed", "shape", "expected"),
    [
        (4800, 6600, 2, "growth", 5452.08),  # 4800 x 1.375^0.4
        (4800, 6600, 5, "growth", 6600),
        (45, 55, 2, "linear", 49),
        (0.01, 0.007, 3, "linear", 0.0082),
        (3.7, 5.5, 3, "pro_rata", 3.3),  # the five years before play no part
        (96, 95, 1, "flat", 95),
    ],
)
def test_the_straight_line(base, target, elapsed, shape, expected):
    assert straight_line(base, target, elapsed, 5, shape) == pytest.approx(expected, rel=1e-6)


def test_no_course_and_no_such_shape():
    assert math.isnan(straight_line(math.nan, 4, 2, 5, "none"))
    with pytest.raises(UnknownName, match="unknown line"):
        straight_line(1, 2, 1, 2, "line")


def test_the_trend():
    # 4800, 5100, 5400 by logarithms: least squares gives slope ln(5400/4800)/2, start mean of logs
    slope = math.log(5400 / 4800) / 2
    mean = (math.log(4800) + math.log(5100) + math.log(5400)) / 3
    assert trend([2020, 2021, 2022], [4800, 5100, 5400], 2025, "growth") == pytest.approx(
        math.exp(mean + 4 * slope)
    )
    assert trend([2020, 2022], [0.45, 0.476], 2025, "linear") == pytest.approx(0.515)
    assert trend([2020, 2022], [0, 2.0], 2025, "pro_rata") == pytest.approx(5.0)
    assert math.isnan(trend([2020], [1.0], 2025, "linear"))
    assert math.isnan(trend([2020, 2021], [96, 97], 2025, "flat"))


def test_what_is_left_and_what_is_covered():
    assert required(5179.92, 6600, 3, "growth") == pytest.approx((6600 / 5179.92) ** (1 / 3) - 1)
    assert required(0.476, 0.55, 3, "linear") == pytest.approx(0.074 / 3)
    assert math.isnan(required(1, 2, 0, "linear"))
    assert way(45, 55, 47.6, "linear") == pytest.approx(0.26)
    assert way(3.7, 5.5, 1.1, "pro_rata") == pytest.approx(0.2)
    assert math.isnan(way(1, 1, 1, "linear"))


@pytest.mark.parametrize(
    ("goal", "base", "held", "due", "status", "reason"),
    [
        (WATER, math.nan, [out(2022, 0.1)], False, "unjudged", "set_by_city"),
        (GDP, 4800, [], False, "missing", ""),
        (GDP, 4800, [], True, "missing", ""),
        (GDP, 4800, [out(2024, 5949, clash="prices")], False, "unjudged", "prices"),
        (GDP, 4800, [out(2022, 5453)], False, "on_course", ""),
        (GDP, 4800, [out(2022, 5451)], False, "behind", ""),
        (GDP, 4800, [out(2023, 6600)], False, "met", ""),
        (GDP, 4800, [out(2025, 6600)], True, "met", ""),
        (GDP, 4800, [out(2025, 6599)], True, "missed", ""),
        (GDP, 4800, [out(2023, 6700)], True, "unjudged", "no_final"),
        (GDP, 4800, [out(2022, 5500), out(2025, 6700, clash="prices")], True, "unjudged", "prices"),
        (FIRMS, 1313, [out(2025, 1600, "lower_bound")], False, "at_bound", ""),
        (FIRMS, 1313, [out(2025, 1600, "lower_bound")], True, "at_bound", ""),
        (FIRMS, 1313, [out(2023, 1800, "lower_bound")], False, "on_course", ""),
        (FIRMS, 1313, [out(2025, 2000, "lower_bound")], True, "met", ""),
        (DEATHS, 0.01, [out(2022, 0.0088)], False, "on_course", ""),
        (DEATHS, 0.01, [out(2022, 0.0089)], False, "behind", ""),
        (DEATHS, 0.01, [out(2022, 0.0089, "lower_bound")], False, "behind", ""),
        (DEATHS, 0.01, [out(2022, 0.006, "lower_bound")], False, "at_bound", ""),
        (DEATHS, 0.01, [out(2025, 0.007)], True, "met", ""),
        (AIR, 0.96, [out(2022, 0.95)], False, "met", ""),
        (AIR, 0.96, [out(2022, 0.949)], False, "behind", ""),  # a bound is kept every year
        (PLACES, 3.7, [out(2022, 2.2)], False, "on_course", ""),
        (PLACES, 3.7, [out(2022, 2.1)], False, "behind", ""),
        (PLACES, 3.7, [out(2024, 5.6)], True, "met", ""),  # a total once reached stays reached
        (PLACES, 3.7, [out(2024, 5.4)], True, "unjudged", "no_final"),
        (NURSERY, math.nan, [out(2022, 3.0)], False, "unjudged", "no_base"),
        (NURSERY, math.nan, [out(2022, 4.0)], False, "met", ""),
    ],
)
def test_the_verdict(goal, base, held, due, status, reason):
    one = judge(goal, base, held, due=due)
    assert (one.status, one.reason) == (status, reason)


def test_a_multiple_without_a_base_has_no_target():
    double = EVIDENCE.goal("gdp_double_2035")
    assert judge(double, math.nan, [out(2022, 5000)]).reason == "no_base"
    assert judge(double, 4800, [out(2022, 5300)]).target == 9600


@pytest.mark.parametrize(("vintage", "base"), [("2021-09", 4800), ("2021-10", 4754), (None, 4754)])
def test_a_doubling_is_of_the_measured_level_once_that_is_published(vintage, base):
    # the plan expects 4800 for 2020 (futian_14fyp); 4754 stands in eda_202110
    (double,) = (one for one in card(EVIDENCE, vintage=vintage).outlook if one.goal.name == "gdp_double_2035")
    assert (double.base, double.target) == (base, 2 * base)


def test_a_bound_gives_no_trend_and_the_exact_figure_before_it_does():
    held = [out(2022, 1500), out(2025, 1600, "lower_bound")]
    assert judge(FIRMS, 1313, held).trend == pytest.approx(1313 + 5 * 93.5)
    assert math.isnan(judge(FIRMS, 1313, held[1:]).trend)


def test_a_straight_line_at_any_year():
    assert judge(replace(SHARE), 0.45, []).line_at(2023) == pytest.approx(0.51)


def test_what_is_held_of_futian():
    annual, midterm, final = (card(EVIDENCE, view) for view in ("annual", "midterm", "final"))
    assert (annual.as_of, midterm.as_of, final.as_of) == (2025, 2023, 2025)
    assert [len(annual.table), len(annual.outlook), len(annual.others)] == [24, 2, 53]
    gdp, share = annual.table[0], annual.table[2]
    # above 6000 at current prices of 2025; 5948.82 of 2024 and it over the nation's deflator since 2020
    assert (gdp.latest.year, gdp.latest.published, gdp.latest.precision) == (2025, 6000.0, "lower_bound")
    prices = history.deflator(EVIDENCE, 2020)
    assert gdp.latest.value == pytest.approx(6000 / prices[2025])
    held = [(figure.year, figure.clash, figure.value) for figure in gdp.held[-3:-1]]
    assert held == [
        (year, "", pytest.approx(value / prices[year])) for year, value in ((2022, 5514.49), (2024, 5948.82))
    ]
    assert (gdp.status, share.status, annual.table[6].status) == ("at_bound", "behind", "at_bound")
    told = {view.view: counts(view.table) for view in (annual, midterm, final)}
    assert [told["annual"][name] for name in ("behind", "at_bound", "unjudged", "missing")] == [1, 2, 3, 18]
    assert [told["midterm"][name] for name in ("behind", "at_bound", "unjudged", "missing")] == [2, 0, 3, 19]
    assert [told["final"][name] for name in ("missed", "at_bound", "unjudged", "missing")] == [0, 2, 4, 18]
    pm25 = next(one for one in annual.others if one.goal.name == "pm25_2025")
    assert (pm25.status, pm25.latest.value) == ("met", 15.7)


def test_a_vintage_sees_nothing_published_later():
    seen = card(EVIDENCE, "annual", 2023, vintage="2023-01")
    assert [one.goal.name for one in seen.table if one.held] == ["gdp_2025"]  # the figure of 2021 alone
    assert card(EVIDENCE, "annual", vintage="2021").as_of == 2021


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"view": "yearly"}, "unknown yearly; allowed: annual, final, midterm"),
        ({"as_of": 2020}, "as_of = 2020; allowed: a year from 2021 to 2035"),
        ({"as_of": 2036}, "as_of = 2036; allowed: a year from 2025 to 2035"),
        ({"view": "final", "as_of": 2024}, "as_of = 2024; allowed: a year from 2025 to 2035"),
        ({"vintage": "2023-13"}, "vintage = '2023-13'; allowed: a year, or a year and month such as 2021-10"),
    ],
)
def test_what_cannot_be_asked(asked, message):
    with pytest.raises(InputError) as fault:
        card(EVIDENCE, **asked)
    assert str(fault.value) == message


def test_new_figures_are_rows(tmp_path):
    project = copied(tmp_path)
    for row in (
        "futian,real_gdp_growth,2021,8.0,%,constant,,2022-02,szft_13fyp,point,,,",
        "futian,real_gdp_growth,2022,4.0,%,constant,,2023-02,szft_13fyp,point,,,",
        "futian,school_places_added,2021,1.3,万座,none,,2022-02,szft_13fyp,point,,,",
        "futian,school_places_added,2022,1.2,万座,none,,2023-02,szft_13fyp,point,,,",
        "futian,school_places_added,2024,1.0,万座,none,,2025-02,szft_13fyp,point,,,",
        "futian,public_housing_added,2021-2023,1.1,万套,none,,2024-02,szft_13fyp,point,,,",
        "futian,gdp_per_capita,2022,33.0,万元/人,nominal,census_2020,2023-06,szft_13fyp,point,,,",
        "futian,green_transport_share,2023,84.1,%,none,,2024-03,szft_13fyp,point,,,",
        "futian,headquarters_value_added,2023,2700,亿元,nominal,,2024-03,szft_13fyp,point,,,",
        "futian,gdp,2023,5500,亿元,nominal,,2024-03,szft_13fyp,point,,,",
    ):
        add(project, row)
    made = card(load_evidence(project), "annual")
    found = {one.goal.name: one for one in (*made.table, *made.others)}
    gdp = found["gdp_2025"]
    # growth of every year since 2020 comes before a level in another year's prices
    assert [(one.year, one.how) for one in gdp.held[:3]] == [
        (2021, "chained"),
        (2022, "chained"),
        (2023, "deflated"),
    ]
    assert gdp.held[1].value == pytest.approx(4800 * 1.08 * 1.04)
    places = found["school_places_2025"]  # 2023 is not published, so the total ends with 2022
    assert [(one.year, one.value) for one in places.held] == [(2021, 1.3), (2022, pytest.approx(2.5))]
    assert places.status == "on_course"
    assert [(one.year, one.value) for one in found["public_housing_2025"].held] == [(2023, 1.1)]
    assert found["public_housing_2025"].status == "on_course"
    assert found["gdp_per_capita_2025"].reason == "census"
    assert found["green_transport_2025"].latest.value == pytest.approx(0.841)
    assert found["headquarters_share_2025"].latest.value == pytest.approx(2700 / 5500)


def copied(folder) -> Project:
    shutil.copytree(find_project().data, folder / "data")
    return Project(folder)


@pytest.mark.parametrize(
    ("goal", "base", "outturns", "status"),
    [
        # on course 4800 x 1.375^0.4 = 5452.1; a quarter is 1800 / 20 = 90
        (GDP, 4800, [out(2022, 5363)], "in_line"),
        (GDP, 4800, [out(2022, 5361)], "lagging"),
        (GDP, 4800, [out(2022, 5541)], "in_line"),
        (GDP, 4800, [out(2022, 5543)], "faster"),
        (GDP, 4800, [out(2024, 6600)], "early"),
        (GDP, 4800, [out(2024, 6650), out(2025, 6700)], "early"),
        (GDP, 4800, [out(2025, 6511)], "in_line"),
        (GDP, 4800, [out(2022, 5400, "lower_bound")], "in_line"),
        (GDP, 4800, [out(2022, 5300, "lower_bound")], ""),
        (SHARE, 0.45, [out(2022, 0.476)], "lagging"),  # 0.49, a quarter 0.005
        (DEATHS, 0.01, [out(2022, 0.0089)], "in_line"),  # 0.0088, a quarter 0.00015
        (DEATHS, 0.01, [out(2022, 0.009, "lower_bound")], "lagging"),
        (DEATHS, 0.01, [out(2022, 0.006, "lower_bound")], ""),
        (PLACES, 3.7, [out(2023, 3.1)], "in_line"),  # 3.3, a quarter 0.275
        (AIR, 0.96, [out(2023, 0.951)], "in_line"),
        (AIR, 0.96, [out(2023, 0.949)], "lagging"),  # kept every year or not
        (NURSERY, math.nan, [out(2023, 3.0)], ""),
        (NURSERY, math.nan, [out(2025, 3.9)], "lagging"),
        (WATER, math.nan, [out(2023, 0.1)], ""),
        (GDP, 4800, [], ""),
    ],
)
def test_what_evaluations_call_it(goal, base, outturns, status):
    due = bool(outturns) and outturns[-1].year == goal.year
    assert of_standing(judge(goal, base, outturns, due=due)) == status
