"""The short answer of the sensitivity page."""

from futian_model.report.page import Cover, KeyFigure, Said, Section
from futian_model.report.pages.sensitivity.around import decided
from futian_model.report.pages.sensitivity.conditions import FOREMOST, TABLES, hangs, ranked, strongest
from futian_model.report.pages.sensitivity.rows import SensitivityMaterial
from futian_model.report.sections import report
from futian_model.report.sections.cautions import few_draws
from futian_model.report.sections.missing import no_goals
from futian_model.report.words import GAP_OF, Number, Sentence, year
from futian_model.results import case
from futian_model.sensitivity import INDEX, SOBOL

PER_HEAD = "real_gdp_per_capita"
FROM = dict(zip(TABLES, ("sensitivity_answer_evidence", "sensitivity_answer_scenario"), strict=True))


def cover(page: SensitivityMaterial) -> Cover:
    """The question, and the scenario it is asked of."""
    return report.cover(page, "sensitivity", "span", "vintage", "prices", "draws")


def answer(page: SensitivityMaterial) -> Section:
    """The strongest lever, the widest uncertainty, city and nation, and on what the last goal hangs."""
    return page.section(
        "sensitivity_answer_heading",
        [strongest(page), *others(page)],
        unsure(page),
        decided(page.around) if page.around.cells else None,
        *hanging(page),
        page.key_figures(*figures(page)),
        page.note("sensitivity_caution", *few_draws(page)),
    )


def others(page: SensitivityMaterial) -> list[Sentence]:
    """What the other levers do to it."""
    items = [
        page.say(
            "sensitivity_item", lever=page.input_name(lever), effect=page.effect(lever, FOREMOST, page.last)
        )
        for lever in ranked(page, FOREMOST)[1:]
    ]
    return [page.say("sensitivity_answer_others", items=page.words.join(items))] if items else []


def unsure(page: SensitivityMaterial) -> Sentence | None:
    """The input whose range matters most for GDP."""
    inputs = page.moving(FOREMOST)
    if not inputs:
        return None
    low, high = page.ends(inputs[0], FOREMOST)
    return page.say(
        "sensitivity_answer_unsure",
        input=page.input_name(inputs[0]),
        year=year(page.last),
        name=page.inline(FOREMOST),
        low=low,
        high=high,
        part=part(page, inputs[0], FOREMOST),
    )


def part(page: SensitivityMaterial, name: str, indicator: str, statistic: str = "first") -> Number:
    """Part of a result's variance that an input accounts for by itself."""
    return page.read(SOBOL, indicator, page.last, statistic, "percent", case(input=name))


def hanging(page: SensitivityMaterial) -> list[Sentence]:
    """On what the last goal on GDP hangs, under both readings."""
    goal = page.target
    if goal is None:
        return [no_goals(page)]
    return [
        page.say(key, sentence=hangs(page, reading, goal.name))
        for reading, key in FROM.items()
        if goal.name in page.asked(reading)
    ]


def figures(page: SensitivityMaterial) -> list[KeyFigure]:
    """The strongest lever of GDP, population for GDP per capita, the widest uncertainty."""
    shown, at = [], year(page.last)

    def effect(lever: str, indicator: str, note: Said) -> KeyFigure:
        names = {"lever": page.input_name(lever), "name": page.name(indicator)}
        label = page.say("sensitivity_figure_effect", year=at, **names)
        return page.figure(label, page.effect(lever, indicator, page.last), note)

    for lever, indicator in ((ranked(page, FOREMOST)[0], FOREMOST), ("population", PER_HEAD)):
        if indicator in page.given_scenario.indicators:
            rule = GAP_OF[page.rule(indicator)]
            level = page.read(INDEX, indicator, page.last, "per_point_level", rule, case(lever=lever))
            shown.append(effect(lever, indicator, page.say("sensitivity_figure_effect_note", level=level)))
    for share in page.shares[:1]:
        shown.append(effect(ranked(page, share)[0], share, "sensitivity_figure_effect_points"))
    for name in page.moving(FOREMOST)[:1]:
        names = {"input": page.input_name(name), "name": page.name(FOREMOST)}
        label = page.say("sensitivity_figure_part", year=at, **names)
        note = page.say("sensitivity_figure_part_note", conf=part(page, name, FOREMOST, "first_conf"))
        shown.append(page.figure(label, part(page, name, FOREMOST), note))
    return shown
