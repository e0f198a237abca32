"""Layouts of official tables: what each is known by, and its cells read one by one.

A layout is a function from a grid to a `Table`; a grid that is none of its kind it refuses by `Mismatch`,
which says where it gave up.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from futian_model.errors import InputError
from futian_model.importing.grammar import (
    CALLED,
    Label,
    Period,
    Value,
    label_of,
    period_of,
    unit_of,
    value_of,
    year_in,
)
from futian_model.importing.grids import Cell, Grid

LABELS = ("指标", "指标名称", "项目", "主要指标", "主要经济指标", "地区")
REGION = "地区"
NOTES = re.compile(r"^(?:注|备注|说明|数据来源|资料来源|来源|\*|source|note)\s*[:：]?", re.IGNORECASE)
MEASURES = {
    "rest": re.compile(r"完成|占|为.*计划|排名|位次|拉动|比重|百分点"),
    "target": re.compile(r"计划|目标"),
    "growth": re.compile(r"同比|比上年|比去年|比20|增长|增速|增幅|增减|±"),
    "level": re.compile(r"累计|绝对量|总量|数值|本期|实绩|合计"),
}
"""What a column holds, by its head: the first that fits."""
SUFFIX = re.compile(r"_(累计|当季|当期|当月|本期)?(?:值|同比)?(增长率?|增速)?$")
IN_TITLE = re.compile(
    r"((?:19|20)\d\d)\s*年?\s*(\d{1,2}\s*[-–—~至]\s*\d{1,2}\s*月|第?[一二三四1-4]季度|前[一二三四1-4]季度|[一1][-—至][二三四2-4]季度|上半年|全年|\d{1,2}\s*月)"
)
RELEASED = re.compile(
    r"(?:发布|公布|更新|released?|last updated|publication)[^\d]{0,12}((?:19|20)\d\d)[-年/.]\s*(\d{1,2})",
    re.IGNORECASE,
)
SEVERAL_UNITS = re.compile(r"[、,，;/和]")


class Mismatch(Exception):
    """A grid that is none of a layout's kind, and where that was seen."""


@dataclass(frozen=True)
class Reading:
    """One cell of a table.

    Attributes
    ----------
    row, column : int
        Where it stands.
    place, label : str
        As the file names them; an empty place is the table's.
    measure : str
        ``"level"``, ``"growth"``, ``"index"`` (growth, the previous year being 100), ``"target"`` or
        ``"forecast"``.
    code : str
        The library's indicator where a mapping names it.
    """

    grid: Grid
    row: int
    column: int
    place: str
    label: str
    unit: str
    period: Period
    value: Value
    measure: str = "level"
    code: str = ""

    @property
    def where(self) -> str:
        """File, sheet and cell, as messages print them."""
        return f"{self.grid.file} {self.grid.place(self.row, self.column)}"


@dataclass
class Table:
    """What was read of a grid.

    Attributes
    ----------
    layout : str
    title : str
        What stands above and below the cells: titles and notes.
    released : str
        Month of publication, where the file states one.
    readings : list of Reading
    faults : list of InputError
        Cells that cannot be read.
    """

    layout: str
    title: str = ""
    released: str = ""
    readings: list[Reading] = field(default_factory=list)
    faults: list[InputError] = field(default_factory=list)

    def take(self, reading: Reading, cell: Cell) -> None:
        """A cell, where it holds a figure, checked for its unit."""
        value = value_of(cell)
        if value is None:
            return
        grid, place = reading.grid, (reading.row, reading.column)
        if (reading.row, reading.column) in grid.merged:
            self.faults.append(
                grid.fault(*place, "a cell of its own; it is merged with the one above or below")
            )
        elif isinstance(value, str):
            self.faults.append(grid.fault(*place, value))
        elif SEVERAL_UNITS.search(reading.unit.replace("元/人", "")):
            self.faults.append(grid.fault(*place, f"one unit a column or row, not {reading.unit}", "unit"))
        elif value.unit and reading.unit and value.unit != reading.unit:
            allowed = f"a figure in {reading.unit}, as its head says, not {value.unit}"
            self.faults.append(grid.fault(*place, allowed, "unit"))
        else:
            self.readings.append(replace(reading, value=value, unit=reading.unit or value.unit))


INDEX = "指数"
RISE = re.compile(r"增长|增速|增幅")
NOTHING = Value("")


def text(cell: Cell) -> str:
    """A cell as a head or label reads."""
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell).strip()


def around(grid: Grid, above: int, below: int) -> str:
    """Titles above a row and notes from another on, one line each."""
    rows = (*grid.rows[:above], *grid.rows[below:])
    return "\n".join(" ".join(dict.fromkeys(text(cell) for cell in row if cell != "")) for row in rows)


def released(title: str) -> str:
    """The month in which a file says that it was published; empty where it does not."""
    dated = RELEASED.search(title)
    return f"{dated[1]}-{int(dated[2]):02}" if dated and 1 <= int(dated[2]) <= 12 else ""


def unit_around(title: str) -> str:
    """The unit that a title states for the whole table."""
    called = CALLED.search(title)
    return unit_of(called[1]) if called else ""


def body(grid: Grid, first: int, labels: int) -> int:
    """The row behind the last one of a table: a note or the end."""
    for at in range(first, len(grid.rows)):
        if NOTES.match(text(grid.rows[at][labels])) or NOTES.match(text(grid.rows[at][0])):
            return at
    return len(grid.rows)


def years_across(grid: Grid) -> Table:
    """The national bureau's export: an indicator a row, periods across, the unit in the label or a title."""
    at = -1
    for row in grid.rows:
        at += 1
        periods = {place: period_of(cell) for place, cell in enumerate(row) if place and cell != ""}
        heads = {place: period for place, period in periods.items() if period is not None and period.year}
        first = text(row[0])
        if heads and not period_of(first) and (first in LABELS or len(heads) > 1):
            break
    else:
        raise Mismatch("no row has labels in its first column and years beside them")
    others = {text(row[place]) for place in periods if place not in heads}
    if others - {"单位", "计量单位"}:
        raise Mismatch(f"row {at + 1} has {', '.join(sorted(others))} among its years")
    units = next((place for place in periods if place not in heads), None)
    end = body(grid, at + 1, 0)
    title = around(grid, at, end)
    table = Table("years-across", title, released(title))
    regions, named = first == REGION, re.search(r"指标\s*[:：]\s*(\S.*)", title)
    if regions and named is None:
        raise Mismatch(f"row {at + 1} has places across from years, and no title names the indicator")
    for line in range(at + 1, end):
        label = text(grid.rows[line][0])
        if not label:
            continue
        place, said = (label, label_of(named[1])) if regions and named else ("", label_of(label))
        unit = said.unit or (unit_of(text(grid.rows[line][units])) if units is not None else "")
        name, cumulated, measure = series_of(said)
        for column, period in heads.items():
            whole = period.cumulated() if cumulated else period
            reading = Reading(
                grid, line, column, place, name, unit or unit_around(title), whole, NOTHING, measure
            )
            table.take(reading, grid.rows[line][column])
    return table


def series_of(label: Label) -> tuple[str, bool, str]:
    """The name of a series without what its end says: whether it is cumulated, and what it measures."""
    suffix = SUFFIX.search(label.name)
    span, growth = suffix.groups() if suffix else ("", "")
    name = SUFFIX.sub("", label.name)
    if label.indexed:
        return name, span == "累计", "index"
    return name, span == "累计", "growth" if growth else "level"


def cumulated_table(grid: Grid) -> Table:
    """A bureau's monthly or quarterly table: an indicator a row; amount, growth, target across."""
    at = next(
        (line for line, row in enumerate(grid.rows) if any(text(cell) in LABELS[:-1] for cell in row)), None
    )
    if at is None:
        raise Mismatch("no row of heads has 指标 or 项目")
    labels = next(place for place, cell in enumerate(grid.rows[at]) if text(cell) in LABELS)
    end = at + 1
    while end < len(grid.rows) and text(grid.rows[end][labels]) in ("", text(grid.rows[at][labels])):
        end += 1
    heads = joined_heads(grid.rows[at:end])
    measures = {place: measure_of(head) for place, head in enumerate(heads) if place > labels and head}
    if "growth" not in measures.values() or not {"level", "target"} & set(measures.values()):
        raise Mismatch(f"row {at + 1} has no heads of an amount (累计, 绝对量) and of 同比 beside it")
    last = body(grid, end, labels)
    title = around(grid, at, last)
    in_title, year = IN_TITLE.search(title), year_in(title)
    whole = period_of(in_title[0].replace(" ", "")) if in_title else None
    table = Table("cumulated-table", title, released(title))
    units = next((place for place, head in enumerate(heads) if head in UNITS_HEAD), None)
    periods = {}
    for place, measure in measures.items():
        period = period_of(heads[place].split()[0]) or whole
        dated = re.match(r"((?:19|20)\d\d)年?比", heads[place])
        if dated:
            period = Period(int(dated[1]), 1, 12)
        if period is not None and not period.year:
            period = period._replace(year=year or (whole.year if whole else 0))
        if period is not None and ("累计" in heads[place] or (whole and "累计" in title)):
            period = period.cumulated()
        if measure == "target":
            period = Period(period.year if period else year, 1, 12)
        if measure != "rest" and (period is None or not period.year):
            raise Mismatch(f"neither the head {heads[place]} nor a title says of what year it is")
        periods[place] = period
    for line in range(end, last):
        label = label_of(text(grid.rows[line][labels]))
        if not label.name or grid.rows[line] in grid.rows[at:end] or label.name in LABELS:
            continue
        unit = label.unit or (unit_of(text(grid.rows[line][units])) if units is not None else "")
        for place, period in periods.items():
            measure, own = measures[place], label_of(heads[place].split()[-1]).unit
            if measure == "rest" or period is None or place == units:
                continue
            amount = unit or own or unit_around(title)
            if measure == "level" and amount == "%":
                indexed = label.indexed or label.name.endswith(INDEX)
                measure = "growth" if RISE.search(label.name) else "index" if indexed else "level"
            in_percent = measure == "growth" or (
                measure == "target" and MEASURES["growth"].search(heads[place])
            )
            reading = Reading(
                *(grid, line, place, "", label.name, "%" if in_percent else amount, period, NOTHING),
                measure,
            )
            table.take(reading, grid.rows[line][place])
    return table


def joined_heads(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The heads of every column, from the rows of a head one below the other.

    A head above several columns stands in the first of them, or in all where its cells are merged.
    """
    filled = []
    for at, row in enumerate(rows):
        line = [text(cell).replace(" ", "") for cell in row]
        for place in range(1, len(line)):
            below = any(text(other[place]) for other in rows[at + 1 :])
            if not line[place] and below and at + 1 < len(rows):
                line[place] = line[place - 1]
        filled.append(line)
    return [" ".join(dict.fromkeys(part for part in parts if part)) for parts in zip(*filled, strict=True)]


def measure_of(head: str) -> str:
    """What a column holds."""
    last = head.split()[-1]
    if head in UNITS_HEAD or (YEAR_BEFORE.search(head) and not MEASURES["growth"].search(head)):
        return "rest"
    known = next((name for name, pattern in MEASURES.items() if pattern.search(last)), None)
    if known in ("growth", "level", None):  # of a plan whatever stands below it
        whole = next((name for name, pattern in MEASURES.items() if pattern.search(head)), None)
        known = whole if whole in ("rest", "target") else known or whole
    return known or ("level" if period_of(last) or BARE_UNIT.fullmatch(last) else "rest")


YEAR_BEFORE = re.compile(r"(?<![比较])(?:上年|去年)")
UNITS_HEAD = ("单位", "计量单位")
BARE_UNIT = re.compile(r"\(?(?:亿元|万元|元|万人|人|数量)\)?")
