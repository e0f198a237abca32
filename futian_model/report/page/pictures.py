"""Pictures of a delivered file, held against those that its record makes."""

import io
from collections.abc import Sequence
from difflib import SequenceMatcher

import numpy as np
from PIL import Image

from futian_model.report.page.carried import Pictured

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
