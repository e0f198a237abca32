"""Native tables of Word: rules across, heads that repeat, figures to the right; and tiles of key figures."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Any

from lxml.etree import _Element as Element

from futian_model.report.page.elements import Run, Runs
from futian_model.report.writers.docx.form import Form
from futian_model.report.writers.docx.ruler import ARIAL, ROOMY
from futian_model.report.writers.docx.xml import paragraph, run, sized, twentieths, w
from futian_model.report.writers.paper.nodes import Node
from futian_model.report.writers.paper.ruler import Cell, ems, said, widest
from futian_model.report.writers.paper.sheet import PADDING, Sheet

Spelled = Callable[[Runs, float], list[Element]]
"""Makes words of a size, 0 for the usual one, into runs of the document."""

LINE = 1.47
"""Height of a line, in sizes of its words: figures alone stand as low as Chinese words beside them."""
FIGURE, SMALLEST = 16.0, 9.0
"""Points of a key figure: as its style has them, and at the least."""
PART = re.compile(r"(?<=[0-9A-Za-z%])(?=（)|(?<=[，、；：])(?=[0-9A-Za-z+−])")
MAY_BREAK = "\N{ZERO WIDTH SPACE}"
"""Where LibreOffice would rather break a number or its unit; told that a line may end there."""
INSIDE, GAP = 11.0, 5.0
"""Points beside the words of a tile, and between two tiles."""
TILE = {"val": "clear", "color": "auto", "fill": "F3F7FA"}
BETWEEN = {"val": "single", "sz": round(8 * GAP), "space": 0, "color": "FFFFFF"}
"""A border as white as the page keeps tiles apart."""


def table(node: Node, spelled: Spelled, form: Form) -> Element:
    """A table, or a part of one, as it was fitted to its page."""
    usual, every = form.sheet.sizes[0], (*node["heads"], *node["rows"])
    rows = [_row(row, node, spelled, number, usual) for number, row in enumerate(every)]
    frame = _frame("ReportTable", node["fit"].widths, headed=bool(node["heads"]), title=node["title"])
    return w("tbl", *frame, *rows)


def height(node: Node) -> float:
    """About the points that a fitted table takes down a page."""
    size, rooms = node["fit"].size, [width - 2 * PADDING for width in node["fit"].widths]
    lines = (
        max(math.ceil(ems(ARIAL, said(cell)) * size / room) for cell, room in zip(row, rooms, strict=True))
        for row in (*node["heads"], *node["rows"])
    )
    return LINE * size * sum(lines)


def _frame(style: str, widths: Sequence[float], *, headed: bool, title: str = "") -> list[Element]:
    look = {"firstRow": int(headed), "noHBand": 1, "noVBand": 1}
    look |= dict.fromkeys(("lastRow", "firstColumn", "lastColumn"), 0)
    properties = w(
        "tblPr",
        w("tblStyle", val=style),
        w("tblW", w=twentieths(sum(widths)), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", **look),
        w("tblCaption", val=title) if title else None,
    )
    return [properties, _grid(widths)]


def _grid(widths: Sequence[float]) -> Element:
    return w("tblGrid", *(w("gridCol", w=width) for width in _columns(widths)))


def _cell(width: int, *content: Element, look: Sequence[Element] = ()) -> Element:
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), *look), *content)


def _line(cells: Sequence[Element], *, head: bool = False) -> Element:
    """A row that no page breaks; one of the head stands on top of every page."""
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader") if head else None), *cells)


def _columns(widths: Sequence[float]) -> list[int]:
    """Whole widths that add up to the whole."""
    edges = [0, *(twentieths(edge) for edge in accumulate(widths))]
    return [right - left for left, right in pairwise(edges)]


def _keeps(node: Node, number: int) -> bool:
    """Whether a row, heads included, stays with what follows it."""
    last = len(node["heads"]) + len(node["rows"]) - 1
    if number == last:
        return bool(node["note"])
    return node["whole"] or number < len(node["heads"]) + node["first"] - 1 or number > last - node["end"]


def _row(row: Sequence[Cell], node: Node, spelled: Spelled, number: int, usual: float) -> Element:
    """A row; words of another size than the style's usual one say so."""
    fit, head = node["fit"], number < len(node["heads"])
    size = 0.0 if fit.size == usual else fit.size
    look = [w("spacing", line=twentieths(LINE * size), lineRule="atLeast")] if size else []
    cells = []
    for cell, column, width, room in zip(row, node["columns"], _columns(fit.widths), fit.widths, strict=True):
        runs = (Run(cell),) if isinstance(cell, str) else cell
        if ems(ROOMY, said(cell)) * fit.size > room - 2 * PADDING:
            runs = tuple(replace(run, text=PART.sub(MAY_BREAK, run.text)) for run in runs)
        style = "TableFigure" if column["numeric"] else "TableText"
        properties = [*([w("keepNext")] if _keeps(node, number) else []), *map(deepcopy, look)]
        cells.append(_cell(width, paragraph(style, *spelled(runs, size), properties=properties)))
    return _line(cells, head=head)


def tiles(figures: Sequence[Mapping[str, Any]], form: Form) -> Element:
    """Key figures side by side: a row of labels, one of figures, one of what places them."""
    widths = [form.sheet.room / len(figures)] * len(figures)
    room = widths[0] - INSIDE - GAP
    across = widest(ROOMY, (figure["figure"] for figure in figures))
    size = 0.0 if across * FIGURE <= room else max(SMALLEST, room / across)
    rows = [
        _tiles("KeyLabel", [figure["label"] for figure in figures], widths, form, head=True),
        _tiles("KeyFigure", [figure["figure"] for figure in figures], widths, form, size),
        _tiles("KeyNote", [figure["place"] for figure in figures], widths, form),
    ]
    return w("tbl", *_frame("KeyFigures", widths, headed=True), *rows)


def _tiles(
    style: str,
    texts: Sequence[str],
    widths: Sequence[float],
    form: Form,
    size: float = 0.0,
    *,
    head: bool = False,
) -> Element:
    last, cells = len(texts) - 1, list[Element]()
    for at, (text, width) in enumerate(zip(texts, _columns(widths), strict=True)):
        borders = w(
            "tcBorders",
            w("top", val="single", sz=18, space=0, color="0072B2") if head else None,
            w("left", **BETWEEN) if at > 0 else None,
            w("right", **BETWEEN) if at < last else None,
        )
        words = paragraph(style, run(text, properties=sized(size)))
        cells.append(_cell(width, words, look=() if form.official else (borders, w("shd", **TILE))))
    return _line(cells, head=head)


def side_by_side(left: Sequence[Element], right: Sequence[Element], wide: float, sheet: Sheet) -> Element:
    """Two cells without rules, on one page, the left one so many points wide."""
    widths = [wide, sheet.room - wide]
    margins = w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=0, type="dxa"))
    size = w("tblW", w=twentieths(sheet.room), type="dxa")
    properties = w("tblPr", size, w("tblLayout", type="fixed"), margins)
    contents = zip((left, right), _columns(widths), strict=True)
    row = _line([_cell(width, *content) for content, width in contents])
    return w("tbl", properties, _grid(widths), row)
