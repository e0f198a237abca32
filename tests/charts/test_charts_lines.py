"""Lines over a rate: legible, named, and refused where they cannot be drawn."""

import pandas as pd
import pytest
from charts_drawn import is_legible

from futian_model.charts import ChartWords, lines
from futian_model.errors import InputError

WORDS = ChartWords(
    title="人口增长越快越难", subtitle="纵轴：GDP；横轴：人口", source="按规划计算", alt="两线在零处相交。"
)
TABLE = pd.DataFrame(
    [
        (name, at / 100, value(at / 100))
        for name, value in (("人均GDP翻番", lambda x: 0.0473 + 1.05 * x), ("GDP翻番", lambda x: 0.0473))
        for at in range(-2, 4)
    ],
    columns=["series", "at", "value"],
)
MARKS = pd.DataFrame([("人口持平", 0.0, 0.0473), ("情景", 0.0175, 0.0656)], columns=["label", "at", "value"])


@pytest.mark.parametrize(
    "marks", [MARKS, MARKS.iloc[:0], MARKS.assign(at=[0.0, 0.03], value=[0.0473, 0.0788])]
)
def test_lines_are_legible(marks):
    chart = lines(TABLE, words=WORDS, marks=marks)
    is_legible(chart)
    assert list(chart.table.columns) == ["series", "at", "value"]
    assert len(chart.table) == len(TABLE) + len(marks)
    assert chart.svg == lines(TABLE, words=WORDS, marks=marks).svg


def test_a_band_lies_between_its_edges_on_an_axis_that_reaches_further():
    edges = [
        (name, at, value)
        for name, end in (("下端", 0.04), ("上端", 0.06))
        for at, value in ((0.0, 0.05), (0.03, end))
    ]
    band = pd.DataFrame(edges, columns=["series", "at", "value"])
    chart, plain = (
        lines(TABLE, words=WORDS, marks=MARKS, **more) for more in ({"band": band, "reach": [0.2]}, {})
    )
    is_legible(chart)
    assert len(chart.table) == len(plain.table) + len(band)
    (reached,), (usual,) = (drawn.axes["panels"] for drawn in (chart, plain))
    assert reached["y"][1] >= 0.2 > usual["y"][1]
    with pytest.raises(InputError, match="the columns series, at, value"):
        lines(TABLE, words=WORDS, marks=MARKS, band=band.drop(columns="at"))


def test_a_column_short_no_line_or_too_many_are_refused():
    with pytest.raises(InputError, match="the columns series, at, value"):
        lines(TABLE.drop(columns="at"), words=WORDS, marks=MARKS)
    with pytest.raises(InputError, match="the columns label, at, value"):
        lines(TABLE, words=WORDS, marks=MARKS.drop(columns="label"))
    with pytest.raises(InputError, match="at least one row"):
        lines(TABLE.iloc[:0], words=WORDS, marks=MARKS)
    many = pd.concat([TABLE.assign(series=str(number)) for number in range(7)])
    with pytest.raises(InputError, match="at most 6 series"):
        lines(many, words=WORDS, marks=MARKS)
