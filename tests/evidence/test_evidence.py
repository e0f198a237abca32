"""The shipped figures: the plan's table as printed, and which release counts at a vintage."""

import re

import pandas as pd
import pytest

from futian_model import load_evidence
from futian_model.errors import InputError
from futian_model.evidence import history
from futian_model.evidence.figures import Annual

EVIDENCE = load_evidence()

# the plan's Table 1: row, unit, 2020, 2025, attribute (expected or binding)
TABLE_1 = [
    "1|亿元|4800左右|6600|expected",
    "2|万元/人|28.6|35.7|expected",
    "3|%|45|55|expected",
    "4|%|4.0|10.0|expected",
    "5|%|1.45|2.0|expected",
    "6|件|100|110|expected",
    "7|家|1313|2000|expected",
    "8|个|230|380|expected",
    "9|人/亿元|≤0.01|≤0.007|binding",
    "10|%|≥99|≥99|binding",
    "11|万平方米|100|110|expected",
    "12|%|82|85|expected",
    "13|%|96|≥95|expected",
    "14|%|28.6|60|binding",
    "15|%|完成市下达任务|以市下达任务为准|binding",
    "16|%|完成市下达任务|以市下达任务为准|binding",
    "17|%|完成市下达任务|以市下达任务为准|binding",
    "18|万元/人|8.3|11.0|expected",
    "19|万座|3.7（五年累计）|5.5（五年累计）|expected",
    "20|人|1280|1460|expected",
    "21|人|4.9|≥5|expected",
    "22|个|-|4|expected",
    "23|%|-|100|expected",
    "24|万平方米|542.3|600|binding",
]


@pytest.mark.parametrize("printed", TABLE_1)
def test_table_1_of_the_plan(printed):
    number, unit, base, target, attribute = printed.split("|")
    goals = EVIDENCE.goals
    row = goals[goals["table_row"] == float(number)].iloc[0]
    assert (row["unit"], row["base_text"], row["target_text"], row["attribute"]) == (
        unit,
        base,
        target,
        attribute,
    )
    assert (row["base_year"], row["target_year"], row["source"]) == (2020, 2025, "futian_14fyp")
    for text, value in ((base, row["base_value"]), (target, row["target_value"])):
        figure = re.search(r"\d+(\.\d+)?", text)
        assert value == float(figure.group()) if figure else value != value
    # what the city sets later has neither value nor operator, what counts over five years says so
    assert (row["measure"] == "set_by_city") == ("市下达" in target)
    assert (row["measure"] == "cumulative") == ("累计" in target)
    assert (row["operator"] == "≤") == target.startswith("≤")


def test_the_table_is_whole_and_the_outlook_doubles_twice():
    goals = EVIDENCE.goals
    assert sorted(goals["table_row"].dropna()) == list(range(1, 25))
    outlook = goals[goals["table_row"].isna()]
    assert list(outlook.index) == ["gdp_double_2035", "gdp_per_capita_double_2035"]
    assert (outlook["multiple"] == 2).all()


def test_goals_in_library_units():
    assert EVIDENCE.goal("headquarters_share_2025").level(0.45) == 0.55
    assert EVIDENCE.goal("gdp_2025").level(4800) == 6600
    assert EVIDENCE.goal("gdp_double_2035").level(4800) == 9600
    with pytest.raises(InputError, match="goal = 'water_intensity_2025'; allowed: a goal with a value"):
        EVIDENCE.goal("water_intensity_2025").level(1.0)


@pytest.mark.parametrize(
    ("indicator", "year", "as_of", "value", "source", "later"),
    [
        # two releases of 2021: the plan's year alone runs through December, so it is the later one
        # a measured figure of October counts before the plan's expected one, of which no month is known
        ("gdp", 2020, "2021", 4754, "eda_202110", False),
        ("gdp", 2020, "2021-10", 4754, "eda_202110", False),
        # first estimate, and the level after revision
        ("gdp", 2016, "2017", 3560, "futian_en_2017", False),
        ("gdp", 2016, "2021", 3725, "eda_202110", False),
        # a census held only from a later source
        ("population_census", 2010, "2021", 131.7511, "hongheiku_futian", True),
        ("headquarters_share", 2020, "2021", 0.45, "futian_14fyp", False),
    ],
)
def test_the_release_that_counts_at_a_vintage(indicator, year, as_of, value, source, later):
    figure = EVIDENCE.figure("futian", indicator, year, as_of=as_of)
    assert (figure.value, figure.source, figure.published_later) == (value, source, later)


def test_a_vintage_sees_no_later_year():
    assert EVIDENCE.series("futian", "gdp", as_of="2017").table.index.max() == 2016
    assert EVIDENCE.series("futian", "gdp").table.index.max() == 2025


def test_a_source_alone():
    assert EVIDENCE.figure("futian", "gdp", 2020, source="eda_202110").value == 4754
    with pytest.raises(InputError, match=r"^unknown futian_14fypp; did you mean futian_14fyp[?]$"):
        EVIDENCE.series("futian", "gdp", source="futian_14fypp")


@pytest.mark.parametrize("as_of", [None, "2015", "2021-10"])
def test_one_pass_over_all_figures_gives_every_series_as_by_itself(as_of):
    for geo, indicator in (
        EVIDENCE.observations[["geo", "indicator"]].drop_duplicates().itertuples(index=False)
    ):
        alone = Annual(EVIDENCE._rows(geo, indicator), as_of).of(geo, indicator)
        pd.testing.assert_frame_equal(EVIDENCE.series(geo, indicator, as_of=as_of).table, alone)


def test_part_years_are_no_years():
    held = EVIDENCE.all_figures("futian", "gdp")
    assert (held["period"] == "2023H1").any()
    assert 2023 not in EVIDENCE.series("futian", "gdp").table.index


def test_a_year_without_a_figure():
    with pytest.raises(
        InputError, match=r"^futian\.gdp = 2009; allowed: a year with a published figure: 1990"
    ):
        EVIDENCE.figure("futian", "gdp", 2009)


def test_history_at_base_year_prices():
    levels = history.levels(EVIDENCE, "gdp", 2020, "2021")
    assert levels.loc[2020, "value"] == 4754
    growth = EVIDENCE.series("china", "gdp_deflator_growth").table["value"]
    back = 3256.24 * float((1 + growth.loc[2016:2020]).prod())
    assert levels.loc[2015, "value"] == pytest.approx(back)
    assert list(levels.index[~levels["known"]]) == [2021, 2022, 2024, 2025]


def test_growth_as_it_was_seen_at_a_vintage():
    rates = history.growth_rates(EVIDENCE, "futian", 2015, 2035, "2017")
    assert rates["year"].tolist() == [2015, 2016, 2018, 2019]  # of 2025 a bound alone is known
    assert rates["value"].tolist() == pytest.approx([0.09, 0.086, 0.075, 0.072])
    assert rates["known"].tolist() == [True, True, False, False]


@pytest.mark.parametrize("vintage", ["2017", "2022", "2026-11"])
def test_growth_of_the_nation_is_what_the_vintage_knew_then_what_came_out(vintage):
    rates = history.growth_rates(EVIDENCE, "china", 2010, 2025, vintage).set_index("year")
    seen = EVIDENCE.series("china", "real_gdp_growth", as_of=vintage).table["value"]
    today = EVIDENCE.series("china", "real_gdp_growth").table["value"]
    for year, rate in rates.iterrows():
        assert rate["value"] == (seen if rate["known"] else today)[year]
    assert set(rates.index[rates["known"].astype(bool)]) <= set(seen.index)


def test_shares_published_and_derived():
    shares = history.shares(EVIDENCE, "headquarters_share", "2021")
    assert shares["value"].round(3).to_dict() == {
        2011: 0.302,
        2016: 0.39,
        2018: 0.395,
        2020: 0.45,
        2022: 0.476,
    }
    # value added over the same source's GDP, 1390 / 3560
    assert shares.loc[2016, "value"] == pytest.approx(1390 / 3560)
    assert not shares.loc[2022, "known"]


def test_the_panel():
    panel = EVIDENCE.panel
    assert panel["code"].nunique() == 212
    assert (panel["year"].min(), panel["year"].max()) == (1961, 2025)
    assert "NA" in set(panel["code"])  # Namibia, not a missing value
    assert panel["growth"].abs().median() < 0.1
