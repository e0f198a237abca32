"""The values behind a chart as a table to read, and where on the picture each of its rows lies."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from futian_model.charts.fan import BANDS
from futian_model.report.words import BARE, Number, Words, bare, words, year
from futian_model.report.words.axes import written

Row = Mapping[str, Any]
PLACES = 2
"""Digits of a per cent of the picture; a tenth of a pixel on a wide screen."""


@dataclass(frozen=True)
class ChartData:
    """What a chart shows, in the words and numbers of its language.

    Attributes
    ----------
    heads : list of str
        Column heads; the first `labels` columns name their row.
    rows : list of list of str
        Empty where there is no value.
    labels : int
    unit : str
        Of the figures; empty where each says its own.
    grounds : list of dict
        For each panel ``box``, its left, top, right and bottom, ``along``, whether rows follow each
        other from left to right (``x``) or downward (``y``), and ``at``, where each of its rows lies: a
        place or a pair of edges. In per cent of the picture; rows as in `rows`, panel after panel.
    """

    heads: list[str]
    rows: list[list[str]]
    labels: int
    unit: str
    grounds: list[dict[str, Any]] = field(default_factory=list)


def chart_data(chart: Mapping[str, Any], lang: str) -> ChartData:
    """A chart's entry in a block, to read and to point at."""
    return READERS[chart["kind"]](Source(chart, words(lang)))


class Source:
    """A chart's entry, its rows as mappings, and its words."""

    def __init__(self, chart: Mapping[str, Any], texts: Words) -> None:
        self.chart, self.words = chart, texts
        columns = chart["table"]["columns"]
        self.rows: list[Row] = [dict(zip(columns, row, strict=True)) for row in chart["table"]["rows"]]
        rule = chart["rule"]
        self.rule: str = bare(rule)
        self.unit = texts[f"unit_{rule}_bare"] if rule in BARE else ""

    def name(self, key: str) -> str:
        """What the chart calls a series or an axis, else its usual name."""
        return self.chart["names"].get(key) or self.words[f"chart_series_{key}"]

    def column(self, key: str) -> str:
        return self.words[f"chart_column_{key}"]

    def value(self, value: float | None, rule: str = "") -> str:
        """A value of the table as its rule prints it; empty where there is none."""
        return "" if value is None else written(value, rule or self.rule, self.words.lang)

    def span(self, low: float, high: float, rule: str = "") -> str:
        return self.words.say("chart_span", low=self.value(low, rule), high=self.value(high, rule)).text

    def cells(self, values: Mapping[int, Iterable[float]]) -> dict[int, str]:
        """Values by year as printed."""
        return {
            at: self.words["enumeration"].join(map(self.value, several)) for at, several in values.items()
        }

    def places(self, at: Sequence[float]) -> list[dict[str, Any]]:
        """The one ground of a chart, its rows at these places along the axis."""
        return [self.ground(self.chart["axes"]["panels"][0], at)]

    def ground(self, panel: Row, at: Sequence[float]) -> dict[str, Any]:
        """A panel whose rows follow each other from left to right."""
        wide, tall = self.chart["axes"]["size"]
        left, _, right, _ = panel["box"]
        first, last = panel["x"]
        places = [left + (value - first) / (last - first) * (right - left) for value in at]
        return self._in_per_cent(panel, "x", [100 * place / wide for place in places], wide, tall)

    def lanes(self) -> list[dict[str, Any]]:
        """The one ground of a chart of rows."""
        wide, tall = self.chart["axes"]["size"]
        (panel,) = self.chart["axes"]["panels"]
        edges = [[round(100 * edge / tall, PLACES) for edge in row] for row in panel["rows"]]
        return [self._in_per_cent(panel, "y", edges, wide, tall)]

    def by_year(self) -> dict[str, dict[int, list[float]]]:
        """Values of every series by year."""
        held: dict[str, dict[int, list[float]]] = {}
        for row in self.rows:
            held.setdefault(row["series"], {}).setdefault(int(row["year"]), []).append(row["value"])
        return held

    def year_table(self, columns: Sequence[tuple[str, Mapping[int, str]]]) -> "ChartData":
        """A row a year of any column: each its head, and its cells by year."""
        years = sorted({at for _, cells in columns for at in cells})
        heads = [self.words["column_year"], *(head for head, _ in columns)]
        rows = [
            [year(at).text(self.words.lang), *(cells.get(at, "") for _, cells in columns)] for at in years
        ]
        return ChartData(heads, rows, 1, self.unit, self.places(years))

    def _in_per_cent(self, panel: Row, along: str, at: list[Any], wide: float, tall: float) -> dict[str, Any]:
        box = [
            round(100 * edge / size, PLACES)
            for edge, size in zip(panel["box"], [wide, tall] * 2, strict=True)
        ]
        places = [round(place, PLACES) for place in at] if along == "x" else at
        return {"box": box, "along": along, "at": places}


def _fan(source: Source) -> ChartData:
    """A row a year: what was published, the path, its bands, what it is held against."""
    held = source.by_year()

    def lines(*names: str) -> list[tuple[str, Mapping[int, str]]]:
        return [(source.name(name), source.cells(held[name])) for name in names if name in held]

    def band(share: float, low: str, high: str) -> tuple[str, Mapping[int, str]]:
        name = source.words.say("chart_band", share=Number(share, "percent")).text
        ends = {at: (least[0], held[high][at][0]) for at, least in held[low].items()}
        # where a path starts, its bands have no width
        return name, {at: source.span(*pair) if pair[0] != pair[1] else "" for at, pair in ends.items()}

    bands = [band(share, *ends) for share, ends in reversed(BANDS.items())]
    return source.year_table([*lines("history", "later", "central"), *bands, *lines("reference", "goal")])


def _coverage(source: Source) -> ChartData:
    """A row a horizon, a column a method, with the first one's confidence interval."""
    names = list(dict.fromkeys(row["series"] for row in source.rows))
    held = {(row["series"], row["horizon"]): row for row in source.rows}
    horizons = sorted({row["horizon"] for row in source.rows})
    rows = []
    for horizon in horizons:
        cells = [
            source.value(held[name, horizon]["value"]) if (name, horizon) in held else "" for name in names
        ]
        own = held.get((names[0], horizon))
        cells.insert(1, source.span(own["low"], own["high"]) if own is not None else "")
        rows.append([Number(horizon, "count").text(source.words.lang), *cells])
    heads = [source.column("horizon"), names[0], source.column("interval"), *names[1:]]
    return ChartData(heads, rows, 1, source.unit, source.places(horizons))


def _lines(source: Source) -> ChartData:
    """A row a place along the axis, a column a line, and what is marked there."""
    counts: dict[str, int] = {}
    for row in source.rows:
        counts[row["series"]] = counts.get(row["series"], 0) + 1
    names = [name for name, count in counts.items() if count > 1]
    held: dict[float, dict[str, str]] = {}
    for row in source.rows:
        place = held.setdefault(row["at"], {})
        if row["series"] in names:
            place[row["series"]] = source.value(row["value"])
        else:
            place[""] = source.words["enumeration"].join(filter(None, [place.get(""), row["series"]]))
    places = sorted(held)
    across = "share" if source.chart["kind"] == "plane" else source.rule
    rows = [[source.value(at, across), *(held[at].get(name, "") for name in (*names, ""))] for at in places]
    head = source.chart["names"].get("at") or source.column("at")
    return ChartData([head, *names, source.column("mark")], rows, 1, source.unit, source.places(places))


def _paths(source: Source) -> ChartData:
    """A row a year, a column a scenario, between what was published and the goals."""
    held = source.by_year()
    named = {name: source.name(name) if name in ("history", "later", "goal") else name for name in held}
    return source.year_table([(named[name], source.cells(values)) for name, values in held.items()])


def _pit(source: Source) -> ChartData:
    """A row a part of the distribution, panel after panel."""
    parts = 1 + max(row["part"] for row in source.rows)
    rows, grounds = [], []
    for panel in source.chart["axes"]["panels"]:
        own = [row for row in source.rows if row["panel"] == panel["name"]]
        for row in own:
            part = source.span(row["part"] / parts, (row["part"] + 1) / parts)
            chance = source.span(row["low"], row["high"], "share")
            rows.append([panel["name"], part, source.value(row["share"], "share"), chance])
        grounds.append(source.ground(panel, [(row["part"] + 0.5) / parts for row in own]))
    heads = [source.column(name) for name in ("panel", "part", "share", "by_chance")]
    return ChartData(heads, rows, 2, source.unit, grounds)


def _dots(source: Source) -> ChartData:
    """A row a dot, with the goals below."""
    rows = [[row["group"], row["name"], row["label"]] for row in source.rows if row["name"] is not None]
    rows += [
        [source.name("goal"), row["label"], source.value(row["value"])]
        for row in source.rows
        if row["name"] is None
    ]
    heads = [source.column(name) for name in ("group", "item", "value")]
    return ChartData(heads, rows, 2, source.unit, source.lanes())


def _ranges(source: Source) -> ChartData:
    """A row a bar."""
    rows = [
        [row["group"], row["series"], source.value(row["value"]), source.span(row["low"], row["high"])]
        for row in source.rows
    ]
    heads = [source.column(name) for name in ("group", "series", "value", "range")]
    return ChartData(heads, rows, 2, source.unit, source.lanes())


def _waterfall(source: Source) -> ChartData:
    """A row a step."""
    rows = [[row["name"], row["label"]] for row in source.rows]
    heads = [source.column(name) for name in ("item", "value")]
    return ChartData(heads, rows, 1, source.unit, source.lanes())


def _tornado(source: Source) -> ChartData:
    """A row an input."""
    rows = [[row["name"], row["range"], row["label_low"], row["label_high"]] for row in source.rows]
    heads = [source.column("item"), source.column("range"), source.name("at_low"), source.name("at_high")]
    return ChartData(heads, rows, 1, source.unit, source.lanes())


READERS: Mapping[str, Callable[[Source], ChartData]] = {
    "fan": _fan,
    "coverage": _coverage,
    "lines": _lines,
    "plane": _lines,
    "paths": _paths,
    "pit": _pit,
    "dots": _dots,
    "ranges": _ranges,
    "waterfall": _waterfall,
    "tornado": _tornado,
}
"""How each kind of chart is read."""
