"""Numbers as a report prints them: a value, the rule that rounds it, and the result it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from futian_model.errors import UnknownName
from futian_model.languages import LANGUAGES, Amount, Language, language
from futian_model.report.words.styles import BOTH, NEITHER, Chance, Odds, Ordinal, Plain, Style
from futian_model.units import ratio


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
        return writer(self.rule, lang)(self.value)

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

    def find(self, rule: str, *key: Any) -> Number | None:
        """The same; None where the table has no such row."""
        return self.number(rule, *key) if key in self else None

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


RULE_OF_UNIT = {"亿元": "gdp", "万元/人": "per_capita", "万人": "people", "index": "index"}
GAP_OF = {
    "gdp": "gdp_gap",
    "per_capita": "per_capita_gap",
    "people": "people_gap",
    "share": "points",
    "growth": "growth_points",
}
"""Rules of differences, by that of their levels."""
BARE = ("gdp", "per_capita", "people", "gdp_gap", "per_capita_gap", "people_gap")
"""Rules with a ``_bare`` twin, for tables whose head names the unit and for ranges that name it once."""
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


def bare(rule: str) -> str:
    """The rule of the same numbers where their unit is named elsewhere."""
    return f"{rule}_bare" if rule in BARE else rule


def amount(unit: str, written: Amount) -> Style:
    """Values of a unit of the library, as a language writes them."""
    times, over = ratio(unit, written.unit)
    return Style(written.digits, times, over, written.prefix, written.suffix, True, small=written.small)


def rules(known: Language) -> dict[str, Style | Chance | Odds]:
    """How a language writes each kind of number."""
    levels = {RULE_OF_UNIT[unit]: amount(unit, written) for unit, written in known.amounts.items()}
    levels |= {GAP_OF[rule]: level.with_sign(BOTH) for rule, level in levels.items()}
    percent = [Style(digits, 100.0, suffix="%") for digits in range(3)]
    points = [Style(digits, 100.0, suffix=known.points) for digits in range(3)]
    return {
        **levels,
        **{f"{rule}_bare": level.bare for rule, level in levels.items()},
        **{
            f"{rule}_size": levels[rule].with_sign(NEITHER)
            for rule in RULE_OF_UNIT.values()
            if rule in levels
        },
        "share": percent[1],
        "share_bare": percent[1].bare,
        "growth": percent[2],
        "growth_size": percent[2].with_sign(NEITHER),
        "change": percent[2].with_sign(BOTH),
        "change_coarse": percent[1].with_sign(BOTH),
        "change_bare": percent[1].with_sign(BOTH).bare,
        "change_size": percent[2].with_sign(NEITHER),
        "growth_coarse": percent[1],
        "percent": percent[0],
        "plain": Plain(),
        "plain_signed": Plain(sign=BOTH),
        "plain_percent": Plain(times=100.0, suffix="%"),
        "plain_factor": Plain(suffix=known.multiple),
        "percentile": (Ordinal if known.ordinals else Style)(0, 100.0),
        **{rule: Chance(step) for rule, step in CHANCES.items()},
        "odds": Odds(known.odds) if known.odds else Chance(0.1),
        "index": Style(3),
        "ratio": Style(2),
        "deviations": Style(2, sign=BOTH),
        "factor": Style(2, suffix=known.multiple),
        "count": Style(0, grouped=True),
        "year": Style(0),
        "points": points[1].with_sign(BOTH),
        "points_bare": points[1].with_sign(BOTH).bare,
        "growth_points": points[2].with_sign(BOTH),
        "error_points": points[0],
        "size_points": points[1],
        "share_size": points[1].with_sign(NEITHER),
        "change_coarse_size": percent[1].with_sign(NEITHER),
        "size_growth_points": points[2].with_sign(NEITHER),
    }


_RULES = {lang: rules(known) for lang, known in LANGUAGES.items()}
RULES: Mapping[str, Mapping[str, Style | Chance | Odds]] = {
    rule: {lang: held[rule] for lang, held in _RULES.items()} for rule in next(iter(_RULES.values()))
}
"""How each kind of number is written, by language; values in the library's units."""


def writer(rule: str, lang: str) -> Style | Chance | Odds:
    """What writes numbers of a rule in a language.

    Raises
    ------
    UnknownName
        No such rule.
    InputError
        No such language.
    """
    if rule not in RULES:
        raise UnknownName(rule, RULES)
    return RULES[rule][language(lang).code]


def style(rule: str, lang: str) -> Style:
    """The style of a rule other than that of a chance; errors as for `writer`."""
    held = writer(rule, lang)
    assert isinstance(held, Style)
    return held


def page_styles(names: Sequence[str], langs: Sequence[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """Rules by language as ``numbers.js`` takes them; it knows none that looks at a value first."""
    return {rule: {lang: style(rule, lang).to_dict() for lang in langs} for rule in names}
