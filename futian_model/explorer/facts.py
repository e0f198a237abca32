"""What the page knows: sections, runs, goals and history, in plain values."""

import math
import re
from typing import Any

import pandas as pd

from futian_model.attribution import blocks_of, differing
from futian_model.errors import InputError, InputErrors
from futian_model.evidence import Evidence, kept
from futian_model.evidence.history import growth_rates, observations
from futian_model.explorer.answers import ALL, Answer
from futian_model.explorer.guidance import guidance
from futian_model.explorer.session import Explorer, Run
from futian_model.explorer.state import GROUND
from futian_model.explorer.texts import Label, named_in, page_texts, say, words
from futian_model.languages import LANGS, LANGUAGES, language
from futian_model.report.sections.block_sentences import BlockSentences
from futian_model.report.sections.judgments import brief
from futian_model.report.sections.missing import base_of
from futian_model.report.words.numbers import RULE_OF_UNIT, chance_rule, page_styles, writer, year
from futian_model.scenario import Scenario, attempt_all, builtin_scenarios
from futian_model.wording import said

LOOK_BACK = 10
"""Years of history that are drawn before the base year."""
STYLES = ("growth", "growth_points", "change_coarse", "points")
"""Rules that the page writes in, beside those of levels."""


BLOCKS = {
    "growth": "growth",
    "population": "population",
    "prices": "deflator",
    "firms": "firms",
    "events": "events",
    "judgments": "judgments",
    "base": "base",
    "vintage": "vintage",
    "uncertainty": "uncertainty",
}
"""Blocks of assumptions by the text that names them; a share by what the data call it."""


def layout(explorer: Explorer) -> dict[str, Any]:
    """Words, names and styles of numbers: what stays while levers move."""
    return {
        "texts": page_texts(),
        "languages": {
            lang: {"name": known.name, "locale": known.locale} for lang, known in LANGUAGES.items()
        },
        "styles": page_styles([*STYLES, "share", *RULE_OF_UNIT.values()], LANGS),
        "draws": explorer.answers.draws,
        "scenario": named(explorer.space.start),
        "baseline": named(explorer.baseline),
        "baseline_run": run_head(explorer.baseline_answer),
        "baseline_edge": edge(explorer.baseline, explorer.evidence),
        "baseline_goals": goals(explorer.baseline_answer, None, explorer.evidence),
        "indicators": indicators(explorer),
        "place": {lang: explorer.evidence.name(explorer.evidence.place("district"), lang) for lang in LANGS},
    }


def controls(explorer: Explorer) -> dict[str, Any]:
    """What can be moved, and from where."""
    return {
        "sections": [section.to_dict() for section in explorer.space.sections],
        "state": explorer.state.to_dict(),
        "ground": explorer.ground,
        "grounds": GROUND,
        "scenarios": scenarios(explorer),
        **guidance(explorer),
    }


def scenarios(explorer: Explorer) -> list[str]:
    """Ids of the project's scenarios."""
    return [file.stem for file in builtin_scenarios(explorer.project)]


def indicators(explorer: Explorer) -> list[dict[str, Any]]:
    """What is drawn: names, units and how values are written."""
    answers = [explorer.answer, explorer.baseline_answer, *(run.answer for run in explorer.runs)]
    base, rows = year(int(explorer.answer.years[0])), []
    for name in dict.fromkeys(name for answer in answers for name in answer.central):
        unit = str(explorer.evidence.indicators.loc[name, "unit"])
        rule = "share" if unit == "fraction" else RULE_OF_UNIT[unit]
        units = {lang: words(lang).say(f"unit_{rule}", base_year=base).text for lang in LANGS}
        rows.append({"name": name, "label": named_in(explorer.evidence, name), "rule": rule, "unit": units})
    return rows


def outcome(explorer: Explorer) -> dict[str, Any]:
    """Goals, changes and history of the current state, and how the buffer of its numbers is read."""
    return {
        "run": run_head(explorer.answer),
        "goals": goals(explorer.answer, explorer.evidence_answer, explorer.evidence),
        "changes": explorer.changes(),
        "differences": differences(explorer),
        "history": history(explorer),
        "grown": grown(explorer),
        "edge": edge(explorer.scenario, explorer.evidence),
    }


def differences(explorer: Explorer) -> list[Label]:
    """In what the scenario that was started from differs from the baseline, block by block in words."""
    start, evidence = explorer.space.start, explorer.evidence
    names = differing(explorer.baseline, start)
    return [
        say(
            "difference",
            name=block_name(name, evidence),
            text={lang: block_text(start, name, evidence, lang) for lang in LANGS},
        )
        for name in names
    ]


def block_name(name: str, evidence: Evidence) -> Label:
    """What a block of assumptions is called."""
    return say(f"section_{BLOCKS[name]}") if name in BLOCKS else named_in(evidence, name)


def block_text(scenario: Scenario, name: str, evidence: Evidence, lang: str) -> str:
    """What a scenario's block says."""
    texts = words(lang)
    sentences, settings, block = (
        BlockSentences(evidence, texts),
        scenario.assumptions,
        blocks_of(scenario).get(name),
    )
    if not block:
        return texts["compare_nothing"]
    match name:
        case "firms":
            return sentences.firms(block)
        case "events":
            events = [
                f"{event.title[lang]}{language(lang).aside([sentences.event(event)])}"
                for event in block.values()
            ]
            return texts["enumeration"].join(events)
        case "judgments":
            return texts["enumeration"].join(brief(judgment, evidence, texts) for judgment in block.values())
        case "base":
            return sentences.base(settings, base_of(scenario, evidence))
        case "vintage":
            return sentences.seen(settings)
        case "uncertainty":
            return sentences.uncertainty(settings.uncertainty)
    return sentences.block(block, name if name in scenario.levers.shares else None)


def goals(answer: Answer, apart: Answer | None, evidence: Evidence) -> list[dict[str, Any]]:
    """Each goal, its target, what is missing on the central path, and its chance under both readings.

    Parameters
    ----------
    apart : Answer or None
        By the evidence alone.

    Returns
    -------
    list of dict
        `gap` is in the indicator's unit, zero or less where the goal is met.
    """
    rows = []
    for name, chance in answer.chances.items():
        row: dict[str, Any] = {"name": name, "share": None, "chance": None}
        if not math.isnan(chance.share):
            row |= {"share": chance.share, "chance": written(*chance)}
        judged = (
            apart is not None
            and name in apart.chances
            and (name != ALL or set(answer.targets) == set(apart.targets))
        )
        row["evidence"] = None
        if judged and apart is not None and not math.isnan(apart.chances[name].share):
            row["evidence"] = written(*apart.chances[name])
        if name == ALL:
            rows.append(row | {"label": say("all_goals"), "indicator": None})
            continue
        goal, target, position = answer.targets[name]
        central = answer.central[goal.indicator][position]
        label = goal_label(evidence, name, goal.year)
        row |= {"label": label, "indicator": goal.indicator, "year": goal.year, "target": target}
        gap = float(goal.interval(target).gap(central))
        rows.append(row | {"met": bool(goal.meets(central, target)), "gap": gap})
    return rows


@kept
def goal_label(evidence: Evidence, name: str, at: int) -> Label:
    """A goal with its year."""
    return say("goal_label", year=str(at), name=named_in(evidence, name))


def history(explorer: Explorer) -> dict[str, list[list[float]]]:
    """Published figures by indicator: year, value, and whether the vintage knows them."""
    settings = explorer.scenario.assumptions
    seen = (settings.base_year, settings.horizon, settings.vintage)
    return {name: points(explorer.evidence, name, *seen) for name in explorer.answer.central}


def grown(explorer: Explorer) -> dict[str, list[list[float]]]:
    """Published growth by indicator, as of the levels; that of GDP at constant prices."""
    settings, evidence = explorer.scenario.assumptions, explorer.evidence
    span = settings.base_year - LOOK_BACK, settings.horizon
    return {"real_gdp": numbers(growth_rates(evidence, evidence.place("district"), *span, settings.vintage))}


def numbers(points: pd.DataFrame) -> list[list[float]]:
    """Year, value, and whether the vintage knows it, of each point."""
    return [list(map(float, row)) for row in points[["year", "value", "known"]].to_numpy()]


def edge(scenario: Scenario, evidence: Evidence) -> int:
    """The last year that figures tell about: paths are the scenario's own from there on."""
    return scenario.assumptions.span(evidence).jump_off


@kept
def points(evidence: Evidence, name: str, first: int, last: int, vintage: str) -> list[list[float]]:
    """Published figures of an indicator, the few years before the base year among them."""
    table = observations(evidence, name, first, last, vintage)
    return numbers(table[table["year"] >= first - LOOK_BACK])


def named_run(run: Run, evidence: Evidence) -> dict[str, Any]:
    """A run without its numbers."""
    return {
        "goals": goals(run.answer, run.evidence_answer, evidence),
        "edge": edge(run.scenario, evidence),
        "name": run.name,
        "note": run.note,
        "start": named(run.start),
        "changes": list(run.changes),
        "run": run_head(run.answer),
    }


def run_head(answer: Answer) -> dict[str, Any]:
    """How the buffer of an answer is read."""
    return {"first": int(answer.years[0]), "years": len(answer.years), "names": list(answer.central)}


def faults(fault: InputError) -> list[Label]:
    """Every fault, a line each, in every language."""
    parts = fault.faults if isinstance(fault, InputErrors) else [fault]
    return [{lang: said(part, lang) for lang in LANGS} for part in parts]


def presets(explorer: Explorer) -> list[dict[str, Any]]:
    """The project's scenarios that are sound: id, title, and a line of what each assumes."""
    attempts = attempt_all(scenarios(explorer), explorer.project, explorer.evidence)
    return [
        {
            "id": attempt.scenario.id,
            "title": attempt.scenario.title.by_language(),
            "line": {lang: line(text) for lang, text in attempt.scenario.description.by_language().items()},
        }
        for attempt in attempts
        if attempt.scenario is not None
    ]


def line(text: str) -> str:
    """The first sentence of a text."""
    return re.split(r"(?<=。)|(?<=\.)\s", " ".join(text.split()), maxsplit=1)[0]


def named(scenario: Scenario) -> dict[str, Any]:
    """A scenario's id, title and file."""
    return {"id": scenario.id, "title": scenario.title.by_language(), "file": scenario.file}


def written(share: float, error: float) -> str:
    """A chance to as many digits as its error allows; both languages write it alike."""
    return writer(chance_rule(error), LANGS[0])(share)
