"""Find free ground for a label near what it names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from futian_model.charts.drawing import page_size
from futian_model.charts.text import Box, Figure, box, write
from futian_model.charts.theme import BASELINE

Point = tuple[float, float]
# Half a marker, and where a label may stand beside it.
MARK = 4.5
_SIDES = ((0, 1), (-1, 1), (0, -1), (-1, 0), (1, -1), (1, 1), (-1, -1), (1, 0))
_REACH = (5.0, 9.0, 14.0, 20.0, 28.0, 38.0, 50.0, 64.0)
# Off the ground is worse than on a text, on a text worse than on any number of line points.
_OUTSIDE, _ON_TEXT, _ON_LINE = 1e6, 1e4, 12.0


@dataclass
class Ground:
    """Where labels may stand, what is taken, and what is better left free."""

    free: Box
    taken: list[Box] = field(default_factory=list)
    lines: list[Point] = field(default_factory=list)

    def add_line(self, points: Sequence[Point], apart: float = 3.0) -> None:
        """Keep a line's course free, as points a few typographic points apart."""
        self.lines += points[:1]
        for (x0, y0), (x1, y1) in pairwise(points):
            count = max(1, round(np.hypot(x1 - x0, y1 - y0) / apart))
            self.lines += [
                (x0 + (x1 - x0) * i / count, y0 + (y1 - y0) * i / count) for i in range(1, count + 1)
            ]

    def add_mark(self, point: Point, radius: float = MARK) -> None:
        """Take the ground of a marker."""
        x, y = point
        self.taken.append(Box(x - radius, y - radius, x + radius, y + radius))

    def label(
        self, figure: Figure, lines: Sequence[str], anchors: Sequence[Point], size: float, colour: str
    ) -> None:
        """Write lines beside one of the anchors, with a hair line to it when they stand apart."""
        whole = box(lines, 0.0, 0.0, size)
        wide, tall = whole.right, -whole.bottom
        places = list(_candidates(anchors, wide, tall))
        centres, half = np.array([centre for centre, _, _ in places]), np.array([wide, tall]) / 2
        spots = np.hstack([centres - half, centres + half])
        at = int(np.argmin(self._costs(spots) + [reach for _, _, reach in places]))
        chosen, (_, anchor, reach) = Box(*map(float, spots[at])), places[at]
        if reach > _REACH[2]:
            _hair_line(figure, anchor, chosen)
        write(figure, lines, chosen.left, chosen.top, size, colour)
        self.taken.append(chosen)

    def _costs(self, spots: NDArray[np.float64]) -> NDArray[np.float64]:
        """What each spot, a row of left, bottom, right and top, would hide."""
        left, bottom, right, top = spots.T[:, :, None]
        x, y = np.array(self.lines or [(-1.0, -1.0)]).T
        crossed = (x > left - 1) & (x < right + 1) & (y > bottom) & (y < top)
        others = np.array([(box.left, box.bottom, box.right, box.top) for box in self.taken]).reshape(-1, 4).T
        met = (
            (left < others[2] + 1)
            & (others[0] < right + 1)
            & (bottom < others[3] + 1)
            & (others[1] < top + 1)
        )
        free = self.free
        outside = (left < free.left) | (right > free.right) | (bottom < free.bottom) | (top > free.top)
        cost = _ON_LINE * crossed.sum(axis=1) + _ON_TEXT * met.sum(axis=1) + _OUTSIDE * outside[:, 0]
        return np.asarray(cost, float)


def _candidates(anchors: Sequence[Point], wide: float, tall: float) -> Iterator[tuple[Point, Point, float]]:
    """Where the middle of a label may stand, beside which anchor, and how far off."""
    for reach in _REACH:
        for x, y in anchors:
            for across, up in _SIDES:
                yield (x + across * (wide / 2 + reach), y + up * (tall / 2 + reach)), (x, y), reach


def _hair_line(figure: Figure, anchor: Point, spot: Box) -> None:
    x = min(max(anchor[0], spot.left), spot.right)
    y = min(max(anchor[1], spot.bottom), spot.top)
    # From the marker's edge: the line is drawn above the axes and would cross the marker.
    share = MARK / float(np.hypot(x - anchor[0], y - anchor[1]))
    edge = (anchor[0] + share * (x - anchor[0]), anchor[1] + share * (y - anchor[1]))
    connect(figure, edge, (x, y), BASELINE, 0.6)


def connect(figure: Figure, start: Point, end: Point, colour: str, thick: float) -> None:
    """A straight line on the page."""
    from matplotlib.lines import Line2D

    across, tall = page_size(figure)
    figure.add_artist(
        Line2D(
            [start[0] / across, end[0] / across],
            [start[1] / tall, end[1] / tall],
            color=colour,
            linewidth=thick,
            solid_capstyle="butt",
            zorder=1,
        )
    )
