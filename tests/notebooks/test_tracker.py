"""The goal tracker through real papermill: outturns, rounds, and what moved, in both languages."""

import html
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from nbformat import NotebookNode

from futian_model import TrackerReport, load_evidence, load_scenario
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.project import Project, find_project
from futian_model.report import blocks_of, export, faults, results_of
from futian_model.report.page.binding import disagreements
from futian_model.report.verify import verify
from futian_model.rounds import bind, compare_rounds, opened
from futian_model.scenario import Run

from .conftest import RunNotebook, unnamed

ROOT = find_project(Path(__file__).parent).root
NOTEBOOK = ROOT / "notebooks" / "tracker.ipynb"
SECTIONS = ("cover", "answer", "goals", "editions", "moved")
HEADINGS = {
    "zh": ["结论", "规划目标与实际数", "各版次的预测：地区生产总值（不变价）", "最近两个版次的变化"],
    "en": ["The answer", "Goals and outturns", "What the rounds forecast: Real GDP",
           "What moved between the last two rounds"],
}  # fmt: skip
GROWTH = "futian,real_gdp_growth,2022,3.9,%,constant,,2022-12,futian_14fyp,point,,,\n"


def bound(project: Project, name: str, evidence: Evidence) -> None:
    found = [load_scenario(one, project, evidence=evidence) for one in ("trend_2021", "stagnation")]
    bind(project, name, [replace(one, run=Run(draws=300, seed=1)) for one in found], evidence)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with two rounds, an outturn and a later vintage between them."""
    made = Project(tmp_path_factory.mktemp("tracker") / "project")
    for name in ("data", "params", "notebooks"):
        shutil.copytree(ROOT / name, made.root / name)
    bound(made, "2026", load_evidence(made))
    with (made.data / "observations.csv").open("a", encoding="utf-8") as stream:
        stream.write(GROWTH)
    file = made.params / "plan_2021" / "trend_2021.yaml"
    file.write_text(file.read_text("utf-8").replace('vintage: "2021"', 'vintage: "2022"'), "utf-8")
    bound(made, "2027", load_evidence(made))
    return made


@pytest.fixture(scope="module")
def evidence(project: Project) -> Evidence:
    return load_evidence(project)


@pytest.fixture(scope="module")
def made(project: Project, papermilled: RunNotebook) -> dict[str, NotebookNode]:
    return {lang: papermilled("tracker.ipynb", project.root, lang=lang) for lang in HEADINGS}


@pytest.mark.parametrize("lang", HEADINGS)
def test_the_notebook_makes_the_whole_page(made: dict[str, NotebookNode], lang: str) -> None:
    notebook = made[lang]
    assert faults(notebook) == []
    assert unnamed(notebook) == set()
    blocks = blocks_of(notebook)
    assert [block["heading"] for block in blocks[1:-1]] == HEADINGS[lang]
    page = html.unescape(export(notebook, "html").content.decode())
    assert page.count("<figure") == 2
    assert all(heading in page for heading in HEADINGS[lang])
    assert "load_evidence" not in page


def test_the_parts_are_those_of_the_comparison(made: dict[str, NotebookNode], project: Project) -> None:
    rows = results_of(made["en"])
    told = rows[rows["reading"] == "moved"].set_index(["indicator", "year", "case", "statistic"])["value"]
    a, b = opened(project, "2026"), opened(project, "2027")
    (one,) = compare_rounds(a, b, scenarios=["trend_2021"]).scenarios
    for at, place in enumerate(one.rows):
        key = (place.indicator, place.year)
        assert told[*key, f"of={place.statistic}", "start"] == one.start[at]
        for blocks, part in zip(one.blocks, one.parts, strict=True):
            case = f"of={place.statistic};block={'+'.join(blocks)}"
            size = max(abs(one.start[at]), abs(one.end[at]))  # of nothing the last digits may differ
            assert told[*key, case, "contribution"] == pytest.approx(part[at], rel=1e-9, abs=1e-12 * size)


def test_a_delivered_page_can_be_verified(made: dict[str, NotebookNode], evidence: Evidence) -> None:
    found = verify(export(made["en"], "html").content, "tracker.html", evidence)
    assert found.sound
    assert found.rerun > 100


def report(evidence: Evidence, lang: str = "en", **choice: object) -> TrackerReport:
    return TrackerReport(
        load_scenario("trend_2021", evidence.project, evidence=evidence),
        lang,
        evidence=evidence,
        **choice,
    )


def text_of(made: TrackerReport) -> str:
    content = [getattr(made, name)().to_dict() for name in SECTIONS]
    assert disagreements(content, made.material.results) == []
    return str(content)


@pytest.mark.parametrize(("lang", "told"), [("zh", "尚无存档的预测版次"), ("en", "No round is kept yet")])
def test_without_a_round_it_says_so(evidence: Evidence, lang: str, told: str) -> None:
    text = text_of(report(evidence, lang, rounds=[]))
    assert text.count(told) == 3
    assert "<svg" not in text


def test_one_round_is_scored_and_not_compared(evidence: Evidence) -> None:
    text = text_of(report(evidence, rounds="2026"))
    assert "Only one round is kept" in text
    assert "Scenarios of round 2026 by how close the outturn of 2024 is to their paths" in text


def test_a_share_and_what_cannot_be_drawn(evidence: Evidence) -> None:
    share = text_of(report(evidence, indicator="headquarters_share", rounds="2026, 2027"))
    assert "median headquarters share of GDP" in share
    growth = text_of(report(evidence, "zh", indicator="real_gdp_growth", rounds="2026"))
    assert "地区生产总值增长率：预测与实际" in growth


def test_a_district_without_a_plan(evidence: Evidence) -> None:
    text = text_of(report(replace(evidence, plan_goals=evidence.plan_goals.iloc[:0]), rounds="2026"))
    assert text.count("The data hold no goal of a plan") == 2


def test_an_unknown_round_or_language_is_refused(evidence: Evidence) -> None:
    with pytest.raises(InputError, match="rounds = '2025'; allowed: 2026, 2027"):
        report(evidence, rounds="2025")
    with pytest.raises(InputError, match="language = 'fr'"):
        report(evidence, "fr")
