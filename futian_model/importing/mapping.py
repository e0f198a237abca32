"""Any other table by a mapping: proposed from the file, confirmed once by whoever knows it, and kept.

A mapping is a file of `data/import/`: what each column holds, by its head. A wide table has a period a row
and columns of indicators; a long one a figure a row, with columns of series and of values. Of a table that
the layouts read, whose series nobody knows, it says the series alone, and has no columns.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML

from futian_model.errors import FileFault, InputError, nearest
from futian_model.evidence import Evidence
from futian_model.files import write_through
from futian_model.importing.grammar import label_of, period_of, unit_of, value_of
from futian_model.importing.grids import Grid, read_grids
from futian_model.importing.layouts import (
    NOTHING,
    Mismatch,
    Reading,
    Table,
    around,
    cumulated_table,
    released,
    text,
    years_across,
)
from futian_model.importing.weighing import place_names, series_names
from futian_model.project import Project

FOLDER = "import"
"""Folder of the data with mappings, and with what each import wrote."""
ROLES = ("period", "place", "series", "value", "unit", "skip")
HEADS = {
    "period": r"年份?|年度|时间|日期|时期|期间|报告期|period|year|date|time",
    "place": r"地区|区域|行政区|区县?|城市|place|region|area|geo|district",
    "series": r"指标(?:名称)?|项目|variable|indicator|series",
    "value": r"数值|数据|值|本期值?|value|amount",
    "unit": r"(?:计量)?单位|unit",
}
"""Heads of columns by what they hold."""
NAME = re.compile(r"[a-z][a-z0-9_]*")
ABOUT = (
    "What each column of {file} holds: period, place, series, value, unit, skip, or an indicator and unit."
    "\nCheck every line, complete the series, then set confirmed to true."
)


def mapping_file(project: Project, name: str) -> Path:
    """Where a mapping of a name is kept.

    Raises
    ------
    InputError
        No name for a file.
    """
    if not NAME.fullmatch(name):
        allowed = "small letters, digits and _ after a first letter, such as retail_by_district"
        raise InputError("--mapping", name, allowed)
    return project.data / FOLDER / f"{name}.yaml"


def propose(file: Path, grid: Grid, evidence: Evidence) -> str:
    """A mapping for a table, as the file that is to be checked.

    Raises
    ------
    FileFault
        No row looks like heads of columns above figures.
    """
    series, places = series_names(evidence), place_names(evidence)

    def named(labels: Iterable[str]) -> dict[str, str]:
        """Indicators by the labels of series, empty where none is known."""
        return {label: series.get(label_of(label).name.lower(), "") for label in labels if label}

    with suppress(Mismatch):
        return written(file, {}, named(reading.label for reading in of_layout(grid).readings))
    at = head_row(grid)
    if at is None:
        allowed = "heads of columns in one row, and figures below them"
        raise FileFault(file.name, f"no row of heads; allowed: {allowed}")
    columns: dict[str, Any] = {}
    for place, cell in enumerate(grid.rows[at]):
        head, below = text(cell), [row[place] for row in grid.rows[at + 1 :] if row[place] != ""]
        if not head:
            continue
        role = next((name for name, words in HEADS.items() if re.fullmatch(words, head, re.IGNORECASE)), None)
        if role is None and below and all(period_of(value) and period_of(value).year for value in below):  # type: ignore[union-attr]
            role = "period"
        if role is None and below and all(text(value).lower() in places for value in below):
            role = "place"
        code = named([head])[head]
        columns[head] = role or ({"indicator": code, "unit": label_of(head).unit} if code else "skip")
    of_series = next((head for head, role in columns.items() if role == "series"), None)
    if of_series is None:
        return written(file, columns, {})
    at_series = [text(cell) for cell in grid.rows[at]].index(of_series)
    return written(file, columns, named(text(row[at_series]) for row in grid.rows[at + 1 :]))


def of_layout(grid: Grid) -> Table:
    """A table by the layouts of bureaus.

    Raises
    ------
    Mismatch
        It is none of theirs.
    """
    with suppress(Mismatch):
        return cumulated_table(grid)
    return years_across(grid)


def written(file: Path, columns: Mapping[str, Any], series: Mapping[str, str]) -> str:
    """A mapping that waits to be confirmed, as its file."""
    content = {"confirmed": False, "columns": dict(columns)} | ({"series": dict(series)} if series else {})
    stream, writer = StringIO(), YAML()
    writer.dump(content, stream)
    about = "\n".join(f"# {line}" for line in ABOUT.format(file=file.name).splitlines())
    return f"{about}\n{stream.getvalue()}"


def head_row(grid: Grid) -> int | None:
    """The first row of several texts with a figure in the row below."""
    for at, (row, below) in enumerate(zip(grid.rows, grid.rows[1:], strict=False)):
        heads = [cell for cell in row if isinstance(cell, str) and cell and not period_of(cell)]
        figures = [cell for cell in below if cell != "" and not isinstance(value_of(cell), str | None)]
        if len(heads) > 1 and figures:
            return at
    return None


def keep(project: Project, name: str, file: Path, evidence: Evidence) -> Path:
    """Write the proposal of a mapping that there is not yet."""
    project.refuse_shipped()
    home = mapping_file(project, name)
    home.parent.mkdir(exist_ok=True)
    write_through(home, propose(file, read_grids(file)[0], evidence).encode())
    return home


def layouts(
    project: Project, evidence: Evidence, name: str = ""
) -> list[tuple[str, Callable[[Grid], Table]]]:
    """Layouts of confirmed mappings, or of the one named.

    Raises
    ------
    InputError
        A mapping is none, or the one named is not confirmed.
    """
    folder = project.data / FOLDER
    files = (
        [mapping_file(project, name)] if name else sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    )
    kept: list[tuple[str, Callable[[Grid], Table]]] = []
    for file in files:
        content = read_mapping(project.shown(file), file.read_text("utf-8-sig"), evidence)
        if content["confirmed"]:
            kept.append((f"mapping {file.stem}", partial(mapped, f"mapping {file.stem}", content)))
        elif name:
            allowed = "true, once every column and series is checked"
            raise InputError("confirmed", False, allowed, file=project.shown(file))
    return kept


def read_mapping(file: str, content: str, evidence: Evidence) -> Mapping[str, Any]:
    """A mapping, checked.

    Raises
    ------
    InputError
        It is none, or names an indicator or a role that there is not.
    """
    try:
        mapping = yaml.safe_load(content)
    except yaml.YAMLError as error:
        raise FileFault(
            file, f"no YAML ({' '.join(str(error).split())}); allowed: confirmed, columns, series"
        ) from None
    if not isinstance(mapping, dict) or not {"confirmed", "columns"} <= set(mapping) <= {
        "confirmed",
        "columns",
        "series",
    }:
        raise FileFault(file, "no mapping; allowed: confirmed, columns and, of a long table, series")
    if not isinstance(mapping["confirmed"], bool):
        raise InputError("confirmed", mapping["confirmed"], "true or false", file=file)
    for field in ("columns", "series"):
        if not isinstance(mapping.get(field, {}), dict):
            raise InputError(field, mapping[field], "a name a line, and what it is", file=file)
    codes: dict[str, Any] = {}
    for head, role in mapping["columns"].items():
        if isinstance(role, dict) and set(role) == {"indicator", "unit"}:
            codes[f"columns.{head}.indicator"] = role["indicator"]
        elif role not in ROLES:
            allowed = f"{', '.join(ROLES)}, or an indicator with its unit"
            raise InputError(f"columns.{head}", role, allowed, file=file)
    codes |= {f"series.{label}": code for label, code in mapping.get("series", {}).items() if code}
    known = evidence.indicators.index
    for field, code in codes.items():
        if code not in known:
            allowed = "an indicator of data/indicators.csv"
            allowed += ", or nothing" if field.startswith("series.") else ""
            raise InputError(field, code, allowed, nearest=nearest(str(code), known), file=file)
    roles = [role for role in mapping["columns"].values() if isinstance(role, str)]
    long, wide = {"series", "value"} <= set(roles), len(roles) < len(mapping["columns"])
    series_alone = not mapping["columns"] and mapping.get("series")
    if not series_alone and (roles.count("period") != 1 or long == wide):
        allowed = (
            "one column of periods, and either columns of indicators, or one of series and one of values"
        )
        raise InputError("columns", ", ".join(roles), allowed, file=file)
    return mapping


def mapped(name: str, mapping: Mapping[str, Any], grid: Grid) -> Table:
    """A table read by a mapping."""
    heads: dict[str, Any] = mapping["columns"]
    if not heads:
        table = of_layout(grid)
        series = {label_of(label).name: str(code or "") for label, code in mapping["series"].items()}
        if not {reading.label for reading in table.readings} & set(series):
            raise Mismatch(f"no row is one of {', '.join(series)}")
        table.readings = [replace(at, code=series.get(at.label, "")) for at in table.readings]
        return replace(table, layout=name)
    at = -1
    for row in grid.rows:
        at += 1
        places = {text(cell): place for place, cell in enumerate(row) if cell != ""}
        if set(heads) <= set(places):
            break
    else:
        raise Mismatch(f"no row has the columns {', '.join(heads)}")
    roles = {role: places[head] for head, role in heads.items() if isinstance(role, str)}
    wide = {places[head]: role for head, role in heads.items() if isinstance(role, dict)}
    series = mapping.get("series", {})
    title = around(grid, at, len(grid.rows))
    table = Table(name, title, released(title))
    for line in range(at + 1, len(grid.rows)):
        row = grid.rows[line]
        period = period_of(row[roles["period"]])
        filled = any(row[place] != "" for place in (*wide, *([roles["value"]] if "value" in roles else [])))
        if period is None or not period.year:
            if filled:
                allowed = "a period such as 2025, 2025年1-9月 or 2025Q3"
                table.faults.append(grid.fault(line, roles["period"], allowed, "period"))
            continue
        where = text(row[roles["place"]]) if "place" in roles else ""
        figures = [
            (place, code := str(role["indicator"]), unit_of(str(role["unit"])), code)
            for place, role in wide.items()
        ]
        if not wide:
            label = text(row[roles["series"]])
            unit = unit_of(text(row[roles["unit"]])) if "unit" in roles else label_of(label).unit
            figures = [(roles["value"], label_of(label).name, unit, str(series.get(label) or ""))]
        for place, name_of, unit, code in figures:
            reading = Reading(grid, line, place, where, name_of, unit, period, NOTHING, code=code)
            table.take(reading, row[place])
    return table
