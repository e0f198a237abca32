"""The answer of the comparison: how far apart the two end, and why."""

from futian_model.report.page import Cover, KeyFigure, Section
from futian_model.report.pages.compare.rows import CompareMaterial
from futian_model.report.sections.attribution import Why
from futian_model.report.sections.cautions import few_draws
from futian_model.report.sections.report import facts
from futian_model.report.words import Number, Sentence, year


def cover(page: CompareMaterial) -> Cover:
    """The question, and the two scenarios."""
    names = dict(zip(page.sides, page.titles, strict=True))
    span, *others = facts(page, "span", "prices", "draws")
    vintages = page.listed(dict.fromkeys(side.vintage for side in page.sides.values()))
    return page.cover(
        "compare_title_page",
        page.say("compare_subtitle", **names),
        page.say("compare_question", **names),
        [span, ("fact_vintage", vintages), *others],
    )


def answer(page: CompareMaterial) -> Section:
    """How far apart the two end and why, in a sentence an indicator, and what that says of likelihood."""
    if page.same:
        return page.section("compare_answer_heading", nothing(page))
    whys = [page.why(name) for name in page.explained]
    if page.why_chance is not None:
        whys.append(page.why_chance)
    caution = page.say("compare_caution", draws=Number(page.given_scenario.draws, "count"))
    return page.section(
        "compare_answer_heading",
        *(why.sentence() for why in whys),
        page.key_figures(*(figure(page, why) for why in whys if not why.alike)),
        page.note(caution, *evidence_alone(page), *few_draws(page)),
    )


def figure(page: CompareMaterial, why: Why) -> KeyFigure:
    """A difference, between the figures it lies between."""
    start, end = (why.number(name, why.rule) for name in ("start", "end"))
    goal = why.made.asked.goal
    if goal is not None:
        label = page.say("compare_figure_goal", goal=page.goal_label(goal))
        return page.figure(label, end, page.say("compare_figure_not_likely", start=start))
    label = page.say("figure_label", name=why.name, year=year(why.made.asked.year))
    note = page.say("compare_figure_note", a=page.titles[0], start=start, b=page.titles[1], end=end)
    return page.figure(label, why.number("difference", why.gap_rule), note)


def evidence_alone(page: CompareMaterial) -> list[Sentence]:
    """What the evidence alone says of the goal the two differ most about."""
    goal = page.about
    if goal is None:
        return []
    start, end = (page.judged_chance(goal, side) for side in page.sides)
    if start is None or end is None:
        return []
    label = page.goal_label(goal)
    if start.value == end.value:
        return [page.say("compare_evidence_same", vintage=page.vintage, goal=label, chance=start)]
    names = {"a": page.titles[0], "b": page.titles[1]}
    return [page.say("compare_evidence_apart", goal=label, start=start, end=end, **names)]


def nothing(page: CompareMaterial) -> Sentence:
    """That the two do not differ."""
    return page.say("compare_same", a=page.titles[0], b=page.titles[1])
