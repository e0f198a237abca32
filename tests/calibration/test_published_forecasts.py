"""Published forecasts: which edition counts, what its record says, and what it does to a chance."""

import numpy as np
import pandas as pd
import pytest

from futian_model import load_evidence, load_scenario
from futian_model.calibration import calibrate
from futian_model.calibration import published_forecasts as made
from futian_model.calibration.constants import log_growth
from futian_model.calibration.ladder import Rung, aided, prior_of
from futian_model.calibration.published_forecasts import HORIZON, Accuracy, Past
from futian_model.evidence.panels import ECONOMIES

EVIDENCE = load_evidence()
TABLE = pd.DataFrame(
    [
        ("A", "2020-10", 2020, 0.01),
        ("A", "2020-10", 2021, 0.02),
        ("A", "2020-10", 2022, 0.03),
        ("A", "2020-10", 2024, 0.05),
        ("A", "2021-04", 2021, 0.04),
        ("A", "2021-04", 2022, 0.045),
    ],
    columns=["code", "edition", "year", "growth"],
)
EDITIONS = made.by_economy(TABLE)["A"]
RUNG = Rung(0.016, 0.95, 0.02, 0.3)


@pytest.mark.parametrize(
    ("vintage", "edition", "lead"),
    [
        ("2020-11", "2020-10", "autumn_ahead"),
        ("2021-03", "2020-10", "autumn_ahead"),
        ("2021-04", "2021-04", "spring"),
        ("2021", "2021-04", "spring"),  # no edition of the autumn is held
    ],
)
def test_the_latest_edition_that_a_vintage_can_see_counts(vintage, edition, lead):
    found = made.latest_edition(EDITIONS, 2020, vintage)
    assert (found.edition, found.lead, found.first) == (edition, lead, 2021)


def test_no_edition_before_the_first_and_none_long_after():
    assert made.latest_edition(EDITIONS, 2020, "2020-03") is None
    assert made.latest_edition(EDITIONS, 2023, "2026") is None


def test_forecasts_are_read_from_the_first_unpublished_year_to_the_first_gap():
    found = made.edition_at(EDITIONS, 2020, "autumn_ahead")
    np.testing.assert_allclose(found.growth, np.log1p([0.02, 0.03]))


def test_the_nations_editions_are_those_of_the_fund():
    # China in the edition of October 2025: 4.8 in 2025, then 4.2, 4.2, 4.0, 3.7 and 3.4 percent
    growth = made.by_economy(EVIDENCE.forecasts(EVIDENCE.economy))[EVIDENCE.economy]["2025-10"]
    values = [100 * np.expm1(growth[year]) for year in range(2025, 2031)]
    np.testing.assert_allclose(values, [4.8, 4.2, 4.2, 4.0, 3.7, 3.4], atol=0.06)


def simulated(size: int, accuracy: Accuracy) -> tuple[Past, np.ndarray]:
    """Economies that are what the model says they are, and forecasts that are as accurate as stated."""
    rng = np.random.default_rng(7)
    at = np.arange(HORIZON)
    apart = np.abs(np.subtract.outer(at, at))
    slow, shocks = RUNG.slow_sd**2 * RUNG.slow_persistence**apart, RUNG.autocovariance(HORIZON)[apart]
    expected = 0.03 + rng.multivariate_normal(np.zeros(HORIZON), slow, size)
    yearly = rng.multivariate_normal(np.zeros(HORIZON), shocks, size)
    seen = accuracy.known * RUNG.shock_persistence**at * yearly[:, :1]
    sd = np.sqrt(accuracy.own * RUNG.shock_sd * (1.0 + at) ** made.GROWING)
    error = sd * rng.standard_normal((size, HORIZON))
    bias = np.where(at == 0, accuracy.bias_first, accuracy.bias_later)
    shape = (size, HORIZON, HORIZON)
    past = Past(
        np.full(size, "A"),
        np.full(size, 2000),
        np.full((size, HORIZON), 0.03),
        np.zeros((size, HORIZON)),
        np.broadcast_to(slow + shocks, shape),
        np.broadcast_to(shocks, shape),
        np.broadcast_to(shocks, shape),
        np.full(size, RUNG.shock_persistence),
        np.full(size, RUNG.shock_sd),
        expected + yearly,
    )
    return past, expected + seen + error + bias


def test_an_accuracy_is_found_again_in_forecasts_made_by_it():
    stated = Accuracy("spring", 2010, 6000, 0.7, 0.01, 0.004, 0.009)
    past, values = simulated(6000, stated)
    found = made.accuracy(past, values, "spring", 2010)
    assert found.known == pytest.approx(stated.known, abs=0.05)
    assert found.own == pytest.approx(stated.own, rel=0.15)
    assert (found.bias_first, found.bias_later) == pytest.approx((0.004, 0.009), abs=0.001)
    # nothing is learned from years that were not over
    assert made.accuracy(past, values, "spring", 2003) is None


def test_many_units_at_once_are_what_the_ladder_says_of_each():
    accuracy = Accuracy("spring", 2010, 1, 0.7, 0.01, 0.004, 0.009)
    past, values = simulated(3, accuracy)
    mean, covariance = made.aided_means(past, values, accuracy)
    prior = prior_of([RUNG], np.full((1, HORIZON), 0.03), 0.0, 2001)
    for unit in range(3):
        one = aided(prior, [], accuracy.forecast(RUNG, 2001, values[unit]))
        np.testing.assert_allclose(mean[unit], one.mean[0], atol=1e-12)
        np.testing.assert_allclose(covariance[unit], one.covariance[0, :, 0], atol=1e-12)


def test_stored_accuracy_is_that_of_the_panel():
    panels = EVIDENCE.growth_panels
    rows = panels[(panels["quantity"] == made.QUANTITY) & (panels["panel"] == ECONOMIES)]
    past = made.past_of(log_growth(rows), EVIDENCE.constants, range(1989, 1999))
    values = made.published(past, EVIDENCE.forecasts(), "spring")
    found = made.accuracy(past, values, "spring", 1999)
    stored = made.accuracy_at(EVIDENCE.accuracy, "spring", 1999)
    assert found[:3] == stored[:3]
    assert found[3:] == pytest.approx(stored[3:], rel=0.01, abs=1e-5)


def test_out_of_sample_published_forecasts_lower_the_error():
    # goals: 20, 12, 9 and 7 percent at one, two, three and five years with the panel drawn on to 2024
    record = EVIDENCE.record[
        (EVIDENCE.record["quantity"] == made.QUANTITY) & (EVIDENCE.record["origin"] == "aided")
    ]
    crps = record.set_index(["panel", "method", "horizon"])["crps"].unstack("method")
    gain = (1 - crps["ladder"] / crps["panels_alone"]).unstack("horizon")
    assert (gain.loc[ECONOMIES, [1, 2, 3, 5]] >= [0.20, 0.12, 0.09, 0.07]).all()
    assert (gain.loc[[panel for panel in gain.index if panel != ECONOMIES], [2, 3, 5]].dropna() > 0).all(
        axis=None
    )


def test_without_them_the_nation_is_what_the_panels_say():
    alone, helped = (
        calibrate(EVIDENCE, base_year=2020, horizon=2030, vintage="2021", forecasts=choice)
        for choice in ("none", "published")
    )
    nation = [found.ladder.of(0, 2022)[0].mean() for found in (alone, helped)]
    assert nation[1] < nation[0] - 0.001
    np.testing.assert_allclose(alone.growth.known, np.eye(10), atol=1e-12)
    assert np.diag(helped.growth.known)[1] < 1  # a part of the next year's shock is known


def test_a_scenario_chooses():
    scenario = load_scenario("trend_2021", evidence=EVIDENCE)
    assert scenario.assumptions.forecasts == "published"


def test_forecasts_go_on_at_their_last_rate():
    growth = np.array([0.05, 0.04, 0.03])
    assert made.drawn_on(growth, 2).tolist() == [0.05, 0.04]
    assert made.drawn_on(growth, 5).tolist() == [0.05, 0.04, 0.03, 0.03, 0.03]
    assert len(made.drawn_on(growth, 40)) == made.DRAWN_ON
    # the record says that it helps: farther ahead more, in every panel that lies in one nation
    record = EVIDENCE.record.query("quantity == 'real_gdp_growth' and origin == 'aided'")
    crps = record.set_index(["panel", "horizon", "method"])["crps"].unstack()
    saved = 1 - crps["ladder"] / crps["panels_alone"]
    assert (
        saved.loc[
            [ECONOMIES, "regions_canada", "regions_united_states"],
            [10, 15],
        ]
        > 0.06
    ).all()
