"""The page that compares all scenarios of a run, lists what failed, and links the rest."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from futian_model.evidence import Evidence
from futian_model.languages import language
from futian_model.report.page import Prose, display
from futian_model.report.pages.index.comparison import Comparison, Elsewhere, Entry, Figure, Today, titles
from futian_model.report.pages.index.panels import HEIGHT, WIDTH, Ground, drawn_data, frame, ground, sprite
from futian_model.report.sections.standing import ahead, nation, others, standing
from futian_model.report.sections.trust import came_true
from futian_model.report.words import BARE, GAP_OF, Words, axis_unit, words, year
from futian_model.report.words.numbers import page_styles
from futian_model.report.writers import html
from futian_model.report.writers.formats import FORMATS

STYLES = (display.STYLE, "pages/index/templates/index.css")
SCRIPTS = (display.NUMBERS, display.CHARTS, "pages/index/templates/index.js")
MANY = 24
"""Beyond so many scenarios the table scrolls within itself."""


def index_page(
    entries: Sequence[Entry],
    langs: Sequence[str],
    evidence: Evidence,
    *,
    apart: Sequence[Entry] = (),
    elsewhere: Sequence[Elsewhere] = (),
    shared: Mapping[str, Mapping[str, Mapping[str, str]]] | None = None,
    tables: Sequence[str] = (),
) -> str:
    """All scenarios side by side, in each language.

    The first language is shown, the others where their link is followed; a browser too old for that shows
    them one after the other. Differences from a baseline are subtracted and drawn by a script of the page:
    pairs of scenarios grow with the square of their number, paths do not.

    Parameters
    ----------
    entries : sequence of Entry
        Compared where they ran, listed with their fault where they did not.
    apart : sequence of Entry
        Reports on another basis: linked, not compared.
    elsewhere : sequence of Elsewhere
        Other indexes: of a kept edition, or of today.
    shared : mapping of str to mapping of str to mapping of str to str
        Link to each file of the pages that all scenarios share: by page, by language, then by format.
    tables : sequence of str
        Files beside it that hold the results of all that are compared.
    """
    ran = [entry for entry in entries if not entry.fault]
    failed = [entry for entry in entries if entry.fault]
    first = Comparison(ran, langs[0], evidence) if ran else None
    grounds = [ground(first, indicator) for indicator in first.indicators] if first is not None else []
    parts = [html.language_links({lang: language(lang).name for lang in langs})] if len(langs) > 1 else []
    parts.append(sprite(grounds, ran, langs))
    template = display.environment().get_template("pages/index/templates/index.html.j2")
    place = evidence.place("district")
    for lang in langs:
        texts = words(lang)
        shown = template.render(
            words=texts,
            title=texts.say("index_title", place=evidence.name(place, lang)).text,
            compared=table(Comparison(ran, lang, evidence), grounds) if ran else None,
            failed=[(entry.title[lang], entry.fault) for entry in failed],
            apart=listed(apart, texts),
            elsewhere=[(called(other, texts), other.link) for other in elsewhere],
            shared=[
                (texts[f"index_{name}"], linked(links, texts))
                for name, links in (shared or {}).items()
                if links
            ],
            tables=tables,
        )
        parts.append(html.in_language(lang, [Markup(shown)], first=lang == langs[0]))
    rules = {rule for ground in grounds for rule in (ground.rule, GAP_OF[ground.rule])} | {GAP_OF["growth"]}
    data = {
        "frame": frame(),
        "grounds": [drawn_data(ground, ran) for ground in grounds],
        "styles": page_styles(sorted(rules), langs),
    }
    parts.append(
        Markup(template.environment.get_template("pages/index/templates/data.html.j2").render(data=data))
    )
    title = words(langs[0]).say("index_title", place=evidence.name(place, langs[0])).text
    return html.page(parts, title=title, lang=langs[0], styles=STYLES, scripts=SCRIPTS)


def called(other: Elsewhere, texts: Words) -> str:
    """What another index is called."""
    if not other.title:
        return texts["index_today"]
    return texts.say("index_edition", title=other.title[language(texts.lang).data]).text


def table(page: Comparison, grounds: Sequence[Ground]) -> dict[str, Any]:
    """Everything about the scenarios that ran, in one language."""
    figures = page.figures()
    base_year = page.entries[0].span[0]
    usual, other = page.chances()
    flat = [figure for group in figures.values() for figure in group]
    columns = [
        {
            "head": page.say("index_growth" if figure.grows else "index_year", year=year(figure.year)).text,
            "label": label(page, figure),
            "gap": figure.gap,
            "bare": figure.rule in BARE,
        }
        for figure in flat
    ]
    return {
        "groups": [
            (page.with_unit(page.name(name), group[0].rule), len(group)) for name, group in figures.items()
        ],
        "columns": columns,
        "goals": not page.evidence.goals.empty,
        "rows": [row(page, entry, [page.value(entry, figure) for figure in flat]) for entry in page.entries],
        "many": len(page.entries) > MANY,
        "standing": [display.fragment(prose.to_dict()) for prose in standing_of(page)],
        "chances": usual.text if usual is not None else "",
        "apart": display.fragment(other.to_dict()) if other is not None else "",
        "note": page.say("index_note", base_year=year(base_year)).text,
        "panels": [panels(page, ground, base_year) for ground in grounds],
        "size": (WIDTH, HEIGHT),
    }


def standing_of(page: Comparison) -> list[Prose]:
    """Where the district stands and what is left to do, by the first scenario's results: so for all."""
    today = Today(page.entries[0], page.evidence, page.lang)
    paragraphs = (
        [*standing(today), *others(today)],
        [*ahead(today, scenario=False), *came_true(today), *nation(today)],
    )
    return [today.prose(*sentences) for sentences in paragraphs if sentences]


def label(page: Comparison, figure: Figure) -> str:
    """A column by itself, where its head is not in sight."""
    key = "index_column_growth" if figure.grows else "figure_label"
    named = page.say(key, name=page.name(figure.indicator), year=year(figure.year)).text
    return page.with_unit(named, figure.rule)


def row(page: Comparison, entry: Entry, values: Sequence[Any]) -> dict[str, Any]:
    """One scenario's line."""
    lang, met, chance = page.lang, page.met(entry), page.joint(entry)
    return {
        **listed([entry], page.words)[0],
        "name": page.titles[entry.id],
        "chance": None if chance is None else chance.to_dict(lang),
        "cells": [None if number is None else number.to_dict(lang) for number in values],
        "met": None
        if met is None
        else (met[0].value, page.say("index_met_cell", met=met[0], count=met[1]).text),
    }


def listed(entries: Sequence[Entry], texts: Words) -> list[dict[str, Any]]:
    """Names of scenarios, their descriptions, and links to their files: in another language where a report
    was not made in this one.
    """
    named = titles(entries, texts.lang)
    rows = []
    for entry in entries:
        files = linked(entry.reports, texts)
        tables = [(texts[f"index_{name}"], link) for name, link in entry.tables.items()]
        rows.append(
            {
                "id": entry.id,
                "name": named[entry.id],
                "told": entry.description.get(texts.lang, ""),
                **files,
                "links": [*files["links"], *tables],
            }
        )
    return rows


def linked(reports: Mapping[str, Mapping[str, str]], texts: Words) -> dict[str, Any]:
    """Links to a report's files in a language: in another one where it was not made in this."""
    held = [*([texts.lang] if texts.lang in reports else []), *reports][:1]
    files = reports[held[0]] if held else {}
    return {
        "report": next(iter(files.values()), ""),
        "links": [(file_label(name, texts), link) for name, link in files.items()],
        "language": language(held[0]).name if held and held[0] != texts.lang else "",
    }


def file_label(name: str, texts: Words) -> str:
    """What a link to a file of a report is called."""
    return (FORMATS[name].label if name in FORMATS else "") or texts[f"format_{name}"]


def panels(page: Comparison, ground: Ground, base_year: int) -> dict[str, Any]:
    """The small multiples of one indicator."""
    vintages = list(ground.history)
    unit = axis_unit(page.words, ground.rule, base_year)
    multiples = []
    for entry in page.entries:
        last = entry.span[1]
        value = page.number(entry, ground.rule, ground.indicator, last, "central")
        multiples.append(
            {
                "name": page.panel_names[entry.id],
                "value": page.say("index_at", year=year(last), value=value).text,
                "alt": alt(page, entry, ground),
                "history": vintages.index(entry.vintage),
            }
        )
    return {
        "indicator": ground.indicator,
        "name": page.evidence.name(ground.indicator, page.lang),
        "subtitle": page.say("index_panels_subtitle", unit=unit).text,
        "dotted": page.say("index_panels_dotted", baseline="{baseline}").text,
        "difference": page.say("index_panels_difference", unit=unit, baseline="{baseline}").text,
        "rule": ground.rule,
        "gap": GAP_OF[ground.rule],
        "last": page.last,
        "panels": multiples,
    }


def alt(page: Comparison, entry: Entry, ground: Ground) -> str:
    """A panel in words: where its path begins and ends, and the goals."""
    first, last = entry.span
    base, value = (page.number(entry, ground.rule, ground.indicator, at, "central") for at in (first, last))
    path = page.say(
        "index_panel_alt",
        scenario=page.titles[entry.id],
        name=page.evidence.name(ground.indicator, page.lang),
        start=year(first),
        base=base,
        year=year(last),
        value=value,
    )
    goals = [
        page.say(
            "chart_alt_goal",
            year=year(key.year),
            value=page.number(entry, ground.rule, key.indicator, key.year, "target"),
        )
        for key in entry.targets
        if page.indicator_of[key.indicator] == ground.indicator
    ]
    return page.say("chart_alt_goals", told=path, items=page.words.join(goals)).text if goals else path.text
