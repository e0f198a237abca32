"""Nodes as the plain data that the print template reads."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from futian_model.files import digest
from futian_model.report.page.elements import Paragraph, Run, Runs
from futian_model.report.page.formulas import AXIS
from futian_model.report.writers.paper.nodes import Node, runs_in
from futian_model.report.writers.paper.ruler import (
    BRACKETS,
    Cell,
    Ruler,
    ems,
    figure_parts,
    label_lines,
    label_width,
    said,
)
from futian_model.report.writers.paper.sheet import GAP, MILLIMETRE, PADDING, ROOM, SIDE, TALL, WIDE

ABOVE, BELOW = 18 * MILLIMETRE, 15 * MILLIMETRE
SHEET = {
    "side": SIDE,
    "above": ABOVE,
    "below": BELOW,
    "room": ROOM,
    "tall": TALL - ABOVE - BELOW,
    "tall_turned": WIDE - ABOVE - BELOW,
    "gap": GAP,
    "padding": PADDING,
}
"""What the template is told of the page, in points."""
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}


@dataclass(frozen=True)
class Address(Run):
    """Where a link leads, after its words: paper cannot be clicked."""


def filed(node: Node, files: dict[str, bytes]) -> Node:
    """A node with its pictures put among the files."""
    files |= {formula_file(run.svg): run.svg.encode() for run in runs_in(node) if run.svg}
    match node["is"]:
        case "charts":
            return node | {"rows": [[_drawn(chart, files) for chart in row] for row in node["rows"]]}
        case "picture" if node["mime"] not in ENDINGS:
            return {"is": "paragraph", "runs": (Run(node["alt"], italic=True),)}
        case "picture":
            return {"is": "picture"} | _add(node["content"], ENDINGS[node["mime"]], node["alt"], files)
    return node


def _drawn(chart: Node, files: dict[str, bytes]) -> Node:
    return _add(chart["svg"].encode(), "svg", chart["alt"], files) | {"width": chart["width"]}


def _add(content: bytes, ending: str, alt: str, files: dict[str, bytes]) -> Node:
    name = f"picture-{len(files)}.{ending}"
    files[name] = content
    return {"file": name, "alternative": _legal(alt)}


def addressed(runs: Runs) -> Runs:
    """Runs with the addresses that their links lead to."""
    return tuple(part for run in runs for part in _addressed(run))


def _addressed(run: Run) -> Iterator[Run]:
    target = "" if run.link.startswith("#") else _legal(run.link)
    yield replace(run, link=target)
    address = target.removeprefix("mailto:")
    if address and address not in run.text:
        yield Address(f" <{address}>", link=target)


def _legal(text: str) -> str:
    """Text without what no file may hold."""
    return "".join(character for character in text if unicodedata.category(character) not in ("Cc", "Cs"))


def data(node: Node, ruler: Ruler) -> Node:
    """What the template reads of a node."""
    if node["is"] == "table":
        return _table(node, ruler)
    if node["is"] == "list":
        return node | {"items": _items(node["items"], min(item.depth for item in node["items"]))}
    return node


def _items(paragraphs: Sequence[Paragraph], depth: int) -> list[Node]:
    """Items of one depth, what lies deeper inside the one before it."""
    items: list[Node] = []
    deeper: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        if items and paragraph.depth > depth:
            deeper[-1].append(paragraph)
        elif items and not paragraph.mark:
            items[-1]["runs"] += (Run("\n"), *paragraph.runs)
        else:
            items.append({"mark": paragraph.mark, "runs": paragraph.runs})
            deeper.append([])
    for item, inside in zip(items, deeper, strict=True):
        item["items"] = _items(inside, min(paragraph.depth for paragraph in inside)) if inside else []
    return items


def _table(table: Node, ruler: Ruler) -> Node:
    """A table whose cells are made to fit their columns; the outer edges have no padding."""
    fit = table["fit"]
    last = len(fit.widths) - 1
    rooms = [
        (width - (2 - (at == 0) - (at == last)) * PADDING) / fit.size for at, width in enumerate(fit.widths)
    ]

    def parts(cell: Cell, at: int) -> Any:
        if not table["columns"][at]["numeric"] or not isinstance(cell, str):
            return cell
        kept = figure_parts(cell) if ems(ruler, cell) > rooms[at] else [cell]
        return [{"text": part, "whole": ems(ruler, part) <= rooms[at]} for part in kept]

    return table | {
        "fit": None,
        "size": fit.size,
        "widths": fit.widths,
        "turned": fit.turned,
        "heads": [
            [_label(cell, ruler, rooms[at], fit.size) for at, cell in enumerate(row)]
            for row in table["heads"]
        ],
        "rows": [[parts(cell, at) for at, cell in enumerate(row)] for row in table["rows"]],
    }


def _label(cell: Cell, ruler: Ruler, room: float, size: float) -> Node:
    """A label as narrow as its lines allow, so that none of them is left with a letter or two."""
    lines = len(label_lines(ruler, said(cell), room))
    wide = room if lines == 1 else min(room, label_width(ruler, said(cell), lines) + 0.2)
    if isinstance(cell, str):
        parts = [part for part in re.split(f"({BRACKETS})", cell) if part]
        return {"cell": [{"text": part, "whole": part[0] in "（("} for part in parts], "width": wide * size}
    return {"cell": cell, "width": wide * size}


def look(run: Run) -> dict[str, Any]:
    """A run as the template reads it."""
    looks = [name for name in ("bold", "italic", "code") if getattr(run, name)]
    looks += [{1: "sup", -1: "sub"}[run.raised]] if run.raised else []
    looks += ["address"] if isinstance(run, Address) else []
    content = {"text": run.text, "look": " ".join(looks), "link": run.link}
    return content | {"file": formula_file(run.svg), "axis": AXIS} if run.svg else content


def formula_file(svg: str) -> str:
    """What the picture of a formula is called among the files of a report."""
    return f"formula-{digest(svg.encode())}.svg"
