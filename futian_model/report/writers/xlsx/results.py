"""Series of results over the years as sheets, one for each group of indicators, years across."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from futian_model.charts.theme import MUTED
from futian_model.languages import language
from futian_model.report.page.dictionary import Dictionary, plainly
from futian_model.report.writers.xlsx.book import RULE, SHADE, Book
from futian_model.report.writers.xlsx.measure import width
from futian_model.report.writers.xlsx.numbers import Shown, cell, unit_of

GROUPS = ("gdp", "people", "shares")
PART = "_value_added"
"""Ending of the value added of a share, and of what lies outside it."""
MANY_YEARS = 5
"""A series of so many years stands in a row, years across; what has fewer stands in the sheet of data."""


class Series(NamedTuple):
    """What a value is of, its year aside."""

    reading: str
    indicator: str
    unit: str
    basis: str
    statistic: str
    case: str = ""

    @property
    def code(self) -> str:
        return "|".join(filter(None, (self.reading, self.indicator, self.statistic, self.case)))


Values = Mapping[Series, Mapping[int, float]]
"""Value by year."""


@dataclass(frozen=True)
class Record:
    """What a report carries of its results.

    Attributes
    ----------
    values : mapping
        Value by year of every series.
    names : mapping
        Names, unit and kind of indicators and goals.
    base_year : int or None
        Year of the constant prices, where the report tells it.
    """

    values: Values
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    base_year: int | None = None


def read(results: pd.DataFrame) -> dict[Series, dict[int, float]]:
    """Series of `MANY_YEARS` in a results table, in its own order."""
    by_series: dict[Series, dict[int, float]] = {}
    columns = ("reading", "indicator", "unit", "price_basis", "statistic", "case", "year", "value")
    valued = results[results["value"].notna() & results["year"].notna() & results["horizon"].isna()]
    for *of, year, value in zip(*(valued[name].tolist() for name in columns), strict=True):
        by_series.setdefault(Series(*of), {})[year] = value
    return {series: values for series, values in by_series.items() if len(values) >= MANY_YEARS}


def group_of(indicator: str, names: Mapping[str, Mapping[str, str]]) -> str:
    """The group an indicator belongs to, by its kind and unit; empty for those of none."""
    known = names.get(indicator, {})
    kind, unit = known.get("kind"), known.get("unit")
    if kind == "share" or (kind == "level" and indicator.endswith(PART)):
        return "shares"
    if kind == "level" and unit in ("万人", "万元/人"):
        return "people"
    return "gdp" if kind in ("level", "index") and unit in ("亿元", "index") else ""


CODE: dict[str, Any] = {"font_color": MUTED, "indent": 1, "align": "left"}
LABELS = ("indicator", "reading", "statistic", "unit")
FROZEN = 3
WIDEST = (36.0, 24.0, 30.0, 22.0)
"""Bounds of the columns of labels."""


def write_results(book: Book, record: Record, summary: str) -> None:
    """A sheet for every group of which the results hold series."""
    for group in GROUPS:
        own = {
            series: values
            for series, values in record.values.items()
            if group_of(series.indicator, record.names) == group
        }
        if own:
            Sheet(book, group, record, own).write(summary)


class Sheet:
    """One group being written."""

    def __init__(self, book: Book, group: str, record: Record, values: Values) -> None:
        self.page = book.page(book.words[f"workbook_group_{group}"], book.words[f"workbook_about_{group}"])
        self.record, self.values, self.words = record, values, book.words
        self.called, self.row = Dictionary(book.words, record.names), 0

    def write(self, summary: str) -> None:
        """The head in the first row, a row a series; what the rows are, below them."""
        years = sorted({year for values in self.values.values() for year in values})
        across = len(LABELS) + len(years)
        self.head(years)
        self.rows(years)
        page, last = self.page, self.row - 1
        page.sheet.autofilter(0, 0, last, across)
        page.sheet.freeze_panes(1, FROZEN)
        notes = [self.about(), self.words["workbook_growth_lead"]]
        end = page.foot(last + 1, len(LABELS), summary, notes, page.name)
        page.fit()
        page.printed(across, repeat=0, last=end)

    def about(self) -> str:
        """Units and price basis of the sheet."""
        units = dict.fromkeys(map(self.unit, self.values))
        joined = self.words["enumeration"].join(
            unit for unit in units if unit != self.words["workbook_unit_none"]
        )
        constant = any(series.basis == "constant" for series in self.values)
        base = self.record.base_year if constant else None
        basis = "" if base is None else self.words.say("workbook_units_prices", year=str(base)).text
        return self.words.say("workbook_units", units=joined, basis=basis).text

    def labels(self, series: Series) -> list[str]:
        """Indicator, reading, statistic, unit with price basis, as the language says them."""
        indicator = self.called.indicator(series.indicator) or plainly(series.indicator)
        case = self.called.case(series.case) or plainly(series.case)
        return [
            self.words["workbook_enumeration"].join(filter(None, (indicator, case))),
            self.called.reading(series.reading) or plainly(series.reading),
            self.called.statistic(series.statistic, series.reading) or plainly(series.statistic),
            self.measure(series),
        ]

    def unit(self, series: Series) -> str:
        """Unit of a series; of a goal's own as the plan's data call it."""
        known = self.record.names.get(series.indicator, {})
        own = (
            known.get(language(self.words.lang).column("unit"), "")
            if known.get("unit") == series.unit
            else ""
        )
        return unit_of(series.unit, series.statistic).name(self.words, own)

    def measure(self, series: Series) -> str:
        """Unit, and of a level the prices it is in."""
        known = unit_of(series.unit, series.statistic)
        basis = self.called.text(f"basis_{series.basis}") if known.level and series.basis != "none" else ""
        return self.words["workbook_enumeration"].join(part for part in (self.unit(series), basis) if part)

    def head(self, years: Sequence[int]) -> None:
        """Labels, the years as numbers, and the code."""
        labels = [self.words[f"workbook_column_{name}"] for name in (*LABELS, "code")]
        self.page.head(0, [*labels[:-1], *map(str, years), labels[-1]])
        for at, year in enumerate(years, len(LABELS)):
            look = {"bg_color": SHADE, "bottom": 1, "valign": "vcenter", "align": "right"}
            self.page.number(0, at, Shown(year, "0"), **look)
        self.row = 1

    def rows(self, years: Sequence[int]) -> None:
        """A row a series, years across; under a level its growth on the year before, as a formula."""
        before = ""
        for series, values in self.values.items():
            look: dict[str, Any] = {"top": 1, "top_color": RULE} if series.indicator != before else {}
            if series.statistic in ("central", "p50"):
                look["bg_color"] = SHADE
            before = series.indicator
            self.labelled(self.labels(series), look)
            for at, year in enumerate(years, len(LABELS)):
                if year in values:
                    self.page.number(self.row, at, self.shown(series, values[year]), **look)
            self.page.text(self.row, len(LABELS) + len(years), series.code, **CODE | look)
            self.row += 1
            if series.statistic == "central" and unit_of(series.unit, series.statistic).level:
                self.growth(series, values, years)

    def labelled(self, labels: Sequence[str], look: Mapping[str, Any]) -> None:
        """What stands before the numbers of this row."""
        for at, (label, most) in enumerate(zip(labels, WIDEST, strict=True)):
            wraps = {"text_wrap": True} if width(label) > most else {}
            self.page.text(self.row, at, label, **look, **wraps)
            self.page.widen(at, width(label), most)
        self.page.tall(self.row, list(zip(WIDEST, labels, strict=True)))

    def growth(self, series: Series, values: Mapping[int, float], years: Sequence[int]) -> None:
        """Growth of the row above on the year before."""
        labels = self.labels(series)
        labels[2:4] = [self.words["workbook_formula_growth"], self.words["workbook_unit_fraction"]]
        self.labelled(labels, {"font_color": MUTED})
        form = self.page.book.look(num_format='0.00%;"−"0.00%;0.00%', align="right", font_color=MUTED)
        for at, year in enumerate(years, len(LABELS)):
            if year in values and values.get(year - 1):
                here, last = (xl_rowcol_to_cell(self.row - 1, place) for place in (at, at - 1))
                grown = (
                    self.shown(series, values[year]).value / self.shown(series, values[year - 1]).value - 1
                )
                self.page.sheet.write_formula(self.row, at, f"={here}/{last}-1", form, grown)
        self.row += 1

    def shown(self, series: Series, value: float) -> Shown:
        return cell(value, series.unit, series.statistic, self.words)
