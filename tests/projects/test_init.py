"""`futian init`: a project for any district, from files alone."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from laid_out import ROOT, rows, strangers

from futian_model import cli
from futian_model.evidence import load_evidence
from futian_model.project import Project
from futian_model.report import EvidenceReport
from futian_model.scenario import builtin_scenarios, load_scenario
from futian_model.simulation import simulate

Init = Callable[..., Path]
NEW = ("--district", "xinqu", "--name-zh", "新区", "--name-en", "New Area")
"""Asks for the project that `laid_out` is, too."""


def append(folder: Path, table: str, line: str) -> None:
    with (folder / "data" / f"{table}.csv").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def typed_in(folder: Path) -> None:
    """One source and one GDP, the least that a simulation needs."""
    append(folder, "sources", "xq_2024,公报,统计局,Bureau of statistics,2024-05,,official,2026-11-24,")
    append(folder, "observations", "xinqu,gdp,2023,1234.5,亿元,nominal,,2024-05,xq_2024,point,,,")


def test_a_district_that_is_not_held_gets_tables_to_fill_in_and_all_that_is_shared(laid_out: Path) -> None:
    made = laid_out
    assert {row["geo"]: row["role"] for row in rows(made, "places")}["xinqu"] == "district"
    own = [row for row in rows(made, "observations") if row["geo"] in ("xinqu", "futian")]
    assert own == []
    assert {row["geo"] for row in rows(made, "plan_goals")} == {"china", "shenzhen"}
    for table in ("panel_countries", "panel_regions", "constants", "record", "indicators"):
        name = f"data/{table}.csv"
        assert (made / name).read_bytes() == (ROOT / name).read_bytes()
    kept = {tuple(row.values()) for row in rows(made, "observations")}
    assert kept == {tuple(row.values()) for row in rows(ROOT, "observations") if row["geo"] != "futian"}
    described = json.loads((made / "data" / "datapackage.json").read_text("utf-8"))
    assert (described["name"], described["title"]) == (
        "xinqu",
        "New Area: official figures and their sources",
    )
    assert {path.name for path in made.iterdir()} == {
        "README.md",
        "README.zh.md",
        "data",
        "notebooks",
        "params",
    }
    assert strangers(made) == []


def test_every_source_that_is_left_is_one_somebody_names(laid_out: Path) -> None:
    made = laid_out
    left = {row["source"] for row in rows(ROOT, "sources")} - {row["source"] for row in rows(made, "sources")}
    gone = [row for row in rows(ROOT, "observations") if row["geo"] == "futian"]
    assert left <= {row["source"] for row in [*gone, *rows(ROOT, "plan_goals"), *rows(ROOT, "annual_plan")]}
    assert "futian_14fyp" in left


def test_check_of_a_fresh_project_says_what_is_missing(
    init: Init, capsys: pytest.CaptureFixture[str]
) -> None:
    made = init(*NEW)
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("New Area (xinqu): set up in ")
    assert str(made / "data" / "README.md") in told[1]
    assert cli.main(["check"]) == 2
    assert capsys.readouterr().err == (
        "params/evidence_trend.yaml, line 17: assumptions.base_year = 2023; allowed: a year with a GDP of"
        " xinqu in data/observations.csv, or after one: none is held yet\n"
    )
    typed_in(made)
    assert cli.main(["check", "evidence_trend"]) == 0
    told = capsys.readouterr().out
    assert "The data hold no goals of a plan for New Area" in told
    assert (
        "The data hold no population of New Area for 2023, so population and GDP per capita are left out."
        in told
    )
    assert cli.main(["check", "--json", "stagnation"]) == 0
    assert len(json.loads(capsys.readouterr().out)["missing"]) == 3


def test_a_figure_typed_in_brings_what_waits_for_it(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = fresh
    typed_in(made)
    project = Project(made)
    bare = simulate(load_scenario("evidence_trend", project), load_evidence(project), draws=10)
    assert "real_gdp_per_capita" not in bare.indicators
    append(made, "observations", "xinqu,gdp_per_capita,2023,12.3,万元/人,nominal,,2024-05,xq_2024,point,,,")
    whole = simulate(load_scenario("evidence_trend", project), load_evidence(project), draws=10)
    assert whole.central["real_gdp_per_capita"][0] == pytest.approx(12.3)
    assert whole.central["average_population"][0] == pytest.approx(1234.5 / 12.3)
    # each draw is keyed by name: what is added moves no other path
    assert (whole.paths["real_gdp"] == bare.paths["real_gdp"]).all()


def test_the_evidence_page_of_a_district_without_published_growth_is_made(fresh: Path) -> None:
    typed_in(fresh)
    project = Project(fresh)
    evidence = load_evidence(project)
    assert evidence.series("xinqu", "real_gdp_growth").table.empty
    scenario = load_scenario("evidence_trend", project, evidence=evidence)
    page = EvidenceReport(scenario, "en", evidence=evidence, draws=100)
    first = page.growth().to_dict()["children"][0]["charts"][0]
    assert "New Area" in first["alt"]


def test_every_notebook_opens_on_scenarios_that_are_there(laid_out: Path) -> None:
    made = laid_out
    ids = {path.stem for path in builtin_scenarios(Project(made))}
    assert {file.name for file in (made / "notebooks").iterdir()} == {
        file.name for file in (ROOT / "notebooks").glob("*.ipynb")
    }
    for file in (made / "notebooks").iterdir():
        cells = json.loads(file.read_text("utf-8"))["cells"]
        (cell,) = [one for one in cells if "parameters" in one["metadata"].get("tags", ())]
        given: dict[str, object] = {}
        exec("".join(cell["source"]), given)
        named = [given[name] for name in ("scenario", "a", "b") if name in given]
        assert set(named) <= ids
        assert len(set(named)) == len(named)


def test_a_district_of_another_city_takes_that_city_and_none_of_the_old_one_s_paths(init: Init) -> None:
    made = init("--district", "广州市天河区")
    parts = {row["geo"]: row["role"] for row in rows(made, "places")}
    assert (parts["guangzhou_tianhe"], parts["guangzhou"]) == ("district", "city")
    assert (parts["shenzhen"], "futian" in parts) == ("comparable_city", False)
    contexts = {file.stem for file in (made / "params" / "context").iterdir()}
    assert {name for name in contexts if name.startswith("city")} == {"city_as_nation", "city_lead_fades"}
    assert "Guangzhou" in (made / "params" / "external_shock.yaml").read_text("utf-8")
    assert cli.main(["check", "external_shock"]) == 0
    assert strangers(made) == []


def test_a_district_of_a_city_that_is_not_held_whatever_their_names(init: Init) -> None:
    city = ("--city", "yi", "--city-name-zh", "乙：市", "--city-name-en", "Yi: #2 'City'")
    made = init("--district", "jia", "--name-zh", "甲：区", "--name-en", "Jia: #1 'Area'", *city)
    places = {row["geo"]: row for row in rows(made, "places")}
    assert (places["yi"]["role"], places["jia"]["parent"]) == ("city", "yi")
    # the province of the old city is around nobody any more
    assert "guangdong" not in places
    assert places["shenzhen"]["parent"] == "china"
    append(made, "sources", "j_2024,公报,统计局,Bureau of statistics,2024-05,,official,2026-11-24,")
    append(made, "observations", "jia,gdp,2023,1500,亿元,nominal,,2024-05,j_2024,point,,,")
    loaded = load_scenario("stagnation", Project(made))
    around = loaded.levers.growth.city.title  # type: ignore[union-attr]
    assert (around["zh"], around["en"]) == ("乙：市：与全国同步", "Yi: #2 'City' in step with the nation")
    assert "Yi: #2 'City' grows in step with the nation" in loaded.description["en"]
    assert not (made / "params" / "external_shock.yaml").exists()  # no growth of the city is held


def test_a_project_is_laid_out_from_the_one_around_the_working_folder(fresh: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert cli.main(["init", str(again), "--district", "luohu"]) == 0
    parts = {row["geo"]: row["role"] for row in rows(again, "places")}
    assert parts["luohu"] == "district"
    assert not {"xinqu", "futian"} & set(parts)


@pytest.mark.parametrize("taken", ["README.md", "data", "params", "notebooks"])
def test_a_folder_that_holds_any_of_it_is_refused_and_left_as_it_is(
    taken: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    if taken == "README.md":
        (folder / taken).write_text("mine")
    else:
        (folder / taken).mkdir()
    before = sorted(tmp_path.rglob("*"))
    assert cli.main(["init", str(folder), *NEW]) == 2
    assert capsys.readouterr().err == (
        f"{folder}: holds {taken} already; allowed: a folder without README.md, README.zh.md, data,"
        " notebooks, params\n"
    )
    assert sorted(tmp_path.rglob("*")) == before


def test_what_else_a_folder_holds_stays(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    assert cli.main(["init", str(folder), *NEW]) == 0
    assert (folder / "notes.txt").read_text() == "mine"
    assert (folder / "data" / "places.csv").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_nothing_is_left_where_the_data_at_hand_are_faulty(
    fresh: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    append(fresh, "observations", "luohu,gdp,2023,a lot,亿元,nominal,,2024-05,nobody,point,,,")
    assert cli.main(["init", str(tmp_path / "again"), "--district", "luohu"]) == 2
    told = capsys.readouterr().err
    assert "value = 'a lot'; allowed: a finite number" in told
    assert "source = 'nobody'" in told
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--district", "nanshn"], "district = 'nanshn'; allowed: a district of data/places.csv: futian, "),
        (["--district", "Xin Qu", "--name-zh", "新区", "--name-en", "New"], "(a-z, 0-9, _) with --name-zh"),
        (["--district", "shenzhen"], "district = 'shenzhen'; allowed: a district; shenzhen is the city"),
        (["--district", "nanshan", "--city", "beijing"], "city = 'beijing'; allowed: shenzhen, in which"),
        ([*NEW, "--city", "nowhere"], "with --city-name-zh and --city-name-en"),
    ],
)
def test_a_place_that_cannot_be_meant_is_told(
    asked: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["init", str(tmp_path / "made"), *asked]) == 2
    assert told in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
