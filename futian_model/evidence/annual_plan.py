"""Targets of single years: what was set, by whom, and how a year's figure is held against it."""

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from futian_model.evidence.figures import KINDS, in_unit, month
from futian_model.evidence.operators import EXACT, Interval, operator, printed


@dataclass(frozen=True)
class AnnualTarget:
    """A target of one year.

    Attributes
    ----------
    geo, indicator : str
        Place and indicator of the glossary: a level or growth.
    operator : str
        Symbol of an `Operator`.
    low, high : float
        Ends of the published range, alike where one figure was set; in `unit`, the library's unit.
    precision : str
        ``"point"``, ``"rounded"`` (about) or ``"lower_bound"`` (more than).
    attribute : str
        ``"expected"``, ``"binding"``, or empty where the source does not say.
    unit_responsible : str
        Office that answers for it; empty where none is named.
    vintage : str
        When it was published: year, or year and month.
    """

    geo: str
    year: int
    indicator: str
    operator: str
    low: float
    high: float
    unit: str
    price_basis: str
    precision: str
    attribute: str
    unit_responsible: str
    vintage: str
    source: str
    note_zh: str
    note_en: str
    tolerance: float = 0.0

    @property
    def ranged(self) -> bool:
        """Whether a range was set."""
        return self.high > self.low

    @property
    def interval(self) -> Interval:
        """What is asked, in `unit`: of a range from its low end, up to its high end, or within it."""
        return operator(self.operator).interval(self.low, self.tolerance, self.high)

    @property
    def threshold(self) -> float:
        """The end that a figure has to reach or keep under, in `unit`; of what is asked exactly the low."""
        return self.low if operator(self.operator).floor else self.high


def annual_targets(
    plan: pd.DataFrame,
    indicators: pd.DataFrame,
    sources: pd.DataFrame,
    geo: str,
    year: int,
    vintage: str | None = None,
) -> list[AnnualTarget]:
    """Targets of a place and year, in the order of the table.

    Of several releases of one target the latest counts, of those of one date the more trusted source.

    Parameters
    ----------
    plan, indicators, sources : DataFrame
        Tables of `Evidence`.
    vintage : str, optional
        Up to when they were published.
    """
    rows = plan[(plan["geo"] == geo) & (plan["year"] == year)]
    if vintage is not None:
        rows = rows[rows["vintage"].map(month) <= month(vintage)]
    latest: dict[str, tuple[tuple[int, int], Any]] = {}
    for row in rows.to_dict("records"):
        rank = (month(row["vintage"]), -KINDS.index(sources.loc[row["source"], "kind"]))
        if row["indicator"] not in latest or rank > latest[row["indicator"]][0]:
            latest[row["indicator"]] = rank, row
    return [annual_target_of(row, indicators) for _, row in latest.values()]


def annual_target_of(row: Any, indicators: pd.DataFrame) -> AnnualTarget:
    """A row of `annual_plan.csv`, its figures in the library's unit."""
    unit = str(indicators.loc[row["indicator"], "unit"])
    ends = (row["low"], row["high"]) if math.isnan(row["value"]) else (row["value"], row["value"])
    half = 0.0
    if row["operator"] in EXACT and ends[0] == ends[1]:  # a figure asked exactly allows its own rounding
        rounding = printed(f"{row['value']:.12g}")
        half = 0.0 if rounding is None else (rounding[1] - rounding[0]) / 2
    low, high, tolerance = in_unit(pd.Series([*ends, half]), pd.Series([row["unit"]] * 3), unit)
    texts = ("price_basis", "precision", "attribute", "unit_responsible", "vintage", "source")
    return AnnualTarget(
        geo=row["geo"],
        year=int(row["year"]),
        indicator=row["indicator"],
        operator=row["operator"],
        low=float(low),
        high=float(high),
        unit=unit,
        note_zh=row["note_zh"],
        note_en=row["note_en"],
        tolerance=float(tolerance),
        **{name: row[name] for name in texts},
    )
