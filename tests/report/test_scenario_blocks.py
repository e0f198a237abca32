"""What a scenario with production, events, firms or several shares says of itself in its report."""

import re
from pathlib import Path

import pytest

from futian_model import EvidenceReport, ScenarioReport, load_evidence, load_scenario
from futian_model.project import find_project
from futian_model.report.page.binding import disagreements
from futian_model.report.words.amounts import in_brackets
from futian_model.report.words.sentences import words
from futian_model.scenario import builtin_scenarios
from futian_model.simulation import KEPT, READINGS, simulate
from futian_model.simulation.frames import growth_frame

from .conftest import blocks

PROJECT = find_project(Path(__file__).parent)
EVIDENCE = load_evidence(PROJECT)
HEAD = "title: {zh: 试验, en: Trial}\ndescription: {zh: 一项试验。, en: A trial.}\nextends: trend_2021\n"
CUTS = """levers:
  shares:
    finance_share: {block: trend}
    modern_services_share: {block: path, phases: [{start: 2021, end: 2035, growth_gap: 0.01}]}
"""
WORDS = {
    "three_engines": {
        "zh": ["资本产出弹性41.4%", "全要素生产率增长", "增长从何而来"],
        "en": ["output elasticity of capital 41.4%", "Where growth comes from", "Total factor productivity"],
    },
    "headquarters_leave": {
        "zh": ["齐普夫", "最大的3家自2028年起迁出，不再计入本区"],
        "en": [
            "Zipf tail with exponent 1.00 (0.80 to 1.20)",
            "the largest 3 leave in 2028 and no longer count",
        ],
    },
    "external_shock": {
        "zh": ["2027年使GDP的水平累计降低3.37%，其中50%在2028–2029年补回", "年度冲击1，长期部分1"],
        "en": ["lowers the level of GDP by 3.37% in all; 50% of it made up in 2028–2029"],
    },
    "stagnation": {"zh": ["与全国同速"], "en": ["Lowy Institute", "the district as the city"]},
    "census_population": {
        "zh": ["155", "本情景2020年的人口为154.2万人，口径不同", "（2025年人均地区生产总值）"],
        "en": ["1.55", "This scenario counts 1.542", "(GDP per capita by 2025)"],
    },
}


def told(scenario, lang):
    report = ScenarioReport(scenario, lang, evidence=EVIDENCE, draws=200)
    content = blocks(report)
    assert disagreements(content, report.material.results) == []
    return str(content)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", WORDS)
def test_a_report_says_what_its_blocks_assume(name, lang):
    page = told(load_scenario(name, PROJECT, evidence=EVIDENCE), lang)
    for said in WORDS[name][lang]:
        assert said in page


@pytest.mark.parametrize("scenario", builtin_scenarios(PROJECT), ids=lambda file: file.stem)
def test_a_chinese_description_has_no_space_between_sentences(scenario):
    loaded = load_scenario(scenario, PROJECT, evidence=EVIDENCE)
    assert not re.search(r"[。；，：]\s", loaded.description["zh"])


def test_contributions_to_growth_sum_to_it_on_the_page():
    scenario = load_scenario("three_engines", PROJECT, evidence=EVIDENCE)
    results = ScenarioReport(scenario, "en", evidence=EVIDENCE, draws=50).material.results
    rows = results[(results["reading"] == "accounting") & (results["statistic"] == "contribution")]
    table = rows.pivot(index="indicator", columns="year", values="value")
    growth = table.loc["gdp_growth"]
    parts = table.drop("gdp_growth")
    assert list(parts.index) == ["capital", "human_capital", "labour", "tfp"]
    assert list(growth.index) == [2030, 2035]
    assert (parts.sum() - growth).abs().max() < 1e-12


def test_overlapping_shares_are_told_once(tmp_path):
    file = tmp_path / "cuts.yaml"
    file.write_text(f"id: cuts\n{HEAD}{CUTS}", encoding="utf-8")
    page = told(load_scenario(file, PROJECT, evidence=EVIDENCE), "en")
    assert (
        "Headquarters share of GDP overlaps with finance share of GDP; modern services share of GDP:" in page
    )
    assert "Finance share of GDP overlaps with modern services share of GDP:" in page
    assert page.count("overlaps with") == 2
    assert "cuts of the same GDP, never to be added up" in page


def test_a_population_of_the_plans_own_needs_no_caution():
    assert "口径不同" not in told(load_scenario("trend_2021", PROJECT, evidence=EVIDENCE), "zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_goals_together_are_those_of_earlier_years_too(lang):
    report = ScenarioReport(load_scenario("plan_targets", PROJECT, evidence=EVIDENCE), lang, draws=200)
    said = str(report.goals().to_dict())
    assert len(report.material.judged) == 5
    told = {
        "zh": "其中可判断的5项目标同时实现的把握为",
        "en": "meeting all 5 goals that can be judged so is",
    }
    assert told[lang] in said


def test_a_unit_stands_inside_the_brackets_that_a_name_ends_with():
    chinese, english = words("zh"), words("en")
    assert in_brackets("地区生产总值（现价）", "亿元", chinese) == "地区生产总值（现价，亿元）"
    assert in_brackets("人口", "万人", chinese) == "人口（万人）"
    assert in_brackets("GDP (nominal)", "RMB bn", english) == "GDP (nominal, RMB bn)"


@pytest.mark.parametrize(("lang", "publisher"), [("zh", "香港商报"), ("en", "Hong Kong Commercial Daily")])
def test_publishers_are_named_in_the_language_of_the_report(lang, publisher):
    report = EvidenceReport(load_scenario("trend_2021", PROJECT, evidence=EVIDENCE), lang, draws=200)
    page = str(report.annex().to_dict())
    other = {"zh": "Hong Kong Commercial Daily", "en": "香港商报"}[lang]
    assert publisher in page
    assert other not in page


def test_more_draws_than_are_kept_are_counted_and_growth_is_that_of_the_first() -> None:
    loaded = load_scenario("trend_2021", evidence=EVIDENCE)
    many = ScenarioReport(loaded, "en", evidence=EVIDENCE, draws=KEPT + 1)
    made = blocks(many)
    assert disagreements(made, many.material.results) == []
    assert f"{KEPT + 1:,}" in str(made[-1])
    rows = many.material.results
    rows = rows[(rows["indicator"] == "real_gdp_growth") & (rows["reading"] == READINGS[1])]
    first = growth_frame(simulate(loaded, EVIDENCE, draws=KEPT, reading=READINGS[1]))
    first = first[(first["indicator"] == "real_gdp_growth") & (first["statistic"] == "p90")]
    assert list(rows[rows["statistic"] == "p90"]["value"]) == list(first["value"])
