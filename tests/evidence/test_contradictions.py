"""Figures that disagree, side by side; and the reasons that are known."""

import pandas as pd
import pytest

from futian_model import load_evidence
from futian_model.evidence.contradictions import KEY, contradictions, step

EVIDENCE = load_evidence()
ALL = EVIDENCE.contradictions()


def of(geo, indicator, period):
    return ALL[(ALL["geo"] == geo) & (ALL["indicator"] == indicator) & (ALL["period"] == period)]


def test_all_releases_stand_side_by_side():
    held = of("futian", "gdp", "2016")
    assert held["value"].tolist() == [3560, 3560, 3725, 3561.44]
    assert held["differs"].all()
    assert held["source"].tolist() == ["futian_en_2017", "zjtcn_2017", "eda_202110", "qinglite_2023"]
    assert held["explanation_en"].str.contains("4.6%").all()
    assert held["explanation_zh"].str.contains("4.6%").all()


@pytest.mark.parametrize(
    ("geo", "indicator", "period", "differs"),
    [
        ("futian", "gdp", "2020", True),
        ("shenzhen", "gdp", "2004", True),
        ("shenzhen", "gdp", "2016", True),
        ("shenzhen", "real_gdp_growth", "2003", True),
        ("china", "real_gdp_growth", "2018", True),
        # the reason reaches beyond one fact: what is published of it agrees
        ("futian", "gdp_per_capita", "2020", False),
        ("futian", "gdp", "2020H1", False),
        ("shenzhen", "gdp", "2009", False),
        ("shenzhen", "gdp", "2023", False),
        ("shenzhen", "population_resident_yearend", "2020", False),
    ],
)
def test_known_contradictions_are_explained(geo, indicator, period, differs):
    held = of(geo, indicator, period)
    assert len(held) > 0
    assert set(held["differs"]) == {differs}
    assert (held["explanation_en"] != "").all()


def test_every_explained_row_refers_to_figures_that_exist():
    held = pd.MultiIndex.from_frame(EVIDENCE.observations[KEY])
    assert pd.MultiIndex.from_frame(EVIDENCE.reasons[KEY]).isin(held).all()
    assert pd.MultiIndex.from_frame(EVIDENCE.reasons[KEY]).isin(pd.MultiIndex.from_frame(ALL[KEY])).all()


def test_figures_that_differ_only_by_rounding_do_not_contradict():
    assert of("futian", "gdp", "2022").empty  # 5514.49 and 5514.5
    assert of("shenzhen", "gdp", "2025").empty  # 38731.8 and 3.87 trillion


def test_what_is_in_the_plan_beside_the_census():
    told = of("futian", "gdp_per_capita", "2020").iloc[0]
    assert (told["published"], told["basis"]) == ("28.6 万元/人", "census_2010")
    assert round(4800 / 28.6, 1) == 167.8  # what the reason says


@pytest.mark.parametrize(
    ("printed", "precision", "digit"),
    [
        ("155.3225", "point", 1e-4),
        ("5514.5", "point", 0.1),
        ("3560", "point", 1),
        ("4.0", "point", 0.1),
        ("36800", "rounded", 100),
        ("4800", "rounded", 10),
        ("40", "rounded", 1),
        ("-3.1", "point", 0.1),
    ],
)
def test_the_last_digit_that_is_stated(printed, precision, digit):
    assert step(printed, precision) == pytest.approx(digit)


def rows(*figures):
    columns = ["printed", "unit", "precision"]
    table = pd.DataFrame(figures, columns=columns)
    return table.assign(
        geo="a",
        indicator="gdp",
        period="2020",
        value=table["printed"].astype(float),
        vintage="2021",
        source="s",
        basis="",
    )


@pytest.mark.parametrize(
    ("figures", "differs"),
    [
        ([("1.2", "亿元", "point"), ("12000", "万元", "point")], False),  # one unit, then compared
        ([("1.2", "亿元", "point"), ("12900", "万元", "point")], True),
        ([("2000", "亿元", "lower_bound"), ("2053", "亿元", "point")], False),
        ([("2000", "亿元", "lower_bound"), ("1950", "亿元", "point")], True),
        ([("2000", "亿元", "lower_bound"), ("2100", "亿元", "lower_bound")], False),
    ],
)
def test_what_counts_as_a_difference(figures, differs):
    reasons = pd.DataFrame(columns=[*KEY, "explanation_zh", "explanation_en"])
    told = contradictions(rows(*figures), pd.Series({"gdp": "亿元"}), reasons)
    assert (len(told) > 0) == differs
