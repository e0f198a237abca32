"""Years foreseen from their first quarters: identities, limits, and the likelihood against scipy."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import optimize, stats

from futian_model.annual import Foreseen, growth_left, reversion, season
from futian_model.annual.foresight import FREEDOM
from futian_model.evidence.operators import Interval

rates = st.floats(-0.15, 0.2)
amounts = st.lists(st.floats(10, 1000), min_size=4, max_size=4)


def pairs(seed: int, years: int = 12, rate: float = 0.6, noise: float = 0.01) -> pd.DataFrame:
    """Three quarters of each year by the law that is estimated."""
    draws = np.random.default_rng(seed)
    year, quarters = np.repeat(np.arange(years), 3), np.tile([1, 2, 3], years)
    so_far, expected = draws.normal(0.06, 0.03, 3 * years), np.full(3 * years, 0.06)
    moved = -rate * (so_far - expected) + noise * draws.standard_t(FREEDOM, 3 * years)
    whole = so_far + (1 - quarters / 4) * moved
    names = ("year", "quarters", "so_far", "expected", "whole")
    return pd.DataFrame(dict(zip(names, (year, quarters, so_far, expected, whole), strict=True)))


@given(rates, rates, rates, st.integers(0, 99))
def test_at_the_years_end_the_chance_is_0_or_1(
    so_far: float, expected: float, target: float, seed: int
) -> None:
    fitted = reversion(pairs(seed))
    asked = Interval(target, np.inf)
    assert fitted.foresee(so_far, expected, 4).chance(asked) == float(asked.meets(so_far))
    assert fitted.foresee(so_far, expected, 4).quantile([0.1, 0.9]) == pytest.approx([so_far, so_far])
    assert 0 < fitted.foresee(so_far, expected, 3).chance(asked) < 1


@given(rates, rates, st.integers(1, 3), st.floats(0.01, 0.99), st.booleans())
def test_chance_and_quantile_are_each_others_inverse(
    so_far: float, expected: float, quarters: int, level: float, logs: bool
) -> None:
    foreseen = reversion(pairs(1)).foresee(so_far, expected, quarters)._replace(logs=logs)
    asked = Interval(float(foreseen.quantile(level)), np.inf)
    assert foreseen.chance(asked) == pytest.approx(1 - level, abs=1e-9)
    assert foreseen.chance(Interval(-np.inf, asked.low)) == pytest.approx(level, abs=1e-9)


@given(rates, st.integers(1, 3), st.floats(0.001, 0.05), st.floats(-0.03, 0.03))
def test_what_is_known_to_be_exceeded_is_no_longer_open(
    so_far: float, quarters: int, scale: float, above: float
) -> None:
    open_year = Foreseen(so_far, scale, FREEDOM)
    known = open_year._replace(floor=so_far + above)
    assert known.chance(Interval(so_far + above, np.inf)) == pytest.approx(1)
    assert known.quantile([1e-9, 0.5]).min() >= so_far + above - 1e-9
    target = Interval(so_far + above + scale, np.inf)
    given_that = open_year.chance(target) / open_year.chance(Interval(known.floor, np.inf))
    assert known.chance(target) == pytest.approx(given_that)


@given(amounts, amounts, st.integers(1, 3), rates)
def test_growth_still_needed_leads_exactly_to_the_target(
    before: list[float], now: list[float], quarters: int, target: float
) -> None:
    made = sum(before[:quarters])
    so_far = sum(now[:quarters]) / made - 1
    needed = growth_left(target, so_far, made / sum(before))
    whole = sum(now[:quarters]) + sum(before[quarters:]) * (1 + needed)
    assert whole / sum(before) - 1 == pytest.approx(target, abs=1e-9)


def test_nothing_is_needed_once_no_quarter_is_left() -> None:
    assert np.isnan(growth_left(0.05, 0.04, 1.0))


@pytest.mark.parametrize("seed", range(5))
def test_rate_and_scale_are_those_of_greatest_likelihood(seed: int) -> None:
    table = pairs(seed)
    away = (table["so_far"] - table["expected"]).to_numpy()
    moved = ((table["whole"] - table["so_far"]) / (1 - table["quarters"] / 4)).to_numpy()

    def less(at: np.ndarray) -> float:
        return -float(stats.t.logpdf(moved + at[0] * away, FREEDOM, 0, np.exp(at[1])).sum())

    best = optimize.minimize(
        less, [0.5, np.log(0.01)], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-9}
    )
    fitted, years = reversion(table), 12
    assert fitted.rate == pytest.approx(best.x[0], abs=1e-5)
    assert fitted.scale == pytest.approx(np.exp(best.x[1]) * np.sqrt(years / (years - 1)), rel=1e-4)


@given(st.floats(0, 1.5), st.integers(1, 3), rates, rates)
def test_years_without_error_are_foreseen_exactly(
    rate: float, quarters: int, so_far: float, expected: float
) -> None:
    fitted = reversion(pairs(3, rate=rate, noise=0.0))
    foreseen = fitted.foresee(so_far, expected, quarters)
    meant = so_far - (1 - quarters / 4) * rate * (so_far - expected)
    assert foreseen.quantile(0.5) == pytest.approx(meant, abs=1e-9)


def test_few_pairs_say_nothing() -> None:
    table = pairs(1)
    assert reversion(table[:7]) is None
    assert reversion(table.assign(year=1)) is None
    assert reversion(table.assign(so_far=table["expected"])) is None


shares = st.lists(st.floats(0.5, 0.9), min_size=3, max_size=8)


@given(shares, st.floats(10, 1e5))
def test_an_amount_is_the_part_that_past_years_had_made(parts: list[float], amount: float) -> None:
    assume(np.ptp(parts) > 1e-6)
    table = pd.DataFrame({"geo": "here", "year": range(len(parts)), "quarters": 3, "share": parts})
    pace = season(table, "here", 3)
    assert pace.years == tuple(range(len(parts)))
    assert pace.share == pytest.approx(stats.gmean(parts))
    assert pace.foresee(amount).quantile(0.5) == pytest.approx(amount / pace.share)
    # the spread of a mean and of a single year around it, by scipy
    low, _ = stats.t.interval(
        0.8, len(parts) - 1, np.log(pace.share), np.std(np.log(parts), ddof=1) * np.sqrt(1 + 1 / len(parts))
    )
    assert pace.foresee(amount).quantile(0.9) == pytest.approx(amount / np.exp(low))
    elsewhere = season(table, "there", 3)
    assert (elsewhere.years, elsewhere.share) == ((), pytest.approx(pace.share))
    assert season(table, "here", 2) is None
    assert season(table[:3], "here", 3, without=0) is None
