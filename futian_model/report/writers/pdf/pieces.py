"""A document as the plain data that the print template lays out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from futian_model.charts.svg import size
from futian_model.charts.theme import SMALL
from futian_model.languages import language
from futian_model.report.page.document import Block, Document, Picture, Piece, Plain, Rich
from futian_model.report.words.sentences import Words, words
from futian_model.report.writers.pdf.analyst import picture, rich, terminal
from futian_model.report.writers.pdf.page import ROOM, SMALLEST, Files, Node, heading, letters, run
from futian_model.report.writers.pdf.ruler import said

GAP = 12.0
"""Points between two charts."""
HALF = (ROOM - GAP) / 2
"""Width of a chart that has another beside it."""
LEGIBLE = SMALLEST / SMALL
"""Charts are drawn at reading size; below this scale their smallest words are too small on paper."""
EDITION = ("fact_vintage", "fact_version")
"""Facts of the cover that every page repeats."""
SHORT = 400
"""A paragraph of so many letters stays with the table or chart it leads to."""
KEEPERS = ("table", "charts", "key_figures", "code", "picture", "links", "list")
HEADING_TALL = 34.0
"""Points of a heading beside a chart, on the safe side."""
CONTENTS_LETTERS = 22
"""Letters of headings of which two can stand side by side in the contents."""
CONTENTS_FROM = 4
"""Fewer headings need no list of contents."""


def nodes(document: Document, files: Files) -> list[Node]:
    """Every piece of a document in order, sections opened up.

    Parameters
    ----------
    document : Document
    files : Files
        Takes the pictures in.
    """
    texts = words(document.lang)
    made = [node for piece in document.pieces for node in _piece(piece, files, texts)]
    return _with_contents(_beside(_led(_levelled(_titled(made))), language(document.lang).line))


def edition(document: Document) -> str:
    """What the pages were made from, in one line for their head."""
    texts = words(document.lang)
    asked = {texts[key] for key in EDITION}
    told = [
        texts.say("pdf_fact", name=name, value=value).text
        for piece in document.pieces
        if isinstance(piece, Mapping) and piece["type"] == "cover"
        for name, value in piece["facts"]
        if name in asked
    ]
    return " · ".join(dict.fromkeys(told))


def _piece(piece: Piece, files: Files, texts: Words) -> Iterator[Node]:
    if isinstance(piece, Rich):
        yield from rich(piece, files)
    elif isinstance(piece, Picture):
        yield picture(piece, files)
    elif isinstance(piece, Plain):
        if piece.text.strip():
            yield terminal(piece)
    else:
        yield from _block(piece, files, texts)


def _block(block: Block, files: Files, texts: Words) -> Iterator[Node]:
    if block["type"] in BLOCKS:
        yield from BLOCKS[block["type"]](block, files, texts)


def _cover(block: Block, files: Files, texts: Words) -> Iterator[Node]:
    yield {"is": "cover"} | {key: block[key] for key in ("title", "subtitle", "description", "facts")}


def _section(block: Block, files: Files, texts: Words) -> Iterator[Node]:
    yield heading(max(1, block["level"] - 1), [run(block["heading"])], new_page=block["new_page"])
    for child in block["children"]:
        yield from _block(child, files, texts)


def _prose(block: Block, files: Files, texts: Words) -> Iterator[Node]:
    told = language(block["lang"]).between.join(sentence["text"] for sentence in block["sentences"])
    yield {"is": "note" if block["note"] else "prose", "text": told}


def _key_figures(block: Block, files: Files, texts: Words) -> Iterator[Node]:
    shown = [
        {"label": one["label"], "figure": one["number"]["text"], "place": one["note"]["text"]}
        for one in block["figures"]
    ]
    yield {"is": "key_figures", "figures": shown}


def _charts(block: Block, files: Files, texts: Words) -> Iterator[Node]:
    drawn = [_drawn(chart, files) for chart in block["charts"]]
    paired = len(drawn) > 1 and all(HALF / one["width"] >= LEGIBLE for one in drawn)
    shown = [_scaled(one, HALF if paired else min(ROOM, one["width"])) for one in drawn]
    row = 2 if paired else 1
    yield {"is": "charts", "gap": GAP, "rows": [shown[at : at + row] for at in range(0, len(shown), row)]}


def _drawn(chart: Mapping[str, Any], files: Files) -> Node:
    """A chart at the size it was drawn for."""
    wide, tall = size(chart["svg"])
    return {
        "file": files.add(chart["svg"].encode(), "svg"),
        "alt": chart["alt"],
        "width": wide,
        "height": tall,
    }


def _scaled(chart: Node, wide: float) -> Node:
    return chart | {"width": wide, "height": chart["height"] * wide / chart["width"]}


def _table(block: Block, files: Files, texts: Words) -> Iterator[Node]:
    yield {
        "is": "table",
        "title": block["title"],
        "note": block["note"]["text"] if block["note"] else "",
        "columns": [{"numeric": one["numeric"], "short": one["short"]} for one in block["columns"]],
        "heads": [[one["label"] for one in block["columns"]]],
        "rows": [[_cell(cell) for cell in row] for row in block["rows"]],
        "whole": block["whole"],
    }


def _cell(cell: str | Mapping[str, Any]) -> str:
    return cell if isinstance(cell, str) else str(cell["text"])


def _links(block: Block, files: Files, texts: Words) -> Iterator[Node]:
    yield {
        "is": "links",
        "links": [_link(label, target, told, texts) for label, target, told in block["links"]],
    }


def _link(label: str, target: str, told: str, texts: Words) -> Node:
    """A link that says on paper where it leads; only a full address can be clicked in a lone file."""
    full = target.startswith(("https://", "http://", "mailto:"))
    place = target if full else texts.say("pdf_file", name=target).text
    return {"label": label, "target": target if full else "", "place": place, "told": told}


BLOCKS: dict[str, Callable[[Block, Files, Words], Iterator[Node]]] = {
    "cover": _cover,
    "section": _section,
    "prose": _prose,
    "key_figures": _key_figures,
    "charts": _charts,
    "table": _table,
    "links": _links,
}


def _titled(made: Sequence[Node]) -> list[Node]:
    """The first cover's title is the document's; any other heads what follows."""
    first = next((at for at, node in enumerate(made) if node["is"] == "cover"), None)
    return [node | {"first": at == first} if node["is"] == "cover" else node for at, node in enumerate(made)]


def _led(made: Sequence[Node]) -> list[Node]:
    """Short paragraphs keep to what they lead to."""
    follows = [after["is"] in KEEPERS for after in made[1:]] + [False]
    return [
        node | {"leads": after and letters(node["text"]) <= SHORT} if node["is"] == "prose" else node
        for node, after in zip(made, follows, strict=False)
    ]


def _levelled(made: Sequence[Node]) -> list[Node]:
    """Headings without a step left out, which readers of the page aloud would stumble over."""
    level, levelled = 0, []
    for node in made:
        if node["is"] == "heading":
            level = min(node["level"], level + 1)
            node = node | {"level": level}
        levelled.append(node)
    return levelled


def _beside(made: list[Node], line: tuple[float, float]) -> list[Node]:
    """Lone charts as small as those in pairs, with the words that follow at their side.

    Without pairs those of the first section alone: the answer and what is not known stay on one page.
    """
    if any(len(row) > 1 for node in made if node["is"] == "charts" for row in node["rows"]):
        return _narrowed(made, line)
    end = next(iter(_tops(made)[1:]), len(made))
    return [*_narrowed(made[:end], line), *made[end:]]


def _narrowed(made: Sequence[Node], line: tuple[float, float]) -> list[Node]:
    """Lone charts at half the width, with as many of the words that follow as fit beside them."""
    laid: list[Node] = []
    rest = list(made)
    while rest:
        node = rest.pop(0)
        lone = node["is"] == "charts" and [len(row) for row in node["rows"]] == [1]
        if not lone or HALF / node["rows"][0][0]["width"] < LEGIBLE:
            laid.append(node)
            continue
        chart = _scaled(node["rows"][0][0], HALF)
        words = _words_within(rest, chart["height"], *line)
        laid.append({"is": "charts", "gap": GAP, "rows": [[chart]], "words": words})
        del rest[: len(words)]
    return laid


def _words_within(
    following: Sequence[Node], tall: float, line_tall: float, line_letters: float
) -> list[Node]:
    """As much of the words that follow as fits beside a chart; no heading without its words."""
    count, used = 0, 0.0
    for at, node in enumerate(following, 1):
        if node["is"] == "heading" and node["level"] > 1 and not node["new_page"]:
            used += HEADING_TALL
        elif node["is"] == "prose":
            used += line_tall * (1.5 + letters(node["text"]) // line_letters)
            count = at if used <= tall else count
        else:
            break
    return list(following[:count])


def _tops(made: Sequence[Node]) -> list[int]:
    """Where the sections begin."""
    return [at for at, node in enumerate(made) if node["is"] == "heading" and node["level"] == 1]


def _with_contents(made: list[Node]) -> list[Node]:
    """Contents after the first section, so that the first page stays the answer's."""
    top = _tops(made)
    if len(top) < CONTENTS_FROM:
        return made
    at = top[1]
    heads = [said({"runs": made[one]["runs"]}) for one in top]
    columns = 2 if max(map(letters, heads)) <= CONTENTS_LETTERS else 1
    contents = {"is": "contents", "count": len(top), "columns": columns}
    contents["where"] = "either" if made[at]["new_page"] else "here"
    # the contents begin the new page themselves, so as to stand before or behind its beginning
    return [*made[:at], contents, made[at] | {"new_page": False}, *made[at + 1 :]]
