"""Names at the right ends of lines and bands, and the ground that they leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from futian_model.charts.drawing import Scale
from futian_model.charts.labels import spread
from futian_model.charts.page import GAP, YEARS, numbers
from futian_model.charts.place import connect
from futian_model.charts.text import Box, Figure, height, width, wrap, write
from futian_model.charts.theme import BASELINE, HISTORY, INKS, SMALL, STYLES, TEXT

# Widest name at the right, and the room between the last point and the names.
NAMES, LEAD = 88.0, 16.0


@dataclass(frozen=True)
class End:
    """A name at the right end of a line or band."""

    at: float
    value: float
    lines: list[str]
    size: float
    colour: str
    lead: str


def line_end(at: float, value: float, name: str, colour: str) -> End:
    """The name of a line at its end."""
    return End(float(at), float(value), wrap(name, TEXT, NAMES), TEXT, colour, colour)


def goal_ends(goals: pd.DataFrame, last: float) -> tuple[list[End], pd.DataFrame]:
    """Names of the goals at the right edge, and the goals before it."""
    at_edge = goals["year"] >= last
    rows: Any = goals[at_edge].itertuples()
    ends = [
        End(float(row.year), float(row.value), wrap(str(row.label), SMALL, NAMES), SMALL, HISTORY, BASELINE)
        for row in rows
    ]
    return ends, goals[~at_edge]


def line_ends(table: pd.DataFrame, across: str) -> list[End]:
    """Each series at its last point, the highest first."""
    ends = []
    for (name, line), (colour, _, _) in zip(table.groupby("series", sort=False), STYLES, strict=False):
        last = line.sort_values(across).iloc[-1]
        ends.append(line_end(last[across], last["value"], str(name), colour))
    return sorted(ends, key=lambda end: -end.value)


def ground_beside(body: Box, ticks: Sequence[float], ends: Sequence[End], *, percent: bool) -> Box:
    """What numbers at the left, names at the right and years below leave of a page's space."""
    left = max(width(text, SMALL) for text in numbers(ticks, percent=percent)) + GAP
    right = max((width(line, end.size) for end in ends for line in end.lines), default=0.0)
    return Box(body.left + left, body.bottom + YEARS, body.right - right - LEAD, body.top)


def name_ends(figure: Figure, scale: Scale, ends: Sequence[End]) -> None:
    """Write the names in one column, pushed apart, each tied to its end."""
    sizes = [height(end.lines, end.size) for end in ends]
    wanted = [scale.y(end.value) for end in ends]
    # Names given from the top down: of two ends at one height the earlier stays above.
    centres = spread(wanted[::-1], sizes[::-1], scale.box.bottom, scale.box.top)[::-1]
    column = scale.box.right + LEAD
    for end, size, at, centre in zip(ends, sizes, wanted, centres, strict=True):
        thick = 0.6 if end.size == SMALL else 1.0
        connect(figure, (scale.x(end.at) + 2, at), (column - 3, centre), end.lead, thick)
        write(figure, end.lines, column, centre + size / 2, end.size, INKS.get(end.colour, end.colour))
