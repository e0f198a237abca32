"""What is a line of numpy here is what statsmodels gives (docs/components.md)."""

import numpy as np
import pytest
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.proportion import proportion_confint
from statsmodels.tools.tools import add_constant

from futian_model.backtest.forecasts import History, ar1
from futian_model.backtest.own import CONFIDENCE, jeffreys
from futian_model.calibration.panels import variance_of
from futian_model.scorecard.course import trend

PATH = np.random.default_rng(19).normal(0.05, 0.02, 30)
"""Thirty years of log growth."""
AWAY = PATH - PATH.mean()


def test_an_autoregression_is_that_of_ordinary_least_squares() -> None:
    fitted = OLS(AWAY[1:], AWAY[:-1]).fit()
    forecast = ar1(History(PATH, np.array([]), np.array([])))[1]
    assert forecast.location == pytest.approx(PATH.mean() + fitted.params[0] * AWAY[-1], abs=1e-15)
    assert forecast.scale == pytest.approx(np.sqrt(fitted.ssr / (len(AWAY) - 3)), rel=1e-12)


def test_the_variance_of_shocks_is_that_of_its_residuals_once_corrected_for_short_series() -> None:
    raw = OLS(AWAY[1:], AWAY[:-1]).fit().params[0]
    corrected = raw + (1 + 3 * raw) / len(PATH)  # Kendall (1954)
    left = AWAY[1:] - corrected * AWAY[:-1]
    variance, freedom = variance_of(PATH)
    assert freedom == len(PATH) - 3
    assert variance == pytest.approx(left @ left / freedom, rel=1e-12)


@pytest.mark.parametrize(("inside", "windows"), [(7, 10), (1, 3), (20, 26)])
def test_jeffreys_interval_of_a_rate(inside: int, windows: int) -> None:
    known = proportion_confint(inside, windows, alpha=1 - CONFIDENCE, method="jeffreys")
    assert jeffreys(inside, windows) == pytest.approx(known, rel=1e-12)


def test_a_straight_line_through_outturns() -> None:
    years, values = [2020, 2021, 2022, 2024], [45.0, 46.1, 47.6, 49.9]
    fitted = OLS(values, add_constant(np.array(years, float))).fit()
    assert trend(years, values, 2025, "linear") == pytest.approx(fitted.predict([[1.0, 2025.0]])[0], rel=1e-9)
