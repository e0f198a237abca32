"""The headquarters notebook through real papermill: stress figures as computed, in both languages."""

from pathlib import Path

import pytest

from futian_model import HeadquartersReport, load_evidence, load_scenario, simulate, stress
from futian_model.errors import InputError
from futian_model.project import find_project
from futian_model.report import FutianHTMLExporter, results_of
from tests.as_of_2021 import as_of_2021

ROOT = find_project(Path(__file__).parent).root
EVIDENCE = load_evidence(find_project(Path(__file__).parent))
SECTIONS = ("cover", "answer", "concentration", "stress", "relocation", "trade_off")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_prints_what_was_computed(run_notebook, lang):
    notebook = run_notebook("headquarters.ipynb", lang=lang)
    html, _ = FutianHTMLExporter().from_notebook_node(notebook)
    assert "load_scenario" not in html
    rows = results_of(notebook)
    rows = rows[rows["reading"] == "stress"].set_index(["indicator", "year", "case", "statistic"])["value"]
    result = simulate(load_scenario("headquarters_leave", EVIDENCE.project, evidence=EVIDENCE), EVIDENCE)
    for largest in (1, 3, 5, 10):
        for spillover in (0.0, 0.3):
            told = stress.stress(result, largest, 2028, spillover)
            case = f"largest={largest};spillover={spillover:g}"
            for end, loss, after in zip(("", "_low", "_high"), told.gdp_loss, told.share_after, strict=True):
                assert rows["real_gdp", 2028, case, f"loss{end}"] == loss
                assert rows["headquarters_share", 2028, case, f"after{end}"] == after
                assert f"{loss:.1%}" in html
                assert f"{after:.1%}" in html
            assert rows["gdp_double_2035", 2035, case, "level"] == told.central["real_gdp"][15]


def of(scenario, lang="en") -> HeadquartersReport:
    loaded = load_scenario(scenario, EVIDENCE.project, evidence=EVIDENCE)
    return HeadquartersReport(loaded, lang, evidence=EVIDENCE, draws=500)


def text_of(report: HeadquartersReport) -> str:
    return str([getattr(report, name)().to_dict() for name in SECTIONS])


def written(tmp_path, levers: str, more: str = "") -> Path:
    file = tmp_path / "own.yaml"
    file.write_text(
        "id: own\ntitle: {zh: 自拟, en: Own}\ndescription: {zh: 试验。, en: A trial.}\n"
        f"extends: trend_2021\nlevers: {levers}\n{more}",
        "utf-8",
    )
    return file


def test_a_scenario_without_groups_is_refused():
    with pytest.raises(InputError, match=r"a scenario with levers\.firms, groups behind a share"):
        of("trend_2021")


@pytest.mark.parametrize(("lang", "told"), [("zh", "年均下降{:.2%}"), ("en", "shrinking by {:.2%} a year")])
def test_a_rest_that_weakens_shrinks(tmp_path, lang, told):
    shock = "{title: {zh: 冲击, en: Shock}, on: growth, start: 2024, size: -0.05}"
    report = of(
        written(tmp_path, f"{{firms: {{share: headquarters_share}}, events: {{shock: {shock}}}}}"), lang
    )
    rate = report.material.study.aimed.growth[stress.REST_SHRINKS].rest[0]
    assert rate < -0.001
    assert told.format(-rate) in text_of(report)


def test_the_answer_says_what_is_lost_and_that_it_is_assumed():
    leave = as_of_2021("headquarters_leave", EVIDENCE)
    answer = str(HeadquartersReport(leave, "en", evidence=EVIDENCE, draws=500).answer().to_dict())
    assert "If the 3 largest groups leave in 2028 and no longer count" in answer
    assert "falls due before the departure" in answer
    assert "is met if they stay" in answer
    assert "This is a stress test and no forecast" in answer


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nobody_leaves_in_the_scenario_itself(tmp_path, lang):
    file = written(tmp_path, "{firms: {share: headquarters_share, relocation: 0.02, entry: 0.02}}")
    told = text_of(of(file, lang))
    assert ("最大的3家总部企业若自2028年起" if lang == "zh" else "the 3 largest groups leave in 2028") in told


def test_one_leaves_before_the_share_goal(tmp_path):
    departures = "{first: {title: {zh: 一家, en: One}, largest: 1, year: 2024}}"
    firms = f"{{share: headquarters_share, spillover: 0.1, departures: {departures}}}"
    told = text_of(of(written(tmp_path, f"{{firms: {firms}}}")))
    assert "If the largest group leave in 2024" in told
    assert "falls due before" not in told


def test_a_horizon_before_every_goal(tmp_path):
    file = written(tmp_path, "{firms: {share: headquarters_share}}", "assumptions: {horizon: 2024}\n")
    told = text_of(of(file))
    assert "there is nothing to compare" in told
    assert "leave in 2022 and no longer count" in told
