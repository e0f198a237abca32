"""Units of chart axes: those a reader of the language knows."""

from collections.abc import Sequence

import pandas as pd

from futian_model.report.words.numbers import RULES, year
from futian_model.report.words.sentences import Words
from futian_model.units import convert

UNITS = {
    ("gdp", "en"): ("亿元", "billion yuan"),
    ("per_capita", "en"): ("万元/人", "元/人"),
}
"""Library unit and axis unit, by rule and language; others are drawn as they are."""


def on_axis(table: pd.DataFrame, rule: str, lang: str, columns: Sequence[str]) -> pd.DataFrame:
    """A table with its values in the axis unit."""
    if (rule, lang) not in UNITS or table.empty:
        return table
    unit, to = UNITS[rule, lang]
    return table.assign(**{name: convert(table[name].to_numpy(float), unit, to) for name in columns})


def written(value: float, rule: str, lang: str) -> str:
    """A value in the axis unit, as its rule prints it."""
    unit, to = UNITS.get((rule.removesuffix("_bare"), lang), ("", ""))
    return RULES[rule][lang](convert(float(value), to, unit) if unit else value)


def axis_unit(words: Words, rule: str, base_year: int) -> str:
    """Unit and price basis as a subtitle says them."""
    return words.say(f"unit_{rule}", base_year=year(base_year)).text
