"""The section on population: what the goals imply, what a census counted, which goal binds when."""

import math

import pandas as pd

from futian_model import charts
from futian_model.arithmetic import CENSUS, PEOPLE, RATES, Pair, Path, of_point
from futian_model.charts import ChartWords
from futian_model.report.page.blocks import Block, Cell, Charts, Column, Drawn, Prose, Section, Table
from futian_model.report.pages.arithmetic.answer import census
from futian_model.report.pages.arithmetic.rows import ArithmeticMaterial
from futian_model.report.sections.missing import no_goals
from futian_model.report.sections.requirements import ALIKE
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence

PATHS = {
    "flat": "arithmetic_path_flat",
    "plan": "arithmetic_path_plan",
    "plan_held": "arithmetic_path_plan_held",
    "census": "arithmetic_path_census",
}
"""Names of the population paths but the scenario's, which bears its title."""


def people(given: ArithmeticMaterial) -> Section:
    """Populations behind the goals, the census, the chart with its table, and the named paths."""
    words = given.words
    if not given.plan.pairs:
        return Section(given.lang, words["arithmetic_people_heading"], [Prose(given.lang, [no_goals(given)])])
    last = given.plan.pairs[-1]
    counted = [*census(given, given.plan.pairs[0]), *vintages(given)]
    children: list[Block] = [implied_table(given)]
    if counted:
        children.append(Prose(given.lang, counted))
    children += [Charts(given.lang, [drawn(given, last)]), curve_table(given, last)]
    children += [path_table(given, pair) for pair in reversed(given.plan.pairs)]
    return Section(given.lang, words["arithmetic_people_heading"], children)


def implied_table(given: ArithmeticMaterial) -> Table:
    """GDP over GDP per head, in the base year and in every year with both goals."""
    words, first = given.words, given.plan.pairs[0]
    columns = [
        Column(words["column_year"], head=True),
        *(
            Column(words[name], numeric=True)
            for name in (
                "arithmetic_gdp",
                "arithmetic_per_head",
                "arithmetic_implied_people",
                "arithmetic_since_base",
                "arithmetic_since_last",
            )
        ),
    ]
    none = words["not_told"]
    rows: list[list[Cell]] = [
        [
            year(first.base_year),
            given.of_goal(first.gdp.goal, "base", "gdp"),
            given.of_goal(first.per_head.goal, "base", "per_capita"),
            given.told(PEOPLE, first.base_year, "implied", "people"),
            none,
            none,
        ]
    ]
    for pair in given.plan.pairs:
        since = given.held(PEOPLE, pair.year, "growth_after")
        rows.append(
            [
                year(pair.year),
                given.of_goal(pair.gdp.goal, "target", "gdp"),
                given.of_goal(pair.per_head.goal, "target", "per_capita"),
                given.told(PEOPLE, pair.year, "implied", "people"),
                given.told(PEOPLE, pair.year, "growth"),
                given.told(PEOPLE, pair.year, "growth_after") if since else none,
            ]
        )
    note = words.say("arithmetic_implied_note")
    return Table(given.lang, words["arithmetic_implied_table"], columns, rows, note, cards=True)


def vintages(given: ArithmeticMaterial) -> list[Sentence]:
    """What the census as a base would make of GDP per head, and of the goals that are levels."""
    words, told = given.words, []
    for pair in given.plan.pairs:
        own, on_census = given.plan.own(pair), named(given, pair, "census")
        if own is None or on_census is None or not math.isnan(pair.per_head.goal.multiple):
            continue
        told.append(
            words.say(
                "arithmetic_vintage",
                base_year=year(pair.base_year),
                per_head=given.told(CENSUS, pair.base_year, "gdp_per_head", "per_capita"),
                base=given.of_goal(pair.per_head.goal, "base", "per_capita"),
                goal=given.goal_label(pair.per_head.goal),
                needed=given.of_path(pair, own, "needed"),
                on_census=given.of_path(pair, on_census, "needed"),
                scenario=given.scenario.title[given.lang],
            )
        )
    return told


def named(given: ArithmeticMaterial, pair: Pair, name: str) -> Path | None:
    """A population path by its name."""
    return next((path for path in given.plan.paths(pair) if path.name == name), None)


def label(given: ArithmeticMaterial, path: Path) -> str:
    """A population path as a table names it."""
    words, scenario = given.words, given.scenario.title[given.lang]
    if path.name not in PATHS:
        return scenario
    first = year(given.plan.pairs[0].year)
    return words.say(PATHS[path.name], scenario=scenario, year=first).text


def binding(given: ArithmeticMaterial, pair: Pair, path: Path) -> str:
    """Which of the two goals takes more growth of GDP on a path."""
    found = pair.binding(path, ALIKE)
    if found is None:
        return given.words["arithmetic_alike"]
    return given.words["arithmetic_gdp" if found is pair.gdp else "arithmetic_per_head"]


def path_table(given: ArithmeticMaterial, pair: Pair) -> Table:
    """Named population paths: what both goals of a year ask of GDP on each."""
    words = given.words
    heads = (
        "arithmetic_path_end",
        "arithmetic_path_growth",
        "arithmetic_needed_per_head",
        "arithmetic_needed_gdp",
    )
    columns = [
        Column(words["arithmetic_path"], head=True),
        *(Column(words[name], numeric=True) for name in heads),
        Column(words["arithmetic_binding"]),
    ]
    rows: list[list[Cell]] = [
        [
            label(given, path),
            given.of_path(pair, path, "end", "people"),
            given.of_path(pair, path, "growth"),
            given.of_path(pair, path, "needed"),
            given.of_goal(pair.gdp.goal, "growth"),
            binding(given, pair, path),
        ]
        for path in given.plan.paths(pair)
    ]
    title = words.say("arithmetic_paths_table", year=year(pair.year)).text
    level = math.isnan(pair.per_head.goal.multiple)
    note = words.say("arithmetic_paths_note_level" if level else "arithmetic_paths_note")
    return Table(given.lang, title, columns, rows, note, cards=True)


def point(given: ArithmeticMaterial, pair: Pair, at: int, what: str, rule: str = "growth") -> Number:
    """A figure of the curve behind the chart."""
    return given.of_goal(pair.per_head.goal, what, rule, of_point(at))


def curve_table(given: ArithmeticMaterial, pair: Pair) -> Table:
    """The table behind the chart."""
    words = given.words
    heads = ("arithmetic_path_end", "arithmetic_needed_per_head", "arithmetic_needed_gdp")
    columns = [
        Column(words["arithmetic_people_growth"], head=True),
        *(Column(words[name], numeric=True) for name in heads),
        Column(words["arithmetic_binding"]),
    ]
    rows: list[list[Cell]] = [
        [
            point(given, pair, at, "growth"),
            point(given, pair, at, "end", "people"),
            point(given, pair, at, "needed"),
            given.of_goal(pair.gdp.goal, "growth"),
            binding(given, pair, pair.path("", float(rate))),
        ]
        for at, rate in enumerate(RATES)
    ]
    title = words.say("arithmetic_curve_table", year=year(pair.year)).text
    return Table(given.lang, title, columns, rows, words.say("arithmetic_curve_note"))


def drawn(given: ArithmeticMaterial, pair: Pair) -> Drawn:
    """Growth of GDP that both goals ask for over population growth."""
    words, own = given.words, given.plan.own(pair)
    marked = given.plan.paths(pair)[0] if own is None else own
    goal, last = given.name(pair.per_head.goal.name), len(RATES) - 1
    title = words.say(
        "arithmetic_chart_title",
        goal=goal,
        rate=given.of_path(pair, marked, "growth", "growth_size"),
        needed=given.of_path(pair, marked, "needed"),
    )
    switch, growth = given.told(PEOPLE, pair.year, "growth"), given.of_goal(pair.gdp.goal, "growth")
    alt = words.say(
        "arithmetic_chart_alt",
        title=title,
        goal=words.inline(goal),
        low=point(given, pair, 0, "growth"),
        high=point(given, pair, last, "growth"),
        least=point(given, pair, 0, "needed"),
        most=point(given, pair, last, "needed"),
        gdp_goal=words.inline(given.name(pair.gdp.goal.name)),
        growth=growth,
        switch=switch,
    )
    flat = abs(pair.switch_growth) < ALIKE
    crossing = words.say("arithmetic_mark_flat" if flat else "arithmetic_mark_switch", switch=switch)
    names = [
        (crossing.text, switch.value, growth.value),
        (
            words.say(
                "arithmetic_mark_path",
                path=label(given, marked),
                needed=given.of_path(pair, marked, "needed"),
            ).text,
            marked.growth,
            pair.needed(marked),
        ),
    ]
    # a path beyond the axis is left to the table
    names = [mark for mark in names if RATES[0] <= mark[1] <= RATES[-1]]
    span = {"start": year(pair.base_year), "end": year(pair.year)}
    chart = charts.lines(
        curve(given, pair),
        words=ChartWords(
            title=title.text,
            subtitle=words.say("arithmetic_chart_subtitle", **span).text,
            source=words["arithmetic_chart_source"],
            alt=alt.text,
            across=words["arithmetic_chart_across"],
        ),
        marks=pd.DataFrame(names, columns=["label", "at", "value"]),
    )
    return Drawn(chart, title, alt, "growth")


def curve(given: ArithmeticMaterial, pair: Pair) -> pd.DataFrame:
    """Both lines, point by point."""
    per_head, gdp = (given.name(one.goal.name) for one in (pair.per_head, pair.gdp))
    rows = [(per_head, float(rate), point(given, pair, at, "needed").value) for at, rate in enumerate(RATES)]
    rows += [(gdp, float(rate), pair.gdp.growth) for rate in RATES]
    return pd.DataFrame(rows, columns=["series", "at", "value"])
