"""Goals of the plan: what was promised, for which year, and on what basis it is judged."""

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from futian_model.errors import InputError
from futian_model.evidence.figures import in_unit
from futian_model.evidence.operators import EXACT, Interval, operator, printed

PLANS = ("13th", "14th", "15th", "16th")
"""Five-year plans, earliest first."""


@dataclass(frozen=True)
class Goal:
    """One goal, as the plan states it.

    Attributes
    ----------
    indicator : str
        Of the glossary; empty where no series is held.
    operator : str
        Symbol of an `Operator`, ``≥``, ``≤`` or ``=``; empty where the city sets the value later.
    value : float
        In `unit`, the library's unit of the indicator; NaN where the goal is a multiple or unset.
    multiple : float
        Of the base year's level; NaN where the goal is a value.
    price_basis : str
        The basis it is judged on.
    attribute : str
        ``expected`` (预期性) or ``binding`` (约束性); empty where the plan gives none.
    measure : str
        ``level``, ``cumulative`` over the plan, ``average`` a year over the plan, ``bound`` to be kept
        every year, ``set_by_city`` or ``set_yearly``.
    tolerance : float
        What a value may lie off a target that is asked exactly, ``=``, in `unit` or, of a multiple, in
        multiples: the rounding of the published target, or half of a published range (`printed`).
    plan, geo : str
        Five-year plan (`PLANS`) and place it is for; empty where a table does not say.
    basis_stated : bool or None
        Whether the plan states the price basis; None where prices play no part.

    Raises
    ------
    InputError
        There is no such operator.
    """

    name: str
    indicator: str
    operator: str
    year: int
    base_year: int
    value: float
    multiple: float
    unit: str
    price_basis: str
    attribute: str
    measure: str
    table_row: int | None
    source: str
    section: str
    note: str
    tolerance: float = 0.0
    plan: str = ""
    geo: str = ""
    basis_stated: bool | None = None

    def __post_init__(self) -> None:
        if self.operator:
            operator(self.operator)

    def level(self, base_level: float) -> float:
        """What must be reached, given the base year's level; both in the library's unit.

        Raises
        ------
        InputError
            The plan leaves the value to the city.
        """
        if not math.isnan(self.multiple):
            return self.multiple * base_level
        if math.isnan(self.value):
            raise InputError("goal", self.name, "a goal with a value")
        return self.value

    def restated(self, base_year: int, target: float) -> "Goal":
        """The same with another base year, at whose prices a target, in `unit`, is asked."""
        scale = 1.0 if math.isnan(self.multiple) else target / self.multiple
        return replace(
            self, base_year=base_year, value=target, multiple=math.nan, tolerance=self.tolerance * scale
        )

    def at_current_prices(self) -> "Goal | None":
        """The goal read on current prices; None where the plan states its basis, or prices play no part."""
        if self.basis_stated is not False or not self.indicator.startswith("real_"):
            return None
        return replace(self, indicator=self.indicator.replace("real_", "nominal_"), price_basis="nominal")

    def meets(self, values: ArrayLike, target: float, *, measure: str | None = None) -> NDArray[np.bool_]:
        """Whether values reach a target; a path solved to a target meets it whatever its last digit.

        Parameters
        ----------
        values : array_like
            In `unit`.
        target : float
            What must be reached (`level`), in `unit`.
        measure : str, optional
            What the values are, ``level`` (of one year) or ``cumulative`` (summed over the plan);
            default: what the goal is.

        Raises
        ------
        InputError
            Levels are given for a goal over the years of the plan, or the reverse.
        """
        if measure is not None and measure != self.measure:
            raise InputError(f"measure of {self.name}", measure, f"{self.measure}, as the plan states it")
        return self.interval(target).meets(values)

    def gap(self, values: ArrayLike, target: float) -> NDArray[np.float64]:
        """By how much values miss a target, in `unit`; zero or less exactly where they meet it."""
        return self.interval(target).gap(values)

    def interval(self, target: float) -> Interval:
        """What is asked by a target, in `unit`; a goal without an operator asks for at least that."""
        scale = 1.0 if math.isnan(self.multiple) else target / self.multiple
        return operator(self.operator or "≥").interval(target, self.tolerance * scale)


def own_goals(goals: pd.DataFrame, district: str) -> pd.DataFrame:
    """The rows of `plan_goals.csv` that the district's plan is judged by: of the earliest plan held of it."""
    rows = goals[goals["geo"] == district]
    plans = [plan for plan in PLANS if (rows["plan"] == plan).any()]
    return rows[rows["plan"] == plans[0]] if plans else rows


def goal_of(row: "pd.Series[Any]", indicators: pd.DataFrame) -> Goal:
    """A row of `plan_goals.csv`, its value in the library's unit."""
    return Goal(
        multiple=float(row["multiple"]),
        price_basis=row["price_basis"],
        attribute=row["attribute"],
        table_row=None if math.isnan(row["table_row"]) else int(row["table_row"]),
        section=row["section"],
        plan=row["plan"],
        geo=row["geo"],
        basis_stated={"stated": True, "not_stated": False}.get(row["basis_stated"]),
        **stated(row, indicators),
    )


def commitment_of(row: "pd.Series[Any]", indicators: pd.DataFrame) -> Goal:
    """A row of `plan_commitments.csv`, its value in the library's unit; prices play no part in them."""
    return Goal(
        multiple=math.nan,
        price_basis="none",
        attribute="",
        table_row=None,
        section=row["section_zh"],
        **stated(row, indicators),
    )


def stated(row: "pd.Series[Any]", indicators: pd.DataFrame) -> dict[str, Any]:
    """What goals and commitments state alike."""
    known = row["indicator"] in indicators.index
    unit = str(indicators.loc[row["indicator"], "unit"]) if known else str(row["unit"])
    ends = printed(row["target_text"]) if row["operator"] in EXACT else None
    half = 0.0 if ends is None else (ends[1] - ends[0]) / 2
    sizes = [row["target_value"], half]
    value, tolerance = in_unit(pd.Series(sizes), pd.Series([row["unit"]] * 2), unit)
    return {
        "name": str(row.name),
        "indicator": row["indicator"],
        "operator": row["operator"],
        "year": int(row["target_year"]),
        "base_year": int(row["base_year"]),
        "value": float(value),
        "unit": unit,
        "measure": row["measure"],
        "source": row["source"],
        "note": row["note"],
        "tolerance": half if math.isnan(value) else float(tolerance),
    }
