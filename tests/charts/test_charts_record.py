"""Charts of the track record: whole, legible without colour, the same bytes each time."""

import re

import pandas as pd
import pytest
from charts_drawn import is_legible

from futian_model.charts import Chart, ChartWords, CoverageWords, coverage, histograms
from futian_model.charts.theme import STYLES
from futian_model.errors import InputError

HORIZONS = (1, 2, 3, 5, 10, 15)
ZH = ("本模型", "简单预测", "近五年延续", "上一年延续", "一阶自回归", "局部水平模型")
EN = ("This model", "Naive", "Last five years go on", "Last year goes on", "Autoregression", "Local level")
LEVELS = (0.82, 0.45, 0.31, 0.99, 0.57, 0.79)


def lines(names: tuple[str, ...], ends: tuple[float, ...] = LEVELS) -> pd.DataFrame:
    rows = [
        (name, horizon, 0.85 + (end - 0.85) * horizon / 15, 0.7, 0.9)
        for name, end in zip(names, ends, strict=False)
        for horizon in HORIZONS
    ]
    return pd.DataFrame(rows, columns=["series", "horizon", "value", "low", "high"])


def bars(panels: tuple[str, ...], first: float = 0.14) -> pd.DataFrame:
    shares = [first, *[(1 - first) / 9] * 9]
    rows = [(panel, part, share, 0.09, 0.11) for panel in panels for part, share in enumerate(shares)]
    return pd.DataFrame(rows, columns=["panel", "part", "share", "low", "high"])


def cover_words(nominal: str) -> CoverageWords:
    return CoverageWords(
        "八成区间覆盖82%，简单预测45%" * 2, "横轴为预测年数" * 3, "来源" * 20, "图 <1>", nominal=nominal
    )


def pit_words() -> ChartWords:
    return ChartWords("落在最低一成的占12%" * 3, "横轴为位置，左低右高" * 3, "虚线为理想情形" * 6, "柱状图")


CHARTS = {
    "coverage, Chinese": lambda: coverage(lines(ZH), words=cover_words("应为八成"), nominal=0.8),
    "coverage, English": lambda: coverage(lines(EN), words=cover_words("Promised"), nominal=0.8),
    "coverage, all alike": lambda: coverage(
        lines(EN, (0.8,) * 6), words=cover_words("Promised"), nominal=0.8
    ),
    "coverage, one line": lambda: coverage(lines(ZH[:1]), words=cover_words("应为八成"), nominal=0.8),
    "histograms, four": lambda: histograms(bars(("1年期", "5年期", "10年期", "15年期")), words=pit_words()),
    "histograms, one": lambda: histograms(bars(("1-year",)), words=pit_words()),
    "histograms, steep": lambda: histograms(bars(("1-year", "5-year"), 0.62), words=pit_words()),
}


@pytest.fixture(params=CHARTS)
def chart(request: pytest.FixtureRequest) -> Chart:
    return CHARTS[request.param]()


def test_no_text_on_text_or_off_the_page_and_the_file_is_small(chart: Chart) -> None:
    is_legible(chart)


def test_the_same_input_gives_the_same_bytes(chart: Chart, request: pytest.FixtureRequest) -> None:
    again = CHARTS[request.node.callspec.params["chart"]]()
    assert again.svg == chart.svg
    assert again.png() == chart.png()


def test_no_two_lines_share_a_dash_or_a_marker() -> None:
    assert len({dash for _, dash, _ in STYLES}) == len({mark for _, _, mark in STYLES}) == len(STYLES)


def test_the_table_is_what_was_drawn() -> None:
    table = lines(ZH)
    assert coverage(table, words=cover_words("应为八成"), nominal=0.8).table.equals(table)
    table = bars(("1年期",))
    assert histograms(table, words=pit_words()).table.equals(table)


def test_a_chart_moves_with_its_numbers() -> None:
    drawn = {
        coverage(lines(ZH, (end, 0.4)), words=cover_words("应为八成"), nominal=0.8).svg for end in (0.6, 0.8)
    }
    assert len(drawn) == 2
    assert len({histograms(bars(("a",), first), words=pit_words()).svg for first in (0.1, 0.2)}) == 2


def test_what_cannot_be_drawn_is_told() -> None:
    with pytest.raises(InputError, match="the columns series, horizon, value, low, high"):
        coverage(pd.DataFrame({"series": ["a"]}), words=cover_words("x"), nominal=0.8)
    with pytest.raises(InputError, match="at most 6 series"):
        coverage(lines(tuple("abcdefg"), (0.5,) * 7), words=cover_words("x"), nominal=0.8)
    with pytest.raises(InputError, match=re.escape("histograms = 'no rows'")):
        histograms(bars(("a",)).iloc[:0], words=pit_words())
