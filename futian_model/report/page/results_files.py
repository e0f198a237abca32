"""The results table as files for other programs: typed columns for any of them, and the IAMC layout."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from futian_model import __version__
from futian_model.files import BOM, digest
from futian_model.report.page.packing import packed, unpacked
from futian_model.results import COLUMNS, WHOLE, typed

RUN_DIGITS = 12
IAMC = ("Model", "Scenario", "Region", "Variable", "Unit")
"""Columns before the years in the IAMC layout."""
RECORDED = ("run", "vintage")
"""Columns that a table gets where it is recorded: what it was made from, up to when figures counted."""
TEXTS = tuple(name for name in (*RECORDED, *COLUMNS) if name not in (*WHOLE, "value"))
NO_BASIS = "none"
HEAD, MOST_HEAD = ",", 200
"""What a packed table has not, and within how many letters a table has it."""


def run_of(inputs: Mapping[str, Any]) -> str:
    """What a run is called: a fingerprint of what it was made from, alike for alike inputs."""
    text = json.dumps(inputs, ensure_ascii=False, sort_keys=True, default=str)
    return digest(text.encode())[:RUN_DIGITS]


def recorded(
    results: pd.DataFrame, inputs: Mapping[str, Any], place: str, vintages: Mapping[str, str]
) -> pd.DataFrame:
    """A results table as it leaves a report: with its run, the place of every row, and vintages.

    Parameters
    ----------
    results : DataFrame
        Columns as in `futian_model.results.COLUMNS`.
    inputs : mapping
        What it was made from; the run is named after them.
    place : str
        Of the rows that name none.
    vintages : mapping of str to str
        Up to when figures counted, by scenario; empty for the others.
    """
    table = results.assign(
        run=run_of(inputs),
        vintage=results["scenario"].map(vintages).fillna(""),
        place=results["place"].where(results["place"] != "", place),
    )
    return table[[*RECORDED, *COLUMNS]]


def written(results: pd.DataFrame) -> str:
    """A table as CSV, numbers to the last digit and nothing where there is none.

    As `DataFrame.to_csv` writes it, in half the time: a record is made in every report.
    """
    return _lines(zip(*_columns(results), strict=True))


def record_text(results: pd.DataFrame) -> str:
    """A table as a record holds it, packed: a line a column, which takes a third less than a line a row."""
    return packed(_lines(_columns(results)))


def _columns(results: pd.DataFrame) -> list[list[Any]]:
    """Columns below their names, None where there is nothing."""
    return [
        [name, *column.astype(object).where(column.notna(), None).tolist()]
        for name, column in results.items()
    ]


def _lines(rows: Iterable[Iterable[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


@lru_cache(maxsize=8)
def csv_of(text: str) -> str:
    """The CSV of a table as a record packs it, or of a file of it."""
    if HEAD in text[:MOST_HEAD]:
        return text.removeprefix(BOM)
    lines = unpacked(text)
    if set(lines.partition("\n")[0].split(",")) <= {*RECORDED, *COLUMNS}:  # a line a row, before 2026-12
        return lines
    return _lines(zip(*csv.reader(io.StringIO(lines, newline="")), strict=True))


def results_from(text: str) -> pd.DataFrame:
    """A results table from its CSV, as a file holds it or packed, every value to the last digit.

    A table made before version 2 of the layout had neither run, vintage, place, case nor horizon: these
    columns are then empty, the parameters still stand in the names of its statistics and indicators, and
    a horizon in its year.
    """
    return _table(text).copy(deep=False)


@lru_cache(maxsize=8)
def _table(text: str) -> pd.DataFrame:
    """Read once: a report is checked, written as a workbook and compared."""
    import pyarrow as pa
    from pyarrow import csv as reader

    content = csv_of(text).encode()
    types = dict.fromkeys(TEXTS, pa.string()) | dict.fromkeys(WHOLE, pa.int64()) | {"value": pa.float64()}
    # this reader's numbers are exact to the last digit, which those of pandas are not always
    table = reader.read_csv(
        pa.BufferReader(content),
        reader.ReadOptions(use_threads=False, block_size=len(content) + 1),
        reader.ParseOptions(newlines_in_values=True),
        reader.ConvertOptions(column_types=types, null_values=[""], strings_can_be_null=False),
    ).to_pandas(integer_object_nulls=True)
    for name in (*RECORDED, *COLUMNS):
        if name not in table:
            table[name] = None if name in WHOLE else ""
    return typed(table[[*RECORDED, *COLUMNS]])


def former(results: pd.DataFrame) -> bool:
    """Whether a table is of the layout before cases, horizons and runs had columns."""
    return bool((results["run"] == "").all())


def parquet(results: pd.DataFrame) -> bytes:
    """A results table as a Parquet file: the same bytes for the same table.

    Parameters
    ----------
    results : DataFrame
        As `recorded` gives it; values in the unit that their row names, fractions as fractions.

    Returns
    -------
    bytes
        Year and horizon as 32-bit whole numbers, value in double precision, all three null where there is
        none, the rest as texts. The file's metadata hold the version of the library.
    """
    import pyarrow as pa
    from pyarrow import parquet as pq

    types = dict.fromkeys(TEXTS, pa.string()) | dict.fromkeys(WHOLE, pa.int32()) | {"value": pa.float64()}
    schema = pa.schema(
        [pa.field(name, types[name], nullable=name not in TEXTS) for name in results],
        metadata={"title": "futian_model results", "futian_model": __version__},
    )
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(results, schema, preserve_index=False), out, compression="zstd")
    return out.getvalue()


def descriptor(tables: Mapping[str, Iterable[str]]) -> bytes:
    """A Frictionless data package of results and their dictionary: columns by the file that holds them.

    What a column holds is text, but for year and horizon, whole numbers, and value, a number.
    """
    kinds = dict.fromkeys(WHOLE, "integer") | {"value": "number"}
    resources = [
        {
            "name": file.partition(".")[0],
            "path": file,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8-sig",
            "schema": {
                "fields": [{"name": name, "type": kinds.get(name, "string")} for name in columns],
                "missingValues": [""],
            },
        }
        for file, columns in tables.items()
    ]
    package = {
        "profile": "tabular-data-package",
        "name": "futian-model-results",
        "version": __version__,
        "resources": resources,
    }
    return (json.dumps(package, indent=2) + "\n").encode()


def iamc(results: pd.DataFrame, model: str = "futian_model") -> pd.DataFrame:
    """A results table in the IAMC wide layout, as pyam and the scenario databases read it.

    Parameters
    ----------
    results : DataFrame
        As for `parquet`, of one scenario or of many.
    model : str
        What the column of this name is to say.

    Returns
    -------
    DataFrame
        Columns Model, Scenario, Region, Variable, Unit, then the years (whole numbers, rising), a row a
        variable in the order of the results. Scenario and region are the codes of the results, a region
        being their place. A variable is ``indicator|reading|statistic``, as in
        ``real_gdp|given_evidence|p50``, with the case behind it where there is one; its unit names the
        price basis. Values are those of the results, the first where a row comes again; what is of no
        calendar year is left out, and so is what holds no value in any year.
    """
    valued = results[results["value"].notna() & results["year"].notna()]
    parts = ("indicator", "reading", "statistic", "case")
    variables = pd.Series(
        ["|".join(filter(None, row)) for row in zip(*(valued[name] for name in parts), strict=True)],
        valued.index,
        dtype=str,
    )
    plain = valued["price_basis"] == NO_BASIS
    units = valued["unit"].where(plain, valued["unit"] + " (" + valued["price_basis"] + ")")
    *keys, _ = columns = [*IAMC, "year"]
    long = pd.DataFrame(
        dict(zip(columns, (model, valued["scenario"], valued["place"], variables, units), strict=False))
        | {"year": valued["year"].astype(int), "value": valued["value"]}
    )
    long = long.drop_duplicates(columns)
    order = pd.MultiIndex.from_frame(long[keys].drop_duplicates())
    wide = long.set_index(columns)["value"].unstack("year").reindex(order).reset_index()
    wide.columns.name = None
    return wide
