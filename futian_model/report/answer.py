"""Cover and answer: three sentences and the figures to remember."""

import math

from futian_model import __version__
from futian_model.report.blocks import Block, Cover, KeyFigure, KeyFigures, Prose, Section
from futian_model.report.material import GIVEN_EVIDENCE, GIVEN_SCENARIO, Material, year
from futian_model.report.numbers import Number
from futian_model.report.sentences import Sentence
from futian_model.report.trust import quoted

BEARABLE = 0.02
"""Sampling error of a chance that needs no caution; `chance` prints whole per cents."""


def cover(given: Material) -> Cover:
    """What the report is about and what it was made from."""
    scenario, words = given.scenario, given.words
    place = given.name(given.evidence.place("district"))
    draws = Number(given.given_scenario.draws, "count")
    return Cover(
        given.lang,
        scenario.title[given.lang],
        words.say("cover_subtitle", place=place).text,
        scenario.description[given.lang],
        [
            (words["fact_span"], words.say("span", start=year(given.first), end=year(given.last)).text),
            (words["fact_vintage"], given.vintage),
            (words["fact_prices"], words.say("prices", year=year(given.first)).text),
            (words["fact_draws"], draws.text(given.lang)),
            (words["fact_version"], __version__),
        ],
    )


def answer(given: Material) -> Section:
    """Where the scenario leads, which goals it meets, and how likely they are."""
    words = given.words
    sentences = [path(given), goals_met(given), chances(given)]
    cautions = [words.say("two_readings", vintage=given.vintage), *differ(given)]
    cautions += [quoted(given), *few_draws(given)]
    children: list[Block] = [
        *(Prose(given.lang, [one]) for one in sentences if one is not None),
        KeyFigures(given.lang, figures(given)),
        Prose(given.lang, cautions, note=True),
    ]
    return Section(given.lang, words["answer_heading"], children)


def differ(given: Material) -> list[Sentence]:
    """Both probabilities of the goal the scenario is about, side by side, and why they differ."""
    words, told = given.words, given.judged
    if not told:
        return []
    last = max(goal.year for goal in told)
    asked = given.scenario.levers.goals()
    goal = min((one for one in told if one.year == last), key=lambda one: one.name not in asked)
    share, chance = (
        given.chance(goal.name, goal.year, reading=reading) for reading in (GIVEN_SCENARIO, GIVEN_EVIDENCE)
    )
    return [words.say("readings_differ", goal=given.goal_label(goal), share=share, chance=chance)]


def few_draws(given: Material) -> list[Sentence]:
    """A caution where chance alone may move a probability by more than `BEARABLE`."""
    draws = given.given_evidence.draws
    error = 1 / math.sqrt(draws)  # two standard errors of a chance of one half
    if error <= BEARABLE:
        return []
    shown = Number(min(error, 1.0), "error_points")
    return [given.words.say("few_draws", draws=Number(draws, "count"), error=shown)]


def path(given: Material) -> Sentence:
    """GDP, per-capita GDP and the leading share in the last year."""
    words, last = given.words, given.last
    parts = [
        words.say("answer_item", name=words.inline(given.name(name)), value=given.number(name, last))
        for name in given.headline[1:]
    ]
    return words.say(
        "answer_path",
        year=year(last),
        gdp=given.number("real_gdp", last),
        base_year=year(given.first),
        multiple=given.number("real_gdp", last, "multiple", rule="factor"),
        growth=given.number("real_gdp", last, "cagr", rule="growth"),
        others=words.join(parts),
    )


def goals_met(given: Material) -> Sentence | None:
    """How many goals the central path meets, and the one it misses by most."""
    if not given.goals:
        return None
    words, last = given.words, max(goal.year for goal in given.goals)
    count = given.number("all_goals", last, "count", rule="count")
    met = given.number("all_goals", last, "met", rule="count")
    if met.value == count.value:
        return words.say("answer_all_met", count=count)
    gaps = {
        goal.name: given.number(goal.name, goal.year, "relative_gap", rule="share")
        for goal in given.goals
        if not given.number(goal.name, goal.year, "met", rule="count").value
    }
    worst = max((goal for goal in given.goals if goal.name in gaps), key=lambda g: abs(gaps[g.name].value))
    return words.say(
        "answer_some_met",
        count=count,
        met=met,
        goal=given.goal_label(worst),
        value=given.number(worst.name, worst.year, "central", rule=given.rule(worst.indicator)),
        target=given.number(worst.name, worst.year, "target", rule=given.rule(worst.indicator)),
    )


def chances(given: Material) -> Sentence | None:
    """What the evidence alone says about the goals of the last year and about all of them."""
    words = given.words
    told = given.judged
    if not told:
        return None
    last = max(goal.year for goal in told)

    def number(name: str, at: int, statistic: str = "probability") -> Number:
        return given.chance(name, at, statistic, reading=GIVEN_EVIDENCE)

    items = [
        words.say("chance_item", goal=given.goal_label(goal), chance=number(goal.name, goal.year))
        for goal in told
        if goal.year == last
    ]
    return words.say(
        "answer_chances",
        vintage=given.vintage,
        items=words.join(items),
        joint=number("all_goals", last, "joint_probability"),
    )


def figures(given: Material) -> list[KeyFigure]:
    """The leading indicators in the last year, and the chance of the goal the scenario is about."""
    words, last = given.words, given.last
    shown = []
    for name in given.headline:
        growth = (
            words.say(
                "figure_share",
                start=given.number(name, given.first),
                base_year=year(given.first),
            )
            if given.rule(name) == "share"
            else words.say("figure_growth", growth=given.number(name, last, "cagr", rule="growth"))
        )
        label = words.say("figure_label", name=given.name(name), year=year(last)).text
        shown.append(KeyFigure(label, given.number(name, last), growth))
    chance = chance_figure(given)
    return [*shown, chance] if chance else shown


def chance_figure(given: Material) -> KeyFigure | None:
    """How likely the goal of the last year is that the scenario is about; else all of that year together."""
    words = given.words
    told = given.judged
    if not told:
        return None
    last = max(goal.year for goal in told)
    asked = given.scenario.levers.goals()
    about = [goal for goal in told if goal.year == last and goal.name in asked]
    if len(about) == 1:
        name, label = about[0].name, words.say("figure_chance", goal=given.goal_label(about[0])).text
    else:
        name, label = "all_goals", words.say("figure_chance_all", year=year(last)).text
    chance = given.chance(name, last, reading=GIVEN_EVIDENCE)
    return KeyFigure(label, chance, words.say("figure_chance_note", vintage=given.vintage))
