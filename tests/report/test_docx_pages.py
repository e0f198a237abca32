"""Pages of a Word document as LibreOffice lays them out."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx.oxml.ns import qn
from nbformat import NotebookNode

from futian_model.evidence import Evidence
from futian_model.report import PlanReport, ScenarioReport, export
from futian_model.report.page.blocks import Cover, Prose, Section
from futian_model.report.words.sentences import Sentence
from futian_model.scenario import load_scenario
from futian_model.scorecard import VIEWS

from .conftest import flat
from .word import fields, frame, notebook, opened, spaceless

DRAWS = 2500
"""The fewest that a report does not warn of."""


LaidOut = Callable[[Sequence[NotebookNode]], list[list[str]]]


@pytest.fixture
def laid_out(office: Callable[..., Path], tmp_path: Path) -> LaidOut:
    """Words of every page of every notebook's Word document, without spaces."""

    def laid(notebooks: Sequence[NotebookNode]) -> list[list[str]]:
        files = [tmp_path / f"{at}.docx" for at in range(len(notebooks))]
        for file, written in zip(files, notebooks, strict=True):
            file.write_bytes(export(written, "docx").content)
        saved = office("pdf", *files)
        return [read(saved / file.with_suffix(".pdf").name) for file in files]

    return laid


def read(file: Path) -> list[str]:
    with pypdfium2.PdfDocument(file) as made:
        return [spaceless(page.get_textpage().get_text_range()) for page in made]


def section(heading: str, told: str, *, new_page: bool = False) -> Section:
    return Section("en", heading, [Prose("en", [Sentence(told)])], new_page=new_page)


def last_words(block: dict[str, Any]) -> str:
    """How the last words of a section end."""
    told = [one for one in flat([block]) if one["type"] == "prose"][-1]
    return spaceless(told["sentences"][-1]["text"])[-8:]


def test_the_first_page_of_every_scenario_is_the_answer_alone_and_whole(
    evidence: Evidence, laid_out: LaidOut
) -> None:
    scenarios = sorted(file.stem for file in (evidence.project.root / "params").glob("*.yaml"))
    named = [(name, lang) for name in scenarios for lang in ("zh", "en")]
    assert len(named) >= 16
    answers = []
    for name, lang in named:
        scenario = load_scenario(name, evidence.project, evidence=evidence)
        made = ScenarioReport(scenario, lang, evidence=evidence, draws=DRAWS)
        answers.append((made.cover(), made.answer()))
    following = [
        section(name, "Words.", new_page=name == "Following") for name in ("Following", "Next", "Last")
    ]
    pages = laid_out([notebook(*one, *following) for one in answers])
    for of, (cover, answer), (first, second) in zip(named, answers, pages, strict=True):
        assert spaceless(cover.subtitle) in first, of
        assert last_words(answer.to_dict()) in first, of
        assert "Following" not in first, of
        assert second.count("Following") == 2, of  # among the contents, and over its section


@pytest.mark.thorough
def test_the_first_page_of_every_scorecard_is_the_answer_alone_and_whole(
    evidence: Evidence, laid_out: LaidOut
) -> None:
    made = [
        PlanReport("evidence_trend", lang, evidence=evidence, view=view)
        for view in VIEWS
        for lang in ("zh", "en")
    ]
    pages = laid_out(
        [notebook(one.cover(), one.answer(), one.table(), one.others(), one.method()) for one in made]
    )
    for report, (first, second, *_) in zip(made, pages, strict=True):
        of = (report.material.card.view, report.lang)
        table = spaceless(report.table().to_dict()["heading"])
        assert last_words(report.answer().to_dict()) in first, of
        assert table not in first, of
        # the contents are not alone on their page, whichever way round it lies
        assert second.count(table) == 2, of


def test_contents_stand_before_a_page_on_its_side_and_need_none_of_their_own(laid_out: LaidOut) -> None:
    opening = [Cover("en", "Title", "Kind", "", []), section("First", "Short.")]
    turned = notebook(*opening, "## Second", frame(30), "## Third", "## Fourth")
    bare = notebook(*opening[1:], "## Second", frame(30), "## Third", "## Fourth")
    covered, uncovered = laid_out([turned, bare])
    assert "Contents" not in covered[0]  # which is the answer's
    assert "Contents" in covered[1]
    assert covered[1].count("Second") == 2
    assert "目录" in uncovered[0]
    assert "Second" in uncovered[1]
    word = opened(export(turned, "docx").content)
    (contents,) = word.element.body.iter(qn("w:sdt"))
    assert fields(contents)
    assert [one.page_width > one.page_height for one in word.sections] == [False, True, False]


def test_contents_begin_a_page_after_a_cover_and_where_what_follows_would() -> None:
    def begins(*blocks: Cover | Section) -> list[str]:
        body = opened(export(notebook(*blocks), "docx").content).element.body
        broken = [one for one in body.iter(qn("w:p")) if one.pPr.find(qn("w:pageBreakBefore")) is not None]
        return ["".join(one.itertext(qn("w:t"))) for one in broken]

    cover, rest = Cover("en", "Title", "Kind", "", []), [section("Third", "c"), section("Fourth", "d")]
    first, second = section("First", "a"), section("Second", "b")
    assert begins(cover, first, second, *rest) == ["Contents"]
    assert begins(first, second, *rest) == []
    # without a cover a notebook is taken to be Chinese
    assert begins(first, section("Second", "b", new_page=True), *rest) == ["目录"]
    assert begins(first, second, section("Third", "c", new_page=True)) == ["Third"]
