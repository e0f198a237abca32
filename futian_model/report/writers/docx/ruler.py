"""Words measured for a font that is not here: Arial as an office program has it, or what stands in for it."""

import re
from dataclasses import dataclass
from functools import lru_cache

SLACK, BOLD = 1.04, 1.08
"""An office's own font may be wider; labels are bold."""
SQUARE, SPACED = 0x2E80, 0.25
"""The first of the characters that fill a square; letters between Chinese and others."""
BESIDE = re.compile(r"(?<=[0-9A-Za-z%])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])")
"""Where an office program sets Chinese and other letters apart."""
LETTERS = dict.fromkeys("ijl", 0.25) | dict.fromkeys("tf", 0.3) | dict.fromkeys(" \N{NO-BREAK SPACE}", 0.29)
LETTERS |= dict.fromkeys(".,:;'|!()[]/", 0.31) | dict.fromkeys("mwMW%", 0.86) | dict.fromkeys("–+=<>~−", 0.6)
LETTERS |= {"r": 0.36, "→": 1.0, "\u200b": 0.0, "\u2060": 0.0}
"""Widths of Arial's letters that are far from the usual."""


@dataclass(frozen=True)
class ArialRuler:
    """Measures Arial, or a font so many times as wide."""

    weight: float = 1.0
    prose: float = 10.5
    line: float = 18.5

    @lru_cache(1 << 14)  # noqa: B019 - there are two rulers, and columns are tried at many widths
    def width(self, text: str, size: float, *, label: bool = False) -> float:
        """Points across of one line at a size; a label is bold."""
        weight = self.weight * (BOLD if label else 1.0)
        usual = {letter: LETTERS.get(letter, 0.7 if letter.isupper() else 0.556) for letter in set(text)}
        own = sum(1.0 if ord(letter) >= SQUARE else weight * usual[letter] for letter in text)
        return size * SLACK * (own + SPACED * len(BESIDE.findall(text)))


ARIAL = ArialRuler()
ROOMY = ArialRuler(weight=1.18)
"""DejaVu Sans, where an office has no Arial."""
