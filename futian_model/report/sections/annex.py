"""Annex: the paths year by year, the plan's table, data, why to trust the chances, and method."""

import pandas as pd

from futian_model.evidence import history
from futian_model.languages import language
from futian_model.report.page.blocks import Block, Cell, Column, Prose, Section, Table
from futian_model.report.sections.material import Material
from futian_model.report.sections.missing import held_and_missing
from futian_model.report.sections.trust import trust
from futian_model.report.words.amounts import in_brackets
from futian_model.report.words.numbers import BARE, Number, year

YEARLY = ("real_gdp", "nominal_gdp", "real_gdp_per_capita", "average_population")
PUBLISHED = ("gdp", "gdp_per_capita", "population_census")
"""Published indicators that are listed beside the shares."""


def annex(given: Material) -> Section:
    """Everything a reader needs to check the report."""
    children: list[Block] = [
        yearly(given),
        *plan_table(given),
        held_and_missing(given),
        data(given),
        trust(given),
        method(given),
        sources(given),
    ]
    return Section(given.lang, given.words["annex_heading"], children)


def yearly(given: Material) -> Table:
    """Central paths, a row a year."""
    names = [name for name in (*YEARLY, *given.shares) if name in given.given_scenario.indicators]
    columns = [Column(given.words["column_year"], head=True)]
    rules = {name: f"{given.rule(name)}_bare" if given.rule(name) in BARE else None for name in names}
    for name, rule in rules.items():
        known = given.name(name)
        unit = given.words[f"unit_{rule}"] if rule else ""
        label = in_brackets(known, unit, given.words) if rule else known
        columns.append(Column(label, numeric=True))
    rows: list[list[Cell]] = [
        [year(int(at)), *(given.number(name, int(at), rule=rule) for name, rule in rules.items())]
        for at in given.given_scenario.years
    ]
    # numbers of one unit a column: a phone shows six of them side by side
    return Table(given.lang, given.words["yearly_table"], columns, rows, cards=len(columns) > 6)


def plan_table(given: Material) -> list[Table]:
    """The plan's indicators as printed, and which of them the model simulates; none without a plan."""
    words, goals = given.words, given.evidence.goals
    if goals.empty:
        return []
    known = language(given.lang)
    simulated = {goal.name for goal in given.goals}
    columns = [
        Column(words["column_row"], numeric=True),
        Column(words["column_plan_indicator"], head=True),
        Column(words["column_base_value"], numeric=True),
        Column(words["column_target"], numeric=True),
        Column(words["column_attribute"], short=True),
        Column(words["column_simulated"], short=True),
    ]
    rows: list[list[Cell]] = [
        [
            Number(row["table_row"], "count"),
            in_brackets(str(row[known.column("name")]), str(row[known.stated("unit")]), words),
            str(row[known.stated("base_text")]),
            str(row[known.stated("target_text")]),
            words[row["attribute"]],
            words["yes" if name in simulated else "no"],
        ]
        for name, row in goals[goals["table_row"].notna()].iterrows()
    ]
    return [Table(given.lang, words["plan_table"], columns, rows, words.say("plan_note"), cards=True)]


def data(given: Material) -> Table:
    """Published figures behind the charts and the base year, with vintage and source."""
    words = given.words
    columns = [
        Column(words["column_figure"], head=True),
        Column(words["column_value"], numeric=True),
        Column(words["column_published"]),
        Column(words["column_source"]),
    ]
    rows: list[list[Cell]] = []
    for indicator in (*PUBLISHED[:2], *given.shares, *PUBLISHED[2:]):
        for at, figure in published(given, indicator).iterrows():
            label = words.say("figure_label", name=given.name(indicator), year=year(int(str(at)))).text
            told = [words[figure["precision"]]] if figure["precision"] != "point" else []
            told += [] if figure["known"] else [words["published_later"]]
            value = Number(float(figure["value"]), given.rule(indicator)).text(given.lang)
            rows.append(
                [
                    label,
                    value,
                    words["enumeration"].join(told) or words["as_published"],
                    given.source_title(figure["source"]),
                ]
            )
    return Table(given.lang, words["data_table"], columns, rows, words.say("data_note"), cards=True)


def published(given: Material, indicator: str) -> pd.DataFrame:
    """The district's figures of an indicator over the years that the charts show."""
    vintage, evidence = given.scenario.assumptions.vintage, given.evidence
    if indicator in given.shares:
        return history.shares(evidence, indicator, vintage)
    return history.published(evidence, evidence.place("district"), indicator, vintage)


def method(given: Material) -> Section:
    """How the numbers were made, in plain sentences."""
    words = given.words
    keys = [key for key in words.texts if key.startswith("method_") and key != "method_heading"]
    drawn = Number(given.given_scenario.draws, "count")
    seed = str(given.given_scenario.seed)
    paragraphs = [
        Prose(given.lang, [words.say(key, base_year=year(given.first), draws=drawn, seed=seed)])
        for key in keys
    ]
    return Section(given.lang, words["method_heading"], paragraphs, level=3)


def sources(given: Material) -> Table:
    """Publisher and date of every source named in the report."""
    words = given.words
    names = {figure.source for figure in given.given_scenario.base.figures.values()}
    for indicator in (*PUBLISHED, *given.shares):
        for source in published(given, indicator)["source"]:
            names |= {part.strip() for part in source.split("/")}
    table = given.evidence.sources.loc[given.evidence.sources.index.isin(names)]
    publisher = language(given.lang).column("publisher")
    rows: list[list[Cell]] = [
        [str(row["title"]), str(row[publisher]), str(row["date"]), words[row["kind"]]]
        for _, row in table.iterrows()
    ]
    columns = [
        Column(words["column_source"], head=True),
        Column(words["column_publisher"]),
        *(Column(words[name], short=True) for name in ("column_date", "column_kind")),
    ]
    return Table(given.lang, words["sources_table"], columns, rows, cards=True)
