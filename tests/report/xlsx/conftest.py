"""One report as a workbook in each language, and what an analyst adds to it."""

import base64
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
import pandas as pd
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from futian_model.evidence import Evidence
from futian_model.languages import LANGS
from futian_model.report import EvidenceReport, export
from futian_model.report.words.sentences import words
from futian_model.report.writers import xlsx
from futian_model.scenario import load_scenario

from ..conftest import SECTIONS, Report

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg=="
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
HOSTILE = ["=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-1+1", "{{ 7 * 7 }}", "http://127.0.0.1/a"]


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
    made = report("trend_2021", lang)
    sections = [getattr(made, name)() for name in (*SECTIONS, "record")]
    cells = [
        new_code_cell("", outputs=[new_output("display_data", one._repr_mimebundle_())]) for one in sections
    ]
    return new_notebook(cells=[*cells[:2], *more, *cells[2:]])


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
    """The sheet of a table or chart: its title stands below it."""
    apart = {words(lang)[f"workbook_{name}"] for lang in LANGS for name in ("summary", "text")}
    tables = [sheet for sheet in book.worksheets if sheet.title not in apart]
    found = [sheet for sheet in tables if title in (cell.value for cell in sheet["A"][1:])]
    assert found, title
    return found[0]


def front_of(book: Workbook) -> Worksheet:
    """The summary, with which a workbook opens."""
    return book.active


def groups(book: Workbook, lang: str) -> list[Worksheet]:
    told = words(lang).texts
    names = {told[f"workbook_group_{group}"] for group in ("gdp", "people", "shares")}
    return [book[name] for name in book.sheetnames if name in names]


def every_cell(book: Workbook) -> Iterator[tuple[Worksheet, Any]]:
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            for row in sheet.iter_rows():
                yield from ((sheet, cell) for cell in row if cell.value is not None)


def parts(content: bytes, name: str) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return [
            opened.read(one).decode() for one in opened.namelist() if name in one and one.endswith(".xml")
        ]


@pytest.fixture(scope="session")
def source(report: Report) -> NotebookNode:
    return notebook(report, "zh", analyst())


@pytest.fixture(scope="session")
def content(source: NotebookNode) -> bytes:
    return export(source, "xlsx").content


@pytest.fixture(scope="session")
def book(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="session")
def english(report: Report) -> tuple[NotebookNode, Workbook]:
    made = notebook(report, "en", [])
    return made, openpyxl.load_workbook(io.BytesIO(export(made, "xlsx").content))


@pytest.fixture(scope="session")
def annex(evidence: Evidence) -> Workbook:
    """The evidence report's tables of the plan, of published figures and of sources."""
    made = EvidenceReport(load_scenario("trend_2021", evidence=evidence), evidence=evidence, draws=200)
    cells = [
        new_code_cell("", outputs=[new_output("display_data", one._repr_mimebundle_())])
        for one in (made.cover(), made.annex())
    ]
    return openpyxl.load_workbook(io.BytesIO(export(new_notebook(cells=cells), "xlsx").content))


@pytest.fixture(scope="session")
def seen(content: bytes) -> list[str]:
    return xlsx.seen(content)


@pytest.fixture(scope="session", params=["zh", "en"])
def both(
    request: pytest.FixtureRequest,
    source: NotebookNode,
    book: Workbook,
    english: tuple[NotebookNode, Workbook],
) -> tuple[str, NotebookNode, Workbook]:
    """The report of each language: its notebook and its workbook."""
    made, opened = (source, book) if request.param == "zh" else english
    return request.param, made, opened
