"""Numbers of a workbook: those of tables, key figures and results, and formulas beside them."""

import io
import re
from typing import Any

import openpyxl
import pytest
from nbformat import NotebookNode
from openpyxl.workbook import Workbook

from futian_model.report import blocks_of, results_of
from futian_model.report.words.sentences import words
from futian_model.report.writers.xlsx.numbers import shown

from .conftest import blocks, groups, sheet_of
from .excel_formats import rendered


def test_every_number_of_every_table_is_a_number(both: tuple[str, NotebookNode, Workbook]) -> None:
    lang, made, opened = both
    counted = 0
    for block in blocks(blocks_of(made), "table"):
        if not block["title"]:
            continue
        sheet = sheet_of(opened, block["title"])
        assert [sheet.cell(4, at + 1).value for at in range(len(block["columns"]))] == [
            column["label"] for column in block["columns"]
        ]
        for down, row in enumerate(block["rows"], 5):
            inside = []
            for across, cell in enumerate(row, 1):
                held = sheet.cell(down, across)
                if isinstance(cell, dict) and "rule" in cell:
                    wanted = shown(cell["value"], cell["rule"], lang).value
                    assert held.data_type == "n"
                    assert held.value == pytest.approx(wanted, rel=1e-14, abs=1e-14)
                    assert rendered(held.value, held.number_format) == cell["text"]
                    counted += 1
                elif isinstance(cell, dict):
                    inside += [] if held.data_type == "n" else cell["numbers"]
            beside = [one for one in sheet[down][len(row) :] if one.value is not None]
            told = sorted(rendered(one.value, one.number_format) for one in beside)
            assert told == sorted(number["text"] for number in inside)
            counted += len(inside)
    assert counted > 200


def test_published_figures_printed_as_text_are_numbers_too(book: Workbook) -> None:
    sheet = sheet_of(book, words("zh")["data_table"])
    values = [sheet.cell(row, 2) for row in range(5, sheet.max_row) if sheet.cell(row, 1).value]
    assert len(values) > 10
    assert {cell.data_type for cell in values if cell.value is not None} == {"n"}
    assert rendered(values[0].value, values[0].number_format) == "39.0亿元"


def test_key_figures_stand_on_the_first_sheet_as_numbers(source: NotebookNode, book: Workbook) -> None:
    front = book.worksheets[0]
    (figures,) = blocks(blocks_of(source)[1], "key_figures")
    rows = {row[0].value: row[1] for row in front.iter_rows()}
    for one in figures["figures"]:
        cell = rows[one["label"]]
        wanted = shown(one["number"]["value"], one["number"]["rule"], "zh").value
        assert cell.value == pytest.approx(wanted, rel=1e-14)
        assert rendered(cell.value, cell.number_format) == one["number"]["text"]
    text = "\n".join(str(cell.value) for row in front.iter_rows() for cell in row)
    cover = blocks_of(source)[0]
    assert front["A1"].value == cover["title"]
    for sentence in (
        one["text"] for one in blocks(blocks_of(source)[1], "prose") for one in one["sentences"]
    ):
        assert sentence in text


CONVERTED = {"亿元": 0.1, "万元/人": 1e4, "万人": 0.01}
"""Units shown in English, in one of the library's."""


def test_every_row_of_the_results_stands_on_a_group_sheet(both: tuple[str, NotebookNode, Workbook]) -> None:
    lang, made, opened = both
    results = results_of(made)
    held: dict[str, list[list[Any]]] = {}
    for sheet in groups(opened, lang):
        for row in sheet.iter_rows(min_row=6, values_only=True):
            for at, value in enumerate(row):
                if isinstance(value, str) and "|" in value:
                    held.setdefault(value, []).append(list(row[:at]))
    assert len(results) > 3000
    for one in results.dropna(subset="value").itertuples():
        wanted = one.value * (CONVERTED.get(one.unit, 1.0) if lang == "en" else 1.0)
        of = f"{one.reading}|{one.indicator}"
        code = "|".join(filter(None, (of, one.statistic, one.case)))
        rows = [*held.get(code, []), *held.get(of, [])]
        found = [cell for row in rows for cell in row if isinstance(cell, int | float)]
        assert any(abs(cell - wanted) <= 1e-13 * abs(wanted) + 1e-15 for cell in found), one


def test_years_stand_over_their_values(source: NotebookNode, book: Workbook) -> None:
    results = results_of(source)
    sheet = book[words("zh")["workbook_group_gdp"]]
    years = {cell.value: cell.column for cell in sheet[7] if isinstance(cell.value, int)}
    assert list(years) == list(range(2020, 2036))
    rows = {str(row[-1].value): row for row in sheet.iter_rows(min_row=8)}
    for statistic in ("central", "p05", "p50", "p95"):
        row = rows[f"given_evidence|real_gdp|{statistic}"]
        told = results[(results["reading"] == "given_evidence") & (results["indicator"] == "real_gdp")]
        told = told[told["statistic"] == statistic].set_index("year")["value"]
        assert [row[column - 1].value for column in years.values()] == pytest.approx(list(told[list(years)]))
    header = [cell.value for cell in sheet[7]]
    assert header[:4] == [
        words("zh")[f"workbook_column_{one}"] for one in ("indicator", "reading", "statistic", "unit")
    ]
    assert [cell.value for cell in rows["given_scenario|real_gdp|central"][:4]] == [
        "地区生产总值（不变价）",
        "假设成立时",
        "中心路径",
        "亿元，不变价",
    ]
    assert "2020年价" in sheet["A3"].value


def test_labels_of_the_groups_are_words_and_no_codes(book: Workbook) -> None:
    for sheet in groups(book, "zh")[:-1]:
        told = {str(cell.value) for column in "ABCD" for cell in sheet[column] if cell.value is not None}
        assert not [label for label in told if re.search("[a-z]{3}", label.replace("results.csv", ""))]


def test_growth_beside_levels_is_a_formula_with_its_value(content: bytes, book: Workbook) -> None:
    worked_out = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    told = 0
    for sheet in groups(book, "zh"):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                here, before = re.fullmatch(r"=([A-Z]+\d+)/([A-Z]+\d+)-1", cell.value).groups()
                wanted = sheet[here].value / sheet[before].value - 1
                assert worked_out[sheet.title][cell.coordinate].value == pytest.approx(wanted, abs=1e-13)
                assert sheet[here].row == cell.row - 1
                told += 1
    assert told > 100


def test_english_converts_units_and_says_so(english: tuple[NotebookNode, Workbook]) -> None:
    book = english[1]
    sheet = book["Results, GDP and prices"]
    rows = {row[-1].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=8)}
    told = ["Real GDP", "If the assumptions hold", "Central path", "RMB bn, constant", 480]
    assert rows["given_scenario|real_gdp|central"][:5] == told
    assert sheet["A1"].font.name == "Calibri"
    titles = [str(one["A1"].value) for one in book.worksheets if one.sheet_state == "visible"]
    assert not [title for title in titles if re.search("[\u4e00-\u9fff]", title)]
