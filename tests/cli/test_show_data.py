"""`futian show data` and what `futian check` says of the data."""

import json
import unicodedata
from pathlib import Path

import pytest

from futian_model import cli, load_evidence
from futian_model.evidence.listing import basis_told, wrapped
from futian_model.project import find_project

ROOT = find_project(Path(__file__).parent).root


@pytest.fixture(autouse=True)
def inside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert cli.main(["show", "data", *arguments]) == 0
    return capsys.readouterr().out


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def test_gdp_of_the_district_by_year_vintage_and_source(capsys: pytest.CaptureFixture[str]) -> None:
    told = shown(capsys, "gdp").split("\n\n")
    assert told[0] == "GDP (gdp)"
    heading, *lines = told[1].splitlines()
    assert heading == "Futian (futian)  gdp  37 figures"
    years = [line[:10].strip() for line in lines if line[:10].strip()]
    assert years == sorted(years)
    assert years[:3] == ["1990", "2007", "2008"]
    # a year alone stands for its December
    assert "2015            3256.24 亿元        nominal  2016-02  point       szft_13fyp" in lines
    assert "                3256.24 亿元        nominal  2016     point       bbs_2015top10" in lines
    assert "2016      !        3560 亿元        nominal  2017-01  estimate    futian_en_2017" in lines
    assert "          !        3725 亿元        nominal  2021-10  point       eda_202110" in lines
    assert "          ! The plan expected about 4800; a review of October 2021 gives 4754" in lines
    assert "before the 2018 economic census; first estimate" in told[1]
    # the city, the province and the nation follow, then how to see the others
    heads = [block.splitlines()[0] for block in told[2:]]
    assert [head.split("(")[-1].split(")")[0] for head in heads[:3]] == ["shenzhen", "guangdong", "china"]
    assert heads[3:] == ["Also held:", "Sources"]
    assert "  --place luohu               2012-2024  6 figures     Luohu" in told[5]
    assert "  futian_en_2017        Futian Congress: Futian maintains GDP growth at 8.6%" in told[6]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("indicator", ["gdp", "population_resident_yearend", "real_gdp_growth"])
def test_lines_fit_a_terminal_and_cells_stand_in_columns(
    indicator: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = shown(capsys, indicator, "--lang", lang).splitlines()
    assert max(map(columns, lines)) <= 100
    known, starts = load_evidence().sources.index, set()
    for line in lines:
        before, _, last = line.rpartition(" ")
        if last in known and len(line) > 40:
            starts.add(columns(before) + 1)
    assert len(starts) == 1


def test_notes_are_told_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert "19.2% of the city" in shown(capsys, "gdp", "--lang", "en")
    chinese = shown(capsys, "gdp", "--lang", "zh")
    assert "占全市19.2%" in chinese
    assert "of the city" not in chinese


def test_one_place(capsys: pytest.CaptureFixture[str]) -> None:
    told = shown(capsys, "gdp", "--place", "luohu", "--lang", "zh")
    assert told.startswith("地区生产总值 (gdp)\n\n罗湖区 (luohu)  gdp  6个数\n")
    assert "! 各次公布不一致" in told
    assert "futian" not in told


@pytest.mark.parametrize("indicator", sorted(load_evidence().indicators.index))
def test_every_indicator_of_the_glossary(indicator: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"({indicator})" in shown(capsys, indicator)


@pytest.mark.parametrize(
    ("indicator", "first"),
    [
        ("nominal_gdp", "Nominal GDP (nominal_gdp): an indicator of the model; published as: gdp"),
        ("real_gdp", "Real GDP (real_gdp): no published figure; see: gdp, real_gdp_growth"),
        (
            "year_end_population",
            "Year-end resident population (year_end_population): an indicator of the model;"
            " published as: population_resident_yearend, population_census",
        ),
    ],
)
def test_an_indicator_of_the_model_points_to_what_is_published(
    indicator: str, first: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = shown(capsys, indicator).splitlines()
    assert told[0] == first
    assert (len(told) > 1) == ("published as" in first)


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(shown(capsys, "headquarters_share", "--json"))
    assert told["held_as"] == ["headquarters_share"]
    plan = next(figure for figure in told["figures"] if figure["period"] == "2020")
    assert plan["value"] == 45
    assert (plan["unit"], plan["price_basis"], plan["precision"]) == ("%", "nominal", "estimate")
    assert (plan["source"], plan["source_title"]) == (
        "futian_14fyp",
        load_evidence().sources.loc["futian_14fyp", "title"],
    )
    assert plan["differs"] is False
    assert "39.5" in plan["explanation_en"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["gpd"], "unknown gpd; did you mean gdp?\n"),
        (["headquaters_share"], "unknown headquaters_share; did you mean headquarters_share?\n"),
        (["gdp", "--place", "shenzen"], "unknown shenzen; did you mean shenzhen?\n"),
    ],
)
def test_an_unknown_name(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", "data", *arguments]) == 2
    assert capsys.readouterr().err == told


def test_a_basis_in_words() -> None:
    assert basis_told("census_2020", "en") == "on the 2020 population census"
    assert basis_told("economic_census_2023", "en") == "after the 2023 economic census"
    assert basis_told("before_economic_census_2018", "zh") == "2018年经济普查前"
    assert basis_told("", "zh") == ""


def test_long_text_breaks_between_words_and_between_characters() -> None:
    lines = wrapped("一" * 60 + " words follow" * 5, "> ", 2)
    assert len(lines) > 1
    assert all(columns(line) <= 100 for line in lines)
    assert "".join(line[2:] for line in lines).count("一") == 60


def test_check_says_that_the_data_were_checked(capsys: pytest.CaptureFixture[str]) -> None:
    evidence = load_evidence()
    assert cli.main(["check", "trend_2021"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith(
        f"data checked: {len(evidence.observations)} figures,"
        f" {sum(map(len, evidence.panels.values()))} of panels,"
        f" {len(evidence.sources)} sources,"
        f" {len(evidence.places)} places; "
    )
    assert cli.main(["check", "trend_2021", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)["data"]
    assert data["figures"] == len(evidence.observations)
    assert data["contradictions"] > data["explained"] == len(evidence.reasons)
