"""Paths of scenarios: legible with few and with many, the edge of the data where it belongs."""

import pandas as pd
import pytest
from charts_data import LONG_EN, LONG_ZH, goals, history
from charts_drawn import is_legible
from matplotlib.patches import Rectangle

from futian_model.charts import PathWords, paths
from futian_model.charts.line import Line
from futian_model.charts.theme import AHEAD, line_style, theme
from futian_model.errors import InputError


def table(count: int, name: str = "情景{}号") -> pd.DataFrame:
    rows = [
        (name.format(at), year, 4754 * (1.02 + at / 500) ** (year - 2020))
        for at in range(count)
        for year in range(2020, 2036)
    ]
    return pd.DataFrame(rows, columns=["series", "year", "value"])


def drawn(count: int, title: str = LONG_ZH, name: str = "情景{}号", edge: int = 2025, **more):
    words = PathWords(
        title=title, subtitle="亿元", source="来源", alt="各情景", before="已公布", after="推算"
    )
    seen = history(2000, 5600)
    seen = seen[seen["year"] >= 2015]
    return paths(table(count, name), words=words, history=seen, edge=edge, **more)


@pytest.mark.parametrize("count", [1, 2, 8, 20])
@pytest.mark.parametrize(
    ("title", "name"), [(LONG_ZH, "名称很长的第{}个增长情景"), (LONG_EN, "Scenario {} with a long name")]
)
def test_paths_are_legible(count, title, name):
    chart = drawn(count, title, name, goals=goals(y2035目标=9508.0))
    is_legible(chart)
    assert set(chart.table["series"]) >= {"history", "later", "goal", name.format(0)}
    assert chart.svg == drawn(count, title, name, goals=goals(y2035目标=9508.0)).svg


@pytest.mark.parametrize(("edge", "marked"), [(2025, True), (2015, True), (2035, False), (2010, False)])
def test_what_is_projected_stands_on_light_ground(edge, marked):
    with theme():
        figure = drawn(3, edge=edge)._draw().figure
    grounds = [one for one in figure.findobj(Rectangle) if one.get_facecolor()[:3] == colour(AHEAD)]
    assert bool(grounds) == marked


@pytest.mark.parametrize(("year", "beside"), [(2035, True), (2025, False)])
def test_a_goal_of_the_last_year_is_named_among_the_ends_of_the_lines(year, beside):
    with theme():
        drawing = drawn(2, edge=2025, goals=goals(**{f"y{year}_目标": 5000.0}))._draw()
        (label,) = (line for line in drawing.figure.findobj(Line) if line.text == "目标")
    (panel,) = drawing.panels
    assert (label.left > panel.scale.box.right) == beside


def colour(name: str) -> tuple[float, ...]:
    return tuple(int(name[at : at + 2], 16) / 255 for at in (1, 3, 5))


def test_every_line_looks_like_no_other():
    assert len({line_style(at) for at in range(36)}) == 36


def test_tables_short_of_a_column_or_with_too_many_lines_are_refused():
    words = PathWords(title="甲", subtitle="乙", source="丙", alt="丁")
    seen = history(2000, 5600)
    with pytest.raises(InputError, match="the columns series, year, value"):
        paths(table(1).drop(columns="year"), words=words, history=seen, edge=2025)
    with pytest.raises(InputError, match="at least one row"):
        paths(table(0), words=words, history=seen, edge=2025)
    with pytest.raises(InputError, match="at most 36 series"):
        paths(table(37), words=words, history=seen, edge=2025)
