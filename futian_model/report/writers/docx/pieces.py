"""Pieces of a report, put into a Word document one by one."""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate
from typing import Any

from futian_model.charts.svg import size
from futian_model.languages import language
from futian_model.report.page.document import Block, Picture, Piece, Plain, Rich
from futian_model.report.page.elements import (
    Code,
    Element,
    Grid,
    Heading,
    Paragraph,
    Rule,
    Run,
    Runs,
    elements,
    plain,
)
from futian_model.report.writers.docx.manuscript import BETWEEN, HALF, Chart, Manuscript
from futian_model.report.writers.docx.pictures import Vector, chart
from futian_model.report.writers.docx.tables import Table, tiles
from futian_model.report.writers.docx.widths import ROOM, wide
from futian_model.report.writers.docx.xml import paragraph, run, w

FIGURE = re.compile(r"[-+−±]?[\d.,\s]*\d[\d.,\s]*(%|‰|[eE][-+]?\d+)?|[-–—]|nan|NaN|None|inf", re.ASCII)
"""A cell of a column of figures."""
COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
"""What a terminal is told between words."""
SHORT = 400
"""A paragraph of so many letters stays with the table or chart it leads to."""
WORDS_BESIDE = ROOM - HALF - BETWEEN
"""Points across of words at the side of a chart."""
SIZE, LINE_TALL, HEADING_TALL = 10.5, 18.5, 34.0
"""Points of such words, and of their lines and headings, on the safe side."""
FULL_LINE = 0.9
"""How much of a line words fill."""
LED_TO = ("table", "charts", "key_figures")
MOST_ROWS_KEPT = 12
"""An analyst's table of so few rows is kept on one page."""
BETWEEN_FACTS = "\N{EM SPACE} "
SVG = "image/svg+xml"


def put(piece: Piece, into: Manuscript) -> None:
    """One piece of a document."""
    if isinstance(piece, Rich):
        for element in elements(piece):
            _put_element(element, into)
    elif isinstance(piece, Picture):
        _put_picture(piece, into)
    elif isinstance(piece, Plain):
        if piece.text.strip():
            into.words("Printout", Run(COLOURS.sub("", piece.text).strip("\n")))
    elif piece["type"] in BLOCKS:
        BLOCKS[piece["type"]](piece, into)


def vectors(pieces: Sequence[Piece]) -> Iterator[Vector]:
    """Every picture that has to be drawn in dots."""
    for piece in pieces:
        if isinstance(piece, Rich):
            yield from vectors([one for one in elements(piece) if isinstance(one, Picture)])
        elif isinstance(piece, Picture):
            if piece.mime == SVG:
                yield _vector(piece)
        elif isinstance(piece, Mapping):
            yield from (chart(one["svg"]) for one in piece.get("charts", ()))
            yield from vectors(piece.get("children", ()))


def _vector(picture: Picture) -> Vector:
    return Vector(picture.content.decode("utf-8", "replace"))


def _cover(block: Block, into: Manuscript) -> None:
    into.head_first(block["subtitle"])
    into.words("Title", Run(block["title"]))
    if block["description"]:
        into.words("Lead", Run(block["description"]))
    facts = []
    for at, (label, text) in enumerate(block["facts"]):
        facts += [run(BETWEEN_FACTS)] if at else []
        facts += [run(_unbroken(label) + "\N{NO-BREAK SPACE}", "Muted"), run(_unbroken(text))]
    into.add(paragraph("Facts", *facts))


def _unbroken(text: str) -> str:
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _section(block: Block, into: Manuscript) -> None:
    into.heading(max(1, block["level"] - 1), (Run(block["heading"]),), new_page=block["new_page"])
    rest = list(block["children"])
    while rest:
        child = rest.pop(0)
        if child["type"] == "prose":
            _prose(child, into, leads=bool(rest) and rest[0]["type"] in LED_TO)
        elif into.opens and (beside := _beside(child, rest)):
            del rest[: len(beside)]
            into.picture_beside(_chart(child["charts"][0]), partial(_put_all, beside, into))
        else:
            put(child, into)


def _put_all(blocks: Sequence[Block], into: Manuscript) -> None:
    for block in blocks:
        put(block, into)


def _beside(charts: Block, following: Sequence[Block]) -> Sequence[Block]:
    """As many of the words after a lone chart as are no taller than it at its side."""
    if charts["type"] != "charts" or len(charts["charts"]) != 1:
        return []
    across, down = size(charts["charts"][0]["svg"])
    used = accumulate(map(_tall, following))
    return following[: sum(total <= HALF * down / across for total in used)]


def _tall(block: Block) -> float:
    """Points down of words at the side of a chart; infinite for all else, which does not go there."""
    if block["type"] == "section" and not block["new_page"]:
        return HEADING_TALL + sum(map(_tall, block["children"]))
    if block["type"] != "prose" or block["note"]:
        return math.inf
    told = sum(wide(sentence["text"]) for sentence in block["sentences"])
    return LINE_TALL * (math.ceil(SIZE * told / (FULL_LINE * WORDS_BESIDE)) + 0.5)


def _prose(block: Block, into: Manuscript, *, leads: bool = False) -> None:
    told = language(block["lang"]).between.join(sentence["text"] for sentence in block["sentences"])
    keep = [w("keepNext")] if leads and wide(told) <= SHORT else []
    into.words("Caution" if block["note"] else "BodyText", Run(told), properties=keep)


def _key_figures(block: Block, into: Manuscript) -> None:
    into.add(
        paragraph("AfterTable", properties=[w("keepNext")]), tiles(block["figures"]), paragraph("AfterTable")
    )


def _charts(block: Block, into: Manuscript) -> None:
    drawn = [_chart(one) for one in block["charts"]]
    for pair in zip(drawn[::2], drawn[1::2], strict=False):
        into.pictures_paired(*pair)
    if len(drawn) % 2:
        into.picture(*drawn[-1], room=HALF if len(drawn) > 1 else ROOM)


def _chart(given: Mapping[str, Any]) -> Chart:
    return Chart(chart(given["svg"]), given["alt"], given["title"])


def _table(block: Block, into: Manuscript) -> None:
    columns = block["columns"]
    note = block["note"]["text"] if block["note"] else ""
    given = Table(
        [[(Run(column["label"]),) for column in columns]],
        [[_cell(cell) for cell in row] for row in block["rows"]],
        [column["numeric"] for column in columns],
        [column["short"] for column in columns],
        title=block["title"],
        whole=block["whole"],
        noted=bool(note),
    )
    into.table(given, note)


def _cell(cell: str | Mapping[str, Any]) -> Runs:
    return (Run(cell if isinstance(cell, str) else cell["text"]),)


def _links(block: Block, into: Manuscript) -> None:
    for label, target, told in block["links"]:
        into.item((Run(label, link=target), Run(f"\n{told}" if told else "")), "•", 1)


BLOCKS: dict[str, Callable[[Block, Manuscript], None]] = {
    "cover": _cover,
    "section": _section,
    "prose": _prose,
    "key_figures": _key_figures,
    "charts": _charts,
    "table": _table,
    "links": _links,
}


def _put_element(element: Element, into: Manuscript) -> None:
    match element:
        case Heading():
            # the title of a report stands above all its headings
            into.heading(max(1, element.level - 1), element.runs)
        case Paragraph() if element.depth:
            into.item(element.runs, element.mark, element.depth)
        case Paragraph():
            into.words("BodyText", *element.runs)
        case Code():
            into.words("Printout", Run(element.text))
        case Rule():
            into.words("Rule")
        case Picture():
            _put_picture(element, into)
        case Grid():
            _put_grid(element, into)


def _put_picture(picture: Picture, into: Manuscript) -> None:
    described = picture.alt != into.texts["picture_without_description"]
    content = _vector(picture) if picture.mime == SVG else picture.content
    into.picture(content, picture.alt, picture.alt if described else "")


def _put_grid(grid: Grid, into: Manuscript) -> None:
    rows = [*grid.head, *grid.body]
    if not rows or not rows[0]:
        return
    count = range(len(rows[0]))
    numeric = [_figures([plain(row[at]).strip() for row in grid.body]) for at in count]
    whole = len(grid.body) <= MOST_ROWS_KEPT
    into.table(Table(grid.head, grid.body, numeric, [False for _ in count], title=grid.caption, whole=whole))


def _figures(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(FIGURE.fullmatch(cell) for cell in filled)
