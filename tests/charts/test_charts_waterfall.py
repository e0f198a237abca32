"""A level, what adds and takes away, and the level it leads to: legible, exact, refused where broken."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from charts_drawn import is_legible
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb

from futian_model.charts import ChartWords
from futian_model.charts.bars import DOWN, UP, waterfall
from futian_model.charts.theme import theme
from futian_model.errors import InputError

WORDS = ChartWords(
    title="2035年人均GDP：−7.1万元，首先来自人口", subtitle="万元/人", source="沙普利值", alt="从57.2到50.1。"
)
STEPS = pd.DataFrame(
    [
        ("如期实现规划目标", 57.2, "57.2"),
        ("GDP增长", 3.0, "+3.0"),
        ("人口", -10.1, "−10.1"),
        ("现有数据趋势", 50.1, "50.1"),
    ],
    columns=["name", "value", "label"],
)
MANY = pd.DataFrame(
    [
        ("Population by the 2020 census, the plan's targets met on time", 0.55, "55.0%"),
        *(
            (f"Block of assumptions number {n} with a long name", (-1) ** n * 0.01, "+1.0 points")
            for n in range(8)
        ),
        ("最大三家总部企业迁出", 0.55, "55.0%"),
    ],
    columns=["name", "value", "label"],
)


@pytest.mark.parametrize(
    ("table", "percent"), [(STEPS, False), (MANY, True), (STEPS.assign(value=[-2, 3, -1, 0]), False)]
)
def test_it_is_legible(table, percent):
    chart = waterfall(table, words=WORDS, percent=percent)
    is_legible(chart)
    assert chart.svg == waterfall(table, words=WORDS, percent=percent).svg
    assert list(chart.table.columns) == ["name", "value", "label", "from", "to"]


def test_numbers_along_the_axis_stand_apart():
    steps = pd.DataFrame(
        [
            ("Evidence trend", 501_000, "501,000"),
            ("GDP growth", 59_600, "+59,600"),
            ("Three engines succeed", 560_600, "560,600"),
        ],
        columns=["name", "value", "label"],
    )
    with theme():
        figure = waterfall(steps, words=WORDS)._draw().figure
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        labels = [one.get_window_extent(canvas.get_renderer()) for one in figure.axes[0].get_xticklabels()]
    assert len(labels) > 1
    assert all(after.x0 - before.x1 >= 3.5 for before, after in pairwise(labels))


def test_each_bar_begins_where_the_last_one_ended():
    table = waterfall(STEPS, words=WORDS).table
    assert list(table["from"]) == pytest.approx([57.2, 57.2, 60.2, 50.1])
    assert list(table["to"]) == pytest.approx([57.2, 60.2, 50.1, 50.1])


def bars(chart):
    with theme():
        (axes,) = chart._draw().figure.axes
        return axes, list(axes.patches)


def test_what_adds_is_filled_and_what_takes_away_is_hollow():
    axes, (up, down) = bars(waterfall(STEPS, words=WORDS))
    assert (to_hex(up.get_facecolor()), to_hex(up.get_edgecolor())) == (UP.lower(), UP.lower())
    assert (to_hex(down.get_facecolor()), to_hex(down.get_edgecolor())) == ("#ffffff", DOWN.lower())
    assert [bar.get_width() for bar in (up, down)] == pytest.approx([3.0, -10.1])
    grey = np.dot([to_rgb(colour) for colour in (UP, "white")], [0.2126, 0.7152, 0.0722])
    assert abs(grey[0] - grey[1]) > 0.5  # told apart in print, too
    low, high = axes.get_xlim()
    assert low < 50.1
    assert high > 60.2


def test_a_small_change_looks_small():
    table = STEPS.assign(value=[57.2, 0.02, -0.01, 57.21])
    axes, drawn = bars(waterfall(table, words=WORDS))
    low, high = axes.get_xlim()
    assert max(abs(bar.get_width()) for bar in drawn) < 0.01 * (high - low)


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(InputError, match="the columns name, value, label"):
        waterfall(STEPS.drop(columns="label"), words=WORDS)
    with pytest.raises(InputError, match="two levels, and a change between them at least"):
        waterfall(STEPS.iloc[[0, -1]], words=WORDS)
    with pytest.raises(InputError, match=r"allowed: changes that lead to 50\.0"):
        waterfall(STEPS.assign(value=[57.2, 3.0, -10.1, 50.0]), words=WORDS)
