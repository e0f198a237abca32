"""Numbers of a workbook: those of tables, key figures and results, and formulas beside them."""

import io
import re

import openpyxl
import pandas as pd
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output
from openpyxl.workbook import Workbook

from futian_model.report import blocks_of, export, results_of
from futian_model.report.page.blocks import KeyFigure, KeyFigures, Section
from futian_model.report.page.carried import NAME
from futian_model.report.page.document import LEAD
from futian_model.report.words.numbers import Number
from futian_model.report.words.sentences import Sentence, words
from futian_model.report.writers.xlsx.numbers import shown

from .conftest import blocks, front_of, groups, sheet_of
from .excel_formats import rendered


def test_every_number_of_every_table_is_a_number(both: tuple[str, NotebookNode, Workbook]) -> None:
    lang, made, opened = both
    counted = 0
    for block in blocks(blocks_of(made), "table"):
        if not block["title"]:
            continue
        sheet = sheet_of(opened, block["title"])
        assert [sheet.cell(1, at + 1).value for at in range(len(block["columns"]))] == [
            column["label"] for column in block["columns"]
        ]
        for down, row in enumerate(block["rows"], 2):
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


def test_published_figures_printed_as_text_are_numbers_too(annex: Workbook) -> None:
    sheet = sheet_of(annex, words("zh")["data_table"])
    values = [sheet.cell(row, 2) for row in range(2, sheet.max_row) if sheet.cell(row, 1).value]
    assert len(values) > 10
    assert {cell.data_type for cell in values if cell.value is not None} == {"n"}
    assert rendered(values[0].value, values[0].number_format) == "39.0亿元"


def test_key_figures_stand_on_the_first_sheet_as_numbers(source: NotebookNode) -> None:
    values = {"gdp": 8712.345, "change": -0.0123, "share": 0.4567, "count": 3.0}
    numbers = [Number(value, rule) for rule, value in values.items()]
    figures = [KeyFigure(f"指标{at}", number, Sentence(f"说明{at}")) for at, number in enumerate(numbers)]
    section = Section("zh", "结论", [KeyFigures("zh", figures)])
    outputs = [
        source.cells[0].outputs[0],
        new_output("display_data", section._repr_mimebundle_()),
    ]
    made = new_notebook(cells=[new_code_cell("", outputs=[one]) for one in outputs])
    front = front_of(openpyxl.load_workbook(io.BytesIO(export(made, "xlsx").content)))
    rows = {row[0].value: row for row in front.iter_rows()}
    for one in figures:
        _, cell, note = rows[one.label]
        assert cell.value == pytest.approx(shown(one.number.value, one.number.rule, "zh").value, rel=1e-14)
        assert rendered(cell.value, cell.number_format) == one.number.text("zh")
        assert note.value == one.note.text


def test_the_answer_stands_on_the_first_sheet_its_verdict_in_bold(
    source: NotebookNode, book: Workbook
) -> None:
    front = front_of(book)
    text = "\n".join(str(cell.value) for row in front.iter_rows() for cell in row)
    cover = blocks_of(source)[0]
    assert front["A1"].value == cover["title"]
    for sentence in (
        one["text"] for one in blocks(blocks_of(source)[1], "prose") for one in one["sentences"]
    ):
        assert sentence in text
    lead, *_ = (one for one in blocks(blocks_of(source)[1], "prose") if one["tone"] == LEAD)
    verdict = [row[0] for row in front.iter_rows() if lead["sentences"][0]["text"] in str(row[0].value)]
    assert [cell.font.bold for cell in verdict] == [True]


def test_the_first_sheet_is_a_table_of_all_results(both: tuple[str, NotebookNode, Workbook]) -> None:
    lang, made, opened = both
    results, told = results_of(made), words(lang)
    sheet = opened.worksheets[0]
    assert (sheet.title, opened.active.title) == (told["workbook_data"], told["workbook_summary"])
    (table,) = sheet.tables.values()
    assert (table.name, table.ref) == ("results", f"A1:T{len(results) + 1}")
    head, *rows = sheet.iter_rows(values_only=True)
    assert [column.name for column in table.tableColumns] == list(head)
    held = pd.DataFrame(rows, columns=head)
    assert len(results) > 3000
    for name in results:
        key = f"workbook_column_{name}"
        column = (
            told[key] if name in ("year", "horizon", "value") else told.say("workbook_code", column=name).text
        )
        own = results[name].astype(object).where(results[name].notna() & (results[name] != ""), None)
        assert held[column].astype(object).where(held[column].notna(), None).tolist() == own.tolist()
    labels = [
        told[f"workbook_column_{name}"] for name in ("indicator", "statistic", "reading", "place", "measure")
    ]
    assert held[labels].notna().all(axis=None)
    per_cent = held[told["workbook_column_measure"]] == told["workbook_per_cent"]
    assert per_cent.tolist() == (results["unit"] == "fraction").tolist()
    at = list(head).index(told["workbook_column_value"]) + 1
    for row, rate in enumerate(per_cent, 2):
        assert ("%" in sheet.cell(row, at).number_format) == (rate and sheet.cell(row, at).value is not None)


def test_every_sheet_of_a_table_has_its_head_in_the_first_row(
    content: bytes, book: Workbook, source: NotebookNode
) -> None:
    told = words("zh")
    apart = {told["workbook_summary"], told["workbook_text"], NAME}
    sheets = pd.read_excel(io.BytesIO(content), sheet_name=None, engine="openpyxl")
    assert list(sheets) == book.sheetnames
    assert len(sheets) > 15
    for name, table in sheets.items():
        if name not in apart:
            head = [column for column in table if not str(column).startswith("Unnamed")]
            assert len(head) > 1, name
            assert table[head[0]].notna().any()
    wanted = [column["label"] for column in next(blocks(blocks_of(source), "table"))["columns"]]
    assert wanted in [list(table)[: len(wanted)] for table in sheets.values()]


def test_the_sheet_that_is_not_shown_is_spoken_of_on_the_summary(book: Workbook) -> None:
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    assert hidden == [NAME]
    told = words("zh").say("workbook_hidden", sheet=NAME).text
    assert told in [row[0].value for row in front_of(book).iter_rows()]


def test_years_stand_over_their_values(source: NotebookNode, book: Workbook) -> None:
    results = results_of(source)
    sheet = book[words("zh")["workbook_group_gdp"]]
    years = {cell.value: cell.column for cell in sheet[1] if isinstance(cell.value, int)}
    assert list(years) == list(range(2020, 2036))
    rows = {str(row[-1].value): row for row in sheet.iter_rows(min_row=2)}
    for statistic in ("central", "p05", "p50", "p95"):
        row = rows[f"given_evidence|real_gdp|{statistic}"]
        told = results[(results["reading"] == "given_evidence") & (results["indicator"] == "real_gdp")]
        told = told[told["statistic"] == statistic].set_index("year")["value"]
        assert [row[column - 1].value for column in years.values()] == pytest.approx(list(told[list(years)]))
    header = [cell.value for cell in sheet[1]]
    assert header[:4] == [
        words("zh")[f"workbook_column_{one}"] for one in ("indicator", "reading", "statistic", "unit")
    ]
    names = {name: told["zh"] for name, told in names_of(source).items()}
    assert [cell.value for cell in rows["given_scenario|real_gdp|central"][:4]] == [
        names["real_gdp"],
        words("zh")["results_reading_given_scenario"],
        words("zh")["results_statistic_central"],
        "亿元，不变价",
    ]
    assert [cell for cell in sheet["A"] if "2020年价" in str(cell.value)]


def test_labels_of_the_groups_are_words_and_no_codes(book: Workbook) -> None:
    for sheet in groups(book, "zh"):
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
    made, book = english
    sheet, told = book[words("en")["workbook_group_gdp"]], words("en")
    rows = {row[-1].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=2)}
    base = results_of(made).query("indicator == 'real_gdp' and statistic == 'central'")["value"].iloc[0]
    assert rows["given_scenario|real_gdp|central"][:5] == [
        names_of(made)["real_gdp"]["en"],
        told["results_reading_given_scenario"],
        told["results_statistic_central"],
        "RMB bn, constant",
        base / 10,
    ]
    assert sheet["A1"].font.name == "Calibri"
    titles = [one.title for one in book.worksheets if one.sheet_state == "visible"]
    assert not [title for title in titles if re.search("[\u4e00-\u9fff]", title)]


def names_of(made: NotebookNode) -> dict[str, dict[str, str]]:
    """Names that the report's record gives."""
    return next(block for block in blocks_of(made) if block["type"] == "record")["names"]
