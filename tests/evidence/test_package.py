"""What the shipped package holds beyond the district: places, bases, sources that are used."""

import pandas as pd
import pytest

from futian_model import load_evidence

EVIDENCE = load_evidence()
ROWS = EVIDENCE.observations


def test_every_place_has_figures_a_part_to_play_and_a_parent():
    assert set(ROWS["geo"]) == set(EVIDENCE.places.index)
    for role in ("district", "city", "province", "nation"):
        assert EVIDENCE.place(role)
    compared = EVIDENCE.places[EVIDENCE.places["role"].str.startswith("comparable_")]
    assert len(compared) == 35
    assert compared["parent"].isin(EVIDENCE.places.index).all()


@pytest.mark.parametrize(
    ("geo", "indicator", "period", "value", "unit", "basis", "source", "precision"),
    [
        ("nanshan", "gdp", "2018", 5018, "亿元", "", "szns_2019gwr", "rounded"),
        ("longgang", "gdp", "2025", 6000, "亿元", "", "itiger_202602", "lower_bound"),
        ("luohu", "gdp", "2012", 1359.05, "亿元", "", "luohu_2012prelim", "estimate"),
        ("nanshan", "gdp_per_capita", "2013", 28.85, "万元/人", "", "szns_2014gwr", "estimate"),
        (
            "beijing_chaoyang",
            "gdp",
            "2018",
            6093.5,
            "亿元",
            "before_economic_census_2018",
            "bj_districts_2022",
            "point",
        ),
        ("beijing", "gdp", "2022", 41610.9, "亿元", "economic_census_2018", "bj_districts_2022", "point"),
        (
            "shenzhen",
            "population_resident_yearend",
            "2019",
            1343.88,
            "万人",
            "census_2010",
            "szns_pop2019",
            "point",
        ),
        ("shenzhen", "gdp", "2024", 36801.87, "亿元", "economic_census_2023", "sz_bulletin_2024", "point"),
        ("futian", "gdp_per_capita", "2020", 28.6, "万元/人", "census_2010", "futian_14fyp", "estimate"),
    ],
)
def test_a_figure_with_its_unit_basis_and_precision(
    geo, indicator, period, value, unit, basis, source, precision
):
    row = ROWS[(ROWS["geo"] == geo) & (ROWS["indicator"] == indicator) & (ROWS["period"] == period)]
    row = row[row["source"] == source].iloc[0]
    assert (row["value"], row["unit"], row["basis"], row["precision"]) == (value, unit, basis, precision)


def test_bounds_and_round_figures_say_so():
    chinese, english = ROWS["note_zh"].str, ROWS["note_en"].str
    bounds = chinese.contains("突破|超过|下限") | english.contains("LOWER BOUND|^more than|above .* yuan")
    assert (ROWS.loc[bounds, "precision"] == "lower_bound").all()
    approximate = chinese.contains("左右|^约|，约") | english.contains("^about|, about|around")
    assert (ROWS.loc[approximate, "precision"] == "rounded").all()


def test_growth_has_no_basis_and_people_no_economic_census():
    based = ROWS[ROWS["basis"] != ""]
    kinds = based["indicator"].map(EVIDENCE.indicators["kind"])
    assert set(kinds) == {"level"}
    people = based["indicator"].str.contains("population|per_capita")
    assert (based["basis"].str.startswith("census_") == people).all()


def test_every_source_is_used():
    data = EVIDENCE.project.data
    tables = [pd.read_csv(file, dtype=str) for file in data.glob("*.csv") if file.name != "sources.csv"]
    used = {name for table in tables if "source" in table for name in table["source"]}
    described = (data / "datapackage.json").read_text("utf-8")  # a panel of one source names it there
    assert [name for name in EVIDENCE.sources.index if name not in used and name not in described] == []


HAN = "[\u4e00-\u9fff]"
REMARK = r"\b(?:copy|mirror|via|repost|quoting|citing|kept|from|article|public|at|on|report)\b"
"""Words of a remark on how a source was reached."""


def test_every_publisher_is_named_in_both_languages():
    names = EVIDENCE.sources[["publisher_zh", "publisher_en"]]
    assert (names != "").all(axis=None)
    assert names[names["publisher_en"].str.contains(HAN)].empty
    # an address or a name of its own may stay as it is, a remark may not
    words = names["publisher_zh"].str.replace(
        r"[\w-]*[./][\w./-]*|《[^》]*》|Finances of the Nation", "", regex=True
    )
    assert names[words.str.contains(REMARK)].empty
    remarked = names[names["publisher_en"].str.contains(REMARK)]
    assert len(remarked) > 50
    assert remarked["publisher_zh"].str.contains(HAN).all()


def test_every_note_is_in_both_languages():
    notes = ROWS[["note_zh", "note_en"]]
    noted = notes[(notes != "").any(axis=1)]
    assert len(noted) > 400
    assert (noted != "").all(axis=None)
    assert noted[noted["note_en"].str.contains(HAN)].empty
    # numbers and names of sources may stand as they are, English words may not
    words = noted["note_zh"].str.replace(r"GDP|R&D|[a-z]+_[\w]+|[a-z]+\.org\.[a-z]+", "", regex=True)
    assert noted[words.str.contains("[A-Za-z]{2}")].empty
