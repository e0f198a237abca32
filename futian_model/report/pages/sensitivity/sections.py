"""Sections of the sensitivity page: levers, uncertain inputs one by one, and all at once."""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from futian_model.charts.bars import tornado
from futian_model.report.page import Cell, Column, Drawn, Section, Table, numeric
from futian_model.report.pages.sensitivity.rows import SAMPLES, SensitivityMaterial
from futian_model.report.words import Number, Sentence, axis_unit, bare, year
from futian_model.results import case
from futian_model.sensitivity import SOBOL, STEP


def levers(page: SensitivityMaterial) -> Section:
    """Levers against results, in every year of a goal."""
    index, years = page.index, sorted({int(at) for at in page.index["year"]})

    def effect(name: str, at: int) -> Column:
        return numeric(page.dated(name, at), lambda lever: cell(page, lever, name, at))

    moving = index.groupby("lever", sort=False)["effect"].apply(lambda effects: bool(effects.abs().any()))
    start, step = year(page.first + 1), Number(STEP, "growth")
    table = page.table(
        "sensitivity_index_table",
        moving.index[moving],
        [
            Column("sensitivity_lever", page.input_name),
            *(effect(name, at) for name in page.headline for at in years),
        ],
        page.say("sensitivity_index_note", year=start, step=step),
    )
    firms = page.given_scenario.driven.firms
    leaves = firms is not None and firms[1].departures
    caution = page.note("sensitivity_index_departures") if leaves else None
    return page.section("sensitivity_index_heading", table, caution)


def cell(page: SensitivityMaterial, lever: str, indicator: str, at: int) -> Cell:
    """An effect, or that there is none."""
    effect = page.effect(lever, indicator, at)
    return effect if effect.value else None


def swings(page: SensitivityMaterial) -> Section:
    """Results at both ends of each uncertain input: charts and a table."""
    if page.swings.empty:
        return page.section("sensitivity_tornado_heading", "sensitivity_certain")
    drawn = page.charts(*(chart(page, name) for name in charted(page)))
    return page.section("sensitivity_tornado_heading", "sensitivity_tornado_lead", drawn, swing_table(page))


def charted(page: SensitivityMaterial) -> list[str]:
    """Results that several inputs move; where there is none, those that one moves."""
    several = [name for name in page.headline if len(page.moving(name)) > 1]
    return several or [name for name in page.headline if page.moving(name)]


def chart(page: SensitivityMaterial, indicator: str) -> Drawn:
    """One result's tornado."""
    rule, inputs = page.rule(indicator), page.moving(indicator)
    ends = {name: page.ends(name, indicator) for name in inputs}
    title = page.say(
        "sensitivity_chart_title",
        year=year(page.last),
        name=page.name(indicator),
        input=page.words.inline(page.input_name(inputs[0])),
        low=min(ends[inputs[0]], key=lambda end: end.value),
        high=max(ends[inputs[0]], key=lambda end: end.value),
    )
    items = [
        page.say("sensitivity_chart_item", input=page.input_name(name), low=low, high=high)
        for name, (low, high) in ends.items()
    ]
    figures = {name: page.ends(name, indicator, bare=True) for name in inputs}
    rows = [
        (
            page.input_name(name),
            page.range_of(name).text,
            *(end.value for end in figures[name]),
            *(end.text(page.lang) for end in figures[name]),
        )
        for name in inputs
    ]
    middle = page.number(indicator, page.last, rule=bare(rule))
    central = page.on_axis(pd.DataFrame({"central": [middle.value]}), rule)["central"].iloc[0]
    unit = page.words.inline(axis_unit(page.words, rule, page.first))
    return page.drawn(
        tornado,
        pd.DataFrame(rows, columns=["name", "range", "at_low", "at_high", "label_low", "label_high"]),
        rule,
        title=title,
        alt=page.say("sensitivity_chart_alt", title=title, items=page.words.join(items)),
        subtitle=page.say("sensitivity_chart_subtitle", unit=unit),
        source="sensitivity_chart_source",
        named={
            "low": page.words["sensitivity_chart_low"],
            "high": page.words["sensitivity_chart_high"],
            "central": page.say("sensitivity_chart_central", value=middle).text,
        },
        central=float(central),
        percent=rule == "share",
    )


def inputs_of(page: SensitivityMaterial, indicators: Sequence[str]) -> dict[str, None]:
    """Inputs that move any of some results."""
    return dict.fromkeys(name for indicator in indicators for name in page.moving(indicator))


def swing_table(page: SensitivityMaterial) -> Table:
    """A row an input that moves anything."""

    def swing(indicator: str, name: str) -> Cell:
        if name not in page.moving(indicator):
            return None
        low, high = page.ends(name, indicator)
        return page.say("sensitivity_to", low=low, high=high)

    return page.table(
        page.say("sensitivity_tornado_table", year=year(page.last)),
        inputs_of(page, page.headline),
        [
            Column("sensitivity_input", page.input_name),
            Column("sensitivity_range", page.range_of),
            *(numeric(Sentence(page.name(name)), partial(swing, name)) for name in page.headline),
        ],
        "sensitivity_tornado_note",
    )


def variance(page: SensitivityMaterial) -> Section:
    """Sobol indices, and what interaction means."""
    if page.parts.empty:
        return page.section("sensitivity_sobol_heading", "sensitivity_certain")
    shown = [name for name in page.headline if name in set(page.parts["indicator"])]
    kinds = {"first": "sensitivity_sobol_own", "total": "sensitivity_sobol_total"}
    table = page.table(
        page.say("sensitivity_sobol_table", year=year(page.last)),
        inputs_of(page, shown),
        [
            Column("sensitivity_input", page.input_name),
            *(
                numeric(page.say(key, name=page.name(indicator)), partial(index, page, indicator, kind))
                for indicator in shown
                for kind, key in kinds.items()
            ),
        ],
        page.say("sensitivity_sobol_note", samples=Number(SAMPLES, "count")),
    )
    lead = [interaction(page, name) for name in charted(page)[:1]]
    return page.section("sensitivity_sobol_heading", lead, table)


def index(page: SensitivityMaterial, indicator: str, kind: str, name: str) -> Cell:
    """Part of a result's variance that an input accounts for, with its error."""
    if name not in page.moving(indicator):
        return None
    place = SOBOL, indicator, page.last
    share, conf = (page.read(*place, of, "share", case(input=name)) for of in (kind, f"{kind}_conf"))
    return page.say("sensitivity_sobol_cell", share=share, conf=conf)


def interaction(page: SensitivityMaterial, indicator: str) -> Sentence:
    """What inputs do one by one, and what only together."""
    own, rest = (
        page.read(SOBOL, indicator, page.last, name, "share") for name in ("first_sum", "interaction")
    )
    last, name = year(page.last), page.inline(indicator)
    return page.say("sensitivity_sobol_lead", sum=own, year=last, name=name, interaction=rest)
