"""Numbers of a report as cells: a value to calculate with, and a format that shows what the rule prints."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from futian_model.report.words.numbers import RULES, writer
from futian_model.report.words.styles import NEITHER, Chance, Style, prints_zero

PLAIN = re.compile(r"([−-]?)(\d{1,3}(?:,\d{3})+|0|[1-9]\d*)(\.\d+)?(%?)")
"""A number as people write it: no leading zeros, thousands apart or not at all."""
MOST_DIGITS = 15
"""A spreadsheet keeps no more digits of a number."""


class Shown(NamedTuple):
    """A numeric cell: what it holds, and the format that shows it."""

    value: float
    format: str


def shown(value: float, rule: str, lang: str) -> Shown:
    """A number as a cell that shows what its rule prints.

    The cell holds the number in the unit that is shown, to the last digit; where a rule rounds to a
    step that no format can, it holds what is printed.

    Parameters
    ----------
    value : float
        In the library's unit.
    rule : str
        Name in `numbers.RULES`.
    lang : str
    """
    written = writer(rule, lang)
    if isinstance(written, Chance):
        return _chance(value, written)
    style = written.at(value)
    figure, percent = style.figure(value), style.suffix.startswith("%")
    held = float(value) if percent else style.scaled(value)
    held = abs(held) if style.sign == NEITHER else held
    places = max(style.digits, 0) + 2 * percent
    rounded = _decimal(figure, percent=percent)
    if _rounded(abs(held), places) != rounded:
        held = math.copysign(rounded, held)
    return Shown(held, form(style, zero=prints_zero(figure)))


def form(style: Style, *, zero: bool = False) -> str:
    """The format of a style for numbers above, below and at zero; of what prints as zero, one for all."""
    percent, suffix = style.suffix[: style.suffix.startswith("%")], style.suffix.removeprefix("%")
    body = _body(style.grouped, max(style.digits, 0)) + percent

    def section(mark: str) -> str:
        return f"{quoted(mark + style.prefix)}{body}{quoted(suffix)}"

    marks = ("", "") if zero else (style.mark(1, "1"), style.mark(-1, "1"))
    return ";".join(section(mark) for mark in (*marks, ""))


def parsed(text: str, lang: str) -> Shown | None:
    """A cell of words that plainly is a number, with the unit that the reports write, if any.

    Text such as ``+1``, ``007`` or ``about 5`` is none, nor a number of more digits than a cell keeps.
    """
    for prefix, suffix in _units(lang):
        if not (text.startswith(prefix) and text.endswith(suffix)):
            continue
        found = PLAIN.fullmatch(text[len(prefix) : len(text) - len(suffix)])
        if found and sum(map(str.isdigit, text)) <= MOST_DIGITS:
            sign, whole, decimals, percent = found.groups(default="")
            body = _body("," in whole, len(decimals.lstrip("."))) + percent
            value = _decimal(whole + decimals, percent=bool(percent)) * (-1 if sign else 1)
            positive = f"{quoted(prefix)}{body}{quoted(suffix)}"
            negative = f"{quoted(prefix)}{quoted(sign or '−')}{body}{quoted(suffix)}"
            return Shown(value, f"{positive};{negative}")
    return None


def quoted(text: str) -> str:
    """Text inside a format."""
    return f'"{text}"' if text else ""


@lru_cache
def _units(lang: str) -> tuple[tuple[str, str], ...]:
    """What stands before and after the digits of every rule, and nothing."""
    styles = [known[lang] for known in RULES.values()]
    settled = [style.at(1.0) for style in styles if isinstance(style, Style)]
    units = {(style.prefix, style.suffix.removeprefix("%")) for style in settled}
    return ("", ""), *sorted(units - {("", "")})


def _decimal(digits: str, *, percent: bool) -> float:
    """The number that digits say; 12 % is 0.12."""
    number = Decimal(digits.replace(",", ""))
    return float(number / 100 if percent else number)


def _rounded(held: float, places: int) -> float:
    """A cell's number as its format rounds it: decimal digits, halves away from zero."""
    return float(Decimal(f"{held:.15g}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def _body(thousands: bool, decimals: int) -> str:
    return ("#,##0" if thousands else "0") + ("." + "0" * decimals if decimals else "")


def _chance(value: float, written: Chance) -> Shown:
    step, text, digits = written.step, written(value), written.digits
    low, high = written.ends
    form = f'[<{step:g}]"{low}";[>{1 - step:g}]"{high}";{_body(thousands=False, decimals=digits)}%'
    if text in written.ends or _rounded(value, digits + 2) == _decimal(text[:-1], percent=True):
        return Shown(value, form)
    return Shown(_decimal(text[:-1], percent=True), form)
