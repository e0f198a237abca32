"""What a report says of judgments: the ledger among its assumptions, a caution where one is implausible."""

import dataclasses
from pathlib import Path

import pytest

from futian_model import ScenarioReport, cli, load_evidence, load_scenario
from futian_model.project import find_project
from futian_model.report import CompareReport
from futian_model.report.page.binding import disagreements
from futian_model.report.sections.judgments import judgment_cautions, judgments_table
from futian_model.scenario.judgments import Judgment
from futian_model.simulation import calibrated

PROJECT = find_project(Path(__file__).parent)
EVIDENCE = load_evidence(PROJECT)
PLAIN = load_scenario("trend_2021", PROJECT, evidence=EVIDENCE)
REASONS = {
    "hetao": {"zh": "河套二期投入使用。", "en": "Hetao's second phase opens."},
    "boom": {"zh": "人工智能\n提高生产率。", "en": "Artificial intelligence\nraises productivity."},
    "leave": {"zh": "总部外迁。", "en": "Headquarters leave."},
}


def judgment(name, on, size, start, end=None):
    return Judgment(
        on=on, start=start, end=end, size=size, author="王敏", date="2026-03-15", reason=REASONS[name]
    )


LEDGER = {
    "leave": judgment("leave", "headquarters_share", -2.5, 2030),
    "hetao": judgment("hetao", "growth", 0.4, 2028, 2030),
    "boom": judgment("boom", "growth", 2.1, 2021, 2035),
}


def report(lang, ledger=LEDGER, draws=60):
    scenario = dataclasses.replace(PLAIN, judgments=ledger)
    return ScenarioReport(scenario, lang, evidence=EVIDENCE, draws=draws)


@pytest.fixture(scope="module", params=["zh", "en"])
def made(request):
    return report(request.param)


def cells(made):
    table = judgments_table(made.material).to_dict()
    return [[cell if isinstance(cell, str) else cell["text"] for cell in row] for row in table["rows"]]


def test_the_ledger_says_what_when_how_much_why_by_whom_and_whether_it_is_plausible(made):
    trends = made.material.given_scenario.calibration.trends()
    points = {on: f"{100 * trends[on].shock_sd:.2f}" for on in ("growth", "headquarters_share")}
    boom = f"+{210 * trends['growth'].shock_sd:.2f}"
    told = cells(made)
    if made.lang == "zh":
        head = ["GDP增长", "2021–2035年", "+2.10", f"{boom}个百分点"]
        assert told[1][4] == "可信"
        assert "单年变动+2.10个标准差" in told[0][4]
        assert "使2035年水平的变动达到依据数据判断的九成区间半宽的" in told[0][4]
        assert told[0][5:] == ["人工智能 提高生产率。", "王敏", "2026-03-15"]
    else:
        head = ["GDP growth", "2021–2035", "+2.10", f"{boom}\xa0points"]
        assert told[1][4] == "plausible"
        assert "implausible: +2.10 s.d. in one year; adds up to" in told[0][4]
        assert "half the nine-in-ten band judged by data" in told[0][4]
        assert told[0][5:] == ["Artificial intelligence raises productivity.", "王敏", "2026-03-15"]
        assert told[2][:3] == ["Headquarters share of GDP (lead of the part in growth)", "2030", "−2.50"]
    assert told[0][:4] == head
    note = judgments_table(made.material).to_dict()["note"]["text"]
    assert all(size in note for size in points.values())


def test_the_assumptions_carry_the_ledger_and_every_number_is_a_result(made):
    section = made.assumptions().to_dict()
    assert disagreements([section], made.material.results) == []
    assert judgments_table(made.material).to_dict() in section["children"]
    said = "共3项，其中2项不可信" if made.lang == "zh" else "3 in all, 2 of them implausible"
    assert said in str(section)


def test_a_number_that_is_not_the_results_is_found(made):
    results = made.material.results.copy()
    at = (results["reading"] == "judgments") & (results["statistic"] == "log_growth")
    results.loc[at, "value"] += 0.001
    assert len(disagreements([made.assumptions().to_dict()], results)) == 3


def test_page_one_names_what_is_implausible(made):
    (caution,) = judgment_cautions(made.material)
    assert (
        disagreements([{"lang": made.lang, "sentences": [caution.to_dict(made.lang)]}], made.material.results)
        == []
    )
    if made.lang == "zh":
        assert "2021–2035年GDP增长每年" in caution.text
        assert "河套" not in caution.text
    else:
        shock = made.material.given_scenario.calibration.trends()["growth"].shock_sd
        assert f"GDP growth +{210 * shock:.2f}\xa0points a year in 2021–2035 (王敏)" in caution.text
        assert "Hetao" not in caution.text


def test_of_many_implausible_ones_the_largest_are_named():
    many = {f"leave_{at}": judgment("leave", "deflator", 2 + at / 10, 2020 + at) for at in range(1, 5)}
    (caution,) = judgment_cautions(report("en", many).material)
    assert caution.text.startswith("This scenario includes 4 judgments that are implausibly large")
    assert [number.rule for number in caution.numbers] == ["count", "growth_points", "growth_points"]
    assert "in 2024" in caution.text
    assert "in 2021" not in caution.text


def test_plausible_judgments_need_no_caution():
    made = report("en", {"hetao": LEDGER["hetao"]})
    assert judgment_cautions(made.material) == []
    assert len(cells(made)) == 1


def test_without_judgments_a_report_says_nothing_of_them():
    made = report("en", {})
    assert judgments_table(made.material) is None
    assert judgment_cautions(made.material) == []
    assert "judgment" not in str(made.assumptions().to_dict()).lower()
    assert "judgments" not in set(made.material.results["reading"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_comparison_says_on_whose_judgment_two_scenarios_differ(lang):
    other = dataclasses.replace(PLAIN, id="judged", judgments=LEDGER)
    compared = CompareReport([PLAIN, other], lang, evidence=EVIDENCE, draws=400)
    page = str(compared.assumptions().to_dict())
    if lang == "zh":
        assert "GDP增长，2028–2030年每年+0.40个标准差（王敏，2026-03-15）" in page
        assert "署名判断" in page
    else:
        assert "GDP growth +0.40 s.d. a year in 2028–2030 (王敏, 2026-03-15)" in page
        assert "Judgments" in page


FILE = """id: judged
title: {zh: 试验, en: Trial}
description: {zh: 一项试验。, en: A trial.}
extends: trend_2021
judgments:
  hetao:
    on: growth
    start: 2028
    end: 2030
    size: 0.4
    author: 王敏
    date: 2026-03-15
    reason: {zh: 河套二期投入使用。, en: Hetao's second phase opens.}
  boom:
    on: growth
    start: 2028
    size: 2.5
    author: 李强
    date: 2026-04-02
    reason: {zh: 人工智能, en: Artificial intelligence}
"""


def test_check_prints_each_judgment_with_its_verdict(tmp_path, capsys):
    file = tmp_path / "judged.yaml"
    file.write_text(FILE, encoding="utf-8")
    shock = calibrated(PLAIN, EVIDENCE).trends()["growth"].shock_sd
    assert cli.main(["check", str(file)]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        (
            f"  Judgment hetao: GDP growth +0.40 s.d. (+{40 * shock:.2f}\xa0points) a year in 2028–2030;"
            " 王敏, 2026-03-15: Hetao's second phase opens. [plausible]"
        ),
        (
            f"  Judgment boom: GDP growth +2.50 s.d. (+{250 * shock:.2f}\xa0points) a year in 2028;"
            " 李强, 2026-04-02: Artificial intelligence [implausible: +2.50 s.d. in one year]"
        ),
    ]
