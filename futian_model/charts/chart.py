"""A finished picture."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from futian_model.charts.drawing import Drawing, page_size
from futian_model.charts.letters import written
from futian_model.charts.svg import finish
from futian_model.charts.theme import theme
from futian_model.charts.words import ChartWords


@dataclass(frozen=True, eq=False)
class Chart:
    """A picture, its description, and the table it was drawn from.

    Attributes
    ----------
    svg : str
        One ``<svg>`` element, text as paths, the same bytes for the same input.
    alt : str
        What the picture shows, for those who do not see it.
    table : DataFrame
        Every value drawn, one a row.
    kind, title, subtitle : str
        Which chart it is, its headline, and what is shown in which unit.
    percent : bool
        Values of the table are fractions, shown as per cent.
    axes : mapping
        Where values lie on the picture: see `drawing.Drawing.axes`.
    names : mapping of str to str
        What the chart calls a series of its table, or what lies along its axis.
    """

    svg: str
    alt: str
    table: pd.DataFrame
    _draw: Callable[[], Drawing] = field(repr=False)
    kind: str
    title: str
    subtitle: str
    percent: bool
    axes: Mapping[str, Any] = field(repr=False)
    names: Mapping[str, str] = field(repr=False)

    def png(self, dpi: float = 160) -> bytes:
        """The picture in pixels."""
        out = io.BytesIO()
        with theme():
            self._draw().figure.savefig(out, format="png", dpi=dpi)
        return out.getvalue()

    def _repr_svg_(self) -> str:
        return self.svg


def charted(
    draw: Callable[[], Drawing],
    table: pd.DataFrame,
    words: ChartWords,
    kind: str,
    *,
    percent: bool = False,
    names: Mapping[str, str] | None = None,
) -> Chart:
    """Draw once, keep the way to draw again in place of an open figure."""
    from futian_model.charts.line import Line

    out = io.StringIO()
    with theme():
        drawing = draw()
        lines = [artist for artist in drawing.figure.artists if isinstance(artist, Line)]
        for line in lines:
            line.remove()
        # Without a date the bytes depend on the content alone.
        drawing.figure.savefig(out, format="svg", metadata={"Date": None})
        text = written(lines, page_size(drawing.figure)[1])
    return Chart(
        finish(out.getvalue(), words.alt, text),
        words.alt,
        table,
        draw,
        kind,
        words.title,
        words.subtitle,
        percent,
        drawing.axes(),
        {name: label for name, label in (names or {}).items() if label},
    )
