"""Pictures of a delivered file, held against those that its record makes."""

import base64
import io
import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import unquote_to_bytes

import numpy as np
from lxml import etree
from PIL import Image

from futian_model.report.page.carried import Pictured

MOST_SVG, MOST_DRAWN, MOST_FILTERS, DEEPEST = 8_000_000, 300_000, 20, 3
"""Bytes of a drawing, elements that it is drawn with, references counted each time, filters, and drawings
within drawings: beyond what any chart has.
"""
REFERENCE = re.compile(r"""^#(.+)$|url\(['"]?#([^'")]+)""")
BLOCK = 4
"""Pixels of the squares whose means are compared: a letter takes several, the blur of an edge none whole."""
APART = 64.0
"""Difference of two such means, of 255: beyond what a picture saved anew, smaller or as JPEG, comes to,
and short of what one digit in place of another does.
"""
MOST_PIXELS = 50_000_000
"""A picture beyond this is not opened: no report holds one."""
MOST_NAMED = 90
"""Characters of a picture's description that are quoted."""


def otherwise(own: Sequence[Pictured], meant: Sequence[Pictured]) -> list[str]:
    """Pictures of a file that are not those its record makes, by number and description.

    Parameters
    ----------
    own, meant : sequence of Pictured
        Of the file, and of one that the record makes, in the order of the pages.
    """
    if len(own) == len(meant):
        return _replaced(own, meant, [(at, at) for at in range(len(own))])
    differences = list[str]()
    names, others = [picture.description for picture in meant], [picture.description for picture in own]
    for what, at, to, start, stop in SequenceMatcher(None, names, others, autojunk=False).get_opcodes():
        if what == "equal":
            differences += _replaced(own, meant, list(zip(range(start, stop), range(at, to), strict=True)))
        else:
            differences += [f"no {_called(meant, place)}, which the record has" for place in range(at, to)]
            differences += [
                f"{_called(own, place)}, which the record has not" for place in range(start, stop)
            ]
    return differences


def _replaced(
    own: Sequence[Pictured], meant: Sequence[Pictured], pairs: Sequence[tuple[int, int]]
) -> list[str]:
    """Pictures that show something else than those they stand for."""
    return [
        f"another picture in place of {_called(meant, there)}"
        for here, there in pairs
        if not alike(own[here].content, meant[there].content)
    ]


def _called(pictures: Sequence[Pictured], at: int) -> str:
    description = pictures[at].description
    short = description[:MOST_NAMED] + "…" * (len(description) > MOST_NAMED)
    return f"picture {at + 1}" + (f" “{short}”" if short else "")


def alike(own: bytes, meant: bytes) -> bool:
    """Whether two pictures show the same, though a program may have saved one of them in its own way."""
    if own == meant:
        return True
    first, second = _pixels(own), _pixels(meant)
    if first is None or second is None:
        return False
    if first.size != second.size:
        first = first.resize(second.size)
    means = [np.asarray(picture.reduce(BLOCK), float) for picture in (first, second)]
    return bool(np.abs(means[0] - means[1]).max() <= APART)


def simple(svg: bytes, deep: int = 0) -> bool:
    """Whether a drawing is one, and takes no more to draw than a chart, whatever refers to what in it."""
    if len(svg) > MOST_SVG or deep > DEEPEST:
        return False
    try:
        root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return False
    elements = list(root.iter(etree.Element))
    named = {element.get("id"): element for element in elements if element.get("id")}
    if etree.QName(root).localname != "svg" or b"<!ENTITY" in svg:
        return False
    filtered = ["filter" in element.attrib or "filter" in element.get("style", "") for element in elements]
    if sum(filtered) > MOST_FILTERS:
        return False
    weights = dict[Any, int]()

    def weight(element: Any) -> int:
        if element not in weights:
            weights[element] = MOST_DRAWN  # of what refers to itself
            led = [name for value in element.attrib.values() for name in REFERENCE.findall(value)]
            others = [named[name] for pair in led for name in pair if name in named]
            times = len(element.get("d", "")) // 4 + 1 if "marker" in "".join(element.attrib) else 1
            inside = sum(map(weight, element.iterchildren(etree.Element)))
            weights[element] = min(MOST_DRAWN, 1 + inside + times * sum(map(weight, others)))
        return weights[element]

    links = [
        link for element in elements for link in element.attrib.values() if link.startswith("data:image/")
    ]
    return weight(root) < MOST_DRAWN and all(_opens(link, deep) for link in links)


def _opens(link: str, deep: int) -> bool:
    """Whether a picture within a drawing may be opened."""
    head, _, packed = link.partition(",")
    try:
        content = base64.b64decode(packed) if head.endswith(";base64") else unquote_to_bytes(packed)
        if "svg" in head or b"<svg" in content[:1000]:
            return simple(content, deep + 1)
        with Image.open(io.BytesIO(content)) as opened:
            return opened.width * opened.height <= MOST_PIXELS
    except (OSError, ValueError, SyntaxError):
        return False


def _pixels(content: bytes) -> Image.Image | None:
    """A picture of pixels on white ground; None where it is none."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "GIF", "BMP", "TIFF")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return None
            shown = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError):
        return None
    ground = Image.new("RGBA", shown.size, "white")
    return Image.alpha_composite(ground, shown).convert("RGB")
