"""Two states of a data package, and the mixtures between them.

Figures of periods that were not held before are new outturns; every other difference - later releases
and changes of figures that were held, other tables - is a revision of the data.
"""

import json
import weakref
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from futian_model.errors import FileFault, InputError
from futian_model.evidence import Evidence, load_evidence
from futian_model.files import scratch
from futian_model.project import MARK, Project

OUTTURN, REVISION = "outturn", "revision"
DATA = (OUTTURN, REVISION)
PERIOD = ["geo", "indicator", "period"]
OBSERVATIONS = "observations"
BOUND = "lower_bound"
NAMED_BY = {"source": "sources", "geo": "places", "indicator": "indicators"}
"""Tables that a figure names a row of, by its column."""


class Package:
    """Tables of a data package by name, and its description, as they stand in their files."""

    def __init__(self, project: Project) -> None:
        self.project = project
        try:
            self.described = json.loads((project.root / MARK).read_text("utf-8-sig"))
            self.paths = {str(table["name"]): str(table["path"]) for table in self.described["resources"]}
            self.tables = {name: table_of(project.data / path) for name, path in self.paths.items()}
            self.observations = self.tables[OBSERVATIONS]
            self.observations[PERIOD]
        except (OSError, ValueError, KeyError, TypeError) as error:
            fault = f"not a data package: {type(error).__name__} {error}"
            raise FileFault(project.shown(project.data), fault) from None


def table_of(file: Path) -> pd.DataFrame:
    """A table as printed, without empty lines."""
    return pd.read_csv(file, dtype=object, na_filter=False, encoding="utf-8-sig")


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

    outturns: tuple[Mapping[Any, str], ...]
    releases: tuple[Mapping[Any, str], ...]
    gone: tuple[Mapping[Any, str], ...]
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
        self._by_taken: dict[frozenset[str], Evidence | InputError] = {}

    def with_evidence(self, a: Evidence | None = None, b: Evidence | None = None) -> "Mixture":
        """The same, where the evidence of either end is loaded already."""
        for taken, evidence in ((frozenset[str](), a), (frozenset(self.difference.blocks), b)):
            if evidence is not None:
                self._by_taken.setdefault(taken, evidence)
        return self

    @cached_property
    def difference(self) -> Difference:
        """What differs."""
        # that somebody looked at a figure makes it no other, nor that a package knows of no such mark
        was, now = (
            rows.drop(columns="accepted", errors="ignore").to_dict("records")
            for rows in (self.a.observations, self.b.observations[~self.new])
        )
        before, after = ({frozenset(row.items()) for row in rows} for rows in (was, now))
        carried, tables = self.carried(), []
        for name in dict.fromkeys([*self.a.paths, *self.b.paths]):
            if name != OBSERVATIONS:
                earlier, later = (side.tables.get(name) for side in (self.a, self.b))
                if earlier is None or later is None or not carried.get(name, earlier).equals(later):
                    tables.append(self.b.paths.get(name) or self.a.paths[name])
        if self.a.described != self.b.described:
            tables.append(MARK.name)
        return Difference(
            tuple(self.b.observations[self.new].to_dict("records")),
            tuple(row for row in now if frozenset(row.items()) not in before),
            tuple(row for row in was if frozenset(row.items()) not in after),
            tuple(tables),
        )

    @cached_property
    def new(self) -> "pd.Series[bool]":
        """Which figures of the later state are outturns of periods that were not held before.

        A period of which only a bound was held has its outturn with the first figure that is none.
        """
        before, after = self.a.observations, self.b.observations
        periods = pd.MultiIndex.from_frame(after[PERIOD])
        known, exact = (
            periods.isin(pd.MultiIndex.from_frame(rows[PERIOD]))
            for rows in (before, before[is_point(before)])
        )
        return is_point(after) & ~exact | ~known

    def carried(self) -> dict[str, pd.DataFrame]:
        """Earlier tables with the sources, places and indicators that new outturns name and they lack."""
        tables = {}
        for column, name in NAMED_BY.items():
            earlier, later = self.a.tables.get(name), self.b.tables.get(name)
            if earlier is None or later is None or list(earlier) != list(later):
                continue
            key = column if column in earlier else earlier.columns[0]
            named = later[key].isin(self.b.observations.loc[self.new, column])
            more = later[named & ~later[key].isin(earlier[key])]
            tables[name] = pd.concat([earlier, more], ignore_index=True)
        return tables

    def evidence(self, taken: frozenset[str]) -> Evidence:
        """The later state in some of `DATA`, the earlier one in the rest.

        Raises
        ------
        InputError
            The mixture is no data package: what was added needs what was changed.
        """
        taken = taken & frozenset(self.difference.blocks)
        if taken not in self._by_taken:
            try:
                self._by_taken[taken] = self.load(taken)
            except InputError as error:
                self._by_taken[taken] = error
        evidence = self._by_taken[taken]
        if isinstance(evidence, InputError):
            raise evidence
        return evidence

    def load(self, taken: frozenset[str]) -> Evidence:
        """Read a mixture from files, with all their checks; the files stay as long as the evidence does."""
        if not taken:
            return load_evidence(self.a.project)
        if taken == frozenset(self.difference.blocks):
            return load_evidence(self.b.project)
        with ExitStack() as stack:
            project = Project(stack.enter_context(scratch()))
            project.data.mkdir()
            for path, content in self.files(REVISION in taken).items():
                (project.data / path).write_bytes(content)
            evidence = load_evidence(project)
            # panels and published forecasts are not read before they are asked for
            weakref.finalize(evidence, stack.pop_all().close)
            return evidence

    def files(self, revised: bool) -> dict[str, bytes]:
        """Files of a mixture: new outturns alone, or the revision alone."""
        side = self.b if revised else self.a
        files = {MARK.name: json.dumps(side.described, ensure_ascii=False).encode()}
        files |= {path: (side.project.data / path).read_bytes() for path in side.paths.values()}
        if revised:
            figures = self.b.observations[~self.new]
        else:
            earlier, more = self.a.observations, self.b.observations[self.new]
            figures = pd.concat([earlier, more.reindex(columns=earlier.columns, fill_value="")])
            files |= {self.a.paths[name]: printed(table) for name, table in self.carried().items()}
        files[side.paths[OBSERVATIONS]] = printed(figures)
        return files


def printed(table: pd.DataFrame) -> bytes:
    """A table as a file."""
    return table.to_csv(index=False, lineterminator="\n").encode()


def is_point(figures: pd.DataFrame) -> "pd.Series[bool]":
    """Which figures are more than a bound."""
    return figures.get("precision", pd.Series("", figures.index)) != BOUND
