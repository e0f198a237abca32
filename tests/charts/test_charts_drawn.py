"""Charts as files: same bytes, small, no shared ids; as pictures: no text on text or off the page."""

import re

import pandas as pd
import pytest
from charts_data import (
    LONG_EN,
    LONG_ZH,
    bands,
    fan_words,
    goals,
    history,
)
from charts_drawn import is_legible

from futian_model.charts import Chart, fan
from futian_model.errors import InputError

GDP = bands(4800, 9600, 0.16)
COLUMNS = ("year", "central", "p05", "p10", "p25", "p75", "p90", "p95")
PLAN = goals(y2025_目标_6600=6600, y2035_目标_9600=9600)
REFERENCE = (
    GDP[["year", "central"]].rename(columns={"central": "value"}).assign(value=lambda t: t.value * 0.97)
)

GROWTH = bands(0.045, 0.043, 0.4)
BODIES = [
    ("国际货币基金组织", "International Monetary Fund"),
    *[(f"机构{at}", f"House {at}") for at in range(16)],
]


def others(chinese: bool) -> pd.DataFrame:
    """Paths of seventeen bodies, every third of which ends early."""
    rows = [
        (names[0 if chinese else 1], year, 0.025 + 0.002 * at)
        for at, names in enumerate(BODIES)
        for year in range(2026, 2031 if at % 3 == 2 else 2036)
    ]
    return pd.DataFrame(rows, columns=["series", "year", "value"])


def gdp(title: str = LONG_ZH) -> Chart:
    return fan(GDP, words=fan_words(title), history=history(650, 4800), goals=PLAN, reference=REFERENCE)


CHARTS = {
    "gdp, Chinese": gdp,
    "gdp, English": lambda: gdp(LONG_EN),
    "from 2015": lambda: fan(GDP, words=fan_words("GDP"), history=history(650, 4800), goals=PLAN, start=2015),
    "goals close together": lambda: fan(
        GDP,
        words=fan_words("目标"),
        history=history(650, 4800),
        goals=goals(
            y2030_目标_甲=8000, y2030_目标_乙=8100, y2031_目标_丙=8200, y2035_目标_丁=9600, y2035_目标_戊=9700
        ),
    ),
    "100 to 20000": lambda: fan(
        bands(100, 20000, 0.3), words=fan_words("Growth"), goals=goals(y2035_Goal=20000)
    ),
    "shares": lambda: fan(
        bands(0.45, 0.55, 0.05),
        words=fan_words("占比升至55%"),
        history=history(0.3, 0.45),
        goals=goals(y2025_目标_48=0.48, y2035_目标_55=0.55),
        percent=True,
    ),
    "no width": lambda: fan(bands(4800, 9600, 0.0), words=fan_words("Certain"), reference=REFERENCE),
    "one year": lambda: fan(bands(4800, 4800, 0.0, 2020, 2020), words=fan_words("Now")),
    "constant share": lambda: fan(bands(0.4, 0.4, 0.0), words=fan_words("Same"), percent=True),
    "others, Chinese": lambda: fan(GROWTH, words=fan_words("增长"), others=others(True), percent=True),
    "others, English": lambda: fan(GROWTH, words=fan_words("Growth"), others=others(False), percent=True),
    "negative": lambda: fan(
        GDP.assign(**{c: GDP[c] - 9000 for c in GDP if c != "year"}), words=fan_words("Balance")
    ),
}


def height(chart: Chart) -> float:
    """Of the page, in points."""
    found = re.search(r" viewBox='0 0 300 ([\d.]+)'", chart.svg)
    assert found is not None
    return float(found[1])


@pytest.fixture(params=CHARTS)
def chart(request: pytest.FixtureRequest) -> Chart:
    return CHARTS[request.param]()


def test_no_text_on_text_or_off_the_page_and_the_file_is_small(chart: Chart) -> None:
    is_legible(chart)


def test_the_same_input_gives_the_same_bytes() -> None:
    first, second = gdp(), gdp()
    assert first.svg == second.svg
    assert first.png() == second.png()
    assert first.png().startswith(b"\x89PNG")
    assert len(first.png(dpi=80)) < len(first.png())


def test_an_svg_scales_and_brings_its_own_name() -> None:
    root = gdp().svg.split(">", 1)[0]
    assert re.search(r" viewBox='0 0 300 \d+\.?\d*' role='img' aria-label='扇形图 &lt;2035&gt;' ", root)
    assert not re.search(r" (width|height)=", root)
    assert "<text" not in gdp().svg
    assert "<style" not in gdp().svg
    assert gdp()._repr_svg_() == gdp().svg


def test_two_charts_on_one_page_share_no_id() -> None:
    ids = [re.findall(r"\bid='([^']+)'", chart.svg) for chart in (gdp(), gdp(LONG_EN))]
    assert all(len(own) == len(set(own)) for own in ids)
    assert not set(ids[0]) & set(ids[1])
    assert set(re.findall(r"href='#([^']+)'", gdp().svg)) == set(ids[0])


def test_the_table_holds_what_was_drawn() -> None:
    table = gdp().table
    assert list(table.columns) == ["series", "year", "value", "label"]
    assert table.series.value_counts()[
        ["history", "later", "central", "p05", "reference", "goal"]
    ].tolist() == [
        21,
        4,
        16,
        16,
        16,
        2,
    ]
    assert table[table.series == "goal"].label.tolist() == ["目标 6600", "目标 9600"]


def test_paths_of_others_are_drawn_and_those_that_reach_the_last_year_are_named() -> None:
    told = others(False)
    chart = fan(GROWTH, words=fan_words("Growth"), others=told, percent=True)
    drawn = chart.table[chart.table.series.isin(set(told.series))]
    assert drawn.reset_index(drop=True).equals(told)
    early = told[told.year <= 2030]  # nobody is named, so the chart needs no more height
    plain, unnamed = (height(fan(GROWTH, words=fan_words("x"), others=one)) for one in (None, early))
    assert plain == unnamed < height(chart)
    empty = told.iloc[:0]
    assert fan(GDP, words=fan_words("x"), others=empty).svg == fan(GDP, words=fan_words("x")).svg


def test_no_history_and_an_empty_history_draw_the_same() -> None:
    empty = pd.DataFrame({"year": [], "value": [], "known": []})
    assert fan(GDP, words=fan_words("x"), history=empty).svg == fan(GDP, words=fan_words("x")).svg


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (GDP[["year", "p05"]], f"bands = 'year, p05'; allowed: the columns {', '.join(COLUMNS)}"),
        (GDP.assign(p95=float("nan")), "bands.p95 = 'missing'; allowed: a value in every row"),
        (GDP.iloc[:0], "bands = 'no rows'; allowed: at least one row"),
    ],
)
def test_a_table_that_cannot_be_drawn_says_why(table: pd.DataFrame, message: str) -> None:
    with pytest.raises(InputError) as told:
        fan(table, words=fan_words("x"))
    assert str(told.value) == message
