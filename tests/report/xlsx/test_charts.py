"""Every kind of chart that a report draws, as the spreadsheet draws it from cells."""

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from futian_model.report import export
from futian_model.report.page.document import MIME
from futian_model.report.words.sentences import words

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
TITLE = "题目"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
ON = ["series", "at", "value"]
LINES = [["甲", 0.1, 5.0], ["甲", 0.2, 6.0], ["乙", 0.1, 4.0], ["乙", 0.2, 3.0], ["目标", 0.15, 5.5]]
STEPS = [["起点", 10.0, "10", 10.0, 10.0], ["增", 4.0, "+4", 10.0, 14.0], ["减", -3.0, "−3", 14.0, 11.0]]
STEPS += [["终点", 11.0, "11", 11.0, 11.0]]
ENDS = ["name", "range", "at_low", "at_high", "label_low", "label_high", "central"]
VALUES = ("value", "share", "at_low", "at_high", "central")
KINDS: dict[str, tuple[list[str], list[list[Any]], int, str]] = {
    "lines": (ON, LINES, 1, "scatterChart"),
    "plane": (ON, LINES, 1, "scatterChart"),
    "coverage": (
        ["series", "horizon", "value", "low", "high"],
        [["本", 1, 0.8, 0.7, 0.9], ["本", 5, 0.75, 0.6, 0.8], ["它", 1, 0.5, 0.4, 0.6]],
        1,
        "lineChart",
    ),
    "pit": (
        ["panel", "part", "share", "low", "high"],
        [[panel, part, 0.25, 0.2, 0.3] for panel in ("一", "二", "三") for part in range(4)],
        3,
        "barChart",
    ),
    "waterfall": (["name", "value", "label", "from", "to"], STEPS, 1, "barChart"),
    "tornado": (
        ENDS,
        [["甲", "1至2", 3.0, 9.0, "3", "9", 5.0], ["乙", "1至2", 8.0, 4.0, "8", "4", 5.0]],
        1,
        "barChart",
    ),
    "dots": (
        ["group", "name", "value", "label", "kind"],
        [["组", "甲", 3.0, "3", 0], ["组", "乙", 4.0, "4", 1], ["goal", None, 3.5, "目标3.5", None]],
        1,
        "barChart",
    ),
    "ranges": (
        ["group", "series", "value", "low", "high"],
        [[group, series, 0.2, 0.1, 0.4] for group in ("一", "二") for series in ("甲", "乙")],
        1,
        "barChart",
    ),
}


def made(kind: str, columns: Sequence[str], rows: list[list[Any]]) -> bytes:
    """A notebook of one chart as a workbook."""
    chart = {
        "svg": SVG,
        "alt": "说明 & <图>",
        "kind": kind,
        "title": "题目",
        "subtitle": "亿元；其余",
        "percent": False,
        "axes": {"panels": []},
        "names": {},
        "table": {"columns": list(columns), "rows": rows},
    }
    block = {"type": "charts", "lang": "zh", "charts": [chart], "titles": []}
    output = new_output("display_data", {MIME: block})
    return export(new_notebook(cells=[new_code_cell("", outputs=[output])]), "xlsx", "题目").content


def drawn(content: bytes, part: str = "xl/charts/chart") -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return [opened.read(name).decode() for name in sorted(opened.namelist()) if name.startswith(part)]


def column(sheet: Worksheet, label: str) -> list[Any]:
    """Values under a label of the chart's data."""
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == label)
    below = [sheet.cell(row, head.column).value for row in range(head.row + 1, sheet.max_row + 1)]
    return below[: next((at for at, value in enumerate(below) if value is None), len(below))]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_drawn_by_the_spreadsheet_from_cells(kind: str) -> None:
    columns, rows, many, tag = KINDS[kind]
    content = made(kind, columns, rows)
    charts = drawn(content)
    assert len(charts) == many
    book = openpyxl.load_workbook(io.BytesIO(content))
    for chart in charts:
        assert f"<c:{tag}>" in chart
        for formula in (str(one.text) for one in ElementTree.fromstring(chart).iter(f"{CHART}f")):
            name, cells = re.fullmatch(r"'?(.+?)'?!(.+)", formula).groups()
            left, top, right, bottom = range_boundaries(cells)
            told = [cell.value for row in book[name].iter_rows(top, bottom, left, right) for cell in row]
            assert any(one is not None for one in told), formula
    assert 'descr="说明 &amp; &lt;图&gt;"' in "".join(drawn(content, "xl/drawings/drawing"))
    sheet = book[TITLE]
    held = {cell.value for row in sheet.iter_rows() for cell in row}
    drawn_from = [columns.index(name) for name in VALUES if name in columns]
    assert {row[at] for row in rows for at in drawn_from} <= held


def worked_out(content: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)[TITLE]


def test_a_waterfall_leads_from_level_to_level() -> None:
    sheet, told = worked_out(made("waterfall", KINDS["waterfall"][0], STEPS)), words("zh")
    assert column(sheet, told["workbook_reached"]) == [10, 14, 11, 11]
    assert column(sheet, told["workbook_drawn_base"]) == [0, 10, 11, 0]
    assert column(sheet, told["workbook_drawn_level"]) == [10, 0, 0, 11]
    assert column(sheet, told["workbook_drawn_adds"]) == [0, 4, 0, 0]
    assert column(sheet, told["workbook_drawn_takes"]) == [0, 0, 3, 0]


def test_a_waterfall_across_zero_is_not_stacked() -> None:
    rows = [["起", 1.0, "1", 1.0, 1.0], ["减", -3.0, "−3", 1.0, -2.0], ["终", -2.0, "−2", -2.0, -2.0]]
    (chart,) = drawn(made("waterfall", KINDS["waterfall"][0], rows))
    assert '<c:grouping val="clustered"/>' in chart
    assert chart.count("<c:ser>") == 1


@pytest.mark.parametrize(
    ("low", "high", "left", "right"),
    [
        (3.0, 9.0, (2, 0), (0, 4)),
        (8.0, 4.0, (0, 1), (3, 0)),
        (6.0, 9.0, (0, 0), (0, 4)),
        (2.0, 4.0, (3, 0), (0, 0)),
    ],
)
def test_a_tornado_runs_from_its_middle_to_both_ends(
    low: float, high: float, left: tuple[float, float], right: tuple[float, float]
) -> None:
    sheet = worked_out(made("tornado", ENDS, [["甲", "1至2", low, high, "", "", 5.0]]))
    base = next(
        cell for row in sheet.iter_rows() for cell in row if cell.value == words("zh")["workbook_drawn_base"]
    )
    told = [sheet.cell(base.row + 1, base.column + at).value for at in range(5)]
    assert told == [min(low, high, 5.0), *left, *right]


def test_a_kind_unknown_here_is_a_picture_beside_its_data() -> None:
    content = made("radar", ["name", "value"], [["甲", 1.5], ["乙", 2.5]])
    assert drawn(content) == []
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert [name for name in opened.namelist() if "/media/" in name] == ["xl/media/image1.png"]
    sheet = worked_out(content)
    assert column(sheet, "name") == ["甲", "乙"]
    assert column(sheet, "value") == [1.5, 2.5]
