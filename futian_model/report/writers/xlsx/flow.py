"""A document taken apart for a workbook: its words in order, and the tables and charts they lead to."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from futian_model.languages import language
from futian_model.report.page.document import Document, Picture, Piece, Plain, Rich, tone
from futian_model.report.page.elements import (
    COLOURS,
    Code,
    Element,
    Grid,
    Heading,
    Paragraph,
    Runs,
    elements,
    plain,
)

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class Line:
    """Words of one look: a heading of a level, prose, a note (a caution), or text kept as it is."""

    kind: str
    runs: Runs | str
    level: int = 0


@dataclass(frozen=True)
class Column:
    """A column of a table; `head` names its row."""

    label: str
    numeric: bool = False
    head: bool = False


@dataclass(frozen=True)
class Table:
    """A table of the report or of an analyst; `place` is the heading it stands under.

    A cell is a text, or a number or sentence as blocks carry them.
    """

    title: str
    place: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    note: str = ""
    own: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart as its block carries it."""

    content: Mapping[str, Any]
    place: str


@dataclass(frozen=True)
class Figures:
    """Key figures."""

    content: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Opening:
    """A cover, and the record of what the report was made from."""

    content: Mapping[str, Any]


Item = Line | Table | Chart | Figures | Picture | Opening


def items(document: Document) -> list[Item]:
    """Everything a document shows, in order; covers and records as `Opening`."""
    flow, place = list[Item](), ""
    for piece in document.pieces:
        for item in _piece(piece):
            if isinstance(item, Line) and item.kind == "heading":
                place = said(item)
            flow.append(_placed(item, place))
    return flow


def said(line: Line) -> str:
    """The words of a line alone."""
    return line.runs if isinstance(line.runs, str) else plain(line.runs)


def _placed(item: Item, place: str) -> Item:
    return replace(item, place=place) if isinstance(item, Table | Chart) and not item.place else item


def _piece(piece: Piece) -> Iterator[Item]:
    if isinstance(piece, Rich):
        for element in elements(piece):
            yield from _element(element)
    elif isinstance(piece, Picture):
        yield piece
    elif isinstance(piece, Plain):
        text = UNSEEN.sub("", COLOURS.sub("", piece.text)).rstrip("\n")
        yield from [Line("code", text)] if text.strip() else []
    else:
        yield from _block(piece)


def _element(element: Element) -> Iterator[Item]:
    if isinstance(element, Heading):
        yield Line("heading", element.runs, element.level)
    elif isinstance(element, Paragraph):
        yield Line("prose", _marked(element), element.depth)
        for run in element.runs:
            if run.svg:
                yield Picture(run.svg.encode(), "image/svg+xml", run.text)
    elif isinstance(element, Code):
        yield Line("code", element.text)
    elif isinstance(element, Picture):
        yield element
    elif isinstance(element, Grid):
        yield from _grid(element)


def _marked(paragraph: Paragraph) -> Runs:
    """The words of a paragraph behind the mark of its list; a link's address stands behind it."""
    runs = []
    for run in paragraph.runs:
        runs.append(run)
        if run.link and run.link not in (run.text, f"mailto:{run.text}") and not run.link.startswith("#"):
            runs.append(replace(run, text=f" ({run.link})"))
    if paragraph.mark and runs:
        runs[0] = replace(runs[0], text=f"{paragraph.mark} {runs[0].text}")
    return tuple(runs)


def _grid(grid: Grid) -> Iterator[Table]:
    """A table of an analyst: several rows of heads become one, and words beside numbers stay words."""
    rows = [[plain(cell) for cell in row] for row in grid.body]
    if not rows and not grid.head:
        return
    heads = [[plain(cell) for cell in row] for row in grid.head]
    across = len((heads + rows)[0])
    labels = [" ".join(dict.fromkeys(row[at] for row in heads if row[at])) for at in range(across)]
    columns = [Column(label, head=not at) for at, label in enumerate(labels)]
    yield Table(grid.caption, "", columns, rows, own=True)


def _block(block: Mapping[str, Any]) -> Iterator[Item]:
    kind = block["type"]
    if kind == "section":
        yield Line("heading", block["heading"], block["level"])
        for child in block["children"]:
            for item in _block(child):
                yield _placed(item, block["heading"])
    elif kind == "prose":
        sentences = [sentence["text"] for sentence in block["sentences"]]
        yield Line(tone(block), language(block["lang"]).between.join(sentences))
    elif kind == "key_figures":
        yield Figures(block["figures"])
    elif kind == "charts":
        for chart in block["charts"]:
            yield Chart(chart, "")
    elif kind == "table":
        yield _table(block)
    elif kind in ("cover", "record"):
        yield Opening(block)


def _table(block: Mapping[str, Any]) -> Table:
    columns = [Column(column["label"], column["numeric"], column["head"]) for column in block["columns"]]
    note = block["note"]["text"] if block["note"] else ""
    return Table(block["title"], "", columns, block["rows"], note)
