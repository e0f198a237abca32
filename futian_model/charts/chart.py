"""A finished picture."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from futian_model.charts.svg import finish
from futian_model.charts.theme import theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure


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
    kind, title : str
        Which chart it is, and its headline.
    percent : bool
        Values of the table are fractions, shown as per cent.
    """

    svg: str
    alt: str
    table: pd.DataFrame
    _draw: "Callable[[], Figure]" = field(repr=False)
    kind: str
    title: str
    percent: bool

    def png(self, dpi: float = 160) -> bytes:
        """The picture in pixels."""
        out = io.BytesIO()
        with theme():
            self._draw().savefig(out, format="png", dpi=dpi)
        return out.getvalue()

    def _repr_svg_(self) -> str:
        return self.svg


def charted(
    draw: "Callable[[], Figure]",
    alt: str,
    table: pd.DataFrame,
    *,
    kind: str,
    title: str,
    percent: bool = False,
) -> Chart:
    """Draw once, keep the way to draw again in place of an open figure."""
    out = io.StringIO()
    with theme():
        # Without a date the bytes depend on the content alone.
        draw().savefig(out, format="svg", metadata={"Date": None})
    return Chart(finish(out.getvalue(), alt), alt, table, draw, kind, title, percent)
