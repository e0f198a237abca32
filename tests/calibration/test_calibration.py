"""What the evidence at a vintage says, that it sees nothing later, and that it is honest about how much."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student

from futian_model import EvidenceReport, calibration, load_evidence, load_scenario, simulate
from futian_model.calibration import people, readings
from futian_model.calibration.constants import fit, known_at, median_leads, tables
from futian_model.calibration.panels import Constants
from futian_model.errors import InputError
from futian_model.evidence.panels import ECONOMIES

EVIDENCE = load_evidence()


def calibrate(vintage: str = "2021", evidence=EVIDENCE, base_year: int = 2020, **choice):
    return calibration.calibrate(evidence, base_year=base_year, horizon=2035, vintage=vintage, **choice)


CALIBRATION = calibrate()


def figures(**columns):
    """One official figure of the district, as a table of observations to add."""
    row = {
        "geo": "futian",
        "indicator": "real_gdp_growth",
        "unit": "%",
        "price_basis": "constant",
        "basis": "",
        "source": "szft_13fyp",
        "precision": "point",
        "note": "",
    }
    rows = EVIDENCE.observations.iloc[:1].assign(**{**row, **columns})
    return rows.assign(printed=rows["value"].astype(str))


def with_rows(*rows):
    return dataclasses.replace(
        EVIDENCE, observations=pd.concat([EVIDENCE.observations, *rows], ignore_index=True)
    )


# what growth is expected to do


def test_growth_falls_back_towards_the_panels_mean():
    centre = CALIBRATION.growth.centre
    past = readings.growth(EVIDENCE, 1, "shenzhen", "real_gdp_growth", "2021", 2011).readings
    mean = known_at(EVIDENCE.constants, "real_gdp_growth", 2020)[ECONOMIES].mean
    assert np.mean([one.value for one in past]) > centre[1] > centre[-1] > mean
    assert len(centre) == 15


def test_fifteen_years_are_as_uncertain_as_the_panel_says():
    # methods of the field put it at 1.4 points for a nation and more for a part of it
    alone, helped = (calibrate(forecasts=which).growth.mean_sd(15) for which in ("none", "published"))
    assert 0.014 < alone < 0.026
    # forecasts that others published take some of it away: the bands of the record hold 79 and 78 at ten and
    # fifteen years where they say 80
    assert 0.75 * alone < helped < alone
    # of the first year three quarters of the city's growth are published; later years average shocks out
    assert CALIBRATION.growth.mean_sd(1) < CALIBRATION.growth.mean_sd(2)
    assert CALIBRATION.growth.mean_sd(3) > CALIBRATION.growth.mean_sd(15)


def test_the_parts_of_growth_sum_to_it():
    named = {one.name: one for one in CALIBRATION.growth.estimates}
    parts = [named[f"growth_{kind}"].value for kind in ("nation", "city_lead", "district_lead")]
    assert named["growth_long_run"].value == pytest.approx(sum(parts))
    assert named["growth_long_run"].value == pytest.approx(CALIBRATION.growth.centre.mean())


def test_population_grows_as_between_censuses_and_less_surely_than_one_count():
    between = np.log(155.3225 / 131.7511) / 10
    trend = CALIBRATION.population
    assert trend.centre.mean() == pytest.approx(between, abs=0.005)
    assert 0.005 < trend.mean_sd(15) < 0.03
    # the city's counts of 2000, 2010 and 2020; its estimates on the old basis are no readings of a lead
    city = next(one for one in trend.estimates if one.kind == "city_lead")
    assert city.n == 2


def test_a_shares_lead_fades():
    trend = CALIBRATION.shares["headquarters_share"]
    assert trend.centre[0] > trend.centre[-1] > 0
    assert "digital_economy_share" not in CALIBRATION.shares  # one figure supports no trend


# vintages


@pytest.mark.parametrize("vintage", ["2015", "2017-06", "2019", "2021", "2023", "2026-10"])
def test_every_vintage_from_2015_on_has_a_calibration(vintage):
    found = calibrate(vintage, base_year=min(int(vintage[:4]) - 1, 2020))
    for name, trend in found.trends().items():
        assert np.isfinite(trend.centre).all(), name
        assert np.linalg.eigvalsh(trend.covariance()).min() > -1e-12, name
    assert 0.0 < found.growth.centre.mean() < 0.1


def test_later_figures_change_nothing():
    rows, constants, leads = EVIDENCE.observations, EVIDENCE.constants, EVIDENCE.median_leads
    late = (rows["period"].str[:4].astype(int) >= 2021) & (rows["vintage"] > "2021-12")
    accuracy = EVIDENCE.accuracy
    # of a year with several releases, those after the vintage
    seen = rows[rows["vintage"] <= "2021-12"].set_index(["geo", "indicator", "period"]).index
    again = rows.set_index(["geo", "indicator", "period"]).index.isin(seen) & (rows["vintage"] > "2021-12")
    numbers = Constants._fields[5:-1]
    poisoned = dataclasses.replace(
        EVIDENCE,
        observations=rows.assign(value=rows["value"].where(~(late | again), 3.0)),
        constants=constants.assign(
            **{name: constants[name].where(constants["last_year"] < 2021, 0.5) for name in numbers}
        ),
        accuracy=accuracy.assign(known=accuracy["known"].where(accuracy["last_year"] < 2021, 0.5)),
        median_leads=leads.assign(lead=leads["lead"].where(leads["year"] < 2021, 0.5)),
    )
    other = calibrate(evidence=poisoned)
    for name, trend in CALIBRATION.trends().items():
        np.testing.assert_array_equal(trend.centre, other.trends()[name].centre)
        np.testing.assert_array_equal(trend.slow, other.trends()[name].slow)
        assert trend.estimates == other.trends()[name].estimates


def test_a_year_still_running_at_the_vintage_is_not_known_from_a_later_release():
    # the growth of 2021 is held only from releases of 2022 and later
    held = EVIDENCE.series("shenzhen", "real_gdp_growth", as_of="2021").table
    assert 2021 in held.index
    assert held.loc[2021, "published_later"]
    seen = readings.growth(EVIDENCE, 1, "shenzhen", "real_gdp_growth", "2021", 1991).readings
    assert max(one.last for one in seen) == 2020


def test_an_earlier_vintage_than_the_constants_is_refused():
    with pytest.raises(InputError, match=r"constants of .* = 1969; allowed: a year from 19\d\d on"):
        calibrate("1970", base_year=1969)


def test_an_outturn_moves_the_years_it_is_about_and_those_after():
    before = calibrate("2024", base_year=2020)
    after = calibrate("2024", evidence=with_rows(figures(period="2023", value=9.0, vintage="2024")))
    year = 2023 - 2020 - 1
    assert after.growth.centre[year] == pytest.approx(np.log(1.09), abs=1e-4)
    assert after.growth.centre[-1] > before.growth.centre[-1]
    spread = [np.sqrt(one.growth.covariance()[year, year]) for one in (before, after)]
    assert spread[1] < 0.002 < spread[0]


def test_a_mean_over_several_years_is_a_reading():
    row = figures(indicator="real_gdp_growth_avg", period="2021-2023", value=9.0, vintage="2024")
    found = calibrate("2024", evidence=with_rows(row)).growth.centre[:3].mean()
    assert found == pytest.approx(np.log(1.09), abs=2e-3)


def test_bounds_and_rounded_figures_are_no_points():
    def first_year(precision, value):
        row = figures(period="2023", value=value, vintage="2024", precision=precision)
        trend = calibrate("2024", evidence=with_rows(row)).growth
        return trend.centre[2], np.sqrt(trend.covariance()[2, 2])

    point, exact = first_year("point", 9.0)
    bound, loose = first_year("lower_bound", 9.0)
    _, coarse = first_year("rounded", 9.0)
    assert bound > point
    assert loose > 5 * exact
    assert coarse > 1.5 * exact
    assert readings.rounding_sd(0.10, "rounded") == pytest.approx(0.01 / np.sqrt(12))
    assert readings.rounding_sd(0.10, "point") == pytest.approx(0.001 / np.sqrt(12))
    assert readings.rounding_sd(0.085, "rounded") == pytest.approx(0.001 / np.sqrt(12))


def test_a_step_from_one_census_basis_to_another_is_no_growth():
    # 1343.88 on the old basis in 2019, 1763.38 on the new one in 2020: a third more
    found = people.stock(
        EVIDENCE, 1, "shenzhen", ("population_resident_yearend",), "2026", 1991, "census_2020"
    )
    assert found.readings
    assert max(abs(one.value) for one in found.readings) < 0.03


def test_levels_at_current_prices_say_too_little_about_real_growth():
    levels, growth, prices = (
        EVIDENCE.series(geo, name).table["value"]
        for geo, name in (
            ("shenzhen", "gdp"),
            ("shenzhen", "real_gdp_growth"),
            ("china", "gdp_deflator_growth"),
        )
    )
    nominal = np.log(levels).diff()[levels.index.to_series().diff() == 1]
    missed = (nominal - np.log1p(prices) - np.log1p(growth)).dropna().loc[2002:]
    assert len(missed) > 15
    assert np.sqrt((missed**2).mean()) > 0.03
    assert CALIBRATION.growth.mean_sd(1) < 0.03


# honesty


def test_every_estimate_says_what_it_rests_on():
    for one in CALIBRATION.estimates():
        assert one.source, one.name
        assert one.n >= 0
        assert one.spread >= 0
        assert 0 <= one.weight <= 1
        assert one.work in ("data", "shrinkage", "prior")
    names = [one.name for one in CALIBRATION.estimates()]
    assert len(set(names)) == len(names)
    named = {one.name: one for one in CALIBRATION.estimates()}
    assert named["growth_district_lead"].work == "prior"  # eight figures settle nothing


def test_the_prior_doubled_or_halved():
    spreads = [calibrate(prior=factor).growth.mean_sd(15) for factor in (0.5, 1.0, 2.0)]
    assert spreads[0] < spreads[1] < spreads[2]
    with pytest.raises(InputError, match="prior = 0; allowed: a number above 0"):
        calibrate(prior=0)


def test_draws_have_the_predictive_distribution():
    scenario = load_scenario("trend_2021", evidence=EVIDENCE)
    result = simulate(scenario, EVIDENCE, draws=100_000, keep=True, reading="given_evidence")
    for years in (1, 5, 15):
        drawn = np.log(result.paths["real_gdp"][:, years] / result.base.gdp) / years
        told = result.calibration.growth.predictive(years)
        for level in (0.05, 0.1, 0.5, 0.9, 0.95):
            quantile = student.ppf(level, told.freedom, told.location, told.scale)
            assert np.mean(drawn < quantile) == pytest.approx(level, abs=0.008), (years, level)


def test_shocks_and_slow_part_are_the_posterior():
    for trend in CALIBRATION.trends().values():
        years = len(trend.centre)
        assert trend.shocks.shape == (years, years)
        np.testing.assert_allclose(np.triu(trend.shocks, 1), 0.0)
    ladder = CALIBRATION.ladder
    _, covariance = ladder.of(-1, 2021)
    trend = CALIBRATION.growth
    kept = trend.slow @ trend.slow.T + trend.fresh() @ trend.fresh().T
    for years in (1, 5, 10, 15):
        assert kept[:years, :years].sum() == pytest.approx(covariance[:years, :years].sum(), rel=0.05)


# constants


def test_stored_constants_are_those_of_the_panels():
    panels = EVIDENCE.growth_panels
    for quantity, panel, year in (
        ("real_gdp_growth", "regions_china", 2012),
        ("real_gdp_growth", "regions_canada", 2004),
        ("population_growth", "regions_united_states", 1985),
    ):
        rows = panels[(panels["quantity"] == quantity) & (panels["panel"] == panel)]
        found = fit(rows, [year]).iloc[0]
        key = (EVIDENCE.constants["quantity"] == quantity) & (EVIDENCE.constants["panel"] == panel)
        stored = EVIDENCE.constants[key & (EVIDENCE.constants["last_year"] == year)].iloc[0]
        assert found["at_bound"] == stored["at_bound"]
        for name in Constants._fields[3:-1]:
            assert found[name] == pytest.approx(stored[name], rel=1e-4, abs=1e-6), (panel, name)


def test_stored_leads_are_those_of_the_panels():
    found = median_leads(EVIDENCE.growth_panels).set_index(["quantity", "panel", "year"])["lead"]
    stored = EVIDENCE.median_leads.set_index(["quantity", "panel", "year"])["lead"]
    np.testing.assert_allclose(stored, found.loc[stored.index], rtol=1e-4, atol=1e-8)
    china = stored.loc["real_gdp_growth", "regions_china"]
    # regions reported about a point more than the nation until they were compiled centrally
    assert china.loc[2000:2018].mean() == pytest.approx(0.0103, abs=0.001)
    assert abs(china.loc[2019]) < 0.002


def test_regions_are_measured_against_their_median():
    for quantity, panel, table, leads in tables(EVIDENCE.growth_panels):
        if leads:
            assert np.nanmax(abs(table.median())) < 1e-12, (quantity, panel)
        else:
            assert panel == ECONOMIES


def test_prices_go_back_to_the_mean_of_the_last_ten_years():
    # E5: with the mean since the sixties the nation's deflator rose towards 5.8 percent a year
    stored = EVIDENCE.constants[EVIDENCE.constants["quantity"] == "gdp_deflator_growth"]
    mean = stored[stored["panel"] == ECONOMIES].set_index("last_year")["mean"]
    panel = EVIDENCE.growth_panels.query("quantity == 'gdp_deflator_growth' and panel == @ECONOMIES")
    recent = panel[panel["year"].between(2011, 2020)]["growth"]
    assert mean[2020] == pytest.approx(np.log1p(recent).median(), abs=1e-5)
    inflation = calibrate("2026", base_year=2025).deflator.centre
    assert 0.0 < inflation[-1] < 0.03


@pytest.mark.parametrize("vintage", [2026, "twenty", "2026-x"])
def test_a_vintage_that_is_no_date_is_told(vintage):
    allowed = "a year, or a year and month such as 2021-10"
    allowed += ", in quotes" if vintage == 2026 else ""
    for asked in (
        lambda: calibrate(vintage),
        lambda: EvidenceReport(load_scenario("trend_2021"), vintage=vintage, evidence=EVIDENCE),
    ):
        with pytest.raises(InputError) as fault:
            asked()
        assert str(fault.value) == f"vintage = {vintage!r}; allowed: {allowed}"
