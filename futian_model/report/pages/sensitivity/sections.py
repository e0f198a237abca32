"""Sections of the sensitivity page: levers, uncertain inputs one by one, and all at once."""

import pandas as pd

from futian_model.charts.bars import TornadoWords, tornado
from futian_model.report.page.blocks import Block, Cell, Charts, Column, Drawn, Prose, Section, Table
from futian_model.report.pages.sensitivity.rows import SAMPLES, SensitivityMaterial
from futian_model.report.words.axes import axis_unit, on_axis
from futian_model.report.words.numbers import Number, bare, year
from futian_model.report.words.sentences import Sentence
from futian_model.results import case
from futian_model.sensitivity import SOBOL, STEP


def levers(given: SensitivityMaterial) -> Section:
    """Levers against results, in every year of a goal."""
    words, index = given.words, given.index
    shown = [(name, int(at)) for name in given.headline for at in sorted(set(index["year"]))]
    columns = [Column(words["sensitivity_lever"], head=True)]
    columns += [
        Column(words.say("figure_label", name=given.name(name), year=year(at)).text, numeric=True)
        for name, at in shown
    ]
    moving = index.groupby("lever", sort=False)["effect"].apply(lambda effects: bool(effects.abs().any()))
    rows: list[list[Cell]] = [
        [given.input_name(lever), *(cell(given, lever, name, at) for name, at in shown)]
        for lever in moving.index[moving]
    ]
    step = Number(STEP, "growth")
    note = words.say("sensitivity_index_note", year=year(given.first + 1), step=step)
    children: list[Block] = [
        Table(given.lang, words["sensitivity_index_table"], columns, rows, note, cards=True)
    ]
    firms = given.given_scenario.driven.firms
    if firms is not None and firms[1].departures:
        children.append(Prose(given.lang, [words.say("sensitivity_index_departures")], note=True))
    return Section(given.lang, words["sensitivity_index_heading"], children)


def cell(given: SensitivityMaterial, lever: str, indicator: str, at: int) -> Cell:
    """An effect, or that there is none."""
    effect = given.effect(lever, indicator, at)
    return effect if effect.value else given.words["not_told"]


def swings(given: SensitivityMaterial) -> Section:
    """Results at both ends of each uncertain input: charts and a table."""
    words = given.words
    if given.swings.empty:
        certain = Prose(given.lang, [words.say("sensitivity_certain")])
        return Section(given.lang, words["sensitivity_tornado_heading"], [certain])
    drawn = [chart(given, name) for name in charted(given)]
    children: list[Block] = [
        Prose(given.lang, [words.say("sensitivity_tornado_lead")]),
        Charts(given.lang, drawn),
        swing_table(given),
    ]
    return Section(given.lang, words["sensitivity_tornado_heading"], children)


def charted(given: SensitivityMaterial) -> list[str]:
    """Results that several inputs move; where there is none, those that one moves."""
    several = [name for name in given.headline if len(given.moving(name)) > 1]
    return several or [name for name in given.headline if given.moving(name)]


def chart(given: SensitivityMaterial, indicator: str) -> Drawn:
    """One result's tornado."""
    words, rule, inputs = given.words, given.rule(indicator), given.moving(indicator)
    ends = {name: given.ends(name, indicator) for name in inputs}
    first, last = ends[inputs[0]], year(given.last)
    title = words.say(
        "sensitivity_chart_title",
        year=last,
        name=given.name(indicator),
        input=words.inline(given.input_name(inputs[0])),
        low=min(first, key=lambda one: one.value),
        high=max(first, key=lambda one: one.value),
    )
    items = [
        words.say("sensitivity_chart_item", input=given.input_name(name), low=low, high=high)
        for name, (low, high) in ends.items()
    ]
    figures = {name: given.ends(name, indicator, bare=True) for name in inputs}
    table = pd.DataFrame(
        [
            (
                given.input_name(name),
                given.range_of(name).text,
                *(one.value for one in figures[name]),
                *(one.text(given.lang) for one in figures[name]),
            )
            for name in inputs
        ],
        columns=["name", "range", "at_low", "at_high", "label_low", "label_high"],
    )
    middle = given.number(indicator, given.last, rule=bare(rule))
    drawn = pd.DataFrame({"central": [middle.value]})
    alt = words.say("sensitivity_chart_alt", title=title, items=words.join(items))
    made = tornado(
        on_axis(table, rule, given.lang, ["at_low", "at_high"]),
        words=TornadoWords(
            title=title.text,
            subtitle=words.say(
                "sensitivity_chart_subtitle", unit=words.inline(axis_unit(words, rule, given.first))
            ).text,
            source=words["sensitivity_chart_source"],
            low=words["sensitivity_chart_low"],
            high=words["sensitivity_chart_high"],
            central=words.say("sensitivity_chart_central", value=middle).text,
            alt=alt.text,
        ),
        central=float(on_axis(drawn, rule, given.lang, ["central"])["central"].iloc[0]),
        percent=rule == "share",
    )
    return Drawn(made, title, alt, rule)


def swing_table(given: SensitivityMaterial) -> Table:
    """A row an input that moves anything."""
    words = given.words
    columns = [Column(words["sensitivity_input"], head=True), Column(words["sensitivity_range"])]
    columns += [Column(given.name(name), numeric=True) for name in given.headline]
    inputs = dict.fromkeys(name for indicator in given.headline for name in given.moving(indicator))
    rows: list[list[Cell]] = [
        [given.input_name(name), given.range_of(name), *(swing(given, name, one) for one in given.headline)]
        for name in inputs
    ]
    title = words.say("sensitivity_tornado_table", year=year(given.last)).text
    return Table(given.lang, title, columns, rows, words.say("sensitivity_tornado_note"), cards=True)


def swing(given: SensitivityMaterial, name: str, indicator: str) -> Cell:
    """A result at both ends of an input, or that nothing moves."""
    if name not in given.moving(indicator):
        return given.words["not_told"]
    low, high = given.ends(name, indicator)
    return given.words.say("sensitivity_to", low=low, high=high)


def variance(given: SensitivityMaterial) -> Section:
    """Sobol indices, and what interaction means."""
    words = given.words
    if given.parts.empty:
        certain = Prose(given.lang, [words.say("sensitivity_certain")])
        return Section(given.lang, words["sensitivity_sobol_heading"], [certain])
    shown = [name for name in given.headline if name in set(given.parts["indicator"])]
    columns = [Column(words["sensitivity_input"], head=True)]
    for name in shown:
        columns += [
            Column(words.say(key, name=given.name(name)).text, numeric=True)
            for key in ("sensitivity_sobol_own", "sensitivity_sobol_total")
        ]
    inputs = dict.fromkeys(name for indicator in shown for name in given.moving(indicator))
    rows: list[list[Cell]] = [
        [
            given.input_name(name),
            *(index(given, name, one, kind) for one in shown for kind in ("first", "total")),
        ]
        for name in inputs
    ]
    title = words.say("sensitivity_sobol_table", year=year(given.last)).text
    note = words.say("sensitivity_sobol_note", samples=Number(SAMPLES, "count"))
    children: list[Block] = [
        *(Prose(given.lang, [interaction(given, name)]) for name in charted(given)[:1]),
        Table(given.lang, title, columns, rows, note, cards=True),
    ]
    return Section(given.lang, words["sensitivity_sobol_heading"], children)


def index(given: SensitivityMaterial, name: str, indicator: str, kind: str) -> Cell:
    """A part of the variance with its error."""
    if name not in given.moving(indicator):
        return given.words["not_told"]
    share, conf = (
        given.told(SOBOL, indicator, given.last, f"{kind}{end}", "share", case(input=name))
        for end in ("", "_conf")
    )
    return given.words.say("sensitivity_sobol_cell", share=share, conf=conf)


def interaction(given: SensitivityMaterial, indicator: str) -> Sentence:
    """What inputs do one by one, and what only together."""
    own, rest = (
        given.told(SOBOL, indicator, given.last, name, "share") for name in ("first_sum", "interaction")
    )
    return given.words.say(
        "sensitivity_sobol_lead",
        sum=own,
        year=year(given.last),
        name=given.words.inline(given.name(indicator)),
        interaction=rest,
    )
