"""Whether a delivered file still says what its record says, and whether the record comes out again."""

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
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
from futian_model.report.page.outputs import blocks_of, document
from futian_model.report.page.pictures import otherwise, simple
from futian_model.report.page.record import faults, record_of
from futian_model.report.page.results_files import former, results_from
from futian_model.report.page.shown import charts_of
from futian_model.report.pages import MOVED, reports
from futian_model.report.writers import foreign
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
MOST_DRAWS = 200_000
"""Paths that a record asks for and that are drawn again without being asked: twenty times the usual."""
BEYOND = 10**12
"""More paths than anybody draws."""
MOST_WORK = 5_000_000
"""Pairs of alike lines, or words, that two texts are compared by; of more, only where they part is told."""
ALLOWED = "the record as this library writes it into a report"
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
    worded : list of str
        Keys of the texts that are the office's own wording.
    """

    edited: list[str] = field(default_factory=list)
    unbound: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)
    rerun: int = 0
    rounded: int = 0
    worded: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether the file is as it was written and its numbers come out again."""
        return not (self.edited or self.unbound or self.apart)


@contextmanager
def of_record(name: str) -> Iterator[None]:
    """Whatever a file's record makes its readers raise, told as a fault of that record."""
    try:
        yield
    except InputError as fault:
        fault.file = fault.file or name
        raise
    except RecursionError:
        raise InputError("record", "values too deep in each other", ALLOWED, file=name) from None
    except KeyError as fault:
        raise InputError("record", f"without {fault.args[0]}", ALLOWED, file=name) from None
    except Exception as fault:
        reason = next(iter(str(fault).splitlines()), "")
        raise InputError("record", f"{type(fault).__name__}: {reason}", ALLOWED, file=name) from None


def verify(
    content: bytes,
    name: str,
    evidence: Evidence,
    folder: Path | None = None,
    *,
    most_draws: int = MOST_DRAWS,
) -> Verdict:
    """Check a delivered report: that it agrees with its record, not who wrote it.

    A file from elsewhere is read in a process of its own, where the system can fork, and refused where it
    asks for more than any report does; nothing in it is run.

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
    most_draws : int
        A report of more paths is not run again, which its verdict says.

    Returns
    -------
    Verdict

    Raises
    ------
    InputError
        The file is of no known format, carries no notebook, or one that cannot be read, or asks for more
        than a report does.
    """
    notebook, form = carried(content, name)
    with of_record(name):
        record = record_of(notebook)
        inputs, own = record["inputs"], results_from(record["results"])
        return Verdict(
            edited(content, notebook, form, folder),
            faults(notebook),
            changed(inputs, evidence),
            *again(inputs, own, record["lang"], evidence, most_draws),
            own_wording(inputs, record["lang"]),
        )


def carried(content: bytes, name: str) -> tuple[NotebookNode, str]:
    """The notebook that a file carries, and the file's format."""
    form = name.rpartition(".")[2].lower()
    if form not in FORMATS:
        raise InputError("file", name, "a report: " + ", ".join(f".{form}" for form in FORMATS), file=name)
    if len(content) > foreign.MOST_FILE:
        size = f"{len(content) >> 20:,} MB"
        raise InputError("file", size, f"a report, of up to {foreign.MOST_FILE >> 20} MB", file=name)
    try:
        packed = foreign.apart(FORMATS[form].writer.carried, content)
    except foreign.Beyond as fault:
        raise InputError("file", str(fault), "a report as it was delivered", file=name) from None
    if packed is None:
        allowed = "a report of this library with the record it was delivered with"
        raise InputError("record", "none", allowed, file=name)
    with of_record(name):
        notebook = unpack(packed)
        for drawn in (chart for block in blocks_of(notebook) for chart in charts_of(block)):
            if not simple(drawn["svg"].encode()):
                raise ValueError("a chart that no report draws")
        record_of(notebook)
    return notebook, form


def read(content: bytes, form: str) -> tuple[list[str], list[Pictured]]:
    """The words and pictures of a file."""
    module = FORMATS[form].writer
    return module.seen(content), module.pictures(content)


def edited(content: bytes, notebook: NotebookNode, form: str, folder: Path | None = None) -> list[str]:
    """Words, figures and pictures in which the file differs from what its record makes."""
    module = FORMATS[form].writer
    written = module.write(document(notebook))
    expected = written.content
    if expected == content and not written.beside:
        return []
    try:
        own, shown = foreign.apart(read, content, form)
    except foreign.Beyond as fault:
        return [f"cannot be read: {fault}"]
    meant, drawn = module.seen(expected), module.pictures(expected)
    apart = list[Callable[[], str]]()
    for what, at, to, start, stop in opcodes(meant, own):
        if what == "replace" and to - at == stop - start:
            apart += [partial(replaced, *pair) for pair in zip(meant[at:to], own[start:stop], strict=True)]
        elif what != "equal":
            apart.append(partial(elsewise, meant[at:to], own[start:stop]))
    if written.beside:
        names = {link(picture) for picture in shown}
        files = [] if folder is None else [file for file in folder.iterdir() if file.name in names]
        lying = {file.name: file.read_bytes() for file in files if file.is_file()}
        shown, drawn = beside(shown, lying), beside(drawn, written.beside)
    lines = cut([difference() for difference in apart[:MOST_TOLD]], len(apart))
    return lines + cut(otherwise(shown, drawn))


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


def elsewise(meant: Sequence[str], own: Sequence[str]) -> str:
    """What stands somewhere in place of something else."""
    return f"reads {quoted(own)}, where the record has {quoted(meant)}"


def opcodes(meant: Sequence[str], own: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """What turns one sequence into the other; of two that hold much alike, only where they part."""
    counts = Counter(meant)
    if sum(counts[line] for line in own) <= MOST_WORK:
        return difflib.SequenceMatcher(None, meant, own, autojunk=False).get_opcodes()
    start = next(
        (at for at, pair in enumerate(zip(meant, own, strict=False)) if pair[0] != pair[1]),
        min(len(meant), len(own)),
    )
    parted = meant[start:] != own[start:]
    return [("replace", start, len(meant), start, len(own))] if parted else []


def quoted(lines: Sequence[str]) -> str:
    """Lines as a message quotes them."""
    text = " / ".join(lines)
    return f"“{text[:MOST_QUOTED]}{'…' if len(text) > MOST_QUOTED else ''}”" if text else "nothing"


def cut(lines: Sequence[str], count: int = 0) -> list[str]:
    """The first of many, and how many more there are; `count` of them, where not all are told."""
    more = max(count, len(lines)) - MOST_TOLD
    return [*lines[:MOST_TOLD], f"and {more} more"] if more > 0 else list(lines)


def own_wording(inputs: Mapping[str, Any], lang: str) -> list[str]:
    """Keys of the texts of a report that are the office's own wording."""
    own = inputs.get("wording")
    texts = own.get(lang) if isinstance(own, Mapping) else None
    return sorted(map(str, texts)) if isinstance(texts, Mapping) else []


def changed(inputs: Mapping[str, Any], evidence: Evidence) -> list[str]:
    """Inputs that are not today's."""
    was, now = dict(inputs.get("data", {})), evidence.fingerprints
    names = [f"data/{name}" for name in sorted({*was, *now}) if was.get(name) != now.get(name)]
    if inputs.get("library") != __version__:
        names.append(f"futian_model {inputs.get('library')}, now {__version__}")
    return names


def again(
    inputs: Mapping[str, Any],
    own: pd.DataFrame,
    lang: str,
    evidence: Evidence,
    most_draws: int = MOST_DRAWS,
) -> tuple[list[str], int, int]:
    """Results that come out otherwise, how many were worked out, and how many are not the same to the bit."""
    asked = draws_in(inputs)
    if asked > most_draws:
        return [f"not run again, as it asks for {asked:,} draws; --draws {asked} runs it"], 0, 0
    name = str(inputs.get("report"))
    if name in MOVED:
        return [f"a {name} is part of a {MOVED[name]} now, which does not make this one again"], 0, 0
    if name not in reports():
        return [f"there is no way to run a {name} again"], 0, 0
    try:
        record = getattr(report, name).again(inputs, lang, evidence).record()
    except InputError as fault:
        reasons = "; ".join(str(fault).splitlines())
        return [f"it cannot be run on today's data: {reasons}"], 0, 0
    apart, rounded = differences(own, results_from(record.to_dict()["results"]))
    return apart, len(own), rounded


def draws_in(inputs: Mapping[str, Any]) -> int:
    """Paths that a record asks for: by itself, or in all its scenarios."""
    own, nested, waiting = list[Any](), list[Any](), list[Any](inputs.values())
    draws = inputs.get("draws")
    own += draws if isinstance(draws, list) else [draws]
    while waiting:
        part = waiting.pop()
        nested += [part.get("draws")] if isinstance(part, Mapping) else []
        waiting += part.values() if isinstance(part, Mapping) else part if isinstance(part, list) else ()
    asked = ([count for count in counts if isinstance(count, int | float)] for counts in (own, nested))
    return max(sum(int(min(max(count, 0), BEYOND)) for count in counts) for counts in asked)


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
