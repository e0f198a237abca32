"""Conditions on which goals hang, and the strongest lever, in words."""

from math import isinf

from futian_model.report.page import Cell, Column, Fields, Fill, Section, Table, numeric
from futian_model.report.pages.sensitivity.rows import ALL, HANGS, SensitivityMaterial
from futian_model.report.sections.material import GIVEN_EVIDENCE, GIVEN_SCENARIO
from futian_model.report.sections.missing import no_goals
from futian_model.report.words import Number, Sentence, year
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
from futian_model.sensitivity.discovery import COVERED, MOSTLY

FOREMOST, GROWTH, LEAD = "real_gdp", "growth", "lead"
RULES = {GROWTH: "growth", LEAD: "size_points", LEFT: "count", TAIL: "ratio", GROUPS: "count"}
SHORT = {NOTHING: "sensitivity_none", SETTLED: "sensitivity_settled", FEW: "sensitivity_few"}
TABLES = {
    GIVEN_EVIDENCE: "sensitivity_hangs_evidence",
    GIVEN_SCENARIO: "sensitivity_hangs_scenario",
}


def label(page: SensitivityMaterial, name: str) -> str:
    """A goal, or all of them."""
    if name == ALL:
        return page.words["sensitivity_all"]
    return page.goal_label(next(goal for goal in page.goals if goal.name == name))


def condition_number(
    page: SensitivityMaterial, reading: str, name: str, statistic: str, rule: str, case: str = ""
) -> Number:
    """A figure of one goal's condition."""
    return page.read(HANGS[reading], name, page.due(reading, name), statistic, rule, case)


def condition(page: SensitivityMaterial, reading: str, name: str, restriction: Condition) -> Sentence:
    """One restriction of the box."""
    own = restriction.input
    kind = own.name if own.name in (LEFT, TAIL, GROUPS) else LEAD if own.name in page.shares else GROWTH
    fields: Fields = {
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


def conditions(page: SensitivityMaterial, reading: str, name: str) -> Sentence:
    """All restrictions of the box."""
    parts = [
        condition(page, reading, name, restriction) for restriction in page.hangs(reading, name).conditions
    ]
    return page.words.join(parts, "sensitivity_and")


def hangs(page: SensitivityMaterial, reading: str, name: str) -> Sentence:
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


def ranked(page: SensitivityMaterial, indicator: str) -> list[str]:
    """Levers that move a result in the last year, the strongest first."""
    own = page.index[(page.index["indicator"] == indicator) & (page.index["year"] == page.last)]
    order = own.loc[own["effect"].abs().sort_values(ascending=False, kind="stable").index]
    return list(order.loc[order["effect"] != 0, "lever"])


def strongest(page: SensitivityMaterial) -> Sentence:
    """The lever that moves GDP of the last year most."""
    lever = ranked(page, FOREMOST)[0]
    return page.say(
        "sensitivity_answer_top",
        lever=page.input_name(lever),
        year=year(page.last),
        name=page.words.inline(page.name(FOREMOST)),
        effect=page.effect(lever, FOREMOST, page.last),
    )


def discovered(page: SensitivityMaterial) -> Section:
    """Every goal under both readings."""
    if not page.goals:
        return page.section("sensitivity_hangs_heading", no_goals(page))
    density, coverage = (Number(least, "percent") for least in (MOSTLY, COVERED))
    lead = page.say("sensitivity_hangs_lead", density=density, coverage=coverage)
    tables = [table(page, reading) for reading in HANGS if page.asked(reading)]
    return page.section("sensitivity_hangs_heading", lead, *tables)


def table(page: SensitivityMaterial, reading: str) -> Table:
    """A row a goal: its condition, and how well it tells."""

    def condition(name: str) -> Cell:
        discovery = page.hangs(reading, name)
        if discovery.status != BOX:
            return page.words[SHORT[discovery.status]]
        key = "sensitivity_when_missed" if discovery.misses else "sensitivity_when_met"
        return page.say(key, conditions=conditions(page, reading, name))

    def quality(statistic: str) -> Fill:
        return lambda name: (
            condition_number(page, reading, name, statistic, "probability")
            if statistic == "missed" or page.hangs(reading, name).status == BOX
            else None
        )

    return page.table(
        TABLES[reading],
        page.asked(reading),
        [
            Column("column_goal", lambda name: label(page, name)),
            Column("sensitivity_condition", condition),
            numeric("sensitivity_covers", quality("coverage")),
            numeric("sensitivity_right", quality("density")),
            numeric("sensitivity_missed_in", quality("missed")),
        ],
        page.say("sensitivity_hangs_note", mostly=Number(MOSTLY, "percent")),
    )
