"""Tables of the scorecard: the plan's indicators by category, and its other goals."""

import re
from collections.abc import Sequence

from futian_model.evidence import Goal
from futian_model.languages import language
from futian_model.report.page.blocks import Cell, Column, Prose, Section, Table
from futian_model.report.pages.scorecard.rows import CardMaterial
from futian_model.report.pages.scorecard.sentences import figure_cell, measure_text, status_text
from futian_model.report.words.numbers import Number, year
from futian_model.scorecard import MET, Standing

FIGURES = re.compile(r"[\d,.]+")


def table(given: CardMaterial) -> Section:
    """The plan's table, in its categories."""
    words, rows = given.words, given.card.table
    goal = rows[0].goal
    first = [
        Column(words["plan_card_column_category"]),
        Column(words["plan_card_column_goal"], head=True),
    ]
    stated = [
        Column(words.say("plan_card_column_base", year=year(goal.base_year)).text, numeric=True),
        Column(words.say("plan_card_column_target", year=year(goal.year)).text, numeric=True),
        Column(words["column_attribute"]),
    ]
    trend = words.say("plan_card_column_trend_year", year=year(goal.year)).text
    cells: list[list[Cell]] = [
        [
            str(given.stated(one.goal)[language(given.lang).column("category")]),
            given.label(one.goal),
            base_cell(given, one),
            target_cell(given, one),
            meaning(given, one),
            *progress(given, one),
        ]
        for one in rows
    ]
    title = words.say("plan_card_table_title", count=given.count("count")).text
    columns = [*first, *stated, *progress_columns(given, trend)]
    made = Table(given.lang, title, columns, cells, cards=True)
    return Section(given.lang, words["plan_card_table_heading"], [made])


def others(given: CardMaterial) -> Section:
    """Goals of the plan outside its table: for later years, and in its chapters."""
    words = given.words
    lead = words.say("plan_card_others_lead", year=year(given.card.end))
    parts = (("plan_card_outlook_title", given.card.outlook), ("plan_card_others_title", given.card.others))
    tables = [
        listed(given, words.say(key, count=Number(len(rows), "count")).text, rows)
        for key, rows in parts
        if rows
    ]
    told = lead if tables else words.say("plan_card_others_none")
    heading = words["plan_card_others_heading"]
    return Section(given.lang, heading, [Prose(given.lang, [told]), *tables])


def listed(given: CardMaterial, title: str, rows: Sequence[Standing]) -> Table:
    """Goals with the place where the plan states them."""
    words = given.words
    base_year = year(given.card.table[0].goal.base_year)
    columns = [
        Column(words["plan_card_column_place"]),
        Column(words["plan_card_column_goal"], head=True),
        Column(words.say("plan_card_column_base", year=base_year).text, numeric=True),
        Column(words["plan_card_column_target_any"]),
        Column(words["plan_card_column_meaning"], short=True),
        *progress_columns(given, words["plan_card_column_trend"]),
    ]
    cells: list[list[Cell]] = [
        [
            place(given, one.goal),
            given.label(one.goal),
            base_cell(given, one),
            commitment_target(given, one),
            measure_text(given, one),
            *progress(given, one),
        ]
        for one in rows
    ]
    return Table(given.lang, title, *told_only(given, columns, cells), cards=True)


def told_only(
    given: CardMaterial, columns: Sequence[Column], cells: Sequence[Sequence[Cell]]
) -> tuple[list[Column], list[list[Cell]]]:
    """A table without the columns in which no row has anything."""
    nothing = given.words["not_told"]
    kept = [at for at in range(len(columns)) if any(row[at] != nothing for row in cells)]
    return [columns[at] for at in kept], [[row[at] for at in kept] for row in cells]


def progress_columns(given: CardMaterial, trend: str) -> list[Column]:
    """Heads of `progress`."""
    words = given.words
    return [
        Column(words["plan_card_column_outturn"], numeric=True),
        Column(words["plan_card_column_line"], numeric=True),
        Column(trend, numeric=True),
        Column(words["plan_card_column_status"]),
    ]


def progress(given: CardMaterial, one: Standing) -> list[Cell]:
    """Latest figure, straight line, trend and verdict."""
    return [
        figure_cell(given, one),
        line_cell(given, one),
        trend_cell(given, one),
        status_text(given, one),
    ]


def meaning(given: CardMaterial, one: Standing) -> str:
    """Expected or binding, and what is counted."""
    attribute = given.words[one.goal.attribute]
    return given.words.say("plan_card_meaning", attribute=attribute, measure=measure_text(given, one)).text


def place(given: CardMaterial, goal: Goal) -> str:
    """Where the plan states a goal outside its table."""
    row = given.stated(goal)
    known = language(given.lang)
    name = known.column("section")
    return str(row[name if name in row.index else known.column("category")])


def base_cell(given: CardMaterial, one: Standing) -> Cell:
    """The base year's figure as the plan gives it."""
    words, goal, row = given.words, one.goal, given.stated(one.goal)
    if not given.has(goal, goal.base_year, "base"):
        text = str(row.get(language(given.lang).stated("base_text"), ""))
        return text if text.strip("-") else words["not_told"]
    figure = given.bare(goal, goal.base_year, "base")
    if goal.measure == "cumulative":
        return words.say("plan_card_total_before", value=figure)
    if row.get("base_operator") == "≈":
        return words.say("plan_card_about", value=figure)
    if row.get("base_operator") in ("≤", "≥"):
        return words.say("plan_card_signed", sign=str(row["base_operator"]), value=figure)
    return figure


def target_cell(given: CardMaterial, one: Standing) -> Cell:
    """The target, with the sign that the plan prints before it."""
    goal, row = one.goal, given.stated(one.goal)
    if not given.has(goal, goal.year, "target"):
        return str(row[language(given.lang).stated("target_text")])
    figure = given.bare(goal, goal.year, "target")
    sign = str(row["target_text"])[0]
    return given.words.say("plan_card_signed", sign=sign, value=figure) if sign in "≤≥" else figure


def commitment_target(given: CardMaterial, one: Standing) -> Cell:
    """The target as the plan prints it, and its year where the plan states one."""
    words, goal, row = given.words, one.goal, given.stated(one.goal)
    text = str(row[language(given.lang).stated("target_text")])
    plain = FIGURES.fullmatch(text) or "multiple" in row.index
    figure = given.bare(goal, goal.year, "target") if plain else text
    if bool(row.get("year_stated", True)):
        return words.say("plan_card_dated", value=figure, year=year(goal.year))
    return figure


def line_cell(given: CardMaterial, one: Standing) -> Cell:
    """The straight line in the year of the latest figure, or of the year looked at."""
    goal, latest = one.goal, one.latest
    if latest is not None and given.has(goal, latest.year, "line"):
        at, statistic = latest.year, "line"
    elif given.has(goal, given.card.as_of, "course"):
        at, statistic = given.card.as_of, "course"
    else:
        return given.words["not_told"]
    return given.words.say("plan_card_dated", value=given.bare(goal, at, statistic), year=year(at))


def trend_cell(given: CardMaterial, one: Standing) -> Cell:
    """What the figures lead to in the goal's year; of a target already reached nothing is asked."""
    if one.status == MET or not given.has(one.goal, one.goal.year, "trend"):
        return given.words["not_told"]
    return given.bare(one.goal, one.goal.year, "trend")
