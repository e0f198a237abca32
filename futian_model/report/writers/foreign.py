"""Files from elsewhere: how much of one is read, so that none costs more than a report does."""

import io
import multiprocessing
import os
import re
import sys
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any, NoReturn, TypeVar
from xml.parsers import expat

Made = TypeVar("Made")

MOST_FILE = 100_000_000
"""Bytes of a file."""
MOST_UNPACKED, MOST_PARTS = 100_000_000, 5_000
"""Bytes of all parts of a package, and parts of it."""
MOST_ELEMENTS, DEEPEST = 1_500_000, 100
"""Elements of all parts, their attributes included, and how deep they lie in each other."""
MOST_MARKS = 6_000_000
"""Characters of a page that may begin an element or an attribute."""
MARKS = b"< \t\r\n/=\"'"
SECONDS, MEMORY = 10, 400 << 20
"""Of a processor, and bytes beside what the process has: what reading a file may take, at most."""
FILTERED = re.compile(rb"(?<!end)stream\r?\n")
FILTERS = {b"FlateDecode", b"Fl", b"DCTDecode", b"DCT", b"Standard", b"Identity"}
"""How streams of a PDF may be packed; what else there is unfolds without bounds that can be seen."""
DICTIONARY = 4_000
"""Bytes before a stream in which its properties stand."""
FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[^\s/<>\[\]()]+|\d+\s+\d+\s+R)")
SIDE = re.compile(rb"/(?:Width|Height)\s+(\d+)")
LONGEST_SIDE = 20_000
"""Dots across or down of a picture."""
STEP = 1 << 20


class Beyond(ValueError):
    """A file asks for more than a report ever does."""


def beyond(what: str) -> NoReturn:
    """Refuse a file."""
    raise Beyond(f"{what}, which no report has")


def package(content: bytes) -> zipfile.ZipFile:
    """A package of XML that may be read as a whole.

    Raises
    ------
    Beyond
        It unfolds to more than a report, or holds a document type, which could name other files.
    zipfile.BadZipFile
        It is none.
    """
    opened = zipfile.ZipFile(io.BytesIO(content))
    entries = opened.infolist()
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        beyond(f"{len(entries):,} parts of {sum(entry.file_size for entry in entries) >> 20:,} MB")
    if len({entry.filename for entry in entries}) < len(entries):
        beyond("parts of one name")
    seen = _Seen()
    for entry in entries:
        if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            with opened.open(entry) as part:
                seen.read(part)
    return opened


class _Seen:
    """Elements that were read, of all parts."""

    def __init__(self) -> None:
        self.elements = self.deep = 0

    def read(self, part: Any) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.StartDoctypeDeclHandler = lambda *_: beyond("a document type")
        self.deep = 0
        try:
            parser.ParseFile(part)
        except expat.ExpatError:
            return  # whoever reads it tells that it is broken

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1 + len(attributes)
        self.deep += 1
        if self.elements > MOST_ELEMENTS:
            beyond(f"more than {MOST_ELEMENTS:,} elements")
        if self.deep > DEEPEST:
            beyond(f"elements more than {DEEPEST} deep")

    def _end(self, name: str) -> None:
        self.deep -= 1


def page(content: bytes) -> bytes:
    """A page of HTML or Markdown that may be read as a whole; errors as for `package`."""
    marks = len(content) - len(content.translate(None, MARKS))
    if marks > MOST_MARKS:
        beyond(f"{marks:,} marks")
    return content


def paper(content: bytes) -> bytes:
    """A PDF that may be read as a whole; errors as for `package`."""
    unpacked = 0
    for start in FILTERED.finditer(content):
        about = content[max(0, start.start() - DICTIONARY) : start.start()].rpartition(b" obj")[2]
        for packing in FILTER.findall(about):
            names = set(re.findall(rb"/([^\s/\]]+)", packing))
            if not names <= FILTERS or len(re.findall(rb"/", packing)) > 1:
                beyond(f"a stream packed as {packing[:40].decode('latin-1')}")
        if any(int(side) > LONGEST_SIDE for side in SIDE.findall(about)):
            beyond("a picture of more dots")
        for size in _inflated(content, start.end()):
            unpacked += size
            if unpacked > MOST_UNPACKED:
                beyond(f"more than {MOST_UNPACKED >> 20} MB unpacked")
    return content


def _inflated(content: bytes, start: int) -> Iterator[int]:
    """Bytes that a stream unfolds to, part by part; none where it is not packed."""
    if not content[start : start + 1] or content[start] & 15 != 8:
        return
    opened = zlib.decompressobj()
    rest = content[start : start + STEP]
    try:
        while rest and not opened.eof:
            yield len(opened.decompress(rest, STEP))
            start += len(rest) - len(opened.unconsumed_tail)
            rest = content[start : start + STEP]
    except zlib.error:
        return


def apart(read: Callable[..., Made], *arguments: Any) -> Made:
    """What `read` gives, read in a process of its own whose time and memory end, where there can be one.

    Raises
    ------
    Beyond
        It takes more time or memory than any report.
    ValueError
        Whatever else goes wrong with it.
    """
    if not hasattr(os, "fork"):
        return read(*arguments)
    forked = multiprocessing.get_context("fork")
    here, there = forked.Pipe(duplex=False)
    process = forked.Process(target=_limited, args=(there, read, arguments), daemon=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it runs no thread but its own
        process.start()
    there.close()
    try:
        sound, answer = here.recv()
    except (EOFError, OSError):
        sound, answer = False, "it takes more time or memory than any report"
    finally:
        process.join()
        here.close()
    if not sound:
        raise Beyond(answer)
    return answer


def _limited(there: Any, read: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    end = int(used.ru_utime + used.ru_stime) + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (end, end))
    if sys.platform == "linux":
        with open("/proc/self/statm", encoding="ascii") as file:
            held = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + MEMORY, held + MEMORY))
    try:
        answer = True, read(*arguments)
    except MemoryError:
        answer = False, "it takes more memory than any report"
    except Exception as fault:
        answer = False, f"{type(fault).__name__}: {fault}".splitlines()[0]
    there.send(answer)
    there.close()
