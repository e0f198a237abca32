"""Production: the inverse gives back what went in, accounts sum to growth, timings differ as stated."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from futian_model import production
from futian_model.errors import InputError, UnknownName

YEARS = 6
STATE = {"capital_share": 0.45, "depreciation": 0.05, "capital_output_ratio": 3.2}
shares = st.floats(0.05, 0.6)
rates = st.floats(-0.05, 0.1)


def path(values, years=YEARS):
    return arrays(float, years, elements=values)


states = st.fixed_dictionaries(
    {
        "capital_share": st.floats(0.2, 0.7),
        "depreciation": st.floats(0.0, 0.2),
        "capital_output_ratio": st.floats(1.0, 6.0),
    }
)
growths = st.fixed_dictionaries({"labour_growth": path(rates), "human_capital_growth": path(rates)})
timings = st.sampled_from(production.TIMINGS)


@settings(max_examples=60, deadline=None)
@given(states, growths, path(rates), path(shares, YEARS + 1), timings)
def test_the_inverse_of_forward_returns_the_investment(state, growth, tfp, invested, timing):
    invested = invested if timing == "lagged" else invested[1:]
    made = production.project(**state, **growth, tfp_growth=tfp, investment_share=invested, timing=timing)
    found = production.required_investment(
        **state, **growth, tfp_growth=tfp, gdp_growth=made.gdp_growth, timing=timing
    )
    assert found.shape == invested.shape
    np.testing.assert_allclose(found[:YEARS], invested[:YEARS], atol=1e-10)


@settings(max_examples=60, deadline=None)
@given(states, growths, path(rates), path(shares, YEARS + 1), timings)
def test_the_inverse_of_forward_returns_the_productivity(state, growth, tfp, invested, timing):
    invested = invested if timing == "lagged" else invested[1:]
    made = production.project(**state, **growth, tfp_growth=tfp, investment_share=invested, timing=timing)
    found = production.required_tfp(
        **state, **growth, investment_share=invested, gdp_growth=made.gdp_growth, timing=timing
    )
    np.testing.assert_allclose(found, tfp, atol=1e-10)


@settings(max_examples=60, deadline=None)
@given(states, growths, path(rates), path(shares, YEARS + 1), timings)
def test_capital_follows_its_law_of_motion(state, growth, tfp, invested, timing):
    given_share = invested if timing == "lagged" else invested[1:]
    made = production.project(**state, **growth, tfp_growth=tfp, investment_share=given_share, timing=timing)
    output = np.concatenate([[1.0], np.cumprod(1 + made.gdp_growth)])
    capital = state["capital_output_ratio"] * np.concatenate([[1.0], np.cumprod(1 + made.capital_growth)])
    spent = {
        "ltgm": invested[1:] * output[:-1],
        "lagged": invested[:-1] * output[:-1],
        "same_year": invested[1:] * output[1:],
    }[timing]
    np.testing.assert_allclose(capital[1:], (1 - state["depreciation"]) * capital[:-1] + spent, rtol=1e-9)
    np.testing.assert_allclose(made.capital_output_ratio, capital[1:] / output[1:], rtol=1e-9)


@settings(max_examples=60, deadline=None)
@given(path(rates), path(rates), path(rates), path(rates), st.floats(0.1, 0.9))
def test_contributions_sum_to_growth(gdp, capital, labour, human, share):
    inputs = {
        "gdp_growth": gdp, "capital_growth": capital, "labour_growth": labour,
        "human_capital_growth": human, "capital_share": share,
    }  # fmt: skip
    np.testing.assert_allclose(sum(production.account(**inputs)), np.log1p(gdp), atol=1e-12)
    np.testing.assert_allclose(sum(production.account(**inputs, form="exact")), gdp, atol=1e-12)


def test_the_account_of_a_projection_finds_its_productivity():
    tfp = np.array([0.01, 0.02, 0.0])
    made = production.project(
        **STATE, investment_share=0.3, tfp_growth=tfp, labour_growth=0.01, human_capital_growth=0.02
    )
    found = production.account(
        gdp_growth=made.gdp_growth,
        capital_growth=made.capital_growth,
        labour_growth=0.01,
        human_capital_growth=0.02,
        capital_share=STATE["capital_share"],
    )
    np.testing.assert_allclose(found.tfp, np.log1p(tfp), atol=1e-12)


def test_leading_axes_broadcast():
    ratios, tfp = np.array([2.5, 3.5]), np.array([[0.01, 0.02, 0.03]])
    made = production.project(
        capital_share=0.4, depreciation=0.05, capital_output_ratio=ratios,
        investment_share=0.3, tfp_growth=tfp, labour_growth=0.0,
    )  # fmt: skip
    assert made.gdp_growth.shape == (2, 3)
    for at, ratio in enumerate(ratios):
        alone = production.project(
            capital_share=0.4, depreciation=0.05, capital_output_ratio=ratio,
            investment_share=0.3, tfp_growth=tfp[0], labour_growth=0.0,
        )  # fmt: skip
        np.testing.assert_array_equal(made.gdp_growth[at], alone.gdp_growth)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"capital_share": 1.2}, "capital_share = 1.2; allowed: a fraction between 0 and 1"),
        ({"depreciation": 1.5}, "depreciation = 1.5; allowed: a fraction from 0 to 1"),
        ({"capital_output_ratio": -3.0}, "capital_output_ratio = -3.0; allowed: a number above 0"),
        ({"investment_share": 30.0}, "investment_share = 30.0; allowed: a fraction from 0 to 1"),
        ({"tfp_growth": [0.01, float("nan")]}, "tfp_growth = nan; allowed: finite numbers"),
        ({"labour_growth": -1.0}, "labour_growth = -1.0; allowed: growth above -1"),
        (
            {"tfp_growth": [0.01] * 3, "labour_growth": [0.01] * 2},
            r"years = '2, 3'; allowed: paths of one length",
        ),
    ],
)
def test_bad_input_is_told(changed, message):
    inputs = {**STATE, "investment_share": 0.3, "tfp_growth": 0.01, "labour_growth": 0.01}
    with pytest.raises(InputError, match=message):
        production.project(**{**inputs, **changed})


def test_an_unknown_timing_or_form_is_told():
    inputs = {**STATE, "investment_share": 0.3, "tfp_growth": 0.01, "labour_growth": 0.01}
    with pytest.raises(UnknownName, match="did you mean lagged"):
        production.project(**inputs, timing="laged")
    with pytest.raises(UnknownName, match="unknown logs"):
        production.account(
            gdp_growth=0.05, capital_growth=0.05, labour_growth=0.0, capital_share=0.5, form="logs"
        )
