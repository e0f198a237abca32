"""One goal of the final evaluation in words: what is published, how far it lies off, the verdict."""

from collections.abc import Sequence

from futian_model.report.page import Cell, Fields
from futian_model.report.pages.plan.rows import PlanMaterial, estimate_rule, rule_of, size_rule
from futian_model.report.pages.plan.sentences import REASONS, clash_told
from futian_model.report.pages.plan.statuses import beside
from futian_model.report.words import Sentence, bare, year
from futian_model.report.words.names import STATUS
from futian_model.scorecard import (
    BY_READING,
    MET,
    MET_SO_FAR,
    MISSED,
    MISSED_SO_FAR,
    STATED,
    UNJUDGED,
    Standing,
    Verdict,
    overall,
)
from futian_model.scorecard.outturns import DEFLATED, LOWER_BOUND

TOLD = (MET, MET_SO_FAR, MISSED, MISSED_SO_FAR, BY_READING)
"""Verdicts told beside the goal's name; of the others the sentence says what is not known."""


def concluding(page: PlanMaterial, standing: Standing) -> list[Sentence]:
    """Sentences on a goal of which a figure or an estimate is known; none of another."""
    verdicts = page.judged(standing)
    if verdicts[0].status == UNJUDGED:
        clash = clash_told(page, standing)
        return [clash] if clash is not None else []
    if not any(
        verdict.year is not None or page.knows(verdict, verdict.goal.year, "expected") for verdict in verdicts
    ):
        return []
    sentences = [opened(page, verdicts)]
    return sentences + [sentence for verdict in verdicts if (sentence := sized(page, verdict)) is not None]


def opened(page: PlanMaterial, verdicts: Sequence[Verdict]) -> Sentence:
    """What is published of a goal, and what was asked."""
    verdict = verdicts[-1]  # at current prices where it is read both ways: as printed
    goal, at = verdict.goal, verdict.goal.year
    name, status = page.name(goal.name), overall(verdicts)
    fields: Fields = {
        "goal": page.say("plan_card_goal_status", goal=name, status=page.words[STATUS[status]])
        if status in TOLD
        else name,
        "target": page.amount(goal, page.read(verdict, at, "target")),
        "target_year": year(at),
    }
    both = "_both" if len(verdicts) > 1 else ""
    if verdict.year is None:
        return page.say(f"plan_card_end_none{both}", **fields)
    fields |= {
        "value": page.amount(goal, page.read(verdict, verdict.year, "outturn")),
        "year": year(verdict.year),
    }
    if verdict.year != at:
        return page.say(f"plan_card_end_earlier{both}", **fields)
    bound = "bound" if verdict.precision == LOWER_BOUND else "figure"
    return page.say(f"plan_card_end_{bound}{both}", **fields)


def sized(page: PlanMaterial, verdict: Verdict) -> Sentence | None:
    """How far a reading lies off its target, and the chance; None where neither can be told."""
    goal, at = verdict.goal, verdict.goal.year
    read = "" if verdict.reading == STATED else "_read"
    fields: Fields = {}
    if read:
        fields["prices"] = page.prices(verdict)
    if verdict.status in (MET, MISSED):
        fields["gap"] = off(page, verdict, "gap_size", "relative_gap_size", verdict.gap)
        if read:
            assert verdict.year is not None
            fields["value"] = page.amount(goal, page.read(verdict, verdict.year, "outturn"))
        return page.say(f"plan_card_size_settled{read}", **fields)
    if not page.knows(verdict, at, "chance"):
        return None
    rule = estimate_rule(goal) if rule_of(goal) == "plain_percent" else None
    fields["expected"] = page.amount(goal, page.read(verdict, at, "expected", rule))
    fields["gap"] = off(
        page, verdict, "expected_gap_size", "expected_relative_gap_size", verdict.expected_gap
    )
    fields["chance"] = page.read(verdict, at, "chance", "probability")
    return page.say(f"plan_card_size_expected{read}", **fields)


def off(
    page: PlanMaterial, verdict: Verdict, size: str, relative: str, signed: float, *, plain: bool = False
) -> Sentence:
    """How much above or below the target, absolute and in per cent; of a share in points alone.

    `plain` leaves the unit to the table's label of the goal.
    """
    goal, at = verdict.goal, verdict.goal.year
    side = "above" if signed >= 0 else "below"
    rule = bare(size_rule(goal)) if plain else size_rule(goal)
    figure = page.read(verdict, at, size, rule)
    amount = figure if plain else page.amount(goal, figure)
    if rule_of(goal) == "plain_percent":
        return page.say(f"plan_card_off_{side}", size=amount)
    part = page.read(verdict, at, relative, "share")
    return page.say(f"plan_card_off_{side}_relative", size=amount, relative=part)


def latest_cell(page: PlanMaterial, verdict: Verdict) -> Cell:
    """The figure judged with its year; converted ones beside what was printed."""
    if verdict.year is None:
        return None
    rule = bare(rule_of(verdict.goal))
    bound = verdict.precision == LOWER_BOUND
    value = page.read(verdict, verdict.year, "outturn", rule)
    key = "plan_card_at_least" if bound else "plan_card_dated"
    if verdict.outturn is not None and verdict.outturn.how == DEFLATED:
        key += "_converted"
    return page.say(key, value=value, year=year(verdict.year))


def expected_cell(page: PlanMaterial, verdict: Verdict) -> Cell:
    """The median of the goal's year, and its range where one stands."""
    at, rule = verdict.goal.year, estimate_rule(verdict.goal)
    if not page.knows(verdict, at, "expected"):
        return None
    expected = page.read(verdict, at, "expected", rule)
    if not page.knows(verdict, at, "expected_low"):
        return page.say("plan_card_about", value=expected)
    low, high = (page.read(verdict, at, f"expected_{end}", rule) for end in ("low", "high"))
    return page.say("plan_card_range", value=expected, low=low, high=high)


def gap_cell(page: PlanMaterial, verdict: Verdict) -> Cell:
    """How far the figure, or what is estimated, lies off the target."""
    at = verdict.goal.year
    if page.knows(verdict, at, "gap_size"):
        return off(page, verdict, "gap_size", "relative_gap_size", verdict.gap, plain=True)
    if page.knows(verdict, at, "expected_gap_size") and page.knows(verdict, at, "chance"):
        gap = off(
            page, verdict, "expected_gap_size", "expected_relative_gap_size", verdict.expected_gap, plain=True
        )
        return page.say("plan_card_about", value=gap)
    return None


def verdict_cell(page: PlanMaterial, standing: Standing, verdict: Verdict) -> Cell:
    """The verdict, with the chance where one stands, and the reason where there can be none."""
    status = beside(page, standing, page.words[STATUS[verdict.status]])
    if verdict.status == UNJUDGED:
        return page.say("plan_card_status_because", reason=page.words[REASONS[verdict.reason]])
    if page.knows(verdict, verdict.goal.year, "chance"):
        chance = page.read(verdict, verdict.goal.year, "chance", "probability")
        return page.say("plan_card_status_chance", status=status, chance=chance)
    return status
