"""Sessions in their file: back after the kernel has ended, never lost, never of somebody else."""

import json

import pytest

from futian_model import explore, load_scenario
from futian_model.explorer import Explorer, State
from futian_model.explorer.messages import Desk
from futian_model.explorer.session import numbers
from futian_model.explorer.sessions import Keeper, place
from futian_model.kernels import OWN_SERVER

RATE = "path:levers.growth.phases[0].growth_rate"
MOVED = State({"growth": "path", "vintage": "2026"}, {RATE: 0.061})


def opened(own, name="trend_2021"):
    """A session with its keeper, as a new kernel opens it."""
    explorer = Explorer(load_scenario(name, own.project, evidence=own), own, draws=200)
    keeper = Keeper(explorer, place(own.project, explorer.space.start))
    return Desk(explorer, "zh", keeper), explorer, keeper


def test_a_session_is_back_with_its_runs_names_and_notes(own):
    desk, explorer, keeper = opened(own)
    assert [head["kind"] for head, _ in desk.answer({"kind": "hello"})] == ["layout", "runs", "answer"]
    keeper.flush()
    assert not keeper.file.exists()  # nothing was done
    desk.answer({"kind": "load", "file": "stagnation"})
    desk.answer({"kind": "keep", "name": "慢"})
    desk.answer({"kind": "note", "name": "慢", "note": "供讨论"})
    desk.answer({"kind": "load", "file": "trend_2021"})
    desk.answer({"kind": "state", "state": MOVED.to_dict()})
    desk.answer({"kind": "keep", "name": "快"})  # and all cells are run again at once
    again, other, back = opened(own)
    assert back.file == own.project.root / ".explorer" / "trend_2021.json"
    assert (other.state, other.moment.same(explorer.moment)) == (MOVED, False)
    assert numbers(other.answer) == numbers(explorer.answer)
    assert [(run.name, run.note, run.start.id) for run in other.runs] == [
        ("慢", "供讨论", "stagnation"),
        ("快", "", "trend_2021"),
    ]
    assert [numbers(run.answer) for run in other.runs] == [numbers(run.answer) for run in explorer.runs]
    assert [run.changes for run in other.runs] == [run.changes for run in explorer.runs]
    session, _ = again.answer({"kind": "hello"})[-1]
    assert (session["kind"], session["restored"], session["unread"]) == ("session", True, [])
    assert again.answer({"kind": "hello"})[-1][0]["kind"] == "answer"  # said once
    # the scenario as it is, a step back
    other.undo()
    assert other.state == State()
    assert other.space.start is back.opened
    # other scenarios have sessions of their own
    assert opened(own, "stagnation")[1].runs == []


def test_a_session_of_a_file_that_has_changed_can_be_gone_back_to(own):
    desk, *_, keeper = opened(own)
    desk.answer({"kind": "state", "state": MOVED.to_dict()})
    desk.answer({"kind": "keep", "name": "run"})
    keeper.flush()
    file = own.project.params / "plan_2021" / "trend_2021.yaml"
    file.write_text(file.read_text("utf-8").replace('vintage: "2021"', 'vintage: "2023"'), "utf-8")
    _, explorer, back = opened(own)
    assert (explorer.state, explorer.scenario.assumptions.vintage) == (State(), "2023")
    assert explorer.run("run").start.assumptions.vintage == "2021"
    explorer.undo()
    assert (explorer.state, explorer.space.start.assumptions.vintage) == (MOVED, "2021")
    assert back.restored


def test_what_two_kernels_keep_is_all_there(own):
    one, *_, first = opened(own)
    two, *_, second = opened(own)
    one.answer({"kind": "keep", "name": "a"})
    two.answer({"kind": "keep", "name": "b"})
    two.answer({"kind": "keep", "name": "gone"})
    two.answer({"kind": "drop", "name": "gone"})
    for keeper in (first, second):
        keeper.flush()
    assert {run.name for run in opened(own)[1].runs} == {"a", "b"}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 0}', '{"version": 1, "runs": [{}]}'])
def test_a_file_that_is_no_session_is_kept_aside(own, text):
    file = place(own.project, load_scenario("trend_2021", own.project, evidence=own))
    file.parent.mkdir()
    file.write_text(text, "utf-8")
    desk, explorer, keeper = opened(own)
    assert (explorer.runs, keeper.restored) == ([], False)
    desk.answer({"kind": "keep", "name": "a"})
    keeper.flush()
    assert json.loads(file.read_text("utf-8"))["runs"][0]["name"] == "a"
    assert file.with_name("trend_2021.kept-1.json").read_text("utf-8") == text


def test_a_run_that_cannot_be_worked_out_stays_in_the_file(own):
    desk, _, keeper = opened(own)
    desk.answer({"kind": "keep", "name": "a"})
    desk.answer({"kind": "keep", "name": "b"})
    keeper.flush()
    content = json.loads(keeper.file.read_text("utf-8"))
    content["runs"][0]["state"]["choices"] = {"growth": "gone"}
    keeper.file.write_text(json.dumps(content), "utf-8")
    desk, explorer, keeper = opened(own)
    assert ([run.name for run in explorer.runs], keeper.unread) == (["b"], ["a"])
    desk.answer({"kind": "keep", "name": "c"})
    keeper.flush()
    kept = json.loads(keeper.file.read_text("utf-8"))["runs"]
    assert sorted(run["name"] for run in kept) == ["a", "b", "c"]


def test_where_it_cannot_be_written_that_is_said(own):
    (own.project.root / ".explorer").write_text("", "utf-8")  # no folder
    desk, _, keeper = opened(own)
    desk.answer({"kind": "keep", "name": "a"})
    keeper.flush()
    head, _ = desk.answer({"kind": "keep", "name": "b"})[0]
    assert ".explorer" in head["unkept"]


def test_a_page_for_many_keeps_nothing(own, monkeypatch):
    start = load_scenario("trend_2021", own.project, evidence=own)
    assert explore(start, evidence=own, draws=100).desk.keeper.file == place(own.project, start)
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    assert explore(start, evidence=own, draws=100).desk.keeper is None
    monkeypatch.setenv(OWN_SERVER, "yes")  # by `futian explore`
    widget = explore(start, evidence=own, draws=100)
    assert (widget.desk.keeper is not None, widget.beside) == (True, True)
