"""The plan's numeric goals outside its Table 1: transcribed whole, and kept apart from the model's goals."""

import re

import pytest

from futian_model import load_evidence
from futian_model.errors import UnknownName

EVIDENCE = load_evidence()
ROWS = EVIDENCE.commitments

# read in the plan a second time: name, target, unit, year, whether the plan states the year, where
PRINTED = [
    "headquarters_zone_area_2025|20|平方公里|2025|no|第六章第一节",
    "integrated_hubs_2025|4|个|2025|no|第七章第三节",
    "local_roads_2025|130|条|2025|no|第七章第三节",
    "community_police_2025|100|%|2025|no|第八章第三节",
    "ecological_corridors_2025|3|条|2025|no|第九章引言",
    "park_coverage_2025|100|%|2025|no|第九章第一节",
    "sponge_city_share_2025|50|%|2025|yes|第九章第二节，专栏7",
    "greenway_2022|13|公里|2022|yes|第九章第二节，专栏7",
    "greenway_2025|25|公里|2025|yes|第九章第二节，专栏7",
    "pm25_2025|20|微克/立方米|2025|yes|第九章第二节",
    "noise_compliance_2025|80|%|2025|yes|第九章第二节",
    "polluted_plots_2025|97|%|2025|yes|第九章第二节",
    "household_waste_2025|100|%|2025|no|第九章第三节",
    "waste_transfer_2025|3200|吨/日|2025|no|第九章第三节，专栏8",
    "sorting_communities_2025|10|个|2025|no|第九章第三节，专栏8",
    "kindergarten_places_2025|6100|座|2025|no|第十章第一节，专栏10",
    "kindergarten_places_2020_2025|9000|座|2025|yes|第十章第一节，专栏10",
    "compulsory_places_2020_2025|61000|座|2025|yes|第十章第一节，专栏10",
    "schools_extended_2025|17|所|2025|no|第十章第一节，专栏10",
    "high_school_places_2025|2400|座|2025|no|第十章第一节，专栏10",
    "hospital_beds_2025|4000|张|2025|yes|第十章第二节",
    "health_centres_2025|100|家|2025|yes|第十章第二节",
    "public_housing_2025|1.5|万套|2025|yes|第十章第四节",
    "subdistrict_venues_2025|100|%|2025|no|第十一章第三节",
]


@pytest.mark.parametrize("printed", PRINTED)
def test_a_commitment_of_the_plan(printed):
    name, value, unit, year, stated, section = printed.split("|")
    row = ROWS.loc[name]
    assert (row["target_value"], row["unit"], row["target_year"]) == (float(value), unit, int(year))
    assert (row["year_stated"], row["section_zh"]) == (stated == "yes", section)


def test_a_figure_printed_is_the_value_held():
    for name, row in ROWS.iterrows():
        for text in (row["target_text"], row["target_text_en"]):
            figures = re.findall(r"\d+(?:[.,]\d+)*", text)
            if figures:
                assert float(figures[0].replace(",", "")) == row["target_value"], name


def test_chinese_and_english_name_the_same_place():
    numerals = "〇一二三四五六七八九十"
    for name, row in ROWS.iterrows():
        chapter, section, box = re.fullmatch(
            r"第(十?.)章(?:第(.)节|引言)(?:，专栏(\d+))?", row["section_zh"]
        ).groups()
        number = 10 + numerals.index(chapter[1]) if len(chapter) == 2 else numerals.index(chapter)
        told = f"Chapter {number}, " + (f"section {numerals.index(section)}" if section else "opening")
        assert row["section_en"] == told + (f", box {box}" if box else ""), name


def test_without_a_year_of_its_own_the_plans_last_one_counts():
    end = EVIDENCE.goals.loc[EVIDENCE.goals["table_row"].notna(), "target_year"].max()
    assert (ROWS.loc[~ROWS["year_stated"], "target_year"] == end).all()


def test_the_base_values_are_those_of_the_observations():
    held = ROWS[ROWS["base_value"].notna()]
    assert set(held.index) == {"pm25_2025", "hospital_beds_2025", "health_centres_2025"}
    for _, row in held.iterrows():
        figure = EVIDENCE.figure("futian", row["indicator"], int(row["base_year"]), source=row["source"])
        assert figure.value == row["base_value"]


def test_they_are_no_goals_of_the_model():
    assert len(ROWS) == 53
    assert not set(ROWS.index) & {goal.name for goal in EVIDENCE.quantified_goals()}
    goal = EVIDENCE.commitment("pm25_2025")
    assert (goal.operator, goal.value, goal.unit, goal.attribute) == ("≤", 20, "微克/立方米", "")
    assert EVIDENCE.commitment("sponge_city_share_2025").value == 0.5
    assert EVIDENCE.name("pm25_2025", "en") == "Annual mean PM2.5"
    with pytest.raises(UnknownName, match="did you mean pm25_2025"):
        EVIDENCE.commitment("pm25_2026")
