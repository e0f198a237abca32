"""The pieces of a report as nodes: what there is to lay out on paper, in order, sections opened up."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from futian_model.charts.svg import size
from futian_model.charts.theme import SMALL
from futian_model.languages import language
from futian_model.report.page.document import Block, Picture, Piece, Plain, Rich, tone
from futian_model.report.page.elements import (
    COLOURS,
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
from futian_model.report.words.sentences import Words
from futian_model.report.writers.paper.sheet import A4, Sheet

Node = dict[str, Any]
"""One thing to lay out; `is` says what."""

LEGIBLE = 7.5 / SMALL
"""Charts are drawn at reading size; below this scale their smallest words are too small on paper."""
NUMBER = re.compile(r"[-+−±]?[\d.,\s]*\d[\d.,\s]*(%|‰|[eE][-+]?\d+)?|[-–—]|nan|NaN|None|inf", re.ASCII)
"""A cell of a column of figures."""
UNSEEN = ("is", "where", "svg", "mime", "file", "alternative", "target")
"""What a node holds that is not words."""
MOST_ROWS_KEPT = 12
"""An analyst's table of so few rows is kept on one page."""


def nodes_of(piece: Piece, texts: Words, sheet: Sheet = A4) -> Iterator[Node]:
    """What there is to lay out of one piece of a document."""
    if isinstance(piece, Rich):
        yield from _rich(piece)
    elif isinstance(piece, Picture):
        yield _picture(piece)
    elif isinstance(piece, Plain):
        if piece.text.strip():
            yield {"is": "code", "text": COLOURS.sub("", piece.text).strip("\n")}
    elif piece["type"] in BLOCKS:
        yield from BLOCKS[piece["type"]](piece, texts, sheet)


def _cover(block: Block, texts: Words, sheet: Sheet) -> Iterator[Node]:
    yield {"is": "cover"} | {key: block[key] for key in ("title", "subtitle", "description", "facts")}


def _section(block: Block, texts: Words, sheet: Sheet) -> Iterator[Node]:
    heading = _heading(block["level"], (Run(block["heading"]),), new_page=block["new_page"])
    yield heading | {"annex": block.get("annex", False)}
    for child in block["children"]:
        yield from nodes_of(child, texts, sheet)


def _heading(level: int, runs: Runs, *, new_page: bool = False) -> Node:
    # the title of a report stands above all its headings
    return {"is": "heading", "level": max(1, level - 1), "runs": runs, "new_page": new_page, "annex": False}


def _prose(block: Block, texts: Words, sheet: Sheet) -> Iterator[Node]:
    sentences = language(texts.lang).between.join(sentence["text"] for sentence in block["sentences"])
    yield {"is": tone(block), "text": sentences, "leads": False}


def _key_figures(block: Block, texts: Words, sheet: Sheet) -> Iterator[Node]:
    figures = [
        {"label": figure["label"], "figure": figure["number"]["text"], "place": figure["note"]["text"]}
        for figure in block["figures"]
    ]
    yield {"is": "key_figures", "figures": figures}


def _charts(block: Block, texts: Words, sheet: Sheet) -> Iterator[Node]:
    """Charts two by two where their words stay legible, or each at the size it was drawn for."""
    drawn = [_chart(chart) for chart in block["charts"]]
    paired = len(drawn) > 1 and all(sheet.half / chart["width"] >= LEGIBLE for chart in drawn)
    charts = [scaled(chart, sheet.half) if paired else within(chart, sheet) for chart in drawn]
    row = 2 if paired else 1
    rows = [charts[at : at + row] for at in range(0, len(charts), row)]
    yield {"is": "charts", "rows": rows, "words": []}


def _chart(chart: Mapping[str, Any]) -> Node:
    width, height = size(chart["svg"])
    kept = {key: chart.get(key, "") for key in ("svg", "alt", "title")}
    return kept | {"width": width, "height": height}


def within(chart: Node, sheet: Sheet = A4) -> Node:
    """A chart at the size it was drawn for, smaller where the page holds no such width or height."""
    fits = min(1.0, sheet.room / chart["width"], sheet.tallest / chart["height"])
    return scaled(chart, fits * chart["width"])


def scaled(chart: Node, width: float) -> Node:
    """A chart so many points wide."""
    return chart | {"width": width, "height": chart["height"] * width / chart["width"]}


def _table(block: Block, texts: Words, sheet: Sheet) -> Iterator[Node]:
    yield {
        "is": "table",
        "title": block["title"],
        "note": block["note"]["text"] if block["note"] else "",
        "columns": [{"numeric": column["numeric"], "short": column["short"]} for column in block["columns"]],
        "heads": [[column["label"] for column in block["columns"]]],
        "rows": [[cell if isinstance(cell, str) else cell["text"] for cell in row] for row in block["rows"]],
        "whole": block["whole"],
    }


BLOCKS: dict[str, Callable[[Block, Words, Sheet], Iterator[Node]]] = {
    "cover": _cover,
    "section": _section,
    "prose": _prose,
    "key_figures": _key_figures,
    "charts": _charts,
    "table": _table,
}


def _rich(piece: Rich) -> Iterator[Node]:
    """An analyst's Markdown or table; paragraphs of one list together."""
    for listed, group in groupby(
        elements(piece), lambda element: isinstance(element, Paragraph) and element.depth > 0
    ):
        if listed:
            yield {"is": "list", "items": list(group)}
        else:
            yield from (node for element in group for node in _element(element))


def _element(element: Element) -> Iterator[Node]:
    match element:
        case Heading():
            yield _heading(element.level, element.runs)
        case Paragraph():
            yield {"is": "paragraph", "runs": element.runs}
        case Code():
            yield {"is": "code", "text": element.text}
        case Rule():
            yield {"is": "rule"}
        case Picture():
            yield _picture(element)
        case Grid():
            yield from _grid(element)


def _picture(picture: Picture) -> Node:
    return {"is": "picture", "content": picture.content, "mime": picture.mime, "alt": picture.alt}


def _grid(grid: Grid) -> Iterator[Node]:
    rows = [*grid.head, *grid.body]
    if not rows or not rows[0]:
        return
    columns = [[plain(row[at]).strip() for row in grid.body] for at in range(len(rows[0]))]
    yield {
        "is": "table",
        "title": grid.caption,
        "note": "",
        "columns": [{"numeric": _numbers(column), "short": False} for column in columns],
        "heads": grid.head,
        "rows": grid.body,
        "whole": len(grid.body) <= MOST_ROWS_KEPT,
    }


def _numbers(column: Sequence[str]) -> bool:
    filled = [cell for cell in column if cell]
    return bool(filled) and all(NUMBER.fullmatch(cell) for cell in filled)


def runs_in(content: Any) -> Iterator[Run]:
    """Every run inside a node."""
    if isinstance(content, Run):
        yield content
    elif isinstance(content, Paragraph):
        yield from content.runs
    elif isinstance(content, Mapping | list | tuple):
        for inner in content.values() if isinstance(content, Mapping) else content:
            yield from runs_in(inner)


def respelt(content: Any, spelling: Callable[[str], str], linked: Callable[[Runs], Runs] = tuple) -> Any:
    """A node, or what it holds, with every text as a format can show it.

    Parameters
    ----------
    content : Node, or anything inside one
    spelling : callable
        Makes a text into one that can be shown.
    linked : callable
        Makes runs into some that say where they lead.
    """
    match content:
        case str():
            return spelling(content)
        case Run():
            return replace(content, text=spelling(content.text))
        case Paragraph():
            return replace(content, runs=respelt(content.runs, spelling, linked))
        case Mapping():
            return {
                key: value if key in UNSEEN else respelt(value, spelling, linked)
                for key, value in content.items()
            }
        case tuple() if all(isinstance(run, Run) for run in content):
            return tuple(respelt(run, spelling) for run in linked(content))
        case tuple() | list():
            return [respelt(part, spelling, linked) for part in content]
    return content
