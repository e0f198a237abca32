"""How a report flows over pages: what stays with what, what stands side by side, which pages are turned."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from futian_model.report.page.document import Document
from futian_model.report.page.elements import plain
from futian_model.report.words.sentences import words
from futian_model.report.writers.paper.fit import Column, fits
from futian_model.report.writers.paper.nodes import LEGIBLE, Node, nodes_of, scaled
from futian_model.report.writers.paper.ruler import Ruler, ems, said
from futian_model.report.writers.paper.sheet import A4, Sheet

SHORT = 400
"""A paragraph of so many letters stays with the table or chart it leads to."""
LED_TO = ("table", "charts", "key_figures", "code", "picture", "list")
HEADING_TALL = 34.0
"""Points of a heading beside a chart, on the safe side."""
FULL_LINE = 0.92
"""How much of a line words fill."""
CONTENTS_LETTERS = 22
"""Letters of headings of which two can stand side by side in the contents."""
CONTENTS_FROM = 4
"""Fewer headings need no list of contents."""
FIRST, LAST = 4, 3
"""Rows that stay together at the beginning and at the end of a long table, and with the note below it."""
LONGEST_END = 1500
"""Letters of its last rows beyond which they may be taller than a page."""
LEADING, MOST_LEADING = ("prose", "paragraph"), 2
"""What goes with a table onto a page on its side, beside headings, and how many."""


def flow(document: Document, ruler: Ruler, sheet: Sheet = A4) -> list[Node]:
    """Every piece of a document in order, and where it has to stay.

    Parameters
    ----------
    document : Document
    ruler : Ruler
        Of the typeface that its paragraphs are set in.
    sheet : Sheet
    """
    texts = words(document.lang)
    nodes = [node for piece in document.pieces for node in nodes_of(piece, texts, sheet)]
    return _with_contents(_beside(_led(_levelled(_titled(nodes)), ruler), ruler, sheet), ruler)


def _titled(nodes: Sequence[Node]) -> list[Node]:
    """The first cover's title is the document's; any other heads what follows."""
    first = next((at for at, node in enumerate(nodes) if node["is"] == "cover"), None)
    return [node | {"first": at == first} if node["is"] == "cover" else node for at, node in enumerate(nodes)]


def _led(nodes: Sequence[Node], ruler: Ruler) -> list[Node]:
    """Short paragraphs keep to what they lead to."""
    follows = [after["is"] in LED_TO for after in nodes[1:]] + [False]
    return [
        node | {"leads": leads and ems(ruler, node["text"]) <= SHORT} if node["is"] == "prose" else node
        for node, leads in zip(nodes, follows, strict=False)
    ]


def _levelled(nodes: Sequence[Node]) -> list[Node]:
    """Headings without a step left out, which readers of the page aloud would stumble over."""
    level, levelled = 0, []
    for node in nodes:
        if node["is"] == "heading":
            level = min(node["level"], level + 1)
            node = node | {"level": level}
        levelled.append(node)
    return levelled


def _beside(nodes: list[Node], ruler: Ruler, sheet: Sheet) -> list[Node]:
    """Lone charts as small as those in pairs, with the words that follow at their side.

    Without pairs those of the first section alone: the answer and what is not known stay on one page.
    """
    if any(len(row) > 1 for node in nodes if node["is"] == "charts" for row in node["rows"]):
        return _narrowed(nodes, ruler, sheet)
    end = next(iter(_tops(nodes)[1:]), len(nodes))
    return [*_narrowed(nodes[:end], ruler, sheet), *nodes[end:]]


def _narrowed(nodes: Sequence[Node], ruler: Ruler, sheet: Sheet) -> list[Node]:
    """Lone charts at half the width, with as many of the words that follow as fit beside them."""
    laid: list[Node] = []
    rest = list(nodes)
    while rest:
        node = rest.pop(0)
        lone = node["is"] == "charts" and [len(row) for row in node["rows"]] == [1]
        if not lone or sheet.half / node["rows"][0][0]["width"] < LEGIBLE:
            laid.append(node)
            continue
        chart = scaled(node["rows"][0][0], sheet.half)
        beside = _words_within(rest, chart, ruler)
        laid.append(node | {"rows": [[chart]], "words": beside})
        del rest[: len(beside)]
    return laid


def _words_within(following: Sequence[Node], chart: Node, ruler: Ruler) -> list[Node]:
    """As much of the words that follow as fits beside a chart; no heading without its words."""
    count, used = 0, 0.0
    for at, node in enumerate(following, 1):
        if node["is"] == "heading" and node["level"] > 1 and not node["new_page"]:
            used += HEADING_TALL
        elif node["is"] == "prose":
            across = ems(ruler, node["text"]) * ruler.prose
            used += ruler.line * (0.5 + math.ceil(across / (FULL_LINE * chart["width"])))
            count = at if used <= chart["height"] else count
        else:
            break
    return list(following[:count])


def _tops(nodes: Sequence[Node]) -> list[int]:
    """Where the sections begin."""
    return [at for at, node in enumerate(nodes) if node["is"] == "heading" and node["level"] == 1]


def _with_contents(nodes: list[Node], ruler: Ruler) -> list[Node]:
    """Contents after the first section, so that the first page stays the answer's."""
    top = _tops(nodes)
    if len(top) < CONTENTS_FROM:
        return nodes
    at = top[1]
    widest = max(ems(ruler, plain(nodes[place]["runs"])) for place in top)
    contents = {"is": "contents", "count": len(top), "columns": 2 if widest <= CONTENTS_LETTERS else 1}
    contents["where"] = "either" if nodes[at]["new_page"] else "here"
    # the contents begin the new page themselves, so as to stand before or behind its beginning
    return [*nodes[:at], contents, nodes[at] | {"new_page": False}, *nodes[at + 1 :]]


def spreads(nodes: Iterable[Node], rulers: Sequence[Ruler], sheet: Sheet = A4) -> list[dict[str, Any]]:
    """Runs of nodes on upright pages and on pages on their side, tables fitted.

    Parameters
    ----------
    nodes : iterable of Node
    rulers : sequence of Ruler
        For tables, as `fit.fits` takes them.
    sheet : Sheet

    Returns
    -------
    list of dict
        Each `turned` or not, with its `nodes`; a table parted is several, all but the first `again`.
    """
    laid: list[dict[str, Any]] = []
    for node in nodes:
        for part in _fitted(node, rulers, sheet) if node["is"] == "table" else [node]:
            turned = part["is"] == "table" and part["fit"].turned
            moved = _moved(laid[-1]["nodes"]) if turned and laid and not laid[-1]["turned"] else []
            if laid and not laid[-1]["nodes"]:
                laid.pop()
            if not laid or laid[-1]["turned"] != turned:
                laid.append({"turned": turned, "nodes": []})
            laid[-1]["nodes"] += [*moved, part]
    return laid


def _fitted(table: Node, rulers: Sequence[Ruler], sheet: Sheet) -> Iterator[Node]:
    """A table as parts that fit their pages."""
    columns = [
        Column([said(row[at]) for row in table["heads"]], [said(row[at]) for row in table["rows"]], **kind)
        for at, kind in enumerate(table["columns"])
    ]
    end = table["rows"][-LAST:]
    kept = len(end) if sum(len(said(cell)) for row in end for cell in row) <= LONGEST_END else 0
    parts = fits(columns, rulers, sheet)
    for part in parts:
        yield table | {
            "columns": [table["columns"][at] for at in part.columns],
            "heads": [[row[at] for at in part.columns] for row in table["heads"]],
            "rows": [[row[at] for at in part.columns] for row in table["rows"]],
            "note": table["note"] if part is parts[-1] else "",
            "again": part is not parts[0],
            "first": FIRST,
            "end": kept,
            "fit": part,
        }


def _moved(upright: list[Node]) -> list[Node]:
    """Take the words that lead to a table from the pages before it, so that they stand above it."""
    moved: list[Node] = []
    while upright and (
        upright[-1]["is"] == "heading" or (upright[-1]["is"] in LEADING and len(moved) < MOST_LEADING)
    ):
        moved.insert(0, upright.pop())
    if moved and upright and upright[-1]["is"] == "contents":
        # where the upright page has no room for them they would be alone on the next
        moved.insert(0, upright[-1] | {"where": "top"})
        upright[-1] = upright[-1] | {"where": "foot"}
    return moved


def headings(laid: Iterable[dict[str, Any]]) -> Iterator[Node]:
    """Every heading in order, those beside charts too."""
    for spread in laid:
        for node in spread["nodes"]:
            yield from (part for part in (node, *node.get("words", ())) if part["is"] == "heading")
