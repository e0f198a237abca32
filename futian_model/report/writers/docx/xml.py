"""Elements of a Word document: paragraphs, runs, fields, links; texts are only ever text."""

import re
from collections.abc import Iterable, Sequence
from string import Formatter

from lxml import etree
from lxml.etree import _Element as Element

from futian_model.report.page.elements import Run

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = {"w": W}
"""Of every element; a second name, seldom used, would cost more than the element."""
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML file may hold."""
BREAK = re.compile("\r\n|[\n\r\t\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
"""What Word keeps as an element between texts."""
EITHER = re.compile("[“”‘’…—·×]")
"""Marks of both scripts: Word has to be told when they are Chinese."""
HAN = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
RAISED = {1: "superscript", -1: "subscript"}


def w(name: str, /, *children: Element | None, **values: object) -> Element:
    """A WordprocessingML element; attributes take its namespace, absent children are left out."""
    attributes = {f"{{{W}}}{key}": str(value) for key, value in values.items()}
    element = etree.Element(f"{{{W}}}{name}", attributes, NAMES)
    element.extend([child for child in children if child is not None])
    return element


def paragraph(style: str, *content: Element, properties: Iterable[Element] = ()) -> Element:
    """A paragraph of a style; its other properties in the order of the schema."""
    return w("p", w("pPr", w("pStyle", val=style), *properties), *content)


def begins_page() -> list[Element]:
    """Properties of a paragraph on top of a new page."""
    return [w("pageBreakBefore"), w("spacing", before=0)]


def legal(text: str) -> str:
    """A text without the characters that no XML file may hold."""
    return FORBIDDEN.sub("", text)


def run(text: str, style: str = "", properties: Sequence[Element] = ()) -> Element:
    """Words of one look; line ends and tabs become Word's own."""
    chinese = EITHER.search(text) and HAN.search(text)
    look = [w("rStyle", val=style)] if style else []
    look += [w("rFonts", hint="eastAsia")] if chinese else []
    look += properties
    element = w("r", w("rPr", *look) if look else None)
    at = 0
    for mark in BREAK.finditer(text):
        element.extend([*_text(text[at : mark.start()]), w("tab" if mark[0] == "\t" else "br")])
        at = mark.end()
    element.extend(_text(text[at:]))
    return element


def hint(element: Element) -> None:
    """Say of a run that holds marks of both scripts that they are Chinese ones."""
    text = "".join(element.itertext(f"{{{W}}}t"))
    look = element.find(f"{{{W}}}rPr")
    if not EITHER.search(text) or (look is not None and look.find(f"{{{W}}}rFonts") is not None):
        return
    if look is None:
        look = w("rPr")
        element.insert(0, look)
    styled = look.find(f"{{{W}}}rStyle") is not None
    look.insert(int(styled), w("rFonts", hint="eastAsia"))


def _text(text: str) -> list[Element]:
    if not text:
        return []
    element = w("t")
    element.text = text
    if text != text.strip() or "  " in text:
        element.set(SPACE, "preserve")
    return [element]


def written(look: Run, size: float = 0.0) -> Element:
    """A run as an analyst wrote it, of a size in points if not that of its paragraph, 0."""
    style = "Hyperlink" if look.link else "Code" if look.code else ""
    bold, italic = ([w(name)] if on else [] for name, on in (("b", look.bold), ("i", look.italic)))
    raised = [w("vertAlign", val=RAISED[look.raised])] if look.raised in RAISED else []
    return run(look.text, style, [*bold, *italic, *sized(size), *raised])


def sized(points: float) -> list[Element]:
    """Properties of words of a size; none for 0."""
    return [w(name, val=round(2 * points)) for name in ("sz", "szCs")] if points else []


def field(code: str, shown: str) -> list[Element]:
    """A field and what it showed last, as runs of a paragraph."""
    return [*opened(code), run(shown), closed()]


def opened(code: str) -> list[Element]:
    """Runs that begin a field; what it shows follows, then `closed()`."""
    instruction = w("instrText")
    instruction.text = f" {code} "
    instruction.set(SPACE, "preserve")
    begin, separate = (w("r", w("fldChar", fldCharType=kind)) for kind in ("begin", "separate"))
    return [begin, w("r", instruction), separate]


def closed() -> Element:
    """A run that ends a field."""
    return w("r", w("fldChar", fldCharType="end"))


def filled(template: str, **fields: Iterable[Element]) -> list[Element]:
    """Words of a template as runs, with what its braces name."""
    elements: list[Element] = []
    for words, name, _, _ in Formatter().parse(template):
        elements += [run(words)] if words else []
        elements += fields[name] if name else []
    return elements


def linked(content: Element, *, relation: str = "", anchor: str = "") -> Element:
    """A run that leads to an address, by its relation, or to a bookmark."""
    link = w("hyperlink", content, history=1)
    link.set(*((f"{{{R}}}id", relation) if relation else (f"{{{W}}}anchor", anchor)))
    return link


def marked(name: str, number: int, content: Iterable[Element]) -> list[Element]:
    """Runs under a bookmark."""
    return [w("bookmarkStart", id=number, name=name), *content, w("bookmarkEnd", id=number)]


def twentieths(points: float) -> int:
    """A length as Word writes it."""
    return round(20 * points)
