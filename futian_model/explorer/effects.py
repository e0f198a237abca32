"""What moving something does: to each goal at once, and which lever moves which result and which chance."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from futian_model.errors import UnknownName
from futian_model.explorer.answers import Answer
from futian_model.explorer.controls import Control, Section
from futian_model.explorer.facts import goal_label
from futian_model.explorer.implied import written_in
from futian_model.explorer.session import Explorer
from futian_model.explorer.state import DIGITS, State
from futian_model.explorer.texts import Label, named_in, say, words
from futian_model.languages import LANGS
from futian_model.report.words.names import lever_name
from futian_model.report.words.numbers import writer

POINT = 0.01
"""What each lever is moved by, in every year after the jump-off."""


def effect(explorer: Explorer, name: str) -> dict[str, Any]:
    """What a step of one number does to each goal, with all others as they are.

    Returns
    -------
    dict
        name; step, in the library's unit, below zero where there is no room above; goals, a dict each: name,
        central (change of the path in the indicator's unit), share and evidence (change of both chances,
        None where nothing tells it).

    Raises
    ------
    UnknownName
        There is no such number.
    InputErrors
        The step leads to what cannot be.
    """
    section, option, control = place_of(explorer, name)
    numbers = {**explorer.state.numbers}
    if explorer.state.choices.get(section.name, section.own) != option:
        numbers |= written_in(explorer, section)
    before = numbers.get(name, control.start)
    step = control.unit.step if before + control.unit.step <= control.high else -control.unit.step
    choices = {**explorer.state.choices, section.name: option}
    scenario = explorer.space.scenario(State(choices, numbers | {name: round(before + step, DIGITS)}))
    after, apart = explorer.answers.answer(scenario), explorer.answers.by_evidence(scenario)
    return {"name": name, "step": step, "goals": list(moved(explorer, after, apart))}


def moved(explorer: Explorer, after: Answer, apart: Answer) -> Iterator[dict[str, Any]]:
    """How far another answer lies from the session's, goal by goal."""
    for name, (goal, _, position) in explorer.answer.targets.items():
        if name not in after.targets:
            continue
        paths = [answer.central[goal.indicator] for answer in (after, explorer.answer)]
        yield {
            "name": name,
            "central": float(paths[0][position] - paths[1][position]),
            "share": chance_moved(after, explorer.answer, name),
            "evidence": chance_moved(apart, explorer.evidence_answer, name),
        }


def chance_moved(after: Answer, before: Answer, goal: str) -> float | None:
    """By how much the chance of a goal moved; None where nothing tells it."""
    if goal not in after.chances or goal not in before.chances:
        return None
    difference = after.chances[goal].share - before.chances[goal].share
    return None if math.isnan(difference) else difference


def place_of(explorer: Explorer, name: str) -> tuple[Section, str, Control]:
    """A number with its section and the option that it is of.

    Raises
    ------
    UnknownName
        There is none.
    """
    places = {place[2].name: place for place in explorer.space.places()}
    if name not in places:
        raise UnknownName(name, places)
    return places[name]


def index(explorer: Explorer) -> list[dict[str, Any]]:
    """The lever index with every effect in words: on results, and on the chance of each goal."""
    evidence, rows = explorer.evidence, []
    for row in [*explorer.index(), *chances(explorer)]:
        share = str(evidence.indicators.loc[row["indicator"], "unit"]) == "fraction"
        rule = "growth_points" if share or row["goal"] else "change_coarse"
        lever = {lang: lever_name(row["lever"], evidence, words(lang)) for lang in LANGS}
        text = {lang: writer(rule, lang)(row["relative"]) for lang in LANGS}
        rows.append({**row, "lever_label": lever, "result_label": result(explorer, row), "text": text})
    return rows


def result(explorer: Explorer, row: dict[str, Any]) -> Label:
    """What an effect is on."""
    if row["goal"]:
        return say("chance_of", goal=goal_label(explorer.evidence, row["goal"], row["year"]))
    return say("result_of", name=named_in(explorer.evidence, row["indicator"]), year=str(row["year"]))


def chances(explorer: Explorer) -> Iterator[dict[str, Any]]:
    """What a point more of each lever a year, from the jump-off on, does to the paths that meet each goal."""
    scenario, driven = explorer.scenario, explorer.answer.driven
    ahead = np.arange(len(scenario.years) - 1) >= driven.jump
    for lever in driven.levers:
        if any((path + POINT * ahead > most).any() for path, _, most in driven.ranges(lever)):
            continue
        after = explorer.answers.answer(scenario, added={lever: np.asarray(POINT * ahead, float)})
        for name, (goal, _, _) in explorer.answer.targets.items():
            change = chance_moved(after, explorer.answer, name)
            if change is not None:
                yield {
                    "lever": lever,
                    "indicator": goal.indicator,
                    "year": goal.year,
                    "goal": name,
                    "relative": change,
                    "effect": change,
                }
