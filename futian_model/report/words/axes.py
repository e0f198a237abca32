"""Units of chart axes: those a reader of the language knows."""

from collections.abc import Sequence

import pandas as pd

from futian_model.languages import language
from futian_model.report.words.numbers import RULE_OF_UNIT, writer, year
from futian_model.report.words.sentences import Words
from futian_model.units import ratio


def on_axis(table: pd.DataFrame, rule: str, lang: str, columns: Sequence[str]) -> pd.DataFrame:
    """A table with its values in the axis unit."""
    times, over = _ratio(rule, lang)
    if times == over or table.empty:
        return table
    return table.assign(**{name: table[name].to_numpy(float) * times / over for name in columns})


def written(value: float, rule: str, lang: str) -> str:
    """A value in the axis unit, as its rule prints it."""
    times, over = _ratio(rule.removesuffix("_bare"), lang)
    return writer(rule, lang)(float(value) * over / times)


def _ratio(rule: str, lang: str) -> tuple[float, float]:
    """From the library's unit to that of the axis, the one that the language writes."""
    shown = language(lang).amounts
    return next((ratio(unit, shown[unit].unit) for unit in shown if RULE_OF_UNIT[unit] == rule), (1.0, 1.0))


def axis_unit(words: Words, rule: str, base_year: int) -> str:
    """Unit and price basis as a subtitle says them."""
    return words.say(f"unit_{rule}", base_year=year(base_year)).text
