"""Tables of a data package, read and checked cell by cell against its schema."""

import csv
import hashlib
import io
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from futian_model.errors import FileFault, InputError, InputErrors, nearest
from futian_model.project import Project

PACKAGE = "datapackage.json"
NEEDED = ("observations", "sources", "places", "indicators", "plan_goals", "panel_countries")
LINE = "line"
"""Column that carries each row's line in its file while the checks run."""


@dataclass(frozen=True)
class Tables:
    """The package's tables by name, and the SHA-256 of every file read."""

    tables: Mapping[str, pd.DataFrame]
    fingerprints: Mapping[str, str]
    faults: tuple[InputError, ...]


def read_package(project: Project) -> Tables:
    """Every table of the project's data package.

    Raises
    ------
    InputErrors
        The package itself cannot be read. Faults in cells are returned, so that the caller
        can add its own before raising them all at once.
    """
    text, digest = text_of(project, project.data / PACKAGE)
    try:
        listed = json.loads(text)["resources"]
        resources = {one["name"]: {"path": one["path"], "schema": one["schema"]} for one in listed}
    except (ValueError, KeyError, TypeError) as error:
        told = f"not a data package: {type(error).__name__} {error}"
        raise InputErrors([FileFault(shown(project, PACKAGE), told)]) from None
    absent = [name for name in NEEDED if name not in resources]
    if absent:
        raise InputErrors([FileFault(shown(project, PACKAGE), f"no resource {', '.join(absent)}")])
    tables, digests, faults = {}, {PACKAGE: digest}, []
    for name, resource in resources.items():
        tables[name], digests[resource["path"]], found = read_table(project, resource)
        faults += found
    for name, table in tables.items():
        faults += foreign_keys(shown(project, resources[name]["path"]), table, resources[name], tables)
    return Tables(tables, digests, tuple(faults))


def read_table(project: Project, resource: Mapping[str, Any]) -> tuple[pd.DataFrame, str, list[InputError]]:
    """One table with typed columns, its file's SHA-256, and what is wrong with it."""
    file, schema = shown(project, resource["path"]), resource["schema"]
    text, digest = text_of(project, project.data / resource["path"])
    names = [field["name"] for field in schema["fields"]]
    lines = csv.reader(io.StringIO(text, newline=""))
    header = next(lines, [])
    if header != names:
        missing = [name for name in names if name not in header]
        fault = f"columns {', '.join(header) or 'none'}; allowed: {', '.join(names)}"
        raise InputErrors([FileFault(file, f"{fault}; missing: {', '.join(missing) or 'none'}", line=1)])
    rows: list[tuple[int | str, ...]] = []
    faults: list[InputError] = []
    start = lines.line_num + 1
    for row in lines:
        if len(row) == len(names):
            rows.append((start, *row))
        elif row:
            faults.append(FileFault(file, f"{len(row)} cells; allowed: {len(names)}", line=start))
        start = lines.line_num + 1
    table = pd.DataFrame(rows, columns=[LINE, *names])
    for field in schema["fields"]:
        column = table[field["name"]]
        faults += cells(file, column, table[LINE], field)
        table[field["name"]] = typed(column, field["type"])
    faults += duplicates(file, table, schema.get("primaryKey", []))
    return table, digest, faults


def text_of(project: Project, path: Path) -> tuple[str, str]:
    """A file's text and SHA-256."""
    try:
        data = path.read_bytes()
        return data.decode("utf-8"), hashlib.sha256(data).hexdigest()
    except FileNotFoundError:
        fault = FileFault(project.shown(path), "no such file")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = FileFault(project.shown(path), "not UTF-8; save it as UTF-8", line=line)
    raise InputErrors([fault])


def cells(file: str, column: pd.Series, lines: pd.Series, field: Mapping[str, Any]) -> Iterator[InputError]:
    """Faults of one column: missing, of the wrong type, not in the list, not of the form."""
    rules, filled = field.get("constraints", {}), column != ""
    if rules.get("required"):
        for line in lines[~filled]:
            yield InputError(field["name"], "", "a value", file=file, line=line)
    values = column[filled]
    if field["type"] in ("number", "integer"):
        numbers = typed(values, field["type"])
        low, high = rules.get("minimum", -math.inf), rules.get("maximum", math.inf)
        faulty = values[~numbers.between(low, high)]
        kind = {"number": "a finite number", "integer": "a whole number"}[field["type"]]
        allowed = f"{kind} from {low} to {high}" if "minimum" in rules else kind
        for line, value in lined(faulty, lines):
            yield InputError(field["name"], value, allowed, file=file, line=line)
    if "enum" in rules:
        for line, value in lined(values[~values.isin(rules["enum"])], lines):
            allowed, close = ", ".join(rules["enum"]), nearest(value, rules["enum"])
            yield InputError(field["name"], value, allowed, nearest=close, file=file, line=line)
    if "pattern" in rules:
        allowed = f"text of the form {rules['pattern']}"
        matched = values.map(re.compile(rules["pattern"]).search).map(bool)
        for line, value in lined(values[~matched], lines):
            yield InputError(field["name"], value, allowed, file=file, line=line)


def lined(faulty: pd.Series, lines: pd.Series) -> Iterator[tuple[int, str]]:
    """Each faulty cell with the line it stands in."""
    return zip(lines[faulty.index], faulty, strict=True)


def typed(column: pd.Series, kind: str) -> pd.Series:
    """Numbers as floats, empty and unreadable ones as missing; text as it is."""
    if kind not in ("number", "integer"):
        return column
    # a plain float() would take "nan", "inf" and "1_000" too
    plain = column.where(column.str.fullmatch(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?").astype(bool), "")
    numbers = pd.to_numeric(plain.replace("", None), errors="coerce").astype(float)
    return numbers.where(numbers % 1 == 0) if kind == "integer" else numbers


def duplicates(file: str, table: pd.DataFrame, key: list[str]) -> Iterator[InputError]:
    """Rows whose key an earlier row already has."""
    if not key:
        return
    first = table.groupby(key, sort=False, dropna=False)[LINE].transform("first")
    for at in table.index[first != table[LINE]]:
        told = ", ".join(str(table.loc[at, name]) for name in key)
        allowed = f"one row each; line {first[at]} has it already"
        yield InputError(" + ".join(key), told, allowed, file=file, line=int(table.loc[at, LINE]))


def foreign_keys(
    file: str, table: pd.DataFrame, resource: Mapping[str, Any], tables: Mapping[str, pd.DataFrame]
) -> Iterator[InputError]:
    """Cells that name a source, a place or an indicator nobody listed."""
    for key in resource["schema"].get("foreignKeys", []):
        column, target = key["fields"], key["reference"]
        names = set(tables[target["resource"]][target["fields"]])
        unknown = table[(table[column] != "") & ~table[column].isin(names)]
        for line, value in zip(unknown[LINE], unknown[column], strict=True):
            allowed, close = f"a row of {target['resource']}.csv", nearest(value, names)
            yield InputError(column, value, allowed, nearest=close, file=file, line=int(line))


def shown(project: Project, name: str) -> str:
    """A data file as messages print it."""
    return project.shown(project.data / name)
