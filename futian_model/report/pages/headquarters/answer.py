"""The short answer of the headquarters page."""

from futian_model.evidence import Goal
from futian_model.report.page.blocks import (
    Block,
    Cell,
    Column,
    Cover,
    KeyFigure,
    KeyFigures,
    Prose,
    Section,
    Table,
)
from futian_model.report.pages.headquarters.material import NO_DEPARTURE, HeadquartersMaterial
from futian_model.report.pages.headquarters.trade_off import briefly
from futian_model.report.sections import report
from futian_model.report.sections.cautions import few_draws
from futian_model.report.sections.material import GIVEN_SCENARIO
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence
from futian_model.results import case
from futian_model.stress import CONCENTRATION, STRESS, departure


def cover(given: HeadquartersMaterial) -> Cover:
    """The question, and the scenario it is asked of."""
    return report.cover(given, "headquarters", "span", "vintage", "prices", "draws")


def answer(given: HeadquartersMaterial) -> Section:
    """What GDP and the share lose, how unsure that is, and which goals go with it."""
    words = given.words
    told = [headline(given), uncertain(given), *due_before(given), *turned(given), *briefly(given)]
    children: list[Block] = [
        *(Prose(given.lang, [sentence]) for sentence in told),
        KeyFigures(given.lang, figures(given)),
        Prose(given.lang, [words.say("headquarters_caution"), *few_draws(given)], note=True),
    ]
    if given.study.about:
        children.append(goal_table(given))
    return Section(given.lang, words["headquarters_answer_heading"], children)


def largest(given: HeadquartersMaterial, count: int) -> Sentence:
    """So many of the largest groups, as the language says it."""
    if count == 1:
        return given.words.say("headquarters_largest_one")
    return given.words.say("headquarters_largest", count=Number(count, "count"))


def inside(given: HeadquartersMaterial, count: int) -> Sentence:
    """The same inside a sentence."""
    told = largest(given, count)
    return Sentence(given.words.inline(told.text), told.numbers)


def own(given: HeadquartersMaterial, what: str, end: str = "") -> Number:
    """A figure of the scenario's own departure: its ``loss`` of GDP, or the share ``after``."""
    indicator = "real_gdp" if what == "loss" else given.study.share
    under = departure(*given.study.own)
    return given.told(STRESS, indicator, given.study.event.year, f"{what}{end}", "share", under)


def headline(given: HeadquartersMaterial) -> Sentence:
    """GDP missing and the share, with and without."""
    at = given.study.event.year
    return given.words.say(
        "headquarters_answer",
        groups=inside(given, given.study.event.largest),
        year=year(at),
        loss=own(given, "loss"),
        name=given.words.inline(given.name(given.study.share)),
        after=own(given, "after"),
        before=given.told(NO_DEPARTURE, given.study.share, at, "central", "share"),
    )


def uncertain(given: HeadquartersMaterial) -> Sentence:
    """The ranges that come from not knowing sizes."""
    return given.words.say(
        "headquarters_uncertain",
        low=own(given, "loss", "_low"),
        high=own(given, "loss", "_high"),
        after_low=own(given, "after", "_low"),
        after_high=own(given, "after", "_high"),
    )


def due_before(given: HeadquartersMaterial) -> list[Sentence]:
    """The share goal where it falls due before anyone leaves."""
    goals = [
        goal
        for goal in given.study.about
        if goal.indicator == given.study.share and goal.year < given.study.event.year
    ]
    return [
        given.words.say(
            "headquarters_due_before_met" if met(given, goal, NO_DEPARTURE) else "headquarters_due_before",
            goal=given.goal_label(goal),
            value=level(given, goal, NO_DEPARTURE),
            target=level(given, goal, NO_DEPARTURE, "target"),
        )
        for goal in goals
    ]


def turned(given: HeadquartersMaterial) -> list[Sentence]:
    """The last goal on GDP: met without the departure and with it?"""
    goal = given.study.target
    if goal is None:
        return []
    before, after = met(given, goal, NO_DEPARTURE), met(given, goal, GIVEN_SCENARIO)
    key = "headquarters_turned" if before and not after else "headquarters_same"
    under = departure(*given.study.own)
    low, high = (
        given.told(STRESS, goal.name, goal.year, f"level{end}", "gdp_bare", under)
        for end in ("_low", "_high")
    )
    told = given.words.say(
        key,
        goal=given.goal_label(goal),
        target=level(given, goal, NO_DEPARTURE, "target"),
        before=level(given, goal, NO_DEPARTURE),
        after=level(given, goal, GIVEN_SCENARIO),
        range=given.words.say("interval_gdp", low=low, high=high),
    )
    paths = given.words.say(
        "headquarters_paths",
        goal=given.goal_label(goal),
        before=chance(given, goal, NO_DEPARTURE),
        after=chance(given, goal, GIVEN_SCENARIO),
    )
    return [told, paths]


def met(given: HeadquartersMaterial, goal: Goal, reading: str) -> bool:
    return bool(given.told(reading, goal.name, goal.year, "met", "count").value)


def level(given: HeadquartersMaterial, goal: Goal, reading: str, statistic: str = "central") -> Number:
    return given.told(reading, goal.name, goal.year, statistic, given.rule(goal.indicator))


def chance(given: HeadquartersMaterial, goal: Goal, reading: str) -> Number:
    """Part of the paths that meet a goal if the assumptions hold."""
    return given.told(reading, goal.name, goal.year, "probability", "probability")


def figures(given: HeadquartersMaterial) -> list[KeyFigure]:
    """GDP missing, the share left, what the groups hold, and the last goal on GDP."""
    words, at, count = given.words, given.study.event.year, given.study.event.largest
    loss_note = words.say(
        "headquarters_figure_range", low=own(given, "loss", "_low"), high=own(given, "loss", "_high")
    )
    share_note = words.say(
        "headquarters_figure_before",
        before=given.told(NO_DEPARTURE, given.study.share, at, "central", "share"),
    )
    found = [
        KeyFigure(words.say("headquarters_figure_loss", year=year(at)).text, own(given, "loss"), loss_note),
        KeyFigure(
            words.say("figure_label", year=year(at), name=given.name(given.study.share)).text,
            own(given, "after"),
            share_note,
        ),
    ]
    under = case(top=count)
    if given.has(given.study.share, at, "of_part", CONCENTRATION, under):
        held, low, high = (
            given.told(CONCENTRATION, given.study.share, at, f"of_part{end}", "share", under)
            for end in ("", "_low", "_high")
        )
        note = words.say("headquarters_figure_held_note", low=low, high=high)
        label = words.say("headquarters_figure_held", groups=largest(given, count)).text
        found.append(KeyFigure(label, held, note))
    goal = given.study.target
    if goal is not None:
        note = words.say("headquarters_figure_goal_note", before=chance(given, goal, NO_DEPARTURE))
        label = words.say("headquarters_figure_goal", goal=given.goal_label(goal)).text
        found.append(KeyFigure(label, chance(given, goal, GIVEN_SCENARIO), note))
    return found


def goal_table(given: HeadquartersMaterial) -> Table:
    """Every goal a departure can move, without it and with it."""
    words = given.words
    heads = ("column_target", *HEADS)
    columns = [
        Column(words["column_goal"], head=True),
        *(Column(words[name], numeric=True) for name in heads),
    ]
    rows: list[list[Cell]] = [
        [
            given.goal_label(goal),
            level(given, goal, NO_DEPARTURE, "target"),
            level(given, goal, NO_DEPARTURE),
            level(given, goal, GIVEN_SCENARIO),
            chance(given, goal, NO_DEPARTURE),
            chance(given, goal, GIVEN_SCENARIO),
        ]
        for goal in given.study.about
    ]
    note = words.say("headquarters_goals_note", base_year=year(given.first))
    return Table(given.lang, words["headquarters_goals_table"], columns, rows, note, cards=True)


HEADS = (
    "headquarters_without",
    "headquarters_with",
    "headquarters_paths_without",
    "headquarters_paths_with",
)
"""Columns of the table of goals after the target."""
