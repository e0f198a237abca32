"""Small multiples of the index: one ground an indicator, one line a scenario, drawn once for all languages.

Their number is not bounded, so they are plain SVG that a few lines of script can draw again as
differences, and not pictures of the charts room.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from futian_model.charts.page import numbers, value_ticks
from futian_model.evidence.history import observations
from futian_model.report.page import display
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

    def area(self, years: Sequence[float], low: Sequence[float], high: Sequence[float]) -> str:
        """The space between two lines."""
        return self.line([*years, *reversed(years)], [*high, *reversed(low)]) + "z"

    def dots(self, years: Sequence[float], values: Sequence[float]) -> str:
        """Points of a width that the style gives them."""
        places = zip(map(self.x, years), map(self.y, values), strict=True)
        return "".join(f"M{x:g} {y:g}h0" for x, y in places)

    def diamonds(self, marks: Sequence[tuple[int, float]]) -> str:
        """Marks of goals."""
        side = f"l{DIAMOND:g} {DIAMOND:g}-{DIAMOND:g} {DIAMOND:g}-{DIAMOND:g}-{DIAMOND:g}z"
        return "".join(f"M{self.x(at):g} {self.y(value) - DIAMOND:g}{side}" for at, value in marks)

    def grid(self, lang: str) -> list[tuple[float, str]]:
        """Where each tick lies, and its number."""
        shown = on_axis(pd.DataFrame({"tick": self.ticks}), self.rule, lang, ["tick"])["tick"]
        texts = numbers(list(shown), percent=self.rule == "share")
        return list(zip(map(self.y, self.ticks), texts, strict=True))

    def named_years(self) -> list[tuple[float, int]]:
        """Where the years lie that are named; the first one where it has room."""
        base, (first, last) = next(iter(self.paths.values())).years[0], self.years
        apart = self.x(base) - self.x(first) > APART
        return [(self.x(at), at) for at in dict.fromkeys((first, base, last)) if at != first or apart]

    def seen(self) -> Iterator[list[list[list[float]]]]:
        """Years and values that each vintage knew, and those that came later; empty lists of none."""
        for table in self.history.values():
            known = table[table["known"].astype(bool)]
            parts = (known, table.drop(known.index))
            yield [[list(part["year"]), list(part["value"])] if len(part) else [] for part in parts]

    @property
    def crowded(self) -> bool:
        """Whether the paths are too many to be told apart."""
        return len(self.paths) > MOST_LINES

    def others(self) -> str:
        """All paths, or the space that they cover."""
        if not self.crowded:
            return "".join(self.line(path.years, path.central) for path in self.paths.values())
        by_year: dict[int, list[float]] = {}
        for path in self.paths.values():
            for at, value in zip(path.years, path.central, strict=True):
                by_year.setdefault(at, []).append(value)
        years = sorted(by_year)
        return self.area(years, [min(by_year[at]) for at in years], [max(by_year[at]) for at in years])


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
    template = display.environment().get_template("pages/index/templates/panels.svg.j2")
    names, ground = [entry.id for entry in entries], frame()
    return Markup(template.render(grounds=grounds, entries=names, langs=langs, **ground).strip())


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
