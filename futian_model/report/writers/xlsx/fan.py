"""Charts over years: fans, and paths."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from xlsxwriter.chart import Chart as Native

from futian_model.charts.theme import BASELINE, FAINT, HISTORY, SCENARIO, TINTS
from futian_model.report.writers.xlsx.data import (
    GOAL_LOOK,
    NOTHING,
    Data,
    Formula,
    Value,
    bounds,
    dressed,
    font,
    marker,
    name_axis,
    unit,
    value_at,
    value_axis,
)
from futian_model.report.writers.xlsx.lines import STYLES

QUANTILES = ("p05", "p10", "p25", "p75", "p90", "p95")
TINT_OF = {"p05": 0.9, "p10": 0.8, "p25": 0.5, "p75": 0.8, "p90": 0.9}
"""Band above each quantile."""
BAND_OF = {"p05": "p05-p95", "p10": "p10-p90", "p25": "p25-p75"}
MOST_LABELS = 8
"""Years named along an axis."""
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "history": {"line": {"color": HISTORY, "width": 1.5}, "marker": marker("circle", 4, HISTORY)},
    "later": {"line": {"none": True}, "marker": marker("circle", 6, FAINT)},
    "reference": {"line": {"color": BASELINE, "width": 1.5, "dash_type": "round_dot"}},
    "central": {"line": {"color": SCENARIO, "width": 2.25}},
    "goal": GOAL_LOOK,
}


def fan(data: Data) -> list[Native]:
    """A path with its bands, what was observed, and the goals."""
    series, years, at = _by_year(data)
    columns = {
        name: data.column(named(data, name), [value_at(series[name], year) for year in years])
        for name in ("history", "later", "central", "reference", "goal", *QUANTILES)
        if name in series
    }
    banded = all(name in series for name in QUANTILES)
    areas = _bands(data, series, years, columns) if banded else []
    lines = data.chart("line")
    for name in LOOKS:
        if name in columns:
            lines.add_series(data.series(columns[name], at) | _look(data, name))
    if not areas:
        return [_finished(lines, data, [])]
    stacked = data.chart("area", "stacked")
    for column, look in areas:
        stacked.add_series(data.series(column, at) | look)
    stacked.combine(lines)
    return [_finished(stacked, data, [0, 4, 5])]


def _by_year(data: Data) -> tuple[dict[str, dict[int, Any]], list[int], int]:
    """Rows by series and year, all years that they cover, and the column that these are written into."""
    series: dict[str, dict[int, Any]] = {}
    for row in data.records():
        series.setdefault(row["series"], {})[int(row["year"])] = row
    covered = {year for rows in series.values() for year in rows}
    years = list(range(min(covered), max(covered) + 1))
    return series, years, data.column(data.words["workbook_column_year"], [float(at) for at in years], "0")


def paths(data: Data) -> list[Native]:
    """A line a scenario, what was observed, and the goals."""
    series, years, at = _by_year(data)
    chart, drawn = data.chart("line"), 0
    for name, rows in series.items():
        column = data.column(named(data, name), [value_at(rows, year) for year in years])
        if name in LOOKS:
            look = _look(data, name)
        else:
            colour = STYLES[drawn % len(STYLES)][0]
            dash = STYLES[(drawn + drawn // len(STYLES)) % len(STYLES)][1]
            look = {"line": {"color": colour, "width": 2.25 if not drawn else 1.5, "dash_type": dash}}
            drawn += 1
        chart.add_series(data.series(column, at) | look)
    return [_finished(chart, data, ())]


def named(data: Data, name: str) -> str:
    """What the chart calls a series, or what quantile it is."""
    names: Mapping[str, str] = data.content["names"]
    if name in QUANTILES:
        return str(data.words.say("results_statistic_quantile", at=str(int(name[1:]))).text)
    return names.get(name) or str(data.words.texts.get(f"workbook_drawn_{name}", name))


def _look(data: Data, name: str) -> dict[str, Any]:
    """Line and marker; a goal with its value."""
    look = dict(LOOKS[name])
    if name == "goal":
        look["data_labels"] = {"value": True, "position": "above", "font": font(data.page, color=HISTORY)}
    return look


def _bands(
    data: Data, series: Mapping[str, Mapping[int, Any]], years: Sequence[int], columns: Mapping[str, int]
) -> list[tuple[int, dict[str, Any]]]:
    """The lowest quantile, and what each further one adds: areas that are stacked on each other."""
    first = min(series["p05"])

    def cells(low: str, high: str) -> list[Value]:
        values: list[Value] = []
        for at, year in enumerate(years):
            if year in series[high]:
                step = series[high][year]["value"] - series[low][year]["value"]
                values.append(Formula(f"={data.cell(columns[high], at)}-{data.cell(columns[low], at)}", step))
            else:
                values.append(0.0 if year < first else None)
        return values

    lowest: list[Value] = [
        Formula(f"={data.cell(columns['p05'], at)}", series["p05"][year]["value"])
        if year in series["p05"]
        else None
        for at, year in enumerate(years)
    ]
    # a band that has not begun has no height: it lies under the history, and opens from there
    earlier = [year for year in years if year < first]
    lowest[: len(earlier)] = _along(series, earlier, first)
    areas = [(data.column(data.words["workbook_drawn_base"], lowest), NOTHING)]
    for low, high in pairwise(QUANTILES):
        called = data.content["names"].get(BAND_OF.get(low, ""), "")
        name = data.words.say("workbook_band", name=called).text if called else ""
        between = data.words.say("workbook_part", **{"from": named(data, low), "to": named(data, high)}).text
        column = data.column(name or between, cells(low, high))
        fill = {"fill": {"color": TINTS[TINT_OF[low]]}, "border": {"none": True}}
        areas.append((column, fill))
    return areas


def _along(series: Mapping[str, Mapping[int, Any]], years: Sequence[int], first: int) -> list[float]:
    """The course of the observations, straight between them, up to where the path begins."""
    known = {first: series["central"][first]["value"]} | {
        year: row["value"] for name in ("later", "history") for year, row in series.get(name, {}).items()
    }
    at = sorted(known)
    return [float(value) for value in np.interp(years, at, [known[year] for year in at])]


def _finished(chart: Native, data: Data, hidden: Sequence[int]) -> Native:
    dressed(chart, data, hidden=hidden)
    step = max(1, -(-data.rows // MOST_LABELS))
    chart.set_x_axis(name_axis(data, position_axis="on_tick", interval_unit=step, interval_tick=step))
    chart.set_y_axis(value_axis(data, unit(data.content), bounds(data.content)))
    chart.show_blanks_as("span")
    return chart
