"""The reading of a project's figures and goals."""

from contextlib import suppress
from datetime import date
from types import MappingProxyType

import pandas as pd

from futian_model.errors import InputErrors
from futian_model.evidence.checks import across
from futian_model.evidence.figures import as_read, in_unit
from futian_model.evidence.package import Evidence
from futian_model.evidence.tables import LINE, fingerprints, gathered, read_package
from futian_model.files import finish
from futian_model.project import Project, find_project

KEYS = {
    "sources": "source",
    "places": "geo",
    "indicators": "indicator",
    "plan_goals": "goal",
    "plan_commitments": "commitment",
}
"""Tables whose rows have a name, and the column that holds it."""
HELD_AS = {
    "plan_commitments": "commitments",
    "forecast_accuracy": "accuracy",
    "region_leads": "median_leads",
    "record_chances": "chances",
    "record_targets": "promises",
    "record_annual": "annual_record",
    "contradictions": "reasons",
}
"""Tables that evidence calls otherwise than their files."""
_KEPT = list[Evidence]()
"""What `keep` was given last."""


def load_evidence(project: Project | None = None, *, today: date | None = None) -> Evidence:
    """Read and check everything in a project's `data/`.

    Parameters
    ----------
    project : Project, optional
        Default: the one around the working folder.
    today : date, optional
        Day up to which figures can have been published; default: the computer's date.

    Raises
    ------
    InputErrors
        Every fault of every file, each with file, line, field, value and what is allowed.

    Examples
    --------
    >>> load_evidence().indicators.loc["gdp", "unit"]
    '亿元'
    """
    project = project if project is not None else find_project()
    with suppress(OSError):  # whoever only reads
        finish(project.data)
    if today is None and _KEPT and _KEPT[0].fingerprints == fingerprints(project):
        return _KEPT[0].copy(project)
    package = read_package(project)
    faults = list(package.faults)
    if not faults:  # the checks below read across tables
        faults += across(project, package, today or date.today())
    if faults:
        raise InputErrors(gathered(faults))
    tables = {
        name: table.drop(columns=LINE).set_index(KEYS[name]) if name in KEYS else table.drop(columns=LINE)
        for name, table in package.tables.items()
    }
    tables["observations"] = as_read(package.tables["observations"]).assign(
        printed=package.printed["observations"]["value"]
    )
    growth, others = paths_of(tables.pop("growth_paths"))
    tables |= {"paths": growth, "other_paths": others, "production": production_of(tables["production"])}
    tables = {HELD_AS.get(name, name): table for name, table in tables.items()}
    return Evidence(project, fingerprints=MappingProxyType(dict(package.fingerprints)), **tables)


def keep(evidence: Evidence) -> None:
    """Let later loads of the very same files begin with this and with what was worked out of it.

    A load compares every file's SHA-256 first and gets tables of its own. For a process that many
    others are forked from; nothing is kept unless it is asked for.
    """
    _KEPT[:] = [evidence]


def paths_of(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Published paths of growth as fractions, then those of prices and people."""
    fractions = {name: in_unit(rows[name], rows["unit"], "fraction") for name in ("low", "central", "high")}
    paths = rows.assign(**fractions).drop(columns="unit")
    growth = paths["indicator"] == "real_gdp_growth"
    return paths[growth], paths[~growth]


def production_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Published parameters of production: shares and rates as fractions, ratios as they are."""
    percent = rows["unit"] == "%"
    shares = rows[percent]
    fractions = {
        name: rows[name].mask(percent, in_unit(shares[name], shares["unit"], "fraction"))
        for name in ("low", "central", "high")
    }
    unit = rows["unit"].mask(percent, "fraction")
    return rows.assign(**fractions, unit=unit)
