"""What evaluations of plans call each indicator: statuses with a tolerance, prospects, and warnings."""

from collections.abc import Sequence

from futian_model.attribution import Move
from futian_model.report.page import Column, Section, Table, head, numeric
from futian_model.report.pages.plan.rows import PlanMaterial
from futian_model.report.words import Number, Sentence, year
from futian_model.report.words.names import EVALUATED, PROSPECT
from futian_model.report.words.sentences import capital
from futian_model.scorecard import (
    BINDING,
    EXPECTED,
    HARD,
    LAGGING,
    MET,
    MISSED,
    OFFICIAL,
    SCORECARD,
    TABLE,
    Standing,
    Verdict,
    of_attribute,
    prospect,
    warned,
)
from futian_model.scorecard.official import FEASIBLE_ABOVE, HARD_BELOW, tolerance
from futian_model.scorecard.verdicts import MET_SO_FAR, MISSED_SO_FAR

SETTLED = (MET, MISSED, MET_SO_FAR, MISSED_SO_FAR)
KINDS = {
    "plan_official_binding": of_attribute(BINDING),
    "plan_official_expected": of_attribute(EXPECTED),
    "plan_official_total": "",
}
"""Rows of the table, each with the case of its numbers."""


def statuses(page: PlanMaterial) -> Section | None:
    """Binding and expected goals by their statuses, prospects and warnings; None without a plan."""
    if not page.card.table:
        return None
    goal = page.card.table[0].goal
    margin = Number(tolerance(goal.year - goal.base_year), "percent")
    return page.section(
        "plan_official_heading",
        page.say("plan_official_lead", tolerance=margin),
        counts(page),
        prospects(page) if page.current else page.say("plan_prospect_earlier", year=year(page.card.as_of)),
        warnings(page),
    )


def evaluated(page: PlanMaterial) -> list[Sentence]:
    """The same in a line or two; the part that is met once half of the indicators are settled."""
    items = [
        page.say("plan_official_item", status=page.words[key], count=count)
        for key, count in (
            *((EVALUATED[status], page.count(status)) for status in reversed(OFFICIAL)),
            ("plan_official_without", page.count("without_status")),
        )
        if count.value
    ]
    fields = {name: of_kind(page, name, BINDING) for name in ("count", "without_status")}
    warned_of = Number(len(listed(page)), "count")
    sentences = [page.say("plan_official_sentence", items=page.words.join(items), warned=warned_of, **fields)]
    settled = page.count("settled")
    if settled.value * 2 >= page.count("count").value:
        rate = page.number(SCORECARD, TABLE, page.card.as_of, "completion_rate", "percent")
        met = page.count("kept" if page.final else MET)
        sentences.append(page.say("plan_official_rate_told", rate=rate, settled=settled, kept=met))
    return sentences


def of_kind(page: PlanMaterial, statistic: str, attribute: str) -> Number:
    """A number of binding, or of expected goals."""
    return page.number(SCORECARD, TABLE, page.card.as_of, statistic, "count", of_attribute(attribute))


def counts(page: PlanMaterial) -> Table:
    """A row of binding goals, one of expected ones, and all."""

    def column(label: str, statistic: str, rule: str = "count") -> Column:
        key = (rule, SCORECARD, TABLE, page.card.as_of, statistic)
        return numeric(Sentence(capital(page.words[label])), lambda row: page.ledger.find(*key, KINDS[row]))

    return page.table(
        page.say("plan_official_table", count=page.count("count")),
        KINDS,
        [
            Column("column_plan_indicator", lambda row: page.words[row]),
            column("plan_official_count", "count"),
            *(column(EVALUATED[status], status) for status in reversed(OFFICIAL)),
            column("plan_official_without", "without_status"),
            column("plan_official_rate", "completion_rate", "percent"),
        ],
        "plan_official_note",
    )


def chance_of(page: PlanMaterial, standing: Standing) -> tuple[Verdict | Move, str, float] | None:
    """The lower chance of a goal that is not settled, with where it stands; None where none is known.

    An earlier year's chances are those of its own vintage, which is asked for.
    """
    judged: Sequence[Verdict] = page.judged(standing)
    if (standing.status in (MET, MISSED) and not judged) or any(row.status in SETTLED for row in judged):
        return None
    moves = page.moves if page.current and not judged else ()
    known: list[tuple[Verdict | Move, str, float]] = [
        *((row, "chance", row.chance) for row in judged if row.chance == row.chance),
        *((move, "chance_now", move.end) for move in moves if move.goal.name == standing.goal.name),
    ]
    return min(known, key=lambda row: row[2], default=None)


def prospects(page: PlanMaterial) -> Table | None:
    """Goals with a chance, and whether they can be met."""
    rows = [
        (standing, known)
        for standing in (*page.card.table, *page.card.outlook)
        if (known := chance_of(page, standing)) is not None
    ]
    if not rows:
        return None
    ends = {"likely": Number(FEASIBLE_ABOVE, "percent"), "unlikely": Number(HARD_BELOW, "percent")}
    return page.table(
        "plan_prospect_table",
        rows,
        [
            head("column_plan_indicator", lambda row: page.goal_label(row[0].goal)),
            numeric(
                "column_chance", lambda row: page.read(row[1][0], row[0].goal.year, row[1][1], "probability")
            ),
            Column("plan_prospect_column", lambda row: page.words[PROSPECT[prospect(row[1][2])]]),
        ],
        page.say("plan_prospect_note", **ends),
    )


def likely(page: PlanMaterial, standing: Standing) -> float:
    """The chance of a goal that is not settled; NaN where none is known."""
    known = chance_of(page, standing)
    return float("nan") if known is None else known[2]


def listed(page: PlanMaterial) -> list[Standing]:
    """Binding goals of the table on the list of warnings."""
    officials = page.card.officials
    return [
        standing
        for standing in page.card.table
        if warned(standing, officials[standing.goal.name], likely(page, standing))
    ]


def warnings(page: PlanMaterial) -> list[Sentence]:
    """Binding goals to be warned of, and expected ones that lag or are hard to meet."""
    binding = listed(page)
    counts = {name: of_kind(page, name, BINDING) for name in ("count", "without_status")}
    sentences = [page.say("plan_warned", names=page.names(binding))]
    if not binding:
        sentences = [page.say("plan_warned_none", count=counts["count"], without=counts["without_status"])]
    expected = [
        standing
        for standing in page.card.table
        if standing.goal.attribute == EXPECTED
        and (page.card.officials[standing.goal.name] == LAGGING or prospect(likely(page, standing)) == HARD)
    ]
    if expected:
        sentences.append(page.say("plan_warned_expected", names=page.names(expected)))
    return sentences


def beside(page: PlanMaterial, standing: Standing, status: str) -> str:
    """Our verdict with what an evaluation calls it, where it does."""
    official = page.card.officials[standing.goal.name]
    if not official:
        return status
    return page.say("plan_card_status_official", status=status, official=page.words[EVALUATED[official]]).text
