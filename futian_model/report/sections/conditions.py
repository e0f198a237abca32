"""Conditions on which goals hang, and the strongest lever, in sentences."""

from math import isinf

from futian_model.report.sections.hanging import ALL, HANGS, Hanging
from futian_model.report.words import Number, Sentence, year
from futian_model.sensitivity import (
    BOX,
    GROUPS,
    LARGEST,
    LEFT,
    TAIL,
    Condition,
    within,
)

FOREMOST, GROWTH, LEAD = "real_gdp", "growth", "lead"
RULES = {GROWTH: "growth", LEAD: "size_points", LEFT: "count", TAIL: "ratio", GROUPS: "count"}


def label(page: Hanging, name: str) -> str:
    """A goal, or all of them."""
    if name == ALL:
        return page.words["sensitivity_all"]
    return page.goal_label(next(goal for goal in page.goals if goal.name == name))


def condition_number(
    page: Hanging, reading: str, name: str, statistic: str, rule: str, case: str = ""
) -> Number:
    """A figure of one goal's condition."""
    return page.read(HANGS[reading], name, page.due(reading, name), statistic, rule, case)


def condition(page: Hanging, reading: str, name: str, restriction: Condition) -> Sentence:
    """One restriction of the box."""
    own = restriction.input
    kind = own.name if own.name in (LEFT, TAIL, GROUPS) else LEAD if own.name in page.shares else GROWTH
    fields: dict[str, Number | Sentence | str] = {
        "span": page.say("span", start=year(own.start), end=year(own.end)),
        "year": year(own.end),
        "largest": Number(LARGEST, "count"),
    }
    if kind in (GROWTH, LEAD):
        whose = page.name(own.name) if kind == LEAD else page.input_name(own.name)
        fields["name"] = page.words.inline(whose)
    ends = {"low": (restriction.low, "above"), "high": (restriction.high, "below")}
    stated = {
        end: condition_number(page, reading, name, side, RULES[kind], within(restriction))
        for end, (value, side) in ends.items()
        if not isinf(value)
    }
    if len(stated) == 2:
        return page.say(f"sensitivity_{kind}_between", **fields, **stated)
    (limit,) = stated.values()
    side = "below" if "high" in stated else "above"
    return page.say(f"sensitivity_{kind}_{side}", **fields, limit=limit)


def conditions(page: Hanging, reading: str, name: str) -> Sentence:
    """All restrictions of the box."""
    parts = [
        condition(page, reading, name, restriction) for restriction in page.hangs(reading, name).conditions
    ]
    return page.words.join(parts, "sensitivity_and")


def hangs(page: Hanging, reading: str, name: str) -> Sentence:
    """On what a goal hangs, in one sentence."""
    discovery = page.hangs(reading, name)
    if discovery.status == BOX:
        key = "sensitivity_hangs_missed" if discovery.misses else "sensitivity_hangs_met"
        return page.say(
            key,
            goal=label(page, name),
            conditions=conditions(page, reading, name),
            coverage=condition_number(page, reading, name, "coverage", "probability"),
            density=condition_number(page, reading, name, "density", "probability"),
        )
    missed = condition_number(page, reading, name, "missed", "probability")
    return page.say(f"sensitivity_hangs_{discovery.status}", goal=label(page, name), missed=missed)


def ranked(page: Hanging, indicator: str) -> list[str]:
    """Levers that move a result in the last year, the strongest first."""
    own = page.index[(page.index["indicator"] == indicator) & (page.index["year"] == page.last)]
    order = own.loc[own["effect"].abs().sort_values(ascending=False, kind="stable").index]
    return list(order.loc[order["effect"] != 0, "lever"])


def strongest(page: Hanging) -> Sentence:
    """The lever that moves GDP of the last year most."""
    lever = ranked(page, FOREMOST)[0]
    return page.say(
        "sensitivity_answer_top",
        lever=page.input_name(lever),
        year=year(page.last),
        name=page.words.inline(page.name(FOREMOST)),
        effect=page.effect(lever, FOREMOST, page.last),
    )
