"""Charts with a row an item: from one level to another, both ends of each input, levels side by side."""

import math
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from xlsxwriter.chart import Chart as Native

from futian_model.charts.theme import FAINT, HISTORY, ORANGE, SCENARIO, TINTS
from futian_model.report.writers.xlsx.data import (
    NOTHING,
    Data,
    Formula,
    Value,
    dressed,
    figures,
    name_axis,
    unit,
    value_axis,
)
from futian_model.report.writers.xlsx.lines import STYLES, error_bars

NARROW_GAP = 60
"""Room between rows, in per cent of a row."""
ENDS = ("at_low", "at_high")
LOOKS: dict[str, dict[str, Any]] = {
    "at_low": {"fill": {"color": TINTS[0.9]}, "border": {"color": SCENARIO}},
    "at_high": {"fill": {"color": SCENARIO}, "border": {"color": SCENARIO}},
}


def _finished(
    chart: Native, data: Data, hidden: Sequence[int] | None, span: list[float] | None = None
) -> list[Native]:
    """First row on top, values below; no legend where `hidden` is None."""
    dressed(chart, data, hidden=hidden or ())
    if hidden is None:
        chart.set_legend({"none": True})
    chart.set_y_axis(name_axis(data, reverse=True, crossing="max", major_gridlines={"visible": False}))
    chart.set_x_axis(value_axis(data, unit(data.content), span))
    return [chart]


def waterfall(data: Data) -> list[Native]:
    """Levels as bars from zero; what adds and what takes away between them."""
    records, words = data.records(), data.words
    names = data.column(words["workbook_column_indicator"], [str(row["name"]) for row in records])
    values = [float(row["value"]) for row in records]
    value = data.column(words["workbook_column_value"], values)
    size = max(map(abs, values))
    if min(float(row["to"]) for row in records) < 0:  # bars cannot be stacked across zero
        chart = data.chart("bar")
        chart.add_series(_series(data, value, names) | {"fill": {"color": FAINT}} | _labelled(data, "", size))
        return _finished(chart, data, None)
    looks: dict[str, dict[str, Any]] = {
        "base": NOTHING,
        "level": {"fill": {"color": FAINT}} | _labelled(data, "", size),
        "adds": {"fill": {"color": TINTS[0.5]}} | _labelled(data, "+", size),
        "takes": {"fill": {"color": "white"}, "border": {"color": ORANGE, "width": 1.5}}
        | _labelled(data, "−", size),
    }
    chart = data.chart("bar", "stacked")
    for name, cells in _steps(data, value, values).items():
        column = data.column(words[f"workbook_drawn_{name}"], cells)
        chart.add_series(_series(data, column, names) | looks[name])
    return _finished(chart, data, None)


def _steps(data: Data, value: int, values: Sequence[float]) -> dict[str, list[Value]]:
    """Parts of each row's bar, as formulas of the levels and changes: first and last row are levels."""
    last, reached = len(values) - 1, [*accumulate(values[:-1]), values[-1]]
    here = [data.cell(value, row) for row in range(len(values))]
    now = [data.cell(data.used, row) for row in range(len(values))]
    sums = [
        Formula(f"={now[row - 1]}+{here[row]}" if 0 < row < last else f"={here[row]}", reached[row])
        for row in range(len(values))
    ]
    data.column(data.words["workbook_reached"], sums)
    parts: dict[str, list[Value]] = {name: [0.0] * len(values) for name in ("base", "level", "adds", "takes")}
    for row in (0, last):
        parts["level"][row] = Formula(f"={here[row]}", values[row])
    for row in range(1, last):
        low = min(reached[row - 1], reached[row])
        parts["base"][row] = Formula(f"=MIN({now[row - 1]},{now[row]})", low)
        parts["adds"][row] = Formula(f"=MAX({here[row]},0)", max(values[row], 0.0))
        parts["takes"][row] = Formula(f"=MAX(-{here[row]},0)", max(-values[row], 0.0))
    return parts


def _labelled(data: Data, before: str, size: float) -> dict[str, Any]:
    return {"data_labels": figures(data, before, size)}


def _series(data: Data, column: int, names: int) -> dict[str, Any]:
    return data.series(column, names) | {"gap": NARROW_GAP}


def tornado(data: Data) -> list[Native]:
    """Bars from the middle to the result at either end of each input."""
    records, words = data.records(), data.words
    labels = [f"{row['name']}\n{row['range']}" for row in records]
    names = data.column(words["workbook_column_indicator"], labels)
    called = {
        name: str(data.content["names"].get(name) or words[f"workbook_drawn_{name[3:]}"]) for name in ENDS
    }
    ends = {name: data.column(called[name], [row[name] for row in records]) for name in ENDS}
    centre = data.column(words["results_statistic_central"], [row["central"] for row in records])
    chart, base = data.chart("bar", "stacked"), list[Value]()
    parts: dict[tuple[str, str], list[Value]] = {
        (side, name): [] for side in ("left", "right") for name in ENDS
    }
    for at, row in enumerate(records):
        middle, mid = row["central"], data.cell(centre, at)
        cells = {name: data.cell(ends[name], at) for name in ENDS}
        base.append(
            Formula(f"=MIN({','.join([mid, *cells.values()])})", min(middle, *(row[name] for name in ENDS)))
        )
        for name, other in (ENDS, ENDS[::-1]):
            here, there, value = cells[name], cells[other], row[name]
            # of two ends on one side the nearer is hidden behind the farther
            left = 0.0 if row[other] < value else max(middle - value, 0.0)
            right = 0.0 if row[other] > value else max(value - middle, 0.0)
            parts["left", name].append(Formula(f"=IF({there}<{here},0,MAX({mid}-{here},0))", left))
            parts["right", name].append(Formula(f"=IF({there}>{here},0,MAX({here}-{mid},0))", right))
    chart.add_series(_series(data, data.column(words["workbook_drawn_base"], base), names) | NOTHING)
    for (_, name), steps in parts.items():
        chart.add_series(_series(data, data.column(called[name], steps), names) | LOOKS[name])
    values = [row[name] for row in records for name in (*ENDS, "central")]
    return _finished(chart, data, [0, 3, 4], around(values))


def around(values: Sequence[float]) -> list[float]:
    """Round bounds of an axis that need not start at zero."""
    low, high = min(values), max(values)
    size = high - low or abs(high) or 1.0
    step = 10.0 ** math.floor(math.log10(size)) / 2
    least, most = math.floor((low - size / 20) / step) * step, math.ceil((high + size / 20) / step) * step
    return [max(least, 0.0) if low >= 0 else least, most]


def dots(data: Data) -> list[Native]:
    """A bar a row, its value at its end; a goal is a bar of another colour."""
    records, words = data.records(), data.words
    labels = [
        str(row["label"]) if row["name"] is None else f"{row['group']}\n{row['name']}" for row in records
    ]
    names = data.column(words["workbook_column_indicator"], labels)
    value = data.column(words["workbook_column_value"], [row["value"] for row in records])
    colours = [HISTORY if row["name"] is None else TINTS[0.5] for row in records]
    size = max(abs(row["value"]) for row in records)
    chart = data.chart("bar")
    look = {
        "fill": {"color": TINTS[0.5]},
        "points": [{"fill": {"color": colour}} for colour in colours],
    } | _labelled(data, "", size)
    chart.add_series(_series(data, value, names) | look)
    return _finished(chart, data, None)


def ranges(data: Data) -> list[Native]:
    """A bar a series in each group, with its range."""
    records = data.records()
    groups = list(dict.fromkeys(row["group"] for row in records))
    names = data.column(data.words["workbook_column_indicator"], [str(group) for group in groups])
    chart = data.chart("bar")
    for series, (colour, *_) in zip(dict.fromkeys(row["series"] for row in records), STYLES, strict=False):
        by_group = {row["group"]: row for row in records if row["series"] == series}
        column = data.column(
            str(series), [by_group[group]["value"] if group in by_group else None for group in groups]
        )
        bars = error_bars(data, column, [by_group.get(group) for group in groups])
        chart.add_series(_series(data, column, names) | {"fill": {"color": colour}} | bars)
    return _finished(chart, data, ())
