"""Coverage by horizon: how often outcomes fell inside a band, one line a method."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from futian_model.charts.chart import Chart, charted
from futian_model.charts.drawing import Drawing, Panel, Scale
from futian_model.charts.ends import ground_beside, line_end, line_ends, name_ends
from futian_model.charts.page import draw_axes, page
from futian_model.charts.tables import series_of
from futian_model.charts.theme import HISTORY, STYLES, TINTS
from futian_model.charts.words import ChartWords

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BODY = 210.0
TICKS = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]


@dataclass(frozen=True, kw_only=True)
class CoverageWords(ChartWords):
    """The words on a coverage chart; `nominal` names the line that the band should follow."""

    nominal: str


def coverage(table: pd.DataFrame, *, words: CoverageWords, nominal: float) -> Chart:
    """Draw the share of outcomes inside a band against the horizon.

    Parameters
    ----------
    table : DataFrame
        Columns series, horizon (years), value (a fraction), low and high: ends of its confidence
        interval, drawn for the first series. Series stand in order of appearance, six at most.
    words : CoverageWords
    nominal : float
        Share that the band promises.

    Returns
    -------
    Chart
        Its table is the one given.

    Raises
    ------
    InputError
        The table lacks a column, has no row or holds more series than there are styles.
    MissingGlyph
        The words hold a character the fonts lack.
    """
    rows = series_of("coverage", table, ["series", "horizon", "value", "low", "high"])
    return charted(partial(_figure, rows, words, nominal), rows, words, "coverage", percent=True)


def _figure(table: pd.DataFrame, words: CoverageWords, nominal: float) -> Drawing:
    drawing, body = page(words, BODY)
    first, last = float(table["horizon"].min()), float(table["horizon"].max())
    ends = [line_end(last, nominal, words.nominal, HISTORY), *line_ends(table, "horizon")]
    ends.sort(key=lambda end: -end.value)
    ground = ground_beside(body, TICKS, ends, percent=True)
    scale = Scale(ground, first, last if last > first else first + 1, TICKS[0], TICKS[-1])
    axes = draw_axes(drawing, scale, TICKS, percent=True, yearly=False)
    horizons = sorted(int(horizon) for horizon in table["horizon"].unique())
    axes.set_xticks(horizons, [str(horizon) for horizon in horizons])
    _paint(axes, table, nominal)
    name_ends(drawing, scale, ends)
    return Drawing(drawing, [Panel(scale, "horizon")])


def _paint(axes: "Axes", table: pd.DataFrame, nominal: float) -> None:
    import seaborn

    names = list(table["series"].unique())
    own = table[table["series"] == names[0]]
    axes.fill_between(own["horizon"], own["low"], own["high"], color=TINTS[0.9], linewidth=0)
    axes.axhline(nominal, color=HISTORY, linewidth=0.9)
    styles = dict(zip(names, STYLES, strict=False))
    seaborn.lineplot(
        table,
        x="horizon",
        y="value",
        hue="series",
        style="series",
        hue_order=names,
        style_order=names,
        palette={name: style[0] for name, style in styles.items()},
        dashes={name: style[1] for name, style in styles.items()},
        markers={name: style[2] for name, style in styles.items()},
        markersize=4,
        errorbar=None,
        legend=False,
        clip_on=False,
        ax=axes,
    )
    axes.set(xlabel="", ylabel="")
