"""Closed-form cases of the Solow model, in discrete time."""

import numpy as np
import pytest

from futian_model import production
from futian_model.errors import InputError

INPUTS = {"capital_share": 0.4, "depreciation": 0.06, "tfp_growth": 0.012, "labour_growth": 0.005}


@pytest.mark.parametrize("timing", production.TIMINGS)
def test_the_steady_state_stays_where_it_is(timing):
    steady = production.steady_state(**INPUTS, investment_share=0.28, timing=timing)
    made = production.project(
        **INPUTS,
        investment_share=np.full(40, 0.28),
        capital_output_ratio=steady.capital_output_ratio,
        timing=timing,
    )
    np.testing.assert_allclose(made.gdp_growth, steady.gdp_growth, atol=1e-12)
    np.testing.assert_allclose(made.capital_growth, steady.gdp_growth, atol=1e-12)
    np.testing.assert_allclose(made.capital_output_ratio, steady.capital_output_ratio, rtol=1e-11)


def test_the_capital_output_ratio_is_investment_over_growth_and_wear():
    steady = production.steady_state(**INPUTS, investment_share=0.28)
    assert steady.capital_output_ratio == pytest.approx(0.28 / (0.06 + steady.gdp_growth))


def test_growth_per_worker_is_productivity_over_labours_share():
    steady = production.steady_state(**INPUTS, investment_share=0.28)
    assert np.log1p(steady.gdp_per_worker_growth) == pytest.approx(np.log1p(0.012) / (1 - 0.4))
    assert 1 + steady.gdp_growth == pytest.approx((1 + steady.gdp_per_worker_growth) * 1.005)


@pytest.mark.parametrize("timing", production.TIMINGS)
def test_the_golden_rule_makes_steady_consumption_largest(timing):
    def consumption(share):
        ratio = production.steady_state(**INPUTS, investment_share=share, timing=timing).capital_output_ratio
        return (1 - share) * ratio ** (0.4 / 0.6)  # output per effective worker is ky^(a/(1-a))

    best = float(production.golden_rule(capital_share=0.4))
    assert best == 0.4
    assert consumption(best) > max(consumption(best - 0.01), consumption(best + 0.01))


@pytest.mark.parametrize("timing", production.TIMINGS)
def test_an_economy_returns_to_its_steady_state(timing):
    steady = production.steady_state(**INPUTS, investment_share=0.28, timing=timing)
    made = production.project(
        **INPUTS, investment_share=np.full(400, 0.28), capital_output_ratio=1.5, timing=timing
    )
    assert made.gdp_growth[0] > steady.gdp_growth
    assert made.capital_output_ratio[-1] == pytest.approx(float(steady.capital_output_ratio), rel=1e-6)


def test_no_steady_state_where_the_economy_shrinks_faster_than_capital_wears_out():
    with pytest.raises(InputError, match=r"depreciation = 0\.01; allowed: more than the economy shrinks"):
        production.steady_state(
            capital_share=0.4, depreciation=0.01, investment_share=0.2, tfp_growth=0.0, labour_growth=-0.05
        )


def test_saving_pays_for_investment_and_the_balance():
    assert production.required_saving(investment_share=0.42, external_balance=-0.02) == pytest.approx(0.40)


def test_without_capital_deepening_growth_is_productivity():
    # investment that only replaces wear
    made = production.project(
        capital_share=0.4, depreciation=0.05, capital_output_ratio=3.0,
        investment_share=0.15, tfp_growth=0.02, labour_growth=0.0,
    )  # fmt: skip
    assert made.gdp_growth == pytest.approx(0.02)
    assert made.capital_growth == pytest.approx(0.0, abs=1e-15)
