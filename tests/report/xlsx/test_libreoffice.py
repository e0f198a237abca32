"""A workbook in LibreOffice: recalculated, shown, printed."""

import io
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import openpyxl
import pandas as pd
import pypdfium2
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from futian_model.report import export
from futian_model.report.words.numbers import RULES
from futian_model.report.writers import xlsx
from futian_model.report.writers.xlsx.book import hyperlink
from futian_model.report.writers.xlsx.numbers import shown

from .conftest import every_cell, output
from .test_numbers import printed

pytestmark = pytest.mark.thorough

Save = Callable[[bytes, str], Path]


@pytest.fixture
def save(office: Callable[..., Path], tmp_path: Path) -> Save:
    """Save a workbook by LibreOffice in another format, as the folder's `book`."""

    def saved(content: bytes, to: str) -> Path:
        (tmp_path / "book.xlsx").write_bytes(content)
        return office(to, tmp_path / "book.xlsx")

    return saved


def test_libreoffice_recalculates_to_the_stored_values_and_keeps_the_notebook(
    content: bytes, seen: list[str], save: Save
) -> None:
    emptied = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(content)).save(emptied)  # formulas without their values
    out = save(emptied.getvalue(), "xlsx:Calc MS Excel 2007 XML")
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
            if isinstance(wanted, str):  # the words of a link
                assert theirs[sheet.title][cell.coordinate].value == wanted
                continue
            assert theirs[sheet.title][cell.coordinate].value == pytest.approx(wanted, rel=1e-9, abs=1e-9)
            compared += 1
    assert compared > 500


def test_libreoffice_shows_what_the_rules_print(save: Save) -> None:
    book = openpyxl.Workbook()
    wanted = []
    for lang in ("zh", "en"):
        for rule in RULES:
            for value in (6600.0, 35.72, 0.3529, 0.0044, 0.99991, 0.0, -0.0714, -1310.67):
                cell = book.active.cell(len(wanted) + 1, 1)
                cell.value, cell.number_format = shown(value, rule, lang)
                wanted.append(printed(value, rule, lang))
    out = io.BytesIO()
    book.save(out)
    folder = save(out.getvalue(), "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true")
    told = (folder / "book.csv").read_text("utf-8").splitlines()
    assert told == wanted


def test_a_link_keeps_its_words_words() -> None:
    told = 'x",1)+cmd|"' * 30
    formula = hyperlink("'a'!A1", told)
    assert "".join(formula.split("#'a'!A1\",")[1][1:-2].split('"&"')).replace('""', '"') == told
    assert max(map(len, re.findall(r'"((?:[^"]|"")*)"', formula))) <= 255


def test_a_link_wider_than_its_column_takes_several_lines(save: Save) -> None:
    table = pd.DataFrame({"甲": [1.0], "乙": ["丙"]}).to_html(index=False)
    title = "全区各街道二〇二五年与二〇三五年各项目标逐项比较一览表"
    cells = [new_markdown_cell(f"## {title}"), output({"text/html": table})]
    made = export(new_notebook(cells=cells), "xlsx", "题目").content
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert title in book.sheetnames
    assert any(title in str(cell.value) for cell in book.active["A"])
    printed = (save(made, "pdf") / "book.pdf").read_bytes()
    with pypdfium2.PdfDocument(printed) as document:
        lines = document[0].get_textpage().get_text_bounded().splitlines()
    assert title not in lines
    assert any(one + other == title for one, other in pairwise(lines))


def test_no_words_are_cut_off_at_the_edge_of_the_paper(save: Save) -> None:
    long = " ".join(f"word{at}" for at in range(200))
    made = export(new_notebook(cells=[new_markdown_cell(long)]), "xlsx", "Title").content
    printed = (save(made, "pdf") / "book.pdf").read_bytes()
    with pypdfium2.PdfDocument(printed) as document:
        shown = " ".join(page.get_textpage().get_text_bounded() for page in document)
    assert [word for word in long.split() if not re.search(rf"\b{word}\b", shown)] == []
