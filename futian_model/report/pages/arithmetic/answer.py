"""The short answer of the plan-arithmetic page."""

from dataclasses import replace

from futian_model.arithmetic import CENSUS, PEOPLE, Pair
from futian_model.report.page.blocks import Block, Cover, KeyFigure, KeyFigures, Prose, Section
from futian_model.report.pages.arithmetic.rows import ArithmeticMaterial
from futian_model.report.sections import report
from futian_model.report.sections.missing import no_goals
from futian_model.report.sections.requirements import ALIKE
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence


def cover(given: ArithmeticMaterial) -> Cover:
    """The question, the years of the plan's goals, and whose population stands beside the plan's."""
    made = report.cover(given, "arithmetic")
    if not given.plan.asked:
        return made
    first = min(one.goal.base_year for one in given.plan.asked)
    last = max(one.goal.year for one in given.plan.asked)
    span = given.words.say("span", start=year(first), end=year(last)).text
    return replace(made, facts=[(given.words["fact_span"], span), *made.facts])


def answer(given: ArithmeticMaterial) -> Section:
    """What the goals imply together, and which of the last two binds."""
    words = given.words
    if not given.plan.pairs:
        return Section(given.lang, words["arithmetic_answer_heading"], [Prose(given.lang, [no_goals(given)])])
    last = given.plan.pairs[-1]
    told = [implied(given, given.plan.pairs[0]), doubling(given, last), *onward(given)]
    notes = [*census(given, given.plan.pairs[0]), words.say("arithmetic_caution")]
    children: list[Block] = [
        *(Prose(given.lang, [sentence]) for sentence in told),
        KeyFigures(given.lang, figures(given)),
        Prose(given.lang, notes, note=True),
    ]
    return Section(given.lang, words["arithmetic_answer_heading"], children)


def implied(given: ArithmeticMaterial, pair: Pair) -> Sentence:
    """Growth that two goals of one year take, and the population at which both are met exactly."""
    return given.words.say(
        "arithmetic_implied",
        gdp_goal=given.goal_label(pair.gdp.goal),
        gdp_growth=given.of_goal(pair.gdp.goal, "growth"),
        goal=given.goal_label(pair.per_head.goal),
        growth=given.of_goal(pair.per_head.goal, "growth"),
        base_year=year(pair.base_year),
        base=given.told(PEOPLE, pair.base_year, "implied", "people"),
        people=given.told(PEOPLE, pair.year, "implied", "people"),
        rate=given.told(PEOPLE, pair.year, "growth", "growth_size"),
    )


def doubling(given: ArithmeticMaterial, pair: Pair) -> Sentence:
    """The population growth at which two goals are one, and what the scenario's population makes of it."""
    flat = abs(pair.switch_growth) < ALIKE
    return given.words.say(
        "arithmetic_switch_flat" if flat else "arithmetic_switch",
        gdp_goal=given.goal_label(pair.gdp.goal),
        goal=given.goal_label(pair.per_head.goal),
        base_year=year(pair.base_year),
        switch=given.told(PEOPLE, pair.year, "growth", "growth_size"),
        own=on_own_path(given, pair),
    )


def on_own_path(given: ArithmeticMaterial, pair: Pair) -> Sentence:
    """Growth of GDP that both goals take with the scenario's population; empty where it ends earlier."""
    own = given.plan.own(pair)
    if own is None:
        return Sentence("")
    return given.words.say(
        "arithmetic_own",
        scenario=given.scenario.title[given.lang],
        year=year(pair.year),
        people=given.of_path(pair, own, "end", "people"),
        needed=given.of_path(pair, own, "needed"),
        growth=given.of_goal(pair.gdp.goal, "growth"),
    )


def onward(given: ArithmeticMaterial) -> list[Sentence]:
    """What is still needed between the first goals and the last, each met exactly."""
    if len(given.plan.pairs) < 2:
        return []
    before, pair = given.plan.pairs[-2:]
    falls = pair.target_population < before.target_population
    return [
        given.words.say(
            "arithmetic_onward_falls" if falls else "arithmetic_onward",
            year=year(before.year),
            last=year(pair.year),
            gdp_after=given.of_goal(pair.gdp.goal, "growth_after"),
            after=given.of_goal(pair.per_head.goal, "growth_after"),
            start=given.told(PEOPLE, before.year, "implied", "people"),
            people=given.told(PEOPLE, pair.year, "implied", "people"),
        )
    ]


def census(given: ArithmeticMaterial, pair: Pair) -> list[Sentence]:
    """The census count beside the population behind the base levels."""
    if not given.held(CENSUS, pair.base_year, "counted"):
        return []

    def told(what: str, rule: str = "people") -> Number:
        return given.told(CENSUS, pair.base_year, what, rule)

    return [
        given.words.say(
            "arithmetic_census",
            base_year=year(pair.base_year),
            base=given.told(PEOPLE, pair.base_year, "implied", "people"),
            census=told("counted"),
            distance=told("distance"),
            gap=told("relative_gap", "share"),
        )
    ]


def figures(given: ArithmeticMaterial) -> list[KeyFigure]:
    """Growth that the first and last goals take, and the population behind the first."""
    words, first, last = given.words, given.plan.pairs[0], given.plan.pairs[-1]
    pace = words.say("arithmetic_figure_growth")
    found = [
        KeyFigure(given.goal_label(one.goal), given.of_goal(one.goal, "growth"), pace)
        for one in dict.fromkeys((first.gdp, last.gdp))
    ]
    own = given.plan.own(last)
    if own is not None:
        note = words.say("arithmetic_figure_needed", scenario=given.scenario.title[given.lang])
        label = given.goal_label(last.per_head.goal)
        found.append(KeyFigure(label, given.of_path(last, own, "needed"), note))
    people = given.told(PEOPLE, first.year, "implied", "people")
    note = words.say("arithmetic_figure_people_note", year=year(first.year))
    return [*found, KeyFigure(words["arithmetic_figure_people"], people, note)]
