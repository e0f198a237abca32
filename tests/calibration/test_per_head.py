"""GDP per head, GDP and population of one year: by hand, on one census, named where they do not fit."""

import dataclasses

import numpy as np
import pytest

from futian_model import load_evidence, load_scenario
from futian_model.calibration import coherence
from futian_model.calibration.per_head import per_head, revision
from futian_model.evidence import Evidence
from futian_model.report import EvidenceReport
from futian_model.report.page.binding import disagreements
from futian_model.report.sections.misfits import misfits

EVIDENCE = load_evidence()
AT = {"base_year": 2020, "horizon": 2035, "vintage": "2026-11"}
SHENZHEN_2021 = ("shenzhen", "gdp_per_capita", "2021")


def changed(key: tuple[str, str, str], **values: object) -> Evidence:
    """The evidence with every release of a figure changed: a number is a factor."""
    rows = EVIDENCE.observations.copy()
    at = np.logical_and.reduce(
        [rows[name] == one for name, one in zip(("geo", "indicator", "period"), key, strict=True)]
    )
    assert at.any()
    for name, value in values.items():
        rows.loc[at, name] = rows.loc[at, name] * value if isinstance(value, float) else value
    return dataclasses.replace(EVIDENCE, observations=rows)


def test_the_quotient_is_gdp_over_both_year_ends() -> None:
    table = per_head(EVIDENCE, "2026-11").set_index(["geo", "last"])
    told = np.exp(table[["growth", "expected"]])
    # stated in the bulletins, 亿元 and 万人; the nation's figures are of February 2026
    assert told.loc[("shenzhen", 2021), "expected"] == pytest.approx(30664.85 / ((1763.38 + 1768.16) / 2))
    assert told.loc[("china", 2025), "expected"] == pytest.approx(1401879 / ((140828 + 140489) / 2))
    assert told.loc[("china", 2025), "growth"] == pytest.approx(9.9665)
    # the district has no two year-ends in a row
    assert set(table.index) == {("china", 2025), *(("shenzhen", year) for year in range(2021, 2025))}
    assert not [row for row in coherence.misfits(EVIDENCE, **AT) if row["indicator"] == "gdp_per_capita"]


def test_all_three_are_taken_as_they_stood_when_the_figure_per_head_came_out() -> None:
    table = per_head(EVIDENCE, "2023").set_index(["geo", "last"])
    assert ("china", 2025) not in table.index
    first = table.loc[("shenzhen", 2022)]  # 183,274 yuan, before it was revised to 183,801
    assert np.exp(first["growth"]) == pytest.approx(18.3274)
    assert first["growth"] == pytest.approx(first["expected"], abs=1e-5)


def test_the_tolerance_is_what_releases_of_one_census_moved_by() -> None:
    usual = revision(EVIDENCE, "2026-11")
    assert 0.002 < usual < 0.02
    assert (per_head(EVIDENCE, "2026-11")["sd"] >= usual).all()
    rows = EVIDENCE.observations.copy()
    late = (rows["geo"] == "shanghai") & (rows["period"] == "2020") & (rows["indicator"] == "gdp")
    late &= rows["vintage"] == rows.loc[late, "vintage"].max()
    rows.loc[late, "value"] *= 1.2
    assert revision(dataclasses.replace(EVIDENCE, observations=rows), "2026-11") > 3 * usual
    assert revision(EVIDENCE, "2001") == np.inf


def test_nothing_is_compared_across_a_population_census() -> None:
    other = changed(SHENZHEN_2021, basis="census_2010")
    assert ("shenzhen", 2021) not in per_head(other, "2026-11").set_index(["geo", "last"]).index


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_figure_that_does_not_fit_is_named(lang: str) -> None:
    wrong = changed(SHENZHEN_2021, value=1.05)
    (row,) = [one for one in coherence.misfits(wrong, **AT) if one["indicator"] == "gdp_per_capita"]
    assert (row["geo"], row["last"]) == ("shenzhen", 2021)
    frame = coherence.frame(wrong, "any", **AT).query("indicator == 'gdp_per_capita'")
    assert dict(zip(frame["statistic"], frame["value"], strict=True)) == pytest.approx(
        {"published": 1.05 * 17.3663, "low": 17.366 * np.exp(-0.0128), "high": 17.366 * np.exp(0.0128)},
        rel=1e-3,
    )
    scenario = load_scenario("evidence_trend", evidence=wrong)
    settings = scenario.assumptions.model_copy(update={"vintage": AT["vintage"]})
    scenario = dataclasses.replace(scenario, assumptions=settings)
    told = [said.text for said in misfits(scenario, wrong, lang)]
    name = {"zh": "深圳市2021年人均GDP公布为18.2", "en": "Shenzhen, GDP per capita 2021: "}[lang]
    assert [one for one in told if one.startswith(name)]
    report = EvidenceReport(scenario, lang, evidence=wrong, draws=200)
    section = report.published().to_dict()
    assert name in str(section)
    assert disagreements([section], report.record().results) == []
