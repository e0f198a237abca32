"""Native tables of Word: rules across, heads that repeat, figures to the right; and tiles of key figures."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Any

from lxml.etree import _Element as Element

from futian_model.report.page.elements import Runs, plain
from futian_model.report.writers.docx.widths import PADDING, ROOM, ROOMY, Column, Fit, fits, wide
from futian_model.report.writers.docx.xml import legal, paragraph, run, sized, twentieths, w

Spelled = Callable[[Runs, float], list[Element]]
"""Makes words of a size, 0 for the usual one, into runs of the document."""

USUAL = 9.0
"""Points of the words in a table, as its style has them."""
LINE = 1.47
"""Height of a line, in sizes of its words: figures alone stand as low as Chinese words beside them."""
FIRST, LAST = 4, 2
"""Rows that stay together at the beginning and at the end of a long table."""
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


@dataclass(frozen=True)
class Table:
    """A table to write.

    Attributes
    ----------
    heads, rows : sequence of rows of cells
    numeric, short : sequence of bool
        By column: figures, single words.
    title : str
        Its caption; empty where it has none.
    whole : bool
        Whether it stays on one page.
    noted : bool
        Whether a note follows that stays with it.
    """

    heads: Sequence[Sequence[Runs]]
    rows: Sequence[Sequence[Runs]]
    numeric: Sequence[bool]
    short: Sequence[bool]
    title: str = ""
    whole: bool = False
    noted: bool = False

    def fits(self) -> list[Fit]:
        """How it fits its page; in several parts where it has to be."""
        kinds = enumerate(zip(self.numeric, self.short, strict=True))
        return fits(
            [
                Column([plain(row[at]) for row in self.heads], [plain(row[at]) for row in self.rows], *kind)
                for at, kind in kinds
            ]
        )

    def keeps(self, row: int) -> bool:
        """Whether a row, heads included, stays with what follows it."""
        heads, count = len(self.heads), len(self.heads) + len(self.rows)
        if row == count - 1:
            return self.noted
        return self.whole or row < heads + FIRST - 1 or row >= count - LAST


def table(given: Table, fit: Fit, spelled: Spelled) -> Element:
    """The part of a table that one fit holds."""
    heads = len(given.heads)
    rows = [
        _row(
            [row[at] for at in fit.columns],
            [given.numeric[at] for at in fit.columns],
            fit,
            spelled,
            head=number < heads,
            kept=given.keeps(number),
        )
        for number, row in enumerate((*given.heads, *given.rows))
    ]
    return w("tbl", *_frame("ReportTable", fit.widths, headed=heads > 0, title=given.title), *rows)


def _frame(style: str, widths: Sequence[float], *, headed: bool, title: str = "") -> list[Element]:
    look = {
        "firstRow": int(headed),
        "lastRow": 0,
        "firstColumn": 0,
        "lastColumn": 0,
        "noHBand": 1,
        "noVBand": 1,
    }
    properties = w(
        "tblPr",
        w("tblStyle", val=style),
        w("tblW", w=twentieths(sum(widths)), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", **look),
        w("tblCaption", val=legal(title)) if title else None,
    )
    return [properties, w("tblGrid", *(w("gridCol", w=each) for each in _columns(widths)))]


def _columns(widths: Sequence[float]) -> list[int]:
    """Whole widths that add up to the whole."""
    edges = [0, *(twentieths(edge) for edge in accumulate(widths))]
    return [right - left for left, right in pairwise(edges)]


def _row(
    cells: Sequence[Runs], numeric: Sequence[bool], fit: Fit, spelled: Spelled, *, head: bool, kept: bool
) -> Element:
    size = 0.0 if fit.size == USUAL else fit.size
    made = []
    for cell, right, each, room in zip(cells, numeric, _columns(fit.widths), fit.widths, strict=True):
        if wide(plain(cell), ROOMY) * fit.size > room - PADDING:
            cell = tuple(replace(one, text=PART.sub(MAY_BREAK, one.text)) for one in cell)
        look = [w("keepNext")] if kept else []
        look += [w("spacing", line=twentieths(LINE * size), lineRule="atLeast")] if size else []
        words = paragraph("TableFigure" if right else "TableText", *spelled(cell, size), properties=look)
        made.append(w("tc", w("tcPr", w("tcW", w=each, type="dxa")), words))
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader") if head else None), *made)


def tiles(figures: Sequence[Mapping[str, Any]]) -> Element:
    """Key figures side by side: a row of labels, one of figures, one of what places them."""
    widths = [ROOM / len(figures)] * len(figures)
    room = widths[0] - INSIDE - GAP
    widest = max(wide(one["number"]["text"]) for one in figures)
    size = 0.0 if widest * FIGURE <= room else max(SMALLEST, room / widest)
    rows = [
        _tiles("KeyLabel", [one["label"] for one in figures], widths, head=True),
        _tiles("KeyFigure", [one["number"]["text"] for one in figures], widths, size),
        _tiles("KeyNote", [one["note"]["text"] for one in figures], widths),
    ]
    return w("tbl", *_frame("KeyFigures", widths, headed=True), *rows)


def _tiles(
    style: str, texts: Sequence[str], widths: Sequence[float], size: float = 0.0, *, head: bool = False
) -> Element:
    last = len(texts) - 1
    made = []
    for at, (text, each) in enumerate(zip(texts, _columns(widths), strict=True)):
        borders = w(
            "tcBorders",
            w("top", val="single", sz=18, space=0, color="0072B2") if head else None,
            w("left", **BETWEEN) if at > 0 else None,
            w("right", **BETWEEN) if at < last else None,
        )
        properties = w("tcPr", w("tcW", w=each, type="dxa"), borders, w("shd", **TILE))
        made.append(w("tc", properties, paragraph(style, run(text, properties=sized(size)))))
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader") if head else None), *made)


def side_by_side(left: Sequence[Element], right: Sequence[Element], wide: float) -> Element:
    """Two cells without rules, on one page, the left one so many points wide."""
    widths = [wide, ROOM - wide]
    none = w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=0, type="dxa"))
    properties = w(
        "tblPr",
        w("tblW", w=twentieths(ROOM), type="dxa"),
        w("tblLayout", type="fixed"),
        none,
    )
    cells = [
        w("tc", w("tcPr", w("tcW", w=each, type="dxa")), *content)
        for content, each in zip((left, right), _columns(widths), strict=True)
    ]
    row = w("tr", w("trPr", w("cantSplit")), *cells)
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=each) for each in _columns(widths))), row)
