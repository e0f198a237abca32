"""The plan's table stage by stage: how many indicators stood where at the end of each year."""

from futian_model.report.page import Column, Fill, Section, numeric
from futian_model.report.pages.plan.rows import PlanMaterial
from futian_model.report.pages.plan.sentences import status_text
from futian_model.report.words import Sentence, year
from futian_model.report.words.names import EVALUATED, STATUS
from futian_model.report.words.sentences import capital
from futian_model.scorecard import (
    ANNUAL,
    AT_BOUND,
    BEHIND,
    MIDTERM,
    MISSING,
    OFFICIAL,
    SCORECARD,
    TABLE,
    UNJUDGED,
    Stage,
    Standing,
)
from futian_model.scorecard.frames import JUDGED

COUNTED = {
    "plan_card_figure_judged": "judged",
    **{EVALUATED[status]: status for status in reversed(OFFICIAL)},
    "plan_stage_behind": BEHIND,
    **{STATUS[status]: status for status in (AT_BOUND, MISSING, UNJUDGED)},
}
"""Columns, each with what it counts."""


def stages(page: PlanMaterial) -> Section | None:
    """What is new, or where things lead, and the years before; None of a district without a plan."""
    if not page.card.stages:
        return None
    earlier = page.card.stages[1:]
    beside = {ANNUAL: since, MIDTERM: trends}.get(page.card.view)
    table = page.table(
        page.say("plan_stages_table", count=page.count("count")),
        earlier,
        [
            Column("plan_stages_column", lambda stage: name(page, stage)),
            *(
                numeric(Sentence(capital(page.words[key])), count(page, what))
                for key, what in COUNTED.items()
            ),
        ],
        "plan_stages_note",
    )
    sentences = beside(page) if beside is not None else []
    return page.section("plan_stages_heading", sentences, table if earlier else None)


def name(page: PlanMaterial, stage: Stage) -> Sentence:
    """A stage with its year, as planning ordinances name it."""
    return page.say(f"plan_stage_{stage.view}", year=year(stage.as_of))


def count(page: PlanMaterial, what: str) -> Fill:
    """How many indicators of the table stood so."""
    return lambda stage: page.number(SCORECARD, TABLE, stage.as_of, what, "count")


def since(page: PlanMaterial) -> list[Sentence]:
    """Figures and verdicts that the tracking of a year earlier did not have."""
    before = year(page.card.as_of - 1)
    pairs = list(zip(page.card.table, page.card.stages[-1].table, strict=True))
    new = [now for now, was in pairs if len(now.held) > len(was.held)]
    sentences = [page.say("plan_card_not_new", before=before)]
    if new:
        sentences = [page.say("plan_card_new", before=before, names=page.names(new))]

    def changed(now: Standing, was: Standing) -> Sentence:
        statuses = {"was": status_text(page, was), "now": status_text(page, now)}
        return page.say("plan_card_changed_item", name=page.name(now.goal.name), **statuses)

    items = [changed(now, was) for now, was in pairs if now.status != was.status]
    return [*sentences, *([page.say("plan_card_changed", items=page.words.join(items))] if items else [])]


def trends(page: PlanMaterial) -> list[Sentence]:
    """Where the figures lead in the goal's year."""
    sentences = [
        led(page, standing) for standing in page.with_status(*JUDGED) if standing.trend == standing.trend
    ]
    if not sentences:
        return [page.say("plan_card_trend_none")]
    return [page.say("plan_card_trend_lead"), *sentences]


def led(page: PlanMaterial, standing: Standing) -> Sentence:
    """One goal's trend against its target."""
    goal = standing.goal
    trend, target = (page.amount(goal, page.of(goal, goal.year, name)) for name in ("trend", "target"))
    return page.say(
        "plan_card_trend_meets" if goal.meets(standing.trend, standing.target) else "plan_card_trend_short",
        goal=page.name(goal.name),
        target_year=year(goal.year),
        trend=trend,
        target=target,
    )
