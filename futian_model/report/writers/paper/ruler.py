"""Words measured for paper: how wide they are, and what of them stays on one line."""

import re
from collections.abc import Iterable
from typing import Protocol

from futian_model.report.page.elements import Runs, plain

HAN = "\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"
"""Between any two of these a line may end."""
WORD = re.compile(rf"[^\s\u200b{HAN}-]+-?[，。、；：）》”]?|[{HAN}]")
"""What of a cell of words stays on one line."""
FIGURE = re.compile(r"[^ \n\u200b]*?(?:[ \n\u200b]+|[，、；：。→]+|(?=[（(])|\Z)", re.DOTALL)
"""What of a number's cell stays on one line: a unit stays with its number."""
BRACKETS = r"[（(][^（()）]{1,9}[）)]"
LABEL = re.compile(rf"{BRACKETS}|[^\s（({HAN}]+\s?|[{HAN}][，。、；：）》”]?|\S")
"""What of a column's label stays on one line."""
MOST_LABEL_LINES, NARROWEST, STUB = 3, 4.0, 2.0
"""Lines of a label; letters on a line of it at the least, and too few for its last."""

Cell = str | Runs


class Ruler(Protocol):
    """Measures words in the typefaces of one source."""

    @property
    def prose(self) -> float:
        """Points of the words of a paragraph."""
        ...

    @property
    def line(self) -> float:
        """Points from one of its lines to the next."""
        ...

    def width(self, text: str, size: float, *, label: bool = False) -> float:
        """Points across of one line at a size, as a column's label or as anything else."""
        ...


def said(cell: Cell) -> str:
    """The words of a cell."""
    return cell if isinstance(cell, str) else plain(cell)


def ems(ruler: Ruler, text: str, *, label: bool = False) -> float:
    """Width of the longest line of a text, in sizes of its letters."""
    return max((ruler.width(line, 1.0, label=label) for line in text.splitlines()), default=0.0)


def widest(ruler: Ruler, texts: Iterable[str]) -> float:
    """Width of the widest of some texts, in sizes of its letters."""
    return max((ems(ruler, text) for text in texts), default=0.0)


def figure_parts(text: str) -> list[str]:
    """What of a number's cell stays on one line."""
    return [part for part in FIGURE.findall(text) if part]


def label_width(ruler: Ruler, text: str, most: int = MOST_LABEL_LINES) -> float:
    """Least width at which a label takes so many lines, the last of them no stub, in sizes of its letters."""
    words = [ems(ruler, word, label=True) for word in LABEL.findall(text)]
    whole = sum(words) + 0.02
    width = max([min(whole, NARROWEST), whole / most, *words])
    while width < whole and not _stands(label_lines(ruler, text, width), most):
        width += 0.25
    return min(width, whole)


def _stands(lines: list[float], most: int) -> bool:
    return len(lines) == 1 or (len(lines) <= most and lines[-1] >= STUB)


def label_lines(ruler: Ruler, text: str, width: float) -> list[float]:
    """Widths of the lines that a label takes in a column, all in sizes of its letters."""
    lines = [0.0]
    for word in LABEL.findall(text):
        across = ems(ruler, word, label=True)
        if lines[-1] and lines[-1] + across > width:
            lines.append(0.0)
        lines[-1] += across
    return lines


def shortened(ruler: Ruler, text: str, most: float) -> str:
    """As much of a text as one line of so many sizes of its letters holds."""
    line = " ".join(text.split())
    if ems(ruler, line) <= most:
        return line
    end = next(end for end in range(len(line), -1, -1) if ems(ruler, line[:end]) < most)
    return f"{line[:end].rstrip()}…"
