"""The section on part and rest behind the goals on shares, and on cuts that overlap."""

from futian_model import arithmetic
from futian_model.arithmetic import Part
from futian_model.report.page import Column, Said, Section, Table, numeric
from futian_model.report.pages.plan.rows import PlanMaterial
from futian_model.report.words import Sentence


def shares(page: PlanMaterial) -> Section | None:
    """Growth of part and rest behind each share goal, and cuts that must not be added up; None without."""
    plan = page.implied
    if not plan.asked:
        return None
    cuts = None
    if plan.cuts:
        cuts = page.section("arithmetic_cuts_heading", cuts_told(page), cut_table(page), level=3)
    table = part_table(page) if plan.parts else None
    return page.section(
        "arithmetic_shares_heading", table, [part_told(page, part) for part in plan.parts], cuts
    )


def part_table(page: PlanMaterial) -> Table:
    """Value added of each part and its rest, from the base year to the goal's."""
    return page.table(
        "arithmetic_parts_table",
        [(name, part.goal.year) for part in page.implied.parts for name in names(part)],
        [
            Column("arithmetic_part", lambda row: page.name(row[0])),
            numeric("column_base_value", lambda row: page.of_plan(row[0], row[1], "start", "gdp")),
            numeric("arithmetic_goal_year", lambda row: page.of_plan(row[0], row[1], "end", "gdp")),
            numeric("arithmetic_growth", lambda row: page.of_plan(row[0], row[1], "growth")),
            numeric(
                "arithmetic_of_increase", lambda row: page.of_plan(row[0], row[1], "of_increase", "share")
            ),
        ],
        "arithmetic_parts_note",
    )


def names(part: Part) -> tuple[str, str]:
    """Indicators of the part's value added and of the rest's."""
    name = part.goal.indicator.removesuffix("_share")
    return f"{name}_value_added", f"rest_of_{name}_value_added"


def part_told(page: PlanMaterial, part: Part) -> Sentence:
    """A share goal and the GDP goal of its year, both met exactly."""
    at, (own, rest) = part.goal.year, names(part)
    return page.say(
        "arithmetic_part_told",
        goal=page.goal_label(part.goal),
        part=page.inline(own),
        growth=page.of_plan(own, at, "growth"),
        rest=page.of_plan(rest, at, "growth"),
        increase=page.of_plan(own, at, "of_increase", "share"),
    )


def cuts_told(page: PlanMaterial) -> list[Said]:
    """That overlapping cuts are never added up, and how much two of them must share."""
    most = arithmetic.least_in_both(page.implied.cuts)
    if most is None:
        return ["arithmetic_cuts"]
    cut, other = (cut.figure.indicator for cut in most[:2])
    least = page.of_plan(cut, most[0].figure.year, "least_in_both", "share")
    names = {"one": page.inline(cut), "other": page.inline(other)}
    return ["arithmetic_cuts", page.say("arithmetic_least_in_both", least=least, **names)]


def cut_table(page: PlanMaterial) -> Table:
    """Each published share of GDP and the others it overlaps with."""
    return page.table(
        "arithmetic_cuts_table",
        [(cut.figure.indicator, cut.figure.year, cut.overlaps) for cut in page.implied.cuts],
        [
            Column("column_figure", lambda row: page.dated(*row[:2]).text),
            numeric("arithmetic_cut_share", lambda row: page.of_plan(row[0], row[1], "published", "share")),
            Column("arithmetic_cut_overlaps", lambda row: page.listed(map(page.name, row[2]))),
        ],
        "arithmetic_cuts_note",
    )
