"""`futian track`: what a new outturn does to goals, to earlier rounds, and to scenarios."""

import json
import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from futian_model.evidence import Evidence, load_evidence
from futian_model.project import Project
from futian_model.report import PlanReport
from futian_model.report.sections.outturns import StandingWords, unkeyed
from futian_model.report.words import words
from futian_model.rounds import Figure, Round, expected, forecast_as, scores, standings
from futian_model.rounds.published import came
from futian_model.rounds.scoring import band, percentile
from futian_model.scenario import Scenario, load_scenario
from futian_model.scorecard import VIEWS
from futian_model.simulation import LEVELS

from .conftest import Futian, edited

NEW = (
    "--source",
    "futian_2026",
    "--new-source",
    "统计公报",
    "--publisher",
    "福田区统计局",
    "--publisher-en",
    "Futian bureau of statistics",
    "--published",
    "2026-03",
)
GROWTH = ("track", "real_gdp_growth", "2025", "5.6", "--unit", "%", *NEW)
GDP = Figure("futian", "gdp", "2025", "6120", "亿元", "nominal", "", "2026-03", "futian_2026")


@pytest.fixture
def small(copied: Project) -> Project:
    """Two scenarios are enough."""
    for file in copied.params.glob("*.yaml"):
        if file.stem not in ("evidence_trend", "stagnation"):
            file.unlink()
    return copied


@pytest.fixture(scope="module")
def evidence(two: Project) -> Evidence:
    return load_evidence(two)


@pytest.fixture(scope="module")
def baseline(two: Project, evidence: Evidence) -> Scenario:
    return load_scenario("trend_2021", two, evidence=evidence)


@pytest.mark.thorough
def test_an_outturn_is_recorded_and_told(small: Project, futian: Futian) -> None:
    before = (small.data / "observations.csv").read_bytes()
    status, told, _ = futian(small, *GROWTH)
    assert status == 0
    after = (small.data / "observations.csv").read_bytes()
    assert after == before + b"futian,real_gdp_growth,2025,5.6,%,constant,,2026-03,futian_2026,point,,,\n"
    assert f"Recorded in data/observations.csv, line {len(after.splitlines())}: Futian, " in told
    assert "Earlier releases of the same figure, which stay: 5.5% (2026-02, itiger_202602)" in told
    assert "“GDP by 2025”: " in told
    assert "2026, judged by data up to 2021: growth of real GDP of 2025 at " in told
    assert "it still requires" not in told.partition("GDP double")[0]  # the year of the first goal is over
    assert "stagnation" in told
    assert "“Evidence trend”, were its data to end with March 2026:" in told
    assert "GDP double its 2020 level by 2035: chance (%)" in told
    status, told, fault = futian(small, *GROWTH)
    assert status == 2
    assert "source = 'futian_2026'; allowed: a name that no source has yet" in fault


@pytest.mark.thorough
def test_a_figure_stands_where_the_baseline_cannot_be_run(small: Project, futian: Futian) -> None:
    edited(small.params / "evidence_trend.yaml", "base_year: 2020", "base_year: 1989")
    status, told, fault = futian(small, *GROWTH)
    assert (status, fault) == (0, "")
    assert (small.data / "observations.csv").read_bytes().endswith(b"2026-03,futian_2026,point,,,\n")
    flat = " ".join(told.split())
    assert (
        "The baseline scenario cannot be run yet, so the goals are not judged: assumptions.base_year" in flat
    )
    assert "evidence_trend: cannot be run: assumptions.base_year = 1989" in flat


@pytest.mark.thorough
def test_a_scenario_that_sees_it_is_run_again(small: Project, futian: Futian) -> None:
    edited(small.params / "evidence_trend.yaml", "vintage: latest", 'vintage: "2026-02"')
    edited(
        small.params / "stagnation.yaml",
        "extends: evidence_trend",
        "extends: evidence_trend\nassumptions: {vintage: latest}",
    )
    status, told, _ = futian(small, *GROWTH, "--dry-run", "--json")
    assert status == 0
    found = json.loads(told)
    assert found["recorded"] is False
    assert set(found["scenarios"]["unmoved"]) == {"evidence_trend"}
    (one,) = found["scenarios"]["moved"]
    assert one["scenario"] == "stagnation"
    for row in one["results"]:
        assert sum(row["parts"].values()) == pytest.approx(row["difference"], abs=1e-9)
        assert set(row["parts"]) == {"outturn", "model"}
    moved = {(row["statistic"], row["indicator"], row["year"]): row["difference"] for row in one["results"]}
    assert moved["central", "real_gdp", 2035] < 0  # its growth is typed, but from 2026 on
    assert moved["p50", "real_gdp", 2035] < 0
    assert found["forecasts"][0]["percentile"] == pytest.approx(0.5, abs=0.2)


def test_a_dry_run_writes_nothing(small: Project, futian: Futian) -> None:
    before = {file: file.read_bytes() for file in small.data.iterdir()}
    status, told, _ = futian(small, *GROWTH, "--precision", "lower_bound", "--dry-run", "--lang", "zh")
    assert status == 0
    assert told.startswith("核对无误，未写入（--dry-run）")
    assert "以往版次\n  下限不是实际数" in told
    assert {file: file.read_bytes() for file in small.data.iterdir()} == before


@pytest.mark.thorough
def test_a_figure_far_off_needs_a_word(small: Project, futian: Futian) -> None:
    before = (small.data / "observations.csv").read_bytes()
    far = ("track", "gdp", "2025", "7900", "--unit", "亿元", *NEW, "--place", "futian")
    status, _, fault = futian(small, *far)
    assert status == 2
    assert fault.startswith("Not recorded. RMB\xa0790.0\xa0bn lies ")
    assert fault.endswith("If the figure is right, add --confirm.\n")
    assert (small.data / "observations.csv").read_bytes() == before
    status, told, _ = futian(
        small, *far, "--confirm", "--note", "普查后", "--note-en", "after the census, revised"
    )
    assert status == 0
    assert (
        (small.data / "observations.csv")
        .read_text("utf-8")
        .endswith(',point,普查后,"after the census, revised",true\n')
    )
    assert "nominal GDP of 2025" in told


@pytest.mark.thorough
def test_another_place_is_no_forecast_of_the_rounds(small: Project, futian: Futian) -> None:
    city = ("track", "real_gdp_growth", "2025", "5.5", "--unit", "%", *NEW, "--place", "shenzhen")
    _, told, _ = futian(small, *city, "--dry-run")
    assert "Rounds forecast Futian alone." in told


def test_bad_names_write_nothing(small: Project, futian: Futian) -> None:
    assert (
        "did you mean gdp" in futian(small, "track", "gpd", "2025", "1", "--unit", "亿元", "--source", "x")[2]
    )
    status, _, fault = futian(
        small, "track", "gdp", "2025", "1", "--unit", "亿元", "--source", "x", "--new-source", "t"
    )
    assert (status, fault) == (2, "publisher = ''; allowed: who publishes the new source\n")


def test_growth_of_every_year_comes_before_prices(
    two: Project, evidence: Evidence, baseline: Scenario
) -> None:
    rows = evidence.observations
    more = pd.concat([rows[rows["indicator"] == "real_gdp_growth"].tail(1)] * 4, ignore_index=True)
    more = more.assign(
        geo="futian",
        period=["2022", "2023", "2024", "2025"],
        value=[3.0, 4.0, 5.0, 6.0],
        precision="point",
        vintage="2026-03",
    )
    held = replace(evidence, observations=pd.concat([rows, more], ignore_index=True))
    found = {one.goal.name: one for one in standings(held, baseline, "real_gdp_growth")}
    one = found["gdp_2025"]
    level = 4800 * 1.089 * 1.03 * 1.04 * 1.05 * 1.06
    assert (one.year, one.latest.how) == (2025, "chained")
    assert one.level == pytest.approx(level)
    assert one.gap == pytest.approx(level - 6600)
    assert one.over
    double = found["gdp_double_2035"]
    assert double.required == pytest.approx((9600 / level) ** (1 / 10) - 1)
    assert double.so_far == pytest.approx((level / 4800) ** (1 / 5) - 1)


def test_what_is_counted_moves_in_steps(evidence: Evidence, baseline: Scenario) -> None:
    rows = evidence.observations
    more = rows[rows["indicator"] == "high_tech_firms"].head(1)
    more = more.assign(period="2023", value=1500.0, vintage="2024-02")
    held = replace(evidence, observations=pd.concat([rows, more], ignore_index=True))
    (firms,) = standings(held, baseline, "high_tech_firms", "2024-06")
    assert (firms.year, firms.gap, firms.met) == (2023, -500, False)
    assert firms.so_far == pytest.approx((1500 - 1313) / 3)
    assert firms.required == 250
    told = StandingWords(firms, words("en"), held, unkeyed(firms)).sentence().text
    assert "it still requires 250 firms a year, against 62.33 firms a year so far" in told


def test_standings_by_hand(evidence: Evidence, baseline: Scenario) -> None:
    found = {one.goal.name: one for one in standings(evidence, baseline)}
    share = found["headquarters_share_2025"]
    assert (share.year, share.level, share.met) == (2022, pytest.approx(0.476), False)
    assert np.isnan(share.required)  # its year is over
    assert share.so_far == pytest.approx((0.476 - 0.45) / 2)
    gdp = found["gdp_2025"]
    prices = evidence.series("china", "gdp_deflator_growth").table["value"]
    # prices of 2024 are not published: the nation's levels over its real growth give them
    nation = [evidence.figure("china", "gdp", year).value for year in (2023, 2024)]
    implied = nation[1] / nation[0] / (1 + evidence.figure("china", "real_gdp_growth", 2024).value)
    assert prices.index.max() == 2023
    assert gdp.latest.how == "deflated"
    assert (gdp.year, gdp.current_year) == (2024, None)
    assert gdp.level == pytest.approx(5948.82 / (1 + prices.loc[2021:]).prod() / implied)
    assert found["rd_intensity_2025"].year is None
    only = {one.goal.name for one in standings(evidence, baseline, "headquarters_value_added")}
    assert only == {"headquarters_share_2025"}


def test_a_level_at_prices_that_nothing_tells_stands_beside_the_last_that_they_do(
    evidence: Evidence, baseline: Scenario
) -> None:
    rows = evidence.observations
    levels = (rows["geo"] == "china") & (rows["indicator"] == "gdp") & (rows["period"] >= "2024")
    held = replace(evidence, observations=rows[~levels].reset_index(drop=True))
    (gdp,) = [one for one in standings(held, baseline, "gdp") if one.goal.name == "gdp_2025"]
    prices = evidence.series("china", "gdp_deflator_growth").table["value"]
    nominal = evidence.figure("futian", "gdp", 2022).value
    assert (gdp.year, gdp.latest.how) == (2022, "deflated")
    assert gdp.level == pytest.approx(nominal / (1 + prices[2021]) / (1 + prices[2022]))
    assert (gdp.current_year, gdp.current) == (2024, 5948.82)


def test_what_is_published_of_what_is_forecast(evidence: Evidence) -> None:
    glossary = evidence.indicators
    assert {"nominal_gdp", "real_gdp", "gdp"} <= set(forecast_as(glossary, "gdp"))
    assert "year_end_population" in forecast_as(glossary, "population_census")
    assert "headquarters_share" in forecast_as(glossary, "headquarters_value_added")
    # the bound of 2025 is no outturn
    assert 2025 not in came(evidence, "nominal_gdp", 2020)


def test_a_forecast_counts_where_it_could_not_know(
    two: Project, first: Round, second: Round, evidence: Evidence
) -> None:
    told = {
        (one.round, one.reading, one.scenarios[0]): one
        for one in scores([first, second], evidence, "real_gdp_growth")
    }
    # the growth of 2021 came out in 2021, which both rounds' data could know
    assert told == {}
    found = scores([first], evidence, "nominal_gdp", [2022])
    (likely,) = [one for one in found if one.reading == "given_evidence"]
    assert likely.scenarios == ("trend_2021", "plan_targets")
    assert likely.outturn == evidence.figure("futian", "gdp", 2022).value
    assert likely.error == likely.outturn - likely.forecast
    held = first.results("trend_2021")
    assert likely.forecast == held["given_evidence", "nominal_gdp", 2022, "p50"]
    paths = {one.scenarios[0]: one for one in found if one.reading == "given_scenario"}
    assert paths["plan_targets"].forecast == held_central(first, "plan_targets")
    assert math.isnan(paths["plan_targets"].percentile)


def held_central(made: Round, scenario: str) -> float:
    return made.results(scenario)["given_scenario", "nominal_gdp", 2022, "central"]


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=2), st.floats(0.1, 10), st.floats(-10, 10))
def test_percentiles_rise_and_agree_with_the_bands(values: list[float], sd: float, mean: float) -> None:
    quantiles = [mean + sd * float(place) for place in ndtri(LEVELS)]
    told = dict(zip(("p05", "p10", "p25", "p50", "p75", "p90", "p95"), quantiles, strict=True))
    low, high = sorted(mean + sd * value for value in values)
    assert percentile(low, quantiles) <= percentile(high, quantiles)
    for value in (low, high):
        place, inside = percentile(value, quantiles), band(value, told)
        tail = min(place, 1 - place)
        least = {0.5: 0.25, 0.8: 0.1, 0.9: 0.05, math.inf: 0.0}[inside]
        assert tail >= least - 1e-9
        if not math.isinf(inside):
            assert place == pytest.approx(float(np.clip(place, least, 1 - least)))


def test_expectations(evidence: Evidence, baseline: Scenario) -> None:
    plausible = expected(evidence, baseline, GDP)
    assert plausible is not None
    assert (plausible.by, plausible.far) == ("calibration", False)
    assert plausible.low < plausible.centre < plausible.high
    high, low = (expected(evidence, baseline, replace(GDP, value=value)) for value in ("9000", "4000"))
    assert high is not None
    assert low is not None
    assert (high.far, low.far) == (True, True)
    assert high.deviations > 3 > -3 > low.deviations
    growth = Figure("shenzhen", "real_gdp_growth", "2025", "0.055", "%", "constant", "", "2026-03", "x")
    slip = expected(evidence, baseline, growth)
    assert slip is not None
    assert slip.far
    assert expected(evidence, baseline, replace(GDP, precision="lower_bound")) is None
    assert expected(evidence, baseline, replace(GDP, period="2025H1")) is None
    price = Figure("china", "cpi_inflation", "2026", "90", "%", "none", "", "2027-01", "x")
    held = expected(evidence, baseline, price)
    assert held is not None
    assert (held.by, held.far) == ("history", True)


@pytest.mark.thorough
def test_the_plan_page_stands_on_a_level_published_for_a_goals_year(small: Project, futian: Futian) -> None:
    """Nothing of it is estimated, so nothing is in doubt."""
    assert futian(small, "track", "gdp", "2025", "6200", "--unit", "亿元", *NEW)[0] == 0
    evidence = load_evidence(small)
    for view in VIEWS:
        report = PlanReport("evidence_trend", "en", evidence=evidence, view=view)
        blocks = [block for name in report.sections() if (block := getattr(report, name)()) is not None]
        assert len(blocks) > 5
    assert "620.0" in json.dumps([block.to_dict() for block in blocks])
