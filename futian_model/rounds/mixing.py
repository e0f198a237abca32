"""Two states of a data package, and the mixtures between them.

Figures of periods that were not held before are new outturns; every other difference - later releases
and changes of figures that were held, other tables - is a revision of the data.
"""

import csv
import io
import json
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from futian_model.errors import FileFault, InputError
from futian_model.evidence import Evidence, load_evidence
from futian_model.project import MARK, Project

OUTTURN, REVISION = "outturn", "revision"
DATA = (OUTTURN, REVISION)
PERIOD = ("geo", "indicator", "period")
OBSERVATIONS = "observations"
BOUND = "lower_bound"
NAMED_BY = {"source": "sources", "geo": "places", "indicator": "indicators"}
"""Tables that a figure names a row of, by its column."""


@dataclass(frozen=True)
class Table:
    """A table as printed."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def keys(self, names: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Some columns of every row."""
        at = [self.columns.index(name) for name in names]
        return [tuple(row[place] for place in at) for row in self.rows]

    def records(self) -> Iterator[dict[str, str]]:
        """Every row by column."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))

    def content(self) -> bytes:
        """The table as a file."""
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows([self.columns, *self.rows])
        return text.getvalue().encode()


class Package:
    """Tables of a data package by name, and its description, as they stand in their files."""

    def __init__(self, project: Project) -> None:
        self.project = project
        try:
            self.described = json.loads((project.root / MARK).read_text("utf-8-sig"))
            self.paths = {str(one["name"]): str(one["path"]) for one in self.described["resources"]}
            self.tables = {name: table_of(project.data / path) for name, path in self.paths.items()}
            self.observations = self.tables[OBSERVATIONS]
            self.observations.keys(PERIOD)
        except (OSError, ValueError, KeyError, TypeError, StopIteration) as error:
            told = f"not a data package: {type(error).__name__} {error}"
            raise FileFault(project.shown(project.data), told) from None


def table_of(file: Path) -> Table:
    """A table as printed, without empty lines."""
    lines = csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline=""))
    header = tuple(next(lines))
    return Table(header, tuple(tuple(row) for row in lines if row))


@dataclass(frozen=True)
class Difference:
    """What differs between two states of a data package.

    Attributes
    ----------
    outturns : tuple of mapping
        Figures of periods that were not held before, by column.
    releases : tuple of mapping
        Later releases, or changed figures, of periods that were held.
    gone : tuple of mapping
        Figures that are held no more in this form.
    tables : tuple of str
        Other files that differ in more than what new outturns bring along.
    """

    outturns: tuple[Mapping[str, str], ...]
    releases: tuple[Mapping[str, str], ...]
    gone: tuple[Mapping[str, str], ...]
    tables: tuple[str, ...]

    @property
    def blocks(self) -> tuple[str, ...]:
        """Which of `DATA` differ."""
        revised = self.releases or self.gone or self.tables
        return tuple(name for name, there in zip(DATA, (self.outturns, revised), strict=True) if there)

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "new_outturns": [dict(row) for row in self.outturns],
            "releases": [dict(row) for row in self.releases],
            "gone": [dict(row) for row in self.gone],
            "other_tables": list(self.tables),
        }


class Mixture:
    """Evidence of two states of a data package, and of the mixtures between them.

    Parameters
    ----------
    a, b : Project
        Before and after.

    Raises
    ------
    FileFault
        One of them holds no data package.
    """

    def __init__(self, a: Project, b: Project) -> None:
        self.a, self.b = Package(a), Package(b)
        self._made: dict[frozenset[str], Evidence | InputError] = {}

    def with_evidence(self, a: Evidence | None = None, b: Evidence | None = None) -> "Mixture":
        """The same, where the evidence of either end is loaded already."""
        for taken, evidence in ((frozenset[str](), a), (frozenset(self.difference.blocks), b)):
            if evidence is not None:
                self._made.setdefault(taken, evidence)
        return self

    @cached_property
    def difference(self) -> Difference:
        """What differs."""
        new, later = self.rows(new=True), self.rows(new=False)
        was, now = ({freeze(row) for row in rows} for rows in (self.a.observations.records(), later))
        carried, tables = self.carried(), []
        for name in dict.fromkeys([*self.a.paths, *self.b.paths]):
            if name != OBSERVATIONS:
                one, other = (side.tables.get(name) for side in (self.a, self.b))
                if one is None or other is None or carried.get(name, one) != other:
                    tables.append(self.b.paths.get(name) or self.a.paths[name])
        if self.a.described != self.b.described:
            tables.append(MARK.name)
        return Difference(
            tuple(new),
            tuple(row for row in later if freeze(row) not in was),
            tuple(row for row in self.a.observations.records() if freeze(row) not in now),
            tuple(tables),
        )

    def rows(self, *, new: bool) -> list[dict[str, str]]:
        """Figures of the later state that are outturns of new periods, or the others."""
        pairs = zip(self.b.observations.records(), self.new, strict=True)
        return [row for row, is_new in pairs if is_new == new]

    @cached_property
    def new(self) -> list[bool]:
        """Which figures of the later state are outturns of periods that were not held before.

        A period of which only a bound was held has its outturn with the first figure that is none.
        """
        before = self.a.observations
        held = set(before.keys(PERIOD))
        told = {key for key, row in zip(before.keys(PERIOD), before.records(), strict=True) if is_point(row)}
        after = self.b.observations
        return [
            key not in held or (is_point(row) and key not in told)
            for key, row in zip(after.keys(PERIOD), after.records(), strict=True)
        ]

    def carried(self) -> dict[str, Table]:
        """Earlier tables with the sources, places and indicators that new outturns name and they lack."""
        found = {}
        new = self.rows(new=True)
        for column, name in NAMED_BY.items():
            one, other = self.a.tables.get(name), self.b.tables.get(name)
            if one is None or other is None or one.columns != other.columns:
                continue
            key = (one.columns[0],) if column not in one.columns else (column,)
            held, wanted = set(one.keys(key)), {(row[column],) for row in new}
            more = [
                row
                for name_of, row in zip(other.keys(key), other.rows, strict=True)
                if name_of in wanted and name_of not in held
            ]
            found[name] = Table(one.columns, (*one.rows, *more))
        return found

    def evidence(self, taken: frozenset[str]) -> Evidence:
        """The later state in some of `DATA`, the earlier one in the rest.

        Raises
        ------
        InputError
            The mixture is no data package: what was added needs what was changed.
        """
        taken = taken & frozenset(self.difference.blocks)
        if taken not in self._made:
            try:
                self._made[taken] = self.load(taken)
            except InputError as error:
                self._made[taken] = error
        made = self._made[taken]
        if isinstance(made, InputError):
            raise made
        return made

    def load(self, taken: frozenset[str]) -> Evidence:
        """Read a mixture from files, with all their checks; the files stay as long as the evidence does."""
        if not taken:
            return load_evidence(self.a.project)
        if taken == frozenset(self.difference.blocks):
            return load_evidence(self.b.project)
        with ExitStack() as stack:
            project = Project(Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="futian-"))))
            project.data.mkdir()
            for path, content in self.files(REVISION in taken).items():
                (project.data / path).write_bytes(content)
            made = load_evidence(project)
            # panels and published forecasts are not read before they are asked for
            weakref.finalize(made, stack.pop_all().close)
            return made

    def files(self, revised: bool) -> dict[str, bytes]:
        """Files of a mixture: new outturns alone, or the revision alone."""
        side = self.b if revised else self.a
        files = {MARK.name: json.dumps(side.described, ensure_ascii=False).encode()}
        files |= {path: (side.project.data / path).read_bytes() for path in side.paths.values()}
        if revised:
            table = self.b.observations
            pairs = zip(table.rows, self.new, strict=True)
            mixed = Table(table.columns, tuple(row for row, is_new in pairs if not is_new))
        else:
            table = self.a.observations
            more = [tuple(row.get(name, "") for name in table.columns) for row in self.rows(new=True)]
            mixed = Table(table.columns, (*table.rows, *more))
            files |= {self.a.paths[name]: made.content() for name, made in self.carried().items()}
        files[side.paths[OBSERVATIONS]] = mixed.content()
        return files


def is_point(row: Mapping[str, str]) -> bool:
    """Whether a figure is more than a bound."""
    return row.get("precision") != BOUND


def freeze(row: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """A row that can be looked up."""
    return tuple(sorted(row.items()))
