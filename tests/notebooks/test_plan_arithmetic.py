"""The plan-arithmetic notebook through real papermill: the plan's own numbers, in both languages."""

from pathlib import Path

import pytest

from futian_model import ArithmeticReport, arithmetic, load_evidence, load_scenario, simulate
from futian_model.project import find_project
from futian_model.report import FutianHTMLExporter, results_of

ROOT = find_project(Path(__file__).parent).root
EVIDENCE = load_evidence(find_project(Path(__file__).parent))
SECTIONS = ("cover", "answer", "goals", "population", "shares", "claims")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_prints_what_is_computed(run_notebook, lang):
    notebook = run_notebook("plan_arithmetic.ipynb", lang=lang)
    table = results_of(notebook).set_index(["indicator", "year", "case", "statistic"])["value"]
    html, _ = FutianHTMLExporter().from_notebook_node(notebook)
    asked = arithmetic.requirements(EVIDENCE)
    for one in asked:
        assert table[one.goal.name, one.goal.year, "", "growth"] == one.growth
        assert f"{100 * one.growth:.2f}%" in html
    for stage in arithmetic.stages(asked):
        assert table[stage.later.goal.name, stage.later.goal.year, "", "growth_after"] == stage.growth
        assert f"{100 * stage.growth:.2f}%" in html
    last = arithmetic.pairs(asked)[-1]
    central = simulate(load_scenario("evidence_trend", evidence=EVIDENCE), EVIDENCE, draws=1).central
    people = central["average_population"]
    needed = last.needed(last.through("scenario", people[0], people[-1]))
    assert table[last.per_head.goal.name, last.year, "path=scenario", "needed"] == needed
    assert f"{100 * needed:.2f}%" in html
    assert "load_scenario" not in html


def of(scenario, lang="en") -> ArithmeticReport:
    loaded = load_scenario(scenario, EVIDENCE.project, evidence=EVIDENCE)
    return ArithmeticReport(loaded, lang, evidence=EVIDENCE)


def text_of(report: ArithmeticReport) -> str:
    return str([getattr(report, name)().to_dict() for name in SECTIONS])


def test_every_result_is_a_row_of_its_own():
    keys = of("trend_2021").material.results[["reading", "indicator", "case", "year", "statistic"]]
    assert not keys.duplicated().any()


def test_every_population_of_the_plan_meets_both_goals_alike_where_it_is_the_plans_own():
    told = text_of(of("plan_targets"))
    assert "RMB\\xa0960.0\\xa0bn" in told
    assert "the second requires GDP growth of 4.73% a year and the first 4.73%" in told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_scenario_that_ends_before_the_goals_leaves_its_own_path_out(tmp_path, lang):
    file = tmp_path / "short.yaml"
    file.write_text(
        "id: short\ntitle: {zh: 短, en: Short}\ndescription: {zh: 到2024年。, en: To 2024.}\n"
        "extends: trend_2021\nassumptions: {horizon: 2024}\n",
        "utf-8",
    )
    report = of(file, lang)
    assert "6.58%" in text_of(report)
    assert not report.material.results["case"].eq("path=scenario").any()


def test_the_claims_are_told_with_their_verdicts():
    (_, table) = of("trend_2021").claims().to_dict()["children"]
    verdicts = [row[2] for row in table["rows"]]
    assert verdicts == ["different prices, not comparable"] * 2 + ["consistent"] * 3
