"""Targets of delivered tables as rows of the annual plan, each held against what is held of its year."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from futian_model.errors import InputError, InputErrors
from futian_model.evidence import Evidence, in_unit
from futian_model.evidence.figures import month
from futian_model.importing.grids import folded
from futian_model.importing.layouts import Reading, Table
from futian_model.importing.names import names
from futian_model.importing.weighing import (
    TARGET,
    Terms,
    Weighed,
    place_in,
    place_names,
    prices,
    published_at,
    series_names,
    unit_of,
)

PLAN = "annual_plan"
"""The table they are rows of."""
FACT = ("geo", "year", "indicator")


def planned(tables: Sequence[Table], evidence: Evidence, terms: Terms) -> list[Weighed]:
    """Every target of delivered tables, by file and place in it.

    Raises
    ------
    InputErrors
        Units that measure something else, two targets of one year and indicator, and what the files are
        silent on and no option says.
    """
    cells: list[Weighed] = []
    faults: list[InputError] = []
    earlier: dict[tuple[str, ...], Weighed] = {}
    series, places = series_names(evidence), place_names(evidence)
    for table in tables:
        at = terms.place or place_in(table.title, evidence)
        for reading in table.readings:
            if reading.measure != TARGET:
                continue
            base = reading.code or series.get(folded(reading.label).lower(), "")
            indicator = target_of(reading, base, evidence)
            geo = places.get(reading.place.lower(), "") if reading.place else at
            if not indicator or not geo:
                reason = "series" if not base else "measure" if not indicator else "place"
                cells.append(Weighed(reading, None, "left_out", reason))
                continue
            try:
                cell = compared(reading, row_of(reading, table, evidence, terms, geo, indicator), evidence)
                other = earlier.setdefault(tuple(cell.target[name] for name in FACT), cell)
                if printed(other.target) != printed(cell.target):
                    allowed = f"one target of {indicator}; {other.reading.where} says {printed(other.target)}"
                    raise InputError("value", printed(cell.target), allowed, file=reading.where)
                cells.append(cell)
            except InputError as fault:
                faults.append(fault)
    if faults:
        raise InputErrors(faults)
    return cells


def target_of(reading: Reading, base: str, evidence: Evidence) -> str:
    """The indicator that a target is set for; empty where the glossary has none."""
    known = evidence.indicators
    if base and reading.unit == "%" and known.loc[base, "kind"] == "level":
        base = names()["growth"].get(base, f"{base}_growth")
    return base if base in known.index else ""


def row_of(
    reading: Reading, table: Table, evidence: Evidence, terms: Terms, geo: str, indicator: str
) -> dict[str, str]:
    """A target as a row of the annual plan: at least what is set, of what may not rise at most.

    Raises
    ------
    Silent
        The file does not say when it was published or in what prices.
    InputError
        The unit measures something else.
    """
    known = evidence.indicators.loc[indicator]
    value, precision = reading.value, reading.value.precision
    return {
        "geo": geo,
        "year": str(reading.period.year),
        "indicator": indicator,
        "operator": "≤" if indicator in names()["at_most"] else "≥",
        "value": "" if value.high else value.text,
        "low": value.text if value.high else "",
        "high": value.high,
        "unit": unit_of(reading, indicator, evidence),
        "price_basis": prices(reading, table, known, terms),
        "precision": precision if precision in ("rounded", "lower_bound") and not value.high else "point",
        "vintage": published_at(reading, table, terms),
        "source": terms.source,
    }


def compared(reading: Reading, row: dict[str, str], evidence: Evidence) -> Weighed:
    """A target against what is held of its place, indicator and year."""
    plan = evidence.annual_plan
    rows = plan[(plan["geo"] == row["geo"]) & (plan["indicator"] == row["indicator"])]
    rows = rows[rows["year"] == int(row["year"])]
    held = tuple(
        (printed(other), str(other["unit"]), str(other["vintage"]), str(other["source"]))
        for other in rows.to_dict("records")
    )
    if rows.empty:
        return Weighed(reading, None, "new", target=row)
    own = ends(row)
    if any(np.allclose(own, ends(other), rtol=1e-9) for other in rows.to_dict("records")):
        return Weighed(reading, None, "same", "", held, row)
    later = month(row["vintage"]) > max(map(month, rows["vintage"]))
    return Weighed(reading, None, "revised" if later else "contradicts", "", held, row)


def plan_cells(cells: Sequence[Weighed], *, confirmed: bool) -> list[Weighed]:
    """Targets that are to be written, each once: what contradicts a release only where that was confirmed."""
    kept: dict[tuple[str, ...], Weighed] = {}
    for cell in cells:
        if cell.target and cell.state != "same" and (confirmed or cell.state != "contradicts"):
            kept.setdefault(tuple(cell.target[name] for name in FACT), cell)
    return list(kept.values())


def ends(row: Mapping[Any, Any]) -> list[float]:
    """Both ends of a target, alike where it is one figure; of money and people in one unit."""
    single = pd.isna(row["value"]) or row["value"] == ""
    texts = (row["low"], row["high"]) if single else (row["value"], row["value"])
    unit = str(row["unit"])
    common = {"亿元": "元", "万元": "元", "%": "fraction", "万人": "人"}.get(unit, unit)
    return list(in_unit(pd.Series([float(text) for text in texts]), pd.Series([unit] * 2), common))


def printed(row: Mapping[Any, Any]) -> str:
    """What was set, as a table prints it."""
    cells = [row[name] for name in ("value", "low", "high")]
    shown = [f"{cell:.12g}" if isinstance(cell, float) else cell for cell in cells if not pd.isna(cell)]
    return "–".join(filter(None, shown))
