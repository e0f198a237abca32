"""Annex: the plan's table, data and what is missing, parts of GDP, method and sources."""

from collections.abc import Collection

import pandas as pd

from futian_model.evidence import history
from futian_model.languages import language
from futian_model.report.page import Cell, Column, Fields, Fill, Section, Table, head, numeric, short
from futian_model.report.sections.findings import Findings
from futian_model.report.sections.material import Material
from futian_model.report.sections.missing import held_and_missing
from futian_model.report.words import Number, in_brackets, year

PUBLISHED = ("gdp", "gdp_per_capita", "population_census")
"""Published indicators that are listed beside the shares."""


def annex(page: Material) -> Section:
    """What all scenarios share: the plan's table, figures held and missing, and their sources."""
    return page.section(
        "annex_heading",
        plan_table(page),
        held_and_missing(page),
        data(page),
        industries(page),
        sources(page),
        new_page=True,
        annex=True,
    )


def industries(page: Material) -> Table | None:
    """The latest published share of every part of GDP, with the parts that it overlaps."""
    table = page.evidence.indicators
    kinds = table.index[table["kind"] == "share"]
    latest = {name: published_share(page, str(name)) for name in kinds}
    held = [str(name) for name, rows in latest.items() if len(rows)]
    if not held:
        return None

    def overlapping(name: str) -> Cell:
        others = [other for other in str(table.loc[name, "overlaps"]).split(";") if other in held]
        return page.listed(page.name(other) for other in others) or None

    return page.table(
        "industries_table",
        held,
        [
            Column("column_indicator", page.name),
            numeric("column_year", lambda name: year(int(latest[name].index[-1]))),
            numeric(
                "column_value",
                lambda name: Number(float(latest[name]["value"].iloc[-1]), "share").text(page.lang),
            ),
            Column("column_overlaps", overlapping),
        ],
        "industries_note",
    )


def published_share(page: Material, name: str) -> pd.DataFrame:
    """A share as published by the vintage, or worked out of a published value added."""
    rows = history.shares(page.evidence, name, page.scenario.assumptions.vintage)
    return rows[rows["known"].astype(bool)]


def plan_table(page: Material) -> Table | None:
    """The plan's indicators as printed, and which of them the model simulates; none without a plan."""
    goals = page.evidence.goals
    if goals.empty:
        return None
    known, simulated = language(page.lang), {goal.name for goal in page.goals}

    def stated(name: str) -> Fill:
        return lambda row: str(row[known.stated(name)])

    def indicator(row: pd.Series) -> str:
        return in_brackets(str(row[known.column("name")]), str(row[known.stated("unit")]), page.words)

    return page.table(
        "plan_table",
        [row for _, row in goals[goals["table_row"].notna()].iterrows()],
        [
            numeric("column_row", lambda row: Number(row["table_row"], "count")),
            head("column_plan_indicator", indicator),
            numeric("column_base_value", stated("base_text")),
            numeric("column_target", stated("target_text")),
            short("column_attribute", lambda row: page.words[row["attribute"]]),
            short("column_simulated", lambda row: page.words["yes" if row.name in simulated else "no"]),
        ],
        "plan_note",
    )


def data(page: Material) -> Table:
    """Published figures behind the charts and the base year, with vintage and source."""

    def remarks(figure: pd.Series) -> str:
        keys = [figure["precision"]] if figure["precision"] != "point" else []
        keys += [] if figure["known"] else ["published_later"]
        return page.listed(page.words[key] for key in keys) or page.words["as_published"]

    def value(row: tuple[str, int, pd.Series]) -> str:
        return Number(float(row[2]["value"]), page.rule(row[0])).text(page.lang)

    return page.table(
        "data_table",
        [
            (indicator, int(str(at)), figure)
            for indicator in (*PUBLISHED[:2], *page.shares, *PUBLISHED[2:])
            for at, figure in published(page, indicator).iterrows()
        ],
        [
            Column("column_figure", lambda row: page.dated(*row[:2]).text),
            numeric("column_value", value),
            Column("column_published", lambda row: remarks(row[2])),
            Column("column_source", lambda row: page.source_title(row[2]["source"])),
        ],
        "data_note",
    )


def published(page: Material, indicator: str) -> pd.DataFrame:
    """The district's figures of an indicator over the years that the charts show."""
    vintage, evidence = page.scenario.assumptions.vintage, page.evidence
    if indicator in page.shares:
        return history.shares(evidence, indicator, vintage)
    return history.published(evidence, page.district, indicator, vintage)


def method(page: Material) -> Section:
    """How the numbers were made, in plain sentences."""
    own, words = page.given_scenario, page.words
    keys = [key for key in words.texts if key.startswith("method_") and key != "method_heading"]
    made_from: Fields = {"draws": Number(own.draws, "count"), "seed": str(own.seed)}
    sentences = (page.say(key, base_year=year(page.first), **made_from) for key in keys)
    return page.section("method_heading", *sentences, level=3)


def sources(page: Material) -> Table:
    """Publisher and date of every source named in the report."""
    names = {figure.source for figure in page.given_scenario.base.figures.values()}
    for indicator in (*PUBLISHED, *page.shares):
        for source in published(page, indicator)["source"]:
            names |= {part.strip() for part in source.split("/")}
    return source_table(page, names)


def source_table(page: Findings, names: Collection[str]) -> Table:
    """Title, publisher, date and kind of sources."""
    table, publisher = page.evidence.sources, language(page.lang).column("publisher")
    return page.table(
        "sources_table",
        table.loc[table.index.isin(names)].to_dict("records"),
        [
            Column("column_source", lambda row: str(row["title"])),
            Column("column_publisher", lambda row: str(row[publisher])),
            short("column_date", lambda row: str(row["date"])),
            short("column_kind", lambda row: page.words[row["kind"]]),
        ],
    )
