"""A delivery of files: read by the layout that fits, weighed, written whole or not at all, and taken back."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from futian_model.errors import FileFault, InputError, InputErrors
from futian_model.evidence import Evidence
from futian_model.extensions import added
from futian_model.files import digest, write_through
from futian_model.importing.editions import FORECASTS, Rows, edition_rows
from futian_model.importing.exchange import fred, iamc, sdmx, wdi, weo
from futian_model.importing.grids import Grid, read_grids
from futian_model.importing.layouts import Mismatch, Table, cumulated_table, years_across
from futian_model.importing.mapping import FOLDER
from futian_model.importing.plans import PLAN, plan_cells, planned
from futian_model.importing.weighing import Terms, Weighed, first_only, weighed
from futian_model.project import Project
from futian_model.rounds import Figure, Rehearsal, Source, changed, known, record, rehearsed
from futian_model.rounds.mixing import OBSERVATIONS
from futian_model.rounds.recording import SOURCES

LAYOUTS: Mapping[str, Callable[[Grid], Table]] = {
    **added("layouts", "a layout: a function of a Grid that gives a Table", callable),
    "WDI": wdi,
    "SDMX-CSV": sdmx,
    "FRED": fred,
    "IAMC": iamc,
    "WEO": weo,
    "cumulated-table": cumulated_table,
    "years-across": years_across,
}
"""In the order in which they are tried: those of other packages, added by entry points of the group
``futian_model.layouts``, before the library's own."""
RECORD = re.compile(r"(\d{4,})\.json")


@dataclass(frozen=True)
class Delivery:
    """Files read and weighed.

    Attributes
    ----------
    files : tuple of Path
    tables : tuple of Table
    unread : tuple of str
        Sheets that no layout fits, beside others that are read.
    cells : tuple of Weighed
    written, targets : tuple of Weighed
        Those whose figures, and those whose targets are to be written.
    forecasts : mapping of str to list
        Rows of what others expect that are to be written, by table.
    rehearsal : Rehearsal or None
        The data with all of it; None where there is nothing to write.
    """

    files: tuple[Path, ...]
    tables: tuple[Table, ...]
    unread: tuple[str, ...]
    cells: tuple[Weighed, ...]
    written: tuple[Weighed, ...]
    targets: tuple[Weighed, ...]
    source: Source | None
    forecasts: Rows
    rehearsal: Rehearsal | None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Figures that are to be written, in order."""
        return tuple(cell.figure for cell in self.written if cell.figure is not None)

    def line(self, at: int) -> int:
        """Line of a figure in the observations, once written."""
        assert self.rehearsal is not None
        return self.rehearsal.added[f"{OBSERVATIONS}.csv"] + at

    def write(self, project: Project, today: date | None = None) -> Path | None:
        """Write all of it or nothing, and what takes it back.

        Returns
        -------
        Path or None
            The record of the import; None where there is nothing to write.

        Raises
        ------
        InputError
            A file has changed since it was read.
        OSError
            Something cannot be written.
        """
        if self.rehearsal is None:
            return None
        folder = project.data / FOLDER
        folder.mkdir(exist_ok=True)
        number = max((int(RECORD.fullmatch(file.name)[1]) for file in records(project)), default=0) + 1  # type: ignore[index]
        rows = {
            file.name: after[len(before) :].decode().lstrip("\r\n")
            for file, (before, after) in self.rehearsal.files.items()
        }
        content = {
            "day": (today or date.today()).isoformat(),
            "files": {file.name: digest(file.read_bytes()) for file in self.files},
            "before": {file.name: digest(before) for file, (before, _) in self.rehearsal.files.items()},
            "rows": rows,
        }
        path = folder / f"{number:04}.json"
        write_through(path, json.dumps(content, ensure_ascii=False, indent=1).encode())
        try:
            record(self.rehearsal.files)
        except BaseException:
            if not self.there(project):
                path.unlink()
            raise
        return path

    def there(self, project: Project) -> bool:
        """Whether the rows stand in the data."""
        assert self.rehearsal is not None
        return all(file.read_bytes() == after for file, (_, after) in self.rehearsal.files.items())


def records(project: Project) -> list[Path]:
    """What earlier imports wrote, the last one last."""
    folder = project.data / FOLDER
    kept = [file for file in folder.iterdir() if RECORD.fullmatch(file.name)] if folder.is_dir() else []
    return sorted(kept, key=lambda file: int(file.stem))


def never_written(project: Project, record: Path) -> bool:
    """Whether the data are as they were before an import, which was then cut off."""
    before = json.loads(record.read_text("utf-8"))["before"]
    return all(digest((project.data / name).read_bytes()) == held for name, held in before.items())


def undo(project: Project) -> tuple[Path, int]:
    """Take the last import back: its rows go, everything else stays.

    Returns
    -------
    Path, int
        The record that is gone, and how many rows with it.

    Raises
    ------
    InputError
        There is no import, or a row of it has been changed, or a later row rests on its source.
    """
    project.refuse_shipped()
    kept = records(project)
    while kept and never_written(project, kept[-1]):
        kept.pop().unlink()
    if not kept:
        raise InputError("--undo", "", f"after an import; {project.shown(project.data / FOLDER)} holds none")
    content = json.loads(kept[-1].read_text("utf-8"))
    files, count = {}, 0
    for name, rows in content["rows"].items():
        file = project.data / name
        before, block = file.read_bytes(), rows.encode()
        at = before.rfind(b"\n" + block) + 1
        if at == 0:
            fault = f"the rows of the last import no longer stand in {name} as they were written"
            raise FileFault(
                project.shown(kept[-1]), f"{fault}; allowed: to take them out by hand, and this file"
            )
        files[file] = before, before[:at] + before[at + len(block) :]
        count += rows.count("\n")
    with changed(project, files):  # later rows may rest on its source
        record(files)
    kept[-1].unlink()
    return kept[-1], count


def read(
    file: Path, others: Sequence[tuple[str, Callable[[Grid], Table]]] = ()
) -> tuple[list[Table], list[str]]:
    """Every sheet of a file by the first layout that fits it; and the sheets that none fits.

    Parameters
    ----------
    others : sequence of (str, callable)
        Layouts tried before the library's own: those of confirmed mappings.

    Raises
    ------
    FileFault
        The file cannot be read.
    InputErrors
        No layout fits any of its sheets; says which were tried, and where each failed.
    """
    tables: list[Table] = []
    tried: list[InputError] = []
    unread: list[str] = []
    for grid in read_grids(file):
        for name, layout in (*others, *LAYOUTS.items()):
            try:
                tables.append(layout(grid))
                break
            except Mismatch as fault:
                sheet = f" {grid.sheet}" if grid.sheet else ""
                tried.append(FileFault(f"{file.name}{sheet} ({name})", str(fault)))
        else:
            unread.append(f"{file.name} {grid.sheet}")
    if not tables:
        allowed = "one of the layouts below, or any other with --mapping NAME"
        raise InputErrors([FileFault(file.name, f"no layout fits; allowed: {allowed}"), *tried])
    return tables, unread


@contextmanager
def delivered(
    project: Project,
    evidence: Evidence,
    files: Sequence[Path],
    terms: Terms,
    source: Source | None = None,
    *,
    confirmed: bool = False,
    others: Sequence[tuple[str, Callable[[Grid], Table]]] = (),
    today: date | None = None,
) -> Iterator[Delivery]:
    """Files read, weighed and checked together with all that is held; nothing is written yet.

    Parameters
    ----------
    project, evidence, today
        As for `futian_model.rounds.entered`.
    confirmed : bool
        Take in also what contradicts a release, and say of every new row that it was looked at where it is
        asked about.

    Raises
    ------
    InputErrors
        Every fault, each by file and cell.
    """
    project.refuse_shipped()
    of_files = [read(file, others) for file in files]
    tables = [table for of_file, _ in of_files for table in of_file]
    unread = tuple(sheet for _, sheets in of_files for sheet in sheets)
    cells = [*weighed(tables, evidence, terms), *planned(tables, evidence, terms)]
    written = [cell for cell in first_only(cells) if confirmed or cell.state != "contradicts"]
    figures = [cell.figure for cell in written if cell.figure is not None]
    forecasts = edition_rows(tables, evidence, terms)
    targets = plan_cells(cells, confirmed=confirmed)
    read_of = Delivery(
        *(tuple(files), tuple(tables), unread, tuple(cells), tuple(written), tuple(targets), source),
        *(forecasts, None),
    )
    if not figures and not forecasts and not targets:
        yield read_of
        return
    for cell, figure in zip(written, figures, strict=True):
        try:
            known(evidence, figure, source)
        except InputError as fault:
            fault.file = cell.reading.where
            raise

    def placed(fault: InputError, at: int) -> InputError:
        """A fault of a new row by its cell; of the new source by what was typed."""
        if OBSERVATIONS in str(fault.file):
            fault.file, fault.line = written[at].reading.where, None
        elif PLAN in str(fault.file):
            fault.file, fault.line = targets[at].reading.where, None
        elif SOURCES in str(fault.file):
            fault.file = fault.line = None
        return fault

    def rows(figures: Sequence[Figure]) -> dict[str, list[Mapping[str, str]]]:
        """New rows by table, the source first."""
        new: dict[str, list[Mapping[str, str]]] = {SOURCES: [] if source is None else [asdict(source)]}
        plan = [cell.target for cell in targets]
        return {
            name: its
            for name, its in (new | {OBSERVATIONS: [*map(asdict, figures)], PLAN: plan, **forecasts}).items()
            if its
        }

    with ExitStack() as stack:
        done = stack.enter_context(rehearsed(project, evidence, rows(figures), placed, today=today))
        if FORECASTS in forecasts:
            done.evidence.forecasts()  # read on demand, checked here
        if confirmed and figures:
            lines = {
                question.line - done.added[f"{OBSERVATIONS}.csv"] for question in done.evidence.questions()
            }
            figures = [
                replace(figure, accepted="true") if at in lines else figure
                for at, figure in enumerate(figures)
            ]
            done = stack.enter_context(rehearsed(project, evidence, rows(figures), placed, today=today))
        written = [replace(cell, figure=figure) for cell, figure in zip(written, figures, strict=True)]
        yield replace(read_of, written=tuple(written), rehearsal=done)


def counts(cells: Sequence[Weighed]) -> dict[str, int]:
    """How many cells are of each state."""
    return Counter(cell.state for cell in cells)
