"""Surroundings on the page of what moves the answer: the matrix's numbers, in both languages."""

from pathlib import Path

import pytest

from futian_model import SensitivityReport, contexts, load_evidence, load_scenario
from futian_model.project import find_project
from futian_model.report import FutianHTMLExporter, results_of
from futian_model.report.page.blocks import Charts

ROOT = find_project(Path(__file__).parent).root
EVIDENCE = load_evidence(find_project(Path(__file__).parent))
SECTIONS = ("cover", "answer", "matrix", "goals", "plausibility")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_prints_the_matrix(run_notebook, lang):
    notebook = run_notebook("sensitivity.ipynb", lang=lang)
    rows = (
        results_of(notebook)
        .query("reading == 'context'")
        .set_index(["case", "indicator", "year", "statistic"])["value"]
    )
    nations, cities = contexts.surroundings(EVIDENCE.project, EVIDENCE)
    scenario = load_scenario("evidence_trend", evidence=EVIDENCE)
    html, _ = FutianHTMLExporter().from_notebook_node(notebook)
    for one in contexts.matrix(scenario, EVIDENCE, list(cities.values()), list(nations.values())):
        gdp = one.result.central["real_gdp"][-1]
        assert rows[one.case, "real_gdp", 2035, "central"] == gdp
        assert (f"{gdp:,.0f}" if lang == "zh" else f"{gdp / 10:,.1f}") in html
        assert one.city.title[lang] in html
        assert one.nation is None or one.nation.title[lang] in html
    assert EVIDENCE.name(EVIDENCE.place("city"), lang) in html
    assert "load_scenario" not in html


def of(scenario, lang="en"):
    loaded = load_scenario(scenario, EVIDENCE.project, evidence=EVIDENCE)
    return SensitivityReport(loaded, lang, evidence=EVIDENCE, draws=300)


def text_of(report):
    return str([getattr(report, name)().to_dict() for name in SECTIONS])


def written(tmp_path, rest):
    file = tmp_path / "trial.yaml"
    head = "id: trial\ntitle: {zh: 试验, en: Trial}\ndescription: {zh: 一项试验。, en: A trial.}\n"
    file.write_text(f"{head}extends: evidence_trend\n{rest}", "utf-8")
    return file


def test_every_result_is_a_row_of_its_own():
    keys = of("evidence_trend").material.results[["reading", "indicator", "case", "year", "statistic"]]
    assert not keys.duplicated().any()


def test_the_chart_draws_every_combination_and_the_goal():
    report = of("double_gdp_2035")
    (charts,) = [one for one in report.matrix().children if isinstance(one, Charts)]
    table = charts.charts[0].chart.table
    assert len(table[table["group"] != "goal"]) == len(report.material.around.cells)
    assert table[table["group"] == "goal"]["value"].tolist() == pytest.approx([950.8])
    assert all(one.city.title["en"] in charts.charts[0].chart.alt for one in report.material.around.cells)


BOTH = """levers:
  growth: {block: target, targets: [{indicator: real_gdp, year: 2035, value: 12000}]}
  population: {block: implied, targets: [{goal: gdp_per_capita_double_2035}]}
"""


def test_growth_that_a_scenario_states_is_told_as_a_lead(tmp_path):
    report = of(written(tmp_path, BOTH))
    told = text_of(report)
    assert "This scenario states Futian's growth outright" in told
    assert "the population follows GDP, so that no one growth rate decides" in told
    flagged = [one for one in report.material.around.cells if one.flag != contexts.PLAUSIBLE]
    assert flagged
    assert all(f"{one.share[-1]:.1%}, {one.flag}: " in told for one in flagged)
    assert "states Futian's growth outright" not in text_of(of("stagnation"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_surroundings_that_are_not_credible_are_named(tmp_path, lang):
    path = "{block: path, phases: [{start: 2026, end: 2035, growth_rate: 0.15}]}"
    told = text_of(of(written(tmp_path, f"levers: {{growth: {path}}}\n"), lang))
    reasons = {
        "zh": ("不可信的有20种（共20种）", "不可信：区的领先偏高"),
        "en": ("20 of 20 surroundings are implausible", "implausible: district's lead high"),
    }
    assert all(reason in told for reason in reasons[lang])


def test_paths_that_leave_years_out_are_left_out_and_named(tmp_path):
    told = text_of(of(written(tmp_path, "assumptions: {horizon: 2040}\n")))
    assert "Left out, since they do not cover the years of this scenario: “Nation at potential" in told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_horizon_before_every_goal(tmp_path, lang):
    report = of(written(tmp_path, "assumptions: {horizon: 2030}\n"), lang)
    assert report.material.words["no_goals"] in text_of(report)


def test_without_any_path_the_page_says_so(tmp_path):
    report = of("evidence_trend")
    report.material.around.__dict__["covering"] = ([], [], [])
    assert text_of(report).count("No path of a city and a nation covers the years") == 3
    assert len(report.record().results)
