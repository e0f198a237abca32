"""The answer of the comparison: how far apart the two end, and why."""

from futian_model.report.page.blocks import Block, Cover, KeyFigure, KeyFigures, Prose, Section
from futian_model.report.pages.compare.rows import CompareMaterial
from futian_model.report.sections.attribution import Why
from futian_model.report.sections.cautions import few_draws
from futian_model.report.sections.report import facts
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence


def cover(given: CompareMaterial) -> Cover:
    """The question, and the two scenarios."""
    words = given.words
    span, *others = facts(given, "span", "prices", "draws")
    vintages = words["enumeration"].join(dict.fromkeys(side.vintage for side in given.sides.values()))
    names = dict(zip(given.sides, given.titles, strict=True))
    subtitle, question = (words.say(name, **names).text for name in ("compare_subtitle", "compare_question"))
    told = [span, (words["fact_vintage"], vintages), *others]
    return Cover(given.lang, words["compare_title_page"], subtitle, question, told)


def answer(given: CompareMaterial) -> Section:
    """How far apart the two end and why, in a sentence an indicator, and what that says of likelihood."""
    words = given.words
    if given.same:
        told = [words.say("compare_same", a=given.titles[0], b=given.titles[1])]
        return Section(given.lang, words["compare_answer_heading"], [Prose(given.lang, told)])
    whys = [given.why(name) for name in given.explained]
    if given.why_chance is not None:
        whys.append(given.why_chance)
    children: list[Block] = [Prose(given.lang, [why.sentence()]) for why in whys]
    apart = [figure(given, why) for why in whys if not why.alike]
    if apart:
        children.append(KeyFigures(given.lang, apart))
    caution = words.say("compare_caution", draws=Number(given.given_scenario.draws, "count"))
    children.append(Prose(given.lang, [caution, *evidence_alone(given), *few_draws(given)], note=True))
    return Section(given.lang, words["compare_answer_heading"], children)


def figure(given: CompareMaterial, why: Why) -> KeyFigure:
    """A difference, between the figures it lies between."""
    words = given.words
    difference = why.number("difference", why.gap_rule)
    start, end = (why.number(name, why.rule) for name in ("start", "end"))
    goal = why.made.asked.goal
    if goal is not None:
        label = words.say("compare_figure_goal", goal=given.goal_label(goal)).text
        return KeyFigure(label, end, words.say("compare_figure_not_likely", start=start))
    label = words.say("figure_label", name=why.name, year=year(why.made.asked.year)).text
    note = words.say("compare_figure_note", a=given.titles[0], start=start, b=given.titles[1], end=end)
    return KeyFigure(label, difference, note)


def evidence_alone(given: CompareMaterial) -> list[Sentence]:
    """What the evidence alone says of the goal the two differ most about."""
    goal = given.about
    if goal is None:
        return []
    start, end = (given.judged_chance(goal, side) for side in given.sides)
    if start is None or end is None:
        return []
    label = given.goal_label(goal)
    if start.value == end.value:
        return [given.words.say("compare_evidence_same", vintage=given.vintage, goal=label, chance=start)]
    names = {"a": given.titles[0], "b": given.titles[1]}
    return [given.words.say("compare_evidence_apart", goal=label, start=start, end=end, **names)]


def nothing(given: CompareMaterial) -> Prose:
    return Prose(given.lang, [given.words.say("compare_same", a=given.titles[0], b=given.titles[1])])
