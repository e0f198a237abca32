"""An analyst's own text, tables and printed lines as nodes for the print template."""

import re
from collections.abc import Iterator, Sequence

from futian_model.report.page.document import Picture, Plain, Rich
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
from futian_model.report.writers.pdf.page import Files, Node, heading, run

ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}
FIGURE = re.compile(r"[-+−±]?[\d.,\s]*\d[\d.,\s]*(%|‰|[eE][-+]?\d+)?|[-–—]|nan|NaN|None|inf", re.ASCII)
"""A cell of a column of figures."""
COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
"""What a terminal is told between words."""
LOOKS = ("bold", "italic", "code")
RAISED = {1: "sup", -1: "sub"}


def rich(piece: Rich, files: Files) -> Iterator[Node]:
    """Markdown or a table of the analyst's."""
    items: list[Paragraph] = []
    for element in elements(piece):
        if isinstance(element, Paragraph) and element.depth:
            items.append(element)
            continue
        yield from _listed(items)
        yield from _node(element, files)
    yield from _listed(items)


def picture(piece: Picture, files: Files) -> Node:
    """A picture as large as it was made, where there is room."""
    if piece.mime not in ENDINGS:
        return paragraph((Run(piece.alt, italic=True),))
    return {"is": "picture", "file": files.add(piece.content, ENDINGS[piece.mime]), "alt": piece.alt}


def terminal(piece: Plain) -> Node:
    """Lines as a program printed them."""
    return {"is": "code", "text": COLOURS.sub("", piece.text).rstrip("\n")}


def paragraph(runs: Runs) -> Node:
    return {"is": "paragraph", "runs": _runs(runs)}


def _node(element: Element, files: Files) -> Iterator[Node]:
    match element:
        case Heading():
            # the title of a report stands above all its headings
            yield heading(max(1, element.level - 1), _runs(element.runs))
        case Paragraph():
            yield paragraph(element.runs)
        case Code():
            yield {"is": "code", "text": element.text}
        case Rule():
            yield {"is": "rule"}
        case Picture():
            yield picture(element, files)
        case Grid():
            yield from _grid(element)


def _listed(items: list[Paragraph]) -> Iterator[Node]:
    """Paragraphs of a list, which are then used up."""
    if items:
        yield {"is": "list", "items": _items(items, min(item.depth for item in items))}
        items.clear()


def _items(paragraphs: Sequence[Paragraph], depth: int) -> list[Node]:
    """Items of one depth, what lies deeper inside the one before it."""
    made: list[Node] = []
    deeper: list[list[Paragraph]] = []
    for one in paragraphs:
        if made and one.depth > depth:
            deeper[-1].append(one)
            continue
        if made and not one.mark:
            made[-1]["runs"] += [run("\n"), *_runs(one.runs)]
            continue
        made.append({"mark": one.mark, "runs": _runs(one.runs)})
        deeper.append([])
    for item, inside in zip(made, deeper, strict=True):
        item["items"] = _items(inside, min(one.depth for one in inside)) if inside else []
    return made


def _grid(grid: Grid) -> Iterator[Node]:
    rows = [*grid.head, *grid.body]
    if not rows or not rows[0]:
        return
    columns = [[plain(row[at]).strip() for row in grid.body] for at in range(len(rows[0]))]
    yield {
        "is": "table",
        "title": grid.caption,
        "note": "",
        "columns": [{"numeric": _figures(column), "short": False} for column in columns],
        "heads": [[{"runs": _runs(cell)} for cell in row] for row in grid.head],
        "rows": [[{"runs": _runs(cell)} for cell in row] for row in grid.body],
        "whole": len(grid.body) <= 12,
    }


def _figures(column: Sequence[str]) -> bool:
    filled = [cell for cell in column if cell]
    return bool(filled) and all(FIGURE.fullmatch(cell) for cell in filled)


def _runs(runs: Runs) -> list[Node]:
    return [made for one in runs for made in _run(one)]


def _run(one: Run) -> Iterator[Node]:
    looks = [look for look in LOOKS if getattr(one, look)] + [
        RAISED[raised] for raised in (one.raised,) if raised
    ]
    target = one.link if not one.link.startswith("#") else ""
    yield run(one.text, " ".join(looks), target)
    address = target.removeprefix("mailto:")
    if address and address not in one.text:
        # paper cannot be clicked
        yield run(f" <{address}>", "address", target)
