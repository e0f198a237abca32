"""What a drawing function hands over: the figure, and where on it which value lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from futian_model.charts.text import Box, Figure


def page_size(figure: Figure) -> tuple[float, float]:
    """Points across and down."""
    wide, tall = figure.get_size_inches()
    return float(72 * wide), float(72 * tall)


@dataclass(frozen=True)
class Scale:
    """Where years and values fall on the page."""

    box: Box
    first: float
    last: float
    low: float
    high: float

    def x(self, year: float) -> float:
        """Points from the left."""
        return self.box.left + (year - self.first) / (self.last - self.first) * (
            self.box.right - self.box.left
        )

    def y(self, value: float) -> float:
        """Points from the bottom."""
        return self.box.bottom + (value - self.low) / (self.high - self.low) * (
            self.box.top - self.box.bottom
        )


@dataclass(frozen=True)
class Panel:
    """One ground of a drawing, and how its places read.

    Attributes
    ----------
    scale : Scale
    across : str
        What runs from left to right: year, horizon, part (of a distribution), at (a rate or share) or
        value.
    name : str
        The panel's, where there are several.
    rows : sequence of (float, float)
        Bottom and top of each row, where the chart has a row a line of its table; points on the page.
    """

    scale: Scale
    across: str
    name: str = ""
    rows: Sequence[tuple[float, float]] = ()

    def to_dict(self, tall: float) -> dict[str, Any]:
        """JSON-ready, in units of the SVG's viewBox, whose origin is the top left."""
        scale, box = self.scale, self.scale.box
        return {
            "name": self.name,
            "across": self.across,
            "box": [round(edge, 2) for edge in (box.left, tall - box.top, box.right, tall - box.bottom)],
            "x": [scale.first, scale.last],
            "y": None if self.rows else [scale.low, scale.high],
            "rows": [[round(tall - top, 2), round(tall - bottom, 2)] for bottom, top in self.rows],
        }


@dataclass(frozen=True)
class Drawing:
    """A figure and its grounds."""

    figure: Figure
    panels: Sequence[Panel]

    def axes(self) -> dict[str, Any]:
        """Size of the picture and its grounds, JSON-ready: what a pointer needs to find a value."""
        wide, tall = page_size(self.figure)
        size = [round(wide, 2), round(tall, 2)]
        return {"size": size, "panels": [panel.to_dict(tall) for panel in self.panels]}
