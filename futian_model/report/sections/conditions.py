"""Conditions on which goals hang, and the strongest lever, in sentences."""

from math import isinf

from futian_model.report.sections.hanging import ALL, HANGS, Hanging
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence
from futian_model.sensitivity import (
    BOX,
    FEW,
    GROUPS,
    LARGEST,
    LEFT,
    NOTHING,
    SETTLED,
    TAIL,
    Condition,
    within,
)

FOREMOST, GROWTH, LEAD = "real_gdp", "growth", "lead"
WORDS = {
    GROWTH: ("sensitivity_growth_below", "sensitivity_growth_above", "sensitivity_growth_between"),
    LEAD: ("sensitivity_lead_below", "sensitivity_lead_above", "sensitivity_lead_between"),
    LEFT: ("sensitivity_left_below", "sensitivity_left_above", "sensitivity_left_between"),
    TAIL: ("sensitivity_tail_below", "sensitivity_tail_above", "sensitivity_tail_between"),
    GROUPS: ("sensitivity_groups_below", "sensitivity_groups_above", "sensitivity_groups_between"),
}
RULES = {GROWTH: "growth", LEAD: "size_points", LEFT: "count", TAIL: "ratio", GROUPS: "count"}
LONG = {
    NOTHING: "sensitivity_hangs_nothing",
    SETTLED: "sensitivity_hangs_settled",
    FEW: "sensitivity_hangs_few",
}


def label(given: Hanging, name: str) -> str:
    """A goal, or all of them."""
    if name == ALL:
        return given.words["sensitivity_all"]
    return given.goal_label(next(goal for goal in given.goals if goal.name == name))


def condition_number(
    given: Hanging, reading: str, name: str, statistic: str, rule: str, case: str = ""
) -> Number:
    """A figure of one goal's condition."""
    return given.told(HANGS[reading], name, given.due(reading, name), statistic, rule, case)


def condition(given: Hanging, reading: str, name: str, one: Condition) -> Sentence:
    """One restriction of the box."""
    words, own = given.words, one.input
    kind = own.name if own.name in (LEFT, TAIL, GROUPS) else LEAD if own.name in given.shares else GROWTH
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
        end: condition_number(given, reading, name, side, RULES[kind], within(one))
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
            coverage=condition_number(given, reading, name, "coverage", "probability"),
            density=condition_number(given, reading, name, "density", "probability"),
        )
    missed = condition_number(given, reading, name, "missed", "probability")
    return words.say(LONG[found.status], goal=label(given, name), missed=missed)


def ranked(given: Hanging, indicator: str) -> list[str]:
    """Levers that move a result in the last year, the strongest first."""
    own = given.index[(given.index["indicator"] == indicator) & (given.index["year"] == given.last)]
    order = own.loc[own["effect"].abs().sort_values(ascending=False, kind="stable").index]
    return list(order.loc[order["effect"] != 0, "lever"])


def strongest(given: Hanging) -> Sentence:
    """The lever that moves GDP of the last year most."""
    lever = ranked(given, FOREMOST)[0]
    return given.words.say(
        "sensitivity_answer_top",
        lever=given.input_name(lever),
        year=year(given.last),
        name=given.words.inline(given.name(FOREMOST)),
        effect=given.effect(lever, FOREMOST, given.last),
    )
