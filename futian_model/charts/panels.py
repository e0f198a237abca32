"""Small multiples: one panel a path, all on the same axes, the others faint behind."""

from dataclasses import dataclass
from functools import partial

import pandas as pd

from futian_model.charts.chart import Chart, charted
from futian_model.charts.panels_figure import PanelData, figure
from futian_model.charts.tables import drawn, filled, tidy

__all__ = ["PanelWords", "small_multiples"]


@dataclass(frozen=True)
class PanelWords:
    """The words on small multiples; the panels' names come with the paths.

    Attributes
    ----------
    title, subtitle, source : str
        The finding; what is shown, in which unit; where it comes from.
    alt : str
        What the picture shows.
    """

    title: str
    subtitle: str
    source: str
    alt: str


def small_multiples(
    paths: pd.DataFrame,
    *,
    words: PanelWords,
    goals: pd.DataFrame | None = None,
    percent: bool = False,
    columns: int = 2,
) -> Chart:
    """Draw one panel for each path with its band and the value it ends at.

    Parameters
    ----------
    paths : DataFrame
        Columns panel, year, central, p10, p90; panels stand in order of appearance.
    words : PanelWords
        Title, subtitle, source and alt text.
    goals : DataFrame, optional
        Columns year, value, label, and panel; without panel a goal is drawn in every one.
    percent : bool
        Values are fractions, shown as per cent; the axes need not start at zero.
    columns : int
        Panels side by side.

    Returns
    -------
    Chart
        Its table has columns panel, series, year, value, and label when there are goals.

    Raises
    ------
    InputError
        A table lacks a column or a value, or `paths` has no row.
    MissingGlyph
        The words hold a character the fonts lack.
    """
    given = filled("paths", tidy("paths", paths, ["year", "panel", "central", "p10", "p90"]))
    order = [str(name) for name in paths.panel.unique()]
    given = given.assign(panel=given.panel.astype(str))
    if goals is not None and "panel" not in goals:
        goals = goals.merge(pd.DataFrame({"panel": order}), how="cross")
    marks = tidy("goals", goals, ["year", "panel", "value", "label"])
    marks = marks.assign(panel=marks.panel.astype(str))
    header = (words.title, words.subtitle, words.source)
    draw = partial(figure, PanelData(given, order, marks, percent), header, columns)
    series = {
        name: given[["panel", "year", name]].rename(columns={name: "value"})
        for name in ("central", "p10", "p90")
    }
    return charted(
        draw, words.alt, drawn({**series, "goal": marks}), kind="panels", title=words.title, percent=percent
    )
