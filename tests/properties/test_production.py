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


def public(efficiency, invested=0.06):
    return production.PublicCapital(0.1, 0.04, 0.9, invested, efficiency)


@settings(max_examples=60, deadline=None)
@given(states, growths, path(rates), path(shares, YEARS + 1), path(st.floats(0.2, 1.0), YEARS + 1), timings)
def test_with_public_capital_apart_both_inverses_hold(state, growth, tfp, invested, efficiency, timing):
    cut = slice(None) if timing == "lagged" else slice(1, None)
    apart = public(efficiency[cut])
    inputs = {**state, **growth, "timing": timing, "public": apart}
    made = production.project(**inputs, tfp_growth=tfp, investment_share=invested[cut])
    needed = production.required_investment(**inputs, tfp_growth=tfp, gdp_growth=made.gdp_growth)
    np.testing.assert_allclose(needed[:YEARS], invested[cut][:YEARS], atol=1e-10)
    found = production.required_tfp(**inputs, investment_share=invested[cut], gdp_growth=made.gdp_growth)
    np.testing.assert_allclose(found, tfp, atol=1e-10)


@settings(max_examples=60, deadline=None)
@given(states, growths, path(rates), path(shares), path(st.floats(0.2, 1.0)), timings)
def test_public_capital_follows_its_law_of_motion(state, growth, tfp, invested, efficiency, timing):
    spent = np.append(0.06, invested) if timing == "lagged" else invested
    worth = np.append(0.5, efficiency) if timing == "lagged" else efficiency
    made = production.project(
        **state, **growth, tfp_growth=tfp, investment_share=0.2, timing=timing, public=public(worth, spent)
    )
    output = np.concatenate([[1.0], np.cumprod(1 + made.gdp_growth)])
    stock = 0.9 * np.concatenate([[1.0], np.cumprod(1 + made.public_capital_growth)])
    useful = {
        "ltgm": invested * efficiency * output[:-1],
        "lagged": spent[:YEARS] * worth[:YEARS] * output[:-1],
        "same_year": invested * efficiency * output[1:],
    }[timing]
    np.testing.assert_allclose(stock[1:], 0.96 * stock[:-1] + useful, rtol=1e-9)
    left = 1 - state["capital_share"] - 0.1
    product = (
        (1 + tfp)
        * (1 + made.capital_growth) ** state["capital_share"]
        * (1 + made.public_capital_growth) ** 0.1
        * ((1 + growth["labour_growth"]) * (1 + growth["human_capital_growth"])) ** left
    )
    np.testing.assert_allclose(1 + made.gdp_growth, product, rtol=1e-9)


def test_splitting_capital_in_two_equal_parts_changes_nothing():
    whole = production.project(
        capital_share=0.5, depreciation=0.05, capital_output_ratio=3.0, investment_share=0.3,
        tfp_growth=[0.01] * YEARS, labour_growth=0.01,
    )  # fmt: skip
    half = production.PublicCapital(0.25, 0.05, 1.5, 0.15)
    split = production.project(
        capital_share=0.25, depreciation=0.05, capital_output_ratio=1.5, investment_share=0.15,
        tfp_growth=[0.01] * YEARS, labour_growth=0.01, public=half,
    )  # fmt: skip
    np.testing.assert_allclose(split.gdp_growth, whole.gdp_growth, rtol=1e-13)
    np.testing.assert_allclose(split.public_capital_growth, whole.capital_growth, rtol=1e-13)
    assert np.isnan(whole.public_capital_growth).all()


@settings(max_examples=60, deadline=None)
@given(path(rates), path(rates), path(rates), st.floats(0.1, 0.6), st.floats(0.0, 0.3))
def test_contributions_with_public_capital_sum_to_growth(gdp, capital, other, share, apart):
    inputs = {
        "gdp_growth": gdp, "capital_growth": capital, "labour_growth": 0.01, "capital_share": share,
        "public_capital_growth": other, "public_share": apart,
    }  # fmt: skip
    np.testing.assert_allclose(sum(production.account(**inputs)), np.log1p(gdp), atol=1e-12)
    np.testing.assert_allclose(sum(production.account(**inputs, form="exact")), gdp, atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(path(rates), path(rates), path(rates), path(rates), st.floats(0.1, 0.9))
def test_contributions_sum_to_growth(gdp, capital, labour, human, share):
    inputs = {
        "gdp_growth": gdp, "capital_growth": capital, "labour_growth": labour,
        "human_capital_growth": human, "capital_share": share,
    }  # fmt: skip
    np.testing.assert_allclose(sum(production.account(**inputs)), np.log1p(gdp), atol=1e-12)
    np.testing.assert_allclose(sum(production.account(**inputs, form="exact")), gdp, atol=1e-12)


def test_an_account_keeps_the_shape_of_its_inputs():
    scalars = {"gdp_growth": 0.05, "capital_growth": 0.06, "labour_growth": 0.01, "capital_share": 0.4}
    assert {part.shape for part in production.account(**scalars)} == {()}
    along_time = {**scalars, "gdp_growth": np.full(40, 0.05), "capital_share": np.linspace(0.3, 0.5, 40)}
    found = production.account(**along_time)
    assert {part.shape for part in found} == {(40,)}
    np.testing.assert_allclose(found.capital, np.linspace(0.3, 0.5, 40) * np.log1p(0.06))
    paths = production.account(**{**along_time, "capital_share": np.array([[0.3], [0.5]])})
    assert {part.shape for part in paths} == {(2, 40)}
    with pytest.raises(InputError, match=r"shapes = '\(40,\), \(2,\)'; allowed: growth and shares that"):
        production.account(**{**along_time, "capital_share": np.array([0.3, 0.5])})


@settings(max_examples=60, deadline=None)
@given(path(rates), path(rates), st.floats(0.1, 0.6), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_labour_and_human_capital_may_have_exponents_of_their_own(gdp, human, share, labour, skill):
    inputs = {"gdp_growth": gdp, "capital_growth": 0.03, "labour_growth": 0.01, "human_capital_growth": human}
    own = production.account(**inputs, capital_share=share, labour_share=labour, human_capital_share=skill)
    np.testing.assert_allclose(own.labour, np.full(gdp.shape, labour * np.log1p(0.01)))
    np.testing.assert_allclose(own.human_capital, skill * np.log1p(human), atol=1e-15)
    np.testing.assert_allclose(sum(own), np.log1p(gdp), atol=1e-12)
    with pytest.raises(InputError, match=r"labour_share = -0\.1; allowed: a fraction of 0 or more"):
        production.account(**inputs, capital_share=share, labour_share=-0.1)


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


@pytest.mark.parametrize(
    ("apart", "message"),
    [
        (
            (0.6, 0.04, 0.9, 0.06, 1.0),
            "public capital_share = 0.6; allowed: a fraction that with",
        ),
        ((0.1, 1.4, 0.9, 0.06, 1.0), "public depreciation = 1.4; allowed: a fraction from 0 to 1"),
        ((0.1, 0.04, -1.0, 0.06, 1.0), "public capital_output_ratio = -1.0; allowed: a number above 0"),
        ((0.1, 0.04, 0.9, 0.06, 1.2), "efficiency = 1.2; allowed: a fraction above 0, up to 1"),
    ],
)
def test_bad_public_capital_is_told(apart, message):
    with pytest.raises(InputError, match=message):
        production.project(
            **STATE, investment_share=0.3, tfp_growth=0.01, labour_growth=0.01,
            public=production.PublicCapital(*apart),
        )  # fmt: skip


def test_an_unknown_timing_or_form_is_told():
    inputs = {**STATE, "investment_share": 0.3, "tfp_growth": 0.01, "labour_growth": 0.01}
    with pytest.raises(UnknownName, match="did you mean lagged"):
        production.project(**inputs, timing="laged")
    with pytest.raises(UnknownName, match="unknown logs"):
        production.account(
            gdp_growth=0.05, capital_growth=0.05, labour_growth=0.0, capital_share=0.5, form="logs"
        )
