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
from futian_model.evidence.history import observations
from futian_model.report.pages.index.comparison import Comparison, Entry, Path
from futian_model.report.words import GAP_OF, on_axis

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
    paths : mapping of str to Path
        Of each scenario.
    goals : mapping of str to list of (int, float)
        Year and value of the goals that each scenario is held against.
    history : mapping of str to DataFrame
        Year, value and known of what was published, by vintage.
    """

    indicator: str
    rule: str
    years: tuple[int, int]
    ticks: list[float]
    paths: Mapping[str, Path]
    goals: Mapping[str, Sequence[tuple[int, float]]]
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


def ground(page: Comparison, indicator: str) -> Ground:
    """Paths, goals and history of an indicator, and the axes they all fit on."""
    paths = {entry.id: entry.path(indicator) for entry in page.entries}
    goals = {entry.id: targets(page, entry, indicator) for entry in page.entries}
    base, last = page.entries[0].span[0], max(entry.span[1] for entry in page.entries)
    history = {}
    for vintage in dict.fromkeys(entry.vintage for entry in page.entries):
        seen = observations(page.evidence, indicator, base, last, vintage)
        history[vintage] = seen[seen["year"] >= base - LOOK_BACK]
    rule = page.rule(indicator)
    values = [value for path in paths.values() for value in (*path.central, *path.p10, *path.p90)]
    values += [value for marks in goals.values() for _, value in marks]
    values += [value for table in history.values() for value in table["value"].tolist()]
    ticks = value_ticks(min(values), max(values), percent=rule == "share", most=3)
    # a year to the left, so that a figure does not stand on the edge and read as part of its label
    first = min(
        [base, *(int(figures["year"].min()) - 1 for figures in history.values() if not figures.empty)]
    )
    return Ground(indicator, rule, (first, last), ticks, paths, goals, history)


def targets(page: Comparison, entry: Entry, indicator: str) -> list[tuple[int, float]]:
    """The plan's goals on the indicator, as the scenario is held against them."""
    on = [key for key in entry.targets if page.indicator_of[key.indicator] == indicator]
    return [(key.year, entry.ledger[key]) for key in on]


def sprite(grounds: Sequence[Ground], entries: Sequence[Entry], langs: Sequence[str]) -> Markup:
    """Everything drawn, once; panels refer to its parts by name."""
    parts = []
    for drawn in grounds:
        parts += [_axes(drawn, lang) for lang in langs]
        parts += [_history(drawn, at) for at in range(len(drawn.history))]
        parts.append(_others(drawn))
        parts.append(Markup('<path id="b-{}" class="m-base"/>').format(drawn.indicator))
        parts.append(Markup('<path id="y-{}" class="m-guide-line"/>').format(drawn.indicator))
        parts += [_own(drawn, entry.id, at) for at, entry in enumerate(entries)]
        parts += [_shared(drawn, lang, at) for lang in langs for at in range(len(drawn.history))]
    return Markup('<svg class="sprite" width="0" height="0" aria-hidden="true"><defs>{}</defs></svg>').format(
        Markup("").join(parts)
    )


def _shared(drawn: Ground, lang: str, at: int) -> Markup:
    """What lies behind every line of an indicator, in a language and as seen from a vintage."""
    names = [
        f"a-{drawn.indicator}-{lang}",
        *(f"{kind}-{drawn.indicator}" for kind in "oyb"),
        f"h-{drawn.indicator}-{at}",
    ]
    uses = Markup("").join(Markup('<use href="#{}"/>').format(name) for name in names)
    return Markup('<g id="s-{}-{}-{}">{}</g>').format(drawn.indicator, lang, at, uses)


def _axes(drawn: Ground, lang: str) -> Markup:
    """Grid and numbers."""
    shown = on_axis(pd.DataFrame({"tick": drawn.ticks}), drawn.rule, lang, ["tick"])["tick"]
    parts = []
    for tick, text in zip(drawn.ticks, numbers(list(shown), percent=drawn.rule == "share"), strict=True):
        y = drawn.y(tick)
        parts.append(Markup('<path class="m-grid" d="M{} {:g}H{}"/>').format(f"{LEFT:g}", y, f"{RIGHT:g}"))
        parts.append(
            Markup('<text x="{}" y="{}" class="m-up">{}</text>').format(f"{LEFT - 5:g}", f"{y + 4:g}", text)
        )
    base = next(iter(drawn.paths.values())).years[0]
    for at in dict.fromkeys((drawn.years[0], base, drawn.years[1])):
        if at != drawn.years[0] or drawn.x(base) - drawn.x(at) > APART:
            parts.append(
                Markup('<text x="{}" y="{}" class="{}">{}</text>').format(
                    f"{drawn.x(at):g}",
                    f"{BOTTOM + 16:g}",
                    "m-last" if at == drawn.years[1] else "m-across",
                    at,
                )
            )
    return Markup('<g id="a-{}-{}">{}</g>').format(drawn.indicator, lang, Markup("").join(parts))


def _history(drawn: Ground, at: int) -> Markup:
    """Published figures: a dark line with dots, hollow where they came after the vintage."""
    table = list(drawn.history.values())[at]
    known = table[table["known"].astype(bool)]
    parts = []
    if not known.empty:
        d = drawn.line(list(known["year"]), list(known["value"]))
        parts.append(Markup('<path class="m-seen" d="{}"/>').format(d))
    dots = {"dot": known, "ring": table.drop(known.index), "hole": table.drop(known.index)}
    for name, points in dots.items():
        if points.empty:
            continue
        places = zip(points["year"], points["value"], strict=True)
        d = "".join(f"M{drawn.x(year):g} {drawn.y(value):g}h0" for year, value in places)
        parts.append(Markup('<path class="m-{}" d="{}"/>').format(name, d))
    return Markup('<g id="h-{}-{}">{}</g>').format(drawn.indicator, at, Markup("").join(parts))


def _others(drawn: Ground) -> Markup:
    """All scenarios, faint."""
    if len(drawn.paths) <= MOST_LINES:
        d = "".join(drawn.line(path.years, path.central) for path in drawn.paths.values())
        return Markup('<path id="o-{}" class="m-others" d="{}"/>').format(drawn.indicator, d)
    by_year: dict[int, list[float]] = {}
    for path in drawn.paths.values():
        for year, value in zip(path.years, path.central, strict=True):
            by_year.setdefault(year, []).append(value)
    years = sorted(by_year)
    d = _area(drawn, years, [min(by_year[year]) for year in years], [max(by_year[year]) for year in years])
    return Markup('<path id="o-{}" class="m-space" d="{}"/>').format(drawn.indicator, d)


def _own(drawn: Ground, name: str, at: int) -> Markup:
    """A scenario's band, path and goals."""
    path, goals = drawn.paths[name], drawn.goals[name]
    parts = [
        Markup('<path class="m-band" d="{}"/>').format(_area(drawn, path.years, path.p10, path.p90)),
        Markup('<path class="m-path" d="{}"/>').format(drawn.line(path.years, path.central)),
    ]
    if goals:
        d = "".join(
            f"M{drawn.x(year):g} {drawn.y(value) - DIAMOND:g}l{DIAMOND:g} {DIAMOND:g}-{DIAMOND:g} {DIAMOND:g}"
            f"-{DIAMOND:g}-{DIAMOND:g}z"
            for year, value in goals
        )
        parts.append(Markup('<path class="m-goal" d="{}"/>').format(d))
    return Markup('<g id="p-{}-{}">{}</g>').format(drawn.indicator, at, Markup("").join(parts))


def _area(drawn: Ground, years: Sequence[float], low: Sequence[float], high: Sequence[float]) -> str:
    """The space between two lines."""
    return drawn.line([*years, *reversed(years)], [*high, *reversed(low)]) + "z"


def frame() -> dict[str, float]:
    """Where the ground lies within a panel, for the script that draws differences."""
    return {"left": LEFT, "top": TOP, "right": RIGHT, "bottom": BOTTOM, "diamond": DIAMOND}


def drawn_data(drawn: Ground, entries: Sequence[Entry]) -> dict[str, Any]:
    """Paths and goals to the last digit, for the script that draws differences."""
    paths = [drawn.paths[entry.id] for entry in entries]
    return {
        "indicator": drawn.indicator,
        "gap": GAP_OF[drawn.rule],
        "years": list(drawn.years),
        "ticks": drawn.ticks,
        "starts": [path.years[0] for path in paths],
        "paths": [path.central for path in paths],
        "goals": [[[float(year), value] for year, value in drawn.goals[entry.id]] for entry in entries],
    }
