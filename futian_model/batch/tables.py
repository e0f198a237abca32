"""All scenarios of an output folder in one table, beside its index: for other programs and for Excel."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from futian_model import __version__
from futian_model.batch.folder import MANIFEST, free, manifest_of
from futian_model.batch.settings import DICTIONARY, IAMC, PACKAGE, PARQUET, RESULTS, TABLES
from futian_model.files import csv_file, digest, move, replace
from futian_model.report.page.dictionary import COLUMNS
from futian_model.report.page.results_files import descriptor, iamc, parquet

NAMED_BY = 3
"""Columns of a dictionary that say what is named: kind, reading, code."""


def write_tables(outputs: Path, reports: Mapping[str, pd.DataFrame], missing: Mapping[str, str]) -> None:
    """Write `TABLES` of an output folder, what describes them, and the manifest that says what is in them.

    Each file is replaced whole, the manifest last; one that somebody changed is kept under another name.

    Parameters
    ----------
    outputs : Path
    reports : mapping of str to DataFrame
        Results by scenario, in order; their files lie in the folders of these names.
    missing : mapping of str to str
        Why a scenario of the folder is not among them.
    """
    files: dict[str, bytes] = {}
    if reports:
        results = pd.concat(reports.values(), ignore_index=True)
        folders = [outputs / name for name in reports]
        files = {
            RESULTS: csv_file("".join(_stacked([_text(folder / RESULTS) for folder in folders]))),
            PARQUET: parquet(results),
            DICTIONARY: csv_file(_merged([_text(folder / DICTIONARY) for folder in folders])),
            PACKAGE: descriptor({RESULTS: map(str, results), DICTIONARY: COLUMNS}),
            IAMC: csv_file(iamc(results).to_csv(index=False, lineterminator="\n")),
        }
    written = (manifest_of(outputs) or {"files": {}})["files"]
    for name in (*TABLES, PACKAGE):
        file, content = outputs / name, files.get(name)
        held = digest(file.read_bytes()) if file.is_file() else None
        if content is not None and held == digest(content):
            continue  # a full disk is no fault of what stands
        if file.exists() and held != written.get(name):
            move(file, free(file))
        if content is not None:
            replace(file, content)
        else:
            file.unlink(missing_ok=True)
    manifest = {
        "library": __version__,
        "scenarios": {name: str(own["run"].iloc[0]) for name, own in reports.items()},
        "missing": dict(missing),
        "files": {name: digest(content) for name, content in files.items()},
    }
    replace(outputs / MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode())


def _text(file: Path) -> str:
    """A CSV without its mark; empty where there is none, as an earlier version wrote no dictionary."""
    return file.read_text("utf-8-sig") if file.is_file() else ""


def _stacked(texts: Sequence[str]) -> Iterator[str]:
    """Tables with the same head, one below the other."""
    for at, text in enumerate(texts):
        yield text if not at else text.partition("\n")[2]


def _merged(texts: Sequence[str]) -> str:
    """Dictionaries as one, each code once."""
    rows = dict[tuple[str, ...], list[str]]()
    for text in texts:
        for row in csv.reader(io.StringIO(text, newline="")):
            rows.setdefault(tuple(row[:NAMED_BY]), row)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows.values())
    return out.getvalue()
