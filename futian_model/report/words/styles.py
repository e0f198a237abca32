"""How a number is written: scaled, rounded, and set between a sign and words; as ``numbers.js`` does."""

import math
from dataclasses import dataclass, fields, replace
from typing import Any, Self

MINUS = "−"
BELOW, BOTH, NEITHER = "below", "both", "neither"
"""Which numbers bear a sign: those below zero, those on both sides of it, none."""


@dataclass(frozen=True)
class Style:
    """How numbers of a rule are written in a language.

    Attributes
    ----------
    digits : int
        Decimals; below nothing, as many zeros before the point.
    times, over : float
        What a number is multiplied and divided by before it is rounded; a half goes to the even neighbour.
    prefix, suffix : str
        Before the digits, behind the sign; and behind the digits.
    grouped : bool
        Whether thousands are set apart.
    sign : {"below", "both", "neither"}
        None stands before what is printed as zero.
    small : (float, int) or None
        Size below which other decimals are written, and how many.
    """

    digits: int = 0
    times: float = 1.0
    over: float = 1.0
    prefix: str = ""
    suffix: str = ""
    grouped: bool = False
    sign: str = BELOW
    small: tuple[float, int] | None = None

    def __call__(self, value: float) -> str:
        """A number as printed."""
        own = self.at(value)
        figure = own.figure(value)
        return f"{own.mark(value, figure)}{own.prefix}{figure}{own.suffix}"

    def at(self, value: float) -> "Style":
        """What of the style depends on the value, settled."""
        if self.small is None or abs(value) >= self.small[0]:
            return self
        return replace(self, digits=self.small[1])

    def scaled(self, value: float) -> float:
        """A number in the unit that is shown."""
        return float(value) * self.times / self.over

    def figure(self, value: float) -> str:
        """The digits alone."""
        size = abs(self.scaled(value))
        if self.digits < 0:
            size = round(size, self.digits)
        return f"{size:{',' if self.grouped else ''}.{max(self.digits, 0)}f}"

    def mark(self, value: float, figure: str) -> str:
        """The sign of a number whose digits are these."""
        if self.sign == NEITHER or prints_zero(figure):
            return ""
        return MINUS if value < 0 else "+" if self.sign == BOTH else ""

    @property
    def bare(self) -> "Self":
        """Without words, where they stand elsewhere."""
        return replace(self, prefix="", suffix="")

    def with_sign(self, sign: str) -> "Self":
        """With another sign."""
        return replace(self, sign=sign)

    def to_dict(self) -> dict[str, Any]:
        """What differs from the usual, for a page's script."""
        usual = Style()
        held = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in held.items() if value != getattr(usual, name)}


@dataclass(frozen=True)
class Plain(Style):
    """A number of any size to four figures, and a whole one above them to the last."""

    grouped: bool = True

    def at(self, value: float) -> Style:
        """To as many decimals as four figures need, zeros at the end left out."""
        size = abs(self.scaled(value))
        digits = min(max(3 - math.floor(math.log10(size)), 0), 12) if size else 0
        return replace(self, digits=len(f"{size:.{digits}f}".rstrip("0").partition(".")[2]))


@dataclass(frozen=True)
class Ordinal(Style):
    """A place among others, counted in English."""

    def at(self, value: float) -> Style:
        """With the ending of its number."""
        place = int(self.figure(value))
        usual = place % 100 in (11, 12, 13)
        return replace(self, suffix="th" if usual else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th"))


@dataclass(frozen=True)
class Chance:
    """How a probability is written to a step; what no draw did is not called impossible."""

    step: float

    @property
    def digits(self) -> int:
        """Decimals of a per cent."""
        return 1 if self.step < 0.01 else 0

    @property
    def ends(self) -> tuple[str, str]:
        """What is below the first step, and above the last."""
        return f"<{100 * self.step:.{self.digits}f}%", f">{100 * (1 - self.step):.{self.digits}f}%"

    def __call__(self, value: float) -> str:
        """A chance as printed."""
        if value < self.step:
            return self.ends[0]
        if value > 1 - self.step:
            return self.ends[1]
        near = math.floor(value / self.step + 0.5 + 1e-9) * self.step  # a half is rounded up, as people do
        return f"{100 * near:.{self.digits}f}%"


@dataclass(frozen=True)
class Odds:
    """How a probability is said in words, to tenths.

    Attributes
    ----------
    words : tuple of str
        As `languages.Language.odds` holds them.
    """

    words: tuple[str, ...]

    def __call__(self, value: float) -> str:
        """A chance as said."""
        if value < 0.1:
            return self.words[0 if value < 0.05 else 1]
        if value > 0.95:
            return self.words[-1]
        return self.words[1 + min(math.floor(10 * value + 0.5 + 1e-9), 9)]


def prints_zero(text: str) -> bool:
    """Whether a number as printed is zero."""
    return not any(digit in text for digit in "123456789")
