"""A YAML file as a tree in which every value knows its file and line.

Only plain YAML 1.2 passes: mappings, lists, text, numbers, true, false, null. Anchors, aliases and
tags do not, so that a file can neither blow up in memory nor name a Python object.
"""

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

from futian_model.errors import FileFault, InputError
from futian_model.scenario.entries import Entry, Parts, Refused, dotted, scalar

LARGEST = 64 * 1024
"""Bytes a scenario file may have."""
DEEPEST = 20
"""Levels its mappings and lists may be nested."""
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
    if not path.is_file():
        raise FileFault(file, "is not a file" if path.exists() else "no such file")
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        raise FileFault(file, f"cannot be read: {error.strerror}") from None
    if len(content) > LARGEST:
        raise FileFault(file, f"larger than {LARGEST // 1024} kB, the most a scenario may have")
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
            fault = f"character U+{error.character:04X} is not allowed in YAML"
            raise FileFault(self.file, fault, line=line) from None
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            fault = f"not valid YAML: {error.problem}"
            raise FileFault(self.file, fault, line=mark.line + 1 if mark is not None else None) from None
        except YAMLError as error:
            raise FileFault(self.file, f"not valid YAML: {error}") from None

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
            fault = "holds no fields; allowed: a mapping with id, title and description"
            raise FileFault(self.file, fault, line=root.line)
        return root if isinstance(root.value, dict) else Entry({}, self.file, 1)

    def entry(self, event: Any, at: Parts) -> Entry:
        line = event.start_mark.line + 1
        if len(at) > DEEPEST:
            raise FileFault(self.file, f"nested deeper than {DEEPEST} levels", line=line)
        if isinstance(event, AliasEvent):
            return self.alias(event, at, line)
        if isinstance(event, ScalarEvent):
            value: Any = event.value if event.style else scalar(event.value)
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
