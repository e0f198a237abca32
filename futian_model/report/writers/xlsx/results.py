"""The results table as sheets, one for each group of indicators, years across."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from futian_model.charts.theme import MUTED
from futian_model.languages import language
from futian_model.report.page.dictionary import ALL, Dictionary, plainly
from futian_model.report.writers.xlsx.book import RULE, SHADE, Book
from futian_model.report.writers.xlsx.measure import width
from futian_model.report.writers.xlsx.numbers import Shown, cell, unit_of

GOALS, REST = "goals", "other"
GROUPS = ("gdp", "people", "shares", GOALS)
PART, JUDGED = "_value_added", "target"
"""Ending of the value added of a share, and of what lies outside it; what every judged goal has."""
MANY_YEARS = 5
"""A series of so many years stands in a row, years across."""


class Series(NamedTuple):
    """What a value is of, its year aside."""

    reading: str
    indicator: str
    unit: str
    basis: str
    statistic: str
    case: str = ""
    horizon: int = 0

    @property
    def code(self) -> str:
        return "|".join(filter(None, (self.reading, self.indicator, self.statistic, self.case)))


Values = Mapping[Series, Mapping[int, float]]
"""Value by year; under 0 what is of none."""


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
    """A results table by series, in its own order; what holds no value is left out."""
    made: dict[Series, dict[int, float]] = {}
    columns = ("reading", "indicator", "unit", "price_basis", "statistic", "case", "horizon", "year", "value")
    told = results[results["value"].notna()].fillna({"horizon": 0, "year": 0})
    for *of, year, value in zip(*(told[name].tolist() for name in columns), strict=True):
        made.setdefault(Series(*of), {})[year] = value
    return made


def group_of(indicator: str, names: Mapping[str, Mapping[str, str]]) -> str:
    """The group an indicator belongs to, by its kind and unit."""
    told = names.get(indicator, {})
    kind, unit = told.get("kind"), told.get("unit")
    if kind == "goal" or indicator == ALL:
        return GOALS
    if kind == "share" or (kind == "level" and indicator.endswith(PART)):
        return "shares"
    if kind == "level" and unit in ("万人", "万元/人"):
        return "people"
    return "gdp" if kind in ("level", "index") and unit in ("亿元", "index") else REST


def goal_figures(values: Values) -> Values:
    """Figures of the goals' own years, of the readings that judge goals."""
    judged = {one.reading for one in values if one.statistic == JUDGED}
    return {
        one: told
        for one, told in values.items()
        if one.reading in judged and len(told) < MANY_YEARS and not one.case
    }


CODE: dict[str, Any] = {"font_color": MUTED, "indent": 1, "align": "left"}
LABELS = ("indicator", "reading", "statistic", "unit")
LISTED = ("indicator", "case", "reading", "statistic", "unit")
"""Labels of a row: where years or statistics stand across, and where a row is a value."""
FROZEN, HEAD = 3, 5
WIDEST, WIDEST_LISTED = (36.0, 24.0, 30.0, 22.0), (44.0, 44.0, 32.0, 44.0, 22.0)
"""Bounds of the columns of labels, beside many columns of numbers and beside one."""


def write_results(book: Book, record: Record, summary: str) -> None:
    """A sheet for every group the results hold: series with years across, goals, then the rest in a list."""
    rest = dict(record.values)
    for group in GROUPS:
        own = {
            one: told for one, told in record.values.items() if group_of(one.indicator, record.names) == group
        }
        long = {one: told for one, told in own.items() if len(told) >= MANY_YEARS}
        told = goal_figures(own) if group == GOALS else {}
        if long or told:
            Sheet(book, group, record, {**told, **long}, summary).write(told, long)
        rest = {one: values for one, values in rest.items() if one not in long and one not in told}
    if rest:
        Sheet(book, REST, record, rest, summary).write_list(rest)


def says_little(one: Series) -> tuple[bool, bool]:
    """Least of the series whose unit a row of several bears: a level, then any unit that is not per cent."""
    return not unit_of(one.unit, one.statistic).level, one.unit in ("fraction", "none")


class Sheet:
    """One group being written."""

    def __init__(self, book: Book, group: str, record: Record, values: Values, summary: str) -> None:
        self.page = book.page(book.words[f"workbook_group_{group}"], book.words[f"workbook_about_{group}"])
        self.record, self.values, self.words = record, values, book.words
        self.called = Dictionary(book.words, record.names)
        self.row, self.across, self.filters = HEAD, 0, list[tuple[int, int, int]]()
        self.page.title(self.page.name, summary)
        self.page.text(2, 0, self.about(), font_color=MUTED)

    def write(self, told: Values, long: Values) -> None:
        """Figures of goals, then series by year."""
        if told:
            self.by_statistic(told)
        if long:
            self.by_year(long)
        self.finish()

    def write_list(self, values: Values) -> None:
        self.listed(values)
        self.finish()

    def about(self) -> str:
        """Units and price basis of the sheet."""
        units = dict.fromkeys(map(self.unit, self.values))
        told = self.words["enumeration"].join(
            unit for unit in units if unit != self.words["workbook_unit_none"]
        )
        constant = any(one.basis == "constant" for one in self.values)
        base = self.record.base_year if constant else None
        basis = "" if base is None else self.words.say("workbook_units_prices", year=str(base)).text
        return self.words.say("workbook_units", units=told, basis=basis).text

    def labels(self, one: Series) -> list[str]:
        """Indicator, reading, statistic, unit with price basis, as the language says them."""
        indicator, case, *rest = self.listed_labels(one)
        return [self.words["workbook_enumeration"].join(filter(None, (indicator, case))), *rest]

    def listed_labels(self, one: Series) -> list[str]:
        """The same with the case in a column of its own."""
        return [
            self.called.indicator(one.indicator) or plainly(one.indicator),
            self.called.case(one.case) or plainly(one.case),
            self.called.reading(one.reading) or plainly(one.reading),
            self.statistic(one.statistic, one.reading),
            self.measure(one),
        ]

    def statistic(self, code: str, reading: str = "") -> str:
        return self.called.statistic(code, reading) or plainly(code)

    def unit(self, one: Series) -> str:
        """Unit of a series; of a goal's own as the plan's data call it."""
        told = self.record.names.get(one.indicator, {})
        own = told.get(language(self.words.lang).column("unit"), "") if told.get("unit") == one.unit else ""
        return unit_of(one.unit, one.statistic).name(self.words, own)

    def measure(self, one: Series) -> str:
        """Unit, and of a level the prices it is in."""
        known = unit_of(one.unit, one.statistic)
        basis = self.called.text(f"basis_{one.basis}") if known.level and one.basis != "none" else ""
        return self.words["workbook_enumeration"].join(told for told in (self.unit(one), basis) if told)

    def head(self, labels: Sequence[str], numeric: int, title: str) -> None:
        """The head of a block; labels from `numeric` to the last but one stand over numbers."""
        self.page.text(self.row, 0, self.words[title], font_size=12)
        self.row += 1
        self.page.head(self.row, labels)
        for at in range(numeric, len(labels) - 1):
            look = {"text_wrap": True, "bg_color": SHADE, "bottom": 1, "valign": "vcenter"}
            self.page.text(self.row, at, labels[at], align="right", **look)
        told = [(self.page.wide(at), label) for at, label in enumerate(labels)]
        self.page.tall(self.row, told)
        self.across = max(self.across, len(labels))
        self.row += 1

    def heads(self, *names: str) -> list[str]:
        return [self.words[f"workbook_column_{name}"] for name in names]

    def by_year(self, values: Values) -> None:
        """A row a series, years across; under a level its growth on the year before, as a formula."""
        years = sorted({year for told in values.values() for year in told})
        self.head(
            [*self.heads(*LABELS), *map(str, years), *self.heads("code")], len(LABELS), "workbook_by_year"
        )
        for at, year in enumerate(years, len(LABELS)):
            look = {"bg_color": SHADE, "bottom": 1, "valign": "vcenter", "align": "right"}
            self.page.number(self.row - 1, at, Shown(year, "0"), **look)
        self.page.text(3, 0, self.words["workbook_growth_lead"], font_color=MUTED)
        first, before = self.row, ""
        for one, told in values.items():
            look = {"top": 1, "top_color": RULE} if one.indicator != before else {}
            if one.statistic in ("central", "p50"):
                look["bg_color"] = SHADE
            before = one.indicator
            self.labelled(self.labels(one), look)
            for at, year in enumerate(years, len(LABELS)):
                if year in told:
                    self.page.number(self.row, at, self.shown(one, told[year]), **look)
            self.page.text(self.row, len(LABELS) + len(years), one.code, **CODE | look)
            self.row += 1
            if one.statistic == "central" and unit_of(one.unit, one.statistic).level:
                self.growth(one, told, years)
        self.filters.append((first - 1, self.row - 1, len(LABELS) + len(years)))
        self.row += 1

    def labelled(
        self,
        labels: Sequence[str],
        look: Mapping[str, Any],
        widest: Sequence[float] = WIDEST,
        rows: int = 1,
    ) -> None:
        """What stands before the numbers of this row, or of so many alike."""
        for at, (label, most) in enumerate(zip(labels, widest, strict=True)):
            wraps = {"text_wrap": True} if width(label) > most else {}
            for row in range(self.row, self.row + rows):
                self.page.text(row, at, label, **look, **wraps)
            self.page.widen(at, width(label), most)
        cells = list(zip(widest, labels, strict=True))
        for row in range(self.row, self.row + rows):
            self.page.tall(row, cells)

    def growth(self, one: Series, told: Mapping[int, float], years: Sequence[int]) -> None:
        """Growth of the row above on the year before."""
        labels = self.labels(one)
        labels[2:4] = [self.words["workbook_formula_growth"], self.words["workbook_unit_fraction"]]
        self.labelled(labels, {"font_color": MUTED})
        form = self.page.book.look(num_format='0.00%;"−"0.00%;0.00%', align="right", font_color=MUTED)
        for at, year in enumerate(years, len(LABELS)):
            if year in told and told.get(year - 1):
                here, last = (xl_rowcol_to_cell(self.row - 1, place) for place in (at, at - 1))
                grown = self.shown(one, told[year]).value / self.shown(one, told[year - 1]).value - 1
                self.page.sheet.write_formula(self.row, at, f"={here}/{last}-1", form, grown)
        self.row += 1

    def by_statistic(self, values: Values) -> None:
        """A row for each indicator, reading and year; statistics across."""
        statistics = list(dict.fromkeys(one.statistic for one in values))
        first = LABELS.index("statistic")
        names = [*self.heads("indicator", "reading", "year", "unit"), *map(self.statistic, statistics)]
        self.head([*names, *self.heads("code")], len(LABELS), "workbook_single")
        rows: dict[tuple[str, str, int], dict[str, tuple[Series, float]]] = {}
        for one, told in values.items():
            for year, value in told.items():
                rows.setdefault((one.indicator, one.reading, year), {})[one.statistic] = (one, value)
        start = self.row - 1
        for (indicator, reading, year), row in rows.items():
            labels = self.labels(min((one for one, _ in row.values()), key=says_little))
            labels[first] = ""
            self.labelled(labels, {})
            self.page.number(self.row, first, Shown(year, "0"), align="left")
            for at, statistic in enumerate(statistics, len(LABELS)):
                if statistic in row:
                    self.page.number(self.row, at, self.shown(*row[statistic]))
            self.page.text(self.row, len(names), f"{reading}|{indicator}", **CODE)
            self.row += 1
        self.filters.append((start, self.row - 1, len(names)))
        self.row += 1

    def listed(self, values: Values) -> None:
        """A row a value."""
        names, first = [*self.heads(*LISTED, "year", "horizon", "value", "code")], len(LISTED)
        self.head(names, first, "workbook_single")
        start = self.row - 1
        for one, told in values.items():
            self.labelled(self.listed_labels(one), {}, WIDEST_LISTED, len(told))
            for year, value in told.items():
                for at, whole in enumerate((year, one.horizon), first):
                    if whole:
                        self.page.number(self.row, at, Shown(whole, "0"))
                self.page.number(self.row, first + 2, self.shown(one, value))
                self.page.text(self.row, first + 3, one.code, **CODE)
                self.row += 1
        self.filters.append((start, self.row - 1, len(names) - 1))
        self.row += 1

    def shown(self, one: Series, value: float) -> Shown:
        return cell(value, one.unit, one.statistic, self.words)

    def finish(self) -> None:
        """Filter the longest block, keep its head and labels in sight, print across."""
        page, single = self.page, len(self.filters) == 1
        top, end, across = max(self.filters, key=lambda block: block[1] - block[0])
        page.sheet.autofilter(top, 0, end, across)
        page.sheet.freeze_panes(HEAD + 1 + single, FROZEN)
        page.fit()
        page.printed(self.across - 1, repeat=HEAD + 1 if single else None, last=self.row)
