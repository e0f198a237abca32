"""Units of the results table in a workbook: what a reader of the language knows, and how it is shown."""

from dataclasses import dataclass, replace

from futian_model.languages import language
from futian_model.report.words.numbers import amount
from futian_model.report.words.sentences import Words
from futian_model.report.writers.xlsx.numbers import Shown, form


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
    known, amounts = unit_of(unit, statistic), language(words.lang).amounts
    if known.format:
        return Shown(value, known.format)
    exact = replace(amount(unit, amounts[unit]).bare, digits=amounts[unit].exact)
    return Shown(exact.scaled(value), form(exact))
