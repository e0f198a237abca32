"""What a plan says of the past, computed again from published figures, as far as they are held."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from futian_model import growth
from futian_model.errors import InputError
from futian_model.evidence import Evidence, Figure, conventions, history, in_unit
from futian_model.evidence.contradictions import step
from futian_model.results import Row, case, tidy

CONSISTENT, INCONSISTENT, OTHER_BASIS = "consistent", "inconsistent", "other_basis"
LEVELS, MULTIPLE, PEOPLE, SPENDING = "levels", "multiple", "people", "spending"
CUMULATIVE, MEAN, PER_HEAD = (
    "real_gdp_growth_cumulative",
    "real_gdp_growth_avg",
    "gdp_per_capita_growth_cumulative",
)
YEAR_END = "population_resident_yearend"
SPENT = {"rd_intensity": "rd_expenditure"}
"""Ratios to GDP whose amount is published as well."""

UNITS = {
    **dict.fromkeys(("start", "end", "gdp", "product", "amount"), "亿元"),
    **dict.fromkeys(("people", "before", "after"), "万人"),
    **dict.fromkeys(("before_year", "after_year"), "year"),
    "multiple": "times",
}
"""Units of a claim's values; the others are fractions."""


class Range(NamedTuple):
    """What a printed number leaves open: half its last digit either way."""

    low: float
    high: float

    def meets(self, other: "Range") -> bool:
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True)
class Stated:
    """A growth figure of several years, or a figure of one, as its source prints it.

    Attributes
    ----------
    figure : Figure
        Its year is the last of the span.
    first : int
        First year of the span.
    half : float
        Half of the last digit printed, in the figure's unit.
    """

    figure: Figure
    first: int
    half: float

    @property
    def years(self) -> int:
        return self.figure.year - self.first

    @property
    def range(self) -> Range:
        return Range(self.figure.value - self.half, self.figure.value + self.half)

    @property
    def span(self) -> tuple[int, int]:
        return self.first, self.figure.year


@dataclass(frozen=True)
class Claim:
    """A published statement, what other published figures make of it, and the verdict.

    Attributes
    ----------
    kind : str
        ``levels``: growth against levels at both ends. ``multiple``: mean growth against a multiple
        over the same years. ``people``: growth of GDP and per head against the population that
        lies between. ``spending``: an amount against its ratio to GDP.
    values : mapping of str to float
        Every figure it is told with, in the library's units.
    verdict : str
        ``consistent`` or ``inconsistent`` to the digits printed; ``other_basis`` where the two are
        not on one price basis, so that they must not be held against each other.
    """

    kind: str
    indicator: str
    first: int
    last: int
    values: dict[str, float]
    verdict: str


def claims(evidence: Evidence, source: str) -> list[Claim]:
    """Every statement of a source that published figures can be held against, by kind."""
    checks = []
    for name in (CUMULATIVE, MEAN):
        checks += [against_levels(evidence, statement) for statement in stated(evidence, name, source)]
    checks += against_multiples(evidence, source) + against_people(evidence, source)
    checks += against_spending(evidence, source)
    return [claim for claim in checks if claim is not None]


def frame(checked: Iterable[Claim], scenario: str = "plan", reading: str = "claims") -> pd.DataFrame:
    """Every figure that claims are told with, as a results table; the case names the claim and its start.

    The year of a row is the last one of the claim.
    """
    rows = [
        Row(claim.indicator, claim.last, what, value, UNITS.get(what, "fraction"), case=of_claim(claim))
        for claim in checked
        for what, value in claim.values.items()
    ]
    return tidy(scenario, reading, rows)


def of_claim(claim: Claim) -> str:
    """Case of a claim's figures."""
    return case(claim=claim.kind, since=claim.first)


def stated(evidence: Evidence, indicator: str, source: str) -> list[Stated]:
    """Figures of an indicator as one source prints them, whole years only; bounds are no statements."""
    district = evidence.place("district")
    rows = evidence.all_figures(district, indicator, replaced=True)
    rows = rows[(rows["source"] == source) & (rows["precision"] != "lower_bound")]
    rows = rows[rows["period"].str.fullmatch(r"\d{4}(-\d{4})?").astype(bool)]
    unit = str(evidence.indicators.loc[indicator, "unit"])
    return [as_stated(district, row, unit) for _, row in rows.iterrows()]


def as_stated(district: str, row: "pd.Series[str]", unit: str) -> Stated:
    """One observation with what its last digit leaves open."""
    first, _, last = str(row["period"]).partition("-")
    digit = step(str(row["printed"]), str(row["precision"]))
    value, half = in_unit(pd.Series([row["value"], digit / 2]), pd.Series([row["unit"]] * 2), unit)
    figure = Figure(
        geo=district,
        indicator=str(row["indicator"]),
        value=float(value),
        unit=unit,
        price_basis=str(row["price_basis"]),
        basis=str(row["basis"]),
        year=int(last or first),
        vintage=str(row["vintage"]),
        source=str(row["source"]),
        precision=str(row["precision"]),
        published_later=False,
    )
    return Stated(figure, int(first), float(half))


def level(evidence: Evidence, indicator: str, year: int, source: str) -> Figure | None:
    """A level in one year: the source's own, else the latest that it could know; None where none is held."""
    district, known = evidence.place("district"), str(evidence.sources.loc[source, "date"])
    for asked in ({"source": source}, {"as_of": known}):
        table = evidence.series(district, indicator, **asked).table
        if year in table.index and table.loc[year, "precision"] != "lower_bound":
            return evidence.figure(district, indicator, year, **asked)
    return None


def against_levels(evidence: Evidence, statement: Stated) -> Claim | None:
    """Growth over a span against the levels published for both ends."""
    source = statement.figure.source
    start, end = (level(evidence, "gdp", year, source) for year in statement.span)
    if start is None or end is None:
        return None
    by_levels = math.expm1(conventions.change(start, end))
    total = statement.figure.indicator == CUMULATIVE
    value, years = statement.figure.value, statement.years
    mean = float(growth.cagr(1, 1 + value, years)) if total else value
    measured = math.expm1(years * math.log1p(by_levels)) if total else by_levels
    values = {
        "stated": statement.figure.value,
        "start": start.value,
        "end": end.value,
        "found": measured,
        "implied_prices": (1 + by_levels) / (1 + mean) - 1,
    }
    values |= national_prices(evidence, statement)
    verdict = judged(statement.figure, start, statement.range.meets(Range(measured, measured)))
    return Claim(LEVELS, statement.figure.indicator, *statement.span, values, verdict)


def national_prices(evidence: Evidence, statement: Stated) -> dict[str, float]:
    """Rise of the nation's prices over a span, a fraction a year; nothing where it is not published."""
    try:
        prices = history.deflator(evidence, statement.figure.year)
    except InputError:
        return {}
    if statement.first not in prices.index:
        return {}
    start, end = (float(prices.loc[year]) for year in statement.span)
    return {"national_prices": float(growth.cagr(start, end, statement.years))}


def against_multiples(evidence: Evidence, source: str) -> list[Claim]:
    """Mean growth against a multiple of the same years, read as "to" and as "by" so many times."""
    table, checks = evidence.indicators, []
    names = table.index[(table["unit"] == "times") & (table["price_basis"] == "constant")]
    multiples = [statement for name in names for statement in stated(evidence, name, source)]
    for mean in stated(evidence, MEAN, source):
        for times in (statement for statement in multiples if statement.span == mean.span):
            to, by = (float(growth.cagr(1, times.figure.value + more, times.years)) for more in (0, 1))
            values = {"stated": mean.figure.value, "multiple": times.figure.value, "low": to, "high": by}
            verdict = judged(mean.figure, times.figure, mean.range.meets(Range(to, by)))
            checks.append(Claim(MULTIPLE, MEAN, *mean.span, values, verdict))
    return checks


def against_people(evidence: Evidence, source: str) -> list[Claim]:
    """Growth of GDP beside growth per head: the population between them against published year-ends."""
    checks = []
    heads = {statement.span: statement for statement in stated(evidence, PER_HEAD, source)}
    for total in stated(evidence, CUMULATIVE, source):
        per_head = heads.get(total.span)
        gdp, money = (level(evidence, name, total.figure.year, source) for name in ("gdp", "gdp_per_capita"))
        if per_head is None or gdp is None or money is None:
            continue
        people = gdp.value / money.value  # 亿元 over 万元/人 gives 万人
        start = [
            people * (1 + b) / (1 + a)
            for a, b in ((total.range.high, per_head.range.low), (total.range.low, per_head.range.high))
        ]
        between = around(evidence, total.first, money.basis)
        if between is None:
            continue
        values = {
            "stated": total.figure.value,
            "per_head": per_head.figure.value,
            "people": people * (1 + per_head.figure.value) / (1 + total.figure.value),
            "before": between[0].value,
            "before_year": between[0].year,
            "after": between[1].value,
            "after_year": between[1].year,
        }
        # no price basis is stated of the growth per head: read as that of the growth beside it
        same = Range(*start).meets(Range(between[0].value, between[1].value))
        verdict = CONSISTENT if same else INCONSISTENT
        checks.append(Claim(PEOPLE, PER_HEAD, *total.span, values, verdict))
    return checks


def around(evidence: Evidence, year: int, basis: str) -> tuple[Figure, Figure] | None:
    """The year-end populations published before a year and at or after it, on one census, smaller first."""
    district = evidence.place("district")
    table = evidence.series(district, YEAR_END).table
    years = table.index[table["basis"] == basis]
    before, after = years[years < year], years[years >= year]
    if before.empty or after.empty:
        return None
    ends = [evidence.figure(district, YEAR_END, int(at)) for at in (before.max(), after.min())]
    smaller, larger = sorted(ends, key=lambda figure: figure.value)
    return smaller, larger


def against_spending(evidence: Evidence, source: str) -> list[Claim]:
    """An amount against its ratio to GDP, each to the digits printed."""
    checks = []
    for ratio, amount in SPENT.items():
        amounts = {statement.span: statement for statement in stated(evidence, amount, source)}
        wholes = {statement.span: statement for statement in stated(evidence, "gdp", source)}
        for statement in stated(evidence, ratio, source):
            spent, gdp = amounts.get(statement.span), wholes.get(statement.span)
            if spent is None or gdp is None:
                continue
            low, high = (share * whole for share, whole in zip(statement.range, gdp.range, strict=True))
            values = {
                "stated": statement.figure.value,
                "gdp": gdp.figure.value,
                "product": statement.figure.value * gdp.figure.value,
                "amount": spent.figure.value,
                "ratio": conventions.ratio(spent.figure, gdp.figure),
            }
            verdict = judged(spent.figure, gdp.figure, Range(low, high).meets(spent.range))
            checks.append(Claim(SPENDING, ratio, *statement.span, values, verdict))
    return checks


def judged(figure: Figure, other: Figure, same: bool) -> str:
    """The verdict on two figures; at two price bases they are not held against each other."""
    try:
        conventions.same("price_basis", figure, other)
    except conventions.Clash:
        return OTHER_BASIS
    return CONSISTENT if same else INCONSISTENT
