"""Which office answers for which goals, and how these stand."""

from collections.abc import Iterator
from typing import NamedTuple

from futian_model.report.page import Cell, Column, Section, head, numeric
from futian_model.report.pages.plan.concluding import latest_cell, verdict_cell
from futian_model.report.pages.plan.rows import PlanMaterial
from futian_model.report.pages.plan.sentences import figure_cell, status_text
from futian_model.report.pages.plan.statuses import beside
from futian_model.report.pages.plan.tables import commitment_target
from futian_model.report.words import Number
from futian_model.scorecard import Standing, Verdict

COLUMN, APART = "unit_responsible", ";"
"""Column of the goals' tables that names offices, and what stands between several."""


class Answering(NamedTuple):
    """A goal that an office answers for; once its year is over on one reading of its prices."""

    office: str
    standing: Standing
    verdict: Verdict | None


def offices(page: PlanMaterial) -> Section | None:
    """Goals by office, in the plan's order; None where no source names one."""
    rows = sorted(answering(page), key=lambda row: named(page).index(row.office))
    if not rows:
        return None
    goals = {(row.office, row.standing.goal.name) for row in rows}
    counts = [
        page.say(
            "offices_count", office=office, count=Number(sum(name == office for name, _ in goals), "count")
        )
        for office in named(page)
    ]
    table = page.table(
        "offices_table",
        rows,
        [
            Column("offices_column_office", lambda row: row.office),
            head("column_plan_indicator", lambda row: label(page, row)),
            Column("plan_card_chart_target", lambda row: commitment_target(page, row.standing)),
            numeric("plan_card_column_outturn", lambda row: latest(page, row)),
            Column("plan_card_column_status", lambda row: status(page, row)),
        ],
    )
    return page.section("offices_heading", page.say("offices_lead", offices=page.words.join(counts)), table)


def named(page: PlanMaterial) -> list[str]:
    """Offices in the order in which the plan comes to them."""
    return list(dict.fromkeys(row.office for row in answering(page)))


def answering(page: PlanMaterial) -> Iterator[Answering]:
    """Every goal with every office that its row names."""
    for standing in (standing for group in page.groups.values() for standing in group):
        stated = str(page.stated(standing.goal).get(COLUMN) or "")
        for office in filter(None, (part.strip() for part in stated.split(APART))):
            for verdict in page.judged(standing) or (None,):
                yield Answering(office, standing, verdict)


def label(page: PlanMaterial, row: Answering) -> str:
    """The goal, on the prices that it is read on."""
    return page.label(row.standing.goal) if row.verdict is None else page.on_prices(row.verdict)


def latest(page: PlanMaterial, row: Answering) -> Cell:
    """The latest figure."""
    return figure_cell(page, row.standing) if row.verdict is None else latest_cell(page, row.verdict)


def status(page: PlanMaterial, row: Answering) -> Cell:
    """How it stands."""
    if row.verdict is None:
        return beside(page, row.standing, status_text(page, row.standing))
    return verdict_cell(page, row.standing, row.verdict)
