"""Dots under headings: legible, named, and refused where they cannot be drawn."""

import pandas as pd
import pytest
from charts_drawn import is_legible

from futian_model.charts import ChartWords
from futian_model.charts.dots import dots
from futian_model.errors import InputError

WORDS = ChartWords(
    title="十三种组合中有十种达到目标", subtitle="亿元；每行一种组合", source="按情景计算", alt="六个点。"
)
TABLE = pd.DataFrame(
    [
        (group, name, 8000.0 + 700 * at, label, at % 3)
        for at, (group, name, label) in enumerate(
            (group, name, label)
            for group in ("深圳：与全国同步", "Shenzhen ahead of the nation as published data suggest")
            for name, label in (
                ("全国：经济学人智库的长期预测（2020年）", "8,058"),
                ("Nation at potential growth by a name that takes more than one line", "9,861 unusual"),
                ("全国", "12,102 不可信"),
            )
        )
    ],
    columns=["group", "name", "value", "label", "kind"],
)
GOAL = pd.DataFrame({"value": [9600.0], "label": ["目标9,600亿元"]})


@pytest.mark.parametrize(
    ("table", "goals"),
    [
        (TABLE, GOAL),
        (TABLE, GOAL.iloc[:0]),
        (TABLE.iloc[:1], GOAL.assign(value=30_000.0)),
        (TABLE, pd.concat([GOAL, GOAL.assign(value=9700.0)])),
        (TABLE.assign(value=9600.0), GOAL),
    ],
    ids=["goal", "no_goal", "goal_far_off", "two_goals", "all_alike"],
)
def test_dots_are_legible(table, goals):
    chart = dots(table, words=WORDS, goals=goals)
    is_legible(chart)
    assert len(chart.table) == len(table) + len(goals)
    assert chart.svg == dots(table, words=WORDS, goals=goals).svg


def test_a_column_short_or_no_row_are_refused():
    with pytest.raises(InputError, match="the columns group, name, value, label, kind"):
        dots(TABLE.drop(columns="kind"), words=WORDS, goals=GOAL)
    with pytest.raises(InputError, match="the columns value, label"):
        dots(TABLE, words=WORDS, goals=GOAL.drop(columns="label"))
    with pytest.raises(InputError, match="at least one row"):
        dots(TABLE.iloc[:0], words=WORDS, goals=GOAL)
