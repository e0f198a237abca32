"""The target notebook through real papermill: the solver's numbers, in both languages."""

from pathlib import Path

import pytest

from futian_model import TargetReport, load_evidence, load_scenario, solve
from futian_model.project import find_project
from futian_model.report import FutianHTMLExporter, results_of

ROOT = find_project(Path(__file__).parent).root
EVIDENCE = load_evidence(find_project(Path(__file__).parent))
ON_GDP = ["gdp_2025", "gdp_per_capita_2025", "gdp_double_2035", "gdp_per_capita_double_2035"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_prints_the_solvers_answers(run_notebook, lang):
    notebook = run_notebook("targets.ipynb", lang=lang, scenario="trend_2021")
    rows = results_of(notebook)
    told = rows[(rows["reading"] == "solver") & (rows["case"] == "lever=growth;shape=constant")][
        "value"
    ].iloc[0]
    verdict = solve(load_scenario("trend_2021", evidence=EVIDENCE), ON_GDP, evidence=EVIDENCE)
    assert told == verdict.amplitude
    html, _ = FutianHTMLExporter().from_notebook_node(notebook)
    assert f"{100 * told:.2f}" in html
    assert EVIDENCE.name(verdict.binding[0], lang) in html
    assert "load_scenario" not in html


def text_of(report: TargetReport) -> str:
    return str([getattr(report, name)().to_dict() for name in ("answer", "levers", "arithmetic")])


def of(scenario, **choice) -> TargetReport:
    loaded = load_scenario(scenario, EVIDENCE.project, evidence=EVIDENCE)
    return TargetReport(loaded, "en", evidence=EVIDENCE, **choice)


def test_a_change_says_its_way_and_a_population_that_stays_is_not_told_as_a_change():
    told = text_of(of("trend_2021"))
    verdict = solve(load_scenario("trend_2021", evidence=EVIDENCE), ON_GDP, evidence=EVIDENCE)
    points = f"{100 * verdict.amplitude:.2f}\\xa0points a year above"
    assert f"growth has to be {points} this scenario's" in told
    assert f"the least change is still in growth alone: {points}" in told
    assert "imply an average resident population of 1.678\\xa0million, the same as in 2020;" in told
    assert "1.849\\xa0million, growing by 1.95% a year from 1.678\\xa0million in 2020;" in told


def test_narrow_bounds_say_what_is_out_of_reach():
    told = text_of(of("trend_2021", bounds=(-0.001, 0.0005)))
    assert "Within the bounds growth alone is not enough; out of reach: GDP by 2025" in told
    assert "not within bounds" in told


def test_a_scenario_that_meets_everything(tmp_path):
    file = tmp_path / "fast.yaml"
    file.write_text(
        "id: fast\ntitle: {zh: 快, en: Fast}\ndescription: {zh: 每年9%。, en: 9% a year.}\n"
        "extends: trend_2021\n"
        "levers: {growth: {block: path, phases: [{start: 2021, end: 2035, growth_rate: 0.09}]}}\n",
        "utf-8",
    )
    assert "meets every goal on GDP and GDP per capita already" in text_of(of(file))


def test_a_horizon_before_every_goal(tmp_path):
    file = tmp_path / "short.yaml"
    file.write_text(
        "id: short\ntitle: {zh: 短, en: Short}\ndescription: {zh: 到2024年。, en: To 2024.}\n"
        "extends: trend_2021\nassumptions: {horizon: 2024}\n",
        "utf-8",
    )
    assert "None of the plan's goals falls due within the years" in text_of(of(file))
