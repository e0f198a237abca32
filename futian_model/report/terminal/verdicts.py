"""A solver's verdict in words, for a terminal."""

from futian_model.drivers import ENTRY, LEVERS
from futian_model.evidence import Evidence
from futian_model.report.words import RULE_OF_UNIT, Number, Words, words
from futian_model.report.words.names import lever_name
from futian_model.solver import CONFLICT, MET, MET_ALREADY, Requirement, Verdict


def verdict_lines(verdict: Verdict, evidence: Evidence, lang: str) -> list[str]:
    """The verdict, then what each goal asks of the lever by itself.

    Parameters
    ----------
    verdict : Verdict
    evidence : Evidence
        Names and units of goals and indicators.
    lang : {"zh", "en"}
    """
    texts = words(lang)
    named = texts["enumeration"].join(label(evidence, name, texts) for name in verdict.binding)
    unit = lever_unit(verdict.lever, texts)
    lever = texts.say("solve_lever", lever=lever_name(verdict.lever, evidence, texts)).text
    if verdict.status == MET_ALREADY:
        result = texts["solve_met_already"]
    elif verdict.status == MET:
        amplitude = Number(verdict.amplitude, "growth_points")
        result = texts.say("solve_met", amplitude=amplitude, unit=unit, goals=named).text
    elif verdict.status == CONFLICT:
        gap = Number(verdict.gap, "growth_points")
        result = texts.say("solve_conflict", gap=gap, unit=unit, goals=named).text
    else:
        result = texts.say("solve_out", goals=named).text
    shape = texts[f"shape_{verdict.shape}"]
    return [
        f"{lever}{shape}",
        result,
        *(asks(requirement, evidence, unit, texts) for requirement in verdict.requirements),
    ]


def asks(requirement: Requirement, evidence: Evidence, unit_of_lever: str, texts: Words) -> str:
    """What one goal asks of the lever, or how near the bounds come."""
    goal = label(evidence, requirement.goal.name, texts)
    if requirement.miss == 0:
        key = "solve_at_least" if requirement.at_least else "solve_at_most"
        amplitude = Number(requirement.amplitude, "growth_points")
        return texts.say(key, goal=goal, amplitude=amplitude, unit=unit_of_lever).text
    unit = str(evidence.indicators.loc[requirement.goal.indicator, "unit"])
    rule = "share" if unit == "fraction" else RULE_OF_UNIT[unit]
    return texts.say(
        "solve_nearest",
        goal=goal,
        best=Number(requirement.best, rule),
        target=Number(requirement.target, rule),
        miss=Number(requirement.miss, "share"),
    ).text


def label(evidence: Evidence, name: str, texts: Words) -> str:
    """A goal of the plan with its year."""
    year = Number(evidence.goal(name).year, "year")
    return texts.say("goal_label", name=evidence.name(name, texts.lang), year=year).text


def lever_unit(lever: str, texts: Words) -> str:
    """What an amplitude of a lever is a part of."""
    kinds = {"investment_share": "share", ENTRY: "entry"}
    return texts[f"lever_unit_{kinds.get(lever, 'rate' if lever in LEVERS else 'log')}"]
