"""Levels, parts of a year and revisions as readings, and figures that do not fit."""

import numpy as np
import pytest

from futian_model import load_evidence
from futian_model.calibration import coherence as fits
from futian_model.calibration import levels as made
from futian_model.calibration import readings
from futian_model.calibration.ladder import Reading, Rung, condition, pick, prior_of
from futian_model.calibration.trends import Frame, district_rung, growth_and_prices, revisions, size_class

EVIDENCE = load_evidence()


@pytest.mark.parametrize(
    ("basis", "year", "vintage", "census"),
    [
        ("economic_census_2018", 2019, "2021", "2018"),
        ("before_economic_census_2023", 2022, "2023", "2018"),
        ("economic_census_2023", 2024, "2025-05", "2023"),
        ("", 2018, "2019-02", "2013"),
        ("", 2020, "2021-10", "2018"),
        ("", 2024, "2025-12", "2023"),
    ],
)
def test_a_level_rests_on_the_last_census_out_when_it_was_published(basis, year, vintage, census):
    assert made.economic_basis(basis, year, vintage) == census


def test_a_level_published_long_after_its_year_is_comparable_with_nothing():
    assert made.economic_basis("", 2010, "2025") != made.economic_basis("", 2011, "2025")


def test_levels_on_one_basis_are_compared_and_a_break_leaves_doubt():
    readings = made.levels(EVIDENCE, 2, "futian", "2026", 2015, 0.05).readings
    spans = {(reading.first, reading.last): reading for reading in readings}
    assert all(reading.nominal for reading in readings)
    level = EVIDENCE.series("futian", "gdp", as_of="2026").table["value"]
    across = spans[2023, 2024]  # from before the census of 2023 to after it
    assert across.value == pytest.approx(np.log(level[2024] / level[2022]) / 2)
    assert across.sd == pytest.approx(0.05 / 2, rel=0.01)
    bound = [reading for reading in readings if reading.lower_bound]
    assert bound[-1].last == 2025


def test_a_part_of_a_year_stands_for_it_with_what_is_left_open():
    gaps = made.part_years(EVIDENCE, "2026")
    for nation in (True, False):
        assert gaps[nation, "Q1-Q3"][1] < gaps[nation, "H1"][1] < gaps[nation, "Q1"][1]
    # the nation's halves of 2010 to 2019 stood 0.19 points above the year, with a spread of 0.27
    middle, spread = gaps[True, "H1"]
    assert (middle, spread) == pytest.approx((-0.0019, 0.0027), abs=7e-4)
    held = made.of_parts(EVIDENCE, 2, "futian", "2020", 2015, {2015, 2016, 2018})
    (reading,) = [one for one in held.readings if one.first == 2019]
    middle, sd = made.part_years(EVIDENCE, "2020")[False, "H1"]
    assert reading.value == pytest.approx(np.log1p(0.072) + middle)
    assert reading.sd >= sd


def test_a_part_published_after_the_vintage_is_not_seen():
    assert not [one for one in made.of_parts(EVIDENCE, 2, "futian", "2019-06", 2019, ()).readings]


# coherence


def test_leaving_a_figure_out_is_what_conditioning_on_the_others_says():
    nation, city = Rung(0.016, 0.95, 0.02, 0.3), Rung(0.01, 0.9, 0.01, 0.5, 0.003)
    prior = prior_of([nation, city], np.full((2, 8), 0.04), 0.003, 2000)
    readings = [Reading(0, 2000 + at, 2000 + at, 0.05 + 0.01 * (at == 2), 0.001) for at in range(5)]
    readings += [Reading(1, 2001, 2003, 0.08, 0.002), Reading(1, 2004, 2004, 0.03, 0.001)]
    readings += [Reading(1, 2005, 2005, 0.06, 0.001, lower_bound=True)]
    mean, sd = fits.by_others(prior, readings)
    for at, reading in enumerate(readings):
        others = [one for one in readings if one is not reading and not one.lower_bound]
        found = condition(prior, others)
        weights = pick(reading, prior)
        covariance = found.covariance.reshape(16, 16)
        assert mean[at] == pytest.approx(float(weights @ found.mean.ravel()), abs=1e-10)
        assert sd[at] == pytest.approx(np.sqrt(weights @ covariance @ weights + reading.sd**2), rel=1e-6)


def test_every_figure_of_the_years_since_2020_fits_or_is_named():
    table = fits.coherence(EVIDENCE, base_year=2020, horizon=2035, vintage="2026")
    recent = table[(table["last"] > 2020) & (table["geo"] != EVIDENCE.place("nation"))]
    levels = recent[(recent["geo"] == EVIDENCE.place("district")) & (recent["indicator"] == "gdp")]
    assert set(levels["last"]) >= {2022, 2024, 2025}
    assert not recent["outside"].any()
    # not more are named than one in ten: a band of 95 percent over figures that share their doubts
    assert table["outside"].mean() < 0.1


def test_a_figure_that_is_wrong_is_named():
    frame = EVIDENCE.copy(EVIDENCE.project)
    rows = frame.observations
    wrong = (rows["geo"] == "futian") & (rows["indicator"] == "gdp") & (rows["period"] == "2022")
    rows.loc[wrong, "value"] *= 1.3
    frame._worked_out.clear()
    table = fits.coherence(frame, base_year=2020, horizon=2035, vintage="2026")
    own = table[(table["geo"] == "futian") & (table["last"] == 2022) & (table["indicator"] == "gdp")]
    assert own["outside"].all()


# the district's rung


def test_a_district_has_the_constants_of_districts_of_its_size():
    frame = Frame(EVIDENCE, 2020, 2035, "2021")
    assert size_class(frame) == "counties_united_states_50"  # 480 billion yuan, some 70 billion dollars
    made_of, panel = district_rung(frame), frame.constants("real_gdp_growth")["regions_china"]
    rung = made_of(panel)
    assert rung.panel == "regions_china"
    stored = frame.constants("gdp_share_growth")
    assert stored["counties_united_states_5"].scale_sd > 1.5 * stored["counties_united_states_50"].scale_sd
    assert rung.scale_sd <= stored["counties_united_states_50"].scale_sd


# growth and prices together


def test_levels_hold_growth_and_prices_to_what_was_published():
    # E2: at a late vintage the published levels of the district lie inside the band of the state
    state = growth_and_prices(Frame(EVIDENCE, 2020, 2035, "2026")).state.joint
    start = 2021 - int(state.years[0])
    level = EVIDENCE.series("futian", "gdp", as_of="2026").table["value"]
    for year in (2022, 2024):
        span = slice(start, year - 2020 + start)
        mean = state.mean[[2, 5], span].sum()
        rows = state.covariance[
            np.ix_([2, 5], range(span.start, span.stop), [2, 5], range(span.start, span.stop))
        ]
        away = (np.log(level[year] / level[2020]) - mean) / np.sqrt(rows.sum() + 0.03**2)
        assert abs(away) < 1.96


def test_the_nations_prices_do_not_move_the_districts_lead():
    economy = growth_and_prices(Frame(EVIDENCE, 2020, 2035, "2026"))
    assert economy.deflator.drawn_with == economy.growth.drawn_with == "growth"
    assert economy.growth.slow.shape == economy.deflator.slow.shape


def test_shares_of_two_censuses_are_compared_with_doubt():
    vintage = "2026-11"
    frame = Frame(EVIDENCE, 2020, 2035, vintage)
    moved = revisions(frame)[True]
    held, sharp = (
        readings.share(EVIDENCE, "headquarters_share", vintage, 2001, size).readings for size in (moved, 0.0)
    )
    doubts = {(one.first, one.last): (one.sd, other.sd) for one, other in zip(held, sharp, strict=True)}
    # 39.5 % of 2018 is before the census of that year, 45 of 2020 after it: over two years
    broken = readings.break_sd(0.395, moved) / 2
    assert doubts[2019, 2020][0] == pytest.approx(np.hypot(broken, doubts[2019, 2020][1]), rel=1e-3)
    for span in ((2017, 2018), (2021, 2022)):
        assert doubts[span][0] == doubts[span][1]
    # part and rest each move by r: r^2 (s^2 + (1 - s)^2) is the whole's variance, 2 r^2 that of the log-odds
    rng = np.random.default_rng(1)
    part, rest = (share * np.exp(0.001 * rng.standard_normal(200_000)) for share in (0.395, 0.605))
    assert np.log(part / rest).std() == pytest.approx(
        readings.break_sd(0.395, float(np.log(part + rest).std())), rel=0.01
    )
