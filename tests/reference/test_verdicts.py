"""Verdicts on goals whose year is over, held against figures read by hand from data/."""

import math
import shutil

import numpy as np
import pytest
from rows import add
from scipy.stats import norm

from futian_model import load_evidence
from futian_model.attribution import STEPS, moves, moves_frame
from futian_model.calibration import calibrate
from futian_model.errors import InputError
from futian_model.project import Project, find_project
from futian_model.scenario import load_scenario
from futian_model.scorecard import (
    CONSTANT,
    NOMINAL,
    UNLIKELY,
    card,
    overall,
    verdict_frame,
    verdicts,
)
from futian_model.scorecard.estimates import estimate
from futian_model.simulation import simulate

EVIDENCE = load_evidence()
GDP, HEAD = EVIDENCE.goal("gdp_2025"), EVIDENCE.goal("gdp_per_capita_2025")
SHARE = EVIDENCE.goal("headquarters_share_2025")
NEWEST = "2026"
"""Latest vintage in data/observations.csv."""
BEFORE, BASE, TARGET = 5948.82, 4754, 6600
"""GDP of 2024 (nddaily_20251217) and of 2020 (eda_202110), and the target of the plan's table, 亿元."""


@pytest.fixture(scope="module")
def known():
    return calibrate(EVIDENCE, base_year=2020, horizon=2035, vintage=NEWEST)


@pytest.fixture
def project(tmp_path):
    shutil.copytree(find_project().data, tmp_path / "data")
    return Project(tmp_path)


def with_rows(project, *rows):
    for row in rows:
        add(project, row)
    return load_evidence(project)


def test_gdp_was_missed_on_both_readings_as_far_as_figures_allow():
    constant, nominal = verdicts(EVIDENCE, GDP)
    assert [constant.reading, nominal.reading] == [CONSTANT, NOMINAL]
    for one in (constant, nominal):
        assert (one.status, one.target, one.year, one.precision) == (
            "missed_so_far",
            6600,
            2025,
            "lower_bound",
        )
        assert one.outturn.source == "itiger_202602"  # "over 6000", its precision lower_bound
        assert one.expected < TARGET
        assert one.chance < UNLIKELY
        assert math.isnan(one.gap)  # a bound below the target says not by how much it was missed
        assert one.low < one.expected < one.high
    assert (nominal.value, nominal.outturn.how) == (6000, "published")
    # the bound in the nation's prices, which is never shown as published
    assert (constant.outturn.published, constant.outturn.how) == (6000, "deflated")
    assert 6000 < nominal.expected < BEFORE * 1.08  # the target asks for 10.9 % on the year before


def test_the_chance_of_gdp_by_hand(known):
    """Log-normal, with the calibration's mean and variance of years that figures tell about."""
    growth, prices = known.growth, known.deflator
    constant, nominal = verdicts(EVIDENCE, GDP, calibration=known)
    five = np.log(TARGET / BASE) - growth.centre[:5].sum()
    sd = math.sqrt(growth.covariance()[:5, :5].sum())
    assert constant.chance == pytest.approx(norm.sf(five / sd), rel=0.01)
    assert constant.expected == pytest.approx(BASE * math.exp(growth.centre[:5].sum()))
    last = growth.centre[4] + prices.centre[4]
    both = float(growth.slow[4] @ prices.slow[4])
    sd = math.sqrt(growth.covariance()[4, 4] + prices.covariance()[4, 4] + 2 * both)
    assert both < 0  # levels that are known tie growth to prices
    assert nominal.chance == pytest.approx(norm.sf((math.log(TARGET / BEFORE) - last) / sd), rel=0.05)
    assert nominal.expected == pytest.approx(BEFORE * math.exp(last))


@pytest.mark.parametrize(("scenario", "seen"), [("trend_2021", "start"), ("evidence_trend", "end")])
def test_the_scorecard_prints_the_chances_of_the_reports(scenario, seen):
    """To the last digit, of the plan as adopted and of today, on both readings of prices."""
    drawn = simulate(load_scenario(scenario, evidence=EVIDENCE), EVIDENCE, reading="given_evidence")
    compared = [move for move in moves(EVIDENCE) if drawn.ahead(move.goal.year)]
    assert len(compared) == (8 if seen == "start" else 4)
    for move in compared:
        read = move.goal if move.reading == CONSTANT else move.goal.at_current_prices()
        assert getattr(move, seen) == drawn.probability(read), (move.goal.name, move.reading)


def test_moments_agree_with_the_draws():
    """An estimate of 2035, whose years are not over, beside the share of paths that reach its target."""
    drawn = simulate(
        load_scenario("evidence_trend", evidence=EVIDENCE), EVIDENCE, reading="given_evidence", draws=20000
    )
    for goal, target in ((EVIDENCE.goal("gdp_double_2035"), 2 * BASE), (EVIDENCE.goal("gdp_2025"), TARGET)):
        reached = float((drawn.at("real_gdp", goal.year) >= target).mean())
        by_moments = estimate(EVIDENCE, goal, target, CONSTANT, NEWEST, drawn.calibration).chance
        assert by_moments == pytest.approx(reached, abs=0.01)


def test_per_head_is_estimated_with_the_population():
    for one in verdicts(EVIDENCE, HEAD):
        assert (one.status, one.year) == ("not_published", None)
        assert one.chance > 0.9  # of a population that fell since the census
        assert one.low < one.expected < one.high


def test_the_headquarters_share_is_not_published():
    (one,) = verdicts(EVIDENCE, SHARE)
    # 47.6 % of 2022 (dutenews_202306); of 2025 nothing
    assert (one.reading, one.status, one.year) == ("stated", "not_published", 2022)
    assert one.value == pytest.approx(0.476)
    assert 0.476 < one.expected < 0.55
    assert 0 < one.chance < 0.5


def test_every_goal_of_the_plan_that_is_over_has_a_verdict():
    made = card(EVIDENCE)
    assert (made.view, made.as_of, len(made.verdicts)) == ("final", 2025, 24 + 53)
    found = [overall(made.verdicts[one.goal.name]) for one in made.table]
    # GDP; high-tech firms "over 1600" against 2000 (nddaily_20251217); three targets set by the city
    assert {name: found.count(name) for name in set(found)} == {
        "missed_so_far": 1,
        "open": 1,
        "not_published": 19,
        "unjudged": 3,
    }
    assert {overall(made.verdicts[one.goal.name]) for one in made.others} == {"not_published"}


@pytest.mark.parametrize(
    ("gdp", "statuses"),
    [
        (6600, ("missed", "met")),  # at the target at current prices, under it at those of 2020
        (6599, ("missed", "missed")),
        (7000, ("met", "met")),
    ],
)
def test_a_measured_figure_of_the_year_decides(project, gdp, statuses):
    held = with_rows(project, f"futian,gdp,2025,{gdp},亿元,nominal,,2026-10,szft_13fyp,point,,,")
    found = verdicts(held, held.goal("gdp_2025"))
    assert tuple(one.status for one in found) == statuses
    assert found[1].gap == pytest.approx(gdp - 6600)
    assert found[0].gap == pytest.approx(found[0].value - 6600)
    assert all(math.isnan(one.expected) and math.isnan(one.chance) for one in found)
    assert overall(found) == (statuses[0] if statuses[0] == statuses[1] else "by_reading")


def test_a_bound_at_the_target_decides_and_one_below_does_not(project):
    row = "futian,high_tech_firms,2025,{},家,none,,2026-10,szft_13fyp,lower_bound,,,"
    held = with_rows(project, row.format(2000))
    (one,) = verdicts(held, held.goal("high_tech_firms_2025"))
    assert (one.status, one.gap) == ("met", 0)
    (one,) = verdicts(EVIDENCE, EVIDENCE.goal("high_tech_firms_2025"))
    assert (one.status, one.value) == ("open", 1600)
    assert math.isnan(one.chance)  # nothing is estimated of firms


def test_a_figure_published_later_plays_no_part():
    early, late = (verdicts(EVIDENCE, GDP, vintage=vintage)[1] for vintage in ("2026-01", "2026-02"))
    # "over 6000" came in February 2026
    assert (early.status, early.year, early.value) == ("not_published", 2024, BEFORE)
    assert (late.status, late.year) == ("missed_so_far", 2025)
    assert early.chance < UNLIKELY  # which without a figure of the year is no verdict


@pytest.mark.parametrize(
    ("name", "vintage", "year", "told"),
    [
        (
            "gdp_double_2035",
            None,
            "2035",
            "2025 or earlier at vintage 2026",
        ),
        ("gdp_2025", "2025", "2025", "2024 or earlier at vintage 2025"),
    ],
)
def test_a_goal_of_a_year_to_come_has_no_verdict(name, vintage, year, told):
    with pytest.raises(InputError) as fault:
        verdicts(EVIDENCE, EVIDENCE.goal(name), vintage=vintage)
    assert str(fault.value) == f"verdict of {name} = {year}; allowed: a goal whose year is over, {told}"


def test_a_calibration_of_another_base_year_is_refused():
    other = calibrate(EVIDENCE, base_year=2022, horizon=2035, vintage=NEWEST)
    with pytest.raises(InputError) as fault:
        verdicts(EVIDENCE, GDP, calibration=other)
    assert str(fault.value) == "calibration.base_year = 2022; allowed: 2020, of gdp_2025"


def test_the_final_evaluation_waits_for_the_plans_end():
    assert card(EVIDENCE, vintage="2025-12").view == "annual"
    with pytest.raises(InputError) as fault:
        card(EVIDENCE, "final", vintage="2023")
    told = "annual or midterm as long as 2025 is not over; 2022 is the last year over"
    assert str(fault.value) == f"view = 'final'; allowed: {told}"


def test_verdicts_as_rows():
    table = verdict_frame(verdicts(EVIDENCE, GDP), "futian")
    assert set(table["case"]) == {"prices=constant", "prices=nominal"}
    rows = table.set_index(["case", "year", "statistic"])["value"]
    assert rows["prices=nominal", 2025, "outturn"] == 6000
    assert rows["prices=constant", 2025, "published"] == 6000
    size = rows["prices=nominal", 2025, "expected_gap_size"]
    assert size == pytest.approx(6600 - rows["prices=nominal", 2025, "expected"])
    assert rows["prices=nominal", 2025, "expected_relative_gap_size"] == pytest.approx(size / 6600)
    assert not table["value"].isna().any()


def test_what_moved_the_chances_adds_up():
    found = moves(EVIDENCE)
    assert [(one.goal.name, one.reading) for one in found] == [
        (name, reading)
        for name in ("gdp_2025", "gdp_per_capita_2025", "gdp_double_2035", "gdp_per_capita_double_2035")
        for reading in (CONSTANT, NOMINAL)
    ]
    for one in found:
        assert (one.then, one.now) == ("2021", NEWEST)
        assert sum(one.steps) == pytest.approx(one.end - one.start)
    gdp = found[0]
    assert gdp.end == pytest.approx(verdicts(EVIDENCE, GDP)[0].chance)
    assert found[4].steps[0] == pytest.approx(0, abs=1e-9)  # twice the level of 2020, whatever that was
    base, people, figures, _ = gdp.steps
    assert base < 0  # 4754 is less than 4800
    assert people == 0  # GDP hangs on no population
    assert figures < -0.3
    rows = moves_frame(found).set_index(["indicator", "case", "statistic"])["value"]
    assert rows["gdp_2025", "prices=constant", "chance_then"] == gdp.start
    assert sum(rows["gdp_2025", "prices=constant", f"moved_{name}"] for name in STEPS) == pytest.approx(
        gdp.end - gdp.start
    )


def test_nothing_moved_before_anything_was_published():
    assert moves(EVIDENCE, vintage="2021") == ()
