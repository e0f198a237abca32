"""Charts over a quantity that is no year: lines, a plane, coverage by horizon, histograms."""

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.chart import Chart as Native

from futian_model.charts.theme import BASELINE, GREEN, HISTORY, ORANGE, PURPLE, SCENARIO, TINTS
from futian_model.report.writers.xlsx.data import (
    GOAL_LOOK,
    Data,
    Formula,
    Value,
    bounds,
    dressed,
    marker,
    name_axis,
    value_at,
    value_axis,
)

STYLES = (
    (SCENARIO, "solid", "circle"),
    (ORANGE, "dash", "square"),
    (GREEN, "dash_dot", "triangle"),
    (BASELINE, "round_dot", "diamond"),
    (PURPLE, "square_dot", "triangle"),
    (HISTORY, "long_dash_dot", "x"),
)
"""Colour, dash and marker of each line in turn: any of them tells the lines apart."""


def lines(data: Data) -> list[Native]:
    """Lines of one quantity over another; a series of one point is a mark."""
    chart, records, styles = data.chart("scatter", "straight"), data.records(), iter(STYLES)
    across = data.content["names"].get("at") or data.words["workbook_column_value"]
    for name in dict.fromkeys(record["series"] for record in records):
        points = [record for record in records if record["series"] == name]
        at = data.column(str(across), [record["at"] for record in points], "0.0%")
        column = data.column(str(name), [record["value"] for record in points])
        look = _line(*next(styles)[:2]) if len(points) > 1 else GOAL_LOOK
        chart.add_series(data.series(column, at, len(points) - 1) | look)
    dressed(chart, data)
    subtitle = str(data.content["subtitle"])
    axis = value_axis(data, subtitle, bounds(data.content, "x"))
    chart.set_x_axis(
        axis | {"num_format": '0.0%;"−"0.0%', "label_position": "low", "major_gridlines": {"visible": False}}
    )
    chart.set_y_axis(value_axis(data, "", bounds(data.content)) | {"label_position": "low"})
    return [chart]


def _line(colour: str, dash: str) -> dict[str, Any]:
    return {"line": {"color": colour, "width": 2, "dash_type": dash}, "marker": {"type": "none"}}


def coverage(data: Data) -> list[Native]:
    """A line a method; the first with its confidence interval."""
    chart, records = data.chart("line"), data.records()
    horizons = sorted({int(record["horizon"]) for record in records})
    at = data.column(data.words["workbook_column_year"], [float(horizon) for horizon in horizons], "0")
    names = list(dict.fromkeys(record["series"] for record in records))
    for place, (name, (colour, dash, kind)) in enumerate(zip(names, STYLES, strict=False)):
        rows = {int(record["horizon"]): record for record in records if record["series"] == name}
        column = data.column(str(name), [value_at(rows, horizon) for horizon in horizons])
        look = _line(colour, dash) | {"marker": marker(kind, 6, colour, colour)}
        if not place:
            look |= error_bars(data, column, [rows.get(horizon) for horizon in horizons])
        chart.add_series(data.series(column, at) | look)
    dressed(chart, data)
    chart.set_x_axis(name_axis(data, str(data.content["subtitle"])))
    chart.set_y_axis(value_axis(data, "", bounds(data.content)))
    return [chart]


def error_bars(data: Data, values: int, rows: Sequence[Mapping[str, Any] | None]) -> dict[str, Any]:
    """Bars from each value of a column to the ends of its range; the distances stand in columns too."""
    words = data.words
    ends = {
        end: data.column(words[f"workbook_drawn_{end}"], [None if row is None else row[end] for row in rows])
        for end in ("low", "high")
    }
    apart: dict[str, list[Value]] = {"low": [], "high": []}
    for at, row in enumerate(rows):
        for end, sign in (("low", -1), ("high", 1)):
            first, second = (ends[end], values) if sign > 0 else (values, ends[end])
            formula = f"={data.cell(first, at)}-{data.cell(second, at)}"
            apart[end].append(None if row is None else Formula(formula, sign * (row[end] - row["value"])))
    down, up = (
        data.column(f"{sign} {words[f'workbook_drawn_{end}']}", apart[end])
        for sign, end in (("−", "low"), ("+", "high"))
    )
    values_of = {"plus_values": data.address(up), "minus_values": data.address(down)}
    return {"y_error_bars": {"type": "custom", **values_of, "line": {"color": HISTORY, "width": 1}}}


def pit(data: Data) -> list[Native]:
    """A histogram a panel, with the share that every part should have and how far chance moves it."""
    records, charts = data.records(), list[Native]()
    parts = sorted({int(record["part"]) for record in records})
    at = data.column(data.words["workbook_column_value"], [f"{part + 1}/{len(parts)}" for part in parts])
    for panel in dict.fromkeys(record["panel"] for record in records):
        rows = {int(record["part"]): record for record in records if record["panel"] == panel}
        columns = {
            "share": data.column(str(panel), [value_at(rows, part, "share") for part in parts]),
            "due": data.column(data.words["workbook_expected"], [1 / len(parts)] * len(parts)),
        }
        for end in ("low", "high"):
            values = [value_at(rows, part, end) for part in parts]
            columns[end] = data.column(data.words[f"workbook_drawn_{end}"], values)
        charts.append(_histogram(data, at, columns, str(panel)))
    return charts


def _histogram(data: Data, at: int, columns: Mapping[str, int], panel: str) -> Native:
    bars, lines = data.chart("column"), data.chart("line")
    edge = {"line": {"color": BASELINE, "width": 1, "dash_type": "round_dot"}}
    looks: dict[str, dict[str, Any]] = {
        "share": {"fill": {"color": TINTS[0.5]}, "border": {"color": SCENARIO}, "gap": 10},
        "due": {"line": {"color": HISTORY, "width": 1.25, "dash_type": "dash"}},
        "low": edge,
        "high": edge,
    }
    for name, column in columns.items():
        (bars if name == "share" else lines).add_series(data.series(column, at) | looks[name])
    bars.combine(lines)
    dressed(bars, data, panel)
    bars.set_x_axis(name_axis(data))
    bars.set_y_axis(value_axis(data, "", bounds(data.content)))
    return bars
