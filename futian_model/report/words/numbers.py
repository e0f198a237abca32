"""Numbers as a report prints them: a value, the rule that rounds it, and the result it is."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from futian_model.errors import UnknownName
from futian_model.units import convert

LANGS = ("zh", "en")


class Key(NamedTuple):
    """Place of a number in the results table; year and horizon are 0 where it has none."""

    reading: str
    indicator: str
    year: int
    statistic: str
    case: str = ""
    horizon: int = 0

    def __str__(self) -> str:
        return " ".join(str(part) for part in self if part)

    def to_list(self) -> list[Any]:
        """As a notebook carries it: without a case and a horizon where it has none."""
        return [*self] if self.horizon else [*self[:5]] if self.case else [*self[:4]]


@dataclass(frozen=True)
class Number:
    """A computed number on its way to a page.

    Attributes
    ----------
    value : float
        In the library's unit.
    rule : str
        Name in `RULES`; says how it is rounded and written.
    key : Key or None
        Row of the results table it was read from; None for a calendar year or a count of rows.
    """

    value: float
    rule: str
    key: Key | None = None

    def text(self, lang: str) -> str:
        """The number as printed."""
        if self.rule not in RULES:
            raise UnknownName(self.rule, RULES)
        return RULES[self.rule][lang](self.value)

    def to_dict(self, lang: str) -> dict[str, Any]:
        return {
            "value": self.value,
            "rule": self.rule,
            "key": None if self.key is None else self.key.to_list(),
            "text": self.text(lang),
        }


def year(value: int) -> Number:
    """A calendar year as a report prints it."""
    return Number(int(value), "year")


class Ledger:
    """The results table of a report, and the only place its numbers come from."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self._values = values_by_key(frame)

    def number(
        self,
        rule: str,
        reading: str,
        indicator: str,
        year: int | None,
        statistic: str,
        case: str = "",
        horizon: int | None = None,
    ) -> Number:
        """The number in one row of the results table.

        Raises
        ------
        UnknownName
            The table has no such row.
        """
        key = Key(reading, indicator, int(year or 0), statistic, case, horizon or 0)
        if key not in self._values:
            raise UnknownName(str(key), map(str, self._values))
        return Number(self._values[key], rule, key)

    def keys(self, reading: str, statistic: str) -> list[Key]:
        """Rows of a statistic, in the table's order."""
        return [key for key in self._values if key.reading == reading and key.statistic == statistic]

    def __getitem__(self, key: Key) -> float:
        return self._values[key]

    def __contains__(self, key: tuple[Any, ...]) -> bool:
        filled = (*key, *("", 0)[len(key) - 4 :])
        return Key._make(0 if part is None else part for part in filled) in self._values


def values_by_key(frame: pd.DataFrame) -> Mapping[Key, float]:
    """Value of every row of a results table."""
    numbered = frame.fillna({"year": 0, "horizon": 0})
    keys = map(Key, *(numbered[name].tolist() for name in Key._fields))
    return dict(zip(keys, frame["value"].tolist(), strict=True))


def minus(text: str) -> str:
    """A typographic minus sign, and none before a zero."""
    if text.startswith("-"):
        return text[1:] if prints_zero(text) else "−" + text[1:]
    return text


def prints_zero(text: str) -> bool:
    """Whether a number as printed is zero."""
    return not any(digit in text for digit in "123456789")


def signed(text: str) -> str:
    """A sign in front of either, except of zero."""
    shown = minus(text)
    positive = not shown.startswith("−") and not prints_zero(shown)
    return "+" + shown if positive else shown


def gdp_zh(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.1f}"


def gdp_en(value: float) -> str:
    return f"{convert(value, '亿元', 'billion yuan'):,.1f}"


def people_en(value: float) -> str:
    return f"{convert(value, '万人', 'million people'):,.3f}"


def per_head_en(value: float) -> str:
    return f"{round(convert(value, '万元/人', '元/人'), -2):,.0f}"


def with_sign(text: str, prefix: str, suffix: str = "") -> str:
    """A signed amount with the sign in front of its currency."""
    sign = text[0] if text[0] in "+−" else ""
    return f"{sign}{prefix}{text.removeprefix(sign)}{suffix}"


def chance(step: float) -> Callable[[float], str]:
    """How a probability is written to a step; what no draw did is not called impossible."""
    digits = 1 if step < 0.01 else 0

    def written(value: float) -> str:
        near = math.floor(value / step + 0.5 + 1e-9) * step  # a half is rounded up, as people do
        if value < step:
            return f"<{100 * step:.{digits}f}%"
        return f">{100 * (1 - step):.{digits}f}%" if value > 1 - step else f"{100 * near:.{digits}f}%"

    return written


CHANCES = {
    "probability_tenth": 0.001,
    "probability": 0.01,
    "probability_five": 0.05,
    "probability_ten": 0.1,
}
"""Rules of a chance, by the step to which it is rounded."""


def chance_rule(error: float) -> str:
    """The finest step that a standard error allows: no finer than the error itself."""
    return next((rule for rule, step in CHANCES.items() if error <= step), "probability_ten")


def percent(digits: int) -> Callable[[float], str]:
    return lambda value: f"{minus(f'{100 * value:.{digits}f}')}%"


def plain(value: float) -> str:
    """A number of any size to four figures, and a whole one above them to the last."""
    digits = 3 - math.floor(math.log10(abs(value))) if value else 0
    text = f"{value:,.{min(max(digits, 0), 12)}f}"
    return minus(text.rstrip("0").rstrip(".") if "." in text else text)


def ordinal(value: float) -> str:
    """A place among a hundred, counted in English."""
    place = round(100 * value)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th") if place % 100 not in (11, 12, 13) else "th"
    return f"{place}{ending}"


def same(rule: Callable[[float], str]) -> dict[str, Callable[[float], str]]:
    return dict.fromkeys(LANGS, rule)


RULES: Mapping[str, Mapping[str, Callable[[float], str]]] = {
    "gdp": {"zh": lambda v: f"{minus(gdp_zh(v))}亿元", "en": lambda v: f"RMB\xa0{minus(gdp_en(v))}\xa0bn"},
    "gdp_bare": {"zh": lambda v: minus(gdp_zh(v)), "en": lambda v: minus(gdp_en(v))},
    "per_capita": {"zh": lambda v: f"{v:,.1f}万元", "en": lambda v: f"RMB\xa0{per_head_en(v)}"},
    "per_capita_bare": {"zh": lambda v: f"{v:,.1f}", "en": per_head_en},
    "people": {"zh": lambda v: f"{v:,.1f}万人", "en": lambda v: f"{people_en(v)}\xa0million"},
    "people_bare": {"zh": lambda v: f"{v:,.1f}", "en": people_en},
    "share": same(percent(1)),
    "growth": same(percent(2)),
    "growth_size": same(lambda v: percent(2)(abs(v))),
    "change": same(lambda v: signed(f"{100 * v:.2f}") + "%"),
    "change_coarse": same(lambda v: signed(f"{100 * v:.1f}") + "%"),
    "change_size": same(lambda v: f"{100 * abs(v):.2f}%"),
    "growth_coarse": same(percent(1)),
    "percent": same(percent(0)),
    "plain": same(plain),
    "plain_signed": same(lambda v: signed(plain(v))),
    "percentile": {"zh": lambda v: f"{100 * v:.0f}", "en": ordinal},
    "plain_percent": same(lambda v: f"{plain(100 * v)}%"),
    **{rule: same(chance(step)) for rule, step in CHANCES.items()},
    "index": same(lambda v: f"{v:.3f}"),
    "ratio": same(lambda v: minus(f"{v:.2f}")),
    "deviations": same(lambda v: signed(f"{v:.2f}")),
    "factor": {"zh": lambda v: f"{v:.2f}倍", "en": lambda v: f"{v:.2f}\xa0times"},
    "plain_factor": {"zh": lambda v: f"{plain(v)}倍", "en": lambda v: f"{plain(v)}\xa0times"},
    "count": same(lambda v: f"{v:,.0f}"),
    "year": same(lambda v: f"{v:.0f}"),
    "gdp_gap": {
        "zh": lambda v: f"{signed(gdp_zh(v))}亿元",
        "en": lambda v: with_sign(signed(gdp_en(v)), "RMB\xa0", "\xa0bn"),
    },
    "per_capita_gap": {
        "zh": lambda v: f"{signed(f'{v:,.1f}')}万元",
        "en": lambda v: with_sign(signed(per_head_en(v)), "RMB\xa0"),
    },
    "people_gap": {
        "zh": lambda v: f"{signed(f'{v:,.1f}')}万人",
        "en": lambda v: f"{signed(people_en(v))}\xa0million",
    },
    "points": {
        "zh": lambda v: f"{signed(f'{100 * v:.1f}')}个百分点",
        "en": lambda v: f"{signed(f'{100 * v:.1f}')}\xa0points",
    },
    "error_points": {
        "zh": lambda v: f"{100 * v:.0f}个百分点",
        "en": lambda v: f"{100 * v:.0f}\xa0points",
    },
    "size_points": {"zh": lambda v: f"{100 * v:.1f}个百分点", "en": lambda v: f"{100 * v:.1f}\xa0points"},
    "size_growth_points": {
        "zh": lambda v: f"{100 * abs(v):.2f}个百分点",
        "en": lambda v: f"{100 * abs(v):.2f}\xa0points",
    },
    "growth_points": {
        "zh": lambda v: f"{signed(f'{100 * v:.2f}')}个百分点",
        "en": lambda v: f"{signed(f'{100 * v:.2f}')}\xa0points",
    },
}
"""How each kind of number is written, by language; values in the library's units."""

RULE_OF_UNIT = {"亿元": "gdp", "万元/人": "per_capita", "万人": "people", "index": "index"}
BARE = ("gdp", "per_capita", "people")
"""Rules with a ``_bare`` twin, for tables whose head names the unit and for ranges that name it once."""
GAP_OF = {"gdp": "gdp_gap", "per_capita": "per_capita_gap", "share": "points"}
