"""An analyst's cleaned HTML as paragraphs, lists, tables and pictures, for formats that are not HTML."""

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lxml import html
from lxml.html import HtmlElement

from futian_model.report.page.document import Picture, Rich
from futian_model.report.page.own import FORMULA


@dataclass(frozen=True)
class Run:
    """Text of one look; `raised` is 1 for a superscript and -1 for a subscript.

    A formula is its LaTeX, with its picture as `svg`: half of that lies above the axis of the line.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""
    raised: int = 0
    svg: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    runs: Runs


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; one of a list has its `mark`, and stands `depth` steps in, `quoted` of them as quotes."""

    runs: Runs
    mark: str = ""
    depth: int = 0
    quoted: int = 0


@dataclass(frozen=True)
class Grid:
    """A table: rows of the head, rows of the body, every row as long as the longest."""

    caption: str
    head: tuple[tuple[Runs, ...], ...]
    body: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True)
class Code:
    """Lines kept as they are."""

    text: str


@dataclass(frozen=True)
class Rule:
    """A line across."""


COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
"""What a terminal is told between words."""
Element = Heading | Paragraph | Grid | Code | Rule | Picture

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LOOKS: dict[str, dict[str, Any]] = {
    "strong": {"bold": True},
    "b": {"bold": True},
    "em": {"italic": True},
    "i": {"italic": True},
    "code": {"code": True},
    "sup": {"raised": 1},
    "sub": {"raised": -1},
}
INLINE = {*LOOKS, "a", "span", "br"}
PICTURE = re.compile(r"data:(image/[\w+.-]+);base64,(.*)", re.DOTALL)


def elements(rich: Rich) -> list[Element]:
    """What a piece of cleaned HTML holds, in order; nested lists become deeper paragraphs."""
    if not rich.html.strip():
        return []
    return list(_flow(html.fragment_fromstring(str(rich.html), create_parent="div"), 0))


def plain(runs: Runs) -> str:
    """The text of some runs alone."""
    return "".join(run.text for run in runs)


def _flow(parent: HtmlElement, depth: int, mark: str = "") -> Iterator[Element]:
    """Blocks inside an element; text beside them becomes paragraphs of its own."""
    loose: list[Run] = _text(parent.text)

    def paragraph() -> Iterator[Element]:
        nonlocal mark
        runs = _trimmed(loose)
        loose.clear()
        if runs:
            yield Paragraph(runs, mark, depth)
            mark = ""

    for child in parent:
        if child.tag in INLINE or _formula(child):
            loose += _runs(child, Run(""))
            if next(_inside(child), None) is not None:
                yield from paragraph()
                yield from _inside(child)
        else:
            yield from paragraph()
            for element in _block(child, depth):
                if mark and isinstance(element, Paragraph) and not element.mark and element.depth == depth:
                    element, mark = replace(element, mark=mark), ""
                yield element
        loose += _text(child.tail)
    yield from paragraph()


def _block(element: HtmlElement, depth: int) -> Iterator[Element]:
    tag = element.tag
    if tag in HEADINGS:
        yield Heading(HEADINGS[tag], _trimmed(_inner(element, Run(""))))
        yield from _inside(element)
    elif tag in ("ul", "ol"):
        for at, item in enumerate(element.iterchildren("li"), 1):
            yield from _flow(item, depth + 1, f"{at}." if tag == "ol" else "•")
    elif tag == "pre":
        yield Code(element.text_content().rstrip("\n"))
    elif tag == "hr":
        yield Rule()
    elif tag == "img":
        yield from _image(element)
    elif tag == "table":
        yield _grid(element)
        yield from _inside(element)
    elif tag in ("blockquote", "dd"):
        for inner in _flow(element, depth + 1):
            yield replace(inner, quoted=inner.quoted + 1) if isinstance(inner, Paragraph) else inner
    else:
        yield from _flow(element, depth)


def _formula(element: HtmlElement) -> bool:
    return element.tag == "img" and element.get("class") == FORMULA


def _inside(element: HtmlElement) -> Iterator[Element]:
    """Pictures within words or cells, which stand behind them."""
    for picture in element.iterdescendants("img"):
        if not _formula(picture):
            yield from (image for image in _image(picture) if isinstance(image, Picture))


def _image(element: HtmlElement) -> Iterator[Element]:
    """A picture held in the page; its description alone where there is none to show."""
    alt = element.get("alt", "")
    match = PICTURE.match(element.get("src", ""))
    try:
        content = base64.b64decode(match[2]) if match else b""
    except binascii.Error:
        content = b""
    if match and content:
        yield Picture(content, match[1], alt)
    elif alt:
        yield Paragraph((Run(alt, italic=True),))


def _grid(table: HtmlElement) -> Grid:
    captions = [caption.text_content().strip() for caption in table.iter("caption")]
    head: list[list[Runs]] = []
    body: list[list[Runs]] = []
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        filled: list[Runs] = []
        for cell in cells:
            span = cell.get("colspan", "1")
            filled += [_trimmed(_inner(cell, Run("")))] + [()] * (int(span) - 1 if span.isdecimal() else 0)
        parent = row.getparent()
        in_head = parent is not None and parent.tag == "thead"
        (head if in_head else body).append(filled)
    columns = max((len(row) for row in (*head, *body)), default=0)
    return Grid(captions[0] if captions else "", _even(head, columns), _even(body, columns))


def _even(rows: Sequence[Sequence[Runs]], columns: int) -> tuple[tuple[Runs, ...], ...]:
    return tuple((*row, *[()] * (columns - len(row))) for row in rows)


def _runs(element: HtmlElement, look: Run) -> list[Run]:
    """An inline element as runs."""
    if element.tag == "br":
        return [replace(look, text="\n")]
    if _formula(element):
        drawn = next(_image(element), None)
        svg = drawn.content.decode("utf-8", "replace") if isinstance(drawn, Picture) else ""
        return [replace(look, text=element.get("alt", ""), svg=svg)]
    if element.tag == "img":
        return [replace(look, text=element.get("alt", ""), italic=True)]
    look = replace(look, **LOOKS.get(element.tag, {}))
    if element.tag == "a" and element.get("href"):
        look = replace(look, link=element.get("href"))
    return _inner(element, look)


def _inner(element: HtmlElement, look: Run) -> list[Run]:
    runs = _text(element.text, look)
    for child in element:
        runs += _runs(child, look) + _text(child.tail, look)
    return runs


def _text(text: str | None, look: Run = Run("")) -> list[Run]:
    """Text with its white space folded, as a browser shows it."""
    folded = re.sub(r"[ \t\r\n]+", " ", text or "")
    return [replace(look, text=folded)] if folded else []


def _trimmed(runs: Sequence[Run]) -> Runs:
    """Runs without white space at either end."""
    kept = list(runs)
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)
