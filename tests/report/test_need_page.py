"""Need and possibility on one sheet: whole on the first page, every number bound, in both languages."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from futian_model.backtest.promises import BAR
from futian_model.evidence import Evidence
from futian_model.report import TargetReport, export
from futian_model.report.page.binding import disagreements, numbers
from futian_model.report.page.dictionary import dictionary
from futian_model.scenario import load_scenario
from futian_model.targets.needs import LINES

from .conftest import flat, texts
from .paper import bare, printed
from .word import notebook, spaceless

LANGS = ("zh", "en")


@pytest.fixture(scope="module")
def reports(evidence: Evidence) -> dict[str, TargetReport]:
    loaded = load_scenario("evidence_trend", evidence.project, evidence=evidence)
    return {lang: TargetReport(loaded, lang, evidence=evidence) for lang in LANGS}


def whole(report: TargetReport) -> list[str]:
    """Every text of the section, in order."""
    return [text for block in flat([report.need().to_dict()]) for text in texts(block) if text]


@pytest.mark.parametrize("lang", LANGS)
def test_the_first_printed_page_holds_all_of_it_and_nothing_else(
    reports: dict[str, TargetReport], lang: str
) -> None:
    report = reports[lang]
    made = printed(notebook(report.cover(), report.need(), report.answer(), report.levers()))
    told = [bare(text) for text in whole(report)]
    assert len(told) > 80
    assert [text for text in told if text not in made.body[0]] == []
    following = report.answer().to_dict()["children"][0]["sentences"][0]["text"]
    assert bare(following) not in made.body[0]


def test_so_does_the_first_page_of_the_word_file(
    reports: dict[str, TargetReport], office: Callable[..., Path], tmp_path: Path
) -> None:
    files = []
    for lang, report in reports.items():
        files.append(tmp_path / f"{lang}.docx")
        made = notebook(report.cover(), report.need(), report.answer(), report.levers())
        files[-1].write_bytes(export(made, "docx").content)
    saved = office("pdf", *files)
    for lang, report in reports.items():
        with pypdfium2.PdfDocument(saved / f"{lang}.pdf") as file:
            first = spaceless(file[0].get_textpage().get_text_range())
        assert [text for text in whole(report) if spaceless(text) not in first] == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_number_is_that_of_its_row(reports: dict[str, TargetReport], lang: str) -> None:
    report = reports[lang]
    content = [report.need().to_dict()]
    assert disagreements(content, report.material.results) == []
    keyed = [number for number in numbers(content) if number["key"] is not None]
    # what is not a row is a year, some years, the chance that a line is drawn at, or the bar of the record
    others = [number for number in numbers(content) if number["key"] is None]
    assert len(keyed) > 60
    assert {number["rule"] for number in others} == {"year", "percent", "count"}
    assert {number["value"] for number in others if number["rule"] == "percent"} == {
        *LINES.values(),
        *BAR,
    }


def test_both_languages_say_the_same_numbers(reports: dict[str, TargetReport]) -> None:
    said = [
        sorted(str(number["key"]) for number in numbers([one.need().to_dict()])) for one in reports.values()
    ]
    assert said[0] == said[1]


def test_every_code_of_the_results_has_a_name(reports: dict[str, TargetReport]) -> None:
    made = reports["zh"].record()
    told = dictionary(made.results, made.names)
    assert told[(told[["name_zh", "name_en"]] == "").any(axis=1)].values.tolist() == []


def test_the_sentence_to_quote_names_the_three_lines(reports: dict[str, TargetReport]) -> None:
    quoted = next(text for text in whole(reports["zh"]) if text.startswith("可直接引用"))
    material = reports["zh"].material
    for line in LINES:
        assert material.possible("futian", 2026, line).text("zh") in quoted
    assert material.level(2030, "active").text("zh") in quoted


def test_a_class_whose_targets_were_not_met_as_often_as_said_is_named_beside_its_share(
    reports: dict[str, TargetReport],
) -> None:
    (caution,) = (text for text in whole(reports["en"]) if text.startswith("Record: of 70%"))
    # five of fifteen five-year targets of the project's own series
    assert "73.1% over 1 year, 33.3% (set too high) over 5 years" in caution
    outside = next(text for text in whole(reports["en"]) if text.startswith("Outside the bar"))
    assert "fast-growing economies 59.1% (set too high) over 5 years" in outside
    assert "provinces of China 84.6% (set too low) over 1 year" in outside
    material = reports["en"].material
    rows = material.promises
    rows = rows[~rows["met"].between(*BAR) & (rows["independent"] > 1) & rows["horizon"].isin([1, 5, 10])]
    assert sum(text.count("(set too") for text in (caution, outside)) == len(
        rows[~rows["panel"].str.startswith("own_")]
    )


def test_a_need_lies_where_the_lines_put_it(reports: dict[str, TargetReport]) -> None:
    from futian_model.report.pages.targets.need import lies

    material = reports["zh"].material
    own = material.possibility[0][-1]
    low, middle, high = sorted(material.possible(own.geo, own.year, line).value for line in LINES)
    for needed, told in (
        (low - 0.01, "低于稳妥线"),
        ((low + middle) / 2, "介于稳妥线与积极线之间"),
        ((middle + high) / 2, "介于积极线与挑战线之间"),
        (high + 0.01, "高于挑战线"),
    ):
        assert lies(material, own, needed).text == told
    assert lies(material, own, material.possible(own.geo, own.year, "active").value).text == "约在积极线上"


def test_a_scenario_whose_years_are_over_says_so(evidence: Evidence, tmp_path: Path) -> None:
    file = tmp_path / "over.yaml"
    file.write_text(
        "id: over\ntitle: {zh: 完, en: Over}\ndescription: {zh: 到2025年。, en: To 2025.}\n"
        "extends: evidence_trend\nassumptions: {horizon: 2026}\n",
        "utf-8",
    )
    report = TargetReport(load_scenario(file, evidence.project, evidence=evidence), "en", evidence=evidence)
    told = whole(report)
    assert "Futian has no goal to count back from for 2026; the table gives what is possible alone." in told
