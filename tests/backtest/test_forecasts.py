"""The competing forecasts against their definitions and against simulation."""

import numpy as np
import pytest

from futian_model.backtest import forecasts as made
from futian_model.backtest.forecasts import HORIZONS, History

RNG = np.random.default_rng(5)
PATH = 0.05 + 0.02 * RNG.standard_normal(25)
HISTORY = History(PATH, np.empty(0), np.empty(0))


def test_the_naive_forecast_is_the_mean_and_its_standard_error():
    found = made.mean_growth(HISTORY)
    assert found[1].location == found[15].location == pytest.approx(PATH.mean())
    assert found[4 + 1].scale == pytest.approx(PATH.std(ddof=1) / np.sqrt(5))


def test_plan_style_takes_the_last_five_years_on():
    assert made.last_plan(HISTORY)[10].location == pytest.approx(PATH[-5:].mean())


def test_a_random_walk_against_simulation():
    steps = RNG.standard_normal((100_000, 15)).cumsum(axis=1)
    for years in HORIZONS:
        assert made.walk(years) == pytest.approx(steps[:, :years].mean(axis=1).std(), rel=0.02)
    assert made.random_walk(HISTORY)[1].location == PATH[-1]


def test_the_autoregression_against_statsmodels():
    from statsmodels.tsa.arima.model import ARIMA  # a second, for one test

    fit = ARIMA(PATH, order=(1, 0, 0), trend="c").fit()
    ahead = fit.get_forecast(15)
    found = made.ar1(HISTORY)
    for years in HORIZONS:
        # least squares and maximum likelihood differ a little in 25 years
        assert found[years].location == pytest.approx(ahead.predicted_mean[:years].mean(), abs=2e-3)
        assert found[years].scale > 0


def test_the_autoregressions_spread_against_simulation():
    away = PATH - PATH.mean()
    persistence = away[1:] @ away[:-1] / (away[:-1] @ away[:-1])
    left = away[1:] - persistence * away[:-1]
    sd = np.sqrt(left @ left / (len(left) - 2))
    state, paths = np.full(200_000, away[-1]), []
    for _ in range(10):
        state = persistence * state + sd * RNG.standard_normal(state.size)
        paths.append(state)
    mean = np.mean(paths, axis=0)
    found = made.ar1(HISTORY)[10]
    assert found.location - PATH.mean() == pytest.approx(mean.mean(), abs=1e-4)
    assert found.scale == pytest.approx(mean.std(), rel=0.01)


def test_unobserved_components_against_statsmodels_own_forecast():
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    path = np.cumsum(0.01 * RNG.standard_normal(30)) + 0.01 * RNG.standard_normal(30)
    found = made.unobserved_components(History(path, np.empty(0), np.empty(0)))
    fit = UnobservedComponents(100 * path, "local level").fit(disp=False, maxiter=100)
    ahead = fit.get_forecast(1)
    assert found[1].location == pytest.approx(ahead.predicted_mean[0] / 100)
    assert found[1].scale == pytest.approx(float(ahead.se_mean[0]) / 100)


def test_only_the_unbroken_end_of_a_history_counts():
    broken = np.concatenate([PATH, [np.nan], PATH[:9]])
    np.testing.assert_array_equal(made.recent(History(broken, np.empty(0), np.empty(0))), PATH[:9])
