"""Checks across the tables of a package: figures against the glossary, the calendar, each other."""

import math
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from futian_model.errors import InputError
from futian_model.evidence.checks_figures import bases
from futian_model.evidence.checks_periods import dates, forecasts, last_month, part_years, periods
from futian_model.evidence.figures import as_read, convertible
from futian_model.evidence.operators import EXACT, printed
from futian_model.evidence.plausibility import expected_indices, impossible
from futian_model.evidence.replaced import replacements
from futian_model.evidence.tables import LINE, Tables, shown
from futian_model.project import Project
from futian_model.units import convert

MAIN = ("district", "city", "province", "nation")
"""Roles that one place plays; others may have any number."""


class Place(NamedTuple):
    """Where a value stands, for a message."""

    file: str
    line: int


def across(project: Project, package: Tables, today: date) -> Iterator[InputError]:
    """Every fault that needs more than one table, or today's date, to be seen."""
    indicators = package.tables["indicators"].set_index("indicator")
    figures, file = package.tables["observations"], shown(project, "observations.csv")
    mistyped = list(of_table(file, figures, indicators, "value"))
    yield from mistyped
    malformed = list(periods(file, figures))
    yield from malformed
    figures = figures[~figures[LINE].isin({fault.line for fault in malformed})]
    yield from bases(file, figures, indicators)
    figures = as_read(figures)
    yield from roles(shown(project, "places.csv"), package.tables["places"])
    goals = package.tables["plan_goals"]
    yield from of_plans(shown(project, "plan_goals.csv"), goals, package.tables["places"])
    yield from of_table(shown(project, "plan_goals.csv"), goals, indicators, "target_value")
    yield from of_targets(shown(project, "plan_goals.csv"), goals)
    yield from of_commitments(project, package, indicators)
    kinds = package.tables["sources"].set_index("source")["kind"]
    yield from replacements(shown(project, "replaced.csv"), package.tables["replaced"], figures, kinds)
    yield from dates(file, figures, last_month(package.tables["sources"], today))
    yield from forecasts(shown(project, "growth_paths.csv"), package.tables["growth_paths"])
    yield from expected_indices(shown(project, "growth_paths.csv"), package.tables["growth_paths"])
    yield from part_years(file, figures, indicators)
    parents, replaced = package.tables["places"].set_index("geo")["parent"], package.tables["replaced"]
    yield from impossible(file, figures, indicators, parents, replaced, mistyped)


def roles(file: str, places: pd.DataFrame) -> Iterator[InputError]:
    """Places with a part in the model that an earlier one has already."""
    main = places[places["role"].isin(MAIN)]
    for _, row in main[main.duplicated("role")].iterrows():
        first = main[main["role"] == row["role"]].iloc[0]
        allowed = f"one place each for {', '.join(MAIN)}; line {first[LINE]} has {first['geo']}"
        yield InputError("role", row["role"], allowed, file=file, line=int(row[LINE]))


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


def of_plans(file: str, rows: pd.DataFrame, places: pd.DataFrame) -> Iterator[InputError]:
    """Goals without the year that they start from, or that do not say whether their basis is stated."""
    role = places.set_index("geo")["role"]
    for row in rows.to_dict("records"):
        line = int(row[LINE])
        needed = role[row["geo"]] == "district" or row["measure"] in ("cumulative", "average")
        if pd.isna(row["base_year"]) and (needed or not pd.isna(row["multiple"])):
            yield InputError("base_year", "", "the year that the goal starts from", file=file, line=line)
        if (row["basis_stated"] == "") != (row["price_basis"] == "none"):
            allowed = "stated or not_stated, and nothing where prices play no part"
            yield InputError("basis_stated", row["basis_stated"], allowed, file=file, line=line)


def of_commitments(project: Project, package: Tables, indicators: pd.DataFrame) -> Iterator[InputError]:
    """Commitments against the glossary, the calendar, and the goals beside them."""
    file, goals = shown(project, "plan_commitments.csv"), set(package.tables["plan_goals"]["goal"])
    # prices play no part in them
    rows = package.tables["plan_commitments"].assign(price_basis="unstated")
    yield from of_table(file, rows, indicators, "target_value")
    yield from of_targets(file, rows)
    for row in rows.to_dict("records"):
        if row["commitment"] in goals:
            allowed = "a name that no goal of plan_goals.csv has"
            yield InputError("commitment", row["commitment"], allowed, file=file, line=int(row[LINE]))
        if row["target_year"] <= row["base_year"]:
            allowed = f"a year after the base year {row['base_year']:.0f}"
            yield InputError("target_year", int(row["target_year"]), allowed, file=file, line=int(row[LINE]))
        if pd.isna(row["base_value"]) != (row["base_section"] == ""):
            allowed = "where the plan states the base value, and nothing without one"
            yield InputError("base_section", row["base_section"], allowed, file=file, line=int(row[LINE]))


def of_targets(file: str, rows: pd.DataFrame) -> Iterator[InputError]:
    """Targets that are asked exactly against what is printed, whose rounding or range they allow."""
    for row in rows[rows["operator"].isin(EXACT)].to_dict("records"):
        ends = printed(str(row["target_text"]))
        value, column = row["target_value"], "target_value"
        if pd.isna(value):
            value, column = row.get("multiple", math.nan), "multiple"
        if ends is not None and not math.isclose(middle := sum(ends) / 2, value, rel_tol=1e-9):
            allowed = f"{middle:g}, the middle of what is printed, {row['target_text']}"
            yield InputError(column, value, allowed, file=file, line=int(row[LINE]))


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
