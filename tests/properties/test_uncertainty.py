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
    drawn = uncertainty.normals(7, "growth", 3, 15)
    assert drawn.shape == (BLOCK, 15)
    np.testing.assert_array_equal(drawn, uncertainty.normals(7, "growth", 3, 15))
    for other in ((8, "growth", 3), (7, "population", 3), (7, "growth", 4)):
        assert not np.array_equal(drawn, uncertainty.normals(*other, 15))


def test_streams_of_different_names_are_uncorrelated():
    first, second = (uncertainty.normals(1, name, 0) for name in ("growth", "slow growth"))
    assert abs(np.corrcoef(first, second)[0, 1]) < 4 / np.sqrt(BLOCK)


def test_mixed_shocks_have_unit_variance_and_heavy_tails():
    factors = np.empty((BLOCK, 20))
    blocks = []
    for block in range(5):
        uncertainty.fill_mixing(uncertainty.stream(1, "mixing", block), 5.0, factors)
        blocks.append(uncertainty.normals(1, "x", block, 20) * factors)
    draws = np.concatenate(blocks)
    assert draws.var() == pytest.approx(1, abs=0.03)
    # Student t with 5 degrees of freedom scaled to unit variance: 1.2 % beyond three
    assert np.mean(abs(draws) > 3) == pytest.approx(0.0118, abs=0.0015)


def test_the_size_of_shocks_is_as_uncertain_as_its_degrees_of_freedom():
    sizes = uncertainty.sizes(uncertainty.stream(1, "size x", 0), 12.0, 20 * BLOCK)
    # the mean of an inverse chi-square
    assert (sizes**2).mean() == pytest.approx(12 / 10, rel=0.02)
    assert np.std(np.log(sizes)) == pytest.approx(1 / np.sqrt(2 * 12), rel=0.1)


def test_blocks_cover_every_draw_once():
    for draws in (1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK):
        lengths = [length for _, length in uncertainty.blocks(draws)]
        assert sum(lengths) == draws
        assert all(length <= BLOCK for length in lengths)
