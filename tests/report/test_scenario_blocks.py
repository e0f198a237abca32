"""What a scenario with production, events, firms or several shares says of itself in its report."""

import re
from pathlib import Path

import pytest

from futian_model import ScenarioReport, load_evidence, load_scenario
from futian_model.project import find_project
from futian_model.report.binding import disagreements
from futian_model.scenario import builtin_scenarios

from .conftest import blocks

PROJECT = find_project(Path(__file__).parent)
EVIDENCE = load_evidence(PROJECT)
HEAD = "title: {zh: 试验, en: Trial}\ndescription: {zh: 一项试验。, en: A trial.}\nextends: evidence_trend\n"
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
        "zh": ["齐普夫", "最大的3家自2028年起不在"],
        "en": ["Zipf tail with exponent 1.00 (0.80 to 1.20)", "the largest 3 are gone from 2028 on"],
    },
    "external_shock": {
        "zh": ["2027年使GDP的水平累计降低3.37%"],
        "en": ["lowers the level of GDP by 3.37% in all", "of it made up in 2028–2029"],
    },
    "stagnation": {"zh": ["与全国同速"], "en": ["Economist Intelligence Unit", "the district as the city"]},
    "census_population": {"zh": ["155"], "en": ["1.55"]},
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
    for words in WORDS[name][lang]:
        assert words in page


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
    assert list(growth.index) == [2025, 2030, 2035]
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
