"""The ladder against plain conditioning, a state-space smoother and simulation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import truncnorm

from futian_model.calibration.ladder import (
    Forecast,
    Reading,
    Rung,
    aided,
    condition,
    prior_of,
    stacked,
    with_shocks,
)
from futian_model.calibration.mixture import left_by, modes

NATION = Rung(0.016, 0.96, 0.02, 0.25)
REGION = Rung(0.012, 0.75, 0.01, 0.6, 0.003)
YEARS = 12


def means(rungs: int, value: float = 0.036):
    return np.full((rungs, YEARS), value)


def test_two_rungs_share_the_lead_of_the_upper_one():
    prior = stacked([NATION, REGION], YEARS, 0.003).reshape(2, YEARS, 2, YEARS)
    upper = NATION.covariance(YEARS) + 0.003**2
    np.testing.assert_allclose(prior[0, :, 0], upper)
    np.testing.assert_allclose(prior[0, :, 1], upper)
    np.testing.assert_allclose(prior[1, :, 1], upper + REGION.covariance(YEARS))


def test_against_plain_conditioning_of_a_normal():
    readings = [Reading(0, 2000 + at, 2000 + at, 0.05 + 0.002 * at, 0.001) for at in range(6)]
    readings += [Reading(1, 2001, 2003, 0.07, 0.002), Reading(1, 2005, 2005, 0.04, 0.0)]
    found = condition(prior_of([NATION, REGION], means(2), 0.003, 2000), readings)
    prior = stacked([NATION, REGION], YEARS, 0.003)
    picks = np.zeros((8, 2 * YEARS))
    picks[range(6), range(6)] = 1
    picks[6, YEARS + 1 : YEARS + 4] = 1 / 3
    picks[7, YEARS + 5] = 1
    seen = picks @ prior @ picks.T + np.diag([0.001**2] * 6 + [0.002**2, 0.0])
    values = np.array([one.value for one in readings])
    gain = prior @ picks.T @ np.linalg.inv(seen)
    expected = 0.036 + gain @ (values - picks @ np.full(2 * YEARS, 0.036))
    np.testing.assert_allclose(found.mean.ravel(), expected, atol=1e-12)
    np.testing.assert_allclose(
        found.covariance.reshape(2 * YEARS, -1), prior - gain @ picks @ prior, atol=1e-12
    )


def test_against_the_kalman_smoother_of_statsmodels():
    # a nation alone: two autoregressions seen through their sum, with years missing
    from statsmodels.tsa.statespace.mlemodel import MLEModel

    path = np.array([0.09, 0.08, np.nan, 0.1, 0.07, 0.06, np.nan, 0.05] + [np.nan] * 4) - 0.036
    model = MLEModel(path, k_states=2, initialization="stationary")
    model["design"] = np.array([[1.0, 1.0]])
    model["transition"] = np.diag([NATION.slow_persistence, NATION.shock_persistence])
    model["selection"] = np.eye(2)
    model["state_cov"] = np.diag(
        [
            NATION.slow_sd**2 * (1 - NATION.slow_persistence**2),
            NATION.shock_sd**2 * (1 - NATION.shock_persistence**2),
        ]
    )
    smoothed = model.ssm.smooth()
    readings = [
        Reading(0, 2000 + at, 2000 + at, value + 0.036, 0.0)
        for at, value in enumerate(path)
        if np.isfinite(value)
    ]
    found = condition(prior_of([NATION], means(1), 0.0, 2000), readings)
    np.testing.assert_allclose(found.mean[0], 0.036 + smoothed.smoothed_state.sum(axis=0), atol=1e-8)
    variance = smoothed.smoothed_state_cov.sum(axis=(0, 1))
    np.testing.assert_allclose(np.diag(found.covariance[0, :, 0]), variance, atol=1e-9)


def test_a_published_year_is_kept_and_a_rounded_one_is_not():
    exact = condition(prior_of([NATION], means(1), 0.0, 2000), [Reading(0, 2003, 2003, 0.09, 0.0)])
    assert exact.mean[0, 3] == pytest.approx(0.09)
    assert exact.covariance[0, 3, 0, 3] == pytest.approx(0.0, abs=1e-15)
    rounded = condition(prior_of([NATION], means(1), 0.0, 2000), [Reading(0, 2003, 2003, 0.09, 0.01)])
    assert 0.036 < rounded.mean[0, 3] < 0.09
    assert 0 < rounded.covariance[0, 3, 0, 3] < 0.01**2


def test_a_lower_bound_moves_growth_as_a_cut_off_normal_does():
    bound = Reading(0, 2000, 2000, 0.06, 0.0, lower_bound=True)
    found = condition(prior_of([NATION], means(1), 0.0, 2000), [bound])
    sd = np.hypot(NATION.slow_sd, NATION.shock_sd)
    cut = truncnorm((0.06 - 0.036) / sd, np.inf, loc=0.036, scale=sd)
    assert found.mean[0, 0] == pytest.approx(cut.mean())
    assert found.covariance[0, 0, 0, 0] == pytest.approx(cut.var())
    point = condition(prior_of([NATION], means(1), 0.0, 2000), [bound._replace(lower_bound=False)])
    assert found.mean[0, 5] > point.mean[0, 5]  # growth lies above its bound, not at it
    assert found.covariance[0, 5, 0, 5] > point.covariance[0, 5, 0, 5]
    # far below what is expected anyway, a bound says nothing
    idle = condition(prior_of([NATION], means(1), 0.0, 2000), [bound._replace(value=-0.5)])
    np.testing.assert_allclose(idle.mean, 0.036, atol=1e-9)


def test_shocks_that_start_anew_are_independent_of_the_past():
    # an autoregression from a known state: simulate it
    rng = np.random.default_rng(0)
    state, paths = np.zeros(200_000), []
    for _ in range(4):
        innovation = np.sqrt(1 - REGION.shock_persistence**2) * rng.standard_normal(state.size)
        state = REGION.shock_persistence * state + innovation
        paths.append(REGION.shock_sd * state)
    np.testing.assert_allclose(np.cov(paths), REGION.innovations(4), rtol=0.02)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 1), st.integers(0, 9), st.integers(0, 2), st.floats(-0.1, 0.2), st.booleans()
        ),
        max_size=12,
    )
)
def test_readings_only_ever_narrow(entries):
    readings = [
        Reading(rung, 2000 + start, 2000 + start + span, value, 0.001, bound)
        for rung, start, span, value, bound in entries
    ]
    found = condition(prior_of([NATION, REGION], means(2), 0.003, 2000), readings)
    prior = np.diag(stacked([NATION, REGION], YEARS, 0.003))
    flat = found.covariance.reshape(2 * YEARS, 2 * YEARS)
    assert (np.diag(flat) <= prior + 1e-12).all()
    assert np.linalg.eigvalsh(flat).min() > -1e-10
    assert np.isfinite(found.mean).all()


PRICES = Rung(0.03, 0.95, 0.02, 0.3), Rung(0.008, 0.8, 0.015, 0.4, 0.004)


def both():
    growth = prior_of([NATION, REGION], means(2), 0.003, 2000)
    return growth.beside(prior_of(PRICES, means(2, 0.02), 0.01, 2000))


def test_a_nominal_reading_is_of_growth_and_prices_together():
    levels = [Reading(1, 2002, 2004, 0.09, 0.0, nominal=True), Reading(0, 2003, 2003, 0.05, 0.0)]
    found = condition(both(), levels)
    assert found.mean.shape == (4, YEARS)
    assert (found.mean[1] + found.mean[3])[2:5].mean() == pytest.approx(0.09)
    # what growth is not, prices are: given their sum the two move against each other
    assert found.covariance[1, 2:5, 3, 2:5].sum() < 0
    known = condition(both(), [*levels, Reading(3, 2002, 2004, 0.03, 0.0)])
    assert known.mean[1, 2:5].mean() == pytest.approx(0.06)


def test_two_levels_of_a_part_and_its_whole_tell_of_the_lead_without_the_nations_prices():
    whole = Reading(0, 2002, 2004, 0.10, 0.0, nominal=True)
    part = Reading(1, 2002, 2004, 0.07, 0.0, nominal=True)
    lead = condition(both(), [whole, part])
    shifted = condition(both(), [whole._replace(value=0.16), part._replace(value=0.13)])
    np.testing.assert_allclose(lead.mean[1] - lead.mean[0], shifted.mean[1] - shifted.mean[0], atol=1e-12)
    assert (lead.mean[1] - lead.mean[0])[2:5].mean() < -0.005


def test_a_forecast_against_plain_conditioning():
    # growth is mean + slow + shock; a forecast sees the first two and a share of the first year's shock
    readings = [Reading(0, 2000 + at, 2000 + at, 0.05, 0.0) for at in range(6)]
    noise = np.diag([0.01, 0.02, 0.03]) ** 2
    forecast = Forecast(2006, np.array([0.02, 0.03, 0.03]), 0.7, noise)
    prior = prior_of([NATION, REGION], means(2), 0.003, 2000)
    found = aided(prior, readings, forecast)
    at = np.arange(YEARS)
    apart = np.abs(np.subtract.outer(at, at))
    slow = NATION.slow_sd**2 * NATION.slow_persistence**apart + 0.003**2
    shocks = NATION.shock_sd**2 * NATION.shock_persistence**apart
    lead = REGION.covariance(YEARS)
    size = 3 * YEARS  # slow part of the nation, its shocks, the region's lead
    covariance = np.zeros((size, size))
    for block, values in enumerate((slow, shocks, lead)):
        rows = slice(block * YEARS, (block + 1) * YEARS)
        covariance[rows, rows] = values
    growth = np.hstack([np.eye(YEARS), np.eye(YEARS), np.zeros((YEARS, YEARS))])
    seen = np.zeros((3, size))
    for ahead in range(3):
        seen[ahead, 6 + ahead] = 1
        seen[ahead, YEARS + 6] = 0.7 * NATION.shock_persistence**ahead
    picks = np.vstack([growth[:6], seen])
    values = np.array([0.05] * 6 + [0.02, 0.03, 0.03]) - 0.036
    inner = picks @ covariance @ picks.T
    inner[6:, 6:] += noise
    gain = covariance @ picks.T @ np.linalg.inv(inner)
    region = np.hstack([np.eye(YEARS)] * 3)
    np.testing.assert_allclose(found.mean[1], 0.036 + region @ gain @ values, atol=1e-10)
    left = region @ (covariance - gain @ picks @ covariance) @ region.T
    np.testing.assert_allclose(found.covariance[1, :, 1], left, atol=1e-10)


def test_a_forecast_without_doubt_or_known_shock_leaves_the_shocks():
    prior = prior_of([NATION], means(1), 0.003, 2000)
    exact = aided(prior, [], Forecast(2003, np.array([0.06]), 0.0, np.zeros((1, 1))))
    assert exact.mean[0, 3] == pytest.approx(0.06)
    assert exact.covariance[0, 3, 0, 3] == pytest.approx(NATION.shock_sd**2)


def test_prices_have_no_part_in_the_nations_shocks():
    wide = with_shocks(both()).covariance.reshape(5, YEARS, 5, YEARS)
    np.testing.assert_allclose(wide[2:4, :, 4], 0.0)
    np.testing.assert_allclose(wide[0, :, 4], wide[4, :, 4])
    np.testing.assert_allclose(wide[1, :, 4], wide[4, :, 4])


def test_one_matrix_turns_draws_without_forecasts_into_draws_with_them():
    prior = prior_of([NATION], means(1), 0.003, 2000)
    forecast = Forecast(2000, np.full(4, 0.05), 0.5, np.eye(4) * 1e-4)
    before, after = (
        found.covariance.reshape(YEARS, YEARS) for found in (condition(prior, []), aided(prior, [], forecast))
    )
    turn = left_by(before, after)
    np.testing.assert_allclose(np.triu(turn, 1), 0.0, atol=1e-12)
    np.testing.assert_allclose(turn @ before @ turn.T, after, atol=1e-9)


def test_modes_keep_the_cumulated_variance_of_either_quantity():
    found = condition(both(), [Reading(1, 2002, 2004, 0.09, 0.0, nominal=True)])
    rows = np.ix_([1, 3], range(YEARS), [1, 3], range(YEARS))
    covariance = found.covariance[rows].reshape(2 * YEARS, 2 * YEARS)
    kept = modes(covariance, 2)
    for quantity in range(2):
        own = slice(quantity * YEARS, (quantity + 1) * YEARS)
        assert (kept[own] @ kept[own].T).sum() == pytest.approx(covariance[own, own].sum(), rel=0.02)
    joint = (kept @ kept.T)[:YEARS, YEARS:].sum()
    assert joint == pytest.approx(covariance[:YEARS, YEARS:].sum(), rel=0.05)
