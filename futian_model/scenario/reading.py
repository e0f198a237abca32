"""A YAML file as a tree in which every value knows its file and line.

Only plain YAML 1.2 passes: mappings, lists, text, numbers, true, false, null. Anchors, aliases and
tags do not, so that a file can neither blow up in memory nor name a Python object.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamStartEvent,
)
from ruamel.yaml.reader import ReaderError

from futian_model.errors import FileFault, InputError, dotted, half_width, shown
from futian_model.scenario.entries import Entry, Parts, Refused, scalar

LARGEST = 64 * 1024
"""Bytes a scenario file may have."""
DEEPEST = 20
"""Levels its mappings and lists may be nested."""
LOOK_BACK = 4
"""Lines above a fault of form in which full-width signs are looked for: their line reads as text."""
WIDE_SYNTAX = re.compile(
    r"^[ -]*\u3000|^[ -]*\w+ ?：|:\u3000|[{,｛，] ?\w+ ?：|[，；] ?\w+ ?[:：]|[｛｝［］]|[:：] ?[“‘][^”’]*$"
)
"""Signs of YAML as a Chinese keyboard types them."""
FORM_WORDS = "allowed: key: value, a line each, indented with blanks, every bracket and quote closed"
PLAIN = "plain text, a number, true, false, null, a list or a mapping"


@dataclass(frozen=True)
class Document:
    """One file as read; `root` is a mapping, empty when nothing could be read."""

    path: Path
    root: Entry
    faults: tuple[InputError, ...] = ()


def read(path: Path, file: str) -> Document:
    """Read one file.

    Parameters
    ----------
    path : Path
        The file.
    file : str
        Its name as messages print it.

    Returns
    -------
    Document
        With every fault of the YAML itself; what the values mean is not looked at.
    """
    try:
        text = decoded(path, file)
        tree = Tree(text, file)
        return Document(path, tree.root(), tuple(tree.faults))
    except FileFault as fault:
        return Document(path, Entry({}, file, 1), (fault,))


def decoded(path: Path, file: str) -> str:
    """The text of a file of bearable size."""
    try:
        if not path.is_file():
            fault = "is not a file" if path.exists() else "no such file"
            raise FileFault(file, f"{fault}; allowed: the path of a .yaml file")
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        raise FileFault(file, f"cannot be read: {error.strerror}; allowed: a file that may be read") from None
    if len(content) > LARGEST:
        raise FileFault(file, f"larger than {LARGEST // 1024} kB; allowed: up to {LARGEST // 1024} kB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        fault = f"byte 0x{content[error.start]:02x} is not UTF-8; allowed: a file saved as UTF-8"
        raise FileFault(file, fault, line=line) from None


@dataclass
class Tree:
    """The parser's events, put together into entries."""

    text: str
    file: str
    faults: list[InputError] = field(default_factory=list)
    aliased: bool = False
    events: Iterator[Any] = field(init=False)

    def root(self) -> Entry:
        """The whole document."""
        try:
            return self.document()
        except ReaderError as error:
            line = self.text.count("\n", 0, error.position) + 1
            fault = f"character U+{error.character:04X}; allowed: text without control characters"
            raise FileFault(self.file, fault, line=line) from None
        except InputError:
            raise
        except MarkedYAMLError as error:
            raise self.malformed(error) from None
        except (YAMLError, ValueError) as error:  # of a character's number, or of a version's
            raise FileFault(self.file, f"not valid YAML: {error}; {FORM_WORDS}") from None

    def malformed(self, error: MarkedYAMLError) -> FileFault:
        """The fault of a line that is no YAML: what stands there, or full-width signs a little above."""
        mark = error.problem_mark or error.context_mark
        lines = self.text.splitlines()
        at = min(mark.line, len(lines) - 1)
        for above in range(at, max(at - LOOK_BACK, -1), -1):
            wide = WIDE_SYNTAX.search(lines[above])
            if wide is not None:
                fault = f"not valid YAML: {shown(lines[above].strip())}; {FORM_WORDS}{half_width(wide[0])}"
                return FileFault(self.file, fault, line=above + 1)
        fault = f"not valid YAML: {shown(lines[at].strip())}: {error.problem}; {FORM_WORDS}"
        return FileFault(self.file, fault, line=at + 1)

    def document(self) -> Entry:
        self.events = (event for event in YAML(typ="safe", pure=True).parse(self.text))
        start = next(event for event in self.events if not isinstance(event, StreamStartEvent))
        if not isinstance(start, DocumentStartEvent):
            raise FileFault(self.file, "is empty; allowed: a scenario with id, title and description")
        if start.version not in (None, (1, 2)):
            raise FileFault(
                self.file, f"YAML {start.version[0]}.{start.version[1]}; allowed: YAML 1.2", line=1
            )
        root = self.entry(next(self.events), ())
        next(self.events)  # the document's end
        more = next(self.events)
        if isinstance(more, DocumentStartEvent):
            fault = "a second document; allowed: one scenario a file"
            raise FileFault(self.file, fault, line=more.start_mark.line + 1)
        if root.value is None:
            raise FileFault(self.file, "is empty; allowed: a scenario with id, title and description")
        if not isinstance(root.value, dict) and not self.faults:
            fault = f"holds {shown(root.plain())}; allowed: a mapping with id, title and description"
            raise FileFault(self.file, fault, line=root.line)
        return root if isinstance(root.value, dict) else Entry({}, self.file, 1)

    def entry(self, event: Any, at: Parts) -> Entry:
        line = event.start_mark.line + 1
        if len(at) > DEEPEST:
            raise FileFault(
                self.file, f"nested deeper than {DEEPEST} levels; allowed: up to {DEEPEST}", line=line
            )
        if isinstance(event, AliasEvent):
            return self.alias(event, at, line)
        if isinstance(event, ScalarEvent):
            value: Any = self.quoted(event.value, at, line) if event.style else scalar(event.value)
        elif isinstance(event, SequenceStartEvent):
            value = list(self.items(at))
        else:
            value = self.fields(at)
        if event.anchor is not None:
            return self.alias(event, at, line)
        if event.tag is not None:
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            self.refuse(at, line, tag, f"{PLAIN}, without a tag")
            value = Refused()
        return Entry(value, self.file, line)

    def quoted(self, text: str, at: Parts, line: int) -> Any:
        """A text in quotes; JSON writes some characters as two halves."""
        try:
            return text.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            self.refuse(at, line, text, "whole characters: this one is half of one")
            return Refused()

    def refuse(self, at: Parts, line: int, value: object, allowed: str) -> None:
        """Keep a fault, and go on."""
        self.faults.append(InputError(dotted(at), value, allowed, file=self.file, line=line))

    def alias(self, event: Any, at: Parts, line: int) -> Entry:
        # once a file: a bomb has hundreds, and they fall together
        if not self.aliased:
            sign = "*" if isinstance(event, AliasEvent) else "&"
            allowed = "values written out: no anchors (&) and no aliases (*)"
            self.refuse(at, line, f"{sign}{event.anchor}", allowed)
            self.aliased = True
        return Entry(Refused(), self.file, line)

    def items(self, at: Parts) -> Iterator[Entry]:
        for position, event in enumerate(self.events):
            if isinstance(event, SequenceEndEvent):
                return
            yield self.entry(event, (*at, position))

    def fields(self, at: Parts) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                break
            line = event.start_mark.line + 1
            if not isinstance(event, ScalarEvent):
                raise FileFault(self.file, "a list, mapping or alias as a key; allowed: a name", line=line)
            inside = self.entry(next(self.events), (*at, event.value))
            if event.value in entries:
                allowed = f"a key written once; it stands at line {entries[event.value].line} too"
                self.refuse((*at, event.value), line, event.value, allowed)
                continue
            # a block below its key is found by the key
            entries[event.value] = Entry(inside.value, self.file, line)
        return entries
