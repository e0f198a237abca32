"""The short answer of the headquarters page."""

from futian_model.evidence import Goal
from futian_model.report.page import Column, Cover, KeyFigure, Section, Table, numeric
from futian_model.report.pages.headquarters.material import NO_DEPARTURE, HeadquartersMaterial
from futian_model.report.pages.headquarters.trade_off import briefly
from futian_model.report.sections import report
from futian_model.report.sections.cautions import few_draws
from futian_model.report.sections.material import GIVEN_SCENARIO
from futian_model.report.words import Number, Sentence, year
from futian_model.results import case
from futian_model.stress import CONCENTRATION, STRESS, departure


def cover(page: HeadquartersMaterial) -> Cover:
    """The question, and the scenario it is asked of."""
    return report.cover(page, "headquarters", "span", "vintage", "prices", "draws")


def answer(page: HeadquartersMaterial) -> Section:
    """What GDP and the share lose, how unsure that is, and which goals go with it."""
    return page.section(
        "headquarters_answer_heading",
        headline(page),
        uncertain(page),
        *due_before(page),
        *turned(page),
        *briefly(page),
        page.key_figures(*figures(page)),
        page.note("headquarters_caution", *few_draws(page)),
        goal_table(page) if page.study.about else None,
    )


def largest(page: HeadquartersMaterial, count: int) -> Sentence:
    """So many of the largest groups, as the language says it."""
    if count == 1:
        return page.say("headquarters_largest_one")
    return page.say("headquarters_largest", count=Number(count, "count"))


def inside(page: HeadquartersMaterial, count: int) -> Sentence:
    """The same inside a sentence."""
    groups = largest(page, count)
    return Sentence(page.words.inline(groups.text), groups.numbers)


def own(page: HeadquartersMaterial, what: str) -> tuple[Number, Number, Number]:
    """A figure of the scenario's own departure, with its range: ``loss`` of GDP, or the share ``after``."""
    indicator = "real_gdp" if what == "loss" else page.study.share
    return page.range_of(STRESS, indicator, page.leaving, what, "share", departure(*page.study.own))


def share_before(page: HeadquartersMaterial) -> Number:
    """The share in the year of the departure, without it."""
    return page.read(NO_DEPARTURE, page.study.share, page.leaving, "central", "share")


def headline(page: HeadquartersMaterial) -> Sentence:
    """GDP missing and the share, with and without."""
    return page.say(
        "headquarters_answer",
        groups=inside(page, page.study.event.largest),
        year=year(page.leaving),
        loss=own(page, "loss")[0],
        name=page.inline(page.study.share),
        after=own(page, "after")[0],
        before=share_before(page),
    )


def uncertain(page: HeadquartersMaterial) -> Sentence:
    """The ranges that come from not knowing sizes."""
    (_, low, high), (_, after_low, after_high) = own(page, "loss"), own(page, "after")
    ends = {"low": low, "high": high, "after_low": after_low, "after_high": after_high}
    return page.say("headquarters_uncertain", **ends)


def due_before(page: HeadquartersMaterial) -> list[Sentence]:
    """The share goal where it falls due before anyone leaves."""
    return [
        page.say(
            "headquarters_due_before_met" if met(page, goal, NO_DEPARTURE) else "headquarters_due_before",
            goal=page.goal_label(goal),
            value=page.of_goal(goal, "central", reading=NO_DEPARTURE),
            target=page.of_goal(goal, "target", reading=NO_DEPARTURE),
        )
        for goal in page.study.about
        if goal.indicator == page.study.share and goal.year < page.leaving
    ]


def turned(page: HeadquartersMaterial) -> list[Sentence]:
    """The last goal on GDP: met without the departure and with it?"""
    goal = page.study.target
    if goal is None:
        return []
    lost = met(page, goal, NO_DEPARTURE) and not met(page, goal, GIVEN_SCENARIO)
    own = departure(*page.study.own)
    _, low, high = page.range_of(STRESS, goal.name, goal.year, "level", "gdp_bare", own)
    levels = page.say(
        "headquarters_turned" if lost else "headquarters_same",
        goal=page.goal_label(goal),
        target=page.of_goal(goal, "target", reading=NO_DEPARTURE),
        before=page.of_goal(goal, "central", reading=NO_DEPARTURE),
        after=page.of_goal(goal, "central", reading=GIVEN_SCENARIO),
        range=page.say("interval_gdp", low=low, high=high),
    )
    before, after = (chance(page, goal, reading) for reading in (NO_DEPARTURE, GIVEN_SCENARIO))
    paths = page.say("headquarters_paths", goal=page.goal_label(goal), before=before, after=after)
    return [levels, paths]


def met(page: HeadquartersMaterial, goal: Goal, reading: str) -> bool:
    """Whether the central path meets a goal."""
    return bool(page.of_goal(goal, "met", "count", reading).value)


def chance(page: HeadquartersMaterial, goal: Goal, reading: str) -> Number:
    """Part of the paths that meet a goal if the assumptions hold."""
    return page.of_goal(goal, "probability", "probability", reading)


def figures(page: HeadquartersMaterial) -> list[KeyFigure]:
    """GDP missing, the share left, what the groups hold, and the last goal on GDP."""
    at, count, share = page.leaving, page.study.event.largest, page.study.share
    loss, low, high = own(page, "loss")
    lost = page.say("headquarters_figure_range", low=low, high=high)
    left = page.say("headquarters_figure_before", before=share_before(page))
    shown = [
        page.figure(page.say("headquarters_figure_loss", year=year(at)), loss, lost),
        page.figure(page.dated(share, at), own(page, "after")[0], left),
    ]
    under = case(top=count)
    if page.has(share, at, "of_part", CONCENTRATION, under):
        middle, low, high = page.range_of(CONCENTRATION, share, at, "of_part", "share", under)
        note = page.say("headquarters_figure_held_note", low=low, high=high)
        label = page.say("headquarters_figure_held", groups=largest(page, count))
        shown.append(page.figure(label, middle, note))
    goal = page.study.target
    if goal is not None:
        note = page.say("headquarters_figure_goal_note", before=chance(page, goal, NO_DEPARTURE))
        label = page.say("headquarters_figure_goal", goal=page.goal_label(goal))
        shown.append(page.figure(label, chance(page, goal, GIVEN_SCENARIO), note))
    return shown


def goal_table(page: HeadquartersMaterial) -> Table:
    """Every goal a departure can move, without it and with it."""
    return page.table(
        "headquarters_goals_table",
        page.study.about,
        [
            Column("column_goal", page.goal_label),
            numeric("column_target", lambda goal: page.of_goal(goal, "target", reading=NO_DEPARTURE)),
            numeric("headquarters_without", lambda goal: page.of_goal(goal, "central", reading=NO_DEPARTURE)),
            numeric("headquarters_with", lambda goal: page.of_goal(goal, "central", reading=GIVEN_SCENARIO)),
            numeric("headquarters_paths_without", lambda goal: chance(page, goal, NO_DEPARTURE)),
            numeric("headquarters_paths_with", lambda goal: chance(page, goal, GIVEN_SCENARIO)),
        ],
        page.say("headquarters_goals_note", base_year=year(page.first)),
    )
