"""Stress tests of the groups: paired, monotone, and at the published values."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from futian_model import headquarters, simulate, stress
from futian_model.errors import InputError
from futian_model.evidence import load_evidence
from futian_model.firms import Range
from futian_model.project import find_project
from futian_model.scenario import load_scenario
from futian_model.stress import Levels

EVIDENCE = load_evidence(find_project(Path(__file__).parent))
NUMBER, TAIL = Range(50, 100, 300), Range(0.8, 1.0, 1.2)


@pytest.fixture(scope="module")
def result():
    loaded = load_scenario("headquarters_leave", EVIDENCE.project, evidence=EVIDENCE)
    return simulate(loaded, EVIDENCE, draws=2000)


def test_concentration_at_the_published_values():
    made = stress.concentration_table(NUMBER, TAIL, 0.476, (1, 5, 10))
    first, five, ten = (held.of_part for held in made.held)
    assert (first.middle, five.middle, ten.middle) == pytest.approx((0.19, 0.44, 0.57), abs=0.006)
    assert (five.low, five.high) == pytest.approx((0.23, 0.62), abs=0.005)
    assert made.herfindahl == pytest.approx((0.061, 0.018, 0.126), abs=5e-4)
    assert made.equal_groups.middle == pytest.approx(16, abs=0.5)
    assert made.held[0].of_gdp.middle == pytest.approx(0.092, abs=5e-4)


@given(st.integers(1, 60), st.floats(0.8, 1.2), st.integers(50, 300))
def test_no_sizes_within_the_ranges_fall_outside_the_corners(top, tail, number):
    (held,) = stress.concentration_table(NUMBER, TAIL, 0.5, [top]).held
    inside = headquarters.weights(number, tail)[:top].sum()
    assert held.of_part.low - 1e-9 <= inside <= held.of_part.high + 1e-9


def test_one_published_sum_narrows_the_range():
    (held,) = stress.concentration_table(NUMBER, TAIL, 0.5, [3]).held
    told = stress.once_told(NUMBER, TAIL, 10, 3)
    assert told.middle == held.of_part.middle
    assert told.high - told.low < 0.25 * (held.of_part.high - held.of_part.low)
    assert stress.once_told(Range(5, 100, 300), TAIL, 10, 3) is None


def test_relocation_at_the_published_values():
    made = {(one.hazard, one.years): one for one in stress.relocation_table(NUMBER, TAIL)}
    one = made[0.02, 15]
    assert (one.mean, one.sd.middle) == pytest.approx((0.741, 0.108), abs=5e-4)
    assert one.twentieth == pytest.approx(1 - 0.462, abs=5e-4)
    assert one.tenth > one.twentieth
    assert one.break_even == pytest.approx(1 - np.exp(-0.02))


def test_a_departure_by_largest_and_spillover(result):
    share = result.driven.firms[0]
    losses = {
        (largest, spillover): stress.stress(result, largest, 2028, spillover)
        for largest in (1, 3, 10)
        for spillover in (0.0, 0.3)
    }
    for (largest, spillover), made in losses.items():
        assert made.gdp_loss.low < made.gdp_loss.middle < made.gdp_loss.high
        alone = losses[largest, 0.0].gdp_loss.middle
        assert made.gdp_loss.middle == pytest.approx(alone * (1 + spillover))
        assert made.share_after.middle == made.central[share][8]
    assert losses[1, 0.0].gdp_loss.middle < losses[3, 0.0].gdp_loss.middle < losses[10, 0.0].gdp_loss.middle
    # the scenario's own departure, to the last digit
    own = losses[3, 0.0]
    assert np.array_equal(own.central["real_gdp"], result.central["real_gdp"])
    assert own.level("real_gdp", 15).middle == result.central["real_gdp"][15]


def test_before_the_departure_nothing_moves(result):
    made = stress.stress(result, 5, 2030)
    spread = np.ptp(made.drawn["real_gdp"][:, :10], axis=0)
    assert spread == pytest.approx(0, abs=1e-9)


@given(st.floats(0.1, 0.8), st.floats(0.1, 0.8), st.floats(-0.1, 0.1), st.integers(1, 15), st.floats(0.5, 2))
def test_every_way_ends_at_the_share_that_the_lead_gives(start, end, lead, years, grown):
    was = Levels(np.array(start), np.array(1 - start))
    now = Levels(np.array(grown * end), np.array(grown * (1 - end)))
    curve = stress.trade_off_curve(was, now, years, [lead])
    odds = start / (1 - start) * np.exp(years * lead)
    for way in stress.WAYS:
        assert curve.ways[way].share == pytest.approx(odds / (1 + odds))
        for whose, then, rate in zip(was, curve.ways[way], curve.growth[way], strict=True):
            assert whose * (1 + rate[0]) ** years == pytest.approx(then[0])
    assert curve.ways[stress.PART_GROWS].rest[0] == pytest.approx(float(now.rest))
    assert curve.ways[stress.REST_SHRINKS].part[0] == pytest.approx(float(now.part))
    assert curve.ways[stress.SAME_GDP].gdp[0] == pytest.approx(float(now.gdp))


def test_a_lead_is_the_way_from_share_to_share():
    was = Levels(np.array(0.45), np.array(0.55))
    curve = stress.trade_off_curve(was, was, 5, [stress.lead_to(0.45, 0.55, 5)])
    assert curve.share == pytest.approx(0.55)
    step = 1e-6  # the slopes of both ways at the start are those of the pure function
    slight = stress.trade_off_curve(was, was, 1, [step])
    told = headquarters.trade_off(0.45)
    for way, slope in ((stress.PART_GROWS, told.gained), (stress.REST_SHRINKS, told.lost_elsewhere)):
        moved = abs(float(slight.ways[way].gdp[0]) - 1)
        assert float(slight.share[0] - 0.45) / moved == pytest.approx(float(slope), rel=1e-4)


def test_what_cannot_be_stressed_is_told(result):
    trend = load_scenario("trend_2021", EVIDENCE.project, evidence=EVIDENCE)
    plain = simulate(trend, EVIDENCE, draws=1)
    calls = [
        (lambda: stress.stress(plain, 3, 2028), "scenario = 'trend_2021'; allowed: a scenario with"),
        (lambda: stress.staying_put(trend), "scenario = 'trend_2021'; allowed: a scenario with"),
        (lambda: stress.stress(result, 51, 2028), "largest = 51; allowed: a whole number from 1 to 50"),
        (lambda: stress.stress(result, 3, 2020), "year = 2020; allowed: a year from 2021 to 2035"),
        (lambda: stress.stress(result, 3, 2050), "year = 2050; allowed: a year from 2020 to 2035"),
    ]
    for call, message in calls:
        with pytest.raises(InputError) as fault:
            call()
        assert str(fault.value).startswith(message)
