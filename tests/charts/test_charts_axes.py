"""Where values lie on a picture, and what tells its parts apart without colour."""

import io
from itertools import combinations, pairwise

import numpy as np
import pandas as pd
import pytest
from charts_data import bands, fan_words, goals, history
from matplotlib.colors import to_rgb
from matplotlib.image import imread

from futian_model.charts import ChartWords, CoverageWords, coverage, fan, histograms, lines
from futian_model.charts.bars import waterfall
from futian_model.charts.dots import ranges
from futian_model.charts.page import number, numbers
from futian_model.charts.theme import BASELINE, EDGES, HISTORY, INKS, MUTED, SCENARIO, STYLES, TINTS

GDP = bands(4800, 9600, 0.16)
WORDS = ChartWords(title="题", subtitle="亿元", source="来源", alt="图", across="人口增长")


def gdp():
    return fan(
        GDP, words=fan_words("GDP"), history=history(650, 4800), goals=goals(y2035_9600=9600), start=2010
    )


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2, 0 to 1."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return float(np.dot(parts, [0.2126, 0.7152, 0.0722]))


def lightness(colour: str) -> float:
    """CIE L*, 0 (black) to 100 (white): what a print in grey keeps of a colour."""
    return 116 * luminance(colour) ** (1 / 3) - 16


def pixels(chart, scale=4):
    """The picture as rows of grey values, and pixels a point."""
    return imread(io.BytesIO(chart.png(dpi=72 * scale)))[..., :3] @ [0.2126, 0.7152, 0.0722], scale


def test_values_lie_where_the_axes_say():
    chart, (grey, scale) = gdp(), pixels(gdp())
    (panel,) = chart.axes["panels"]
    assert [round(size * scale) for size in chart.axes["size"]] == [grey.shape[1], grey.shape[0]]
    assert (panel["across"], panel["x"]) == ("year", [2010.0, 2035.0])
    left, top, right, bottom = panel["box"]
    low, high = panel["y"]
    seen = chart.table[(chart.table.series == "history") & (chart.table.year > 2012)]
    for year, value in zip(seen.year, seen.value, strict=True):
        x = left + (year - 2010) / 25 * (right - left)
        y = bottom - (value - low) / (high - low) * (bottom - top)
        assert grey[round(y * scale), round(x * scale)] < 0.2  # on a dot of the history
    # on the path of 2030 there is the path's blue, beside it the tint of the inner band
    value = float(GDP.central[GDP.year == 2030].iloc[0])
    x, y = left + 20 / 25 * (right - left), bottom - (value - low) / (high - low) * (bottom - top)
    column = grey[round(y * scale) - 40 : round(y * scale) + 40, round(x * scale)]
    path = np.dot(to_rgb(SCENARIO), [0.2126, 0.7152, 0.0722])
    assert abs(column[40] - path) < 0.03
    assert column.min() == pytest.approx(path, abs=0.03)


def test_rows_lie_one_below_the_other_in_the_table_s_order():
    steps = pd.DataFrame(
        [("a", 5.0, "5"), ("b", -1.0, "−1"), ("c", 4.0, "4")], columns=["name", "value", "label"]
    )
    (panel,) = waterfall(steps, words=WORDS).axes["panels"]
    assert panel["y"] is None
    assert len(panel["rows"]) == 3
    assert all(above[1] == below[0] for above, below in pairwise(panel["rows"]))
    bars = pd.DataFrame(
        [(g, s, v, v, v) for s, v in (("x", 0.1), ("y", 0.2)) for g in "pq"],
        columns=["group", "series", "value", "low", "high"],
    )
    (panel,) = ranges(bars, words=WORDS).axes["panels"]
    tops = [top for top, _ in panel["rows"]]
    # the table tells x of both groups first; on the picture each group stands together
    assert sorted(range(4), key=tops.__getitem__) == [0, 2, 1, 3]


def test_panels_are_named_and_every_chart_says_what_runs_across():
    table = pd.DataFrame(
        [(name, part, 0.1, 0.08, 0.12) for name in ("1", "5", "9") for part in range(10)],
        columns=["panel", "part", "share", "low", "high"],
    )
    panels = histograms(table, words=ChartWords("t", "s", "q", "a")).axes["panels"]
    assert [panel["name"] for panel in panels] == ["1", "5", "9"]
    boxes = [panel["box"] for panel in panels]
    assert boxes[0][2] < boxes[1][0]
    assert boxes[0][3] < boxes[2][1]
    marks = pd.DataFrame({"label": ["m"], "at": [0.01], "value": [0.02]})
    line = pd.DataFrame({"series": ["l"] * 2, "at": [0.0, 0.02], "value": [0.01, 0.03]})
    drawn = lines(line, words=WORDS, marks=marks)
    assert drawn.names == {"at": "人口增长"}
    assert [panel["across"] for panel in drawn.axes["panels"]] == ["at"]


def test_series_bear_the_names_that_stand_beside_them():
    assert gdp().names == {
        "history": "Observed",
        "later": "Published after 2021",
        "central": "Plan path with a long name 9,600",
        "p25-p75": "50%",
        "p10-p90": "80%",
        "p05-p95": "90%",
        "reference": "Baseline 8,399",
    }


def test_axes_and_labels_have_a_typographic_minus_and_none_before_zero():
    assert numbers([-0.02, -0.0, 0.02], percent=True) == ["−2%", "0%", "2%"]
    assert numbers([-7500.0, 0.0, 2500.0], percent=False) == ["−7,500", "0", "2,500"]
    assert number(-0.123, percent=True) == "−12.3%"
    assert number(-1234.0, percent=False) == "−1,234"
    assert number(-0.0004, percent=True) == "0.0%"


def test_bands_are_apart_in_grey_print_and_by_the_dash_of_their_edge():
    tints = [lightness(TINTS[share]) for share in (0.5, 0.8, 0.9)]
    steps = [lightness(SCENARIO), *tints, 100.0]
    assert [round(step) for step in steps] == [46, 70, 82, 92, 100]
    assert min(after - before for before, after in pairwise(steps)) > 7
    assert len(set(map(str, EDGES.values()))) == 3


def test_history_and_scenario_are_apart_in_grey_print():
    assert lightness(SCENARIO) - lightness(HISTORY) > 30
    assert lightness(MUTED) - lightness(HISTORY) > 25  # the path compared with, dotted besides


def test_lines_of_one_chart_differ_in_dash_and_marker_where_grey_makes_them_alike():
    for (_, dash, marker), (_, other_dash, other_marker) in combinations(STYLES, 2):
        assert dash != other_dash
        assert marker != other_marker
    greys = sorted(lightness(colour) for colour, _, _ in STYLES)
    assert greys[-1] < 65  # each stands out on white


MACHADO = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
}
"""Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB."""


@pytest.mark.parametrize("kind", MACHADO)
def test_what_adds_and_what_takes_away_differ_to_the_colour_blind(kind):
    seen = []
    for colour in STYLES[0][0], STYLES[1][0]:
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)
        ]
        seen.append(np.clip(MACHADO[kind] @ np.array(linear), 0, 1))
    assert np.abs(seen[0] - seen[1]).max() > 0.25


def test_small_text_in_a_colour_is_dark_enough_to_read():
    for colour in {style[0] for style in STYLES} | {MUTED, HISTORY, SCENARIO, BASELINE}:
        ink = INKS.get(colour, colour)
        assert 1.05 / (luminance(ink) + 0.05) >= 4.5, colour


def test_the_confidence_interval_is_carried_with_its_line():
    table = pd.DataFrame(
        [("m", horizon, 0.8, 0.7, 0.9) for horizon in (1, 5)],
        columns=["series", "horizon", "value", "low", "high"],
    )
    chart = coverage(table, words=CoverageWords("t", "s", "q", "a", nominal="n"), nominal=0.8)
    assert chart.axes["panels"][0]["x"] == [1.0, 5.0]
    assert chart.axes["panels"][0]["y"] == [0.0, 1.0]
