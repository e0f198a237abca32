"""Headquarters as firms: closed forms against simulation, and departures that move GDP."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from futian_model import headquarters, shares
from futian_model.errors import InputError

RNG = np.random.default_rng(9)
HELD = headquarters.weights(100, 1.0)


@given(st.integers(1, 300), st.floats(0, 3))
def test_weights_are_shares_in_order(groups, tail):
    held = headquarters.weights(groups, tail)
    assert held.sum() == pytest.approx(1)
    assert (np.diff(held) <= 1e-15).all()


@given(st.integers(2, 200), st.floats(0.0, 2.0), st.data())
def test_a_published_top_share_gives_back_its_tail(groups, tail, data):
    top = data.draw(st.integers(1, groups - 1))
    share = float(headquarters.weights(groups, tail)[:top].sum())
    found = headquarters.tail_of(groups, top, min(share, 1 - 1e-9))
    assert headquarters.weights(groups, found)[:top].sum() == pytest.approx(share, abs=1e-8)


def test_zipf_concentration_of_a_hundred_groups():
    assert headquarters.concentration(HELD) == pytest.approx(0.0608, abs=1e-4)
    assert 1 / headquarters.concentration(headquarters.weights(40, 0.0)) == pytest.approx(40)
    # ten of a hundred hold two fifths
    assert headquarters.tail_of(100, 10, 0.4) == pytest.approx(0.74, abs=0.005)


@pytest.mark.parametrize(
    ("leavers", "spillover", "gdp", "share"),
    [
        (1, 0.0, -0.092, 0.423),
        (3, 0.0, -0.168, 0.370),
        (5, 0.0, -0.210, 0.337),
        (1, 0.3, -0.119, None),
        (3, 0.3, -0.219, None),
        (5, 0.3, -0.272, None),
    ],
)
def test_the_largest_leave(leavers, spillover, gdp, share):
    # a share of 47.6 % in 2022, a hundred groups under Zipf's law
    made = headquarters.depart(0.476, HELD[:leavers].sum(), spillover)
    assert made.gdp_factor - 1 == pytest.approx(gdp, abs=7e-4)
    if share is not None:
        assert made.share == pytest.approx(share, abs=7e-4)


@given(st.floats(0.05, 0.9), st.floats(0.0, 0.95))
def test_a_departure_in_log_odds(share, fraction):
    made = headquarters.depart(share, fraction)
    moved = shares.log_odds(made.share) - shares.log_odds(share)
    assert moved == pytest.approx(np.log1p(-fraction), abs=1e-9)
    assert np.log(made.gdp_factor) == pytest.approx(np.log1p(-share * fraction), abs=1e-12)


def test_relocation_against_simulation():
    gone = RNG.exponential(1 / 0.02, (200_000, 100)) < 15
    left = (HELD * ~gone).sum(axis=1)
    found = headquarters.staying(HELD, 0.02, 15)
    assert found.mean == pytest.approx(left.mean(), abs=1e-3)
    assert found.sd == pytest.approx(left.std(), rel=0.01)
    lost, chance = headquarters.loss(HELD, 0.02, 15)
    assert chance.sum() == pytest.approx(1)
    assert lost @ chance == pytest.approx(1 - found.mean, abs=1e-9)
    for level in (0.5, 0.9, 0.95):
        exact = lost[np.searchsorted(np.cumsum(chance), level)]
        assert exact == pytest.approx(np.quantile(1 - left, level), abs=3e-3)


def test_entry_against_simulation():
    years, rate, size, hazard = 15, 2.0, 0.006, 0.02
    stock = np.zeros(200_000)
    for year in range(1, years + 1):
        arrived = RNG.poisson(rate, stock.size)
        stock += RNG.binomial(arrived, np.exp(-hazard * (years - year))) * size
    assert headquarters.entry(rate, size, hazard, years) == pytest.approx(stock.mean(), rel=5e-3)
    assert headquarters.entry(rate, size, 0.0, years) == pytest.approx(rate * size * years)


def test_break_even_keeps_the_stock():
    hazard, years = 0.03, 40
    stock = np.exp(-hazard * years) + headquarters.entry(1.0, headquarters.break_even(hazard), hazard, years)
    assert stock == pytest.approx(1.0)


def test_a_share_rises_by_growing_or_by_the_rest_shrinking():
    share, step = 0.45, 1e-6
    found = headquarters.trade_off(share)
    assert ((share + step) / (1 + step) - share) / step == pytest.approx(float(found.gained), rel=1e-4)
    assert (share / (1 - step) - share) / step == pytest.approx(float(found.lost_elsewhere), rel=1e-4)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: headquarters.weights(0, 1.0), "groups = 0; allowed: a whole number from 1"),
        (lambda: headquarters.weights(10, -1.0), "tail = -1.0; allowed: 0 or more"),
        (lambda: headquarters.tail_of(100, 10, 0.05), "share = 0.05; allowed: a fraction from 0.100"),
        (lambda: headquarters.depart(55.0, 0.1), "share = 55.0; allowed: a fraction between 0 and 1"),
        (lambda: headquarters.depart(0.5, 1.5), "fraction = 1.5; allowed: a fraction from 0 to 1"),
        (lambda: headquarters.depart(0.9, 1.0, 0.5), "spillover = 0.5; allowed: a loss no larger"),
        (lambda: headquarters.loss(HELD, -0.1, 5), "hazard = -0.1; allowed: 0 or more a year"),
    ],
)
def test_bad_input_is_told(call, message):
    with pytest.raises(InputError) as fault:
        call()
    assert str(fault.value).startswith(message)
