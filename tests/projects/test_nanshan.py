"""The worked example: Nanshan from what is held of it, reported with no line of code changed."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from laid_out import ROOT, rows, strangers
from lxml import html

from futian_model import cli
from futian_model.evidence import load_evidence
from futian_model.project import Project
from futian_model.report import (
    CompareReport,
    PlanReport,
    SensitivityReport,
    TargetReport,
)
from futian_model.scenario import builtin_scenarios, load_scenario

EXAMPLE = ROOT / "examples" / "nanshan"
SCENARIO = "city_vision"
MISSING = {
    "zh": (
        "没有收录南山区的规划目标",
        "没有收录南山区2023年的人口（最近的是2019年），因此不计算人口和人均地区生产总值。",
        "“总部企业增加值占GDP比重”等各项占比，南山区收录的均不足3个数",
    ),
    "en": (
        "The data hold no goals of a plan for Nanshan",
        "The data hold no population of Nanshan for 2023 (the latest is of 2019), so population and GDP",
        "The data hold fewer than 3 figures of “headquarters share of GDP” and of every other share of GDP",
    ),
}

LATEST = {
    "zh": "南山区最近公布的地区生产总值是2025年的",
    "en": "in 2025 at current prices, the latest figure published.",
}


@pytest.fixture(scope="module")
def nanshan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Laid out, the example's scenarios added, one of them run in both languages."""
    folder = tmp_path_factory.mktemp("nanshan") / "nanshan"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        assert cli.main(["init", str(folder), "--district", "nanshan"]) == 0
        for file in (EXAMPLE / "params").glob("*.yaml"):
            shutil.copy(file, folder / "params")
        patch.chdir(folder)
        assert cli.main(["run", SCENARIO, "--draws", "50"]) == 0
        yield folder


def words(folder: Path, lang: str, report: str = SCENARIO) -> str:
    """What a reader of a report sees, without the data that it carries."""
    page = html.parse(folder / "outputs" / report / f"{report}.{lang}.html").getroot()
    for element in list(page.iter("script", "style")):
        element.drop_tree()
    return " ".join(page.body.text_content().split())


def test_every_figure_that_is_held_of_it_comes_along_with_its_source(nanshan: Path) -> None:
    own = [row for row in rows(nanshan, "observations") if row["geo"] == "nanshan"]
    assert own == [row for row in rows(ROOT, "observations") if row["geo"] == "nanshan"]
    assert len(own) == 48
    cited = {row["source"] for row in own}
    assert [row for row in rows(nanshan, "sources") if row["source"] in cited] == [
        row for row in rows(ROOT, "sources") if row["source"] in cited
    ]


def test_no_goal_is_invented_and_nothing_of_the_other_district_is_left(nanshan: Path) -> None:
    assert {row["geo"] for row in rows(nanshan, "plan_goals")} == {"china", "shenzhen"}
    assert strangers(nanshan) == []


def test_every_scenario_is_sound_and_check_says_what_is_missing(
    nanshan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = [path.stem for path in builtin_scenarios(Project(nanshan))]
    assert {path.stem for path in (EXAMPLE / "params").glob("*.yaml")} < set(ids)
    assert cli.main(["check"]) == 0
    told = capsys.readouterr().out
    assert all(sentence in told for sentence in MISSING["en"])
    assert all(f"\n{name}  " in told for name in ids)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_says_plainly_what_is_missing(nanshan: Path, lang: str) -> None:
    told = words(nanshan, lang)
    assert all(sentence in told for sentence in MISSING[lang])
    assert LATEST[lang] in told
    # what is held and what is not stands once for all scenarios, in the evidence report
    annex = words(nanshan, lang, "evidence")
    held = {"zh": "2013–2015年、2018年、2020–2023年、2025年", "en": "2013–2015; 2018; 2020–2023; 2025"}
    absent = {"zh": "2016–2017年、2019年、2024年", "en": "2016–2017; 2019; 2024"}
    none = {"zh": "完全没有收录的指标：人口普查常住人口", "en": "No figure at all of: Census population"}
    assert held[lang] in annex
    assert absent[lang] in annex
    assert none[lang] in annex
    bound = {"zh": "2025年（下限）", "en": "2025 (a bound)"}
    assert bound[lang] in annex


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_is_about_nanshan_and_leaves_nothing_half_said(nanshan: Path, lang: str) -> None:
    told, annex = words(nanshan, lang), words(nanshan, lang, "evidence")
    title = {"zh": "南山区情景分析：假设推演，不是预测", "en": "Nanshan: a scenario, what would follow"}
    assert told.startswith(title[lang])
    for text in (told, annex):
        assert not re.search("福田|Futian", text)
        assert not re.search(r"nan\b|None|[；;:：，,] ?[。.](?!\d)", text)
    assert (
        told.count({"zh": "没有收录规划目标，不作判断。", "en": "so there is nothing to judge."}[lang]) == 2
    )


def test_the_results_start_from_the_published_gdp_and_hold_nothing_per_head(nanshan: Path) -> None:
    table = pd.read_csv(nanshan / "outputs" / SCENARIO / "results.csv")
    central = table[(table["reading"] == "given_scenario") & (table["statistic"] == "central")]
    growth = {"real_gdp_growth", "nominal_gdp_growth", "gdp_deflator_growth"}
    assert set(central["indicator"]) == {"real_gdp", "nominal_gdp", "deflator"} | growth
    real = central[central["indicator"] == "real_gdp"].set_index("year")["value"]
    assert real.loc[2023] == 8566
    # Shenzhen's vision doubles its GDP over fifteen years; Nanshan's own lead comes on top
    assert real.loc[2035] > real.loc[2023] * 2 ** (12 / 15)
    assert (nanshan / "outputs" / "index.html").is_file()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_other_report_speaks_of_a_district_without_goals(nanshan: Path, lang: str) -> None:
    project = Project(nanshan)
    evidence = load_evidence(project)
    trend, other = (load_scenario(name, project, evidence=evidence) for name in ("evidence_trend", SCENARIO))
    compared = CompareReport([trend, other], lang, evidence=evidence, draws=50)
    takes = TargetReport(trend, lang, evidence=evidence)
    plan = PlanReport(trend, lang, evidence=evidence)
    moves = SensitivityReport(trend, lang, evidence=evidence, draws=50)
    made = [
        *(compared.answer(), compared.paths(), compared.goals(), compared.why(), compared.chances()),
        *(moves.answer(), moves.goals()),
        *(takes.need(), takes.answer(), takes.levers()),
        *(block for name in PlanReport.sections() if (block := getattr(plan, name)()) is not None),
    ]
    told = " ".join(str(block.to_dict()) for block in made)
    assert not re.search("福田|Futian", told)
    assert {"zh": "没有收录规划目标，不作判断。", "en": "The data hold no goals of a plan"}[lang] in told


def test_the_headquarters_notebook_says_that_there_is_no_share(nanshan: Path) -> None:
    from futian_model.errors import InputError
    from futian_model.report import HeadquartersReport

    project = Project(nanshan)
    with pytest.raises(InputError, match=r"levers\.firms, groups behind a share") as raised:
        HeadquartersReport(load_scenario("evidence_trend", project), "zh", evidence=load_evidence(project))
    # a notebook prints the fault and no way to it
    assert raised.value._render_traceback_() == [str(raised.value)]
