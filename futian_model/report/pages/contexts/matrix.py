"""The matrix of surroundings on the page: dots, GDP and growth, share and flag, goals."""

from collections.abc import Callable

import pandas as pd

from futian_model.charts import ChartWords
from futian_model.charts.dots import dots
from futian_model.contexts import FLAGS, ON_GDP, OWN, PLAUSIBLE, SHARE
from futian_model.contexts import Cell as Inside
from futian_model.report.page.blocks import Cell, Charts, Column, Drawn, Prose, Section, Table
from futian_model.report.pages.contexts.rows import ContextMaterial, Fields
from futian_model.report.sections.missing import no_goals
from futian_model.report.words.axes import axis_unit, on_axis
from futian_model.report.words.numbers import year
from futian_model.report.words.sentences import Sentence


def matrix(given: ContextMaterial) -> Section:
    """The chart, and the two tables city by nation."""
    words = given.words
    at: Fields = {"year": year(given.last), "base_year": year(given.first), **given.places}
    base = given.of(given.cells[0], SHARE, "central", "share", given.first)
    tables = [
        crossed(
            given,
            words.say("contexts_gdp_table", **at).text,
            lambda one: gdp_cell(given, one),
            words.say("contexts_gdp_note", **at),
            numeric=True,
        ),
        crossed(
            given,
            words.say("contexts_share_table", **at).text,
            lambda one: share_cell(given, one),
            words.say("contexts_share_note", base=base, **at),
        ),
    ]
    children = [Charts(given.lang, [drawn(given)]), *tables]
    return Section(given.lang, words["contexts_matrix_heading"], children)


def crossed(
    given: ContextMaterial,
    title: str,
    tell: Callable[[Inside], Cell],
    note: Sentence,
    *,
    numeric: bool = False,
) -> Table:
    """A table with a row a city and a column a nation; a city on its own path has a column to itself."""
    words, held = given.words, {one.name: one for one in given.cells}
    alone = any(one.nation is None for one in given.cells)
    columns = [Column(words.say("contexts_city_column", **given.places).text, head=True)]
    heads = [nation.title[given.lang] for nation in given.nations] + [words["contexts_own"]] * alone
    columns += [Column(head, numeric=numeric) for head in heads]
    rows: list[list[Cell]] = []
    for city in given.cities:
        names = [f"{city.id}/{nation.id}" for nation in given.nations]
        names += [f"{city.id}/{OWN}"] if alone else []
        told = [tell(held[name]) if name in held else words["not_told"] for name in names]
        rows.append([city.title[given.lang], *told])
    return Table(given.lang, title, columns, rows, note, cards=True)


def gdp_cell(given: ContextMaterial, one: Inside) -> Sentence:
    """GDP of the last year, and growth a year."""
    gdp, growth = given.of(one, "real_gdp", "central", "gdp"), given.of(one, "real_gdp", "cagr", "growth")
    return given.words.say("contexts_gdp_cell", gdp=gdp, growth=growth)


def share_cell(given: ContextMaterial, one: Inside) -> Sentence:
    """Share of the city's GDP, the flag, and its reasons."""
    words, share = given.words, given.of(one, SHARE, "central", "share")
    flag, reasons = given.flag_word(one.flag), given.brief(one)
    if not reasons:
        return words.say("contexts_share_cell", share=share, flag=flag)
    told = words["enumeration"].join(reasons)
    return words.say("contexts_share_cell_why", share=share, flag=flag, reasons=told)


def drawn(given: ContextMaterial) -> Drawn:
    """A dot a combination."""
    words, (low, high) = given.words, given.ends
    ends = {name: given.of(one, "real_gdp", "central", "gdp") for name, one in (("low", low), ("high", high))}
    told: Fields = {"year": year(given.last), **given.places, **ends}
    marks = [one for one in given.cells[0].judged if one.goal.indicator == "real_gdp"]
    marks = [one for one in marks if one.goal.year == given.last]
    title = words.say("contexts_chart_title", **told)
    if marks:
        met = given.common(marks[0].goal.name, "cells_met", "count", given.last)
        count = given.common("cells", "count", "count")
        title = words.say("contexts_chart_title_goal", met=met, count=count, **told)
    items = [
        words.say(
            "contexts_chart_item", place=given.label(one), value=given.of(one, "real_gdp", "central", "gdp")
        )
        for one in given.cells
    ]
    alt = words.say("contexts_chart_alt", title=title, items=words.join(items))
    unit = axis_unit(words, "gdp", given.first)
    lines = [
        (words.say("contexts_chart_goal", value=given.target(one.goal)).text, one.target) for one in marks
    ]
    chart = dots(
        on_axis(points(given), "gdp", given.lang, ["value"]),
        words=ChartWords(
            title=title.text,
            subtitle=words.say("contexts_chart_subtitle", unit=unit, **given.places).text,
            source=words.say("contexts_chart_source", vintage=given.vintage).text,
            alt=alt.text,
        ),
        goals=on_axis(pd.DataFrame(lines, columns=["label", "value"]), "gdp", given.lang, ["value"]),
    )
    return Drawn(chart, title, alt, "gdp")


def points(given: ContextMaterial) -> pd.DataFrame:
    """Every combination as the chart wants it."""
    words, rows = given.words, []
    for one in given.cells:
        value = given.of(one, "real_gdp", "central", "gdp_bare")
        label = value.text(given.lang)
        if one.flag != PLAUSIBLE:
            flag = given.flag_word(one.flag)
            label = words.say("contexts_chart_flagged", value=value, flag=flag).text
        name = words["contexts_own"] if one.nation is None else one.nation.title[given.lang]
        rows.append((one.city.title[given.lang], name, value.value, label, FLAGS.index(one.flag)))
    return pd.DataFrame(rows, columns=["group", "name", "value", "label", "kind"])


def goals(given: ContextMaterial) -> Section:
    """What each goal takes of district and city, and what every combination comes to."""
    words = given.words
    if not given.asked:
        told = Prose(given.lang, [no_goals(given)])
        return Section(given.lang, words["contexts_goals_heading"], [told, every(given)])
    return Section(given.lang, words["contexts_goals_heading"], [needed(given), every(given)])


def needed(given: ContextMaterial) -> Table:
    """Growth that each goal takes, of the district and of the city around it."""
    words, none = given.words, given.words["not_told"]
    columns = [
        Column(words["column_goal"], head=True),
        Column(words.say("contexts_required", **given.places).text, numeric=True),
        Column(words.say("contexts_city_needed", **given.places).text, numeric=True),
        Column(words["contexts_met_in"], numeric=True),
    ]
    rows: list[list[Cell]] = []
    for goal in given.asked:
        met = given.common(goal.name, "cells_met", "count", goal.year)
        count = given.common("cells", "count", "count")
        asks = [given.agreed(goal, name) or none for name in ("required_growth", "city_growth_needed")]
        rows.append([given.goal_label(goal), *asks, words.say("contexts_of", met=met, count=count)])
    note = words.say("contexts_needed_note_table", **given.places)
    return Table(given.lang, words["contexts_needed_table"], columns, rows, note, cards=True)


def every(given: ContextMaterial) -> Table:
    """One row a combination: the city's growth, GDP and GDP per capita, goals missed."""
    words = given.words
    years = sorted({given.last, *(goal.year for goal in given.asked)})
    names = [name for name in ON_GDP if name in given.given_scenario.indicators]
    shown = [(name, given.rule(name), at) for name in names for at in years]
    columns = [
        Column(words["contexts_surroundings"], head=True),
        Column(words.say("contexts_city_growth", **given.places).text, numeric=True),
        *(
            Column(words.say("figure_label", name=given.name(name), year=year(at)).text, numeric=True)
            for name, _, at in shown
        ),
        *([Column(words["contexts_missed"])] if given.asked else []),
    ]
    rows: list[list[Cell]] = [
        [
            given.label(one),
            given.of(one, "city_growth", "mean", "growth"),
            *(given.of(one, name, "central", rule, at) for name, rule, at in shown),
            *([missed(given, one)] if given.asked else []),
        ]
        for one in given.cells
    ]
    note = words.say("contexts_every_note", base_year=year(given.first))
    return Table(given.lang, words["contexts_every_table"], columns, rows, note, cards=True)


def missed(given: ContextMaterial, one: Inside) -> str:
    """Goals that the central path misses."""
    labels = [given.goal_label(judged.goal) for judged in one.judged if not judged.met]
    return given.words["enumeration"].join(labels) or given.words["contexts_no_goal_missed"]
