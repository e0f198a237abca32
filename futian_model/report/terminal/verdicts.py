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
    told = words(lang)
    named = told["enumeration"].join(label(evidence, one, told) for one in verdict.binding)
    unit = lever_unit(verdict.lever, told)
    lever = told.say("solve_lever", lever=lever_name(verdict.lever, evidence, told)).text
    if verdict.status == MET_ALREADY:
        result = told["solve_met_already"]
    elif verdict.status == MET:
        amplitude = Number(verdict.amplitude, "growth_points")
        result = told.say("solve_met", amplitude=amplitude, unit=unit, goals=named).text
    elif verdict.status == CONFLICT:
        gap = Number(verdict.gap, "growth_points")
        result = told.say("solve_conflict", gap=gap, unit=unit, goals=named).text
    else:
        result = told.say("solve_out", goals=named).text
    shape = told[f"shape_{verdict.shape}"]
    return [f"{lever}{shape}", result, *(asks(one, evidence, unit, told) for one in verdict.requirements)]


def asks(one: Requirement, evidence: Evidence, unit_of_lever: str, told: Words) -> str:
    """What one goal asks of the lever, or how near the bounds come."""
    goal = label(evidence, one.goal.name, told)
    if one.miss == 0:
        key = "solve_at_least" if one.at_least else "solve_at_most"
        amplitude = Number(one.amplitude, "growth_points")
        return told.say(key, goal=goal, amplitude=amplitude, unit=unit_of_lever).text
    unit = str(evidence.indicators.loc[one.goal.indicator, "unit"])
    rule = "share" if unit == "fraction" else RULE_OF_UNIT[unit]
    return told.say(
        "solve_nearest",
        goal=goal,
        best=Number(one.best, rule),
        target=Number(one.target, rule),
        miss=Number(one.miss, "share"),
    ).text


def label(evidence: Evidence, name: str, told: Words) -> str:
    """A goal of the plan with its year."""
    year = Number(evidence.goal(name).year, "year")
    return told.say("goal_label", name=evidence.name(name, told.lang), year=year).text


def lever_unit(lever: str, told: Words) -> str:
    """What an amplitude of a lever is a part of."""
    kinds = {"investment_share": "share", ENTRY: "entry"}
    return told[f"lever_unit_{kinds.get(lever, 'rate' if lever in LEVERS else 'log')}"]
