"""Whether a table of results still holds what the reports beside it give."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from pyarrow.parquet import ParquetFile

from futian_model.batch.folder import MANIFEST, manifest_of
from futian_model.batch.settings import DICTIONARY, IAMC, RESULTS, TABLES
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.files import digest
from futian_model.report.page.results_files import results_from
from futian_model.report.verify import MOST_DRAWS, Verdict, again, changed, of_record
from futian_model.results import typed

MOST_TABLE, MOST_ROWS = 500_000_000, 2_000_000
"""Bytes of a table's file, and its rows: beyond what hundreds of reports hold."""


def verify_table(file: Path, evidence: Evidence, *, most_draws: int = MOST_DRAWS) -> Verdict:
    """Check a table of results, of one report or of a whole batch, beside the reports that it is of.

    Parameters
    ----------
    file : Path
        One of `TABLES`, in an output folder or in a report's.
    evidence : Evidence
        Today's figures.
    most_draws : int
        As for `verify`.

    Returns
    -------
    Verdict
        Every report in it is worked out again; a dictionary holds no results.

    Raises
    ------
    InputError
        It is no such table, or no manifest beside it names it.
    """
    manifest = manifest_of(file.parent)
    if (
        file.name not in TABLES
        or manifest is None
        or file.name not in manifest["files"]
        or not file.is_file()
    ):
        allowed = f"one of {', '.join(TABLES)}, beside the {MANIFEST} that it was written with"
        raise InputError("table", file.name, allowed, file=file)
    if file.stat().st_size > MOST_TABLE:
        size = f"{file.stat().st_size >> 20:,} MB"
        raise InputError("table", size, f"a table of up to {MOST_TABLE >> 20} MB", file=file)
    content, edited = file.read_bytes(), list[str]()
    if digest(content) != manifest["files"][file.name]:
        edited.append(f"it is not the file that {MANIFEST} beside it names")
    if file.name == DICTIONARY:
        return Verdict(edited=edited)
    with of_record(str(file)):
        table = _read(file)
        return _judged(file, table, manifest, evidence, edited, most_draws)


def _judged(
    file: Path,
    table: pd.DataFrame,
    manifest: Mapping[str, Any],
    evidence: Evidence,
    edited: list[str],
    most_draws: int,
) -> Verdict:
    """Every report of a table, worked out again."""
    names = manifest.get("scenarios", {manifest.get("id"): table["run"].iloc[0] if len(table) else ""})
    apart, inputs_changed, rerun, rounded = list[str](), dict[str, None](), 0, 0
    held = set(table["run"])
    for name, run in names.items():
        inputs = manifest if "id" in manifest else manifest_of(file.parent / name)
        if inputs is None or run not in held:
            apart.append(f"{name}: {'no report of it beside the table' if inputs is None else 'not in it'}")
            continue
        rows = table[table["run"] == run].reset_index(drop=True)
        differences, count, near = again(inputs, rows, inputs["langs"][0], evidence, most_draws)
        inputs_changed |= dict.fromkeys(changed(inputs, evidence))
        apart += [f"{name}: {difference}" for difference in differences]
        rerun, rounded = rerun + count, rounded + near
    others = held - set(names.values())
    if others:
        apart.append(f"rows of no report beside it: run {', '.join(sorted(others))}")
    return Verdict(edited=edited, changed=list(inputs_changed), apart=apart, rerun=rerun, rounded=rounded)


def _read(file: Path) -> pd.DataFrame:
    """The results in a table; of one in the IAMC layout those beside it, which it was made from.

    Raises
    ------
    InputError
        It cannot be read.
    """
    try:
        if file.suffix == ".parquet":
            if ParquetFile(file).metadata.num_rows > MOST_ROWS:
                raise ValueError(f"more than {MOST_ROWS:,} rows")
            return typed(pd.read_parquet(file))
        held = file.with_name(RESULTS) if file.name == IAMC else file
        return results_from(held.read_text("utf-8-sig"))
    except (OSError, ValueError, KeyError) as fault:  # pyarrow's own are among them
        allowed = f"the table as it was written, with {RESULTS} beside it"
        raise InputError("table", str(fault).splitlines()[0], allowed, file=file) from None
