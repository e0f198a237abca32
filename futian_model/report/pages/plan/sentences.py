"""One goal of the scorecard in words: what is published of it, and the verdict."""

from collections.abc import Callable, Mapping

from futian_model.report.page import Fields
from futian_model.report.pages.plan.rows import PlanMaterial, size_rule
from futian_model.report.words import Number, Sentence, year
from futian_model.report.words.names import STATUS
from futian_model.scorecard import (
    AT_BOUND,
    BEHIND,
    MET,
    MISSED,
    ON_COURSE,
    UNJUDGED,
    Outturn,
    Standing,
)
from futian_model.scorecard.course import GROWTH
from futian_model.scorecard.judging import NO_BASE, NO_FINAL, SET_BY_CITY
from futian_model.scorecard.outturns import CENSUS, DEFLATED, LOWER_BOUND, PRICES

REASONS = {
    SET_BY_CITY: "plan_card_reason_set_by_city",
    NO_BASE: "plan_card_reason_no_base",
    NO_FINAL: "plan_card_reason_no_final",
    PRICES: "plan_card_reason_prices",
    CENSUS: "plan_card_reason_census",
}
MEASURES = {
    "level": "plan_card_measure_level",
    "cumulative": "plan_card_measure_cumulative",
    "bound": "plan_card_measure_bound",
    "set_by_city": "plan_card_measure_set_by_city",
}


def status_text(page: PlanMaterial, standing: Standing) -> str:
    """The verdict, with the reason where there can be none."""
    words = page.words
    if standing.status == UNJUDGED:
        return page.say("plan_card_status_because", reason=words[REASONS[standing.reason]]).text
    if standing.status == MET and standing.latest is not None and standing.latest.year == standing.goal.year:
        return words["met"]
    return words[STATUS[standing.status]]


def measure_text(page: PlanMaterial, standing: Standing) -> str:
    """What a goal counts: a level, a total, a bound to keep. A level reached at the start is one too."""
    kept = standing.shape == "flat"
    return page.words[MEASURES["bound" if kept else standing.goal.measure]]


def goal_sentences(page: PlanMaterial, standing: Standing) -> list[Sentence]:
    """A sentence on a goal with a figure; none for one without."""
    sentence = goal_sentence(page, standing)
    return [] if sentence is None else [sentence]


def goal_sentence(page: PlanMaterial, standing: Standing) -> Sentence | None:
    """A sentence on a goal with a figure; None for one without."""
    if standing.latest is None:
        return clash_told(page, standing)
    ways: Mapping[str, Callable[[PlanMaterial, Standing, Outturn], Sentence | None]] = {
        MET: reached,
        MISSED: reached,
        ON_COURSE: against_line,
        BEHIND: against_line,
        AT_BOUND: bound_told,
        UNJUDGED: unjudged,
    }
    return ways[standing.status](page, standing, standing.latest)


def shown(page: PlanMaterial, standing: Standing, outturn: Outturn) -> Fields:
    """A goal, and a published figure of it with its year."""
    value = page.amount(standing.goal, page.of(standing.goal, outturn.year, "outturn"))
    if outturn.how == DEFLATED and outturn.precision != LOWER_BOUND:
        published = page.of(standing.goal, outturn.year, "published")
        value = page.say("plan_card_converted", value=value, published=published)
    return {"goal": page.name(standing.goal.name), "year": year(outturn.year), "value": value}


def line(page: PlanMaterial, standing: Standing, outturn: Outturn) -> Sentence:
    """The straight line in a figure's year."""
    return page.amount(standing.goal, page.of(standing.goal, outturn.year, "line"))


def target(page: PlanMaterial, standing: Standing) -> Sentence:
    """What the goal asks, with its unit."""
    return page.amount(standing.goal, page.of(standing.goal, standing.goal.year, "target"))


def reached(page: PlanMaterial, standing: Standing, latest: Outturn) -> Sentence:
    """The target reached, or missed in its year."""
    key = "plan_card_told_met" if standing.status == MET else "plan_card_told_missed"
    return page.say(key, target=target(page, standing), **shown(page, standing, latest))


def against_line(page: PlanMaterial, standing: Standing, latest: Outturn) -> Sentence:
    """A figure beside the straight line of its year, and what is left to do."""
    goal, behind, left = standing.goal, standing.status == BEHIND, still_required(page, standing)
    distance = page.amount(goal, page.of(goal, latest.year, "distance", size_rule(goal)))
    fields = shown(page, standing, latest) | {"line": line(page, standing, latest), "distance": distance}
    if left is None:
        return page.say("plan_card_told_behind_due" if behind else "plan_card_told_course_due", **fields)
    key, at = "plan_card_told_behind" if behind else "plan_card_told_course", year(goal.year)
    return page.say(key, target=target(page, standing), target_year=at, required=left, **fields)


def still_required(page: PlanMaterial, standing: Standing) -> Sentence | None:
    """What every year left must bring; None where none is left or the goal has no course."""
    goal = standing.goal
    if not page.holds(goal, goal.year, "required"):
        return None
    if standing.shape == GROWTH:
        rate = page.of(goal, goal.year, "required", "growth")
        return page.say("plan_card_required_growth", rate=rate)
    step = page.of(goal, goal.year, "required_size", size_rule(goal))
    key = "plan_card_required_step" if standing.required > 0 else "plan_card_required_fall"
    return page.say(key, step=page.amount(goal, step))


def bound_told(page: PlanMaterial, standing: Standing, latest: Outturn) -> Sentence:
    """A lower bound that settles nothing."""
    fields, suffix = shown(page, standing, latest), ""
    if latest.how == DEFLATED:
        fields["published"], suffix = page.of(standing.goal, latest.year, "published"), "_converted"
    if latest.year == standing.goal.year:
        return page.say(f"plan_card_told_bound_due{suffix}", target=target(page, standing), **fields)
    return page.say(f"plan_card_told_bound{suffix}", line=line(page, standing, latest), **fields)


def unjudged(page: PlanMaterial, standing: Standing, latest: Outturn) -> Sentence | None:
    """A figure that cannot be judged, and why."""
    if standing.reason in (PRICES, CENSUS):
        return clash_told(page, standing)
    fields = shown(page, standing, latest)
    if standing.reason == NO_FINAL:
        at, latest_figure = year(standing.goal.year), beside(page, standing, latest)
        return page.say("plan_card_told_no_final", target_year=at, latest=latest_figure, **fields)
    if standing.reason == NO_BASE:
        return page.say("plan_card_told_no_base", target=target(page, standing), **fields)
    return None


def beside(page: PlanMaterial, standing: Standing, latest: Outturn) -> Sentence:
    """The latest figure with its year, and the straight line of that year where there is one."""
    fields = shown(page, standing, latest)
    if not page.holds(standing.goal, latest.year, "line"):
        return page.say("plan_card_latest", **fields)
    return page.say("plan_card_latest_line", line=line(page, standing, latest), **fields)


def clash_told(page: PlanMaterial, standing: Standing) -> Sentence | None:
    """Why the last figure cannot be held against the goal, and the one before that can."""
    if standing.reason not in (PRICES, CENSUS):
        return None
    last = standing.held[-1]
    fields = shown(page, standing, last)
    figure = fields["value"]
    if last.how == DEFLATED:
        figure = page.of(standing.goal, last.year, "published")
    if last.precision == LOWER_BOUND:
        figure = page.say("plan_card_over", value=figure)
    if standing.latest is None:
        key = "plan_card_told_prices" if standing.reason == PRICES else "plan_card_told_census"
        return page.say(key, figure=figure, **fields)
    key = "plan_card_told_prices_latest" if standing.reason == PRICES else "plan_card_told_census_latest"
    return page.say(key, figure=figure, latest=beside(page, standing, standing.latest), **fields)


def figure_cell(page: PlanMaterial, standing: Standing) -> Sentence | None:
    """The latest figure that can be compared, and a later one that cannot; None where there is none."""
    shown = dict.fromkeys([standing.latest, *standing.held[-1:]])
    parts = [dated(page, standing, outturn) for outturn in shown if outturn is not None]
    return page.words.join(parts) if parts else None


def dated(page: PlanMaterial, standing: Standing, outturn: Outturn) -> Sentence:
    """A figure with its year, marked where it is a bound or at current prices."""
    key = "plan_card_at_least" if outturn.precision == LOWER_BOUND else "plan_card_dated"
    if outturn.clash == PRICES:
        key += "_current"
    elif outturn.how == DEFLATED:
        key += "_converted"
    return page.say(key, value=page.bare(standing.goal, outturn.year, "outturn"), year=year(outturn.year))


def as_printed(page: PlanMaterial, standing: Standing, outturn: Outturn) -> Sentence | Number:
    """A figure, with the one at current prices that it was worked out from."""
    figure = page.bare(standing.goal, outturn.year, "outturn")
    if outturn.clash == PRICES:
        return page.say("plan_card_current_prices", value=figure)
    if outturn.how != DEFLATED:
        return figure
    published = page.bare(standing.goal, outturn.year, "published")
    return page.say("plan_card_with_current", value=figure, published=published)
