"""Opening an old round: it comes out again to the last digit, or what changed is named."""

import json

import pytest

from futian_model.errors import InputError
from futian_model.project import Project
from futian_model.report.terminal.rounds import listing, reproduced
from futian_model.rounds import Round, editions, opened, reproduce
from futian_model.rounds.making import changed
from futian_model.rounds.reproducing import distance, touched

from .conftest import NEXT, Futian, edited


def test_an_old_round_comes_out_again_whatever_happened_since(two: Project, futian: Futian) -> None:
    status, told, _ = futian(two, "round", "2026")
    assert status == 0
    assert told.count("reproduced to the last digit (") == 2
    assert "Reproduced to the last digit.\n" in told
    assert "Changed since" not in told


@pytest.mark.thorough
def test_a_changed_figure_inside_the_round_is_named(copied: Project, futian: Futian) -> None:
    edited(
        copied.rounds / "2026" / "data" / "observations.csv", "futian,gdp,2020,4800,", "futian,gdp,2020,4900,"
    )
    status, told, _ = futian(copied, "round", "2026", "--json")
    found = json.loads(told)
    assert status == 1
    assert not found["reproduced"]
    assert found["changed"]["files"] == {"data/observations.csv": "edited"}
    (plan,) = [one for one in found["scenarios"] if one["scenario"] == "plan_targets"]
    assert 0 < plan["differing"] <= plan["values"]
    assert plan["then"] != plan["now"]
    text = "\n".join(reproduced(reproduce(opened(copied, "2026"), copied), "zh"))
    assert "版次中的data/observations.csv：被改动" in text
    assert "未能重现。" in text


@pytest.mark.thorough
def test_a_note_changes_no_result_and_is_named_all_the_same(copied: Project) -> None:
    folder = copied.rounds / "2026"
    edited(folder / "data" / "sources.csv", "The plan document.", "The plan.")
    (folder / "remark.txt").write_text("read me", "utf-8")
    made = reproduce(opened(copied, "2026"), copied)
    assert all(one.same for one in made.scenarios)
    assert made.files == {"data/sources.csv": "edited", "remark.txt": "added"}
    assert not made.same
    (folder / "data" / "sources.csv").write_bytes(
        (copied.rounds / NEXT / "data" / "sources.csv").read_bytes()
    )
    assert touched(opened(copied, "2026")) == {"remark.txt": "added"}


def test_an_edited_result_is_named(copied: Project) -> None:
    file = copied.rounds / "2026" / "results" / "trend_2021.csv"
    lines = file.read_text("utf-8").splitlines()
    lines[5] = lines[5].rpartition(",")[0] + ",123.0"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    made = reproduce(opened(copied, "2026"), copied)
    one = made.scenarios[0]
    assert (one.scenario, one.differing, one.then) == ("trend_2021", 1, 123.0)
    assert made.files == {"results/trend_2021.csv": "edited"}
    assert "results/trend_2021.csv in the round: edited" in "\n".join(reproduced(made, "en"))


def test_another_library_and_another_notebook_are_named(copied: Project, futian: Futian) -> None:
    file = copied.rounds / "2026" / "manifest.json"
    manifest = json.loads(file.read_text("utf-8"))
    manifest["made_by"] |= {"library": "0.0.9", "library code": "other", "numpy": "1.0"}
    file.write_text(json.dumps(manifest), "utf-8")
    edited(copied.notebooks / "scenario_report.ipynb", "Scenario report", "Our report")
    status, told, _ = futian(copied, "round", "2026")
    assert status == 0  # all of it comes out again
    for change in (
        "library: 0.0.9 then, ",
        "code of the library",
        "numpy: 1.0 then, ",
        "scenario_report.ipynb",
    ):
        assert change in told


def test_a_newer_library_is_told(first: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    assert changed(first.manifest["made_by"]) == {}
    monkeypatch.setattr("futian_model.rounds.making.__version__", "99.0")
    (then, now) = changed(first.manifest["made_by"])["library"]
    assert (then, now) == (first.manifest["made_by"]["library"], "99.0")


def test_what_cannot_be_run_says_where(copied: Project) -> None:
    folder = copied.rounds / "2026"
    edited(folder / "params" / "trend_2021.yaml", "horizon: 2035", "horizon: soon")
    (folder / "results" / "plan_targets.csv").unlink()
    made = reproduce(opened(copied, "2026"), copied)
    told = {one.scenario: one.fault for one in made.scenarios}
    assert told["trend_2021"].startswith("rounds/2026/params/trend_2021.yaml, line ")
    assert told["plan_targets"] == "rounds/2026/results/plan_targets.csv: no such file"
    assert made.files == {"params/trend_2021.yaml": "edited", "results/plan_targets.csv": "missing"}


def test_data_that_cannot_be_read_say_where(copied: Project) -> None:
    edited(copied.rounds / "2026" / "data" / "observations.csv", ",nominal,", ",nominl,")
    made = reproduce(opened(copied, "2026"), copied)
    assert all(one.fault.startswith("rounds/2026/data/observations.csv, line ") for one in made.scenarios)


def test_rounds_are_listed_and_an_unknown_one_told(two: Project, futian: Futian) -> None:
    status, told, _ = futian(two, "round")
    assert status == 0
    assert [line.partition(":")[0] for line in told.splitlines()] == ["2026", NEXT]
    status, _, fault = futian(two, "round", "2025")
    assert status == 2
    assert "round = '2025'; allowed: 2026, 2027; did you mean" in fault
    assert "存档，2个情景" in "\n".join(listing(editions(two), "zh"))


def test_a_broken_manifest_does_not_hide_the_others(copied: Project, futian: Futian) -> None:
    (copied.rounds / "2026" / "manifest.json").write_text('{"form": 1}', "utf-8")
    status, told, fault = futian(copied, "round")
    assert status == 2
    assert told.startswith(f"{NEXT}: ")
    assert "rounds/2026/manifest.json: not a manifest" in fault


def test_no_round_is_held_yet(plain: Project, futian: Futian) -> None:
    assert futian(plain, "round")[1].startswith("No round is kept yet.")
    with pytest.raises(InputError, match="none, no round is held yet"):
        opened(plain, "2026")


@pytest.mark.parametrize(
    ("then", "now", "apart"),
    [(1.0, 1.0, 0.0), (float("nan"), float("nan"), 0.0), (2.0, 3.0, 0.5), (0.0, 1e-300, float("inf")),
     (1.0, None, float("inf")), (1.0, float("nan"), float("inf"))],
)  # fmt: skip
def test_distances(then: float, now: float | None, apart: float) -> None:
    assert distance(then, now) == apart
