"""Growth, shares and population: round trips and bounds."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from futian_model import growth, population, shares
from futian_model.errors import InputError

levels = st.floats(1e-3, 1e6)
rates = st.floats(-0.5, 0.5)
fractions = st.floats(0.01, 0.99)


@given(levels, st.lists(rates, min_size=1, max_size=40))
def test_compounding_and_its_mean_growth(base, path):
    reached = growth.compound(base, path)
    assert len(reached) == len(path) + 1
    np.testing.assert_allclose(reached[1:] / reached[:-1] - 1, path, atol=1e-9)
    assert growth.compound(base, np.full(len(path), growth.cagr(base, reached[-1], len(path))))[
        -1
    ] == pytest.approx(reached[-1])


@given(levels, st.dictionaries(st.integers(1, 30), levels, min_size=1, max_size=5))
def test_a_path_toward_levels_passes_through_them(base, wanted):
    path = growth.toward(base, wanted, 30)
    reached = base * np.exp(np.cumsum(path))
    for year, level in wanted.items():
        assert reached[year - 1] == pytest.approx(level, rel=1e-9)


@given(fractions, st.lists(st.floats(-0.3, 0.3), min_size=1, max_size=30))
def test_a_share_stays_inside_and_moves_by_the_gap(start, gaps):
    path = shares.project(start, gaps)
    assert ((path > 0) & (path < 1)).all()
    np.testing.assert_allclose(np.diff(shares.log_odds(path)), gaps, atol=1e-6)


@given(fractions, fractions, st.floats(-0.5, 2.0))
def test_part_and_rest_sum_to_the_whole(start, end, total):
    moved = shares.implied_growth(start, end, total)
    assert start * (1 + moved.part) + (1 - start) * (1 + moved.rest) == pytest.approx(1 + total)
    assert start * (1 + moved.part) / (1 + total) == pytest.approx(end)


@given(levels, st.floats(-0.1, 0.2), st.integers(1, 30))
@example(1.0, 2.220446049250313e-16, 4)  # rounding kept the upper end below the root
def test_growth_to_an_average_population(year_end, rate, years):
    before = year_end * (1 + rate) ** (years - 1)
    average = float(population.average(before, before * (1 + rate)))
    assert population.growth_to_average(year_end, average, years) == pytest.approx(rate, abs=1e-9)


@given(levels, st.floats(-0.1, 0.2))
def test_year_end_behind_an_average(average, rate):
    year_end = population.year_end_of(average, rate)
    assert population.average(year_end / (1 + rate), year_end) == pytest.approx(average)


def test_arrays_broadcast_with_time_on_the_last_axis():
    paths = growth.compound([[100.0], [200.0]], np.full((2, 3, 4), 0.1))
    assert paths.shape == (2, 3, 5)
    assert shares.project(np.full((2, 3), 0.4), np.zeros((2, 3, 4))).shape == (2, 3, 5)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: growth.cagr(-1, 2, 3), "start = -1.0; allowed: a finite number above 0"),
        (lambda: growth.compound(1, [-1.0]), "rates = -1.0; allowed: a fraction above -1"),
        (
            lambda: shares.project(55, [0.1]),
            "share = 55.0; allowed: a fraction between 0 and 1 (55% is 0.55)",
        ),
        (lambda: shares.log_odds(np.nan), "share = nan; allowed: a fraction between 0 and 1 (55% is 0.55)"),
        (lambda: population.per_capita(1, 0), "population = 0.0; allowed: a finite number above 0"),
        (lambda: growth.toward(1, {}, 3), "levels = {}; allowed: at least one year and level"),
    ],
)
def test_refusals(call, message):
    with pytest.raises(InputError) as fault:
        call()
    assert str(fault.value) == message
