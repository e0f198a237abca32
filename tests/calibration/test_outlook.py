"""What others expect of the nation: which word counts, and how far it lies from the method's median."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from futian_model import load_evidence
from futian_model.calibration.outlook import GROWTH, OUTLOOK, PEOPLE, PRICES, frame, gaps, nation, outlook
from futian_model.calibration.trends import Frame, calibrate

EVIDENCE = load_evidence()
NOW = Frame(EVIDENCE, 2020, 2035, "2026")


def of(table: pd.DataFrame, body: str) -> dict[int, float]:
    own = table[table["body"] == body]
    return dict(zip(own["year"], own["growth"], strict=True))


def test_of_each_year_the_latest_word_counts():
    imf = of(outlook(NOW, GROWTH), "imf")
    # April and January 2026, the World Economic Outlook of October 2025, then the consultation of 2023
    assert [imf[year] for year in (2026, 2027, 2028, 2030, 2031)] == pytest.approx(
        [0.044, 0.040, 0.03965, 0.03362, 0.030]
    )
    october = of(outlook(dataclasses.replace(NOW, vintage="2025-12"), GROWTH), "imf")
    assert [october[year] for year in (2025, 2026, 2027)] == pytest.approx([0.04796, 0.04163, 0.04186])
    goldman = of(outlook(NOW, GROWTH), "goldman_sachs")
    assert [goldman[year] for year in (2027, 2028, 2030)] == pytest.approx([0.047, 0.04, 0.025])


@pytest.mark.parametrize("vintage", ["2015", "2021", "2024-06", "2026"])
def test_nothing_later_nothing_old_and_no_year_that_is_over(vintage):
    table = outlook(dataclasses.replace(NOW, vintage=vintage), GROWTH)
    year = int(vintage[:4])
    assert table["edition"].str[:4].astype(int).between(year - 5, year).all()
    assert table["year"].between(max(year, 2021), 2035).all()
    assert not table.duplicated(["body", "year"]).any()
    assert table["growth"].between(0.015, 0.10).all()


def test_what_a_goal_needs_is_nobodys_expectation():
    bodies = set(outlook(NOW, GROWTH)["body"])
    named = EVIDENCE.paths[EVIDENCE.paths["note"].str.contains("requirement")]
    assert len(named) > 0
    assert (named["body"] == "").all()
    assert "" not in bodies
    # a range has its middle: 5 to 6 % of Lin, 2 to 3 of the Lowy Institute
    assert of(outlook(NOW, GROWTH), "lin")[2030] == pytest.approx(0.055)
    assert of(outlook(NOW, GROWTH), "lowy")[2030] == pytest.approx(0.025)


def test_prices_and_people_are_those_of_the_file():
    # growth of the deflator's level, and of 1401.92 over 1405.08 million people
    assert of(outlook(NOW, PRICES), "imf")[2030] == pytest.approx(0.01953)
    assert of(outlook(NOW, PEOPLE), "imf")[2026] == pytest.approx(1401.92 / 1405.08 - 1, abs=1e-6)
    assert outlook(dataclasses.replace(NOW, vintage="2025-09"), PRICES).empty
    assert set(EVIDENCE.paths["indicator"]) == {GROWTH}


def test_a_gap_is_over_the_years_that_both_tell_of():
    table = pd.DataFrame(
        [("b", 2026, 0.05), ("b", 2027, 0.05), ("a", 2027, 0.02), ("a", 2040, 0.9)],
        columns=["body", "year", "growth"],
    ).assign(name_zh="名", name_en="name", edition="2026")
    found = gaps(table, pd.Series({2026: 0.04, 2027: 0.03})).set_index("body")
    assert list(found.index) == ["b", "a"]
    assert found["gap"].to_dict() == pytest.approx({"b": 0.015, "a": -0.01})
    assert found["median"].to_dict() == pytest.approx({"b": 0.035, "a": 0.03})
    assert found["last"].to_dict() == {"b": 2027, "a": 2027}


def test_rows_say_what_the_tables_do():
    rows = frame(NOW, "here")
    rows = rows[rows["reading"] == OUTLOOK]
    told = rows[(rows["indicator"] == GROWTH) & (rows["case"] == "place=china")].set_index("statistic")
    bodies = rows[(rows["indicator"] == GROWTH) & (rows["statistic"] == "gap")].iloc[:-1]
    assert told.loc["bodies", "value"] == len(bodies) == outlook(NOW, GROWTH)["body"].nunique()
    assert told.loc["gap", "value"] == pytest.approx(bodies["value"].mean())
    assert frame(dataclasses.replace(NOW, vintage="2021"), "here")["indicator"].unique() == [GROWTH]


def test_the_nations_own_medians_are_those_of_the_calibration():
    calibration = calibrate(EVIDENCE, base_year=2020, horizon=2035, vintage="2026")
    assert np.array_equal(nation(NOW, GROWTH).mean[0], calibration.ladder.mean[0])
    people = nation(NOW, PEOPLE)
    # the lowest rung of the same state is what the district's trend is made of
    assert people.of(2, 2021)[0] == pytest.approx(calibration.population.centre)
    assert nation(NOW, PRICES).of(2, 2021)[0] == pytest.approx(calibration.deflator.centre)
