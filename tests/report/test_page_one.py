"""Page one of a scenario: the verdict, what differs from the baseline, and nothing that all pages repeat."""

import re
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pypdfium2
import pytest

from futian_model.evidence import Evidence
from futian_model.report import ScenarioReport, export
from futian_model.report.page.document import ASIDE, LEAD
from futian_model.report.words.numbers import CHANCES
from futian_model.scenario import load_scenario
from futian_model.simulation import simulate
from futian_model.simulation.frames import deviation_frame, growth_frame

from .conftest import Report, flat
from .word import notebook

ENOUGH = 2500
"""The fewest draws that a report does not warn of."""
BUILT_IN = (
    *("double_gdp_2035", "double_gdp_per_capita_2035", "evidence_trend", "external_shock"),
    *("headquarters_leave", "official_targets", "stagnation", "three_engines"),
)


def prose(block: dict[str, Any], *tones: str) -> list[str]:
    """Sentences of the paragraphs in some tones, of all where none is named."""
    found = [one for one in flat([block]) if one["type"] == "prose" and (not tones or one["tone"] in tones)]
    return [said["text"] for one in found for said in one["sentences"]]


def sentences(block: dict[str, Any]) -> set[str]:
    """What page one says, a sentence each, the chart's title included."""
    said = " ".join(prose(block)).replace("： ", "：")
    charts = [chart["title"] for one in flat([block]) if one["type"] == "charts" for chart in one["charts"]]
    return {one.strip() for one in re.split(r"(?<=。)|(?<=[.]) (?=[A-Z“])", said) if one.strip()} | set(
        charts
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_one_of_any_two_scenarios_differs_in_half_of_its_sentences(
    evidence: Evidence, lang: str
) -> None:
    told = {
        name: sentences(
            ScenarioReport(
                load_scenario(name, evidence.project, evidence=evidence),
                lang,
                evidence=evidence,
                draws=ENOUGH,
            )
            .answer()
            .to_dict()
        )
        for name in BUILT_IN
    }
    for one, other in combinations(BUILT_IN, 2):
        for own, beside in ((one, other), (other, one)):
            apart = told[own] - told[beside]
            assert len(apart) >= len(told[own]) / 2, (own, beside, sorted(told[own] & told[beside]))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", BUILT_IN)
def test_the_verdict_comes_first_with_its_size(report: Report, name: str, lang: str) -> None:
    made = report(name, lang)
    first, *_ = made.answer().to_dict()["children"]
    assert first["tone"] == LEAD
    (said,) = first["sentences"]
    page = made.material
    last = page.last
    printed = {tuple(number["key"][1:4]) for number in said["numbers"] if number["key"]}
    assert ("real_gdp", last, "central") in printed
    assert (("real_gdp", last, "relative_deviation") in printed) == page.apart


@pytest.mark.parametrize("name", BUILT_IN)
def test_one_kind_of_chance_and_that_in_words(report: Report, name: str) -> None:
    """Chances of goals to come are said in words; their numbers and those of assumptions stand further on."""
    rules = {number["rule"] for number in numbers(report(name, "zh").answer().to_dict())}
    assert "odds" in rules
    # what remains as a number is how often such judgments came true, and the chance of a year that is over
    for number in numbers(report(name, "zh").answer().to_dict()):
        if number["rule"] in CHANCES:
            assert number["key"][0] == "scorecard", number


def numbers(content: Any) -> list[dict[str, Any]]:
    """Every number that a block carries."""
    found: list[dict[str, Any]] = []
    if isinstance(content, dict):
        if {"rule", "key", "value"} <= set(content):
            found.append(content)
        for inner in content.values():
            found += numbers(inner)
    elif isinstance(content, list):
        for inner in content:
            found += numbers(inner)
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_surrounds_every_scenario_is_one_grey_paragraph(report: Report, lang: str) -> None:
    asides = {name: prose(report(name, lang).answer().to_dict(), ASIDE) for name in BUILT_IN}
    assert len({tuple(said) for said in asides.values()}) == 1
    (said, *_), *_ = ([text] for text in asides["evidence_trend"])
    assert {"zh": "各情景相同", "en": "the same for all scenarios"}[lang] in said


def test_the_cover_says_when_by_whom_and_up_to_when(
    evidence: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795996800")  # 30 November 2026, UTC
    scenario = load_scenario("stagnation", evidence.project, evidence=evidence)
    facts = {
        lang: dict(ScenarioReport(scenario, lang, evidence=evidence, draws=200).cover().facts)
        for lang in ("zh", "en")
    }
    assert facts["zh"]["编制日期"] == "2026年11月30日"
    assert facts["en"]["Made on"] == "30 November 2026"
    stated = evidence.project.issuing_unit
    assert (facts["zh"]["编制单位"], facts["en"]["Issued by"]) == (stated["zh"], stated["en"])


def test_a_scenario_s_title_says_that_it_is_assumed(evidence: Evidence) -> None:
    for name in BUILT_IN:
        scenario = load_scenario(name, evidence.project, evidence=evidence)
        if scenario.extends:
            assert scenario.title["zh"].startswith(("若", "假设")), name
            assert scenario.title["en"].startswith("If "), name


def test_a_deviation_is_the_scenario_less_its_baseline(evidence: Evidence) -> None:
    own, other = (
        simulate(load_scenario(name, evidence.project, evidence=evidence), evidence, draws=300, seed=1)
        for name in ("headquarters_leave", "evidence_trend")
    )
    rows = deviation_frame(own, other)
    wide = rows.pivot_table(index=["indicator", "year"], columns="statistic", values="value")
    for name in own.indicators:
        for at, year in enumerate(own.years):
            held = wide.loc[name, year]
            assert held["baseline"] + held["deviation"] == pytest.approx(own.central[name][at])
    last = int(own.years[-1])
    apart = own.at("real_gdp", last) / other.at("real_gdp", last) - 1
    gdp = wide.loc["real_gdp", last]
    assert gdp["relative_deviation_p10"] == pytest.approx(np.quantile(apart, 0.1))
    assert gdp["relative_deviation"] == pytest.approx(
        own.central["real_gdp"][-1] / other.central["real_gdp"][-1] - 1
    )
    # the same shocks on both sides: what differs before the departure is nothing
    before = wide.loc["real_gdp"].loc[:2027, ["deviation", "deviation_p10", "deviation_p90"]]
    assert np.allclose(before, 0)


def test_growth_rates_fit_together_and_pass_through_what_was_published(evidence: Evidence) -> None:
    scenario = load_scenario("evidence_trend", evidence.project, evidence=evidence)
    made = simulate(scenario, evidence, draws=300, seed=1, reading="given_evidence")
    rows = growth_frame(made)
    wide = rows[rows["statistic"] == "central"].pivot_table(index="year", columns="indicator", values="value")
    both = (1 + wide["real_gdp_growth"]) * (1 + wide["gdp_deflator_growth"]) - 1
    assert np.allclose(both, wide["nominal_gdp_growth"])
    # 5514.49 of 2022 and 5948.82 of 2024 are published to the last digit: every path goes through them
    for year, level in ((2022, 5514.49), (2024, 5948.82)):
        assert np.allclose(made.at("nominal_gdp", year), level)
        assert made.central["nominal_gdp"][year - 2020] == pytest.approx(level)
    assert np.ptp(made.at("nominal_gdp", 2025)) > 100


def test_a_real_level_of_the_growth_table_follows_from_the_growth_beside_it(evidence: Evidence) -> None:
    # 2024 has a published level at current prices (nddaily_20251217), which another deflator would convert
    made = ScenarioReport(load_scenario("evidence_trend", evidence=evidence), evidence=evidence, draws=50)
    (table,) = [block for block in flat([made.growth().to_dict()]) if block["type"] == "table"]
    cells = [{one["key"][1]: one["value"] for one in numbers(row) if one["key"]} for row in table["rows"]]
    for before, after in pairwise(cells):
        assert after["real_gdp"] / before["real_gdp"] == pytest.approx(1 + after["real_gdp_growth"])
    published = [one["key"][1:3] for one in numbers(table) if one["key"] and one["key"][0] == "published"]
    assert published == [["nominal_gdp", 2022], ["nominal_gdp", 2024]]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["evidence_trend", "headquarters_leave", "stagnation", "three_engines"])
def test_a_report_has_five_pages_at_most_and_none_half_empty(
    evidence: Evidence, name: str, lang: str
) -> None:
    scenario = load_scenario(name, evidence.project, evidence=evidence)
    made = ScenarioReport(scenario, lang, evidence=evidence, draws=ENOUGH)
    written = notebook(*(getattr(made, section)() for section in made.sections()))
    with pypdfium2.PdfDocument(export(written, "pdf").content) as pages:
        lowest = [lowest_line(page) for page in pages]
    assert len(lowest) <= 5
    assert [at for at, low in enumerate(lowest[:-1], 1) if low > 0.5] == []


def lowest_line(page: pypdfium2.PdfPage) -> float:
    """How far above its foot the text of a page ends, as a part of its height; the page number apart."""
    text, tall = page.get_textpage(), page.get_height()
    feet = [text.get_charbox(at)[1] / tall for at in range(text.count_chars())]
    return min(foot for foot in feet if foot > 0.075)
