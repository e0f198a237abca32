"""Figures, goals and targets against the glossary: unit, price basis, and a size that their kind can have."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from futian_model.errors import InputError
from futian_model.evidence.figures import convertible
from futian_model.evidence.tables import LINE
from futian_model.units import convert


class Place(NamedTuple):
    """Where a value stands, for a message."""

    file: str
    line: int


def of_table(file: str, rows: pd.DataFrame, indicators: pd.DataFrame, value: str) -> Iterator[InputError]:
    """Rows against the glossary; those without an indicator are left alone."""
    known = indicators.to_dict("index")
    rows = rows[rows["indicator"] != ""]
    for row in rows[suspect(rows, indicators, value)].to_dict("records"):
        yield from of_glossary(row, known[row["indicator"]], value, Place(file, int(row[LINE])))


def suspect(rows: pd.DataFrame, indicators: pd.DataFrame, value: str) -> pd.Series:
    """Whether a row has to be looked at: another unit or price basis, or a size that its kind has not."""
    named = {name: rows["indicator"].map(indicators[name]) for name in ("unit", "price_basis", "kind")}
    sizes, fraction = rows[value].abs(), rows["unit"] == "fraction"
    kind, whole = named["kind"], fraction.map({True: 1.0, False: 100.0})
    shares = (kind == "share") & ~((rows[value] > 0) & (sizes < whole))
    others = (
        (kind.isin(["level", "index"]) & (rows[value] <= 0))
        | ((kind == "count") & (rows[value] < 0))
        | ((kind == "growth") & (rows[value] <= -whole))
        | ((kind == "ratio") & (rows["unit"] == "%") & (sizes > whole))
    )
    basis = rows["price_basis"]
    return (
        ((rows["unit"] != named["unit"]) & ~((rows["unit"] == "%") & (named["unit"] == "fraction")))
        | ((basis != named["price_basis"]) & (basis != "unstated"))
        | (fraction & (sizes > 1))
        | shares
        | others
    )


def of_glossary(
    row: Mapping[Any, Any], known: Mapping[Any, Any], value: str, at: Place
) -> Iterator[InputError]:
    """Unit, size and price basis of a figure or goal against its indicator."""
    if not convertible(row["unit"], known["unit"]):
        allowed = f"a unit of {row['indicator']}, such as {known['unit']}"
        yield InputError("unit", row["unit"], allowed, file=at.file, line=at.line)
    elif not pd.isna(row[value]):
        # over several years growth may well be more than 100%
        several = str(row.get("period", ""))[4:5] == "-" and known["kind"] == "growth"
        allowed = "" if several else size_allowed(row[value], row["unit"], known["kind"])
        if allowed:
            yield InputError(value, row[value], allowed, file=at.file, line=at.line)
    if row["price_basis"] not in (known["price_basis"], "unstated"):
        allowed = f"{known['price_basis']}, the basis of {row['indicator']}"
        yield InputError("price_basis", row["price_basis"], allowed, file=at.file, line=at.line)


def size_allowed(value: float, unit: str, kind: str) -> str:
    """What may stand where a share or a rate has an impossible size; empty where it is possible."""
    meant = value if unit == "fraction" and 1 < abs(value) <= 100 else 55
    hint = f"({meant:g}% is {convert(meant, '%', 'fraction'):g})"
    if kind == "share" and not 0 < convert(value, unit, "fraction") < 1:
        return f"a share between 0 and 1 {hint}"
    if kind in ("growth", "ratio") and unit == "fraction" and abs(value) > 1:
        return f"a fraction {hint}"
    if kind in ("level", "index") and value <= 0:
        return "a value above 0; a period not yet published has no row"
    if kind == "count" and value < 0:
        return "a number from 0 on"
    if kind == "growth" and convert(value, unit, "fraction") <= -1:
        return "growth above -100%"
    if kind == "ratio" and unit == "%" and abs(value) > 100:
        return "a share of up to 100%"
    return ""
