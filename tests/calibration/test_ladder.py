"""The ladder against plain conditioning, a state-space smoother and simulation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import truncnorm

from futian_model.calibration.ladder import Reading, Rung, condition, stacked

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
    found = condition([NATION, REGION], means(2), 0.003, readings, 2000)
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
    found = condition([NATION], means(1), 0.0, readings, 2000)
    np.testing.assert_allclose(found.mean[0], 0.036 + smoothed.smoothed_state.sum(axis=0), atol=1e-8)
    variance = smoothed.smoothed_state_cov.sum(axis=(0, 1))
    np.testing.assert_allclose(np.diag(found.covariance[0, :, 0]), variance, atol=1e-9)


def test_a_published_year_is_kept_and_a_rounded_one_is_not():
    exact = condition([NATION], means(1), 0.0, [Reading(0, 2003, 2003, 0.09, 0.0)], 2000)
    assert exact.mean[0, 3] == pytest.approx(0.09)
    assert exact.covariance[0, 3, 0, 3] == pytest.approx(0.0, abs=1e-15)
    rounded = condition([NATION], means(1), 0.0, [Reading(0, 2003, 2003, 0.09, 0.01)], 2000)
    assert 0.036 < rounded.mean[0, 3] < 0.09
    assert 0 < rounded.covariance[0, 3, 0, 3] < 0.01**2


def test_a_lower_bound_moves_growth_as_a_cut_off_normal_does():
    bound = Reading(0, 2000, 2000, 0.06, 0.0, lower_bound=True)
    found = condition([NATION], means(1), 0.0, [bound], 2000)
    sd = np.hypot(NATION.slow_sd, NATION.shock_sd)
    cut = truncnorm((0.06 - 0.036) / sd, np.inf, loc=0.036, scale=sd)
    assert found.mean[0, 0] == pytest.approx(cut.mean())
    assert found.covariance[0, 0, 0, 0] == pytest.approx(cut.var())
    point = condition([NATION], means(1), 0.0, [bound._replace(lower_bound=False)], 2000)
    assert found.mean[0, 5] > point.mean[0, 5]  # growth lies above its bound, not at it
    assert found.covariance[0, 5, 0, 5] > point.covariance[0, 5, 0, 5]
    # far below what is expected anyway, a bound says nothing
    idle = condition([NATION], means(1), 0.0, [bound._replace(value=-0.5)], 2000)
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
    found = condition([NATION, REGION], means(2), 0.003, readings, 2000)
    prior = np.diag(stacked([NATION, REGION], YEARS, 0.003))
    flat = found.covariance.reshape(2 * YEARS, 2 * YEARS)
    assert (np.diag(flat) <= prior + 1e-12).all()
    assert np.linalg.eigvalsh(flat).min() > -1e-10
    assert np.isfinite(found.mean).all()
