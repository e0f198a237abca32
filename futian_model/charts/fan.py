"""A fan: one path with its bands, what was observed before, and the goals it is held against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from futian_model.charts.chart import Chart, charted
from futian_model.charts.drawing import Drawing, Panel, Scale
from futian_model.charts.ends import NAMES, End, goal_ends, ground_beside, line_end, name_ends
from futian_model.charts.page import draw_axes, mark_edge, mark_goals, open_points, page, value_ticks
from futian_model.charts.place import Ground, Point
from futian_model.charts.tables import drawn, filled, tidy
from futian_model.charts.text import Axes, Figure, wrap
from futian_model.charts.theme import BASELINE, EDGES, HISTORY, MUTED, ORANGE, SCENARIO, SMALL, TEXT, TINTS
from futian_model.charts.words import ChartWords

BODY, FEW, NAMED = 140.0, 5, 6.0
"""Height of the ground, in points, for so many names; what each further one adds."""
BANDS = {0.9: ("p05", "p95"), 0.8: ("p10", "p90"), 0.5: ("p25", "p75")}


@dataclass(frozen=True, kw_only=True)
class FanWords(ChartWords):
    """The words on a fan; an empty one is not written.

    Attributes
    ----------
    scenario, reference : str
        Names at the ends of the path and of the path it is compared with.
    history, later : str
        Names of the observations, and of those published after the vintage.
    bands : mapping of float to str
        Name of each band by its coverage: 0.5, 0.8, 0.9.
    before, after : str
        What lies on either side of the edge of the data.
    """

    scenario: str
    bands: Mapping[float, str]
    history: str = ""
    later: str = ""
    reference: str = ""
    before: str = ""
    after: str = ""

    def names(self) -> dict[str, str]:
        """Name of each series of the table, of a band under the names of its two ends."""
        bands = {"-".join(BANDS[share]): name for share, name in self.bands.items()}
        paths = {"history": self.history, "later": self.later, "central": self.scenario}
        return {**paths, **bands, "reference": self.reference}


@dataclass(frozen=True)
class FanData:
    """The tables behind a fan."""

    bands: pd.DataFrame
    history: pd.DataFrame
    goals: pd.DataFrame
    reference: pd.DataFrame
    others: pd.DataFrame
    reach: tuple[float, ...]

    def span(self) -> tuple[float, float]:
        """First and last year."""
        tables = (self.bands, self.history, self.goals, self.reference, self.others)
        years = np.concatenate([np.asarray(table["year"], float) for table in tables])
        first, last = float(years.min()), float(years.max())
        return (first, last) if last > first else (first - 1, last + 1)

    def values(self) -> tuple[float, float]:
        """Least and greatest value that the axis holds."""
        bands = self.bands.drop(columns="year").to_numpy(float).ravel()
        tables = (self.history, self.goals, self.reference, self.others)
        values = np.concatenate([bands, self.reach, *(np.asarray(table["value"], float) for table in tables)])
        return float(values.min()), float(values.max())

    def by_name(self) -> dict[str, pd.DataFrame]:
        """Others' paths, each in the order of its years."""
        ordered = self.others.sort_values("year").groupby("series", sort=False)
        return {str(name): path[["year", "value"]] for name, path in ordered}

    def table(self) -> pd.DataFrame:
        """Every value, one a row."""
        names = [column for column in self.bands.columns if column != "year"]
        known = self.history.known.astype(bool)
        years = self.bands["year"]
        paths = {name: pd.DataFrame({"year": years, "value": self.bands[name]}) for name in names}
        return drawn(
            {
                "history": self.history[known],
                "later": self.history[~known],
                **paths,
                "reference": self.reference,
                "goal": self.goals,
                **self.by_name(),
            }
        )


def fan(
    bands: pd.DataFrame,
    *,
    words: FanWords,
    history: pd.DataFrame | None = None,
    goals: pd.DataFrame | None = None,
    reference: pd.DataFrame | None = None,
    others: pd.DataFrame | None = None,
    percent: bool = False,
    start: int | None = None,
    edge: int | None = None,
    tall: float = BODY,
    reach: Sequence[float] = (),
) -> Chart:
    """Draw a path with its 50, 80 and 90 % bands.

    Parameters
    ----------
    bands : DataFrame
        Columns year, central, p05, p10, p25, p75, p90, p95. A band of no width is not named.
    words : FanWords
        All text but the goals'.
    history : DataFrame, optional
        Columns year, value, known; an observation not known at the vintage gets a hollow marker.
    goals : DataFrame, optional
        Columns year, value, label.
    reference : DataFrame, optional
        Columns year, value: a second path to compare with.
    others : DataFrame, optional
        Columns series, year, value: paths drawn thinly beside. Those that reach the last year are named at
        their ends, the others end in a dot.
    percent : bool
        Values are fractions, shown as per cent; the axis need not start at zero.
    start : int, optional
        First year drawn.
    edge : int, optional
        The last year that published figures tell.
    tall : float
        Height of the ground, in points, for `FEW` names.
    reach : sequence of float
        Values that the axis holds besides its own: those of a fan it stands beside.

    Returns
    -------
    Chart
        Its table has columns series, year, value, and label when there are goals.

    Raises
    ------
    InputError
        A table lacks a column or a value, or `bands` has no row.
    MissingGlyph
        The words hold a character the fonts lack.
    """

    def from_start(name: str, frame: pd.DataFrame | None, *columns: str) -> pd.DataFrame:
        table = tidy(name, frame, ("year", *columns))
        return table if start is None else table[table.year >= start]

    data = FanData(
        filled("bands", from_start("bands", bands, "central", "p05", "p10", "p25", "p75", "p90", "p95")),
        from_start("history", history, "value", "known"),
        from_start("goals", goals, "value", "label"),
        from_start("reference", reference, "value"),
        from_start("others", others, "series", "value"),
        tuple(reach),
    )
    draw = partial(figure, data, words, percent, edge, tall)
    return charted(draw, data.table(), words, "fan", percent=percent, names=words.names())


def figure(data: FanData, words: FanWords, percent: bool, edge: int | None, tall: float) -> Drawing:
    """The fan before it becomes a file."""
    at_edge, before = goal_ends(data.goals, data.span()[1])
    ends = [*_ends(data, words), *at_edge]
    drawing, body = page(words, tall + NAMED * max(len(ends) - FEW, 0))
    ticks = value_ticks(*data.values(), percent=percent)
    scale = Scale(ground_beside(body, ticks, ends, percent=percent), *data.span(), ticks[0], ticks[-1])
    axes = draw_axes(drawing, scale, ticks, percent=percent)
    ground = Ground(scale.box)
    if edge is not None:
        mark_edge(drawing, scale, ground, edge, words.before, words.after)
    _paint(axes, data)
    name_ends(drawing, scale, ends)
    _name_points(drawing, ground, scale, ticks, data, before, words)
    return Drawing(drawing, [Panel(scale, "year")])


def _paint(axes: Axes, data: FanData) -> None:
    bands, known = data.bands, data.history.known.astype(bool)
    for share, (low, high) in BANDS.items():
        axes.fill_between(bands.year, bands[low], bands[high], color=TINTS[share], linewidth=0)
        for edge in (low, high):
            axes.plot(bands.year, bands[edge], color=SCENARIO, linestyle=EDGES[share], linewidth=0.5)
    for path in data.by_name().values():
        axes.plot(path.year, path.value, color=HISTORY, linewidth=0.7)
        if path.year.iloc[-1] < bands.year.max() or len(path) == 1:
            axes.plot(path.year.iloc[-1:], path.value.iloc[-1:], color=HISTORY, marker="o", markersize=2.2)
    # White on both sides: on a copy in grey a line stands out from the bands below it.
    for path, name in ((data.reference, "value"), (bands, "central")):
        axes.plot(path.year, path[name], color="white", linewidth=3.6)
    axes.plot(data.reference.year, data.reference.value, color=ORANGE, linewidth=1.9)
    # A path of one year is a point.
    marker = "o" if len(bands) == 1 else ""
    axes.plot(bands.year, bands.central, color=SCENARIO, linewidth=1.9, marker=marker, markersize=4)
    seen, later = data.history[known], data.history[~known]
    axes.plot(seen.year, seen.value, color=HISTORY, marker="o", markersize=2.6, clip_on=False)
    open_points(axes, later, "o", 4.4)
    mark_goals(axes, data.goals)


def _ends(data: FanData, words: FanWords) -> list[End]:
    """Names for the right margin: each band at the middle of the strip only it covers, then the paths."""
    last = data.bands.iloc[data.bands.year.argmax()]
    inner, strips = float(last.central), []
    for share, (low, high) in reversed(BANDS.items()):
        outer = float(last[high])
        if last[high] > last[low]:
            strips.append(End(last.year, (inner + outer) / 2, [words.bands[share]], SMALL, MUTED, BASELINE))
        inner = outer
    ends = [*reversed(strips), line_end(last.year, last.central, words.scenario, SCENARIO)]
    if not data.reference.empty:
        compared = data.reference.iloc[data.reference.year.argmax()]
        ends.append(line_end(compared.year, compared.value, words.reference, ORANGE))
    for name, path in data.by_name().items():
        end = path.iloc[-1]
        if end.year == last.year:
            lines = wrap(name, SMALL, NAMES)
            ends.append(End(float(end.year), float(end.value), lines, SMALL, MUTED, BASELINE))
    return [end for end in ends if end.lines]


def _name_points(
    figure: Figure,
    ground: Ground,
    scale: Scale,
    ticks: Sequence[float],
    data: FanData,
    goals: pd.DataFrame,
    words: FanWords,
) -> None:
    """Name these goals and the observations on whatever ground the lines leave free."""
    known = data.history.known.astype(bool)
    seen, later = _points(scale, data.history[known]), _points(scale, data.history[~known])
    path = data.bands[["year", "central"]].rename(columns={"central": "value"})
    for course in (seen, _points(scale, path), _points(scale, data.reference)):
        ground.add_line(course)
    for edge in (edge for band in BANDS.values() for edge in band):
        ground.add_line(_points(scale, data.bands.rename(columns={edge: "value"})), apart=6)
    for tick in ticks:
        ground.add_line([(scale.box.left, scale.y(tick)), (scale.box.right, scale.y(tick))], apart=30)
    for point in (*_points(scale, data.goals), *later):
        ground.add_mark(point)
    room = (scale.box.right - scale.box.left) * 0.6
    for point, label in zip(_points(scale, goals), goals.label, strict=True):
        ground.label(figure, wrap(str(label), TEXT, room), [point], TEXT, HISTORY)
    for points, name in ((later, words.later), (seen, words.history)):
        if points and name:
            ground.label(figure, wrap(name, TEXT, room), points, TEXT, HISTORY)


def _points(scale: Scale, path: pd.DataFrame) -> list[Point]:
    return [(scale.x(year), scale.y(value)) for year, value in zip(path.year, path.value, strict=True)]
