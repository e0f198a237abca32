"""Page and kernel: every message is answered, a refused one changes nothing, words come in both languages."""

import json
from pathlib import Path
from shutil import copytree
from threading import Event

import numpy as np
import pytest

from futian_model import at_chance, explore, load_scenario, simulate
from futian_model.errors import InputError
from futian_model.explorer import Explorer, State
from futian_model.explorer.messages import Desk
from futian_model.explorer.session import numbers
from futian_model.explorer.texts import page_texts, words
from futian_model.project import find_project
from futian_model.sensitivity import lever_index
from futian_model.targets import Variable

RATE = "path:levers.growth.phases[1].growth_rate"
MOVED = {"choices": {"growth": "path"}, "numbers": {RATE: 0.07}}


@pytest.fixture
def desk(own):
    return Desk(Explorer(load_scenario("trend_2021", own.project, evidence=own), own, draws=500), "zh")


def only(messages):
    ((head, buffers),) = messages
    json.dumps(head)  # as it travels
    assert {"asked", "view"} <= head.keys()
    return head, buffers


def test_a_page_begins_with_everything_it_needs(desk):
    messages = desk.answer({"kind": "hello"})
    assert [head["kind"] for head, _ in messages] == ["layout", "runs", "answer"]
    json.dumps([head for head, _ in messages])
    layout, (baseline,) = messages[0]
    size = len(layout["baseline_run"]["names"]) * 15 * layout["baseline_run"]["years"]
    assert np.frombuffer(baseline, np.float32).size == size
    assert layout["baseline"]["id"] == "evidence_trend"
    assert {section["group"] for section in layout["sections"]} == {"levers", "assumptions"}


def test_a_moved_state_is_answered_with_its_numbers(desk):
    before = np.frombuffer(only(desk.answer({"kind": "state", "state": State().to_dict()}))[1][0], np.float32)
    head, (buffer,) = only(desk.answer({"kind": "state", "number": 7, "state": MOVED}))
    assert (head["kind"], head["number"], head["state"]) == ("answer", 7, MOVED)
    found = np.frombuffer(buffer, np.float32).reshape(3, 15, 16)
    one = desk.explorer
    np.testing.assert_allclose(found[0, 0], one.answer.central["real_gdp"], rtol=1e-7)
    np.testing.assert_allclose(found[2, 4], one.answer.quantiles["headquarters_share"][3], rtol=1e-7)
    np.testing.assert_allclose(found[0, 8:, 1:], one.answer.growth["real_gdp"], rtol=1e-6)
    assert (found != before.reshape(3, 15, 16)).any()
    assert head["changes"][-1]["en"] == "GDP growth, 2026–2030: 7.00% a year"
    shares = {goal["name"]: goal["share"] for goal in head["goals"]}
    assert shares == {name: chance.share for name, chance in one.answer.chances.items()}


def test_a_refused_state_changes_nothing(desk):
    desk.answer({"kind": "state", "state": MOVED})
    answer = desk.explorer.answer
    bad = {"choices": {"growth": "path"}, "numbers": {RATE: 1.5}}
    head, _ = only(desk.answer({"kind": "state", "state": bad}))
    assert (head["kind"], head["asked"], head["state"]) == ("refused", "state", MOVED)
    (fault,) = head["faults"]
    begins = "levers.growth.phases[1].growth_rate = 1.5"
    assert fault["en"].startswith(f"{begins}; allowed: growth, a fraction a year")
    assert fault["zh"].startswith(f"{begins}；应为：每年增速")
    assert desk.explorer.answer is answer


def test_steps_are_undone_and_done_again(desk):
    own = desk.explorer
    begun = own.moment
    moves = [0.05, 0.06, 0.07]
    for at, rate in enumerate(moves):  # a drag is one step
        state = {"choices": {"growth": "path"}, "numbers": {RATE: rate}}
        desk.answer({"kind": "state", "state": state, "gesture": "hand 1" if at < 2 else "hand 2"})
    desk.answer(
        {"kind": "state", "state": MOVED | {"choices": {"growth": "path", "vintage": "2026"}}, "ground": {}}
    )
    on_2026 = own.moment
    desk.answer({"kind": "load", "file": "stagnation"})
    desk.answer({"kind": "state", "state": MOVED | {"numbers": {RATE: 9.0}}})  # refused: no step
    seen = []
    while own.past:
        heads = [head for head, _ in desk.answer({"kind": "undo"})]
        json.dumps(heads)
        seen.append(([head["kind"] for head in heads], own.space.start.id, own.state.numbers))
        assert heads[-1]["redo"]
    first, second = RATE.replace("[1]", "[0]"), RATE
    assert seen == [
        (["layout", "runs", "answer"], "trend_2021", {first: 0.07}),
        (["controls", "runs", "answer"], "trend_2021", {second: 0.07}),
        (["runs", "answer"], "trend_2021", {second: 0.06}),
        (["runs", "answer"], "trend_2021", {}),
    ]
    assert own.moment.same(begun)
    assert not own.undo()
    for _ in range(3):
        own.redo()
    assert own.moment.same(on_2026)
    assert numbers(own.answer) == numbers(own.answers.answer(own.space.scenario(on_2026.state)))
    own.move(State())
    assert not own.redo()


def test_what_differs_from_the_baseline_is_said_in_words(own):
    words = {}
    for name in ("trend_2021", "external_shock", "headquarters_leave", "three_engines", "evidence_trend"):
        desk = Desk(Explorer(load_scenario(name, own.project, evidence=own), own, draws=200), "zh")
        head, _ = desk.answered({})
        words[name] = [text["en"] for text in head["differences"]]
        assert all(set(text) == {"zh", "en"} for text in head["differences"])
    assert words["evidence_trend"] == []
    assert [text.partition(":")[0] for text in words["trend_2021"]] == ["Base year", "Data up to"]
    (shock,) = words["external_shock"]
    assert shock.startswith("Events: ")
    assert "2027" in shock
    assert words["three_engines"][0].startswith("GDP growth: ")


def test_other_data_move_what_every_control_starts_from(desk):
    controls, answer = desk.answer(
        {"kind": "state", "view": "a", "ground": {}, "state": {**MOVED, "choices": {"vintage": "2026"}}}
    )
    json.dumps(controls[0])
    assert (controls[0]["kind"], answer[0]["kind"]) == ("controls", "answer")
    assert controls[0]["ground"] == answer[0]["ground"] == {"vintage": "2026"}
    growth = controls[0]["sections"][0]["options"]["path"]["controls"]
    assert [one["label"]["en"] for one in growth] == ["2026–2030", "2031–2035"]
    assert answer[0]["state"]["numbers"] == {RATE.replace("[1]", "[0]"): 0.07}
    assert (answer[0]["view"], answer[0]["asked"]) == ("a", "state")
    # the same data again: no other controls
    state = answer[0]["state"]
    only(desk.answer({"kind": "state", "ground": {"vintage": "2026"}, "state": state}))


def test_a_target_on_the_chart_has_the_chance_of_the_draws(desk):
    own = desk.explorer
    aim = own.evidence_answer.targets["gdp_double_2035"]
    head, _ = only(
        desk.answer({"kind": "target", "indicator": "real_gdp", "year": 2035, "level": aim.target})
    )
    chance = own.evidence_answer.chances["gdp_double_2035"]
    assert (head["kind"], head["share"]) == ("target", pytest.approx(chance.share, abs=1 / 500))
    # as `targets.at_chance` has it, of the same draws
    drawn = simulate(own.scenario, own.evidence, draws=500, reading="given_evidence")
    (asked,) = at_chance(drawn, Variable("real_gdp", 2030), [0.7])
    level = asked.ends[0].level.value
    again, _ = only(desk.answer({"kind": "target", "indicator": "real_gdp", "year": 2030, "level": level}))
    assert again["share"] == pytest.approx(0.7, abs=1 / 500)
    # levers have no say in what is judged by data
    desk.answer({"kind": "state", "state": MOVED})
    assert (
        only(desk.answer({"kind": "target", "indicator": "real_gdp", "year": 2030, "level": level}))[0]
        == again
    )


def test_a_target_of_a_year_that_is_over_is_one_of_the_next(desk):
    ahead, over = (
        only(desk.answer({"kind": "target", "indicator": "real_gdp", "year": year, "level": 5000.0}))[0]
        for year in (2021, 1999)
    )
    assert ahead == over
    assert ahead["year"] == 2021  # as the end of 2021 saw it
    for asked in ({"indicator": "sunshine"}, {"level": float("nan")}):
        bad = {"kind": "target", "indicator": "real_gdp", "year": 2030, "level": 5000.0} | asked
        assert only(desk.answer(bad))[0]["asked"] == "target"


def test_a_file_that_is_not_there_is_told(desk):
    head, _ = only(desk.answer({"kind": "load", "file": " plan_targts "}))
    assert head["kind"] == "refused"
    assert "did you mean plan_targets?" in head["faults"][0]["en"]
    assert "是否指plan_targets？" in head["faults"][0]["zh"]


def test_runs_are_kept_taken_up_and_dropped(desk):
    desk.answer({"kind": "state", "state": MOVED})
    head, buffers = only(desk.answer({"kind": "keep", "name": "  fast   growth "}))
    assert [run["name"] for run in head["runs"]] == ["fast growth"]
    kept = buffers[0]
    layout, answer = desk.answer({"kind": "load", "file": "stagnation"})
    assert layout[0]["scenario"]["id"] == "stagnation"
    assert answer[1][0] != kept
    layout, answer = desk.answer({"kind": "take up", "name": "fast growth"})
    assert (layout[0]["state"], layout[0]["scenario"]["id"]) == (MOVED, "trend_2021")
    assert answer[1][0] == kept
    # a run is never replaced silently
    desk.answer({"kind": "state", "state": State().to_dict()})
    head, _ = only(desk.answer({"kind": "keep", "name": "fast growth"}))
    assert [fault["en"] for fault in head["faults"]] == [
        "name = 'fast growth'; allowed: a name that no kept run has"
    ]
    assert numbers(desk.explorer.run("fast growth").answer) == kept
    desk.answer({"kind": "keep", "name": "as it was"})
    head, buffers = only(desk.answer({"kind": "rename", "name": "fast growth", "new": " quick "}))
    assert ([run["name"] for run in head["runs"]], buffers[0]) == (["quick", "as it was"], kept)
    assert only(desk.answer({"kind": "rename", "name": "quick", "new": "as it was"}))[0]["kind"] == "refused"
    head, _ = only(desk.answer({"kind": "note", "name": "quick", "note": " for the  meeting "}))
    assert head["runs"][0]["note"] == "for the meeting"
    desk.answer({"kind": "drop", "name": "as it was"})
    head, _ = only(desk.answer({"kind": "drop", "name": "quick"}))
    # what was dropped comes back, step by step
    runs = [desk.answer({"kind": "undo"})[-2][0]["runs"] for _ in range(5)]
    assert [[run["name"] for run in kept] for kept in runs] == [
        ["quick"],
        ["quick", "as it was"],
        ["quick", "as it was"],
        ["fast growth", "as it was"],
        ["fast growth"],
    ]
    desk.answer({"kind": "rename", "name": "fast growth", "new": "other"})
    head, _ = only(desk.answer({"kind": "drop", "name": "other"}))
    assert head["runs"] == []
    (fault,) = only(desk.answer({"kind": "drop", "name": "gone"}))[0]["faults"]
    assert fault["en"] == "run = 'gone'; allowed: none is kept"


@pytest.mark.parametrize("name", ["", "   ", "x" * 41])
def test_a_run_has_a_name(desk, name):
    assert only(desk.answer({"kind": "keep", "name": name}))[0]["kind"] == "refused"


def test_runs_are_not_kept_without_end(desk):
    for number in range(12):
        desk.answer({"kind": "keep", "name": str(number)})
    assert only(desk.answer({"kind": "keep", "name": "12"}))[0]["kind"] == "refused"
    assert len(desk.explorer.runs) == 12


def test_saving_asks_before_it_replaces(desk):
    saved, _ = only(desk.answer({"kind": "save", "name": "mine", "zh": "我的", "en": ""}))
    assert (saved["file"], "mine" in saved["scenarios"]) == ("params/mine.yaml", True)
    assert only(desk.answer({"kind": "save", "name": "mine"}))[0]["kind"] == "taken"
    assert only(desk.answer({"kind": "save", "name": "mine", "replace": True}))[0]["kind"] == "saved"


@pytest.mark.thorough
def test_a_report_is_made_of_a_state_that_is_saved_first(desk):
    project, done, said = desk.explorer.project, Event(), []
    copytree(find_project(Path(__file__).parent).notebooks, project.notebooks)
    desk.later = lambda head, buffers: (said.append(head), done.set())
    desk.answer({"kind": "state", "state": MOVED})
    asked = {"kind": "report", "view": "a", "name": "mine", "zh": "", "en": "", "lang": "en"}
    assert [head["kind"] for head, _ in desk.answer(asked)] == ["saved", "working"]
    assert done.wait(300)
    assert said == [{"kind": "reported", "file": "outputs/mine/mine.en.html", "asked": "report", "view": "a"}]
    html = (project.outputs / "mine" / "mine.en.html").read_text("utf-8")
    assert "7.00% a year" in html
    # the same state again is not saved again; another one asks before it replaces
    assert desk.saved(asked) == []
    faults = desk.reported("mien", "en")["faults"]
    assert any("did you mean mine" in fault["zh"] for fault in faults), faults
    desk.answer({"kind": "state", "state": {"choices": {"growth": "path"}, "numbers": {RATE: 0.06}}})
    assert only(desk.answer(asked))[0]["kind"] == "taken"


def test_the_lever_index_is_the_sensitivity_rooms(desk):
    desk.answer({"kind": "state", "state": MOVED})
    rows = only(desk.answer({"kind": "index"}))[0]["rows"]
    table = lever_index(desk.explorer.scenario, desk.explorer.evidence)
    assert [row["relative"] for row in rows if row["goal"] is None] == table["relative"].tolist()
    odds = [row for row in rows if row["goal"]]
    assert {row["goal"] for row in odds} == set(desk.explorer.answer.targets)
    ahead = np.full(len(desk.explorer.scenario.years) - 1, 0.01)  # a point more in every year
    for row in odds:
        after = desk.explorer.answers.answer(desk.explorer.scenario, added={row["lever"]: ahead})
        assert row["relative"] == pytest.approx(
            after.chances[row["goal"]].share - desk.explorer.answer.chances[row["goal"]].share
        )
    assert {row["lever"] for row in rows} == {"growth", "population", "deflator", "headquarters_share"}
    gdp = next(
        row
        for row in rows
        if (row["lever"], row["indicator"], row["year"], row["goal"]) == ("growth", "real_gdp", 2035, None)
    )
    assert gdp["text"] == {"zh": "+15.0%", "en": "+15.0%"}
    share = next(row for row in rows if row["lever"] == row["indicator"] and row["goal"] is None)
    assert share["text"]["en"].endswith("points")


def test_the_page_by_itself_carries_runs_and_cannot_be_broken_out_of(desk):
    desk.answer({"kind": "keep", "name": "</script><b>"})
    ((head, _),) = desk.answer({"kind": "page", "lang": "en"})
    html = head["html"]
    carried = html.split('id="carried">')[1].split("</script>")[0]
    data = json.loads(carried)
    assert [run["name"] for run in data["runs"]] == ["</script><b>"]
    assert (head["name"], data["layout"]["scenario"]["title"]["en"]) == (
        "trend_2021.explorer.html",
        "Evidence trend as seen in 2021",
    )
    assert html.count("<script") == 2
    assert "http://" not in html.replace("http://www.w3.org", "")
    assert "https://" not in html


def test_both_languages_have_the_same_texts():
    zh, en = (set(words(lang).texts) for lang in ("zh", "en"))
    assert zh == en
    for key, text in page_texts()["en"].items():
        named = [
            {part.split("}")[0] for part in one.split("{")[1:]} for one in (text, page_texts()["zh"][key])
        ]
        assert named[0] == named[1], key


def test_the_widget_answers_through_its_own_channel(own):
    widget = explore(load_scenario("plan_targets", own.project, evidence=own), "en", evidence=own, draws=200)
    sent = []
    widget.send = lambda content, buffers=None: sent.append((content["kind"], len(buffers)))
    widget._handle_custom_msg({"kind": "hello"}, [])
    assert sent == [("layout", 1), ("runs", 0), ("answer", 1)]
    assert widget.explorer.baseline.id == "trend_2021"
    widget.close()


def test_arguments_are_checked(own):
    with pytest.raises(InputError, match="language = 'fr'"):
        explore("trend_2021", "fr", evidence=own)
    with pytest.raises(InputError, match="draws = 10; allowed: a whole number from 100 to 100,000"):
        explore("trend_2021", evidence=own, draws=10)
    with pytest.raises(InputError, match="did you mean evidence_trend"):
        explore("evidence_tren", evidence=own)
