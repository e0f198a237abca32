"""The answer on surroundings: from where to where, what the goals need, what is not credible."""

from collections.abc import Iterator

from futian_model.contexts import IMPLAUSIBLE, PLAUSIBLE, UNUSUAL, of_check
from futian_model.evidence import Goal
from futian_model.report.page.blocks import Block, Cover, KeyFigure, KeyFigures, Prose, Section
from futian_model.report.pages.contexts.rows import ContextMaterial, Fields
from futian_model.report.sections import report
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence
from futian_model.scenario.blocks import Context, Trend

NAMED = 6
"""Surroundings that a sentence names one by one; more are left to the table."""


def cover(given: ContextMaterial) -> Cover:
    """The question, the scenario, and how many paths stand around it."""
    cities, nations = (Number(len(places), "count") for places in (given.cities, given.nations))
    return report.cover(given, "contexts", "span", "vintage", cities=cities, nations=nations, **given.places)


def answer(given: ContextMaterial) -> Section:
    """What the surroundings alone decide, in a few sentences and figures."""
    words, asked = given.words, given.asked
    last = max((goal.year for goal in asked), default=given.last)
    needed = [goal_sentence(given, goal) for goal in asked if goal.year == last]
    flags = list(flagged(given))
    children: list[Block] = [
        *(Prose(given.lang, told) for told in ([spread(given)], [*lead(given), *needed], flags) if told),
        KeyFigures(given.lang, figures(given)),
        Prose(given.lang, [words.say("contexts_caution"), *own_paths(given), *left_out(given)], note=True),
    ]
    return Section(given.lang, words["answer_heading"], children)


def spread(given: ContextMaterial) -> Sentence:
    """The lowest and the highest GDP of the last year, and where they are."""
    low, high = given.ends
    return given.words.say(
        "contexts_range",
        year=year(given.last),
        base_year=year(given.first),
        low=given.of(low, "real_gdp", "central", "gdp"),
        high=given.of(high, "real_gdp", "central", "gdp"),
        low_growth=given.of(low, "real_gdp", "cagr", "growth"),
        high_growth=given.of(high, "real_gdp", "cagr", "growth"),
        low_place=given.label(low),
        high_place=given.label(high),
        **given.places,
    )


def lead(given: ContextMaterial) -> list[Sentence]:
    """Where the district's lead comes from, if the scenario states growth and no lead."""
    if isinstance(given.scenario.levers.growth, Context | Trend):
        return []
    stated = given.common("range", "least", "growth_points", case=of_check("district"))
    return [given.words.say("contexts_lead_stated", lead=stated, vintage=given.vintage, **given.places)]


def goal_sentence(given: ContextMaterial, goal: Goal) -> Sentence:
    """In how many surroundings a goal is met, and how fast the city must grow for it."""
    words = given.words
    counted: Fields = {
        "goal": given.goal_label(goal),
        "met": given.common(goal.name, "cells_met", "count", goal.year),
        "count": given.common("cells", "count", "count"),
    }
    required, needed = (given.agreed(goal, name) for name in ("required_growth", "city_growth_needed"))
    if required is None or needed is None:
        return words.say("contexts_goal_moving", **counted)
    return words.say("contexts_goal", required=required, needed=needed, **counted, **given.places)


def flagged(given: ContextMaterial) -> Iterator[Sentence]:
    """Which surroundings are unusual or implausible, and why."""
    words, count = given.words, given.common("cells", "count", "count")
    if all(one.flag == PLAUSIBLE for one in given.cells):
        yield words.say("contexts_credible", count=count)
    for flag in (IMPLAUSIBLE, UNUSUAL):
        cells = [one for one in given.cells if one.flag == flag]
        if not cells:
            continue
        reasons = dict.fromkeys(reason for one in cells for reason in given.reasons(one))
        told: Fields = {
            "flag": given.flag_word(flag),
            "count": given.common("cells", flag, "count"),
            "all": count,
            "reasons": words["enumeration"].join(reasons),
        }
        if len(cells) > NAMED:
            yield words.say("contexts_flagged", **told)
        else:
            places = words["enumeration"].join(given.label(one) for one in cells)
            yield words.say("contexts_flagged_places", places=places, **told)


def own_paths(given: ContextMaterial) -> list[Sentence]:
    """Cities that no nation moves."""
    alone = [given.label(one) for one in given.cells if one.nation is None]
    titles = given.words["enumeration"].join(alone)
    return [given.words.say("contexts_own_path", titles=titles, **given.places)] if alone else []


def left_out(given: ContextMaterial) -> list[Sentence]:
    """Paths that do not cover the scenario's years."""
    words, (_, _, left) = given.words, given.found
    titles = [words.say("contexts_alone", city=place.title[given.lang]).text for place, _ in left]
    return [words.say("contexts_left_out", titles=words["enumeration"].join(titles))] if titles else []


def figures(given: ContextMaterial) -> list[KeyFigure]:
    """Lowest, highest, the scenario itself, and the growth of the city that its last GDP goal needs."""
    words, last = given.words, year(given.last)
    shown = [
        KeyFigure(
            words.say(name, year=last).text,
            given.of(one, "real_gdp", "central", "gdp"),
            words.say("contexts_a_year", growth=given.of(one, "real_gdp", "cagr", "growth")),
        )
        for name, one in zip(("contexts_lowest", "contexts_highest"), given.ends, strict=True)
    ]
    itself = words.say("contexts_itself", year=last).text
    shown.append(
        KeyFigure(itself, given.common("real_gdp", "central", "gdp"), words.say("contexts_itself_note"))
    )
    for goal in [one for one in given.asked if one.indicator == "real_gdp"][-1:]:
        needed = given.agreed(goal, "city_growth_needed")
        if needed is not None:
            note = words.say("contexts_needed_note", goal=given.goal_label(goal))
            shown.append(KeyFigure(words.say("contexts_needed", **given.places).text, needed, note))
    return shown
