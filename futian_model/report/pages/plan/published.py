"""The figures behind the scorecard, the rules of its verdicts, and the sources."""

from collections.abc import Callable

from futian_model.report.page import Cell, Column, Fill, Section, numeric, short
from futian_model.report.pages.plan.rows import PlanMaterial, size_rule
from futian_model.report.pages.plan.sentences import as_printed
from futian_model.report.sections.annex import source_table
from futian_model.report.words import Number, Sentence, year
from futian_model.scorecard import UNLIKELY, Outturn, Standing


def published(page: PlanMaterial) -> Section | None:
    """Every figure since the base year with its straight line, precision and source; None without goals."""
    if page.evidence.goals.empty:
        return None
    figures = [
        (standing, figure) for group in page.groups.values() for standing in group for figure in standing.held
    ]
    if not figures:
        return page.section("plan_card_outturns_heading", "plan_card_outturns_none")

    def beside_line(cell: Callable[[Standing, Outturn], Cell]) -> Fill:
        return lambda row: cell(*row) if page.holds(row[0].goal, row[1].year, "line") else None

    table = page.table(
        "plan_card_outturns_table",
        figures,
        [
            Column("column_plan_indicator", lambda row: page.label(row[0].goal)),
            short("column_year", lambda row: year(row[1].year)),
            numeric("column_value", lambda row: as_printed(page, *row)),
            Column("column_published", lambda row: page.words[row[1].precision]),
            numeric(
                "plan_card_column_line",
                beside_line(lambda standing, figure: page.bare(standing.goal, figure.year, "line")),
            ),
            numeric(
                "plan_card_column_distance",
                beside_line(lambda standing, figure: distance(page, standing, figure)),
            ),
            Column("column_source", lambda row: page.source_title(row[1].source)),
        ],
        "plan_card_outturns_note",
    )
    return page.section("plan_card_outturns_heading", table)


def distance(page: PlanMaterial, standing: Standing, figure: Outturn) -> Sentence:
    """How far a figure lies from the straight line, and on which side."""
    size = page.of(standing.goal, figure.year, "distance", size_rule(standing.goal))
    apart = figure.value - standing.line_at(figure.year)
    if abs(apart) < 1e-9 * abs(figure.value):
        return page.say("plan_card_on_line")
    key = "plan_card_below_line" if apart < 0 else "plan_card_above_line"
    return page.say(key, distance=size)


def method(page: PlanMaterial) -> Section:
    """The rules, and the sources."""
    return page.section(
        "plan_card_method_heading",
        "plan_card_rule_line",
        "plan_card_rule_status",
        "plan_card_rule_final",
        "plan_card_rule_readings",
        page.say("plan_card_rule_chance", unlikely=Number(UNLIKELY, "percent")),
        "plan_card_rule_trend",
        "plan_card_rule_prices",
        "plan_card_rule_vintage",
        source_table(page, sources(page)),
    )


def sources(page: PlanMaterial) -> set[str]:
    """The plan and every source of a figure."""
    names = set()
    for group in page.groups.values():
        for standing in group:
            names |= {standing.goal.source}
            names |= {part.strip() for figure in standing.held for part in figure.source.split("/")}
    return names
