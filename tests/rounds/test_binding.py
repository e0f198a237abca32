"""Binding a round: everything in it, whole or not at all, and never over another."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from futian_model.errors import FileFault, InputError
from futian_model.evidence import load_evidence
from futian_model.project import Project
from futian_model.rounds import Round, Row, bind, binding, editions, free, is_round, names
from futian_model.rounds.binding import seeded
from futian_model.rounds.edition import checked_name
from futian_model.scenario import Run, load_scenario
from futian_model.simulation import simulate

from .conftest import DRAWS, NEXT, bound, edited


def test_a_round_holds_what_it_was_made_from(two: Project) -> None:
    folder = two.rounds / "2026"
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    files = {str(file.relative_to(folder)): file for file in folder.rglob("*") if file.is_file()}
    digests = {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items()}
    assert manifest["files"] == {name: told for name, told in digests.items() if name != "manifest.json"}
    assert {"data/observations.csv", "data/datapackage.json", "data/panel_regions.csv"} <= set(files)
    assert {"params/trend_2021.yaml", "notebooks/scenario_report.ipynb"} <= set(files)
    assert {"results/trend_2021.csv", "results/plan_targets.csv"} <= set(files)
    assert manifest["scenarios"]["plan_targets"]["title"]["en"] == "If the plan's targets are met"
    assert {"library", "library code", "numpy", "python", "system"} <= set(manifest["made_by"])
    assert [one.name for one in editions(two)] == ["2026", NEXT]


def test_the_scenario_is_resolved_and_says_how_it_ran(two: Project, first: Round) -> None:
    made, scenario = first, first.scenario("plan_targets")
    assert "extends" not in (made.project.params / "plan_targets.yaml").read_text("utf-8")
    assert scenario.run == Run(draws=DRAWS, seed=7)
    original = load_scenario("plan_targets", two, evidence=made.evidence)
    assert scenario.levers == original.levers


def test_results_are_the_models_to_the_last_digit(first: Round) -> None:
    made = first
    bound_values = made.results("plan_targets")
    for reading in ("given_scenario", "given_evidence"):
        result = simulate(made.scenario("plan_targets"), made.evidence, reading=reading)
        for name, path in result.central.items():
            told = [bound_values[Row(reading, name, int(year), "central")] for year in result.years]
            assert told == path.tolist()
        growth = result.paths["real_gdp"][:, 1:] / result.paths["real_gdp"][:, :-1] - 1
        told = [bound_values[Row(reading, "real_gdp_growth", int(year), "p90")] for year in result.years[1:]]
        assert told == np.quantile(growth, 0.9, axis=0).tolist()
        goal = made.evidence.goal("gdp_double_2035")
        chance = bound_values[Row(reading, goal.name, goal.year, "probability")]
        assert chance == result.probability(goal)


def test_a_name_that_is_taken_is_refused_and_nothing_is_touched(two: Project) -> None:
    before = (two.rounds / "2026" / "manifest.json").read_bytes()
    with pytest.raises(InputError, match=r"round = '2026'; allowed: a name that no round has yet"):
        bound(two, "2026", "trend_2021")
    assert (two.rounds / "2026" / "manifest.json").read_bytes() == before
    assert sorted(file.name for file in two.rounds.iterdir()) == ["2026", NEXT]


@given(st.text(max_size=70))
@example("..")
@example("a/b")
@example("C:\\x")
@example("2026.")
@example(".new-2026-x")
@example("NUL.2026")
@example("con")
@example("2026年中期_v1.2-a")
def test_any_name_is_refused_or_stays_in_its_folder(name: str) -> None:
    project = Project(Path("/nowhere"))
    known = is_round(project, name)
    try:
        home = free(project, name)
    except InputError as error:
        told = str(error)
    else:
        assert home.parent == project.rounds
        assert checked_name(home.name) == home.name
        assert os.path.normpath(home) == str(home)
        return
    assert ("path separators" in told, known) == (True, False)


def test_a_name_alike_but_for_small_letters_is_taken(tmp_path: Path) -> None:
    (tmp_path / "rounds" / "Spring").mkdir(parents=True)
    with pytest.raises(InputError, match="rounds/Spring is held already"):
        free(Project(tmp_path), "spring")
    for name in ("con", "NUL.2026", "com1"):
        with pytest.raises(InputError, match="no name of a device"):
            free(Project(tmp_path), name)


def test_no_scenario_left_leaves_no_round(plain: Project) -> None:
    evidence = load_evidence(plain)
    with pytest.raises(InputError, match="an edition with at least one scenario; it failed"):
        bind(plain, "2026", [], evidence, failures={"x": "it failed"})
    assert list(plain.rounds.iterdir()) == []


def test_a_report_that_says_otherwise_is_listed_and_not_bound(first: Round, plain: Project) -> None:
    content = (first.folder / "results" / "trend_2021.csv").read_bytes()
    row = next(
        line
        for line in content.splitlines()
        if b",real_gdp,,\xe4\xba\xbf\xe5\x85\x83,constant,2035,,central," in line
    )
    changed = content.replace(row, row.rpartition(b",")[0] + b",1.0")
    again = bound(
        plain, "second", "trend_2021", "stagnation",
        reports={"trend_2021": changed}, failures={"other": "cell 3"},
    )  # fmt: skip
    assert again.scenarios == ["stagnation"]
    assert set(again.failures) == {"trend_2021", "other"}
    assert "real_gdp 2035 central: 1.0 in the report" in again.failures["trend_2021"]
    assert not (again.project.params / "trend_2021.yaml").exists()
    assert names(plain) == ["second"]


def test_data_that_changed_meanwhile_make_no_round(plain: Project) -> None:
    evidence = load_evidence(plain)
    scenario = load_scenario("trend_2021", plain, evidence=evidence)
    edited(plain.data / "observations.csv", "4754", "4755")
    with pytest.raises(FileFault, match=r"data/observations\.csv: changed while the reports were made"):
        bind(plain, "2026", [scenario], evidence)
    assert list(plain.rounds.iterdir()) == []


def test_a_seed_drawn_anew_is_bound(first: Round) -> None:
    free_seed = replace(first.scenario("trend_2021"), run=Run(draws=20, seed=None))
    made, again = seeded(free_seed), seeded(free_seed)
    assert isinstance(made.run.seed, int)
    assert made.run.seed != again.run.seed
    assert seeded(made).run == made.run


@pytest.mark.parametrize("moment", ["computed", "move"])
def test_a_second_round_of_a_name_at_once_is_told_and_both_end(
    moment: str, plain: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run binds the name while this one computes, or in the moment before it puts its own away."""
    own = getattr(binding, moment)

    def meanwhile(*arguments: object) -> object:
        monkeypatch.undo()
        assert bound(plain, "2026", "trend_2021", draws=20).name == "2026"
        return own(*arguments)

    monkeypatch.setattr(binding, moment, meanwhile)
    with pytest.raises(InputError, match="a name that no round has yet; rounds/2026 is held already"):
        bound(plain, "2026", "trend_2021", draws=20)
    assert [folder.name for folder in plain.rounds.iterdir()] == ["2026"]


KILLED = """
import sys
from pathlib import Path
from futian_model.project import Project
sys.path.insert(0, {tests!r})
from rounds.conftest import bound
bound(Project(Path({root!r})), "2026", "trend_2021", draws=60_000)
"""


def test_a_kill_in_the_middle_leaves_no_round(plain: Project) -> None:
    code = KILLED.format(tests=str(Path(__file__).parents[1]), root=str(plain.root))
    started = subprocess.Popen([sys.executable, "-c", code])
    try:
        deadline = time.monotonic() + 60
        while not list(plain.root.glob("rounds/.new-2026-*/params/*.yaml")):
            assert started.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.005)
    finally:
        started.send_signal(signal.SIGKILL)
        started.wait()
    assert names(plain) == []
    assert editions(plain) == []
    bound(plain, "2026", "trend_2021", draws=20)
    assert [file.name for file in plain.rounds.iterdir()] == ["2026"]
