"""What the difference comes from: its parts, drawn and listed."""

from futian_model.attribution import BATCHES, Blocks
from futian_model.report.page import Cell, Column, Section, numeric
from futian_model.report.pages.compare.answer import nothing
from futian_model.report.pages.compare.rows import CompareMaterial
from futian_model.report.sections.parts import chart, part, parts, together
from futian_model.report.words import Number, capital


def why(page: CompareMaterial) -> Section | None:
    """The parts of each difference of two, drawn and listed; nothing of more."""
    if not page.two:
        return None
    if page.same:
        return page.section("compare_why_heading", nothing(page))
    how = page.say("compare_how", a=page.titles[0], b=page.titles[1])
    return page.section("compare_why_heading", [how, *together(page)], *parts(page))


def chances(page: CompareMaterial) -> Section | None:
    """The share of paths that meet a goal, split the same way."""
    if not page.two:
        return None
    if not page.same_draws:
        return page.section("compare_chance_heading", "compare_chance_own_draws")
    reason = page.why_chance
    if reason is None or page.about is None:
        return page.section("compare_chance_heading", "compare_chance_none")

    def error(blocks: Blocks) -> Cell:
        known = blocks not in reason.still and reason.has_error(blocks)
        return reason.contribution(blocks, "_se") if known else None

    start, end = (reason.number(name, reason.rule) for name in ("start", "end"))
    table = page.table(
        page.say("compare_chance_table", goal=page.goal_label(page.about)),
        [
            [page.titles[0], start, None],
            *(
                [capital(page.block(blocks)), part(page, reason, blocks), error(blocks)]
                for blocks in page.mixtures.blocks
            ),
            [page.titles[1], end, None],
        ],
        [Column("compare_column_block"), numeric("compare_change"), numeric("compare_error")],
        page.say(
            "compare_chance_note",
            draws=Number(page.given_scenario.draws, "count"),
            batches=Number(BATCHES, "count"),
        ),
    )
    return page.section("compare_chance_heading", page.charts(chart(page, reason)), table)
