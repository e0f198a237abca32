"""How the annual plan stands: every indicator's cumulative figure against its target, pace and chance."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from futian_model.annual.foresight import Foreseen, Season, reversion_of, season
from futian_model.annual.pairs import (
    QUARTERS,
    Cumulative,
    Held,
    cumulative,
    expected_growth,
    growth_pairs,
    share_pairs,
)
from futian_model.errors import InputError
from futian_model.evidence import Evidence, month
from futian_model.evidence.annual_plan import AnnualTarget
from futian_model.evidence.checks_periods import CUMULATED

GDP, GROWTH = "gdp", "real_gdp_growth"
NAN = float("nan")
PERIOD = re.compile(r"([12]\d{3})(|Q1|H1|Q1-Q[23])", re.ASCII)
PERIODS = {quarters: part for part, quarters in CUMULATED.items() if part != "Q1-Q2"}
"""What follows the year of a cumulative period, by quarters."""
MET, MISSED, OPEN = "met", "missed", "open"


class Span(NamedTuple):
    """Quarters of a year that a figure covers, and up to which figures are looked at."""

    year: int
    quarters: int
    until: int


@dataclass(frozen=True)
class Course:
    """One figure of an indicator, an amount or growth, against its target; in the library's unit.

    Attributes
    ----------
    indicator, unit, price_basis : str
    target : AnnualTarget or None
    figure : Cumulative or None
        The cumulative figure; None where none of the year is held.
    foreseen : Foreseen or None
        What the year's figure may become; None where past years are too few.
    bound : float
        What the year's figure is known to exceed, NaN for nothing.
    needed : float
        Growth over the quarters left that leads exactly to the target, a fraction: of an amount at current
        prices over the same quarters of the year before; NaN where it cannot be told.
    path : tuple of (int, float)
        Figures of the year so far, by quarters.
    """

    indicator: str
    unit: str
    price_basis: str
    target: AnnualTarget | None
    figure: Cumulative | None
    quarters: int
    foreseen: Foreseen | None
    bound: float
    needed: float
    path: tuple[tuple[int, float], ...]

    @property
    def chance(self) -> float:
        """Chance that the year's target is met; NaN without a target or what it is foreseen by."""
        if self.target is None or self.foreseen is None:
            return NAN
        return self.foreseen.chance(self.target.interval)

    @property
    def status(self) -> str:
        """`MET` or `MISSED` once the year's figure, or a bound of it, settles it; else `OPEN`."""
        asked = self.target.interval if self.target is not None else None
        if asked is None:
            return OPEN
        if self.quarters == QUARTERS and self.figure is not None:
            return MET if asked.meets(self.figure.value) else MISSED
        if self.bound >= asked.low and asked.high == math.inf:
            return MET
        return MISSED if self.bound > asked.high else OPEN


@dataclass(frozen=True)
class Standing:
    """One line of the plan's table: an amount, its growth, and their targets.

    Attributes
    ----------
    name : str
        Indicator that names the line: of the amount, or of growth where no amount is held.
    quarters : int
        Quarters over, 1 to 4; 0 where no figure of the year is held.
    amount, growth : Course or None
    before : float
        Amount of the same quarters of the year before on the same basis, NaN where none is held.
    season : Season or None
        Part of a year's amount made by then in past years.
    """

    name: str
    year: int
    quarters: int
    amount: Course | None
    growth: Course | None
    before: float
    season: Season | None

    @property
    def courses(self) -> tuple[Course, ...]:
        """Its figures, the amount first."""
        return tuple(course for course in (self.amount, self.growth) if course is not None)

    @property
    def targeted(self) -> bool:
        """Whether a target is held of any."""
        return any(course.target is not None for course in self.courses)

    @property
    def completion(self) -> tuple[float, float]:
        """Part of the year's target made so far, a fraction: of the high end of its range, and of the low.

        NaN where there is no amount, or no target of one: growth has no rate of completion.
        """
        course = self.amount
        if course is None or course.target is None or course.figure is None:
            return NAN, NAN
        amount = course.figure.value
        return amount / course.target.high, amount / course.target.low

    @property
    def parts(self) -> dict[int, float]:
        """Part of what is asked at least that was made by each quarter, fractions; empty without a target."""
        if self.amount is None or self.amount.target is None:
            return {}
        return {quarters: amount / self.amount.target.threshold for quarters, amount in self.amount.path}

    @property
    def even(self) -> float:
        """Part of the year that the amount so far covers, a fraction; NaN without one."""
        return NAN if self.amount is None or self.amount.figure is None else self.amount.quarters / QUARTERS

    @property
    def seasonal(self) -> float:
        """Part of a year's amount that past years had made by then, a fraction; NaN where few are held."""
        if self.even == 1:
            return 1.0
        return NAN if self.season is None else self.season.share

    @property
    def ahead(self) -> tuple[float, float]:
        """How far the part made of what is asked at least lies ahead of the even and the seasonal pace.

        Fractions of the target, negative behind; NaN as `completion` and `seasonal`.
        """
        part = self.completion[1]
        return part - self.even, part - self.seasonal

    @property
    def rest(self) -> float:
        """What of the target the quarters left have to bring; NaN as `completion`."""
        course = self.amount
        if course is None or course.target is None or course.figure is None:
            return NAN
        return course.target.threshold - course.figure.value


@dataclass(frozen=True)
class Year:
    """The plan of a year of one place.

    Attributes
    ----------
    quarters : int
        The latest quarter of which any figure is looked at; 0 for none.
    lines : tuple of Standing
        Those with a target first, GDP before all; of others those with a figure of that quarter.
    asked : str or None
        The period that was asked for.
    missing : tuple of int
        Earlier quarters of a year that is not over of which neither GDP so far nor its growth is held.
    """

    place: str
    year: int
    quarters: int
    lines: tuple[Standing, ...]
    asked: str | None
    missing: tuple[int, ...]

    @property
    def targets(self) -> tuple[AnnualTarget, ...]:
        """Every target of the year."""
        courses = [course for line in self.lines for course in line.courses]
        return tuple(course.target for course in courses if course.target is not None)


def latest_year(evidence: Evidence, place: str) -> int:
    """The latest year of which part of a year's figure or an annual target of a place is held; 0 for none."""
    rows = evidence.observations[evidence.in_use & (evidence.observations["geo"] == place)]
    parts = rows.loc[rows["period"].str[4:].isin([*PERIODS.values()][:-1]), "period"].str[:4].astype(int)
    plan = evidence.annual_plan
    return max([*parts, *plan.loc[plan["geo"] == place, "year"]], default=0)


def known_at(evidence: Evidence, vintage: str) -> Evidence:
    """Figures and targets that were published by a vintage."""
    rows, plan = (
        table[table["vintage"].map(month) <= month(vintage)].reset_index(drop=True)
        for table in (evidence.observations, evidence.annual_plan)
    )
    return replace(evidence, observations=rows, annual_plan=plan)


def the_year(
    evidence: Evidence, period: str | None = None, place: str | None = None, vintage: str | None = None
) -> Year:
    """How the plan of a year stands.

    Parameters
    ----------
    period : str, optional
        A year such as ``"2016"``, or up to one of its quarters, ``"2016Q1-Q3"``, as if nothing later of it
        were known; default: `latest_year`.
    place : str, optional
        Default: the district.
    vintage : str, optional
        Up to when figures were published; left out, everything held counts.

    Raises
    ------
    InputError
        The period is none.
    """
    evidence = evidence if vintage is None else known_at(evidence, vintage)
    geo = place if place is not None else evidence.place("district")
    match = PERIOD.fullmatch(period if period is not None else str(latest_year(evidence, geo) or 2000))
    if match is None:
        raise InputError("annual", period, "a year such as 2025, or up to a quarter of it such as 2025Q1-Q3")
    year, until = int(match[1]), CUMULATED[match[2]]
    standings = [standing(evidence, geo, name, year, until) for name in named(evidence, geo, year)]
    last = max((line.quarters for line in standings), default=0)
    lines = [line for line in standings if line.targeted or (line.quarters == last and last)]
    order = [GDP, *evidence.indicators.index]
    lines.sort(key=lambda line: (not line.targeted, order.index(line.name)))
    held = {at for name in (GDP, GROWTH) for of, at in cumulative(evidence, geo, name) if of == year}
    missing = tuple(at for at in range(1, last % QUARTERS) if at not in held)
    return Year(geo, year, last, tuple(lines), period, missing)


def growth_of(evidence: Evidence, indicator: str) -> str:
    """The indicator of an amount's growth as a bureau publishes it; empty where the glossary has none."""
    name = GROWTH if indicator == GDP else f"{indicator}_growth"
    return name if name in evidence.indicators.index else ""


def named(evidence: Evidence, geo: str, year: int) -> Iterator[str]:
    """Indicators that a year's table has a line for: amounts, shares, and growth of what has no amount."""
    rows = evidence.observations[evidence.in_use & (evidence.observations["geo"] == geo)]
    rows = rows[rows["period"].str[:4].eq(str(year)) & rows["period"].str[4:].isin(CUMULATED)]
    parts = rows[rows["period"].str.len() > 4]
    held = [*(target.indicator for target in evidence.annual_targets(geo, year)), *parts["indicator"]]
    glossary = evidence.indicators[evidence.indicators["published_as"] == ""]
    kinds = glossary["kind"]
    grown = {growth_of(evidence, name): name for name in map(str, kinds.index)}
    yield from dict.fromkeys(
        grown.get(name, name)
        for name in held
        if name in grown or kinds[name] in ("level", "share") or evidence.annual_target(geo, name, year)
    )


def standing(evidence: Evidence, geo: str, name: str, year: int, until: int) -> Standing:
    """One line of the table, up to a quarter; amount and growth each by their own latest figure."""
    rising = evidence.indicators.loc[name, "kind"] == "growth"
    amounts = {} if rising else cumulative(evidence, geo, name)
    growth = name if rising else growth_of(evidence, name)
    rates = cumulative(evidence, geo, growth) if growth else {}
    covered, grown = (last_point(held, year, until) for held in (amounts, rates))
    pace = seasonal(evidence, geo, name, year, covered) if amounts else None
    before, now = amounts.get((year - 1, covered)), amounts.get((year, covered))
    weight = weight_of(amounts, year, grown, seasonal(evidence, geo, name, year, grown) if amounts else None)
    return Standing(
        name,
        year,
        max(covered, grown),
        None if rising else amount_course(evidence, geo, name, amounts, Span(year, covered, until), pace),
        growth_course(evidence, geo, growth, rates, Span(year, grown, until), weight) if growth else None,
        before.value if before is not None and alike(before, now) else NAN,
        pace,
    )


def last_point(held: Held, year: int, until: int) -> int:
    """The latest quarter up to one of which a figure, no bound, is held; 0 for none."""
    return max(
        (at for (of, at), figure in held.items() if of == year and at <= until and figure.point), default=0
    )


def path_of(held: Held, at: Span) -> tuple[tuple[int, float], ...]:
    """Figures of a year, no bounds, up to a quarter."""
    return tuple(
        (quarters, figure.value)
        for (year, quarters), figure in sorted(held.items())
        if year == at.year and quarters <= at.quarters and figure.point
    )


def alike(first: Cumulative, second: Cumulative | None) -> bool:
    """Whether two amounts include the same economic census."""
    return second is not None and first.census == second.census and first.point and second.point


def seasonal(evidence: Evidence, geo: str, name: str, year: int, quarters: int) -> Season | None:
    """The seasonal pace of an amount in other years; None of shares, and where nothing is left."""
    kind, unit = (str(evidence.indicators.loc[name, column]) for column in ("kind", "unit"))
    adds_up = kind == "level" and "元" in unit
    if not adds_up or not 0 < quarters < QUARTERS:
        return None
    return season(share_pairs(evidence, name), geo, quarters, without=year)


def weight_of(amounts: Held, year: int, quarters: int, pace: Season | None) -> float:
    """Part of the year before that its quarters up to one made: held, else as seasons go, else even."""
    part, whole = amounts.get((year - 1, quarters)), amounts.get((year - 1, QUARTERS))
    if part is not None and whole is not None and alike(part, whole):
        return part.value / whole.value
    return pace.share if pace is not None and quarters < QUARTERS else quarters / QUARTERS


def floor_of(held: Held, year: int, until: int) -> float:
    """What the year's figure is known to exceed; NaN for nothing."""
    whole = held.get((year, QUARTERS)) if until == QUARTERS else None
    return NAN if whole is None or whole.point else whole.value


def settled(figure: Cumulative) -> Foreseen:
    """A year that is over: its figure, without doubt."""
    return Foreseen(figure.value, 0.0, 1.0)


def amount_course(
    evidence: Evidence, geo: str, name: str, held: Held, at: Span, pace: Season | None
) -> Course:
    """An amount, or a share, against its target."""
    year, quarters, until = at
    known, target = evidence.indicators.loc[name], evidence.annual_target(geo, name, year)
    figure, bound = held.get((year, quarters)), floor_of(held, year, until)
    foreseen = None
    if figure is not None and quarters == QUARTERS:
        foreseen = settled(figure)
    elif figure is not None and pace is not None:
        foreseen = pace.foresee(figure.value, -np.inf if math.isnan(bound) else bound)
    needed = NAN
    part, whole = held.get((year - 1, quarters)), held.get((year - 1, QUARTERS))
    if target is not None and figure is not None and part is not None and whole is not None:
        known_before = quarters < QUARTERS and alike(part, whole) and alike(part, figure)
        needed = (target.threshold - figure.value) / (whole.value - part.value) - 1 if known_before else NAN
    unit, prices, path = str(known["unit"]), str(known["price_basis"]), path_of(held, at)
    return Course(name, unit, prices, target, figure, quarters, foreseen, bound, needed, path)


def growth_course(evidence: Evidence, geo: str, name: str, held: Held, at: Span, weight: float) -> Course:
    """Growth over the year before against its target."""
    year, quarters, until = at
    known, target = evidence.indicators.loc[name], evidence.annual_target(geo, name, year)
    figure, bound = held.get((year, quarters)), floor_of(held, year, until)
    foreseen, needed = None, NAN
    if figure is not None and quarters == QUARTERS:
        foreseen = settled(figure)
    elif figure is not None and quarters:
        expected, floor = expected_growth(evidence, geo, name, year), -np.inf if math.isnan(bound) else bound
        fitted = reversion_of(growth_pairs(evidence, name), geo, evidence.place("nation"), without=year)
        if fitted is not None and not math.isnan(expected):
            foreseen = fitted.foresee(figure.value, expected, quarters, floor)
    if target is not None and figure is not None and quarters:
        needed = growth_left(target.threshold, figure.value, weight)
    unit, prices, path = str(known["unit"]), str(known["price_basis"]), path_of(held, at)
    return Course(name, unit, prices, target, figure, quarters, foreseen, bound, needed, path)


def growth_left(target: float, so_far: float, weight: float) -> float:
    """Growth of the quarters left by which a year reaches a target exactly; fractions.

    A year's growth is that of its quarters, each weighed by what it made of the year before.

    Parameters
    ----------
    weight : float
        Part of the year before that its quarters so far had made, a fraction.

    Returns
    -------
    float
        NaN where no quarter is left.

    Examples
    --------
    8.3% over three quarters that make 72.8% of a year, 8.1% asked:

    >>> print(round(growth_left(0.081, 0.083, 0.728), 4))
    0.0756
    """
    return (target - weight * so_far) / (1 - weight) if weight < 1 else NAN
