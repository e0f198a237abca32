"""Lines of text as outlines: where the letters of a line stand is worked out once for all charts."""

import warnings
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from futian_model.charts.svg import Point, brief, relative
from futian_model.charts.theme import FAMILIES, drawable

if TYPE_CHECKING:
    from futian_model.charts.line import Line

GRID = 250
"""Places to the em on which outlines lie."""
STEPS = {1: ("m", 1), 2: ("l", 1), 3: ("q", 2), 4: ("c", 3), 79: ("z", 1)}
"""Codes of matplotlib's paths: the command in SVG, and its number of points."""


def written(lines: "Sequence[Line]", tall: float) -> str:
    """Lines as SVG, on a page `tall` points high; each outline once."""
    names: dict[str, str] = {}
    groups = []
    for line in lines:
        uses = []
        for outline, at in letters(line.text):
            if outline:
                name = names.setdefault(outline, f"letter-{len(names)}")
                uses.append(f'<use href="#{name}" x="{brief(at)}"/>' if at else f'<use href="#{name}"/>')
        scale = line.size / GRID
        place = f"translate({brief(line.left)} {brief(tall - line.baseline)})"
        size = f"scale({scale:.4g} {-scale:.4g})"
        groups.append(f'<g style="fill:{line.colour}" transform="{place} {size}">{"".join(uses)}</g>')
    shapes = [f'<path id="{name}" d="{d}"/>' for d, name in names.items()]
    return f"<defs>{''.join(shapes)}</defs>{''.join(groups)}" if shapes else ""


def letters(text: str) -> tuple[tuple[str, float], ...]:
    """Outline of each letter of a line, and where it stands, both on the grid.

    A letter that no font has is told each time in a warning, as matplotlib tells it, for `theme` to raise.
    """
    if drawable(text) != text.strip():
        for character in sorted(set(text) - set(drawable(text)) - {" "}):
            warnings.warn(f"Glyph {ord(character)} missing from font", UserWarning, stacklevel=2)
    return _letters(text)


@lru_cache(maxsize=1 << 14)
def _letters(text: str) -> tuple[tuple[str, float], ...]:
    from matplotlib.textpath import text_to_path

    font = _font()
    font.set_size(text_to_path.FONT_SCALE, text_to_path.DPI)
    placed, outlines, _ = text_to_path.get_glyphs_with_font(font, text)
    drawn = {name: outline(*path) for name, path in outlines.items()}
    return tuple((drawn[name], float(across) * GRID / 100) for name, across, _, _ in placed)


def _font() -> Any:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return get_font([findfont(FontProperties(family=[name])) for name in FAMILIES])


def outline(vertices: NDArray[np.float64], codes: NDArray[np.uint8]) -> str:
    """A letter in relative steps on the grid.

    Parameters
    ----------
    vertices : ndarray, shape (n, 2)
        In hundredths of an em.
    codes : ndarray, shape (n,)
    """
    return _outline(vertices.tobytes(), codes.tobytes())


@lru_cache(maxsize=1 << 12)
def _outline(vertices: bytes, codes: bytes) -> str:
    places = np.rint(np.frombuffer(vertices).reshape(-1, 2) * (GRID / 100)).astype(int)
    grid: list[Point] = [(int(across), int(up)) for across, up in places]
    parts, at = [], 0
    while at < len(codes):
        command, count = STEPS[codes[at]]
        parts.append((command, grid[at : at + count] if command != "z" else []))
        at += count
    return "".join(relative(parts))
