"""Tables of the year: the office's own columns, and the pace and outlook of each target."""

from futian_model.annual import ANNUAL, MET, MISSED, OPEN, QUARTERS, Course, Standing
from futian_model.report.page import Cell, Column, Fill, Table, numeric
from futian_model.report.pages.plan.rows import PlanMaterial
from futian_model.report.words import Number, Sentence, bare, year

PERIODS = {1: "year_first", 2: "year_half", 3: "year_three", QUARTERS: "year_whole"}
"""What a cumulative figure is called, by the quarters that it covers."""


def period(page: PlanMaterial, quarters: int) -> Sentence:
    """The part of the year that some quarters are."""
    return page.say(PERIODS[quarters])


def holds(page: PlanMaterial, course: Course, statistic: str) -> bool:
    """Whether the results hold a figure."""
    return page.has(ANNUAL, course.indicator, page.year.year, statistic, f"quarters={course.quarters}")


def under(page: PlanMaterial, course: Course, statistic: str, rule: str = "") -> Number:
    """A figure of the year."""
    rule = rule or rule_of(page, course)
    return page.number(
        ANNUAL, course.indicator, page.year.year, statistic, rule, f"quarters={course.quarters}"
    )


def rule_of(page: PlanMaterial, course: Course) -> str:
    """How values of an indicator are written here: growth to a tenth of a per cent, as it is published."""
    own = page.amounts(course.indicator).rule
    return "growth_coarse" if own == "growth" else own


def span_of(
    page: PlanMaterial, course: Course, low: str, high: str, rule: str, *, unit: bool = False
) -> Sentence:
    """From one figure to another, their unit named once or not at all; one where both print alike."""
    first, last = (under(page, course, name, bare(rule)) for name in (low, high))
    if first.text(page.lang) == last.text(page.lang):
        return page.say("year_value", value=under(page, course, high, rule if unit else bare(rule)))
    column = page.amounts(course.indicator).column if unit and rule != bare(rule) else ""
    return (
        page.say("year_range_of", low=first, high=last, unit=column)
        if column
        else page.say("year_range", low=first, high=last)
    )


def target_of(page: PlanMaterial, course: Course, *, unit: bool = False) -> Sentence:
    """A target as it was set: a range, about, or more than a figure."""
    assert course.target is not None
    rule = rule_of(page, course)
    if course.target.ranged:
        return span_of(page, course, "target_low", "target_high", rule, unit=unit)
    rule = rule if unit else bare(rule)
    value = under(page, course, "target_low", rule)
    keys = {"rounded": "year_about", "lower_bound": "year_above"}
    return page.say(keys.get(course.target.precision, "year_value"), value=value)


def fulfilled(page: PlanMaterial) -> Table:
    """The office's own table: cumulative figures, growth, targets and the rate of completion."""
    nothing = page.words["not_told"]

    def amount(line: Standing) -> Cell:
        course = line.amount
        if course is None or course.figure is None:
            return nothing
        value = under(page, course, "so_far", bare(rule_of(page, course)))
        return of_period(line, course, value)

    def of_period(line: Standing, course: Course, value: Number) -> Cell:
        """A figure, with its own period where that is not the table's."""
        if course.quarters == page.year.quarters:
            return value
        return page.say("year_of_period", value=value, period=period(page, course.quarters))

    def growth(line: Standing) -> Cell:
        course = line.growth
        if course is None or course.figure is None:
            return nothing
        return of_period(line, course, under(page, course, "so_far", "growth_coarse"))

    def target(course: Course | None) -> Cell:
        return nothing if course is None or course.target is None else target_of(page, course)

    def completed(line: Standing) -> Cell:
        if line.amount is None or not holds(page, line.amount, "completion_low"):
            return nothing
        return span_of(page, line.amount, "completion_low", "completion_high", "share")

    columns = [
        Column("year_column_indicator", lambda line: page.name(line.name)),
        Column("year_column_unit", lambda line: unit_of(page, line.name)),
        numeric(page.say("year_column_so_far", period=covered(page)), amount),
        numeric("year_column_growth", growth),
        numeric("year_column_target", lambda line: target(line.amount)),
        numeric("year_column_target_growth", lambda line: target(line.growth)),
        numeric("year_column_completed", completed),
    ]
    offices = {target.unit_responsible for target in page.year.targets} - {""}
    if offices:
        columns.append(Column("year_column_office", lambda line: office(line) or nothing))
    title = page.say("year_table", place=page.name(page.year.place), year=year(page.year.year))
    return page.table(title, page.year.lines, columns, "year_table_note")


def unit_of(page: PlanMaterial, indicator: str) -> str:
    """The unit of a column, which does not break over lines."""
    return page.amounts(indicator).column.replace(" ", "\N{NO-BREAK SPACE}") or page.words["not_told"]


def covered(page: PlanMaterial) -> Sentence:
    """What the table's figures cover; the whole year where none is held."""
    return period(page, page.year.quarters or QUARTERS)


def office(line: Standing) -> str:
    """Who answers for a line's targets."""
    offices = [course.target.unit_responsible for course in line.courses if course.target is not None]
    return next(filter(None, offices), "")


def paced(page: PlanMaterial) -> Table | None:
    """Each target beside the paces of the year, what the quarters left need, and its chance."""
    rows = [
        (line, course)
        for line in page.year.lines
        for course in line.courses
        if course.target is not None and (course.figure is not None or course.bound == course.bound)
    ]
    if not rows:
        return None
    nothing = page.words["not_told"]

    def figure(statistic: str, rule: str) -> Fill:
        return lambda row: under(page, row[1], statistic, rule) if holds(page, row[1], statistic) else nothing

    def expected(row: tuple[Standing, Course]) -> Cell:
        if not holds(page, row[1], "expected_low"):
            return nothing
        return span_of(page, row[1], "expected_low", "expected_high", bare(rule_of(page, row[1])))

    def chance(row: tuple[Standing, Course]) -> Cell:
        settled = {MET: "year_status_met", MISSED: "year_status_missed"}
        if row[1].status in settled:
            return page.words[settled[row[1].status]]
        return under(page, row[1], "chance", "odds") if holds(page, row[1], "chance") else nothing

    def needed(row: tuple[Standing, Course]) -> Cell:
        return figure("needed_growth", "growth_coarse")(row) if row[1].status == OPEN else nothing

    paces = [
        numeric("year_column_even", figure("even", "share")),
        numeric("year_column_ahead_even", figure("ahead_even", "points_bare")),
        numeric("year_column_seasonal", figure("seasonal", "share")),
        numeric("year_column_ahead_seasonal", figure("ahead_seasonal", "points_bare")),
    ]
    amounts = any(holds(page, course, "even") for _, course in rows)
    columns = [
        Column("year_column_indicator", lambda row: page.name(row[1].indicator)),
        numeric("year_column_target_value", lambda row: target_of(page, row[1], unit=True)),
        *(paces if amounts else []),
        numeric("year_column_needed", needed),
        numeric("year_column_expected", expected),
        Column("year_column_chance", chance),
    ]
    return page.table(
        "year_pace_table", rows, columns, "year_pace_note" if amounts else "year_pace_note_growth"
    )
