"""One goal of the scorecard in words: what is published of it, and the verdict."""

from collections.abc import Callable, Mapping

from futian_model.report.pages.scorecard.rows import CardMaterial, size_rule
from futian_model.report.words.names import STATUS
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence
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

Fields = dict[str, Number | Sentence | str]
"""What fills the braces of a text."""
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


def status_text(given: CardMaterial, one: Standing) -> str:
    """The verdict, with the reason where there can be none."""
    words = given.words
    if one.status == UNJUDGED:
        return words.say("plan_card_status_unjudged", reason=words[REASONS[one.reason]]).text
    if one.status == MET and one.latest is not None and one.latest.year == one.goal.year:
        return words["plan_card_status_met_due"]
    return words[STATUS[one.status]]


def measure_text(given: CardMaterial, one: Standing) -> str:
    """What a goal counts: a level, a total, a bound to keep. A level reached at the start is one too."""
    kept = one.shape == "flat"
    return given.words[MEASURES["bound" if kept else one.goal.measure]]


def told(given: CardMaterial, one: Standing) -> Sentence | None:
    """A sentence on a goal with a figure; None for one without."""
    if one.latest is None:
        return clash_told(given, one)
    ways: Mapping[str, Callable[[CardMaterial, Standing, Outturn], Sentence | None]] = {
        MET: reached,
        MISSED: reached,
        ON_COURSE: against_line,
        BEHIND: against_line,
        AT_BOUND: bound_told,
        UNJUDGED: unjudged,
    }
    return ways[one.status](given, one, one.latest)


def value(given: CardMaterial, one: Standing, held: Outturn) -> Sentence:
    """A published figure with its unit."""
    return given.amount(one.goal, given.of(one.goal, held.year, "outturn"))


def target(given: CardMaterial, one: Standing) -> Sentence:
    """What the goal asks, with its unit."""
    return given.amount(one.goal, given.of(one.goal, one.goal.year, "target"))


def reached(given: CardMaterial, one: Standing, latest: Outturn) -> Sentence:
    """The target reached, or missed in its year."""
    key = "plan_card_told_met" if one.status == MET else "plan_card_told_missed"
    return given.words.say(
        key,
        goal=given.name(one.goal),
        year=year(latest.year),
        value=value(given, one, latest),
        target=target(given, one),
    )


def against_line(given: CardMaterial, one: Standing, latest: Outturn) -> Sentence:
    """A figure beside the straight line of its year, and what is left to do."""
    goal, behind = one.goal, one.status == BEHIND
    left = still_required(given, one)
    fields: Fields = {
        "goal": given.name(goal),
        "year": year(latest.year),
        "value": value(given, one, latest),
        "line": given.amount(goal, given.of(goal, latest.year, "line")),
        "distance": given.amount(goal, given.of(goal, latest.year, "distance", size_rule(goal))),
    }
    if left is None:
        key = "plan_card_told_behind_due" if behind else "plan_card_told_course_due"
        return given.words.say(key, **fields)
    key = "plan_card_told_behind" if behind else "plan_card_told_course"
    at = year(goal.year)
    return given.words.say(key, target=target(given, one), target_year=at, required=left, **fields)


def still_required(given: CardMaterial, one: Standing) -> Sentence | None:
    """What every year left must bring; None where none is left or the goal has no course."""
    goal = one.goal
    if not given.has(goal, goal.year, "required"):
        return None
    if one.shape == GROWTH:
        rate = given.of(goal, goal.year, "required", "growth")
        return given.words.say("plan_card_required_growth", rate=rate)
    step = given.of(goal, goal.year, "required_size", size_rule(goal))
    key = "plan_card_required_step" if one.required > 0 else "plan_card_required_fall"
    return given.words.say(key, step=given.amount(goal, step))


def bound_told(given: CardMaterial, one: Standing, latest: Outturn) -> Sentence:
    """A lower bound that settles nothing."""
    fields: Fields = {
        "goal": given.name(one.goal),
        "year": year(latest.year),
        "value": value(given, one, latest),
    }
    if latest.year == one.goal.year:
        return given.words.say("plan_card_told_bound_due", target=target(given, one), **fields)
    line = given.amount(one.goal, given.of(one.goal, latest.year, "line"))
    return given.words.say("plan_card_told_bound", line=line, **fields)


def unjudged(given: CardMaterial, one: Standing, latest: Outturn) -> Sentence | None:
    """A figure that cannot be judged, and why."""
    if one.reason in (PRICES, CENSUS):
        return clash_told(given, one)
    fields: Fields = {"goal": given.name(one.goal)}
    if one.reason == NO_FINAL:
        at = year(one.goal.year)
        return given.words.say(
            "plan_card_told_no_final", target_year=at, latest=beside(given, one, latest), **fields
        )
    if one.reason == NO_BASE:
        fields |= {"year": year(latest.year), "value": value(given, one, latest)}
        return given.words.say("plan_card_told_no_base", target=target(given, one), **fields)
    return None


def beside(given: CardMaterial, one: Standing, latest: Outturn) -> Sentence:
    """The latest figure with its year, and the straight line of that year where there is one."""
    fields: Fields = {"year": year(latest.year), "value": value(given, one, latest)}
    if not given.has(one.goal, latest.year, "line"):
        return given.words.say("plan_card_latest", **fields)
    line = given.amount(one.goal, given.of(one.goal, latest.year, "line"))
    return given.words.say("plan_card_latest_line", line=line, **fields)


def clash_told(given: CardMaterial, one: Standing) -> Sentence | None:
    """Why the last figure cannot be held against the goal, and the one before that can."""
    if one.reason not in (PRICES, CENSUS):
        return None
    last = one.held[-1]
    figure = value(given, one, last)
    if last.precision == LOWER_BOUND:
        figure = given.words.say("plan_card_over", value=figure)
    key = "plan_card_told_prices" if one.reason == PRICES else "plan_card_told_census"
    fields: Fields = {
        "goal": given.name(one.goal),
        "year": year(last.year),
        "figure": figure,
    }
    if one.latest is None:
        return given.words.say(key, **fields)
    key = "plan_card_told_prices_latest" if one.reason == PRICES else "plan_card_told_census_latest"
    return given.words.say(key, latest=beside(given, one, one.latest), **fields)


def figure_cell(given: CardMaterial, one: Standing) -> Sentence | str:
    """The latest figure that can be compared, and a later one that cannot; a dash where there is none."""
    shown = [held for held in (one.latest, one.held[-1] if one.held else None) if held is not None]
    if not shown:
        return given.words["not_told"]
    parts = [dated(given, one, held) for held in dict.fromkeys(shown)]
    return given.words.join(parts)


def dated(given: CardMaterial, one: Standing, held: Outturn) -> Sentence:
    """A figure with its year, marked where it is a bound or at current prices."""
    words = given.words
    exact, bound = "plan_card_dated", "plan_card_at_least"
    if held.clash == PRICES:
        exact, bound = "plan_card_dated_current", "plan_card_at_least_current"
    key = bound if held.precision == LOWER_BOUND else exact
    return words.say(key, value=given.bare(one.goal, held.year, "outturn"), year=year(held.year))


def as_printed(given: CardMaterial, one: Standing, held: Outturn) -> Sentence | Number:
    """A figure, with the one at current prices that it was worked out from."""
    figure = given.bare(one.goal, held.year, "outturn")
    if held.clash == PRICES:
        return given.words.say("plan_card_current_prices", value=figure)
    if held.how != DEFLATED:
        return figure
    published = given.bare(one.goal, held.year, "published")
    return given.words.say("plan_card_with_current", value=figure, published=published)
