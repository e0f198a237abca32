"""A new figure for the data package: checked with all that is held, then appended, nothing else moved."""

import csv
import io
import json
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from futian_model.errors import InputError, InputErrors, UnknownName, nearest
from futian_model.evidence import Evidence, fingerprints, load_evidence
from futian_model.files import replace_all, scratch
from futian_model.languages import language
from futian_model.project import MARK, Project
from futian_model.rounds.mixing import OBSERVATIONS
from futian_model.units import with_unit

SOURCES = "sources"
AMOUNTS = ("value", "central", "low", "h0")
"""Columns of what a new row says, the first that it fills."""
BESIDE = "a figure beside which what is held can stand; these rows cannot"
TYPED = {
    **{"geo": "place", "period": "year", "vintage": "published", "date": "published"},
    **{"note_zh": "note", "note_en": "note-en", "publisher_zh": "publisher", "publisher_en": "publisher-en"},
}
"""Columns that a user types under another name."""


@dataclass(frozen=True)
class Figure:
    """A figure as its source publishes it; fields as in `observations.csv`."""

    geo: str
    indicator: str
    period: str
    value: str
    unit: str
    price_basis: str
    basis: str
    vintage: str
    source: str
    precision: str = "point"
    note_zh: str = ""
    note_en: str = ""
    accepted: str = ""


@dataclass(frozen=True)
class Source:
    """A source not named before; fields as in `sources.csv`."""

    source: str
    title: str
    publisher_zh: str
    publisher_en: str
    date: str
    url: str = ""
    kind: str = "official"
    accessed: str = field(default_factory=lambda: date.today().isoformat())
    note: str = ""

    def publisher(self, lang: str) -> str:
        """Who publishes it, in a language."""
        return str(getattr(self, language(lang).column("publisher")))


@dataclass(frozen=True)
class Entry:
    """A figure that fits, ready to be recorded.

    Attributes
    ----------
    after : Project
        The data as they will be, in a folder that goes away with `entered`.
    evidence : Evidence
        Of these data.
    line : int
        Of the figure in its file.
    revises : tuple of str
        Releases of the same figure that are held already: value, unit, vintage, source.
    files : mapping of Path to (bytes, bytes)
        Files that are written: content before and after.
    """

    figure: Figure
    source: Source | None
    after: Project
    evidence: Evidence = field(repr=False)
    line: int
    revises: tuple[tuple[str, str, str, str], ...]
    files: Mapping[Path, tuple[bytes, bytes]] = field(repr=False)

    def record(self) -> None:
        """Write the files, all of them or none; raises as `record`."""
        record(self.files)


@dataclass(frozen=True)
class Rehearsal:
    """Rows that fit, ready to be recorded.

    Attributes
    ----------
    after : Project
        The data as they will be, in a folder that goes away with `rehearsed`.
    evidence : Evidence
        Of these data.
    added : mapping of str to int
        Line of the first new row of each file, by the file's name.
    files : mapping of Path to (bytes, bytes)
        Files that are written: content before and after.
    """

    after: Project
    evidence: Evidence = field(repr=False)
    added: Mapping[str, int]
    files: Mapping[Path, tuple[bytes, bytes]] = field(repr=False)


def record(files: Mapping[Path, tuple[bytes, bytes]]) -> None:
    """Write files, all of them or none.

    Raises
    ------
    InputError
        A file has changed since it was read.
    OSError
        They cannot be written.
    """
    for folder in {file.parent for file in files}:
        replace_all(folder, {file.name: both for file, both in files.items()})


@contextmanager
def entered(
    project: Project, evidence: Evidence, figure: Figure, source: Source | None = None
) -> Iterator[Entry]:
    """A figure checked together with all that is held; nothing is written yet.

    Parameters
    ----------
    project : Project
    evidence : Evidence
        Of the data before.
    figure : Figure
    source : Source, optional
        Where it was read, if no earlier figure was.

    Raises
    ------
    InputErrors
        Every fault: an unknown name, a unit of something else, a size that cannot be, a figure that is
        held already.
    """
    project.refuse_shipped()
    known(evidence, figure, source)
    rows: dict[str, list[Mapping[str, str]]] = {OBSERVATIONS: [asdict(figure)]}
    if source is not None:
        rows = {SOURCES: [asdict(source)], **rows}
    with rehearsed(project, evidence, rows, lambda fault, at: as_typed(fault)) as done:
        line = done.added[f"{OBSERVATIONS}.csv"]
        held = releases(evidence, figure)
        yield Entry(figure, source, done.after, done.evidence, line, held, done.files)


@contextmanager
def rehearsed(
    project: Project,
    evidence: Evidence,
    rows: Mapping[str, Sequence[Mapping[str, str]]],
    typed: Callable[[InputError, int], InputError],
    *,
    today: date | None = None,
) -> Iterator[Rehearsal]:
    """New rows checked together with all that is held; nothing is written yet.

    Parameters
    ----------
    project, evidence
        As for `entered`.
    today : date, optional
        As for `load_evidence`.
    rows : mapping of str to sequence of mapping
        By table, its new rows: text by column.
    typed : callable
        Tells the fault of a new row, whose place among those of its table is the second argument, by where it
        was written.

    Raises
    ------
    InputErrors
        Every fault.
    """
    paths = {
        resource["name"]: resource["path"]
        for resource in json.loads((project.root / MARK).read_text("utf-8-sig"))["resources"]
    }
    files = with_rows(project, paths, rows)
    added = {file.name: lines(before) + 1 for file, (before, _) in files.items()}
    counts = {paths[name]: len(new) for name, new in rows.items()}
    with ExitStack() as stack:
        try:
            after, later = stack.enter_context(changed(project, files, today=today))
        except InputErrors as error:
            own, held = [], []
            for fault in error.faults:
                name = Path(str(fault.file)).name
                at = (fault.line or 0) - added.get(name, 0)
                if 0 <= at < counts.get(name, 0):
                    own.append(typed(fault, at))
                else:
                    held.append(fault)
            if not own:  # what is held was without fault before
                name, at = first_beside(project, paths, rows, today)
                amount = next(column for column in AMOUNTS if rows[name][at].get(column))
                line = added[paths[name]] + at
                fault = InputError(amount, rows[name][at][amount], BESIDE, file=paths[name], line=line)
                own = [typed(fault, at), *held]
            # the date of a new source is that of its figure: told once
            raise InputErrors(
                {(fault.file, fault.line, fault.field): fault for fault in own}.values()
            ) from None
        yield Rehearsal(after, later, added, MappingProxyType(files))


def with_rows(
    project: Project, paths: Mapping[str, str], rows: Mapping[str, Sequence[Mapping[str, str]]]
) -> dict[Path, tuple[bytes, bytes]]:
    """Files as they are, and with new rows."""
    held = {project.data / paths[name]: new for name, new in rows.items()}
    return {file: (before := file.read_bytes(), appended(before, new)) for file, new in held.items()}


def first_beside(
    project: Project,
    paths: Mapping[str, str],
    rows: Mapping[str, Sequence[Mapping[str, str]]],
    today: date | None,
) -> tuple[str, int]:
    """The first new row beside which rows that are held cannot stand: its table and its place there."""
    new = [(name, at) for name, its in rows.items() if name != SOURCES for at in range(len(its))]

    def fails(count: int) -> bool:
        left = {*new[count:]}
        taken = {
            name: [row for at, row in enumerate(its) if (name, at) not in left] for name, its in rows.items()
        }
        try:
            with changed(project, with_rows(project, paths, taken), today=today):
                return False
        except InputErrors:
            return True

    return new[bisect_left(range(1, len(new)), True, key=fails)]


@contextmanager
def changed(
    project: Project, files: Mapping[Path, tuple[bytes, bytes]], *, today: date | None = None
) -> Iterator[tuple[Project, Evidence]]:
    """The data as they will be with files changed, in a folder that goes away, loaded and checked.

    Parameters
    ----------
    files : mapping of Path to (bytes, bytes)
        Content before and after.

    Raises
    ------
    InputErrors
        They do not hold together.
    """
    with scratch() as folder:
        after = Project(folder)
        after.data.mkdir()
        for path in fingerprints(project):
            file = project.data / path
            (after.data / path).write_bytes(files[file][1] if file in files else file.read_bytes())
        yield after, load_evidence(after, today=today)


def known(evidence: Evidence, figure: Figure, source: Source | None) -> None:
    """Refuse what no table would tell as well.

    Raises
    ------
    InputError
        The source is unknown and not described, or described and known; the figure is held already; a
        text has several lines.
    """
    if figure.indicator not in evidence.indicators.index:
        raise UnknownName(figure.indicator, evidence.indicators.index)
    known_source = figure.source in evidence.sources.index
    if source is None and not known_source:
        close = nearest(figure.source, evidence.sources.index)
        allowed = "a source of data/sources.csv, or a new one with its title and publisher"
        raise InputError("source", figure.source, allowed, nearest=close)
    if source is not None and known_source:
        title = str(evidence.sources["title"].loc[figure.source])
        raise InputError("source", figure.source, f"a name that no source has yet; it is “{title}” already")
    if not figure.vintage:
        allowed = "when it was published, a year or YYYY-MM; its source does not say"
        raise InputError(TYPED["vintage"], "", allowed)
    for name, text in [*asdict(figure).items(), *(asdict(source).items() if source else ())]:
        if not text.isprintable():
            raise InputError(TYPED.get(name, name), text, "text on one line")
    for value, unit, vintage, other in releases(evidence, figure):
        if other == figure.source and (unit, number(value)) == (figure.unit, number(figure.value)):
            amount = with_unit(value, unit)
            allowed = f"a figure that is not held yet; {other} is held with {amount}, published {vintage}"
            raise InputError("value", figure.value, allowed)


def releases(evidence: Evidence, figure: Figure) -> tuple[tuple[str, str, str, str], ...]:
    """What is held of a place, indicator and period: value and unit as printed, vintage, source."""
    rows = evidence.all_figures(figure.geo, figure.indicator, replaced=True)
    rows = rows[rows["period"] == figure.period]
    return tuple(
        (str(row["printed"]), str(row["unit"]), str(row["vintage"]), str(row["source"]))
        for row in rows.to_dict("records")
    )


def number(text: str) -> float | str:
    """A printed number by its value, so that 5.50 is 5.5."""
    with suppress(ValueError):
        return float(text)
    return text


def appended(content: bytes, rows: Sequence[Mapping[str, str]]) -> bytes:
    """A table with rows more; every byte that is there stays, and lines end as they do there."""
    ending = "\r\n" if b"\r\n" in content else "\n"
    header = next(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=ending).writerows([row.get(name, "") for name in header] for row in rows)
    gap = b"" if content.endswith((b"\n", b"\r")) else ending.encode()
    return content + gap + text.getvalue().encode()


def lines(content: bytes) -> int:
    """Lines of a file."""
    return len(content.decode("utf-8-sig").splitlines())


def as_typed(fault: InputError) -> InputError:
    """A fault of a new row by the names under which it was typed."""
    name = "figure" if " + " in fault.field else TYPED.get(fault.field, fault.field)
    fault.field, fault.file, fault.line = name, None, None
    return fault
