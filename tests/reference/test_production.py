"""Closed-form cases of the Solow model, in discrete time."""

import numpy as np
import pytest

from futian_model import production

INPUTS = {"capital_share": 0.4, "depreciation": 0.06, "tfp_growth": 0.012, "labour_growth": 0.005}


def steady(timing):
    """Growth and capital-output ratio that constant inputs lead to (Solow 1956, in discrete time)."""
    grown = 1.012 ** (1 / (1 - 0.4)) * 1.005
    return grown - 1, 0.28 / (grown - 1 + 0.06) * (grown if timing == "same_year" else 1.0)


@pytest.mark.parametrize("timing", production.TIMINGS)
def test_the_steady_state_stays_where_it_is(timing):
    growth, ratio = steady(timing)
    made = production.project(
        **INPUTS, investment_share=np.full(40, 0.28), capital_output_ratio=ratio, timing=timing
    )
    np.testing.assert_allclose(made.gdp_growth, growth, atol=1e-12)
    np.testing.assert_allclose(made.capital_growth, growth, atol=1e-12)
    np.testing.assert_allclose(made.capital_output_ratio, ratio, rtol=1e-11)


@pytest.mark.parametrize("timing", production.TIMINGS)
def test_an_economy_returns_to_its_steady_state(timing):
    growth, ratio = steady(timing)
    made = production.project(
        **INPUTS, investment_share=np.full(400, 0.28), capital_output_ratio=1.5, timing=timing
    )
    assert made.gdp_growth[0] > growth
    assert made.capital_output_ratio[-1] == pytest.approx(ratio, rel=1e-6)


def test_without_capital_deepening_growth_is_productivity():
    # investment that only replaces wear
    made = production.project(
        capital_share=0.4, depreciation=0.05, capital_output_ratio=3.0,
        investment_share=0.15, tfp_growth=0.02, labour_growth=0.0,
    )  # fmt: skip
    assert made.gdp_growth == pytest.approx(0.02)
    assert made.capital_growth == pytest.approx(0.0, abs=1e-15)
