"""The short answer of the sensitivity page."""

from futian_model.report.page.blocks import Block, Cover, KeyFigure, KeyFigures, Prose, Section
from futian_model.report.pages.sensitivity.conditions import TABLES
from futian_model.report.pages.sensitivity.rows import SensitivityMaterial
from futian_model.report.sections import report
from futian_model.report.sections.cautions import few_draws
from futian_model.report.sections.conditions import FOREMOST, hangs, ranked, strongest
from futian_model.report.sections.missing import no_goals
from futian_model.report.words.numbers import GAP_OF, Number, year
from futian_model.report.words.sentences import Sentence
from futian_model.results import case
from futian_model.sensitivity import INDEX, SOBOL

PER_HEAD = "real_gdp_per_capita"
FROM = dict(zip(TABLES, ("sensitivity_answer_evidence", "sensitivity_answer_scenario"), strict=True))


def cover(given: SensitivityMaterial) -> Cover:
    """The question, and the scenario it is asked of."""
    return report.cover(given, "sensitivity", "span", "vintage", "prices", "draws")


def answer(given: SensitivityMaterial) -> Section:
    """The strongest lever, the widest uncertainty, and on what the last goal on GDP hangs."""
    words = given.words
    told = [[strongest(given), *others(given)], unsure(given), *([one] for one in hanging(given))]
    cautions = [words.say("sensitivity_caution"), *few_draws(given)]
    children: list[Block] = [
        *(Prose(given.lang, sentences) for sentences in told if sentences),
        KeyFigures(given.lang, figures(given)),
        Prose(given.lang, cautions, note=True),
    ]
    return Section(given.lang, words["sensitivity_answer_heading"], children)


def others(given: SensitivityMaterial) -> list[Sentence]:
    """What the other levers do to it."""
    items = [
        given.words.say(
            "sensitivity_item",
            lever=given.input_name(lever),
            effect=given.effect(lever, FOREMOST, given.last),
        )
        for lever in ranked(given, FOREMOST)[1:]
    ]
    return [given.words.say("sensitivity_answer_others", items=given.words.join(items))] if items else []


def unsure(given: SensitivityMaterial) -> list[Sentence]:
    """The input whose range matters most for GDP."""
    found = given.moving(FOREMOST)
    if not found:
        return []
    low, high = given.ends(found[0], FOREMOST)
    return [
        given.words.say(
            "sensitivity_answer_unsure",
            input=given.input_name(found[0]),
            year=year(given.last),
            name=given.words.inline(given.name(FOREMOST)),
            low=low,
            high=high,
            part=part(given, found[0], FOREMOST),
        )
    ]


def part(given: SensitivityMaterial, name: str, indicator: str, statistic: str = "first") -> Number:
    """Part of a result's variance that an input accounts for by itself."""
    return given.told(SOBOL, indicator, given.last, statistic, "percent", case(input=name))


def hanging(given: SensitivityMaterial) -> list[Sentence]:
    """On what the last goal on GDP hangs, under both readings."""
    goal = given.target
    if goal is None:
        return [no_goals(given)]
    return [
        given.words.say(key, sentence=hangs(given, reading, goal.name))
        for reading, key in FROM.items()
        if goal.name in given.asked(reading)
    ]


def figures(given: SensitivityMaterial) -> list[KeyFigure]:
    """The strongest lever of GDP, population for GDP per capita, the widest uncertainty."""
    words, found = given.words, []
    pairs = [(ranked(given, FOREMOST)[0], FOREMOST), ("population", PER_HEAD)]
    for lever, indicator in [pair for pair in pairs if pair[1] in given.given_scenario.indicators]:
        label = words.say(
            "sensitivity_figure_effect",
            lever=given.input_name(lever),
            year=year(given.last),
            name=given.name(indicator),
        )
        rule = GAP_OF[given.rule(indicator)]
        level = given.told(INDEX, indicator, given.last, "per_point_level", rule, case(lever=lever))
        note = words.say("sensitivity_figure_effect_note", level=level)
        found.append(KeyFigure(label.text, given.effect(lever, indicator, given.last), note))
    for share in given.shares[:1]:
        lever = ranked(given, share)[0]
        label = words.say(
            "sensitivity_figure_effect",
            lever=given.input_name(lever),
            year=year(given.last),
            name=given.name(share),
        )
        note = words.say("sensitivity_figure_effect_points")
        found.append(KeyFigure(label.text, given.effect(lever, share, given.last), note))
    for name in given.moving(FOREMOST)[:1]:
        label = words.say(
            "sensitivity_figure_part",
            input=given.input_name(name),
            year=year(given.last),
            name=given.name(FOREMOST),
        )
        conf = part(given, name, FOREMOST, "first_conf")
        note = words.say("sensitivity_figure_part_note", conf=conf)
        found.append(KeyFigure(label.text, part(given, name, FOREMOST), note))
    return found
