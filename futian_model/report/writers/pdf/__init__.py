"""A report as pages to print: set by typst from data, never from text taken for markup."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from futian_model.languages import language
from futian_model.report.page.carried import Written, pack
from futian_model.report.page.document import Document
from futian_model.report.words.sentences import words
from futian_model.report.writers.pdf import fonts
from futian_model.report.writers.pdf.fonts import Spelling, typefaces
from futian_model.report.writers.pdf.page import SHEET, Files, Node, letters
from futian_model.report.writers.pdf.pieces import edition, nodes
from futian_model.report.writers.pdf.reading import carried, pictures, seen
from futian_model.report.writers.pdf.ruler import said
from futian_model.report.writers.pdf.svg import lettered
from futian_model.report.writers.pdf.tables import fitted
from futian_model.report.writers.pdf.typst import pages

__all__ = ["carried", "pictures", "seen", "write"]

UNSEEN = ("is", "file", "target", "link", "look", "alt")
"""What a node holds that is not set in type."""
SVG = ".svg"
HEAD, EDITION = 42, 28
"""Letters of the title, and of what the report was made from, that the head of a page has room for."""
LEADING, MOST_LEADING = ("prose", "paragraph"), 2
"""What goes with a table onto a page on its side, beside headings, and how many."""


def write(document: Document) -> Written:
    """A document as one PDF that carries its notebook.

    Parameters
    ----------
    document : Document

    Returns
    -------
    Written
        The same bytes for the same document; warned of are characters and pictures that could not be
        shown as they are.
    """
    faces = typefaces(tuple(fonts.packaged()))
    spelling, files, texts = Spelling(faces), Files(), words(document.lang)
    made = _spelt(nodes(document, files), spelling)
    laid = [part for node in made for part in (fitted(node, faces) if node["is"] == "table" else [node])]
    title = spelling(document.title).strip() or _first_heading(made) or texts["pdf_untitled"]
    report = {
        "title": title.replace("\u200b", ""),
        "head": _cut(title, HEAD),
        "edition": _cut(spelling(edition(document)), EDITION),
        "lang": document.lang,
        "region": language(document.lang).locale.rpartition("-")[2].lower(),
        "han": language(document.lang).han,
        "families": faces.families,
        "mono": faces.mono,
        "sheet": SHEET,
        "contents": spelling(texts["pdf_contents"]),
        "page": spelling(texts["pdf_page"]),
        "carried": texts["pdf_carried"],
        "spreads": _spreads(laid),
    }
    drawn = {
        name: lettered(picture, spelling) if name.endswith(SVG) else picture
        for name, picture in files.content.items()
    }
    content, told = pages(report, drawn, pack(document.notebook), spelling)
    return Written(content, (*([faces.warning] if faces.warning else []), *spelling.warnings(), *told))


def _spelt(content: Any, spelling: Spelling) -> Any:
    """The same data with every text that is shown as the typefaces can set it."""
    if isinstance(content, str):
        return spelling(content)
    if isinstance(content, Mapping):
        return {
            key: _unseen(value) if key in UNSEEN and isinstance(value, str) else _spelt(value, spelling)
            for key, value in content.items()
        }
    if isinstance(content, Sequence):
        return [_spelt(one, spelling) for one in content]
    return content


def _unseen(text: str) -> str:
    """Text without what no file may hold."""
    return "".join(one for one in text if unicodedata.category(one) not in ("Cc", "Cs"))


def _first_heading(made: Sequence[Node]) -> str:
    return next((said(node) for node in made if node["is"] == "heading"), "")


def _cut(text: str, room: int) -> str:
    """As much of a text as there is room for on one line."""
    line = " ".join(text.split())
    if letters(line) <= room:
        return line
    return next(line[:end].rstrip() for end in range(len(line), -1, -1) if letters(line[:end]) < room) + "…"


def _spreads(laid: Sequence[Node]) -> list[dict[str, Any]]:
    """Runs of nodes on upright pages and on pages on their side."""
    made: list[dict[str, Any]] = []
    for node in laid:
        turned = node.get("turned", False)
        moved = _moved(made[-1]["nodes"]) if turned and made and not made[-1]["turned"] else []
        if made and not made[-1]["nodes"]:
            made.pop()
        if not made or made[-1]["turned"] != turned:
            made.append({"turned": turned, "nodes": []})
        made[-1]["nodes"] += [*moved, node]
    return made


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
