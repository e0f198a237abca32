"""Checks across the tables of a package: figures against the glossary, the calendar, each other."""

import math
from collections.abc import Iterator
from datetime import date

import pandas as pd

from futian_model.errors import InputError
from futian_model.evidence.checks_annual import of_annual_plan
from futian_model.evidence.checks_figures import bases
from futian_model.evidence.checks_glossary import of_table
from futian_model.evidence.checks_periods import dates, forecasts, last_month, part_years, periods
from futian_model.evidence.figures import as_read
from futian_model.evidence.operators import EXACT, printed
from futian_model.evidence.plausibility import expected_indices, impossible
from futian_model.evidence.replaced import replacements, standing
from futian_model.evidence.tables import LINE, Tables, shown
from futian_model.project import Project

MAIN = ("district", "city", "province", "nation")
"""Roles that one place plays; others may have any number."""


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
    plan, last = shown(project, "annual_plan.csv"), last_month(package.tables["sources"], today)
    yield from of_annual_plan(plan, package.tables["annual_plan"], indicators, last)
    kinds = package.tables["sources"].set_index("source")["kind"]
    yield from replacements(shown(project, "replaced.csv"), package.tables["replaced"], figures, kinds)
    yield from dates(file, figures, last)
    yield from forecasts(shown(project, "growth_paths.csv"), package.tables["growth_paths"])
    yield from expected_indices(shown(project, "growth_paths.csv"), package.tables["growth_paths"])
    parents, replaced = package.tables["places"].set_index("geo")["parent"], package.tables["replaced"]
    sound = ~figures[LINE].isin({fault.line for fault in mistyped}) & standing(figures, replaced)
    yield from part_years(file, figures[sound], indicators)
    yield from impossible(file, figures, indicators, parents, replaced, mistyped)


def roles(file: str, places: pd.DataFrame) -> Iterator[InputError]:
    """Places with a part in the model that an earlier one has already."""
    main = places[places["role"].isin(MAIN)]
    for _, row in main[main.duplicated("role")].iterrows():
        first = main[main["role"] == row["role"]].iloc[0]
        allowed = f"one place each for {', '.join(MAIN)}; line {first[LINE]} has {first['geo']}"
        yield InputError("role", row["role"], allowed, file=file, line=int(row[LINE]))


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
