"""Conditions on which goals hang, in words."""

from math import isinf

from futian_model.report.page.blocks import Block, Cell, Column, Prose, Section, Table
from futian_model.report.pages.sensitivity.rows import SensitivityMaterial
from futian_model.report.sections.hanging import ALL, HANGS, Hanging
from futian_model.report.sections.material import GIVEN_EVIDENCE, GIVEN_SCENARIO
from futian_model.report.sections.missing import no_goals
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence
from futian_model.sensitivity import BOX, FEW, GROUPS, LARGEST, LEFT, NOTHING, SETTLED, TAIL, Condition
from futian_model.sensitivity.discovery import COVERED, MOSTLY

GROWTH, LEAD = "growth", "lead"
WORDS = {
    GROWTH: ("sensitivity_growth_below", "sensitivity_growth_above", "sensitivity_growth_between"),
    LEAD: ("sensitivity_lead_below", "sensitivity_lead_above", "sensitivity_lead_between"),
    LEFT: ("sensitivity_left_below", "sensitivity_left_above", "sensitivity_left_between"),
    TAIL: ("sensitivity_tail_below", "sensitivity_tail_above", "sensitivity_tail_between"),
    GROUPS: ("sensitivity_groups_below", "sensitivity_groups_above", "sensitivity_groups_between"),
}
RULES = {GROWTH: "growth", LEAD: "size_points", LEFT: "count", TAIL: "ratio", GROUPS: "count"}
SHORT = {NOTHING: "sensitivity_none", SETTLED: "sensitivity_settled", FEW: "sensitivity_few"}
LONG = {
    NOTHING: "sensitivity_hangs_nothing",
    SETTLED: "sensitivity_hangs_settled",
    FEW: "sensitivity_hangs_few",
}
TABLES = {
    GIVEN_EVIDENCE: "sensitivity_hangs_evidence",
    GIVEN_SCENARIO: "sensitivity_hangs_scenario",
}


def label(given: Hanging, name: str) -> str:
    """A goal, or all of them."""
    if name == ALL:
        return given.words["sensitivity_all"]
    return given.goal_label(next(goal for goal in given.goals if goal.name == name))


def told(given: Hanging, reading: str, name: str, statistic: str, rule: str) -> Number:
    """A figure of one goal's condition."""
    at = max(goal.year for goal in given.asked(reading)[name])
    return given.told(HANGS[reading], name, at, statistic, rule)


def condition(given: Hanging, reading: str, name: str, one: Condition) -> Sentence:
    """One restriction of the box."""
    words, own = given.words, one.input
    kind = own.name if own.name in (LEFT, TAIL, GROUPS) else LEAD if own.name in given.shares else GROWTH
    known = f"{own.name}_{own.start}_{own.end}"
    below, above, between = WORDS[kind]
    fields: dict[str, Number | Sentence | str] = {
        "span": words.say("span", start=year(own.start), end=year(own.end)),
        "year": year(own.end),
        "largest": Number(LARGEST, "count"),
    }
    if kind in (GROWTH, LEAD):
        whose = given.name(own.name) if kind == LEAD else given.input_name(own.name)
        fields["name"] = words.inline(whose)
    ends = {"low": (one.low, "above"), "high": (one.high, "below")}
    stated = {
        end: told(given, reading, name, f"{known}_{side}", RULES[kind])
        for end, (value, side) in ends.items()
        if not isinf(value)
    }
    if len(stated) == 2:
        return words.say(between, **fields, **stated)
    (limit,) = stated.values()
    return words.say(below if "high" in stated else above, **fields, limit=limit)


def conditions(given: Hanging, reading: str, name: str) -> Sentence:
    """All restrictions of the box."""
    parts = [condition(given, reading, name, one) for one in given.hangs(reading, name).conditions]
    text = given.words["sensitivity_and"].join(part.text for part in parts)
    return Sentence(text, tuple(number for part in parts for number in part.numbers))


def hangs(given: Hanging, reading: str, name: str) -> Sentence:
    """On what a goal hangs, in one sentence."""
    found, words = given.hangs(reading, name), given.words
    if found.status == BOX:
        key = "sensitivity_hangs_missed" if found.misses else "sensitivity_hangs_met"
        return words.say(
            key,
            goal=label(given, name),
            conditions=conditions(given, reading, name),
            coverage=told(given, reading, name, "coverage", "probability"),
            density=told(given, reading, name, "density", "probability"),
        )
    missed = told(given, reading, name, "missed", "probability")
    return words.say(LONG[found.status], goal=label(given, name), missed=missed)


def discovered(given: SensitivityMaterial) -> Section:
    """Every goal under both readings."""
    words = given.words
    if not given.goals:
        none = Prose(given.lang, [no_goals(given)])
        return Section(given.lang, words["sensitivity_hangs_heading"], [none])
    lead = words.say(
        "sensitivity_hangs_lead", density=Number(MOSTLY, "percent"), coverage=Number(COVERED, "percent")
    )
    tables = [table(given, reading) for reading in HANGS if given.asked(reading)]
    children: list[Block] = [Prose(given.lang, [lead]), *tables]
    return Section(given.lang, words["sensitivity_hangs_heading"], children)


def table(given: SensitivityMaterial, reading: str) -> Table:
    """A row a goal."""
    words = given.words
    columns = [
        Column(words["column_goal"], head=True),
        Column(words["sensitivity_condition"]),
        Column(words["sensitivity_covers"], numeric=True),
        Column(words["sensitivity_right"], numeric=True),
        Column(words["sensitivity_missed_in"], numeric=True),
    ]
    rows = [row(given, reading, name) for name in given.asked(reading)]
    note = words.say("sensitivity_hangs_note", mostly=Number(MOSTLY, "percent"))
    return Table(given.lang, words[TABLES[reading]], columns, rows, note, cards=True)


def row(given: SensitivityMaterial, reading: str, name: str) -> list[Cell]:
    """A goal, its condition, and how well it tells."""
    words, found = given.words, given.hangs(reading, name)
    missed = told(given, reading, name, "missed", "probability")
    if found.status != BOX:
        none = words["not_told"]
        return [label(given, name), words[SHORT[found.status]], none, none, missed]
    key = "sensitivity_when_missed" if found.misses else "sensitivity_when_met"
    return [
        label(given, name),
        words.say(key, conditions=conditions(given, reading, name)),
        told(given, reading, name, "coverage", "probability"),
        told(given, reading, name, "density", "probability"),
        missed,
    ]
