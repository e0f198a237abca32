"""Bars with their dots, and lines on a plane with goals: legible, named, refused where not drawable."""

import pandas as pd
import pytest
from charts_drawn import is_legible

from futian_model.charts import ChartWords
from futian_model.charts.dots import ranges
from futian_model.charts.lines import plane
from futian_model.errors import InputError

WORDS = ChartWords(
    title="最大的几家迁出", subtitle="GDP低多少", source="规模为假定", alt="迁出越多，GDP越低。"
)
BARS = pd.DataFrame(
    [
        (name, series, value * times, value * times * 0.6, value * times * 1.3)
        for name, value in (("最大的一家", 0.1), ("最大的三家", 0.18), ("最大的十家", 0.3))
        for series, times in (("仅迁出部分", 1.0), ("连带其余部分", 1.3))
    ],
    columns=["group", "series", "value", "low", "high"],
)
LINES = pd.DataFrame(
    [
        (name, at / 100, level(at / 100))
        for name, level in (
            ("总部企业增长", lambda share: 3186 / (1 - share)),
            ("GDP不变", lambda share: 6405.0),
            ("其余部分走弱", lambda share: 3219 / share),
        )
        for at in range(47, 60)
    ],
    columns=["series", "at", "value"],
)
MARKS = pd.DataFrame(
    [("目标：55.0%、6,600", 0.55, 6600.0), ("本情景：50.3%、6,405", 0.503, 6405.0), ("7,080", 0.55, 7080.0)],
    columns=["label", "at", "value"],
)


@pytest.mark.parametrize("widest", [1.0, 2.4])
def test_bars_are_legible(widest):
    # the first group's bar may be the longest, with the names of the series beside it
    table = BARS.assign(high=BARS["high"].where(BARS["group"] != "最大的一家", BARS["high"] * widest))
    chart = ranges(table, words=WORDS)
    is_legible(chart)
    assert chart.table.equals(table)
    assert chart.svg == ranges(table, words=WORDS).svg


@pytest.mark.parametrize("marks", [MARKS, MARKS.iloc[:1], MARKS.assign(at=[0.47, 0.59, 0.5])])
def test_a_plane_is_legible(marks):
    chart = plane(LINES, words=WORDS, marks=marks)
    is_legible(chart)
    assert list(chart.table.columns) == ["series", "at", "value"]
    assert len(chart.table) == len(LINES) + len(marks)


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(InputError, match="the columns group, series, value, low, high"):
        ranges(BARS.drop(columns="low"), words=WORDS)
    with pytest.raises(InputError, match="at least one row"):
        ranges(BARS.iloc[:0], words=WORDS)
    many = pd.concat([BARS.assign(series=str(number)) for number in range(7)])
    with pytest.raises(InputError, match="at most 6 series"):
        ranges(many, words=WORDS)
    with pytest.raises(InputError, match="at least one row"):
        plane(LINES, words=WORDS, marks=MARKS.iloc[:0])
    many = pd.concat([LINES.assign(series=str(number)) for number in range(7)])
    with pytest.raises(InputError, match="at most 6 series"):
        plane(many, words=WORDS, marks=MARKS)
