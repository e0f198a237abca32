"""What moved the chances of goals on GDP since the plan was adopted, step by step."""

from futian_model.attribution import STEPS, Move
from futian_model.report.page import Column, Fields, Section, head, numeric
from futian_model.report.pages.plan.rows import PlanMaterial
from futian_model.report.words import Number, Sentence, year

LEVEL = "real_gdp"


def moved(page: PlanMaterial) -> Section | None:
    """Chances as seen then and now, and what each step moved them by; None without goals."""
    if page.evidence.goals.empty:
        return None
    if not page.moves:
        return page.section("plan_card_moved_heading", "plan_card_moved_none")
    move = page.moves[0]
    seen = {"then": page.words.month(move.then), "now": page.words.month(move.now)}
    table = page.table(
        page.say("plan_card_moved_table", **seen),
        page.moves,
        [
            head("column_plan_indicator", lambda row: page.say("plan_card_moved_goal", **fields(page, row))),
            numeric(page.say("plan_card_moved_seen", at=seen["then"]), lambda row: chance(page, row, "then")),
            *(step(page, name) for name in STEPS),
            numeric(page.say("plan_card_moved_seen", at=seen["now"]), lambda row: chance(page, row, "now")),
        ],
        "plan_card_moved_note",
    )
    sentences = [most(page, row) for row in page.moves if row.goal.indicator == LEVEL]
    return page.section("plan_card_moved_heading", ["plan_card_moved_lead"], sentences, table)


def fields(page: PlanMaterial, row: Move) -> Fields:
    """A goal with its year and the prices it is read on."""
    return {"goal": page.name(row.goal.name), "year": year(row.goal.year), "prices": page.prices(row)}


def chance(page: PlanMaterial, row: Move, seen: str) -> Number:
    """The chance as seen then, or now."""
    return page.read(row, row.goal.year, f"chance_{seen}", "probability")


def step(page: PlanMaterial, name: str) -> Column:
    """What a step moved each chance by, in points."""
    return numeric(
        f"plan_card_moved_{name}", lambda row: page.read(row, row.goal.year, f"moved_{name}", "points")
    )


def most(page: PlanMaterial, row: Move) -> Sentence:
    """How far one chance moved, and the step that moved it most."""
    _, name = max(zip(map(abs, row.steps), STEPS, strict=True), key=lambda pair: pair[0])
    return page.say(
        "plan_card_moved_most",
        then=chance(page, row, "then"),
        now=chance(page, row, "now"),
        step=page.words[f"plan_card_moved_inline_{name}"],
        **fields(page, row),
    )
