"""Conditions on which goals hang, in words."""

from futian_model.report.page.blocks import Block, Cell, Column, Prose, Section, Table
from futian_model.report.pages.sensitivity.rows import SensitivityMaterial
from futian_model.report.sections.conditions import condition_number, conditions, label
from futian_model.report.sections.hanging import HANGS
from futian_model.report.sections.material import GIVEN_EVIDENCE, GIVEN_SCENARIO
from futian_model.report.sections.missing import no_goals
from futian_model.report.words.numbers import Number
from futian_model.sensitivity import BOX, FEW, NOTHING, SETTLED
from futian_model.sensitivity.discovery import COVERED, MOSTLY

SHORT = {NOTHING: "sensitivity_none", SETTLED: "sensitivity_settled", FEW: "sensitivity_few"}
TABLES = {
    GIVEN_EVIDENCE: "sensitivity_hangs_evidence",
    GIVEN_SCENARIO: "sensitivity_hangs_scenario",
}


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
    missed = condition_number(given, reading, name, "missed", "probability")
    if found.status != BOX:
        none = words["not_told"]
        return [label(given, name), words[SHORT[found.status]], none, none, missed]
    key = "sensitivity_when_missed" if found.misses else "sensitivity_when_met"
    return [
        label(given, name),
        words.say(key, conditions=conditions(given, reading, name)),
        condition_number(given, reading, name, "coverage", "probability"),
        condition_number(given, reading, name, "density", "probability"),
        missed,
    ]
