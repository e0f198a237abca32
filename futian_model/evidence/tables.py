"""Tables of a data package, read and checked cell by cell against its schema."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from futian_model.errors import InputError, nearest
from futian_model.errors import shown as cut
from futian_model.evidence.described import PANELS, resources_of
from futian_model.evidence.forms import form_of
from futian_model.evidence.rows import kept, read_rows
from futian_model.evidence.texts import text_of
from futian_model.project import Project

PACKAGE = "datapackage.json"
PLAIN = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
"""A number as a table writes it."""
COLUMN = re.compile(rf"(?:{PLAIN.pattern})?(?:\n(?:{PLAIN.pattern})?)*")
"""Numbers and empty cells, a line each: a whole column at once."""
EXACT = 2**53
"""Whole number below which a float is exact."""
TRUE, FALSE = "true", "false"
FEW = 3
"""Cells of one column that are told one by one; of more the first is told, with how many are like it."""
Texts: TypeAlias = NDArray[np.object_]
FORMER = {
    f"gdp_{name}{end}": indicator
    for name, indicator in (("growth_target", "real_gdp_growth"), ("target_level", "gdp"))
    for end in ("", "_low", "_high")
}
"""What targets of years were called while they stood among the figures, and what they are set for."""
LINE = "line"
"""Column that carries each row's line in its file while the checks run."""


@dataclass(frozen=True)
class Tables:
    """The package's tables by name, as typed and as printed, and the SHA-256 of every file read."""

    tables: Mapping[str, pd.DataFrame]
    printed: Mapping[str, pd.DataFrame]
    fingerprints: Mapping[str, str]
    faults: tuple[InputError, ...]


def read_package(
    project: Project, names: Sequence[str] | None = None, only: Mapping[str, str] = {}
) -> Tables:
    """Tables of the project's data package.

    Parameters
    ----------
    names : sequence of str, optional
        Resources to read; all but the panels when left out. Every file's SHA-256 is taken.
    only : mapping of str to str
        Of a column, the one value whose rows are read.

    Raises
    ------
    InputErrors
        The package itself cannot be read. Faults in cells are returned, so that the caller
        can add its own before raising them all at once.
    """
    resources, digest = read_resources(project)
    tables, printed, digests, faults = {}, {}, {PACKAGE: digest}, []
    for name, resource in resources.items():
        if name in PANELS if names is None else name not in names:
            digests[resource["path"]] = text_of(project, project.data / resource["path"])[1]
            continue
        printed[name], digests[resource["path"]], misread = read_table(project, resource, only)
        tables[name], mistyped = typed_table(shown(project, resource["path"]), printed[name], resource)
        faults += [*misread, *mistyped]
    for name in tables:
        faults += foreign_keys(shown(project, resources[name]["path"]), name, resources[name], tables)
    return Tables(tables, printed, digests, tuple(faults))


def read_resources(project: Project) -> tuple[dict[str, Any], str]:
    """Path and schema of each table of the package by its name, and the package's SHA-256.

    Raises
    ------
    InputErrors
        The package cannot be read, or lacks a table.
    """
    text, digest = text_of(project, project.data / PACKAGE)
    return resources_of(text, shown(project, PACKAGE)), digest


def fingerprints(project: Project) -> dict[str, str]:
    """SHA-256 of every file of the package, as `read_package` takes them.

    Raises
    ------
    InputErrors
        As `read_package`, of the package and of files that cannot be read.
    """
    resources, digest = read_resources(project)
    paths = [resource["path"] for resource in resources.values()]
    return {PACKAGE: digest, **{path: text_of(project, project.data / path)[1] for path in paths}}


def read_table(
    project: Project, resource: Mapping[str, Any], only: Mapping[str, str] = {}
) -> tuple[pd.DataFrame, str, list[InputError]]:
    """One table as printed, its file's SHA-256, and the rows that do not fit its columns."""
    file = shown(project, resource["path"])
    text, digest = text_of(project, project.data / resource["path"])
    fields = resource["schema"]["fields"]
    header = text.partition("\n")[0].rstrip("\r").split(",")
    left_out = [field["name"] for field in fields if field.get("optional") and field["name"] not in header]
    names = [field["name"] for field in fields if field["name"] not in left_out]
    starts, rows, faults = read_rows(file, text, names)
    wanted = [(names.index(name), value) for name, value in only.items() if name in names]
    for at, value in wanted:
        starts, rows = kept(starts, rows, [row[at] == value for row in rows])
    columns = dict(zip([LINE, *names], [starts, *zip(*rows, strict=True)], strict=True)) if rows else None
    return pd.DataFrame(columns, columns=[LINE, *names]).assign(**dict.fromkeys(left_out, "")), digest, faults


def typed_table(
    file: str, printed: pd.DataFrame, resource: Mapping[str, Any]
) -> tuple[pd.DataFrame, list[InputError]]:
    """A table with typed columns, and what is wrong in its cells and keys."""
    table = printed.copy()
    faults: list[InputError] = []
    for field in resource["schema"]["fields"]:
        column = printed[field["name"]]
        table[field["name"]] = typed(column, field["type"])
        faults += cells(file, column, table[field["name"]], printed[LINE], field)
    faults += duplicates(file, printed, resource["schema"].get("primaryKey", []))
    return table, faults


def cells(
    file: str, column: pd.Series, read: pd.Series, lines: pd.Series, field: Mapping[str, Any]
) -> Iterator[InputError]:
    """Faults of one column: missing, of the wrong type, not in the list, not of the form."""
    rules, name, kind = field.get("constraints", {}), field["name"], field["type"]
    if not rules and kind == "string":
        return
    texts: Texts = column.to_numpy(object)

    def misfits(
        wrong: Sequence[str] | set[str], allowed: str, known: Sequence[str] = (), meant: str | None = None
    ) -> Iterator[InputError]:
        """A fault for every cell that holds one of some texts."""
        for at in np.flatnonzero([text in wrong for text in texts]) if wrong else ():
            close = nearest(texts[at], known) if known else meant
            yield InputError(name, texts[at], allowed, nearest=close, file=file, line=int(lines.iloc[at]))

    distinct = set(texts)
    if rules.get("required"):
        yield from misfits(distinct & {""}, "a value")
    if kind in ("number", "integer"):
        low, high = rules.get("minimum", -math.inf), rules.get("maximum", math.inf)
        of_kind = {"number": "a finite number", "integer": "a whole number"}[kind]
        allowed = f"{of_kind} from {low} to {high}" if "minimum" in rules else of_kind
        numbers = read.to_numpy(float)
        sound = (low <= numbers) & (numbers <= high) & np.isfinite(numbers)
        for at in np.flatnonzero((texts != "") & ~sound):
            yield InputError(name, texts[at], allowed, file=file, line=int(lines.iloc[at]))
    filled = distinct - {""}
    if kind == "boolean":
        yield from misfits(filled - {TRUE, FALSE}, f"{TRUE} or {FALSE}")
    if kind == "date":
        yield from misfits({text for text in filled if not is_date(text)}, "a day such as 2026-11-23")
    if "enum" in rules:
        yield from misfits(filled - set(rules["enum"]), ", ".join(rules["enum"]), rules["enum"])
    if "pattern" in rules:
        search = re.compile(rules["pattern"], re.ASCII).search
        fitting = [text for text in dict.fromkeys(texts) if search(text) is not None]
        allowed, meant = form_of(rules["pattern"], fitting)
        for text in filled.difference(fitting):
            yield from misfits({text}, allowed, meant=meant(text))


def gathered(faults: Sequence[InputError]) -> Iterator[InputError]:
    """Faults that a whole column repeats, such as dates that a spreadsheet rewrote, as one."""
    alike: dict[tuple[object, ...], list[InputError]] = {}
    for fault in faults:
        alike.setdefault((type(fault), fault.file, fault.field, fault.allowed), []).append(fault)
    for same in alike.values():
        if len(same) <= FEW:
            yield from same
            continue
        first, *others = sorted(same, key=lambda fault: fault.line or 0)
        values = [value for value in dict.fromkeys(fault.value for fault in others) if value != first.value]
        such = f" ({', '.join(map(cut, values[:FEW]))}{', …' if len(values) > FEW else ''})" if values else ""
        first.allowed += f"; so too {len(others)} more rows, the last on line {others[-1].line}{such}"
        yield first


def is_date(text: str) -> bool:
    """Whether a text is a day of the calendar, written 2026-11-23."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def typed(column: pd.Series, kind: str) -> pd.Series:
    """Numbers as floats, a column of whole ones alone as integers, empty and unreadable ones as missing;
    true and false; text as it is.
    """
    if kind == "boolean":
        return column == TRUE
    if kind not in ("number", "integer"):
        return column
    cells: Texts = column.to_numpy(object)
    # a plain float() would take "nan", "inf" and "1_000" too
    whole = "\n".join(cells)
    if COLUMN.fullmatch(whole) and whole.count("\n") == len(cells) - 1:
        read = [float(cell) if cell else math.nan for cell in cells]
    else:
        read = [float(cell) if PLAIN.fullmatch(cell) else math.nan for cell in cells]
    numbers = pd.Series(read, column.index, float)
    if kind == "number":
        return numbers
    integers = numbers.where(numbers % 1 == 0)
    return integers.astype(int) if (integers.abs() < EXACT).all() else integers


def duplicates(file: str, printed: pd.DataFrame, key: list[str]) -> Iterator[InputError]:
    """Rows whose key an earlier row already has; where they differ, both are told."""
    if not key:
        return
    first = printed.groupby(key, sort=False)[LINE].transform("first")
    for at in printed.index[first != printed[LINE]]:
        row = printed.loc[at]
        earlier = printed[printed[LINE] == first[at]].iloc[0]
        differing = [name for name in printed.columns if name != LINE and row[name] != earlier[name]]
        apart = "; ".join(f"{name} {earlier[name]!r} there, {row[name]!r} here" for name in differing)
        allowed = f"one row each; line {first[at]} has it already" + (f" ({apart})" if apart else "")
        repeated = ", ".join(row[name] for name in key)
        yield InputError(" + ".join(key), repeated, allowed, file=file, line=int(row[LINE]))


def foreign_keys(
    file: str, name: str, resource: Mapping[str, Any], tables: Mapping[str, pd.DataFrame]
) -> Iterator[InputError]:
    """Cells that name a source, a place or an indicator nobody listed."""
    table = tables[name]
    for key in resource["schema"].get("foreignKeys", []):
        column, target = key["fields"], key["reference"]
        # a package writes a reference of a table to itself as an empty name
        other = target["resource"] or name
        names = {*tables[other][target["fields"]]} - {*FORMER}
        unknown = table[(table[column] != "") & ~table[column].isin(names)]
        for line, value in zip(unknown[LINE], unknown[column], strict=True):
            allowed, close = f"a row of {other}.csv", nearest(value, names)
            if other == "indicators" and value in FORMER:
                allowed, close = (
                    f"{FORMER[value]} in a row of annual_plan.csv, where targets of years stand",
                    None,
                )
            yield InputError(column, value, allowed, nearest=close, file=file, line=int(line))


def shown(project: Project, name: str) -> str:
    """A data file as messages print it."""
    return project.shown(project.data / name)
