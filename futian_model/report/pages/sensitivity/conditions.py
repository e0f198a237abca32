"""Conditions on which goals hang, in words."""

from futian_model.report.page import Cell, Column, Fill, Section, Table, numeric
from futian_model.report.pages.sensitivity.rows import SensitivityMaterial
from futian_model.report.sections.conditions import condition_number, conditions, label
from futian_model.report.sections.hanging import HANGS
from futian_model.report.sections.material import GIVEN_EVIDENCE, GIVEN_SCENARIO
from futian_model.report.sections.missing import no_goals
from futian_model.report.words import Number
from futian_model.sensitivity import BOX, FEW, NOTHING, SETTLED
from futian_model.sensitivity.discovery import COVERED, MOSTLY

SHORT = {NOTHING: "sensitivity_none", SETTLED: "sensitivity_settled", FEW: "sensitivity_few"}
TABLES = {
    GIVEN_EVIDENCE: "sensitivity_hangs_evidence",
    GIVEN_SCENARIO: "sensitivity_hangs_scenario",
}


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
            else page.words["not_told"]
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
