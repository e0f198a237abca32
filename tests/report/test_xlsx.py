"""A report as a workbook: numbers that can be calculated with, charts from cells, words that stay words."""

import base64
import copy
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from futian_model.charts.theme import TINTS
from futian_model.report import FutianXLSXExporter, blocks_of, export, results_of, xlsx
from futian_model.report.carried import NAME, pack, unpack
from futian_model.report.numbers import RULES
from futian_model.report.sentences import words
from futian_model.report.xlsx.numbers import factor, shown
from futian_model.report.xlsx.units import UNITS

from .conftest import SECTIONS, Report
from .excel_formats import rendered

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg=="
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
HOSTILE = ["=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-1+1", "{{ 7 * 7 }}", "http://127.0.0.1/a"]
NARROW = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
CONVERTED = {"亿元": 0.1, "万元/人": 1e4, "万人": 0.01}
"""Units shown in English, in one of the library's."""
OFFICE = shutil.which("soffice")


def output(content: dict[str, Any], alt: str = "") -> NotebookNode:
    metadata = {name: {"alt": alt} for name in content} if alt else {}
    return new_code_cell("secret()", outputs=[new_output("display_data", content, metadata=metadata)])


def analyst() -> list[NotebookNode]:
    """What an analyst adds: text, a table with words that look like formulas, pictures, printed lines."""
    table = pd.DataFrame({"街道": HOSTILE, "占比": [0.25] * len(HOSTILE), "编号": ["007"] * len(HOSTILE)})
    printed = new_output("stream", name="stdout", text="\x1b[31m=1+1\x1b[0m")
    return [
        new_markdown_cell("## 我的补充\n\n**要点**是[外链](https://example.com)\n\n- =1+1\n"),
        output({"text/html": table.to_html(index=False)}),
        output({"image/png": PIXEL}, "街道图"),
        output({"image/svg+xml": SVG}, "示意图"),
        output({"image/png": base64.b64encode(b"no picture").decode()}, "坏图"),
        new_code_cell("", outputs=[printed]),
    ]


def notebook(report: Report, lang: str, more: list[NotebookNode]) -> NotebookNode:
    made = report("evidence_trend", lang)
    sections = [getattr(made, name)() for name in (*SECTIONS, "record")]
    cells = [
        new_code_cell("", outputs=[new_output("display_data", one._repr_mimebundle_())]) for one in sections
    ]
    return new_notebook(cells=[*cells[:2], *more, *cells[2:]])


@pytest.fixture(scope="module")
def source(report: Report) -> NotebookNode:
    return notebook(report, "zh", analyst())


@pytest.fixture(scope="module")
def content(source: NotebookNode) -> bytes:
    return export(source, "xlsx").content


@pytest.fixture(scope="module")
def book(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def english(report: Report) -> tuple[NotebookNode, Workbook]:
    made = notebook(report, "en", [])
    return made, openpyxl.load_workbook(io.BytesIO(export(made, "xlsx").content))


@pytest.fixture(scope="module")
def seen(content: bytes) -> list[str]:
    return xlsx.seen(content)


@pytest.fixture(scope="module", params=["zh", "en"])
def both(
    request: pytest.FixtureRequest,
    source: NotebookNode,
    book: Workbook,
    english: tuple[NotebookNode, Workbook],
) -> tuple[str, NotebookNode, Workbook]:
    """The report of each language: its notebook and its workbook."""
    made, opened = (source, book) if request.param == "zh" else english
    return request.param, made, opened


def blocks(content: Any, kind: str) -> Iterator[dict[str, Any]]:
    if isinstance(content, dict):
        if content.get("type") == kind:
            yield content
        for inner in content.values():
            yield from blocks(inner, kind)
    elif isinstance(content, list):
        for inner in content:
            yield from blocks(inner, kind)


def sheet_of(book: Workbook, title: str) -> Worksheet:
    found = [sheet for sheet in book.worksheets if sheet["A1"].value == title]
    assert found, title
    return found[0]


def groups(book: Workbook, lang: str) -> list[Worksheet]:
    told = words(lang).texts
    names = {told[f"workbook_group_{group}"] for group in ("gdp", "people", "shares", "goals", "other")}
    return [book[name] for name in book.sheetnames if name in names]


def every_cell(book: Workbook) -> Iterator[tuple[Worksheet, Any]]:
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            for row in sheet.iter_rows():
                yield from ((sheet, cell) for cell in row if cell.value is not None)


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
        to = UNITS[one.unit].to.get(lang) if one.unit in UNITS else None
        wanted = one.value if to is None else one.value * CONVERTED[one.unit]
        of = f"{one.reading}|{one.indicator}"
        rows = [*held.get(f"{of}|{one.statistic}", []), *held.get(of, [])]
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
        "地区生产总值（基年价）",
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


def test_only_the_writer_makes_formulas(book: Workbook) -> None:
    formulas = {str(cell.value) for _, cell in every_cell(book) if cell.data_type == "f"}
    ours = re.compile(r"=(MIN|MAX)?\(?-?[A-Z]+\d+([-+/,]([A-Z]+\d+|0|1))*\)?(-1)?")
    assert not [one for one in formulas if not ours.fullmatch(one)]
    texts = [cell.value for _, cell in every_cell(book) if cell.data_type == "s"]
    for text in HOSTILE:
        assert text.strip() in [str(one).strip() for one in texts]


def test_no_text_leads_out_of_the_workbook(book: Workbook, content: bytes) -> None:
    for sheet in book.worksheets:
        for link in sheet._hyperlinks:
            assert link.target is None
            name = re.fullmatch(r"'?(.+?)'?!A1", link.location)[1].replace("''", "'")
            assert name in book.sheetnames
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert not [name for name in opened.namelist() if "externalLink" in name or "vba" in name.lower()]


def test_an_analysts_table_text_and_pictures_come_along(book: Workbook, content: bytes) -> None:
    table = next(sheet for sheet in book.worksheets if sheet["A4"].value == "街道")
    assert [table.cell(row, 1).value.strip() for row in range(5, 5 + len(HOSTILE))] == [
        one.strip() for one in HOSTILE
    ]
    assert [table.cell(row, 2).value for row in range(5, 5 + len(HOSTILE))] == [0.25] * len(HOSTILE)
    assert table["C5"].value == "007"
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


def parts(content: bytes, name: str) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return [
            opened.read(one).decode() for one in opened.namelist() if name in one and one.endswith(".xml")
        ]


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
    assert len(fans) >= 6
    for fan in fans:
        areas = fan[fan.index("<c:areaChart>") : fan.index("</c:areaChart>")]
        assert areas.count("<c:ser>") == 6
        assert '<c:grouping val="stacked"/>' in areas
        for colour in TINTS.values():
            assert colour.lstrip("#") in areas
    chart = next(one for block in blocks(blocks_of(source), "charts") for one in block["charts"])
    sheet = book[words("zh")["workbook_charts"]]
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == chart["title"])
    labels = {cell.value: cell.column for cell in sheet[head.row + 2] if cell.value}
    table = {(one[0], one[1]): one[2] for one in chart["table"]["rows"]}
    first, at = head.row + 3, dict[int, int]()
    while isinstance(year := sheet.cell(first + len(at), head.column).value, int):
        at[year] = first + len(at)
    column = labels[words("zh").say("workbook_statistic_quantile", at="95").text]
    told = {year: sheet.cell(row, column).value for year, row in at.items()}
    assert {year: value for year, value in told.items() if value is not None} == pytest.approx(
        {year: value for (series, year), value in table.items() if series == "p95"}
    )


def test_sheets_are_frozen_filtered_and_set_up_for_paper(book: Workbook) -> None:
    shown_sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in shown_sheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.oddFooter.right.text == "&P / &N"
    for sheet in groups(book, "zh"):
        assert sheet.freeze_panes.startswith("D")
        assert sheet.auto_filter.ref
        assert sheet.page_setup.orientation == "landscape"
    table = sheet_of(book, words("zh")["yearly_table"])
    assert table.freeze_panes == "B5"
    assert table.print_title_rows == "$4:$4"
    assert table.auto_filter.ref.startswith("A4:")


def test_columns_are_as_wide_as_chinese_needs(book: Workbook) -> None:
    sheet = sheet_of(book, words("zh")["sources_table"])
    longest = max(len(str(sheet.cell(row, 3).value)) for row in range(5, 10))
    assert sheet.column_dimensions["A"].width > 30
    assert sheet.column_dimensions["C"].width < 20 + longest


def test_properties_name_the_report_and_no_moment(source: NotebookNode, book: Workbook) -> None:
    assert book.properties.title == blocks_of(source)[0]["title"]
    assert book.properties.created.isoformat() == "2000-01-01T00:00:00"


def test_the_same_notebook_has_the_same_bytes(source: NotebookNode, content: bytes) -> None:
    assert export(copy.deepcopy(source), "xlsx").content == content


def test_a_workbook_carries_its_notebook(source: NotebookNode, content: bytes, book: Workbook) -> None:
    packed = xlsx.carried(content)
    assert packed == pack(source)
    assert export(unpack(packed), "xlsx").content == content
    assert book[NAME].sheet_state == "veryHidden"
    assert max(len(str(cell.value)) for cell in book[NAME]["A"]) <= 32_767


def test_other_files_carry_nothing(content: bytes) -> None:
    other = io.BytesIO()
    openpyxl.Workbook().save(other)
    broken = bytearray(content)
    broken[len(content) // 2 : len(content) // 2 + 2000] = bytes(2000)
    for one in (other.getvalue(), b"", b"PK", b"<html></html>", content[:5000], bytes(broken)):
        assert xlsx.carried(one) is None


def test_seen_tells_each_cell_with_its_place(seen: list[str], book: Workbook, source: NotebookNode) -> None:
    assert seen[0] == f"{book.sheetnames[0]}!A1: {blocks_of(source)[0]['title']}"
    assert not [line for line in seen if line.startswith(NAME) or "{" in line.replace("{{ 7 * 7 }}", "")]
    sheet = book[words("zh")["workbook_group_gdp"]]
    assert f"{sheet.title}!F8: {sheet['F8'].value:.10g} #,##0.0;−#,##0.0;#,##0.0" in seen


def test_each_edited_cell_is_one_line_that_differs(content: bytes, seen: list[str]) -> None:
    edited = openpyxl.load_workbook(io.BytesIO(content))
    sheet, front = edited[words("zh")["workbook_group_gdp"]], edited.worksheets[0]
    sheet["F8"].value += 100
    sheet["G8"].value *= 1 + 1e-8
    sheet["H8"].value = str(sheet["H8"].value)
    sheet["I8"].number_format = "0"
    front["A1"].value += "。"
    out = io.BytesIO()
    edited.save(out)
    pairs = list(zip(seen, xlsx.seen(out.getvalue()), strict=True))
    differ = [(before.split(": ")[0], after.split(": ")[0]) for before, after in pairs if before != after]
    places = [f"{front.title}!A1", *(f"{sheet.title}!{column}8" for column in "FGHI")]
    assert differ == [(place, place) for place in places]


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
    sheet = book[words("zh")["workbook_inputs"]]
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows()}
    assert rows["levers.growth.block"][1] == "trend"
    assert (
        rows["levers.growth.block"][3]
        == words("zh").say("file_line", file="params/evidence_trend.yaml", line="12").text
    )
    assert rows["assumptions.base_year"][1:3] == [2020, words("zh")["workbook_unit_year"]]
    assert rows["run.seed"][3] == words("zh")["library_default"]
    inputs = next(block for block in blocks_of(source) if block["type"] == "record")["inputs"]
    assert rows["observations.csv"][1] == inputs["data"]["observations.csv"]
    assert rows[words("zh")["workbook_inputs_draws"]][1] == 200


def test_a_record_names_what_it_holds_in_both_languages(source: NotebookNode) -> None:
    record = next(block for block in blocks_of(source) if block["type"] == "record")
    gdp, goal = record["names"]["real_gdp"], record["names"]["gdp_2025"]
    assert gdp == {"zh": "地区生产总值（基年价）", "en": "Real GDP", "unit": "亿元", "kind": "level"}
    assert goal == {"zh": "2025年地区生产总值", "en": "GDP by 2025", "unit": "亿元", "kind": "goal"}
    assert set(record["places"].values()) > {"library default"}
    assert not [place for place in record["places"].values() if place.startswith("/")]


def test_the_exporter_of_jupyter_writes_the_same(source: NotebookNode, content: bytes) -> None:
    made, resources = FutianXLSXExporter().from_notebook_node(source)
    assert made == content
    assert resources["output_extension"] == ".xlsx"


def test_english_converts_units_and_says_so(english: tuple[NotebookNode, Workbook]) -> None:
    book = english[1]
    sheet = book["Results, GDP and prices"]
    rows = {row[-1].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=8)}
    told = ["Real GDP", "If the assumptions hold", "Central path", "RMB bn, constant", 480]
    assert rows["given_scenario|real_gdp|central"][:5] == told
    assert sheet["A1"].font.name == "Calibri"
    titles = [str(one["A1"].value) for one in book.worksheets if one.sheet_state == "visible"]
    assert not [title for title in titles if re.search("[\u4e00-\u9fff]", title)]


def office(content: bytes, folder: Path, to: str) -> Path:
    """A workbook saved by LibreOffice in another format."""
    file = folder / "book.xlsx"
    file.write_bytes(content)
    profile = (folder / "profile").as_uri()
    called = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", to]
    subprocess.run(
        [*called, "--outdir", str(folder / "out"), str(file)], check=True, capture_output=True, timeout=120
    )
    return folder / "out"


@pytest.mark.skipif(not OFFICE, reason="needs LibreOffice Calc")
def test_libreoffice_recalculates_to_the_stored_values_and_keeps_the_notebook(
    content: bytes, seen: list[str], tmp_path: Path
) -> None:
    emptied = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(content)).save(emptied)  # formulas without their values
    out = office(emptied.getvalue(), tmp_path, "xlsx:Calc MS Excel 2007 XML")
    saved = (out / "book.xlsx").read_bytes()
    assert xlsx.carried(saved) == xlsx.carried(content)
    assert xlsx.seen(saved) == seen
    own, theirs, formulas = (
        openpyxl.load_workbook(io.BytesIO(one), data_only=only)
        for one, only in ((content, True), (saved, True), (content, False))
    )
    compared = 0
    for sheet, cell in every_cell(formulas):
        if cell.data_type == "f":
            wanted = own[sheet.title][cell.coordinate].value
            assert theirs[sheet.title][cell.coordinate].value == pytest.approx(wanted, rel=1e-9, abs=1e-9)
            compared += 1
    assert compared > 500


@pytest.mark.skipif(not OFFICE, reason="needs LibreOffice Calc")
def test_libreoffice_shows_what_the_rules_print(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    wanted = []
    for lang in ("zh", "en"):
        for rule in RULES:
            for value in (6600.0, 35.72, 0.3529, 0.0044, 0.99991, 0.0, -0.0714, -1310.67):
                cell = book.active.cell(len(wanted) + 1, 1)
                cell.value, cell.number_format = shown(value, rule, lang)
                wanted.append(RULES[rule][lang](value))
    out = io.BytesIO()
    book.save(out)
    folder = office(out.getvalue(), tmp_path, "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true")
    told = (folder / "book.csv").read_text("utf-8").splitlines()
    assert told == wanted
    assert factor("gdp", "en") == 0.1
