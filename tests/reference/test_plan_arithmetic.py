"""The plan's own arithmetic, worked by hand, against the library."""

import csv
from pathlib import Path

import numpy as np
import pytest

from futian_model import growth, population, shares

TABLE = Path(__file__).parent / "plan_arithmetic.csv"
CASES = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_growth_between_two_published_levels(case):
    digits = len(case["growth"].partition(".")[2])
    found = growth.cagr(float(case["start"]), float(case["end"]), float(case["years"]))
    assert abs(found - float(case["growth"])) <= 0.51 * 10**-digits


def test_population_behind_per_capita_figures():
    for gdp, per_head, people in ((4800, 28.6, 167.8), (6600, 35.7, 184.9)):
        assert round(gdp / per_head, 1) == people
        assert population.per_capita(gdp, gdp / per_head) == pytest.approx(per_head)


def test_both_doublings_leave_the_population_where_it_was():
    people_2035 = (2 * 4800) / (2 * 28.6)
    assert people_2035 == pytest.approx(4800 / 28.6)


def test_headquarters_and_rest_behind_the_share_goal():
    moved = shares.implied_growth(0.45, 0.55, 6600 / 4800 - 1)
    assert 4800 * 0.45 * (1 + moved.part) == pytest.approx(3630)
    assert 4800 * 0.55 * (1 + moved.rest) == pytest.approx(2970)
    assert growth.cagr(1, 1 + moved.part, 5) == pytest.approx(0.109, abs=5e-4)
    assert growth.cagr(1, 1 + moved.rest, 5) == pytest.approx(0.024, abs=5e-4)


def test_cumulative_growth_of_the_thirteenth_plan_is_in_constant_prices():
    # 42 % over 2015-2020 is 7.3 % a year, near the constant-price growth published year by year;
    # the published levels at current prices grew by 47 %
    assert growth.cagr(1, 1.42, 5) == pytest.approx(0.0727, abs=1e-4)
    at_current_prices = 4800 / 3256.24
    assert at_current_prices == pytest.approx(1.474, abs=1e-3)


def test_research_spending():
    spent = 0.0145 * 4800
    assert spent == pytest.approx(69.6)


def test_two_piece_normal_against_the_published_form():
    from futian_model.uncertainty import TwoPieceNormal

    mode, sigma, skew = 2.0, 1.2, 0.5
    s = skew / sigma
    gamma = np.sqrt(1 - 4 * ((np.sqrt(1 + np.pi * s**2) - 1) / (np.pi * s**2)) ** 2)
    fan = TwoPieceNormal(mode, sigma, skew)
    lower, upper = fan.widths
    assert lower == pytest.approx(sigma / np.sqrt(1 + gamma))
    assert upper == pytest.approx(sigma / np.sqrt(1 - gamma))
    assert fan.mean == pytest.approx(mode + skew)
