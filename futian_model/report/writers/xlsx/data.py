"""The data of a chart as cells, and what every native chart shares."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from xlsxwriter.chart import Chart as Native
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from futian_model.charts.theme import FAINT, HISTORY, MUTED
from futian_model.languages import language
from futian_model.report.writers.xlsx.book import SHADE, Page
from futian_model.report.writers.xlsx.measure import shortened, width
from futian_model.report.writers.xlsx.numbers import Shown, quoted

GOAL = "#F0C419"
"""Filling of a goal: a hollow mark is lost where a program draws no border."""
LONGEST_TITLE = 255
"""Characters that the title of a chart may have."""
TEXT, TITLE = 9, 12
"""Points of a chart's words and of its title."""
FINE, SMALL = 0.1, 20.0
"""An axis of a smaller span, or of smaller values, is labelled with a decimal more."""
LARGE = 1000.0
"""Values so large are shown without decimals."""
NOTHING: dict[str, Any] = {"fill": {"none": True}, "border": {"none": True}}
"""The look of what only holds up what stands on it."""
CLAUSE = re.compile(r"[；;]")


class Formula(NamedTuple):
    """A formula and what it gives."""

    text: str
    value: float


Value = float | str | Formula | None
Reference = list[Any]


class Data:
    """Columns of a chart's numbers, a row a point.

    Parameters
    ----------
    page : Page
    row, column : int
        Where the heads stand; the numbers stand below.
    content : mapping
        The chart as its block carries it.
    """

    def __init__(self, page: Page, row: int, column: int, content: Mapping[str, Any]) -> None:
        self.page, self.row, self.start, self.content = page, row, column, content
        self.used, self.rows = 0, 0
        self.percent = bool(content["percent"])

    @property
    def words(self) -> Any:
        return self.page.book.words

    def records(self) -> list[dict[str, Any]]:
        """Rows of the chart's table."""
        table = self.content["table"]
        return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]

    def column(self, label: str, values: Sequence[Value], form: str = "") -> int:
        """Write a column; its place, for references."""
        at = self.start + self.used
        self.page.text(
            self.row, at, label, text_wrap=True, bg_color=SHADE, bottom=1, valign="vcenter", font_size=TEXT
        )
        wanted = [width(value) for value in values if isinstance(value, str)]
        self.page.widen(at, max([width(label) / 2 + 1, *wanted, 9.0]))
        for down, value in enumerate(values, self.row + 1):
            self._cell(down, at, value, form)
        self.used, self.rows = self.used + 1, max(self.rows, len(values))
        return self.used - 1

    def _cell(self, row: int, column: int, value: Value, form: str) -> None:
        if isinstance(value, str):
            self.page.text(row, column, value, font_size=TEXT)
        elif isinstance(value, Formula):
            look = self.page.book.look(
                num_format=form or self.form(value.value), font_color=MUTED, font_size=TEXT
            )
            self.page.sheet.write_formula(row, column, value.text, look, value.value)
        elif value is not None:
            self.page.number(row, column, Shown(value, form or self.form(value)), font_size=TEXT)

    def form(self, value: float) -> str:
        """How a number of the chart is shown."""
        body = "0.0%" if self.percent else "#,##0" if abs(value) >= LARGE else "#,##0.0"
        return f'{body};"−"{body}'

    def cell(self, column: int, at: int) -> str:
        """Address of a number."""
        return str(xl_rowcol_to_cell(self.row + 1 + at, self.start + column))

    def values(self, column: int, first: int = 0, last: int | None = None) -> Reference:
        """The cells of a column, from the first to the last row named."""
        end = self.rows - 1 if last is None else last
        place = self.start + column
        return [self.page.name, self.row + 1 + first, place, self.row + 1 + end, place]

    def address(self, column: int) -> str:
        """The cells of a column as a formula names them."""
        name, top, left, bottom, right = self.values(column)
        quoted_name = str(name).replace("'", "''")
        return f"='{quoted_name}'!{xl_range_abs(top, left, bottom, right)}"

    def name(self, column: int) -> Reference:
        """The cell that names a column."""
        return [self.page.name, self.row, self.start + column]

    def series(self, column: int, across: int, last: int | None = None) -> dict[str, Any]:
        """A column as a chart draws it over another one, up to the last row named."""
        cells = {"categories": self.values(across, last=last), "values": self.values(column, last=last)}
        return {"name": self.name(column)} | cells

    def chart(self, kind: str, subtype: str = "") -> Native:
        """A chart of the workbook, without series yet."""
        chart: Native = self.page.book.workbook.add_chart(
            {"type": kind} | ({"subtype": subtype} if subtype else {})
        )
        return chart


def marker(kind: str, size: int, fill: str, border: str = HISTORY) -> dict[str, Any]:
    """What stands at each value of a line."""
    return {"type": kind, "size": size, "fill": {"color": fill}, "border": {"color": border}}


GOAL_LOOK = {"line": {"none": True}, "marker": marker("diamond", 9, GOAL)}
"""A lone point that a series is held against."""


def value_at(rows: Mapping[int, Mapping[str, Any]], at: int, name: str = "value") -> float | None:
    """What a series holds at a place, if anything."""
    return rows[at][name] if at in rows else None


def font(page: Page, size: float = TEXT, color: str = MUTED) -> dict[str, Any]:
    """A font of the report's language."""
    return {"name": language(page.book.lang).font, "size": size, "color": color, "bold": False}


def dressed(chart: Native, data: Data, title: str = "", hidden: Sequence[int] = ()) -> None:
    """Title, legend and frame; series in `hidden` are not named."""
    page = data.page
    name = shortened(str(title or data.content["title"]), LONGEST_TITLE)
    chart.set_title({"name": name, "name_font": font(page, TITLE, HISTORY)})
    legend = {"position": "bottom", "font": font(page)}
    chart.set_legend(legend | ({"delete_series": list(hidden)} if hidden else {}))
    chart.set_chartarea({"border": {"color": FAINT}})


def unit(content: Mapping[str, Any]) -> str:
    """What a chart shows in which unit: the first clause below its headline."""
    return CLAUSE.split(str(content["subtitle"]))[0].strip()


def value_axis(data: Data, name: str, bounds: Sequence[float] | None = None) -> dict[str, Any]:
    """An axis of values, faintly ruled."""
    numbers = [value for record in data.records() for value in record.values() if isinstance(value, float)]
    span = max(numbers, default=1.0) - min(numbers, default=0.0)
    if bounds:
        span = bounds[1] - bounds[0]
    coarse, fine = ("0%", "0.0%") if data.percent else ("#,##0", "#,##0.0")
    form = fine if span < (FINE if data.percent else SMALL) else coarse
    axis = {
        "name": name,
        "name_font": font(data.page),
        "num_font": font(data.page),
        "num_format": f'{form};"−"{form}',
        "major_gridlines": {"visible": True, "line": {"color": FAINT, "width": 0.5}},
        "line": {"none": True},
    }
    return axis | ({"min": bounds[0], "max": bounds[1]} if bounds else {})


def figures(data: Data, before: str = "", size: float = 1.0) -> dict[str, Any]:
    """Labels that print each value but zero; `size` says how large values are."""
    body = "0.0%" if data.percent else "#,##0" if abs(size) >= LARGE else "#,##0.0"
    return {"value": True, "num_format": f"{quoted(before)}{body};;;", "font": font(data.page, color=HISTORY)}


def name_axis(data: Data, name: str = "", **more: Any) -> dict[str, Any]:
    """An axis of names or years."""
    shown = {"name": name, "name_font": font(data.page)} if name else {}
    # below the plot, also where values are negative
    return {"num_font": font(data.page), "line": {"color": MUTED}, "label_position": "low"} | shown | more


def bounds(content: Mapping[str, Any], way: str = "y") -> list[float] | None:
    """The span that the report's own picture of the chart has."""
    panels = content["axes"].get("panels", [])
    limits: list[float] | None = panels[0].get(way) if panels else None
    return limits
