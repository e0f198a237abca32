"""Sheets of a workbook: their names, words, charts and pictures, and how they are set up."""

import base64
import io
import re
import zipfile
from xml.etree import ElementTree

import openpyxl
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook

from futian_model.charts.theme import TINTS
from futian_model.report import blocks_of, export
from futian_model.report.words.sentences import words
from futian_model.report.writers import xlsx

from ..conftest import Report
from .conftest import HOSTILE, PIXEL, blocks, every_cell, groups, parts, sheet_of


def test_an_analysts_table_text_and_pictures_come_along(book: Workbook, content: bytes) -> None:
    table = next(sheet for sheet in book.worksheets if sheet["A1"].value == "街道")
    assert [table.cell(row, 1).value.strip() for row in range(2, 2 + len(HOSTILE))] == [
        one.strip() for one in HOSTILE
    ]
    assert [table.cell(row, 2).value for row in range(2, 2 + len(HOSTILE))] == [0.25] * len(HOSTILE)
    assert table["C2"].value == "007"
    text = [row[0].value for row in book[words("zh")["workbook_text"]].iter_rows()]
    assert "我的补充" in text
    assert "要点是外链 (https://example.com)" in text
    assert "• =1+1" in text
    assert "=1+1" in text
    assert "坏图" in text
    drawn = "".join(parts(content, "drawings/drawing"))
    for alt in ("街道图", "示意图"):
        assert f'descr="{alt}"' in drawn
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        pictures = [opened.read(name) for name in opened.namelist() if "/media/" in name]
    assert base64.b64decode(PIXEL) in pictures
    assert all(one.startswith(b"\x89PNG") for one in pictures)
    assert len(pictures) == 2
    assert "secret()" not in "".join(str(cell.value) for _, cell in every_cell(book))


NARROW = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}


def test_every_chart_is_native_described_and_drawn_from_cells(
    source: NotebookNode, book: Workbook, content: bytes
) -> None:
    wanted = [chart for block in blocks(blocks_of(source), "charts") for chart in block["charts"]]
    charts = parts(content, "charts/chart")
    assert len(charts) > len(wanted) > 4  # the answer's stands on the first sheet too
    drawn = "".join(parts(content, "drawings/drawing"))
    for chart in wanted:
        assert f'descr="{chart["alt"]}"' in drawn
        assert any(chart["title"] in one for one in charts)
    for chart in charts:
        tree = ElementTree.fromstring(chart)
        formulas = [one.text for one in tree.iter(f"{{{NARROW['c']}}}f")]
        assert len(formulas) > 3
        for formula in formulas:
            name, cells = re.fullmatch(r"'?(.+?)'?!(.+)", str(formula)).groups()
            left, top, right, bottom = range_boundaries(cells)
            told = [cell.value for row in book[name].iter_rows(top, bottom, left, right) for cell in row]
            assert any(one is not None for one in told), formula
        assert 'typeface="Microsoft YaHei"' in chart


def test_a_fan_is_stacked_from_the_bands(source: NotebookNode, book: Workbook, content: bytes) -> None:
    fans = [one for one in parts(content, "charts/chart") if "<c:areaChart>" in one]
    charts = [one for block in blocks(blocks_of(source), "charts") for one in block["charts"]]
    wanted = [one for one in charts if one["kind"] == "fan"]
    assert len(fans) >= len(wanted) > 1
    for one in wanted:
        assert any(one["title"] in fan for fan in fans)
    for fan in fans:
        areas = fan[fan.index("<c:areaChart>") : fan.index("</c:areaChart>")]
        assert areas.count("<c:ser>") == 6
        assert '<c:grouping val="stacked"/>' in areas
        for colour in TINTS.values():
            assert colour.lstrip("#") in areas
    chart = wanted[0]
    sheet = sheet_of(book, chart["title"])
    labels = {cell.value: cell.column for cell in sheet[1] if cell.value}
    table = {(one[0], one[1]): one[2] for one in chart["table"]["rows"]}
    first, at = 2, dict[int, int]()
    while isinstance(year := sheet.cell(first + len(at), 1).value, int):
        at[year] = first + len(at)
    column = labels[words("zh").say("results_statistic_quantile", at="95").text]
    told = {year: sheet.cell(row, column).value for year, row in at.items()}
    assert {year: value for year, value in told.items() if value is not None} == pytest.approx(
        {year: value for (series, year), value in table.items() if series == "p95"}
    )


def test_sheets_are_frozen_filtered_and_set_up_for_paper(source: NotebookNode, book: Workbook) -> None:
    shown_sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in shown_sheets:
        assert sheet.freeze_panes, sheet.title
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.oddFooter.right.text == "&P / &N"
    for sheet in groups(book, "zh"):
        assert sheet.freeze_panes.startswith("D")
        assert sheet.auto_filter.ref
        assert sheet.page_setup.orientation == "landscape"
    yearly = max(blocks(blocks_of(source), "table"), key=lambda one: len(one["rows"]))
    table = sheet_of(book, yearly["title"])
    assert table.freeze_panes == "B2"
    assert table.print_title_rows == "$1:$1"
    assert table.auto_filter.ref.startswith("A1:")


def test_columns_are_as_wide_as_chinese_needs(annex: Workbook) -> None:
    sheet = sheet_of(annex, words("zh")["sources_table"])
    longest = max(len(str(sheet.cell(row, 3).value)) for row in range(2, 7))
    assert sheet.column_dimensions["A"].width > 30
    assert sheet.column_dimensions["C"].width < 20 + longest


def test_titles_of_any_kind_give_names_that_a_sheet_may_have(report: Report) -> None:
    titles = [
        "长" * 300,
        "长" * 300,
        "[a]:*?/\\b",
        "'quoted'",
        "",
        "History",
        "=1+1",
        "😀" * 40,
        "a" * 31,
        "A" * 31,
    ]
    cells = [
        new_markdown_cell(f"<table><caption>{one}</caption><tr><td>1</td></tr></table>") for one in titles
    ]
    made = export(new_notebook(cells=cells), "xlsx", "题目" * 200).content
    names = openpyxl.load_workbook(io.BytesIO(made)).sheetnames
    assert len(names) == len(titles) + 3  # summary, text, the carried notebook
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert name.strip("'") == name
        assert name.casefold() != "history"


def test_text_longer_than_a_cell_is_kept_whole() -> None:
    long = "很长的文字" * 14_000
    made = export(new_notebook(cells=[new_markdown_cell(long)]), "xlsx", "题目").content
    sheet = openpyxl.load_workbook(io.BytesIO(made))[words("zh")["workbook_text"]]
    assert "".join(str(row[0].value) for row in sheet.iter_rows(min_row=4)) == long


def test_a_notebook_of_ones_own_needs_no_report() -> None:
    made = export(new_notebook(cells=[new_markdown_cell("## 只有文字")]), "xlsx", "题目").content
    told = xlsx.seen(made)
    assert f"{words('zh')['workbook_summary']}!A1: 题目" in told
    assert any(line.endswith(": 只有文字") for line in told)


def test_assumptions_and_sources_say_where_each_was_set(book: Workbook, source: NotebookNode) -> None:
    told = words("zh")
    sheet = book[told["workbook_inputs"]]
    listed = [[cell.value for cell in row] for row in sheet.iter_rows()]
    rows = {row[1]: row[1:] for row in reversed(listed)}  # a scenario stands before its baseline
    growth = rows["GDP增长，设定方式"]
    assert growth[1:] == [
        told["workbook_choice_trend"],
        "",
        told.say("file_line", file="params/evidence_trend.yaml", line="12").text,
        "levers.growth.block: trend",
    ]
    assert rows["基年"][1:3] == [2020, told["workbook_unit_year"]]
    assert [told["library_default"], "run.seed"] in [row[4:] for row in listed if row[1] == "随机种子"]
    inputs = next(block for block in blocks_of(source) if block["type"] == "record")["inputs"]
    assert rows["observations.csv"][1] == inputs["data"]["observations.csv"]
    drawn = [row[2].value for row in sheet.iter_rows() if row[1].value == told["workbook_inputs_draws"]]
    assert drawn == [200, 10_000, 10_000]  # those of this report, and its scenario's and baseline's own


def test_a_record_names_what_it_holds_in_both_languages(source: NotebookNode) -> None:
    record = next(block for block in blocks_of(source) if block["type"] == "record")
    gdp, goal = record["names"]["real_gdp"], record["names"]["gdp_2025"]
    assert gdp == {"zh": "地区生产总值（不变价）", "en": "Real GDP", "unit": "亿元", "kind": "level"}
    assert goal == {"zh": "2025年地区生产总值", "en": "GDP by 2025", "unit": "亿元", "kind": "goal"}
    assert set(record["places"].values()) > {"library default"}
    assert not [place for place in record["places"].values() if place.startswith("/")]
