"""A workbook as a file: what it carries and tells, nothing that leads out of it, the same bytes."""

import copy
import io
import re
import zipfile
from contextlib import suppress

import openpyxl
from nbformat import NotebookNode
from openpyxl.workbook import Workbook

from futian_model.report import FutianXLSXExporter, blocks_of, export
from futian_model.report.page.carried import NAME, pack, unpack
from futian_model.report.words.sentences import words
from futian_model.report.writers import xlsx
from futian_model.report.writers.foreign import Beyond

from .conftest import HOSTILE, every_cell, front_of


def test_only_the_writer_makes_formulas(book: Workbook) -> None:
    formulas = {str(cell.value) for _, cell in every_cell(book) if cell.data_type == "f"}
    ours = re.compile(r"=(MIN|MAX)?\(?-?[A-Z]+\d+([-+/,]([A-Z]+\d+|0|1))*\)?(-1)?")
    link = re.compile(r"""=HYPERLINK\("#'([^"]|"")+'!A1"(&?,?"([^"]|"")*")+\)""")
    assert not [one for one in formulas if not (ours.fullmatch(one) or link.fullmatch(one))]
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
    strings = zipfile.ZipFile(io.BytesIO(content)).getinfo("xl/sharedStrings.xml")
    middle = strings.header_offset + strings.compress_size // 2
    broken[middle : middle + 2000] = bytes(2000)
    for damaged in (other.getvalue(), b"", b"PK", b"<html></html>", content[:5000], bytes(broken)):
        with suppress(Beyond):  # where what is damaged unfolds into more than a report holds
            assert xlsx.carried(damaged) is None


def test_seen_tells_each_cell_with_its_place(seen: list[str], book: Workbook, source: NotebookNode) -> None:
    assert f"{front_of(book).title}!A1: {blocks_of(source)[0]['title']}" in seen
    assert not [line for line in seen if line.startswith(NAME) or "{" in line.replace("{{ 7 * 7 }}", "")]
    sheet = book[words("zh")["workbook_group_gdp"]]
    assert f"{sheet.title}!F2: {sheet['F2'].value:.10g} #,##0.0;−#,##0.0;#,##0.0" in seen


def test_each_edited_cell_is_one_line_that_differs(content: bytes, seen: list[str]) -> None:
    edited = openpyxl.load_workbook(io.BytesIO(content))
    sheet, front = edited[words("zh")["workbook_group_gdp"]], front_of(edited)
    sheet["F2"].value += 100
    sheet["G2"].value *= 1 + 1e-8
    sheet["H2"].value = str(sheet["H2"].value)
    sheet["I2"].number_format = "0"
    front["A1"].value += "。"
    out = io.BytesIO()
    edited.save(out)
    pairs = list(zip(seen, xlsx.seen(out.getvalue()), strict=True))
    differ = [(before.split(": ")[0], after.split(": ")[0]) for before, after in pairs if before != after]
    places = [f"{front.title}!A1", *(f"{sheet.title}!{column}2" for column in "FGHI")]
    assert differ == [(place, place) for place in places]


def test_the_exporter_of_jupyter_writes_the_same(source: NotebookNode, content: bytes) -> None:
    made, resources = FutianXLSXExporter().from_notebook_node(source)
    assert made == content
    assert resources["output_extension"] == ".xlsx"
