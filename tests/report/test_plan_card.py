"""The scorecard's page: every goal is told, every number is bound, what is missing is called missing."""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from futian_model.evidence import Evidence, load_evidence
from futian_model.project import Project
from futian_model.report import PlanReport
from futian_model.report.page.binding import disagreements, numbers
from futian_model.scenario import load_scenario
from futian_model.scorecard import BY_READING, FINAL, TO_COME, VERDICTS, VIEWS, verdicts

CASES = [(view, lang) for view in VIEWS for lang in ("zh", "en")]
TRACKING = [case for case in CASES if case[0] != FINAL]
ROWS = """\
futian,real_gdp_growth,2021,12.0,%,constant,,2022-02,szft_13fyp,point,,,
futian,real_gdp_growth,2022,6.0,%,constant,,2023-02,szft_13fyp,point,,,
futian,gdp_per_capita,2022,36.0,万元/人,nominal,census_2020,2023-02,szft_13fyp,point,,,
futian,rd_intensity,2025,2.1,%,nominal,,2026-02,szft_13fyp,point,,,
futian,digital_economy_share,2025,9.0,%,nominal,,2026-02,szft_13fyp,point,,,
futian,innovation_platforms,2023,300,个,none,,2024-02,szft_13fyp,point,,,
futian,nursery_places_per_1k,2023,3,个,none,,2024-02,szft_13fyp,point,,,
futian,work_safety_deaths_rate,2022,0.009,人/亿元,none,,2023-02,szft_13fyp,point,,,
futian,school_places_added,2021,1.4,万座,none,,2022-02,szft_13fyp,point,,,
"""


@cache
def shipped() -> Evidence:
    return load_evidence()


@cache
def made(lang: str, evidence: Evidence, view: str) -> PlanReport:
    return of(evidence, lang, view=view)


def of(evidence: Evidence, lang: str, **choice: Any) -> PlanReport:
    trend = load_scenario("evidence_trend", shipped().project, evidence=evidence)
    return PlanReport(trend, lang, evidence=evidence, **choice)


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """Figures that lead to every verdict."""
    folder = tmp_path_factory.mktemp("busy")
    shutil.copytree(shipped().project.data, folder / "data")
    file = folder / "data" / "observations.csv"
    file.write_text(file.read_text("utf-8") + ROWS, "utf-8")
    return load_evidence(Project(folder))


def blocks(report: PlanReport) -> list[dict[str, Any]]:
    every = [getattr(report, name)() for name in report.sections()]
    return [block.to_dict() for block in every if block is not None]


def tables(content: Any) -> Iterator[dict[str, Any]]:
    for block in content:
        if block["type"] == "table":
            yield block
        yield from tables(block.get("children", []))


def sentences(section: dict[str, Any]) -> list[str]:
    prose = [block for block in section["children"] if block["type"] == "prose"]
    return [one["text"] for block in prose for one in block["sentences"]]


def printed(cell: Any) -> str:
    return cell if isinstance(cell, str) else cell["text"]


def rows(report: PlanReport, section: str) -> dict[str, list[str]]:
    """Cells of each goal of a section by its label."""
    found = {}
    for one in tables([getattr(report, section)().to_dict()]):
        for row in one["rows"]:
            found[printed(row[1])] = [printed(cell) for cell in row]
    return found


@pytest.mark.parametrize("whose", ["shipped", "busy"])
@pytest.mark.parametrize(("view", "lang"), CASES)
def test_every_number_is_its_result(view: str, lang: str, whose: str, busy: Evidence) -> None:
    report = made(lang, busy if whose == "busy" else shipped(), view)
    results, content = report.material.results, blocks(report)
    assert disagreements(content, results) == []
    assert len([one for one in numbers(content) if one["key"] is not None]) > 80
    assert not results[["reading", "indicator", "case", "year", "statistic"]].duplicated().any()
    assert not results["value"].isna().any()
    assert "nan" not in str(content).lower().replace("tenant", "").replace("finan", "").replace(
        "governan", ""
    )


@pytest.mark.parametrize(("view", "lang"), TRACKING)
def test_every_goal_has_its_row_and_missing_ones_say_so(view: str, lang: str) -> None:
    report = made(lang, shipped(), view)
    given, word = report.material, {"zh": "无公布值", "en": "no figure"}[lang]
    listed = rows(report, "table")
    assert len(listed) == 24
    assert {label for label, row in listed.items() if row[-1] == word} == {
        given.label(one.goal) for one in given.with_status("missing")
    }
    (note,) = [block for block in report.answer().to_dict()["children"] if block.get("tone") == "note"]
    told = " ".join(one["text"] for one in note["sentences"])
    for one in given.with_status("missing"):
        assert given.words.inline(given.name(one.goal.name)) in told
    others = sum(len(one["rows"]) for one in tables([report.others().to_dict()]))
    assert others == 2 + 53


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_goal_has_a_verdict_and_what_is_not_published_is_named(lang: str) -> None:
    report = made(lang, shipped(), FINAL)
    given = report.material
    (table,) = tables([report.table().to_dict()])
    assert len(table["rows"]) == 24 + 2  # GDP and GDP per head at both prices
    assert all(printed(row[-1]) for row in table["rows"])
    (note,) = [block for block in report.answer().to_dict()["children"] if block.get("tone") == "note"]
    told = " ".join(one["text"] for one in note["sentences"])
    missing = given.with_verdict("not_published")
    assert len(missing) == 19
    prose = " ".join(sentences(report.answer().to_dict()))
    colon = {"zh": "：", "en": ": "}[lang]
    for one in missing:  # in the note, or in a sentence of its own
        name = given.name(one.goal.name)
        assert given.words.inline(name) in told or f"{name}{colon}" in prose
    others = sum(len(one["rows"]) for one in tables([report.others().to_dict()]))
    assert others == 2 + 53


@pytest.mark.parametrize("view", VIEWS)
def test_the_counts_add_up(view: str) -> None:
    given = made("zh", shipped(), view).material
    found = ("met", "on_course", "behind", "missed", "at_bound", "unjudged", "missing")
    parts = ("settled", "open", "missing")
    if view == FINAL:
        found = (*VERDICTS, BY_READING, TO_COME)
        parts = ("kept", "failed", "open", "not_published", "unjudged", BY_READING)
    for group in ("table_goals", "other_goals"):
        assert sum(given.count(name, group).value for name in found) == given.count("count", group).value
    assert sum(given.count(name).value for name in parts) == 24


def test_the_final_evaluation_says_how_far_gdp_missed() -> None:
    answer = made("zh", shipped(), FINAL).answer().to_dict()
    told = sentences(answer)
    assert told[:3] == [
        "规划指标表共24项指标。按已公布值，达到目标的0项，未达到的1项，只公布下限、待定的1项，"
        "未公布2025年数的19项，目标由市下达、无法判断的3项。",
        "按评估用语，滞后于预期1项、尚不能判断23项；约束性指标7项，列入预警的0项，尚不能判断的7项。",
        "地区生产总值（按已公布值判断，未达到）：目标6,600亿元，未写明价格口径；"
        "2025年只公布“6,000亿元以上”，确数未公布。",
    ]
    for one, sentence in zip(verdicts(shipped(), shipped().goal("gdp_2025")), told[3:5], strict=True):
        size = 6600 - one.expected
        assert f"推算约{one.expected:,.0f}亿元" in sentence
        assert f"比目标少{size:.0f}亿元（{100 * size / 6600:.1f}%）；实现把握<1%。" in sentence
    assert "按2020年不变价" in told[3]
    assert "按现价" in told[4]
    assert "总部企业增加值占GDP比重：目标55%；最近公布值为2022年的47.6%，2025年未公布。" in told
    (chart,) = next(block for block in answer["children"] if block["type"] == "charts")["charts"]
    table = [dict(zip(chart["table"]["columns"], row, strict=True)) for row in chart["table"]["rows"]]
    told = [(row["name"], row["label"]) for row in table[:3]]
    assert told[0] == ("2025年公布的下限", "6,000以上")  # as published, and not as converted
    assert [name for name, _ in told[1:]] == ["2025年推算，2020年不变价", "2025年推算，现价"]
    assert table[0]["value"] == pytest.approx(100 * (6000 - 4800) / 1800, abs=0.01)


def test_what_moved_the_chances_stands_on_the_page() -> None:
    section = made("zh", shipped(), FINAL).moved().to_dict()
    (table,) = tables([section])
    assert [printed(row[0]) for row in table["rows"]] == [
        f"{name}，{prices}"
        for name in (
            "2025年地区生产总值",
            "2025年人均地区生产总值",
            "2035年地区生产总值比2020年翻一番",
            "2035年人均地区生产总值比2020年翻一番",
        )
        for prices in ("2020年不变价", "现价")
    ]
    assert printed(table["rows"][0][-1]) == "<1%"
    none = sentences(of(shipped(), "en", vintage="2021").moved().to_dict())
    assert none == ["Nothing has been published since the plan was adopted, so no chance has moved."]


def test_the_page_for_the_leader() -> None:
    answer = made("zh", shipped(), "annual").answer().to_dict()
    kinds = [block["type"] for block in answer["children"]]
    assert kinds == ["prose", "key_figures", "charts", *["prose"] * 4]
    assert [one["number"]["text"] for one in answer["children"][1]["figures"]] == ["3", "1", "18", "4.82%"]
    told = sentences(answer)
    assert told[:3] == [
        "凡能判断进度的指标，均落后时序进度。",
        "规划指标表共24项指标。截至2025年，有公布值可对照的3项：已达目标0项，符合时序进度0项，落后1项，"
        "只公布下限、待定2项。没有公布值的18项，因其他原因不能判断的3项。",
        "按评估用语，滞后于预期1项、尚不能判断23项；约束性指标7项，列入预警的0项，尚不能判断的7项。",
    ]
    assert told[3:5] == [
        "地区生产总值：2025年在5,770亿元以上（由公布的现价6,000亿元以上折算），目标6,600亿元，是否达到待定。",
        "总部企业增加值占GDP比重：2022年为47.6%，时序进度应到49%，落后1.4个百分点；"
        "到2025年达到55%，此后每年须增加2.5个百分点。",
    ]
    (chart,) = answer["children"][2]["charts"]
    table = [dict(zip(chart["table"]["columns"], row, strict=True)) for row in chart["table"]["rows"]]
    assert [row["kind"] for row in table[:6]] == [2, 1, 0, 1, 2, 1]
    # "over 6000" in prices of 2020; those of 2024 and 2025 follow from the nation's levels and real growth
    series = shipped().series
    published = series("china", "gdp_deflator_growth").table["value"].loc[2021:]
    levels, real = (series("china", name).table["value"] for name in ("gdp", "real_gdp_growth"))
    implied = levels[2025] / levels[2023] / ((1 + real[2024]) * (1 + real[2025]))
    level = 6000 / ((1 + published).prod() * implied)
    assert published.index.max() == 2023
    assert table[0]["value"] == pytest.approx(100 * (level - 4800) / 1800, abs=0.01)


EVERY = {
    "annual": {
        "zh": [
            "能判断进度的指标，有的跟上时序进度，有的落后。",
            "全社会研发支出占GDP比重：2025年为2.1%，已达到目标2%。",
            "数字经济增加值占GDP比重：2025年为9%，时序进度应到10%，落后1.0个百分点。",
            "人均地区生产总值：2022年公布值（36.0万元）与规划基年的人口普查口径不同，不能比较。",
            "与截至2024年相比，新增公布值的指标：地区生产总值、数字经济增加值占GDP比重、"
            "全社会研发支出占GDP比重、国家级高新企业数。",
        ],
        "en": [
            "R&D intensity: 2.1% in 2025; the target of 2% is reached.",
            "Digital economy share of GDP: 9% in 2025, where the straight line is at 10%, "
            "so 1.0\xa0points behind.",
        ],
    },
    "midterm": {
        "zh": [
            "创新载体数量：2023年为300个，时序进度应到320个，落后20个；到2025年达到380个，此后每年须增加40个。",
            "按公布值走势推算：",
            "新增公办义务教育学位到2025年约为7万座，可以达到5.5万座。",
        ],
        "en": [
            "On the trend of the published figures:",
            "Innovation platforms comes to about 346.7 in 2025, short of 380.",
        ],
    },
    "final": {
        "zh": [
            "全社会研发支出占GDP比重（已达目标）：目标2%；2025年公布2.1%。",
            "比目标多0.1个百分点。",
            "数字经济增加值占GDP比重（未达到）：目标10%；2025年公布9%。",
            "比目标少1.0个百分点。",
            "总部企业增加值占GDP比重：目标55%；最近公布值为2022年的47.6%，2025年未公布。",
        ],
        "en": [
            "Digital economy share of GDP (missed): target 10%; 9% is published for 2025.",
            "That is 1.0\xa0points below the target.",
        ],
    },
}


@pytest.mark.parametrize(("view", "lang"), CASES)
def test_every_verdict_is_told(view: str, lang: str, busy: Evidence) -> None:
    page = made(lang, busy, view)
    told = sentences(page.answer().to_dict()) + sentences(page.stages().to_dict())
    for sentence in EVERY[view][lang]:
        assert sentence in told


def test_the_verdicts_in_the_table(busy: Evidence) -> None:
    listed = rows(made("zh", busy, "midterm"), "table")
    assert listed["亿元GDP生产安全事故死亡率（人/亿元）"][2:] == [
        "≤0.01",
        "≤0.007",
        "约束性，当年水平",
        "0.009（2022年）",
        "0.0088（2022年）",
        "0.0075",
        "落后（滞后于预期）",
    ]
    assert listed["每千人托位数（个）"][-4:] == ["3（2023年）", "–", "–", "无法判断：规划未给出基年数"]
    assert listed["新增公办义务教育学位（万座）"][2:5] == ["上一个五年3.7", "5.5", "预期性，五年累计"]
    assert listed["万元GDP能耗累计下降"][-1] == "无法判断：目标值由市下达"
    # growth published for every year since the base comes first
    assert listed["地区生产总值（亿元）"][5].startswith("5,699（2022年）")


def test_a_vintage_before_any_outturn_has_no_chart_and_no_figures() -> None:
    report = of(shipped(), "en", vintage="2021")
    answer = report.answer().to_dict()
    assert "charts" not in [block["type"] for block in answer["children"]]
    assert sentences(report.published().to_dict()) == ["No figure has been published since the base year."]
    assert report.record().to_dict()["inputs"]["vintage"] == "2021"


def test_a_plan_without_other_goals_says_so(tmp_path: Path) -> None:
    shutil.copytree(shipped().project.data, tmp_path / "data")
    for name in ("plan_commitments.csv",):
        file = tmp_path / "data" / name
        file.write_text(file.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    goals = tmp_path / "data" / "plan_goals.csv"
    kept = [
        line
        for line in goals.read_text("utf-8").splitlines()
        if not line.startswith("gdp_") or ",表1," in line
    ]
    goals.write_text("\n".join(kept) + "\n", "utf-8")
    report = of(load_evidence(Project(tmp_path)), "zh")
    assert sentences(report.others().to_dict()) == ["规划在指标表以外没有收录数值目标。"]
    assert disagreements(blocks(report), report.material.results) == []


def test_binding_and_expected_goals_are_told_apart_in_the_words_of_evaluations(busy: Evidence) -> None:
    final = made("zh", shipped(), FINAL).statuses().to_dict()
    (table, likely) = tables([final])
    assert [[printed(cell) for cell in row] for row in table["rows"]] == [
        ["约束性指标", "7", "0", "0", "0", "0", "7", "–"],
        ["预期性指标", "17", "0", "0", "0", "1", "16", "0%"],
        ["合计", "24", "0", "0", "0", "1", "23", "0%"],
    ]
    prospects = {printed(row[0]): printed(row[2]) for row in likely["rows"]}
    assert prospects["2025年总部企业增加值占GDP比重"] == "完成难度较大"
    assert prospects["2035年地区生产总值比2020年翻一番"] == "经努力可以完成"
    assert "没有预警不等于没有风险" in sentences(final)[1]
    midterm = made("zh", busy, "midterm").statuses().to_dict()
    assert sentences(midterm)[1:] == [
        "截至2023年的趋势判断须按当时已公布的数据作出，设定公布截止日期后列出。",
        "预警（滞后、未达到或完成难度较大的约束性指标）：亿元GDP生产安全事故死亡率。",
        "预期性指标中滞后于预期或完成难度较大的：总部企业增加值占GDP比重、创新载体数量。",
    ]
