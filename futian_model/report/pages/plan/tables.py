"""Tables of the scorecard: the plan's indicators by category, and its other goals."""

import re
from collections.abc import Sequence

from futian_model.evidence import Goal
from futian_model.languages import language
from futian_model.report.page import Cell, Column, Said, Section, Table, head, numeric, short
from futian_model.report.pages.plan.concluding import (
    expected_cell,
    gap_cell,
    latest_cell,
    verdict_cell,
)
from futian_model.report.pages.plan.rows import PlanMaterial
from futian_model.report.pages.plan.sentences import figure_cell, measure_text, status_text
from futian_model.report.pages.plan.statuses import beside
from futian_model.report.words import Number, Sentence, year
from futian_model.scorecard import MET, OTHERS, Standing

FIGURES = re.compile(r"[\d,.]+")


def table(page: PlanMaterial) -> Section | None:
    """The plan's table, in its categories; None of a plan without one."""
    if not page.card.table:
        return None
    if page.final:
        return concluded(page)
    goal, category = page.card.table[0].goal, language(page.lang).column("category")
    body = page.table(
        page.say("plan_card_table_title", count=page.count("count")),
        page.card.table,
        [
            Column("plan_card_column_category", lambda row: str(page.stated(row.goal)[category])),
            head("column_plan_indicator", lambda row: page.label(row.goal)),
            base_column(page, goal.base_year),
            numeric(
                page.say("plan_card_column_target", year=year(goal.year)),
                lambda row: target_cell(page, row),
            ),
            Column("column_attribute", lambda row: meaning(page, row)),
            *progress(page, page.say("plan_card_column_trend_year", year=year(goal.year))),
        ],
    )
    return page.section("plan_card_table_heading", body)


def concluded(page: PlanMaterial) -> Section:
    """The plan's table with its verdicts, a row a reading of prices."""
    goal = page.card.table[0].goal
    rows = [(standing, verdict) for standing in page.card.table for verdict in page.judged(standing)]
    body = page.table(
        page.say("plan_card_table_title_final", count=page.count("count")),
        rows,
        [
            head("column_plan_indicator", lambda row: page.on_prices(row[1])),
            numeric(
                page.say("plan_card_column_base", year=year(goal.base_year)),
                lambda row: base_cell(page, row[0]),
            ),
            numeric(
                page.say("plan_card_column_target", year=year(goal.year)),
                lambda row: target_cell(page, row[0]),
            ),
            Column("column_attribute", lambda row: attribute(page, row[0])),
            numeric("plan_card_column_outturn", lambda row: latest_cell(page, row[1])),
            numeric(
                page.say("plan_card_column_expected", year=year(goal.year)),
                lambda row: expected_cell(page, row[1]),
            ),
            numeric("plan_card_column_gap", lambda row: gap_cell(page, row[1])),
            Column("plan_card_column_status", lambda row: verdict_cell(page, *row)),
        ],
        "plan_card_table_note_final",
    )
    return page.section("plan_card_table_heading", body)


def others(page: PlanMaterial) -> Section:
    """Goals of the plan outside its table: for later years, and in its chapters."""
    parts = (("plan_card_outlook_title", page.card.outlook), ("plan_card_others_title", page.card.others))
    tables = [
        listed(page, page.say(key, count=Number(len(rows), "count")), rows) for key, rows in parts if rows
    ]
    lead = page.say("plan_card_others_lead", year=year(page.card.end)) if tables else "plan_card_others_none"
    held = page.say("plan_card_others_published", held=page.count("with_figure", OTHERS))
    return page.section("plan_card_others_heading", [lead, *([held] if tables else [])], *tables)


def listed(page: PlanMaterial, title: Sentence, rows: Sequence[Standing]) -> Table:
    """Goals with the place where the plan states them; without columns in which no row has anything."""
    over = all(page.judged(row) for row in rows)
    columns = [
        Column("plan_card_column_place", lambda row: place(page, row.goal)),
        head("column_plan_indicator", lambda row: page.label(row.goal)),
        base_column(page, rows[0].goal.base_year),
        Column("plan_card_chart_target", lambda row: commitment_target(page, row)),
        short("plan_card_column_meaning", lambda row: measure_text(page, row)),
        *(closing(page) if over else progress(page, "plan_card_column_trend")),
    ]
    kept = [column for column in columns if any(column.cell and column.cell(row) is not None for row in rows)]
    return page.table(title, rows, kept)


def base_column(page: PlanMaterial, base_year: int) -> Column:
    """The base year's figures as the plan gives them."""
    label = page.say("plan_card_column_base", year=year(base_year))
    return numeric(label, lambda standing: base_cell(page, standing))


def progress(page: PlanMaterial, trend: Said) -> list[Column]:
    """Latest figure, straight line, trend and verdict."""
    return [
        numeric("plan_card_column_outturn", lambda standing: figure_cell(page, standing)),
        numeric("plan_card_column_line", lambda standing: line_cell(page, standing)),
        numeric(trend, lambda standing: trend_cell(page, standing)),
        Column(
            "plan_card_column_status",
            lambda standing: beside(page, standing, status_text(page, standing)),
        ),
    ]


def closing(page: PlanMaterial) -> list[Column]:
    """Latest figure and verdict of goals whose year is over, each with one reading."""
    return [
        numeric("plan_card_column_outturn", lambda standing: latest_cell(page, page.judged(standing)[0])),
        Column(
            "plan_card_column_status", lambda standing: verdict_cell(page, standing, page.judged(standing)[0])
        ),
    ]


def attribute(page: PlanMaterial, standing: Standing) -> str:
    """Expected or binding, and what is counted where that is no level of one year."""
    if measure_text(page, standing) == page.words["plan_card_measure_level"]:
        return page.words[standing.goal.attribute]
    return meaning(page, standing)


def meaning(page: PlanMaterial, standing: Standing) -> str:
    """Expected or binding, and what is counted."""
    attribute = page.words[standing.goal.attribute]
    return page.say("plan_card_meaning", attribute=attribute, measure=measure_text(page, standing)).text


def place(page: PlanMaterial, goal: Goal) -> str:
    """Where the plan states a goal outside its table."""
    row = page.stated(goal)
    known = language(page.lang)
    name = known.column("section")
    return str(row[name if name in row else known.column("category")])


def base_cell(page: PlanMaterial, standing: Standing) -> Cell:
    """The base year's figure as the plan gives it."""
    goal, row = standing.goal, page.stated(standing.goal)
    if not page.holds(goal, goal.base_year, "base"):
        text = str(row.get(language(page.lang).stated("base_text"), ""))
        return text if text.strip("-") else None
    figure = page.bare(goal, goal.base_year, "base")
    if goal.measure == "cumulative":
        return page.say("plan_card_total_before", value=figure)
    if row.get("base_operator") == "≈":
        return page.say("plan_card_about", value=figure)
    if row.get("base_operator") in ("≤", "≥"):
        return page.say("plan_card_signed", sign=str(row["base_operator"]), value=figure)
    return figure


def target_cell(page: PlanMaterial, standing: Standing) -> Cell:
    """The target, with the sign that the plan prints before it."""
    goal, row = standing.goal, page.stated(standing.goal)
    if not page.holds(goal, goal.year, "target"):
        return str(row[language(page.lang).stated("target_text")])
    figure = page.bare(goal, goal.year, "target")
    sign = str(row["target_text"])[0]
    return page.say("plan_card_signed", sign=sign, value=figure) if sign in "≤≥" else figure


def commitment_target(page: PlanMaterial, standing: Standing) -> Cell:
    """The target as the plan prints it, and its year where the plan states one."""
    goal, row = standing.goal, page.stated(standing.goal)
    text = str(row[language(page.lang).stated("target_text")])
    plain = FIGURES.fullmatch(text) or "multiple" in row
    figure = page.bare(goal, goal.year, "target") if plain else text
    if bool(row.get("year_stated", True)):
        return page.say("plan_card_dated", value=figure, year=year(goal.year))
    return figure


def line_cell(page: PlanMaterial, standing: Standing) -> Cell:
    """The straight line in the year of the latest figure, or of the year looked at."""
    goal, latest = standing.goal, standing.latest
    if latest is not None and page.holds(goal, latest.year, "line"):
        at, statistic = latest.year, "line"
    elif page.holds(goal, page.card.as_of, "course"):
        at, statistic = page.card.as_of, "course"
    else:
        return None
    return page.say("plan_card_dated", value=page.bare(goal, at, statistic), year=year(at))


def trend_cell(page: PlanMaterial, standing: Standing) -> Cell:
    """What the figures lead to in the goal's year; of a target already reached nothing is asked."""
    if standing.status == MET or not page.holds(standing.goal, standing.goal.year, "trend"):
        return None
    return page.bare(standing.goal, standing.goal.year, "trend")
