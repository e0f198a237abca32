"""Small multiples of the index: one ground an indicator, one line a scenario, drawn once for all languages.

Their number is not bounded, so they are plain SVG that a few lines of script can draw again as
differences, and not pictures of the charts room.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from futian_model.charts.page import numbers, value_ticks
from futian_model.report.axes import on_axis
from futian_model.report.comparison import Comparison, Entry
from futian_model.report.numbers import GAP_OF
from futian_model.report.outlook import observations

WIDTH, HEIGHT = 220.0, 132.0
LEFT, TOP, RIGHT, BOTTOM = 73.0, 8.0, 214.0, 108.0
"""The ground within a panel; its size, in units of the panel's viewBox."""
APART = 42.0
"""From one year's label to the next, so that they do not touch at the size a phone shows them in."""
LOOK_BACK = 10
MOST_LINES = 24
"""Beyond so many scenarios the others are shown as the space they cover."""
DIAMOND = 4.5


@dataclass(frozen=True)
class Ground:
    """What all panels of an indicator share.

    Attributes
    ----------
    years : (int, int)
        First and last one drawn.
    ticks : list of float
        Along the vertical axis, in the library's unit.
    paths : mapping of str to DataFrame
        Year, central, p10 and p90 of each scenario.
    goals : mapping of str to DataFrame
        Year and value of the goals that each scenario is held against.
    history : mapping of str to DataFrame
        Year, value and known of what was published, by vintage.
    """

    indicator: str
    rule: str
    years: tuple[int, int]
    ticks: list[float]
    paths: Mapping[str, pd.DataFrame]
    goals: Mapping[str, pd.DataFrame]
    history: Mapping[str, pd.DataFrame]

    def x(self, at: float) -> float:
        first, last = self.years
        return round(LEFT + (at - first) / (last - first) * (RIGHT - LEFT), 1)

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return round(BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP), 1)

    def line(self, years: Sequence[float], values: Sequence[float]) -> str:
        """A path in SVG's words."""
        points = (f"{self.x(at):g} {self.y(value):g}" for at, value in zip(years, values, strict=True))
        return "M" + "L".join(points)


def ground(given: Comparison, indicator: str) -> Ground:
    """Paths, goals and history of an indicator, and the axes they all fit on."""
    paths = {entry.id: path(entry, indicator) for entry in given.entries}
    goals = {entry.id: targets(given, entry, indicator) for entry in given.entries}
    base, last = given.entries[0].span[0], max(entry.span[1] for entry in given.entries)
    history = {}
    for vintage in dict.fromkeys(entry.vintage for entry in given.entries):
        seen = observations(given.evidence, indicator, base, last, vintage)
        history[vintage] = seen[seen["year"] >= base - LOOK_BACK]
    rule = given.rule(indicator)
    drawn = [
        *(table[name] for table in paths.values() for name in ("central", "p10", "p90")),
        *(table["value"] for table in (*goals.values(), *history.values())),
    ]
    values = pd.concat([one for one in drawn if not one.empty])
    ticks = value_ticks(float(values.min()), float(values.max()), percent=rule == "share", most=3)
    # a year to the left, so that a figure does not stand on the edge and read as part of its label
    first = min([base, *(int(one["year"].min()) - 1 for one in history.values() if not one.empty)])
    return Ground(indicator, rule, (first, last), ticks, paths, goals, history)


def path(entry: Entry, indicator: str) -> pd.DataFrame:
    """A scenario's path and the band of the middle eight tenths."""
    return entry.paths.loc[indicator].reset_index()


def targets(given: Comparison, entry: Entry, indicator: str) -> pd.DataFrame:
    """The plan's goals on the indicator, as the scenario is held against them."""
    on = entry.targets["indicator"].map(given.indicator_of) == indicator
    return entry.targets.loc[on, ["year", "value"]]


def sprite(grounds: Sequence[Ground], entries: Sequence[Entry], langs: Sequence[str]) -> Markup:
    """Everything drawn, once; panels refer to its parts by name."""
    parts = []
    for one in grounds:
        parts += [_axes(one, lang) for lang in langs]
        parts += [_history(one, at) for at in range(len(one.history))]
        parts.append(_others(one))
        parts.append(Markup('<path id="b-{}" class="m-base"/>').format(one.indicator))
        parts.append(Markup('<path id="y-{}" class="m-guide-line"/>').format(one.indicator))
        parts += [_own(one, entry.id, at) for at, entry in enumerate(entries)]
        parts += [_shared(one, lang, at) for lang in langs for at in range(len(one.history))]
    return Markup('<svg class="sprite" width="0" height="0" aria-hidden="true"><defs>{}</defs></svg>').format(
        Markup("").join(parts)
    )


def _shared(one: Ground, lang: str, at: int) -> Markup:
    """What lies behind every line of an indicator, in a language and as seen from a vintage."""
    names = [
        f"a-{one.indicator}-{lang}",
        *(f"{kind}-{one.indicator}" for kind in "oyb"),
        f"h-{one.indicator}-{at}",
    ]
    uses = Markup("").join(Markup('<use href="#{}"/>').format(name) for name in names)
    return Markup('<g id="s-{}-{}-{}">{}</g>').format(one.indicator, lang, at, uses)


def _axes(one: Ground, lang: str) -> Markup:
    """Grid and numbers."""
    shown = on_axis(pd.DataFrame({"tick": one.ticks}), one.rule, lang, ["tick"])["tick"]
    parts = []
    for tick, text in zip(one.ticks, numbers(list(shown), percent=one.rule == "share"), strict=True):
        y = one.y(tick)
        parts.append(Markup('<path class="m-grid" d="M{} {:g}H{}"/>').format(f"{LEFT:g}", y, f"{RIGHT:g}"))
        parts.append(
            Markup('<text x="{}" y="{}" class="m-up">{}</text>').format(f"{LEFT - 5:g}", f"{y + 4:g}", text)
        )
    base = int(next(iter(one.paths.values()))["year"].min())
    for at in dict.fromkeys((one.years[0], base, one.years[1])):
        if at != one.years[0] or one.x(base) - one.x(at) > APART:
            parts.append(
                Markup('<text x="{}" y="{}" class="{}">{}</text>').format(
                    f"{one.x(at):g}", f"{BOTTOM + 16:g}", "m-last" if at == one.years[1] else "m-across", at
                )
            )
    return Markup('<g id="a-{}-{}">{}</g>').format(one.indicator, lang, Markup("").join(parts))


def _history(one: Ground, at: int) -> Markup:
    """Published figures: a dark line with dots, hollow where they came after the vintage."""
    table = list(one.history.values())[at]
    known = table[table["known"].astype(bool)]
    parts = []
    if not known.empty:
        d = one.line(list(known["year"]), list(known["value"]))
        parts.append(Markup('<path class="m-seen" d="{}"/>').format(d))
    dots = {"dot": known, "ring": table.drop(known.index), "hole": table.drop(known.index)}
    for name, points in dots.items():
        if points.empty:
            continue
        places = zip(points["year"], points["value"], strict=True)
        d = "".join(f"M{one.x(year):g} {one.y(value):g}h0" for year, value in places)
        parts.append(Markup('<path class="m-{}" d="{}"/>').format(name, d))
    return Markup('<g id="h-{}-{}">{}</g>').format(one.indicator, at, Markup("").join(parts))


def _others(one: Ground) -> Markup:
    """All scenarios, faint."""
    if len(one.paths) <= MOST_LINES:
        d = "".join(one.line(list(table["year"]), list(table["central"])) for table in one.paths.values())
        return Markup('<path id="o-{}" class="m-others" d="{}"/>').format(one.indicator, d)
    every = pd.concat(list(one.paths.values())).groupby("year")["central"].agg(["min", "max"])
    d = _area(one, list(every.index), list(every["min"]), list(every["max"]))
    return Markup('<path id="o-{}" class="m-space" d="{}"/>').format(one.indicator, d)


def _own(one: Ground, name: str, at: int) -> Markup:
    """A scenario's band, path and goals."""
    table, goals = one.paths[name], one.goals[name]
    years = list(table["year"])
    parts = [
        Markup('<path class="m-band" d="{}"/>').format(
            _area(one, years, list(table["p10"]), list(table["p90"]))
        ),
        Markup('<path class="m-path" d="{}"/>').format(one.line(years, list(table["central"]))),
    ]
    if not goals.empty:
        d = "".join(
            f"M{one.x(year):g} {one.y(value) - DIAMOND:g}l{DIAMOND:g} {DIAMOND:g}-{DIAMOND:g} {DIAMOND:g}"
            f"-{DIAMOND:g}-{DIAMOND:g}z"
            for year, value in zip(goals["year"], goals["value"], strict=True)
        )
        parts.append(Markup('<path class="m-goal" d="{}"/>').format(d))
    return Markup('<g id="p-{}-{}">{}</g>').format(one.indicator, at, Markup("").join(parts))


def _area(one: Ground, years: Sequence[float], low: Sequence[float], high: Sequence[float]) -> str:
    """The space between two lines."""
    return one.line([*years, *reversed(years)], [*high, *reversed(low)]) + "z"


def frame() -> dict[str, float]:
    """Where the ground lies within a panel, for the script that draws differences."""
    return {"left": LEFT, "top": TOP, "right": RIGHT, "bottom": BOTTOM, "diamond": DIAMOND}


def drawn_data(one: Ground, entries: Sequence[Entry]) -> dict[str, Any]:
    """Paths and goals to the last digit, for the script that draws differences."""
    paths = [one.paths[entry.id] for entry in entries]
    return {
        "indicator": one.indicator,
        "gap": GAP_OF[one.rule],
        "years": list(one.years),
        "ticks": one.ticks,
        "starts": [int(table["year"].iloc[0]) for table in paths],
        "paths": [table["central"].tolist() for table in paths],
        "goals": [one.goals[entry.id][["year", "value"]].to_numpy().tolist() for entry in entries],
    }
