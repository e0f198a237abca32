"""How much room words take on a sheet, and names that a sheet may have."""

import math
import re
import unicodedata
from functools import lru_cache

LONGEST_NAME = 31
"""Characters that a sheet's name may hold."""
SLACK = 1.5
"""Characters that a column is wider than what it holds."""


@lru_cache(4096)
def width(text: str) -> float:
    """Width in characters; Chinese ones count double."""
    rows = text.split("\n")
    return max(sum(1 + is_wide(character) for character in row) for row in rows)


@lru_cache(4096)
def is_wide(character: str) -> bool:
    """Whether a character is as wide as two."""
    return unicodedata.east_asian_width(character) in "WF"


@lru_cache(4096)
def lines(text: str, room: float) -> int:
    """Lines that words take in a column."""
    rows = (sum(map(measure, row)) for row in text.split("\n"))
    return sum(max(1, math.ceil(row / (room + SLACK))) for row in rows)


@lru_cache(4096)
def measure(character: str) -> float:
    """Room of a character in a line, in the digits that columns are measured by."""
    if is_wide(character):
        return 1.9
    if character.islower():
        return 0.9
    return 1.05 if character.isalnum() else 0.7


def sheet_name(title: str) -> str:
    """A title without what no sheet's name may hold."""
    kept = re.sub(r"[\[\]:*?/\\\x00-\x1f\x7f]+", " ", title)
    return shortened(" ".join(kept.split()).strip("' "), LONGEST_NAME)


def shortened(text: str, most: int) -> str:
    """The beginning of a text; a character outside the first plane counts as two."""
    kept = text
    while len(kept.encode("utf-16-le")) // 2 > most:
        kept = kept[:-1]
    return kept.rstrip("' ") if kept == text else kept[:-1].rstrip("' ") + "…"
