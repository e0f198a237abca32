"""The plan's notebook through real papermill: goals, rounds and arithmetic, in both languages."""

import html
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import papermill
import pytest
from nbformat import NotebookNode

from futian_model import PlanReport, arithmetic, load_evidence, load_scenario, simulate
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.project import Project, find_project
from futian_model.report import blocks_of, export, faults, inputs_of, results_of
from futian_model.report.page.binding import disagreements
from futian_model.report.verify import verify
from futian_model.rounds import bind, compare_rounds, opened
from futian_model.scenario import Run
from futian_model.scorecard import card

from .conftest import RunNotebook, unnamed

ROOT = find_project(Path(__file__).parent).root
NOTEBOOK = ROOT / "notebooks" / "plan.ipynb"
EVIDENCE = load_evidence(Project(ROOT))
TITLES = {
    "annual": "福田区规划执行情况：年度监测",
    "midterm": "Futian: how the plan stands, mid-term evaluation",
}
HEADINGS = {
    "zh": [
        *(
            "结论",
            "2025年：年度计划完成情况",
            "逐年监测与中期评估",
            "按评估用语：约束性与预期性指标",
            "规划指标表：逐项对照",
            "规划的其他数值目标",
        ),
        *("规划通过以来实现把握的变化", "规划目标进展跟踪", "各版次的预测：地区生产总值（不变价）"),
        *("最近两个版次的变化", "规划目标内在一致性测算"),
        *(
            "人口走势决定哪个目标更难",
            "占比目标：部分与其余",
            "规划对以往情况的表述与重算",
            "公布值",
            "由季度数看全年：以往检验",
            "判断方法",
        ),
    ],
    "en": [
        *("The answer", "2025: how far the annual plan is fulfilled"),
        "Annual monitoring and mid-term evaluation, year by year",
        "In the words of evaluations: binding and expected goals",
        *("The plan's table, indicator by indicator", "The plan's other numeric goals"),
        *("How the chances have moved since the plan was adopted", "Progress toward the plan's goals"),
        *("What the rounds forecast: Real GDP", "What moved between the last two rounds"),
        "Do the plan's goals fit together?",
        *("Population decides which goal is harder", "Share goals: the part and the rest"),
        *("What the plan says of the past, computed again", "Figures published so far"),
        *("The year told from its first quarters: the record", "How it is judged"),
    ],
}
GROWTH = "futian,real_gdp_growth,2022,3.9,%,constant,,2022-12,futian_14fyp,point,,,\n"
IMPLIED = ("consistency", "population", "shares", "claims")
RECORD = ("course", "editions", "changes")


def bound(project: Project, name: str, evidence: Evidence) -> None:
    loaded = [
        load_scenario(scenario, project, evidence=evidence) for scenario in ("trend_2021", "stagnation")
    ]
    bind(project, name, [replace(scenario, run=Run(draws=300, seed=1)) for scenario in loaded], evidence)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with two rounds, an outturn and a later vintage between them."""
    copied = Project(tmp_path_factory.mktemp("plan") / "project")
    for name in ("data", "params", "notebooks"):
        shutil.copytree(ROOT / name, copied.root / name)
    bound(copied, "2026", load_evidence(copied))
    with (copied.data / "observations.csv").open("a", encoding="utf-8") as stream:
        stream.write(GROWTH)
    file = copied.params / "plan_2021" / "trend_2021.yaml"
    file.write_text(file.read_text("utf-8").replace('vintage: "2021"', 'vintage: "2022"'), "utf-8")
    bound(copied, "2027", load_evidence(copied))
    return copied


@pytest.fixture(scope="module")
def evidence(project: Project) -> Evidence:
    return load_evidence(project)


@pytest.fixture(scope="module")
def pages(project: Project, papermilled: RunNotebook) -> dict[str, NotebookNode]:
    return {
        lang: papermilled("plan.ipynb", project.root, lang=lang, scenario="trend_2021") for lang in HEADINGS
    }


@pytest.mark.parametrize("lang", HEADINGS)
def test_the_notebook_makes_the_whole_page(
    pages: dict[str, NotebookNode], lang: str, evidence: Evidence
) -> None:
    notebook = pages[lang]
    assert faults(notebook) == []
    assert unnamed(notebook) == set()
    blocks = blocks_of(notebook)
    assert [block["heading"] for block in blocks[1:-1]] == HEADINGS[lang]
    content = export(notebook, "html").content
    page = html.unescape(content.decode())
    assert page.count("<figure") == 5
    assert "load_evidence" not in page
    for standing in card(evidence).table:
        assert evidence.name(standing.goal.name, lang) in page
    checked = verify(content, "plan.html", evidence)
    assert checked.sound, checked
    assert checked.rerun > 400


def test_the_parts_are_those_of_the_comparison(pages: dict[str, NotebookNode], project: Project) -> None:
    rows = results_of(pages["en"])
    told = rows[rows["reading"] == "moved"].set_index(["indicator", "year", "case", "statistic"])["value"]
    a, b = opened(project, "2026"), opened(project, "2027")
    (change,) = compare_rounds(a, b, scenarios=["trend_2021"]).scenarios
    for at, place in enumerate(change.rows):
        key = (place.indicator, place.year)
        assert told[*key, f"of={place.statistic}", "start"] == change.start[at]
        for blocks, part in zip(change.blocks, change.parts, strict=True):
            case = f"of={place.statistic};block={'+'.join(blocks)}"
            size = max(abs(change.start[at]), abs(change.end[at]))  # of nothing the last digits may differ
            assert told[*key, case, "contribution"] == pytest.approx(part[at], rel=1e-9, abs=1e-12 * size)


@pytest.mark.parametrize("lang", HEADINGS)
def test_the_page_prints_what_the_plan_implies(
    pages: dict[str, NotebookNode], lang: str, evidence: Evidence
) -> None:
    rows = results_of(pages[lang])
    table = rows[rows["reading"] == "plan"].set_index(["indicator", "year", "case", "statistic"])["value"]
    page = export(pages[lang], "html").content.decode()
    asked = arithmetic.requirements(evidence)
    growth = {(required.goal, "growth"): required.growth for required in asked}
    growth |= {(stage.later.goal, "growth_after"): stage.growth for stage in arithmetic.stages(asked)}
    last = arithmetic.pairs(asked)[-1]
    trend = load_scenario("trend_2021", evidence.project, evidence=evidence)
    people = simulate(trend, evidence, draws=1).central["average_population"]
    needed = last.needed(last.through("scenario", people[0], people[-1]))
    assert table[last.per_head.goal.name, last.year, "path=scenario", "needed"] == needed
    for (goal, statistic), value in growth.items():
        assert table[goal.name, goal.year, "", statistic] == value
    for value in (*growth.values(), needed):
        assert f"{100 * value:.2f}%" in page


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("view", "lang", "annual", "more"),
    [
        ("annual", "zh", "2016Q1-Q3", {}),
        ("midterm", "en", None, {"as_of": 2022, "vintage": "2023-06"}),
    ],
)
def test_every_stage_is_run_and_made_again(
    run_notebook: RunNotebook, view: str, lang: str, annual: str | None, more: dict[str, Any]
) -> None:
    notebook = run_notebook("plan.ipynb", lang=lang, view=view, annual=annual, **more)
    expected = card(EVIDENCE, view, **more)
    assert blocks_of(notebook)[0]["title"] == TITLES[view]
    asked = inputs_of(notebook)
    names = ("view", "as_of", "vintage", "annual")
    assert [asked[name] for name in names] == [view, expected.as_of, expected.vintage, annual]
    checked = verify(export(notebook, "html").content, "plan.html", EVIDENCE)
    assert checked.sound, checked
    assert checked.rerun > 150


def test_papermill_reads_the_parameters_with_their_help() -> None:
    parameters = papermill.inspect_notebook(str(NOTEBOOK))
    kinds = {name: parameter["inferred_type_name"] for name, parameter in parameters.items()}
    texts = ("scenario", "lang", "view", "vintage", "indicator", "rounds", "annual")
    assert kinds == dict.fromkeys(texts, "str") | {"as_of": "int"}
    assert all(parameter["help"] for parameter in parameters.values())


def report(
    evidence: Evidence, lang: str = "en", scenario: str | Path = "trend_2021", **choice: Any
) -> PlanReport:
    loaded = load_scenario(scenario, evidence.project, evidence=evidence)
    return PlanReport(loaded, lang, evidence=evidence, **choice)


def text_of(page: PlanReport, *sections: str) -> str:
    blocks = [getattr(page, name)() for name in sections]
    content = [block.to_dict() for block in blocks if block is not None]
    assert disagreements(content, page.material.results) == []
    return str(content)


@pytest.mark.parametrize(("lang", "told"), [("zh", "尚无存档的预测版次"), ("en", "No round is kept yet")])
def test_without_a_round_it_says_so_once(evidence: Evidence, lang: str, told: str) -> None:
    text = text_of(report(evidence, lang, rounds=[]), *RECORD)
    assert text.count(told) == 1
    assert "<svg" not in text


def test_one_round_is_scored_and_not_compared(evidence: Evidence) -> None:
    text = text_of(report(evidence, rounds="2026"), *RECORD)
    assert "Only one round is kept" in text
    assert "Scenarios of round 2026 by how close the outturn of 2024 is to their paths" in text


def test_a_share_and_what_cannot_be_drawn(evidence: Evidence) -> None:
    share = text_of(report(evidence, indicator="headquarters_share", rounds="2026, 2027"), *RECORD)
    assert "median headquarters share of GDP" in share
    growth = text_of(report(evidence, "zh", indicator="real_gdp_growth", rounds="2026"), *RECORD)
    assert "地区生产总值增长率：预测与实际" in growth


def test_an_outturn_published_after_the_vintage_plays_no_part(evidence: Evidence) -> None:
    assert "(2024)" in text_of(report(evidence), "course")
    early = report(evidence, vintage="2023-06")
    assert "(2022)" in text_of(early, "course")
    assert "(2024)" not in text_of(early, "answer", "table", "others", "course")
    # the same course from the same figures: what each year left must bring
    (required,) = {
        float(rows["value"].iloc[0])
        for reading in ("outturns", "scorecard")
        if len(
            rows := early.material.results.query(
                "reading == @reading and indicator == 'gdp_2025' and statistic == 'required'"
            )
        )
    }
    assert required == pytest.approx((6600 / 5180.0) ** (1 / 3) - 1, abs=1e-3)


def test_a_district_without_a_plan(evidence: Evidence) -> None:
    bare = replace(evidence, plan_goals=evidence.plan_goals.iloc[:0])
    page = report(bare, rounds="2026")
    names = [*PlanReport.sections()[1:]]
    text = text_of(page, *names)
    assert text.count("The data hold no goals of a plan") == 2
    assert "Scenarios of round 2026" in text
    with pytest.raises(InputError, match="the rows of the plan's table"):
        report(bare, view="annual")


def test_an_unknown_round_or_language_is_refused(evidence: Evidence) -> None:
    with pytest.raises(InputError, match="rounds = '2025'; allowed: 2026, 2027"):
        report(evidence, rounds="2025")
    with pytest.raises(InputError, match="language = 'fr'"):
        report(evidence, "fr")


def test_every_result_is_a_row_of_its_own(evidence: Evidence) -> None:
    keys = report(evidence).material.results[["reading", "indicator", "case", "year", "statistic"]]
    assert not keys.duplicated().any()


def test_every_population_of_the_plan_meets_both_goals_alike_where_it_is_the_plans_own() -> None:
    told = text_of(report(EVIDENCE, scenario="plan_targets"), *IMPLIED)
    assert "RMB\\xa0960.0\\xa0bn" in told
    assert "the second requires GDP growth of 4.73% a year and the first 4.73%" in told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_scenario_that_ends_before_the_goals_leaves_its_own_path_out(tmp_path: Path, lang: str) -> None:
    file = tmp_path / "short.yaml"
    file.write_text(
        "id: short\ntitle: {zh: 短, en: Short}\ndescription: {zh: 到2024年。, en: To 2024.}\n"
        "extends: trend_2021\nassumptions: {horizon: 2024}\n",
        "utf-8",
    )
    page = report(EVIDENCE, lang, file)
    assert "6.58%" in text_of(page, *IMPLIED)
    assert not page.material.results["case"].eq("path=scenario").any()


def test_the_claims_are_told_with_their_verdicts() -> None:
    (_, table) = report(EVIDENCE).claims().to_dict()["children"]
    verdicts = [row[2] for row in table["rows"]]
    assert verdicts == ["different prices, not comparable"] * 2 + ["consistent"] * 3


@pytest.mark.parametrize(
    ("lang", "printed"),
    [
        (
            "zh",
            [
                "2,590亿元",
                "72.6%–72.8%",
                "低于时序进度（75.0%）2.2个百分点",
                "四季度增速不低于7.6%",
                "实现把握约两成",
            ],
        ),
        ("en", ["RMB\\xa0259.0\\xa0bn", "72.6%–72.8%", "2.2\\xa0points behind", "about two in ten"]),
    ],
)
def test_the_year_after_three_quarters(lang: str, printed: list[str]) -> None:
    text = text_of(report(EVIDENCE, lang, annual="2016Q1-Q3"), "year", "foresight")
    for part in printed:
        assert part in text, part
    assert text.count("<svg") >= 1


def test_the_year_says_what_is_not_held(evidence: Evidence) -> None:
    """A year without targets, one without figures, a target without an amount, and nothing at all."""
    assert "No target of 2024 is held for Futian" in text_of(report(EVIDENCE, annual="2024"), "year")
    settled = text_of(report(EVIDENCE), "year")
    assert "which meets the annual target" in settled
    assert "Cumulative figures not held: first quarter" in settled
    assert "Even pace" not in settled  # growth has none
    assert (
        "GDP, first half: growth of 7.9% against an annual target of about 5.5%" in settled
    )  # a chart's title
    assert settled.count("<svg") == 1
    assert "Neither a target of 1995" in text_of(report(EVIDENCE, annual="1995"), "year")
    target = EVIDENCE.annual_plan.iloc[[0]].assign(year=2026, unit_responsible="统计局", attribute="binding")
    planned = replace(EVIDENCE, annual_plan=pd.concat([EVIDENCE.annual_plan, target], ignore_index=True))
    text = text_of(report(planned, "zh"), "year")
    assert "没有收录福田区2026年的季度累计数" in text
    assert "责任单位" in text
    bare = report(replace(EVIDENCE, annual_record=EVIDENCE.annual_record[:0]))
    assert bare.foresight() is None
    with pytest.raises(InputError, match="annual = '2016Q2'; allowed: a year such as 2025"):
        report(EVIDENCE, annual="2016Q2")


def test_the_year_sees_what_was_published_by_a_vintage() -> None:
    early = report(EVIDENCE, annual="2016", vintage="2016-07", view="annual")
    assert (early.material.year.quarters, early.material.year.targets[0].low) == (2, 3560)
