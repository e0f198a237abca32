"""Draws keyed by name; fans that are distributions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from futian_model import uncertainty
from futian_model.errors import InputError
from futian_model.uncertainty import BLOCK, TwoPieceNormal

fans = st.builds(TwoPieceNormal, mode=st.floats(-5, 5), uncertainty=st.floats(0.1, 5), skew=st.floats(-3, 3))


@given(fans, st.floats(0.001, 0.999))
def test_quantile_is_the_inverse_of_cdf(fan, chance):
    assert fan.cdf(fan.quantile(chance)) == pytest.approx(chance, abs=1e-9)


@given(st.floats(-5, 5), st.floats(0.1, 5), st.floats(-3, 3))
def test_mean_is_mode_plus_skew(mode, sigma, skew):
    assert TwoPieceNormal(mode, sigma, skew).mean == pytest.approx(mode + skew, abs=1e-6)


def test_mean_is_that_of_the_density():
    fan = TwoPieceNormal(2.0, 1.0, 0.4)
    found, _ = quad(lambda p: float(fan.quantile(p)), 0, 1, limit=200)
    assert found == pytest.approx(2.4, abs=1e-3)


def test_no_skew_is_a_normal():
    assert TwoPieceNormal(0, 1, 0).quantile(0.975) == pytest.approx(1.959964, abs=1e-6)


@pytest.mark.parametrize("sigma", [0.0, -1.0, np.nan])
def test_width_must_be_above_zero(sigma):
    with pytest.raises(InputError, match=r"uncertainty = .*; allowed: a number above 0"):
        TwoPieceNormal(0, sigma, 0)


def test_draws_depend_on_seed_name_and_block_alone():
    drawn = uncertainty.normals(7, "growth", 3, 100, 15)
    np.testing.assert_array_equal(drawn, uncertainty.normals(7, "growth", 3, 100, 15))
    np.testing.assert_array_equal(drawn[:10], uncertainty.normals(7, "growth", 3, 10, 15))
    for other in ((8, "growth", 3), (7, "population", 3), (7, "growth", 4)):
        assert not np.array_equal(drawn, uncertainty.normals(*other, 100, 15))


def test_streams_of_different_names_are_uncorrelated():
    first, second = (uncertainty.normals(1, name, 0, BLOCK) for name in ("growth", "slow growth"))
    assert abs(np.corrcoef(first, second)[0, 1]) < 4 / np.sqrt(BLOCK)


def test_mixed_shocks_have_unit_variance_and_heavy_tails():
    draws = np.concatenate(
        [
            uncertainty.normals(1, "x", block, BLOCK, 20) * uncertainty.mixing(1, block, BLOCK, 20, 5.0)
            for block in range(5)
        ]
    )
    assert draws.var() == pytest.approx(1, abs=0.03)
    # Student t with 5 degrees of freedom scaled to unit variance: 1.2 % beyond three
    assert np.mean(abs(draws) > 3) == pytest.approx(0.0118, abs=0.0015)


@given(st.floats(-0.95, 0.95), st.integers(1, 30))
def test_ar1_against_a_plain_loop(persistence, years):
    shocks = np.random.default_rng(0).standard_normal((3, years))
    path, before = np.zeros_like(shocks), np.zeros(3)
    for year in range(years):
        before = persistence * before + np.sqrt(1 - persistence**2) * shocks[:, year]
        path[:, year] = before
    np.testing.assert_allclose(uncertainty.ar1(shocks, persistence), path, atol=1e-12)


def test_blocks_cover_every_draw_once():
    for draws in (1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK):
        lengths = [length for _, length in uncertainty.blocks(draws)]
        assert sum(lengths) == draws
        assert all(length <= BLOCK for length in lengths)
