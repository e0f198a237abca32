"""Constants of a panel: known ones are found again, in data made from them."""

import numpy as np
import pytest

from futian_model.calibration.panels import estimate, scatter, shrunk, variance_of
from futian_model.errors import InputError


def made(units: int, years: int, *, slow_sd: float, slow: float, shock: float, seed: int = 0):
    """A panel from the model itself, with variances scattered as an inverse chi-square."""
    rng = np.random.default_rng(seed)
    apart = np.abs(np.subtract.outer(np.arange(years), np.arange(years)))
    sizes = 0.02 * np.sqrt(6.0 / rng.chisquare(6.0, units))
    draws = []
    for size in sizes:
        covariance = slow_sd**2 * slow**apart + size**2 * shock**apart
        draws.append(0.04 + np.linalg.cholesky(covariance) @ rng.standard_normal(years))
    return np.array(draws)


def test_known_constants_are_found_again():
    found = estimate("g", "p", made(250, 50, slow_sd=0.018, slow=0.93, shock=0.25), 2019)
    assert (found.units, found.observations) == (250, 12_500)
    assert found.mean == pytest.approx(0.04, abs=0.003)
    assert found.slow_sd == pytest.approx(0.018, rel=0.2)
    assert found.slow_persistence == pytest.approx(0.93, abs=0.03)
    assert found.shock_persistence == pytest.approx(0.25, abs=0.1)
    assert found.own_sd < 0.008
    assert found.last_year == 2019


def test_gaps_and_short_units_are_taken_as_they_are():
    table = made(60, 30, slow_sd=0.01, slow=0.9, shock=0.2)
    table[:, 7] = np.nan
    table[:5, :22] = np.nan
    found = estimate("g", "p", table, 2019, mean=0.04)
    assert found.units == 55
    assert found.observations == 55 * 29
    assert (found.mean, found.mean_sd) == (0.04, 0.0)


def test_variances_scatter_as_they_were_drawn():
    rng = np.random.default_rng(1)
    sizes = np.sqrt(0.03**2 * 5.0 / rng.chisquare(5.0, 3000))
    rows = [size * rng.standard_normal(25) for size in sizes]
    scale = scatter(rows)
    assert scale.sd == pytest.approx(0.03, rel=0.1)
    assert scale.df == pytest.approx(5.0, rel=0.3)
    alike = scatter([0.03 * rng.standard_normal(25) for _ in range(300)])
    assert alike.df > 40


def test_a_variance_is_drawn_towards_the_panels():
    rng = np.random.default_rng(2)
    scale = scatter([size * rng.standard_normal(25) for size in (0.01, 0.02, 0.03, 0.04)])
    variance, freedom = shrunk(scale, 0.1**2, 7)
    assert scale.sd**2 < variance < 0.1**2
    assert freedom == scale.df + 7


def test_a_decline_is_not_taken_for_shocks():
    years = np.arange(20)
    decline = 0.12 - 0.004 * years
    assert np.sqrt(variance_of(decline)[0]) < 0.3 * decline.std()


def test_too_few_units_are_refused():
    with pytest.raises(InputError, match="panel = 2; allowed: at least 3 units"):
        estimate("g", "p", made(2, 30, slow_sd=0.01, slow=0.9, shock=0.2), 2019)
