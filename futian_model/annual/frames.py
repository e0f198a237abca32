"""The year as rows of the results table, its pace quarter by quarter, and the record of its foresight."""

import math
from collections.abc import Iterator

import pandas as pd

from futian_model.annual.pairs import QUARTERS
from futian_model.annual.year import GDP, GROWTH, Course, Standing, Year, seasonal
from futian_model.evidence import Evidence
from futian_model.results import Row, case, tidy

ANNUAL, RECORD = "annual", "annual_record"
"""Readings of the rows, and the scenario they belong to: they hold whatever the scenario."""
LOW, HIGH = 0.1, 0.9
"""Ends of the band that is printed."""
LEVELS, EVERY = "levels", 0
"""The panel of amounts; quarters of what holds of all of them together."""


def frame(year: Year) -> pd.DataFrame:
    """A year as a results table; what is not known is left out.

    Of every figure, an amount or growth, under the case quarters: ``so_far`` (by every quarter held),
    ``target_low``, ``target_high``, ``needed_growth`` (over the quarters left), ``expected``,
    ``expected_low``, ``expected_high`` (median and 80% band of the year), ``chance`` and ``bound``; of
    growth ``apart``, so far less the target, and its size ``apart_size``; of an amount ``completion_low``,
    ``completion_high`` (parts of the target), ``even``, ``seasonal`` (parts of the year), ``ahead_even``,
    ``ahead_seasonal``, their sizes, ``rest`` and ``before``, and by every quarter held ``part``, of what is
    asked at least.
    """
    rows = [row for line in year.lines for row in line_rows(line)]
    return tidy(ANNUAL, ANNUAL, rows, year.place)


def line_rows(line: Standing) -> Iterator[Row]:
    """Every figure of one line."""
    for course in line.courses:
        yield from course_rows(course, line.year)
    amount = line.amount
    if amount is None:
        return
    (low, high), (even, pace) = line.completion, line.ahead
    parts = {
        **{"completion_low": low, "completion_high": high, "even": line.even, "seasonal": line.seasonal},
        **{"ahead_even": even, "ahead_seasonal": pace},
        **{"ahead_even_size": abs(even), "ahead_seasonal_size": abs(pace)},
    }
    amounts = {"rest": line.rest, "before": line.before}
    yield from rows_of(amount, line.year, parts, "fraction", "none")
    yield from rows_of(amount, line.year, amounts, amount.unit, amount.price_basis)
    for quarters, part in line.parts.items():
        yield Row(amount.indicator, line.year, "part", part, "fraction", "none", case(quarters=quarters))


def course_rows(course: Course, year: int) -> Iterator[Row]:
    """Figures that amounts and growth have alike."""
    target, figure = course.target, course.figure
    own = {
        "so_far": math.nan if figure is None else figure.value,
        "target_low": math.nan if target is None else target.low,
        "target_high": math.nan if target is None else target.high,
        "bound": course.bound,
    }
    if target is not None and figure is not None:
        own["apart"] = figure.value - target.threshold
        own["apart_size"] = abs(own["apart"])
    if course.foreseen is not None:
        ends = course.foreseen.quantile([LOW, 0.5, HIGH])
        own |= dict(zip(("expected_low", "expected", "expected_high"), map(float, ends), strict=True))
    yield from rows_of(course, year, own, course.unit, course.price_basis)
    for quarters, value in course.path:
        if quarters < course.quarters:
            under = case(quarters=quarters)
            yield Row(course.indicator, year, "so_far", value, course.unit, course.price_basis, under)
    parts = {"needed_growth": course.needed, "chance": course.chance}
    yield from rows_of(course, year, parts, "fraction", "none")


def rows_of(
    course: Course, year: int, values: dict[str, float], unit: str, price_basis: str
) -> Iterator[Row]:
    """Rows of what is known."""
    under = case(quarters=course.quarters)
    for statistic, value in values.items():
        if not math.isnan(value):
            yield Row(course.indicator, year, statistic, value, unit, price_basis, under)


def pace_frame(evidence: Evidence, year: Year, name: str = GDP) -> pd.DataFrame:
    """How an amount runs through the year beside its target, quarter by quarter.

    Parameters
    ----------
    name : str
        Indicator of a line with an amount.

    Returns
    -------
    DataFrame
        Columns quarters (0 to 4), made, even, seasonal: parts of the low end of the year's target, or of the
        year's own amount where there is no target, fractions; NaN where nothing is held. Empty where there
        is nothing to hold the amount against.
    """
    columns = ["quarters", "made", "even", "seasonal"]
    line = next((line for line in year.lines if line.name == name and line.amount is not None), None)
    if line is None or line.amount is None or line.amount.target is None:
        return pd.DataFrame(columns=columns)
    rows: list[tuple[int, float, float, float]] = [(0, 0.0, 0.0, 0.0)]
    for quarters in range(1, QUARTERS + 1):
        pace = seasonal(evidence, year.place, name, year.year, quarters)
        share = 1.0 if quarters == QUARTERS else math.nan if pace is None else pace.share
        rows.append((quarters, line.parts.get(quarters, math.nan), quarters / QUARTERS, share))
    return pd.DataFrame(rows, columns=columns)


def growth_frame(course: Course) -> pd.DataFrame:
    """How growth runs through the year beside its target, and what the year may become.

    Parameters
    ----------
    course : Course
        Of growth, with a figure and a target.

    Returns
    -------
    DataFrame
        Columns series (made; while the year is not over expected, and low and high, ends of its 80% band,
        from the latest figure on; target, of a range highest too), quarters, value (a fraction).
    """
    assert course.target is not None
    rows = [("made", quarters, value) for quarters, value in course.path]
    if course.foreseen is not None and course.quarters < QUARTERS:
        ends = zip(("expected", "low", "high"), course.foreseen.quantile([0.5, LOW, HIGH]), strict=True)
        rows += [
            row for name, end in ends for row in ((name, *course.path[-1]), (name, QUARTERS, float(end)))
        ]
    asked = {"target": course.target.low} | ({"highest": course.target.high} if course.target.ranged else {})
    rows += [(name, quarters, value) for name, value in asked.items() for quarters in (0, QUARTERS)]
    return pd.DataFrame(rows, columns=["series", "quarters", "value"])


def record_frame(evidence: Evidence) -> pd.DataFrame:
    """The record of this foresight as a results table, under the cases panel and quarters (0: all)."""
    rows = []
    counts = ("forecasts", "years", "targets")
    for row in evidence.annual_record.to_dict("records"):
        under = case(panel=row["panel"], quarters=int(row["quarters"]))
        indicator = GDP if row["panel"] == LEVELS else GROWTH
        for name, value in row.items():
            if name not in ("panel", "quarters") and not math.isnan(value):
                unit = "count" if name in counts else "fraction"
                rows.append(Row(indicator, None, str(name), float(value), unit, case=under))
    return tidy(RECORD, RECORD, rows)
