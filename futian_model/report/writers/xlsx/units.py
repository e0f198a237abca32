"""Units of the results table in a workbook: what a reader of the language knows, and how it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from futian_model.report.words.sentences import Words
from futian_model.report.writers.xlsx.numbers import Shown
from futian_model.units import convert


@dataclass(frozen=True)
class Unit:
    """How values of a unit are shown.

    Attributes
    ----------
    key : str
        Of the unit's name among the texts; a unit unknown to them is called as the report does, or by itself.
    formats : mapping of str to str
        Format by language.
    to : mapping of str to str
        Unit that values are converted to, by language.
    level : bool
        Whether a value over the last year's less one is growth.
    """

    key: str
    formats: Mapping[str, str]
    to: Mapping[str, str] = field(default_factory=dict)
    level: bool = False

    def name(self, words: Words, own: str = "") -> str:
        """The unit in words: those of the texts, or the report's own."""
        return words.texts.get(f"workbook_unit_{self.key}") or own or self.key


def signed(positive: str) -> str:
    """A format with a typographic minus sign."""
    return f'{positive};"−"{positive};{positive}'


def both(positive: str) -> dict[str, str]:
    return dict.fromkeys(("zh", "en"), signed(positive))


UNITS = {
    "亿元": Unit("gdp", both("#,##0.0"), {"en": "billion yuan"}, level=True),
    "万元/人": Unit(
        "per_capita", {"zh": signed("#,##0.00"), "en": signed("#,##0")}, {"en": "元/人"}, level=True
    ),
    "万人": Unit(
        "people", {"zh": signed("#,##0.0"), "en": signed("0.000")}, {"en": "million people"}, level=True
    ),
    "index": Unit("index", both("0.0000"), level=True),
    "fraction": Unit("fraction", both("0.00%")),
    "times": Unit("times", both("0.00")),
    "year": Unit("year", dict.fromkeys(("zh", "en"), "0")),
    "years": Unit("years", both("0.0")),
    "goals": Unit("goals", both("0")),
    "groups": Unit("groups", both("#,##0")),
    "count": Unit("number", both("#,##0")),
    "none": Unit("none", both("0.####")),
}
NUMBER = Unit("number", both("#,##0"))
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
    return UNITS[unit] if unit in UNITS else Unit(unit, both("#,##0.####"))


def cell(value: float, unit: str, statistic: str, words: Words) -> Shown:
    """A result as a cell, in the unit that a reader of the language knows."""
    if statistic == MET and unit in ("fraction", "none"):
        return Shown(value, f'[=1]"{words["yes"]}";[=0]"{words["no"]}";0')
    known = unit_of(unit, statistic)
    to = known.to.get(words.lang)
    return Shown(convert(value, unit, to) if to else value, known.formats[words.lang])
