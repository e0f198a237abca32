"""States written as scenario files, and files loaded: never over another file, never a faulty one."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from futian_model import cli, load_scenario
from futian_model.errors import InputError
from futian_model.explorer import Explorer, State, forms
from futian_model.explorer.saving import Taken
from futian_model.scenario import Scenario, attempt_all
from futian_model.scenario.complete import PARTS

FAULTS = Path(__file__).parents[1] / "faults" / "scenario"
MOVED = {
    "a rate": (
        "trend_2021",
        State({"growth": "path"}, {"path:levers.growth.phases[1].growth_rate": 0.062}),
    ),
    "an event": (
        "trend_2021",
        State(
            {"event_trial": "on", "event_trial_on": "population"},
            {"on:levers.events.trial.size": -0.03, "on:levers.events.trial.start": 2027},
        ),
    ),
    "an event left out": ("external_shock", State({"event_shock": "off", "vintage": "2023"})),
    "other surroundings": (
        "trend_2021",
        State({"growth": "context", "growth_city": "city_vision_2035", "growth_lead": "none"}),
    ),
    "another nation": ("stagnation", State({"growth_nation": "nation_cass_2017"})),
    "a block inside": ("stagnation", State({"growth_lead": "path"})),
    "groups": ("headquarters_leave", State({}, {"on:levers.firms.departures.largest_three.largest": 5})),
    "widths": ("plan_targets", State({"persistence": "on"}, {"own:assumptions.uncertainty.scale": 1.4})),
    "inputs": (
        "three_engines",
        State({}, {"production:levers.growth.investment_share.phases[0].to": 0.37}),
    ),
    "nothing": ("double_both_2035", State()),
}  # fmt: skip


def explorer(name, own):
    return Explorer(load_scenario(name, own.project, evidence=own), own, draws=200)


@pytest.mark.parametrize("what", MOVED)
def test_what_is_saved_is_sound_and_comes_back(own, monkeypatch, capsys, what):
    name, state = MOVED[what]
    one = explorer(name, own)
    one.move(state)
    file = one.save("mine", {"zh": "我的", "en": "Mine"})
    assert file == own.project.params / "mine.yaml"
    monkeypatch.chdir(own.project.root)
    assert cli.main(["check", "mine"]) == 0
    assert "Mine" in capsys.readouterr().out
    held = load_scenario("mine", own.project, evidence=own).to_dict()
    meant = one.scenario.to_dict()
    assert {part: held[part] for part in PARTS} == {part: meant[part] for part in PARTS}
    written = YAML(typ="safe", pure=True).load(file.read_text("utf-8"))
    assert written["extends"] == name  # only what differs
    assert set(written) - {"id", "title", "description", "extends"} <= {"levers", "assumptions"}
    # the same as Python, as YAML and as a short text
    place: dict[str, Scenario] = {}
    exec(one.as_python(), place)
    assert {part: place["scenario"].to_dict()[part] for part in PARTS} == {
        part: meant[part] for part in PARTS
    }
    assert one.as_yaml("mine", {"zh": "我的", "en": "Mine"}) == file.read_text("utf-8")
    text = one.as_text()
    assert len(text) < 400
    other = explorer("trend_2021", own)
    other.load(f" {text[:20]}\n{text[20:]} ".strip())
    assert (other.state, other.scenario.to_dict(), other.answer.chances) == (
        one.state,
        meant,
        one.answer.chances,
    )
    one.load("mine")
    assert one.state == State()
    assert one.scenario.to_dict() == held
    assert one.baseline.id == name


def test_a_text_of_what_the_project_does_not_hold_carries_it_whole(own):
    start = load_scenario("trend_2021", own.project, evidence=own).with_(evidence=own, growth=0.04)
    one = Explorer(start, own, draws=200)
    one.move(State({}, {"path:levers.growth.phases[0].growth_rate": 0.06}))
    other = explorer("stagnation", own)
    other.load(one.as_text())
    assert other.scenario.to_dict() == one.scenario.to_dict()
    place: dict[str, Scenario] = {}
    exec(one.as_python(), place)
    assert place["scenario"].levers == one.scenario.levers


def test_a_text_that_is_none_or_of_another_version_is_refused(own):
    one = explorer("trend_2021", own)
    text = one.as_text()
    for broken in ("futian:", text[:-9], "futian:abcd", f"{text}é", forms.MARK + "eJyLjgUAARUAuQ"):
        with pytest.raises(InputError, match="a whole text"):
            one.load(broken)
    file = own.project.params / "plan_2021" / "trend_2021.yaml"
    file.write_text(file.read_text("utf-8").replace('vintage: "2021"', 'vintage: "2023"'), "utf-8")
    with pytest.raises(InputError, match="another version"):
        one.load(text)
    assert one.state == State()


def test_the_description_says_what_was_moved(own):
    one = explorer("trend_2021", own)
    one.move(MOVED["a rate"][1])
    one.save("mine", {})
    saved = load_scenario("mine", own.project, evidence=own)
    assert saved.title.model_dump() == {"zh": "mine", "en": "mine"}
    assert "2026–2030: 6.20% a year" in saved.description["en"]
    assert "2026–2030年：每年6.20%" in saved.description["zh"]


def test_a_file_is_replaced_only_when_asked_to(own):
    one = explorer("trend_2021", own)
    file = one.save("mine", {})
    before = file.read_bytes()
    one.move(MOVED["a rate"][1])
    with pytest.raises(Taken, match="an id without a file, or to replace params/mine"):
        one.save("mine", {})
    assert file.read_bytes() == before
    one.save("mine", {}, replace=True)
    assert file.read_bytes() != before
    assert [left.name for left in own.project.params.glob(".*")] == []


def test_what_is_said_to_be_saved_loads_from_any_folder(own, monkeypatch):
    mine = explorer("trend_2021", own)
    mine.move(MOVED["a rate"][1])
    (own.project.root / "notebooks").mkdir()
    file = mine.project.shown(mine.save("mine", {}))
    assert file == str(Path("params", "mine.yaml"))
    for folder in ("notebooks", "params", "."):
        monkeypatch.chdir(own.project.root / folder)
        for name in ("mine", file, "mine.yaml", str(own.project.params / "mine.yaml")):
            mine.load("trend_2021")
            mine.load(name)
            assert mine.scenario.id == "mine"
    with pytest.raises(InputError, match=r"min\.yaml"):
        mine.load("params/min.yaml")


def test_the_scenario_itself_can_be_replaced_whole(own):
    one = explorer("stagnation", own)
    one.move(State({"population": "trend"}))
    one.save("stagnation", {}, replace=True)
    held = load_scenario("stagnation", own.project, evidence=own)
    assert held.extends is None  # a file cannot extend itself
    assert held.to_dict()["levers"] == one.scenario.to_dict()["levers"]


def test_a_scenario_from_elsewhere_is_written_whole(own, tmp_path):
    file = tmp_path / "elsewhere" / "away.yaml"
    file.parent.mkdir()
    file.write_text(
        (own.project.params / "stagnation.yaml").read_text("utf-8").replace("id: stagnation", "id: away")
    )
    one = Explorer(load_scenario(file, own.project, evidence=own), own, draws=200)
    saved = load_scenario(one.save("mine", {}), own.project, evidence=own)
    assert saved.extends is None
    assert saved.to_dict()["levers"] == one.scenario.to_dict()["levers"]


@pytest.mark.parametrize("name", ["", "../mine", "a/b", "Mine", "我的", "x" * 65, "mine.yaml"])
def test_an_id_that_is_none_writes_nothing(own, name):
    one = explorer("trend_2021", own)
    before = sorted(own.project.root.rglob("*.yaml"))
    with pytest.raises(InputError, match="lower-case letters"):
        one.save(name, {})
    assert sorted(own.project.root.rglob("*.yaml")) == before


@pytest.mark.parametrize(
    "title", ["{zh: x", "- a: b", "'", '"\\', "#", "*a", "&a", "null", "a: b\nid: other"]
)
def test_any_title_is_a_title(own, title):
    one = explorer("trend_2021", own)
    one.save("mine", {"zh": title, "en": title})
    saved = load_scenario("mine", own.project, evidence=own)
    assert (saved.id, saved.title["en"]) == ("mine", " ".join(title.split()))


@pytest.fixture(scope="module")
def beside(evidence):
    """An explorer whose scenario stays, as nothing that is loaded is sound."""
    return Explorer(load_scenario("trend_2021", evidence=evidence), evidence, draws=200)


@pytest.mark.parametrize("file", sorted(FAULTS.glob("*/trial.yaml")), ids=lambda file: file.parent.name)
def test_a_faulty_file_is_told_fault_by_fault_and_changes_nothing(beside, file):
    (attempt,) = attempt_all([file], beside.project, beside.evidence)
    with pytest.raises(InputError) as fault:
        beside.load(str(file))
    if attempt.faults:  # else it fails only once it is run
        assert str(fault.value) == "\n".join(dict.fromkeys(map(str, attempt.faults)))
    assert beside.scenario.id == "trend_2021"


@pytest.mark.parametrize("name", ["many_faults_at_once", "not_yaml", "extends_missing"])
def test_a_faulty_file_is_told_as_futian_check_tells_it(beside, capsys, name):
    file = str(FAULTS / name / "trial.yaml")
    assert cli.main(["check", file]) == 2
    with pytest.raises(InputError) as fault:
        beside.load(file)
    assert str(fault.value) == capsys.readouterr().err.strip()
