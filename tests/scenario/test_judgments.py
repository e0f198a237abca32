"""Judgments of a scenario file: inherited, signed anew, dropped, and what the schema knows of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from futian_model.evidence import Evidence
from futian_model.scenario import Scenario, schema

Write = Callable[..., Path]
Load = Callable[..., Scenario]

ENTRY = """  {name}:
    on: {on}
    start: 2028
    size: {size}
    author: {author}
    date: 2026-03-15
    reason: {{zh: 理由, en: Why}}
"""


def ledger(*entries: str) -> str:
    return "judgments:\n" + "".join(entries)


def entry(name: str, size: float = 0.5, author: str = "王敏", on: str = "growth") -> str:
    return ENTRY.format(name=name, size=size, author=author, on=on)


def test_what_a_file_extends_hands_on_its_judgments(write: Write, load: Load) -> None:
    write("parent", rest=ledger(entry("hetao"), entry("schools", -1, on="population")))
    scenario = load(write("child", "parent", ledger(entry("boom", 1.5, "李强"))))
    assert list(scenario.standing) == ["hetao", "schools", "boom"]
    assert [one.size for one in scenario.standing.values()] == [0.5, -1, 1.5]
    assert scenario.standing["hetao"].last == 2028


def test_who_restates_a_judgment_signs_it_anew(write: Write, load: Load) -> None:
    write("parent", rest=ledger(entry("hetao") + "    end: 2030\n"))
    scenario = load(write("child", "parent", ledger(entry("hetao", 0.8, "李强"))))
    (judgment,) = scenario.standing.values()
    assert (judgment.size, judgment.author, judgment.end) == (0.8, "李强", None)


def test_null_drops_a_judgment(write: Write, load: Load) -> None:
    write("parent", rest=ledger(entry("hetao"), entry("boom")))
    scenario = load(write("child", "parent", "judgments: {hetao: null}\n"))
    assert list(scenario.standing) == ["boom"]
    assert scenario.judgments["hetao"] is None
    assert scenario.to_dict()["judgments"]["hetao"] is None


def test_an_event_of_that_name_merges_as_events_do(write: Write, load: Load) -> None:
    event = "levers: {events: {judgments: {title: {zh: 甲, en: A}, start: 2028, size: 0.1}}}\n"
    write("parent", rest=event)
    scenario = load(write("child", "parent", "levers: {events: {judgments: {size: 0.2}}}\n"))
    told = scenario.levers.events["judgments"]
    assert told is not None
    assert (told.start, told.size) == (2028, 0.2)


def test_every_value_says_where_it_stands(write: Write, load: Load) -> None:
    parent = write("parent", rest=ledger(entry("hetao"), entry("boom")))
    child = write("child", "parent", ledger(entry("boom", 1.5, "李强")))
    scenario = load(child)
    assert set(scenario.values()) == set(scenario.provenance)
    assert scenario.provenance["judgments.hetao.size"] == f"{parent}, line 9"
    assert scenario.provenance["judgments.boom.size"] == f"{child}, line 9"
    assert scenario.provenance["judgments.boom.end"] == "library default"
    assert load(write("plain")).provenance["judgments"] == "library default"


SOUND: dict[str, Any] = {
    "on": "growth",
    "start": 2028,
    "size": -0.5,
    "author": "王敏",
    "date": "2026-03-15",
    "reason": {"zh": "理由", "en": "Why"},
}


@pytest.mark.parametrize(
    ("name", "changed", "sound"),
    [
        ("hetao", {}, True),
        ("hetao", {"end": None}, True),
        ("hetao", {"end": 2030}, True),
        ("hetao", {"size": 0}, False),
        ("hetao", {"size": 0.0}, False),
        ("hetao", {"size": 11}, False),
        ("hetao", {"author": " "}, False),
        ("hetao", {"author": "王" * 81}, False),
        ("hetao", {"date": "15.3.2026"}, False),
        ("hetao", {"reason": "because"}, False),
        ("hetao", {"reason": {"zh": "因" * 601, "en": "Why"}}, False),
        ("hetao", {"by": "李强"}, False),
        ("Two Words", {}, False),
    ],
)
def test_an_editor_sees_what_is_wrong_with_a_judgment(
    name: str, changed: dict[str, Any], sound: bool, evidence: Evidence
) -> None:
    words = {"zh": "试验", "en": "Trial"}
    content = {"id": "trial", "title": words, "description": words, "judgments": {name: SOUND | changed}}
    assert Draft202012Validator(schema(evidence)).is_valid(content) is sound


@pytest.mark.parametrize("missing", SOUND)
def test_an_editor_sees_what_a_judgment_lacks(missing: str, evidence: Evidence) -> None:
    words = {"zh": "试验", "en": "Trial"}
    held = {name: value for name, value in SOUND.items() if name != missing}
    content = {"id": "trial", "title": words, "description": words, "judgments": {"hetao": held}}
    assert not Draft202012Validator(schema(evidence)).is_valid(content)
