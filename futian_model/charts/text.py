"""Measure and wrap text as it will be drawn, in points."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
else:  # matplotlib is loaded with the first chart
    Axes = Figure = object

LEADING = 1.36
BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}
"""Part of a line's width that lies before the place it is aligned to."""
KERNING = 0.1
"""More than a line's width can differ from the sum of its pieces', trailing space included."""
_HAN = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
_CLOSERS = "，。、；：！？）》」』】〕％”’…"
_PAUSES = "，、；：,;:"
_OPENERS = "（《「『【〔“‘"
# A piece never starts with a closing mark nor ends with an opening one: those stay with their neighbour.
_PIECE = re.compile(
    rf"[ \n\t]+|[{_OPENERS}]*(?:[^ \n\t{_HAN}{_OPENERS}{_CLOSERS}]+|[{_HAN}]|.)[{_CLOSERS}]*", re.DOTALL
)


@dataclass(frozen=True)
class Box:
    """A rectangle on the page, in points from the bottom left."""

    left: float
    bottom: float
    right: float
    top: float


def width(text: str, size: float) -> float:
    """Width of one line of `text` at `size` points."""
    return _measured(text, size)[0]


def ascent(size: float) -> float:
    """How far letters rise above the baseline, less what hangs below it: half of it centres a number."""
    _, tall, below = _measured("lp", size)
    return tall - 2 * below


def _measured(text: str, size: float) -> tuple[float, float, float]:
    from matplotlib import rcParams

    return _measured_in(text, size, tuple(rcParams["font.family"]), tuple(rcParams["font.sans-serif"]))


@lru_cache(maxsize=1 << 14)
def _measured_in(text: str, size: float, *family: tuple[str, ...]) -> tuple[float, float, float]:
    """Width, height and descent in the fonts that are set; the same words are asked for time and again."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    extent = text_to_path.get_text_width_height_descent(text, FontProperties(size=size), ismath=False)
    return (float(extent[0]), float(extent[1]), float(extent[2]))


def height(lines: Sequence[str], size: float) -> float:
    """Height of a block of lines, leading included."""
    return len(lines) * size * LEADING


def wrap(text: str, size: float, room: float, *, even: bool = False) -> list[str]:
    """Break `text` into lines no wider than `room` points.

    Han characters may part anywhere except before a closing mark or after an opening one; other
    words part at spaces, though not at a no-break space, and only a word wider than the room is cut.
    `even` shares the text out among the lines, so that no single character is left on the last, and ends
    them where a reader pauses, if that takes no further line.
    """
    lines = _fill(text, size, room)
    if not even or len(lines) == 1:
        return lines
    tries = [_fill(text, size, room * share / 20) for share in range(10, 20)]
    alike = [better for better in tries if len(better) == len(lines)] or [lines]
    return next((split for split in alike if all(line[-1] in _PAUSES for line in split[:-1])), alike[0])


def _fill(text: str, size: float, room: float) -> list[str]:
    lines, filled = [""], 0.0
    for piece in _PIECE.findall(text.strip()):
        filled += width(piece, size)
        # a line is measured as a whole only where the sum of its pieces does not settle it
        near = abs(filled - room) <= KERNING * filled
        if width((lines[-1] + piece).rstrip(), size) <= room if near else filled < room:
            lines[-1] += piece
            continue
        if lines[-1].strip():
            lines.append("")
        for character in piece.lstrip():
            if lines[-1] and width(lines[-1] + character, size) > room:
                lines.append("")
            lines[-1] += character
        filled = width(lines[-1], size)
    return [line.strip() for line in lines if line.strip()]


def write(
    figure: Figure,
    lines: Sequence[str],
    left: float,
    top: float,
    size: float,
    colour: str,
    align: str = "left",
) -> Box:
    """Write lines under one another from `top` down, and return the space they take."""
    for row, line in enumerate(lines):
        baseline = top - (row + 1) * size * LEADING + 0.36 * size
        write_line(figure, line, left, baseline, size, colour, align)
    return box(lines, left, top, size, align)


def write_line(
    figure: Figure, line: str, left: float, baseline: float, size: float, colour: str, align: str = "left"
) -> None:
    """Write one line whose baseline is known."""
    from futian_model.charts.line import Line

    if line:
        start = left - width(line, size) * BEFORE[align]
        figure.add_artist(Line(line, start, baseline, size, colour))


def box(lines: Sequence[str], left: float, top: float, size: float, align: str = "left") -> Box:
    """Space that `write` would take."""
    wide = max((width(line, size) for line in lines), default=0.0)
    start = left - wide * BEFORE[align]
    return Box(start, top - height(lines, size), start + wide, top)
