"""The table behind a chart, where its rows lie, and the sentences that bind its words."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html as lxml

from futian_model.report import ScenarioReport
from futian_model.report.page import display
from futian_model.report.page.binding import disagreements
from futian_model.report.page.chart_data import READERS, chart_data
from futian_model.report.words.numbers import RULES

from .conftest import SECTIONS, Report


def charts(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if block["type"] == "charts":
        yield block
    for child in block.get("children", []):
        yield from charts(child)


@pytest.fixture(scope="module", params=["zh", "en"])
def made(report: Report, request: pytest.FixtureRequest) -> ScenarioReport:
    return report("plan_targets", request.param)


@pytest.fixture(scope="module")
def blocks(made: ScenarioReport) -> list[dict[str, Any]]:
    """The report's charts."""
    return [one for name in SECTIONS for one in charts(getattr(made, name)().to_dict())]


def test_a_fan_s_table_has_a_row_a_year_with_the_figures_of_the_results(
    made: ScenarioReport, blocks: list[dict[str, Any]]
) -> None:
    lang, results = made.lang, made.material.results
    for block in blocks:
        for chart in block["charts"]:
            if chart["kind"] != "fan":
                continue
            data = chart_data(chart, lang)
            assert [len(row) for row in data.rows] == [len(data.heads)] * len(data.rows)
            assert [row[0] for row in data.rows] == sorted(row[0] for row in data.rows)
            by_head = {row[0]: dict(zip(data.heads, row, strict=True)) for row in data.rows}
            central = chart["names"]["central"]
            told = results[results["statistic"] == "central"]
            indicator = {
                "gdp": "real_gdp",
                "per_capita": "real_gdp_per_capita",
                "share": "headquarters_share",
                "growth_coarse": "real_gdp_growth",
            }[chart["rule"]]
            if central != {"zh": "本情景", "en": "This scenario"}[lang]:
                continue  # the median of the other reading
            told = told[(told["indicator"] == indicator) & (told["reading"] == "given_scenario")]
            bare = "share" if chart["rule"] == "share" else f"{chart['rule']}_bare"
            for year, value in zip(told["year"], told["value"], strict=True):
                assert by_head[str(year)][central] == RULES[bare][lang](value)


def test_every_row_has_its_place_within_the_picture(
    made: ScenarioReport, blocks: list[dict[str, Any]]
) -> None:
    for block in blocks:
        for chart in block["charts"]:
            data = chart_data(chart, made.lang)
            places = [place for ground in data.grounds for place in ground["at"]]
            assert len(places) == len(data.rows)
            for ground in data.grounds:
                left, top, right, bottom = ground["box"]
                assert 0 <= left < right <= 100
                assert 0 <= top < bottom <= 100
                if ground["along"] == "x":
                    assert ground["at"] == sorted(ground["at"])
                    assert left <= ground["at"][0] <= ground["at"][-1] <= right


def test_a_page_carries_the_table_and_the_places(made: ScenarioReport, blocks: list[dict[str, Any]]) -> None:
    (block, *_) = blocks
    figure = lxml.fromstring(str(display.fragment(block))).xpath("//figure")[0]
    data = chart_data(block["charts"][0], made.lang)
    assert [head.text for head in figure.xpath(".//thead//th")] == data.heads
    rows = [[cell.text or "" for cell in row] for row in figure.xpath(".//tbody/tr")]
    assert rows == data.rows
    assert figure.get("data-unit") == data.unit
    assert len(figure.xpath(".//details[not(@open)]")) == 1


def test_headline_and_description_are_the_sentences_their_numbers_stand_in(
    made: ScenarioReport, blocks: list[dict[str, Any]]
) -> None:
    results, sound = made.material.results, blocks
    assert disagreements(sound, results) == []
    for key in ("title", "alt"):
        for block in sound:
            broken = copy.deepcopy(block)
            broken["charts"][0][key] += "！"
            (fault,) = disagreements([broken], results)
            assert "a chart says" in fault
    for block in sound:
        for alt in block["alts"]:
            assert len(alt["numbers"]) >= 4
            assert any(number["key"] for number in alt["numbers"])


def test_every_kind_of_chart_that_reports_draw_can_be_read() -> None:
    assert set(READERS) == {
        "fan",
        "paths",
        "coverage",
        "lines",
        "plane",
        "pit",
        "dots",
        "ranges",
        "waterfall",
        "tornado",
    }
