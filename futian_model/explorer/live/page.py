"""The page as a file that computes offline."""

import datetime
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from markupsafe import Markup, escape

from futian_model import files
from futian_model.evidence import Evidence
from futian_model.explorer import facts, forms
from futian_model.explorer.answers import Chance
from futian_model.explorer.controls import UNITS
from futian_model.explorer.guidance import guidance
from futian_model.explorer.live.draws import Drawn, chances, indicators, quantiles
from futian_model.explorer.live.model import Model
from futian_model.explorer.page import asset, script, text
from futian_model.explorer.session import Explorer, Run, numbers
from futian_model.explorer.texts import PAGE, Label, named_in, page_texts, words
from futian_model.growth import Floats
from futian_model.languages import DATA_LANGS, LANGS, texts
from futian_model.report.words import Words, styles
from futian_model.report.words.numbers import CHANCES, RULE_OF_UNIT, RULES, year
from futian_model.report.writers.html import GENERATOR, allowed
from futian_model.scenario import Scenario
from futian_model.simulation import LEVELS

START = "\nlive(JSON.parse(document.getElementById('carried').textContent));\n"
SAID = (
    "change_option",
    "change_number",
    "column_quantile",
    "column_published",
    "column_assumed",
    "column_run",
    "description",
    "description_same",
    "moved_title",
    "enumeration",
)
"""Texts of the explorer that its kernel says, and here the page."""


@lru_cache
def own_words(lang: str) -> Words:
    """The page's own texts and those of the explorer."""
    return Words(lang, {**words(lang).texts, **texts(Path(__file__).parent, lang)})


def page(explorer: Explorer, lang: str, day: datetime.date) -> str:
    """The current state as a page that computes in the browser, from a file and without a network.

    Parameters
    ----------
    explorer : Explorer
    lang : str
        Language it opens in.
    day : date
        Said on the page.
    """
    content = carried(explorer, lang, day)
    run = script() + asset("engine.js") + asset("live.js") + START
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    data = data.replace("<", "\\u003c")
    policy = (
        f"default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src {allowed([run])};"
        " base-uri 'none'; form-action 'none'"
    )
    title = page_texts()[lang]["title"].replace("{place}", content["layout"]["place"][lang])
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n{GENERATOR}\n'
        f"<title>{escape(title)}</title>\n<style>{asset('explorer.css')}{asset('live.css')}</style>\n</head>\n"
        f"<body>\n{body(content, lang)}"
        f'<script type="application/json" id="carried">{data}</script>\n'
        f'<script type="module">{Markup(run)}</script>\n</body>\n</html>\n'
    )


def body(content: dict[str, Any], lang: str) -> Markup:
    """What stands around the explorer's own page."""
    said = content["layout"]["texts"][lang]

    def worded(tag: str, key: str, attributes: str = "") -> Markup:
        return Markup("<{}{} data-words='{}'>{}</{}>").format(tag, Markup(attributes), key, said[key], tag)

    button = " type='button' data-form='{}'"
    return Markup(
        "<main>\n<p id='about' class='fx live-about'>{}</p>\n<noscript><p class='fx'>{}</p></noscript>\n"
        "<div id='page'></div>\n<section id='take' class='fx live-take'>{}<div>{}{}</div>\n"
        "<form><input type='text' name='link' autocomplete='off'>{}</form>\n"
        "<p role='status'></p>\n<textarea class='fx-shown' readonly hidden spellcheck='false'></textarea>\n"
        "</section>\n<footer class='fx'><p id='check'></p>{}</footer>\n</main>\n"
    ).format(
        content["about"][lang],
        said["live_closed"],
        worded("h3", "live_take"),
        worded("button", "live_link", button.format("link")),
        worded("button", "live_yaml", button.format("yaml")),
        worded("button", "live_open", " type='submit'"),
        worded("p", "live_note"),
    )


def carried(explorer: Explorer, lang: str, day: datetime.date) -> dict[str, Any]:
    """Everything that the page shows and computes with."""
    model = Model(explorer.space, explorer.state, explorer.evidence)
    content, start = model.to_dict(), explorer.space.start
    known = forms.from_project(start, explorer.project, explorer.evidence)
    names = indicators(model.driven)
    shown = facts.outcome(explorer)
    base = baseline(explorer)
    return {
        "lang": lang,
        "mark": files.digest(json.dumps(content, sort_keys=True).encode())[: forms.DIGITS],
        "model": content,
        "layout": layout(explorer, model, base),
        "baseline": text(np.stack(list(base.rows.values())).astype(np.float32).tobytes()),
        "exact": {name: rows[0].tolist() for name, rows in base.rows.items()},
        "sections": model.sections(),
        "state": model.part(moves=True).to_dict(),
        "runs": [run_of(run, explorer, model) for run in explorer.runs],
        "goals": [goal(row) for row in shown["goals"]],
        "changes": explorer.space.changes(model.part(moves=False)),
        "differences": shown["differences"],
        "edge": facts.edge(model.scenario, explorer.evidence),
        "grown": shown["grown"],
        "history": {name: history(name, explorer.evidence, model.scenario) for name in names},
        "chances": steps(lang),
        "levels": [f"{100 * level:g}" for level in LEVELS],
        "library": {name: rows.tolist() for name, rows in quantiles(model.driven, model.drawn).items()},
        "start": start.to_dict(),
        "extends": start.id if known == start.id else None,
        "spoken": list(DATA_LANGS),
        "about": about(model, day),
    }


def about(model: Model, day: datetime.date) -> Label:
    """What the page is of: scenario, data, draws, and when it was made."""
    settings = model.scenario.assumptions
    last = int(model.scenario.years[0]) + model.driven.jump
    said: dict[str, str] = {}
    for lang in LANGS:
        known = own_words(lang)
        made_on = known.say("live_day", month=known.month(f"{day:%Y-%m}"), day=str(day.day)).text
        said[lang] = known.say(
            "live_about",
            scenario=model.space.start.title[lang],
            vintage=known.month(settings.vintage),
            last=year(last),
            draws=f"{model.drawn.draws:,}",
            made=made_on,
        ).text
    return said


class Baseline(NamedTuple):
    """The baseline on as many paths as the page has.

    Attributes
    ----------
    first : int
        Its base year.
    rows : mapping of str to ndarray, shape (1 + 2 levels, years + 1)
        Central path, quantiles, and those of growth by indicator.
    chances : mapping of str to Chance
        By goal.
    """

    first: int
    rows: Mapping[str, Floats]
    chances: Mapping[str, Chance]


def layout(explorer: Explorer, model: Model, base: Baseline) -> dict[str, Any]:
    """Words, names and styles of numbers, with those that a kernel would say."""
    plain = facts.layout(explorer)
    for lang, said in plain["texts"].items():
        own, known = texts(Path(__file__).parent, lang), words(lang)
        said |= {key.removeprefix(PAGE): value for key, value in own.items()}
        said |= {key: known[key] for key in SAID}
        said |= {f"unit_{name}_number": known[f"unit_{name}"] for name in UNITS}
    shown = {row["name"] for row in plain["indicators"]}
    for name in indicators(model.driven):
        if name not in shown:
            plain["indicators"].append(indicator(explorer, model, name))
    for row in plain["baseline_goals"]:
        if chance := base.chances.get(row["name"]):
            row |= {"share": chance.share, "chance": facts.written(*chance)}
    years = len(next(iter(base.rows.values()))[0])
    return {
        **plain,
        **guidance(explorer),
        "draws": model.drawn.draws,
        "baseline_run": {"first": base.first, "years": years, "names": list(base.rows)},
    }


def indicator(explorer: Explorer, model: Model, name: str) -> dict[str, Any]:
    """What is drawn here and not by the explorer."""
    rule = RULE_OF_UNIT[str(explorer.evidence.indicators.loc[name, "unit"])]
    units = {lang: words(lang)[f"unit_{rule}_bare"] for lang in LANGS}
    return {"name": name, "label": named_in(explorer.evidence, name), "rule": rule, "unit": units}


def baseline(explorer: Explorer) -> Baseline:
    """The explorer's baseline."""
    scenario, evidence, driven = explorer.baseline, explorer.evidence, explorer.baseline_answer.driven
    drawn, first = Drawn.of(scenario, driven, evidence), int(scenario.years[0])
    names = explorer.baseline_answer.targets
    goals = [goal for goal in evidence.quantified_goals() if goal.name in names]
    return Baseline(first, quantiles(driven, drawn), chances(driven, drawn, goals, first))


def run_of(run: Run, explorer: Explorer, model: Model) -> dict[str, Any]:
    """A kept run: its state, where the page can go there, else its numbers."""
    shown = facts.named_run(run, explorer.evidence)
    other = Model(explorer.space, run.state, explorer.evidence)
    if run.start is explorer.space.start and other.part(moves=False) == model.part(moves=False):
        return shown | {"state": other.part(moves=True).to_dict()}
    return shown | {"state": None, "numbers": text(numbers(run.answer))}


def steps(lang: str) -> list[dict[str, float]]:
    """Steps of chances, by the greatest error that allows each."""
    steps = [(error, RULES[rule][lang]) for rule, error in CHANCES.items()]
    return [
        {"error": error, "step": style.step, "digits": style.digits}
        for error, style in steps
        if isinstance(style, styles.Chance)
    ]


def goal(row: dict[str, Any]) -> dict[str, Any]:
    """A goal without what depends on levers."""
    return {name: value for name, value in row.items() if name not in ("share", "chance", "met", "gap")}


def history(name: str, evidence: Evidence, scenario: Scenario) -> list[list[float]]:
    """Published figures of an indicator, as the explorer draws them; of GDP at current prices as they are."""
    settings = scenario.assumptions
    series = "gdp" if name == "nominal_gdp" else name
    return facts.points(evidence, series, settings.base_year, settings.horizon, settings.vintage)
