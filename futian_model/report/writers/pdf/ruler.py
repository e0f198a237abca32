"""Words measured for printed tables: how wide they are, and where they may be broken."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from futian_model.report.writers.pdf.fonts import HAN_LETTERS, Typefaces

PADDING = 5.0 / 8.8
"""Space on either side of a column, in sizes of its words."""
LABEL, LABEL_LINES = 4.0, 3
"""Letters on a line of a column's label at the least, and lines it may take."""
SLACK = 1.02
"""Kerning is not measured."""
PART = re.compile(r"[^ \n\u200b]*?(?:[ \n\u200b]+|[，、；：。→]+|(?=[（(])|\Z)", re.DOTALL)
"""What of a number's cell stays on one line."""
WORD = re.compile(rf"[^\s\u200b{HAN_LETTERS}-]+-?")
"""What of a cell of words stays on one line."""
BRACKETS = r"[（(][^（()）]{1,9}[）)]"
LETTERS = re.compile(rf"{BRACKETS}|[^\s（({HAN_LETTERS}]+\s?|[{HAN_LETTERS}][，。、；：）》”]?|\S")
"""What of a label stays on one line."""


@dataclass(frozen=True)
class Ruler:
    """Measures words of one size."""

    faces: Typefaces
    size: float

    @property
    def pad(self) -> float:
        """Space on either side of a column."""
        return PADDING * self.size

    def wide(self, text: str) -> float:
        """Of the longest line of a text."""
        return max((self.faces.width(line, self.size) for line in text.splitlines()), default=0.0) * SLACK

    def widest(self, texts: Iterator[str] | Sequence[str]) -> float:
        return max(map(self.wide, texts), default=0.0)

    def label(self, label: str, lines: int) -> float:
        """Least width at which a label takes so many lines, of some letters each."""
        words = [self.wide(word) for word in LETTERS.findall(label)]
        whole = sum(words) + 0.02 * self.size
        wide = max(*words, min(whole, LABEL * self.size), whole / lines) if words else 0.0
        while wide < whole and self.lines(label, wide) > lines:
            wide += self.size / 4
        return min(wide, whole)

    def lines(self, label: str, wide: float) -> int:
        """Lines that a label takes."""
        count, at = 1, 0.0
        for word in map(self.wide, LETTERS.findall(label)):
            if at and at + word > wide:
                count, at = count + 1, 0.0
            at += word
        return count


def kept_parts(text: str) -> list[str]:
    """What of a number's cell stays on one line."""
    return [part for part in PART.findall(text) if part]


def said(cell: Any) -> str:
    """The words of a cell."""
    return cell if isinstance(cell, str) else "".join(run["text"] for run in cell["runs"])
