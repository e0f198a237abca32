"""Rows of a table's text, read strictly: what a lenient reader would swallow is told with its line."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import compress

from futian_model.errors import FileFault, InputError, InputErrors

QUOTED = re.compile(r'"(?:[^"]++|"")*+"')
"""A cell in quotes, a quote inside it doubled."""
ENDS = ",\r\n"
"""What a cell ends at."""
QUOTES = 'a cell in quotes from end to end, and "" for a quote inside it'
Rows = list[list[str]]


def read_rows(file: str, text: str, names: Sequence[str]) -> tuple[Sequence[int], Rows, list[InputError]]:
    """Rows below the header, the line on which each begins, and faults of those that do not fit.

    Empty rows are left out: a spreadsheet leaves them where a row was cleared.

    Parameters
    ----------
    file : str
        As messages print it.
    text : str
        The whole file.
    names : sequence of str
        Columns that it has to have, in order.

    Raises
    ------
    InputErrors
        The text is no table of these columns: a quote that is not closed or stands within a cell, other
        columns.
    """
    misquoted = next(quote_faults(text, len(names)), None)
    if misquoted is not None:
        line, fault = misquoted
        raise InputErrors([FileFault(file, f"{fault}; allowed: {QUOTES}", line=line)])
    lines = csv.reader(io.StringIO(text, newline=""))
    try:
        header, rows = next(lines, []), list(lines)
    except csv.Error as error:
        raise InputErrors([FileFault(file, str(error), line=lines.line_num)]) from None
    if header != names:
        raise InputErrors([FileFault(file, other_columns(header, names), line=1)])
    starts: Sequence[int] = range(2, 2 + len(rows))
    if lines.line_num != 1 + len(rows):
        starts = starts_of(text)
    faults: list[InputError] = []
    if not {len(row) for row in rows} <= {len(names)} or not all(map(any, rows)) or header in rows:
        starts, rows = kept(starts, rows, list(map(any, rows)))
        for start, row in zip(starts, rows, strict=True):
            if row == header:
                fault = "the names of the columns a second time; allowed: once, on line 1"
                faults.append(FileFault(file, fault, line=start))
            elif len(row) != len(names):
                faults.append(FileFault(file, f"{len(row)} cells; allowed: {len(names)}", line=start))
        starts, rows = kept(starts, rows, [len(row) == len(names) and row != header for row in rows])
    return starts, rows, faults


def other_columns(header: Sequence[str], names: Sequence[str]) -> str:
    """What is wrong with the columns of a table."""
    missing = [name for name in names if name not in header]
    twice = [name for name in dict.fromkeys(header) if header.count(name) > 1]
    fault = f"columns {', '.join(header) or 'none'}; allowed: {', '.join(names)}"
    fault += f"; missing: {', '.join(missing) or 'none'}"
    return f"{fault}; more than once: {', '.join(twice)}" if twice else fault


def quote_faults(text: str, columns: int) -> Iterator[tuple[int, str]]:
    """Line and fault of quotes that open where no cell begins, or close where none ends.

    A quote nobody closed closes at the next one; that is told where it opens, and so is one between whose
    ends other rows stand.
    """
    end = 0
    while (at := text.find('"', end)) >= 0:
        quoted = QUOTED.match(text, at)
        if at and text[at - 1] not in ENDS:
            yield line_of(text, at), "a quote in the middle of a cell"
        elif quoted is None:
            yield line_of(text, at), "a quote that is not closed"
        else:
            inside, after = quoted.group(), text[quoted.end() : quoted.end() + 1]
            several = "\n" in inside or "\r" in inside
            rows = several and any(row.count(",") > columns / 2 for row in inside.splitlines()[1:])
            if rows or (several and after not in ENDS):
                closes = line_of(text, quoted.end() - 1)
                yield line_of(text, at), f"a quote that is not closed: the next one stands on line {closes}"
            elif after not in ENDS:
                yield line_of(text, at), "a quote in the middle of a cell"
        end = quoted.end() if quoted else len(text)


def line_of(text: str, at: int) -> int:
    """Line of a place in a text, whichever way its lines end."""
    return len(re.findall(r"\r\n?|\n", text[:at])) + 1


def kept(starts: Sequence[int], rows: Rows, chosen: Sequence[bool]) -> tuple[list[int], Rows]:
    """Some of the rows, with the lines on which they begin."""
    return list(compress(starts, chosen)), list(compress(rows, chosen))


def starts_of(text: str) -> list[int]:
    """Line on which each row below the header begins, where cells run over several."""
    lines = csv.reader(io.StringIO(text, newline=""))
    next(lines)
    starts, start = [], lines.line_num + 1
    for _ in lines:
        starts.append(start)
        start = lines.line_num + 1
    return starts
