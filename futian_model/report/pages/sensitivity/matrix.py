"""The matrix of surroundings on the page: dots, GDP and growth, share and flag, goals."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from futian_model.charts.dots import dots
from futian_model.contexts import FLAGS, ON_GDP, OWN, PLAUSIBLE, SHARE
from futian_model.contexts import Cell as Inside
from futian_model.evidence import Goal
from futian_model.report.page import Cell, Column, Drawn, Fields, Fill, Section, Table, numeric
from futian_model.report.pages.sensitivity.around import figures, flagged, lead, left_out, own_paths
from futian_model.report.pages.sensitivity.surroundings import Surroundings
from futian_model.report.sections.missing import no_goals
from futian_model.report.words import Number, Sentence, axis_unit, year
from futian_model.scenario.blocks.context import City


def matrix(page: Surroundings) -> Section:
    """What stands around the district and is not credible of it; the chart, the tables city by nation."""
    at: Fields = {"year": year(page.last), "base_year": year(page.first), **page.places}
    base = page.of(page.cells[0], SHARE, "central", "share", page.first)
    cities, nations = (Number(len(places), "count") for places in (page.cities, page.nations))
    gdp_note = page.say("contexts_gdp_note", **at)
    share_note = page.say("contexts_share_note", base=base, **at)

    def gdp(cell: Inside) -> Sentence:
        return page.say("contexts_gdp_cell", gdp=page.gdp(cell), growth=page.growth(cell))

    counted: Fields = {"cities": cities, "nations": nations, **page.places}
    return page.section(
        "contexts_matrix_heading",
        [page.say("contexts_question", **counted), *lead(page), *flagged(page)],
        page.key_figures(*figures(page)),
        page.note("contexts_caution", *own_paths(page), *left_out(page)),
        page.charts(drawn(page)),
        crossed(page, page.say("contexts_gdp_table", **at), gdp, gdp_note, numeric=True),
        crossed(page, page.say("contexts_share_table", **at), partial(share_cell, page), share_note),
    )


def crossed(
    page: Surroundings,
    title: Sentence,
    tell: Callable[[Inside], Cell],
    note: Sentence,
    numeric: bool = False,
) -> Table:
    """A table with a row a city and a column a nation; a city on its own path has a column to itself."""
    cells = {cell.name: cell for cell in page.cells}
    nations = {nation.id: Sentence(nation.title[page.lang]) for nation in page.nations}
    if any(cell.nation is None for cell in page.cells):
        nations[OWN] = page.say("contexts_own")

    def beside(nation: str) -> Fill:
        def cell(city: City) -> Cell:
            name = f"{city.id}/{nation}"
            return tell(cells[name]) if name in cells else None

        return cell

    columns = [
        Column(page.say("contexts_city_column", **page.places), lambda city: city.title[page.lang]),
        *(Column(label, beside(nation), numeric=numeric) for nation, label in nations.items()),
    ]
    return page.table(title, page.cities, columns, note)


def share_cell(page: Surroundings, cell: Inside) -> Sentence:
    """Share of the city's GDP, the flag, and its reasons."""
    share, flag = page.of(cell, SHARE, "central", "share"), page.flag_word(cell.flag)
    reasons = page.brief(cell)
    if not reasons:
        return page.say("contexts_share_cell", share=share, flag=flag)
    return page.say("contexts_share_cell_why", share=share, flag=flag, reasons=page.listed(reasons))


def drawn(page: Surroundings) -> Drawn:
    """A dot a combination."""
    low, high = map(page.gdp, page.ends)
    fields: Fields = {"year": year(page.last), **page.places, "low": low, "high": high}
    marks = [judged for judged in page.cells[0].judged if judged.goal.indicator == "real_gdp"]
    marks = [judged for judged in marks if judged.goal.year == page.last]
    title = page.say("contexts_chart_title", **fields)
    if marks:
        met = page.cells_met(marks[0].goal)
        title = page.say("contexts_chart_title_goal", met=met, count=page.count, **fields)
    items = [
        page.say("contexts_chart_item", place=page.label(cell), value=page.gdp(cell)) for cell in page.cells
    ]
    lines = [
        (page.say("contexts_chart_goal", value=page.target(judged.goal)).text, judged.target)
        for judged in marks
    ]
    unit = axis_unit(page.words, "gdp", page.first)
    return page.drawn(
        dots,
        points(page),
        "gdp",
        title=title,
        alt=page.say("contexts_chart_alt", title=title, items=page.words.join(items)),
        subtitle=page.say("contexts_chart_subtitle", unit=unit, **page.places),
        source=page.say("contexts_chart_source", vintage=page.vintage),
        goals=pd.DataFrame(lines, columns=["label", "value"]),
    )


def points(page: Surroundings) -> pd.DataFrame:
    """Every combination as the chart wants it."""
    rows = []
    for cell in page.cells:
        value = page.of(cell, "real_gdp", "central", "gdp_bare")
        label = value.text(page.lang)
        if cell.flag != PLAUSIBLE:
            label = page.say("contexts_chart_flagged", value=value, flag=page.flag_word(cell.flag)).text
        name = page.words["contexts_own"] if cell.nation is None else cell.nation.title[page.lang]
        rows.append((cell.city.title[page.lang], name, value.value, label, FLAGS.index(cell.flag)))
    return pd.DataFrame(rows, columns=["group", "name", "value", "label", "kind"])


def goals(page: Surroundings) -> Section:
    """What each goal takes of district and city, and what every combination comes to."""
    asked = needed(page) if page.asked else no_goals(page)
    return page.section("contexts_goals_heading", asked, every(page))


def needed(page: Surroundings) -> Table:
    """Growth that each goal takes, of the district and of the city around it."""

    def agreed(statistic: str) -> Fill:
        return lambda goal: page.agreed(goal, statistic)

    def met(goal: Goal) -> Sentence:
        return page.say("contexts_of", met=page.cells_met(goal), count=page.count)

    return page.table(
        "contexts_needed_table",
        page.asked,
        [
            Column("column_goal", page.goal_label),
            numeric(page.say("contexts_required", **page.places), agreed("required_growth")),
            numeric(page.say("contexts_city_needed", **page.places), agreed("city_growth_needed")),
            numeric("contexts_met_in", met),
        ],
        page.say("contexts_needed_note_table", **page.places),
    )


def every(page: Surroundings) -> Table:
    """One row a combination: the city's growth, GDP and GDP per capita, goals missed."""
    names = [name for name in ON_GDP if name in page.given_scenario.indicators]
    years = sorted({page.last, *(goal.year for goal in page.asked)})

    def level(name: str, at: int) -> Column:
        rule = page.rule(name)
        return numeric(page.dated(name, at), lambda cell: page.of(cell, name, "central", rule, at))

    columns = [
        Column("contexts_surroundings", page.label),
        numeric(
            page.say("contexts_city_growth", **page.places),
            lambda cell: page.of(cell, "city_growth", "mean", "growth"),
        ),
        *(level(name, at) for name in names for at in years),
    ]
    if page.asked:
        columns.append(Column("contexts_missed", lambda cell: missed(page, cell)))
    note = page.say("contexts_every_note", base_year=year(page.first))
    return page.table("contexts_every_table", page.cells, columns, note)


def missed(page: Surroundings, cell: Inside) -> str:
    """Goals that the central path misses."""
    labels = [page.goal_label(judged.goal) for judged in cell.judged if not judged.met]
    return page.listed(labels) or page.words["contexts_no_goal_missed"]
