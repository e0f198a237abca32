"""Whether a delivered file still says what its record says, and whether the record comes out again."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np
import pandas as pd
from nbformat import NotebookNode

from futian_model import __version__, report
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.report.page.carried import Pictured, unpack
from futian_model.report.page.outputs import document
from futian_model.report.page.pictures import otherwise
from futian_model.report.page.record import faults, record_of
from futian_model.report.page.results_files import former, results_from
from futian_model.report.pages import MOVED, reports
from futian_model.report.writers.formats import FORMATS

MOST_TOLD = 5
"""Differences told one by one; of more the number is told."""
ROUNDING = 1e-9
"""Relative difference that another processor, or another number of threads in linear algebra, may make."""
KEY = ["scenario", "reading", "indicator", "case", "year", "horizon", "statistic"]
PART = "contribution"
"""Statistic of what adds up to a difference; it may be nothing but rounding."""
MOST_QUOTED = 120
"""Characters of a line that are quoted."""
WORD = re.compile(r"[\d.,]*\d%?|[A-Za-z]+|\s+|.")
"""A number, a word, or any other character."""


@dataclass(frozen=True)
class Verdict:
    """What came of checking a file.

    Attributes
    ----------
    edited : list of str
        Where the file reads otherwise than its record.
    unbound : list of str
        Numbers of the record that are not its own results.
    changed : list of str
        Inputs that are not today's: tables of data, the library.
    apart : list of str
        Results that come out otherwise today.
    rerun : int
        Results worked out anew.
    rounded : int
        Of them, those that differ in their last digits only, by less than `ROUNDING`.
    """

    edited: list[str] = field(default_factory=list)
    unbound: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)
    rerun: int = 0
    rounded: int = 0

    @property
    def sound(self) -> bool:
        """Whether the file is as it was written and its numbers come out again."""
        return not (self.edited or self.unbound or self.apart)


def verify(content: bytes, name: str, evidence: Evidence, folder: Path | None = None) -> Verdict:
    """Check a delivered report.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        Its name, which says the format.
    evidence : Evidence
        Today's figures.
    folder : Path, optional
        Where the file lies: pictures beside it are checked too.

    Returns
    -------
    Verdict

    Raises
    ------
    InputError
        The file is of no known format, carries no notebook, or one that cannot be read.
    """
    notebook, form = carried(content, name)
    record = record_of(notebook)
    inputs, own = record["inputs"], results_from(record["results"])
    return Verdict(
        edited(content, notebook, form, folder),
        faults(notebook),
        changed(inputs, evidence),
        *again(inputs, own, record["lang"], evidence),
    )


def carried(content: bytes, name: str) -> tuple[NotebookNode, str]:
    """The notebook that a file carries, and the file's format."""
    form = name.rpartition(".")[2].lower()
    if form not in FORMATS:
        raise InputError("file", name, "a report: " + ", ".join(f".{form}" for form in FORMATS), file=name)
    packed = FORMATS[form].writer.carried(content)
    if packed is None:
        allowed = "a report of this library with the record it was delivered with"
        raise InputError("record", "none", allowed, file=name)
    try:
        notebook = unpack(packed)
        record_of(notebook)
    except (ValueError, LookupError) as fault:
        raise InputError(
            "record", str(fault), "the record that the file was delivered with", file=name
        ) from None
    return notebook, form


def edited(content: bytes, notebook: NotebookNode, form: str, folder: Path | None = None) -> list[str]:
    """Words, figures and pictures in which the file differs from what its record makes."""
    module = FORMATS[form].writer
    written = module.write(document(notebook))
    expected = written.content
    if expected == content and not written.beside:
        return []
    own, meant = module.seen(content), module.seen(expected)
    apart: list[str] = []
    for what, at, to, start, stop in opcodes(meant, own):
        if what == "replace" and to - at == stop - start:
            apart += [replaced(*pair) for pair in zip(meant[at:to], own[start:stop], strict=True)]
        elif what != "equal":
            apart.append(f"reads {quoted(own[start:stop])}, where the record has {quoted(meant[at:to])}")
    shown, drawn = module.pictures(content), module.pictures(expected)
    if written.beside:
        names = {link(picture) for picture in shown}
        files = [] if folder is None else [file for file in folder.iterdir() if file.name in names]
        lying = {file.name: file.read_bytes() for file in files if file.is_file()}
        shown, drawn = beside(shown, lying), beside(drawn, written.beside)
    return cut(apart) + cut(otherwise(shown, drawn))


def link(picture: Pictured) -> str:
    """Where a picture lies that the file does not hold."""
    return unquote(picture.content.decode("utf-8", "replace"))


def beside(pictures: Sequence[Pictured], held: Mapping[str, bytes]) -> list[Pictured]:
    """Pictures that lie beside a file, with their content; without those that are not there."""
    return [picture._replace(content=held[link(picture)]) for picture in pictures if link(picture) in held]


def replaced(meant: str, own: str) -> str:
    """What stands in a line in place of something else, and the line."""
    was, now = (WORD.findall(line) for line in (meant, own))
    parts = [
        f"“{''.join(now[start:stop]).strip()}” in place of “{''.join(was[at:to]).strip()}”"
        for what, at, to, start, stop in opcodes(was, now)
        if what != "equal"
    ]
    return f"{', '.join(parts)}, in {quoted([own])}"


def opcodes(meant: Sequence[str], own: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """What turns one sequence into the other."""
    return difflib.SequenceMatcher(None, meant, own, autojunk=False).get_opcodes()


def quoted(lines: Sequence[str]) -> str:
    """Lines as a message quotes them."""
    text = " / ".join(lines)
    return f"“{text[:MOST_QUOTED]}{'…' if len(text) > MOST_QUOTED else ''}”" if text else "nothing"


def cut(lines: Sequence[str]) -> list[str]:
    """The first of many, and how many more there are."""
    more = len(lines) - MOST_TOLD
    return [*lines[:MOST_TOLD], f"and {more} more"] if more > 0 else list(lines)


def changed(inputs: Mapping[str, Any], evidence: Evidence) -> list[str]:
    """Inputs that are not today's."""
    was, now = inputs.get("data", {}), evidence.fingerprints
    names = [f"data/{name}" for name in sorted({*was, *now}) if was.get(name) != now.get(name)]
    if inputs.get("library") != __version__:
        names.append(f"futian_model {inputs.get('library')}, now {__version__}")
    return names


def again(
    inputs: Mapping[str, Any], own: pd.DataFrame, lang: str, evidence: Evidence
) -> tuple[list[str], int, int]:
    """Results that come out otherwise, how many were worked out, and how many are not the same to the bit."""
    name = str(inputs.get("report"))
    if name in MOVED:
        return [f"a {name} is part of a {MOVED[name]} now, which does not make this one again"], 0, 0
    if name not in reports():
        return [f"there is no way to run a {name} again"], 0, 0
    try:
        record = getattr(report, name).again(inputs, lang, evidence).record()
    except InputError as fault:
        return [f"it cannot be run on today's data: {fault}"], 0, 0
    apart, rounded = differences(own, results_from(record.to_dict()["results"]))
    return apart, len(own), rounded


def differences(own: pd.DataFrame, new: pd.DataFrame) -> tuple[list[str], int]:
    """Rows of two results tables that are not the same number, and how many differ by rounding alone.

    What a table of the former layout names in another way is held against rows of today's that it does
    not name, by value: each must find one of its own.
    """
    both = own.merge(new, on=KEY, how="outer", suffixes=("", "_new"), indicator=True)
    both[["value", "value_new"]] = both[["value", "value_new"]].astype(float)
    if former(own):
        both = renamed(both)
    same = (both["value"] == both["value_new"]) | (both["value"].isna() & both["value_new"].isna())
    near = np.isclose(both["value"], both["value_new"], rtol=ROUNDING, atol=ROUNDING * whole(both))
    held = both["_merge"] == "both"
    apart = both[~(held & (same | near))]
    lines = [
        f"{' '.join(row_name(row))}: {number(row.value)} in the file, {number(row.value_new)} today"
        for row in apart.itertuples()
    ]
    return cut(lines), int((held & near & ~same).sum())


def whole(rows: pd.DataFrame) -> "pd.Series[float]":
    """Size of what a part is a part of; zero for what is none."""
    of_one = [rows[name] for name in KEY if name not in ("case", "statistic")]
    largest = rows["value"].abs().groupby(of_one, dropna=False).transform("max")
    return largest.where(rows["statistic"] == PART, 0.0).fillna(0.0)


def renamed(both: pd.DataFrame) -> pd.DataFrame:
    """Rows of the former layout beside those of today's with the nearest value, smallest first."""
    left = both[both["_merge"] == "left_only"].sort_values("value")
    free = both.loc[both["_merge"] == "right_only", "value_new"].sort_values().to_numpy()
    at, pairs = 0, []
    for value in left["value"]:
        while at < len(free) and free[at] < value and not np.isclose(free[at], value, ROUNDING, 0.0):
            at += 1
        matched = at < len(free) and bool(np.isclose(free[at], value, ROUNDING, 0.0) or np.isnan(value))
        pairs.append(free[at] if matched else np.nan)
        at += matched
    left = left.assign(value_new=pairs)
    left["_merge"] = np.where(left["value_new"].notna() | left["value"].isna(), "both", "left_only")
    return pd.concat([both[both["_merge"] == "both"], left], ignore_index=True)


def row_name(row: Any) -> list[str]:
    """Reading, indicator, year or horizon, statistic and case of a row, as far as it has them."""
    parts = (row.reading, row.indicator, row.case, row.year, row.horizon, row.statistic)
    return [str(part) for part in parts if not pd.isna(part) and part != ""]


def number(value: Any) -> str:
    return "none" if np.isnan(value) else f"{value:.12g}"
