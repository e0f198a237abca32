"""Constants of a panel: known ones are found again, in data made from them, on any processor."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import approx_fprime

from futian_model import load_evidence
from futian_model.calibration.constants import fit
from futian_model.calibration.panels import (
    COARSE,
    SHOCK,
    Likelihood,
    estimate,
    optima,
    optimum,
    scatter,
    shrunk,
    variance_of,
)
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
    assert estimate("g", "p", table, 2019, mean=0.04).mean == 0.04
    found = estimate("g", "p", table, 2019, leads=True)
    assert found.units == 55
    assert found.observations == 55 * 29
    assert (found.mean, found.mean_sd) == (0.0, 0.0)


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


def likelihood_of(table, mean=None):
    rows = [row[np.isfinite(row)] for row in table]
    return Likelihood(table, np.array([variance_of(row)[0] for row in rows]), scatter(rows).sd, mean)


def with_gaps():
    table = made(12, 30, slow_sd=0.01, slow=0.9, shock=0.2)
    table[3, 11] = np.nan
    table[:4, :6] = np.nan
    return table


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(-2.5, 2.0), min_size=5, max_size=5))
def test_the_derivatives_are_those_of_the_likelihood(free):
    likelihood, at = likelihood_of(with_gaps()), np.array(free)
    slope = likelihood(at)[1]
    numerical = approx_fprime(at, lambda free: likelihood(free)[0], 1e-6)
    np.testing.assert_allclose(slope, numerical, rtol=1e-3, atol=1e-3 * (1 + abs(slope).max()))


def test_the_likelihood_is_the_normal_distributions():
    table, free = with_gaps(), np.array([-1.0, 0.3, 0.2, -2.0, 0.1])
    likelihood = likelihood_of(table, mean=0.04)
    slow_sd, slow, shock, own_sd, factor = likelihood.natural(free)
    total = 0.0
    for row in table:
        at = np.flatnonzero(np.isfinite(row))
        apart = abs(np.subtract.outer(at, at))
        variance = variance_of(row[at])[0]
        covariance = slow_sd**2 * slow**apart + own_sd**2 + factor * variance * shock**apart
        left = row[at] - 0.04
        total += 0.5 * (np.linalg.slogdet(covariance)[1] + left @ np.linalg.solve(covariance, left))
    shares = 1 / (1 + np.exp(-free[1:3]))
    sds = np.array([slow_sd, own_sd]) / likelihood.size
    priors = (np.log(sds) - sds).sum() + np.log(shares * (1 - shares)).sum() - 0.1**2 / 2
    assert likelihood(free)[0] == pytest.approx(total - priors)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("units", "slow_sd", "shock"), [(3, 0.0, 0.0), (10, 0.002, 0.0), (40, 0.02, 0.6)])
def test_there_is_one_optimum_however_little_a_panel_says(units, slow_sd, shock, seed):
    likelihood = likelihood_of(made(units, 30, slow_sd=slow_sd, slow=0.9, shock=shock, seed=seed), mean=0.04)
    best = likelihood.natural(optimum(likelihood).x)
    for result in optima(likelihood, COARSE / 1000):
        np.testing.assert_allclose(likelihood.natural(result.x), best, rtol=0.01, atol=1e-4)


def test_a_range_that_binds_is_named():
    found = estimate("g", "p", made(150, 40, slow_sd=0.01, slow=0.9, shock=0.85), 2019)
    assert found.at_bound == "shock_persistence"
    assert SHOCK[1] - found.shock_persistence < 0.02
    assert estimate("g", "p", made(150, 40, slow_sd=0.01, slow=0.9, shock=0.3), 2019).at_bound == ""


def fitted():
    panels = load_evidence().growth_panels
    rows = panels[panels["panel"].isin(["regions_canada", "regions_china"])]
    return fit(rows, [2004, 2012, 2019]).to_dict("list")


def test_constants_are_the_same_on_any_processor():
    """As numpy runs here, and without the vector instructions it chooses between at run time."""
    chosen = " ".join(np.show_config(mode="dicts")["SIMD Extensions"].get("found", []))
    script = "from json import dumps\nfrom test_panels import fitted\nprint(dumps(fitted()))"
    environment = os.environ | {"NPY_DISABLE_CPU_FEATURES": chosen, "PYTHONPATH": str(Path(__file__).parent)}
    command = [sys.executable, "-W", "ignore", "-c", script]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    other, here = json.loads(run.stdout), fitted()
    assert len(here["panel"]) >= 4
    for name, column in here.items():
        if isinstance(column[0], float):
            np.testing.assert_allclose(other[name], column, rtol=1e-4, atol=1e-7, err_msg=name)
        else:
            assert other[name] == column
