"""What the evidence at a vintage says, and that it sees nothing later."""

import dataclasses

import numpy as np
import pytest

from futian_model import calibration, load_evidence
from futian_model.errors import InputError

EVIDENCE = load_evidence()
CALIBRATION = calibration.calibrate(EVIDENCE, base_year=2020, horizon=2035, vintage="2021")


def test_population_grows_at_the_last_intercensal_rate():
    rate = np.log(155.3225 / 131.7511) / 10
    np.testing.assert_allclose(CALIBRATION.population.centre, rate)
    before = np.log(131.7511 / 90.9571) / 10
    assert CALIBRATION.population.slow_sd == pytest.approx(abs(rate - before) / np.sqrt(2))


def test_population_shocks_come_from_one_basis():
    # the city's figure rose by a third from 2019 to 2020 with the census, which is no year's growth
    shock = CALIBRATION.population.estimates[1]
    assert shock.spread < 0.03
    assert shock.n == 9


def test_growth_falls_back_toward_the_panel():
    centre = CALIBRATION.growth.centre
    past = CALIBRATION.growth.estimates[0].value
    assert past > centre[0] > centre[-1] > 0.02
    assert len(centre) == 15


def test_the_regression_against_statsmodels():
    import statsmodels.api as sm

    found = calibration.revert(EVIDENCE.panel, 2019)
    table = np.log1p(EVIDENCE.panel.pivot(index="code", columns="year", values="growth")).to_numpy()
    past, ahead = [], []
    for row in table:
        for now in range(calibration.PAST, table.shape[1] - calibration.AHEAD + 1):
            window = row[now - calibration.PAST : now + calibration.AHEAD]
            if np.isfinite(window).all():
                past.append(window[: calibration.PAST].mean())
                ahead.append(window[calibration.PAST :])
    assert found.windows == len(past)
    for year in (0, 7, 14):
        fit = sm.OLS([path[year] for path in ahead], sm.add_constant(past)).fit()
        assert (found.intercept[year], found.slope[year]) == pytest.approx(tuple(fit.params))


def test_later_figures_change_nothing():
    rows = EVIDENCE.observations
    late = rows["period"].str[:4].astype(int) > 2021
    poisoned = rows.assign(value=rows["value"].where(~late, 1.0))
    panel = EVIDENCE.panel
    panel = panel.assign(growth=panel["growth"].where(panel["year"] <= 2015, 9.0))
    other = dataclasses.replace(EVIDENCE, observations=poisoned)
    again = calibration.calibrate(other, base_year=2020, horizon=2035, vintage="2021")
    for name, trend in CALIBRATION.trends().items():
        np.testing.assert_array_equal(trend.centre, again.trends()[name].centre)
        assert trend.estimates == again.trends()[name].estimates
    earlier = calibration.revert(panel, 2015)
    np.testing.assert_array_equal(earlier.slope, calibration.revert(EVIDENCE.panel, 2015).slope)


def test_the_share_leads_less_and_less():
    trend = CALIBRATION.shares["headquarters_share"]
    points = {2011: 0.302, 2020: 0.45}
    odds = {year: np.log(share / (1 - share)) for year, share in points.items()}
    assert trend.estimates[0].value == pytest.approx((odds[2020] - odds[2011]) / 9)
    assert 0 < trend.centre[-1] < trend.centre[0] < trend.estimates[0].value
    # one published figure supports no trend
    assert "digital_economy_share" not in CALIBRATION.shares


def test_every_estimate_says_what_it_rests_on():
    for one in CALIBRATION.estimates():
        assert one.n >= 3
        assert one.spread > 0
        assert one.source


def test_mean_variance_against_simulation():
    rng, persistence, years = np.random.default_rng(0), 0.5, 15
    path = [rng.standard_normal(100_000)]
    for _ in range(years - 1):
        path.append(persistence * path[-1] + np.sqrt(1 - persistence**2) * rng.standard_normal(100_000))
    assert calibration.mean_variance(years, persistence) == pytest.approx(
        np.mean(path, axis=0).var(), rel=0.02
    )


def test_a_vintage_before_the_panel_has_windows():
    with pytest.raises(
        InputError, match="vintage = 1980; allowed: a year that leaves 30 windows of 25 years"
    ):
        calibration.revert(EVIDENCE.panel, 1980)
