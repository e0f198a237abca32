"""Numbers of a report as cells: a value to calculate with, and a format that shows what the rule prints."""

import math
import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from futian_model.languages import language
from futian_model.report.words.numbers import RULES, amount, writer
from futian_model.report.words.sentences import Words
from futian_model.report.words.styles import NEITHER, Chance, Odds, Style, prints_zero

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
    if isinstance(written, Odds):  # in words where a sentence says it
        written = Chance(0.1)
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
        match = PLAIN.fullmatch(text[len(prefix) : len(text) - len(suffix)])
        if match and sum(map(str.isdigit, text)) <= MOST_DIGITS:
            sign, whole, decimals, percent = match.groups(default="")
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


@dataclass(frozen=True)
class Unit:
    """How values of a unit are shown.

    Attributes
    ----------
    key : str
        Of the unit's name among the texts; a unit unknown to them is called as the report does, or by itself.
    format : str
        Of its cells; empty where a language writes it in its own way.
    level : bool
        Whether a value over the last year's less one is growth.
    """

    key: str
    format: str = ""
    level: bool = False

    def name(self, words: Words, own: str = "") -> str:
        """The unit in words: those of the texts, or the report's own."""
        return words.texts.get(f"workbook_unit_{self.key}") or own or self.key


def signed(positive: str) -> str:
    """A format with a typographic minus sign."""
    return f'{positive};"−"{positive};{positive}'


UNITS = {
    "亿元": Unit("gdp", level=True),
    "万元/人": Unit("per_capita", level=True),
    "万人": Unit("people", level=True),
    "index": Unit("index", signed("0.0000"), level=True),
    "fraction": Unit("fraction", signed("0.00%")),
    "times": Unit("times", signed("0.00")),
    "year": Unit("year", "0"),
    "years": Unit("years", signed("0.0")),
    "goals": Unit("goals", signed("0")),
    "groups": Unit("groups", signed("#,##0")),
    "count": Unit("number", signed("#,##0")),
    "none": Unit("none", signed("0.####")),
}
NUMBER = Unit("number", signed("#,##0"))
TIMES = {"multiple", "factor"}
COUNTS = {"n", "forecasts", "units", "independent", "above", "windows", "paths", "count"}
YEARS = {"origin", "first_year", "median_first_year"}
"""Statistics that the results table gives as fractions and that are none."""
MET = "met"


def unit_of(unit: str, statistic: str) -> Unit:
    """The unit of a value, by the unit and the statistic it has in the results table."""
    if unit == "fraction" and statistic == MET:
        return UNITS["none"]
    if unit == "fraction" and statistic in TIMES:
        return UNITS["times"]
    if unit == "fraction" and statistic in COUNTS:
        return NUMBER
    if statistic in YEARS:
        return UNITS["year"]
    return UNITS[unit] if unit in UNITS else Unit(unit, signed("#,##0.####"))


def cell(value: float, unit: str, statistic: str, words: Words) -> Shown:
    """A result as a cell, in the unit that a reader of the language knows."""
    if statistic == MET and unit in ("fraction", "none"):
        return Shown(value, f'[=1]"{words["yes"]}";[=0]"{words["no"]}";0')
    known = unit_of(unit, statistic)
    if known.format:
        return Shown(value, known.format)
    exact, form = _exact(unit, words.lang)
    return Shown(exact.scaled(value), form)


@lru_cache
def _exact(unit: str, lang: str) -> tuple[Style, str]:
    """How a language writes values of a unit to the digits that are calculated with, and their format."""
    amounts = language(lang).amounts
    exact = replace(amount(unit, amounts[unit]).bare, digits=amounts[unit].exact)
    return exact, form(exact)
