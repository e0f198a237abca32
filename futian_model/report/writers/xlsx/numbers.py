"""Numbers of a report as cells: a value to calculate with, and a format that shows what the rule prints."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from futian_model.report.words.numbers import CHANCES, RULES

PRINTED = re.compile(r"([+−-]?)([^\d+−-]*)([+−-]?)([\d,]*\.?\d+)(.*)", re.DOTALL)
"""Sign, what stands before the digits, sign, digits, what stands after them."""
PLAIN = re.compile(r"([−-]?)(\d{1,3}(?:,\d{3})+|0|[1-9]\d*)(\.\d+)?(%?)")
"""A number as people write it: no leading zeros, thousands apart or not at all."""
MOST_DIGITS = 15
"""A spreadsheet keeps no more digits of a number."""
LARGE = 1e7
"""A number large enough to show whether a rule sets thousands apart."""


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
    if rule in CHANCES:
        return _chance(value, CHANCES[rule], RULES[rule][lang](value))
    text = RULES[rule][lang](value)
    held = scaled(value, factor(rule, lang))
    if _as_shown(held, text) != printed(text):
        held = printed(text)
    return Shown(held, _sections(text, rule, lang))


@lru_cache
def factor(rule: str, lang: str) -> float:
    """Units shown in one unit of the library: what the rule prints of the number one tells."""
    return 10.0 ** round(math.log10(printed(RULES[rule][lang](1.0))))


def scaled(value: float, units: float) -> float:
    """A value in other units; divided where that is exact, so that 6600 亿元 are 660 and not a hair more."""
    return value * units if units >= 1 else value / round(1 / units)


def printed(text: str) -> float:
    """The number that a rule printed; 12 % is 0.12."""
    before, _, after, digits, suffix = _parts(text)
    number = float(digits.replace(",", ""))
    value = float(Decimal(digits.replace(",", "")) / 100) if suffix.startswith("%") else number
    return -value if {before, after} & {"−", "-"} else value


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
            value = printed(f"{sign}{whole}{decimals}{percent}")
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
    found = {_parts(RULES[rule][lang](1.0)) for rule in RULES if rule not in CHANCES}
    units = {(prefix, suffix.removeprefix("%")) for _, prefix, _, _, suffix in found}
    return ("", ""), *sorted(units - {("", "")})


def _parts(text: str) -> tuple[str, str, str, str, str]:
    found = PRINTED.fullmatch(text)
    if not found:
        raise ValueError(f"no number in {text!r}")
    before, prefix, after, digits, suffix = found.groups()
    return before, prefix, after, digits, suffix


def _as_shown(held: float, text: str) -> float:
    """A cell's number as its format rounds it: decimal digits, halves away from zero."""
    *_, digits, suffix = _parts(text)
    places = len(digits.partition(".")[2]) + 2 * suffix.startswith("%")
    rounded = Decimal(f"{held:.15g}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return float(rounded)


def _body(thousands: bool, decimals: int) -> str:
    return ("#,##0" if thousands else "0") + ("." + "0" * decimals if decimals else "")


def _sections(text: str, rule: str, lang: str) -> str:
    """Formats of positive and negative numbers and of zero, as the rule writes each."""
    writes = RULES[rule][lang]
    *_, digits, suffix = _parts(text)
    percent, suffix = suffix[: suffix.startswith("%")], suffix.removeprefix("%")
    body = _body("," in writes(LARGE), len(digits.partition(".")[2])) + percent

    def section(like: str) -> str:
        before, prefix, after, *_ = _parts(like)
        return f"{quoted(before + prefix + after)}{body}{quoted(suffix)}"

    if printed(text) == 0:  # rounds to nothing, whichever side it comes from
        return ";".join([section(text)] * 3)
    return ";".join(section(writes(sign * abs(LARGE))) for sign in (1, -1)) + f";{section(writes(0.0))}"


def _chance(value: float, step: float, text: str) -> Shown:
    digits = 1 if step < 0.01 else 0
    body = _body(thousands=False, decimals=digits) + "%"
    low, high = f"{100 * step:.{digits}f}%", f"{100 * (1 - step):.{digits}f}%"
    form = f'[<{step:g}]"<{low}";[>{1 - step:g}]">{high}";{body}'
    if text[0] in "<>" or _as_shown(value, text) == printed(text):
        return Shown(value, form)
    return Shown(printed(text), form)
