"""What a Word document says to whoever opens it, and the notebook that it carries."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from futian_model.report.page.carried import Pictured
from futian_model.report.writers import foreign
from futian_model.report.writers.docx.file import CARRIED
from futian_model.report.writers.docx.pictures import WP, A
from futian_model.report.writers.docx.xml import R, W

BODY = re.compile(r"word/document\.xml")
NOTES = re.compile(r"word/(footnotes|endnotes)\.xml")
EDGES = re.compile(r"word/(header|footer)\d*\.xml")
REMARKS = re.compile(r"word/comments\.xml")
MACROS = re.compile(r"word/vbaProject\.bin")
LINKS = re.compile(r"word/_rels/document\.xml\.rels")
ITEMS = re.compile(r"customXml/item\d*\.xml")
PAGE_FIELDS = ("PAGE", "NUMPAGES", "PAGEREF", "SECTIONPAGES")
"""Fields that show what comes of laying out, not what was written."""
REMOVED = ("del", "moveFrom")
"""Words struck out by whoever tracks changes."""
BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error)
"""What reading a file raises that is no package."""
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
P, T, SPACE = f"{{{W}}}p", f"{{{W}}}t", (f"{{{W}}}tab", f"{{{W}}}br", f"{{{W}}}cr")
CODE, MARK, SIMPLE, ABOUT = f"{{{W}}}instrText", f"{{{W}}}fldChar", f"{{{W}}}fldSimple", f"{{{WP}}}docPr"
BLIP, EMBED, LINK = f"{{{A}}}blip", f"{{{R}}}embed", f"{{{R}}}link"


def carried(content: bytes) -> str | None:
    """The notebook that a DOCX carries, packed; None where it carries none, or is no DOCX."""
    try:
        foreign.package(content).close()
    except BROKEN:
        return None
    for part in _parts(content, ITEMS):
        if part.tag == f"{{{CARRIED}}}notebook":
            return part.text
    return None


def seen(content: bytes) -> list[str]:
    """The words of a DOCX as a reader sees them, one paragraph a line.

    Paragraphs and cells in order, pictures by their descriptions, then notes, then what stands above and
    below the pages; numbers of pages are left out, as they come of laying out.
    """
    lines = [
        line for kind in (BODY, NOTES) for part in _parts(content, kind) for line in _Reader(part).lines()
    ]
    edges = {line for part in _parts(content, EDGES) for line in _Reader(part).lines()}
    return [*lines, *sorted(edges)]


def pictures(content: bytes) -> list[Pictured]:
    """The pictures of a DOCX in order, as they are kept in it; of one that lies elsewhere its place."""
    links = {
        link.get("Id"): posixpath.join("/word", link.get("Target", ""))
        for part in _parts(content, LINKS)
        for link in part
    }
    described = [
        (_about(blip), links.get(blip.get(EMBED) or blip.get(LINK), ""))
        for part in _parts(content, BODY)
        for blip in part.iter(BLIP)
        if next(blip.iterancestors(FALLBACK), None) is None
    ]
    places = {place for _, place in described}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        kept = {
            name: package.read(entry)
            for entry in package.infolist()
            if (name := f"/{entry.filename}") in places
        }
    return [Pictured(text, kept.get(place, place.encode())) for text, place in described]


class Remark(NamedTuple):
    """A comment at the margin.

    Attributes
    ----------
    author, date : str
        As the program that it was written with has them.
    place : str
        The paragraph that it stands at.
    about : str
        The words of it that are marked; empty where only a place is.
    text : str
    """

    author: str
    date: str
    place: str
    about: str
    text: str


def remarks(content: bytes) -> list[Remark]:
    """The comments of a DOCX, in the order in which they stand beside the text."""
    held = {
        remark.get(f"{{{W}}}id"): remark
        for part in _parts(content, REMARKS)
        for remark in part.iter(f"{{{W}}}comment")
    }
    places = dict[str | None, tuple[str, str]]()
    for part in _parts(content, BODY):
        places |= _marked(part)
    return [
        Remark(
            _named(held[name], "author"),
            _named(held[name], "date"),
            *places.get(name, ("", "")),
            " ".join(_Reader(held[name]).lines()),
        )
        for name in sorted(held, key=lambda name: list(places).index(name) if name in places else len(places))
    ]


def _named(remark: Element, key: str) -> str:
    return " ".join(remark.get(f"{{{W}}}{key}", "").split())


def _marked(part: Element) -> dict[str | None, tuple[str, str]]:
    """By the number of a comment, its paragraph and the words of it that are marked."""
    places, running = dict[str | None, tuple[str, str]](), dict[str | None, str]()
    for element in part.iter(P):
        line = " ".join(_Reader(element).lines())
        for inner in element.iter():
            name = inner.get(f"{{{W}}}id")
            if inner.tag == f"{{{W}}}commentRangeStart":
                running[name] = ""
                places.setdefault(name, (line, ""))
            elif inner.tag == T:
                struck = any(up.tag == f"{{{W}}}{kind}" for up in inner.iterancestors() for kind in REMOVED)
                running = {at: words + ("" if struck else inner.text or "") for at, words in running.items()}
            elif inner.tag == f"{{{W}}}commentRangeEnd" and name in running:
                places[name] = (places[name][0], " ".join(running.pop(name).split()))
            elif inner.tag == f"{{{W}}}commentReference":
                places.setdefault(name, (line, ""))
    return places


def macros(content: bytes) -> bool:
    """Whether a package holds macros."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return any(MACROS.fullmatch(name) for name in package.namelist())


def _about(blip: Element) -> str:
    """The description of the drawing that a picture is in."""
    drawing = next(blip.iterancestors(f"{{{WP}}}inline", f"{{{WP}}}anchor"), None)
    about = None if drawing is None else drawing.find(ABOUT)
    return "" if about is None else " ".join(about.get("descr", "").split())


def _parts(content: bytes, kind: re.Pattern[str]) -> Iterator[Element]:
    """Parts of a package by name; none of a file that is no package, or broken."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for entry in package.infolist():
                if kind.fullmatch(entry.filename):
                    yield etree.fromstring(package.read(entry), parser)
    except (*BROKEN, etree.XMLSyntaxError):
        return


class _Reader:
    """Reads one part; a field may run over several paragraphs."""

    def __init__(self, part: Element) -> None:
        self.part = part
        self.fields: list[str] = []
        self.open: list[list[str]] = []
        self.joined = ""

    def lines(self) -> Iterator[str]:
        """Words of each paragraph, those of a text box inside before its own."""
        walk = etree.iterwalk(self.part, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if self._hidden(element):
                    walk.skip_subtree()
                yield from self._texts(element)
            elif element.tag == P:
                text = self.joined + "".join(self.open.pop())
                # whose end was struck out while changes were tracked goes on in the next
                struck = element.find(f"{{{W}}}pPr/{{{W}}}rPr/{{{W}}}del") is not None
                self.joined = text if struck else ""
                yield from () if struck else _line(text)

    def _hidden(self, element: Element) -> bool:
        if element.tag == FALLBACK or element.tag in {f"{{{W}}}{name}" for name in REMOVED}:
            return True
        return element.tag == SIMPLE and _of_page(element.get(f"{{{W}}}instr", ""))

    def _texts(self, element: Element) -> Iterator[str]:
        tag = element.tag
        if tag == P:
            self.open.append([])
        elif tag == ABOUT:
            yield from _line(element.get("descr", ""))
        elif tag == MARK:
            self._mark(element.get(f"{{{W}}}fldCharType"))
        elif tag == CODE and self.fields:
            self.fields[-1] += element.text or ""
        elif self.open and tag == T:
            text = element.text or ""
            if not (any(map(_of_page, self.fields)) and text.strip().isdigit()):  # the number of a page
                self.open[-1].append(text)
        elif self.open and tag in SPACE:
            self.open[-1].append(" ")

    def _mark(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append("")
        elif kind == "end" and self.fields:
            self.fields.pop()


def _of_page(code: str) -> bool:
    return code.split()[:1] != [] and code.split()[0].upper() in PAGE_FIELDS


def _line(text: str) -> list[str]:
    shown = " ".join(text.split())
    return [shown] if shown else []
