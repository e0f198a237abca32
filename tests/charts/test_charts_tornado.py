"""A tornado chart: legible in any order of ends, told apart without colour, refused where not drawable."""

import pandas as pd
import pytest
from charts_drawn import is_legible

from futian_model.charts.bars import TornadoWords, tornado
from futian_model.charts.theme import theme
from futian_model.errors import InputError

WORDS = TornadoWords(
    title="2035年GDP最取决于GDP增长：6,465至11,937亿元",
    subtitle="各项不确定因素取其范围两端时的2035年GDP，亿元",
    source="范围为依据数据判断的八成；规模为假定",
    low="取低端",
    high="取高端",
    central="本情景 8,785",
    alt="GDP增长的影响最大。",
)
ENGLISH = TornadoWords(
    title="GDP growth moves GDP of 2035 most: RMB 646.5 to 1,193.7 bn",
    subtitle="GDP of 2035 with each input at the ends of its range, RMB bn",
    source="Ranges hold eight in ten; sizes are assumed",
    low="input at its low end",
    high="input at its high end",
    central="Scenario 878.5",
    alt="Growth matters most.",
)


def rows(*given):
    made = [
        (name, "每年−2.0至+2.0个百分点", low, high, f"{low:,.0f}", f"{high:,.0f}")
        for name, low, high in given
    ]
    return pd.DataFrame(made, columns=["name", "range", "at_low", "at_high", "label_low", "label_high"])


CASES = [
    rows(
        ("GDP增长", 6465, 11937),
        ("总部企业占比：该部分领先其余部分", 9404, 8204),
        ("规模的集中程度", 9317, 8212),
    ),
    rows(("GDP增长", 6465, 11937)),
    rows(("GDP增长", 9000, 9600), ("集团有多少家", 8500, 8700)),
    rows(("什么也不改变", 8785, 8785)),
]


@pytest.mark.parametrize("words", [WORDS, ENGLISH])
@pytest.mark.parametrize("table", CASES)
def test_a_tornado_is_legible(table, words):
    chart = tornado(table, words=words, central=8785.0)
    is_legible(chart)
    assert chart.table.drop(columns="central").equals(table)
    assert chart.svg == tornado(table, words=words, central=8785.0).svg


def test_ends_are_told_apart_without_colour():
    with theme():
        figure = tornado(CASES[0], words=WORDS, central=8785.0)._draw().figure
    low, high = figure.axes[0].patches[:2]
    assert sum(low.get_facecolor()[:3]) == 3  # hollow
    assert sum(high.get_facecolor()[:3]) < 1.5
    assert low.get_edgecolor() == high.get_edgecolor()
    # the high end of the lead lowers GDP: its full bar lies on the left
    assert figure.axes[0].patches[3].get_width() < 0


def test_shares_are_shown_as_per_cent():
    table = rows(("领先", 0.29, 0.6))
    is_legible(tornado(table, words=WORDS, central=0.44, percent=True))


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(InputError, match="the columns name, range, at_low, at_high, label_low, label_high"):
        tornado(CASES[0].drop(columns="range"), words=WORDS, central=1.0)
    with pytest.raises(InputError, match="at least one row"):
        tornado(CASES[0].iloc[:0], words=WORDS, central=1.0)
