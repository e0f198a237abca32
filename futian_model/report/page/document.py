"""The pieces of a report, in one form for every format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from futian_model.project import USUAL

MIME = "application/vnd.futian.block+json"
"""Under which a notebook's output holds a block."""

Block = Mapping[str, Any]
"""A block as `blocks.Block.to_dict` gives it."""
PLAIN, NOTE, LEAD, ASIDE = TONES = ("prose", "note", "lead", "aside")
"""Tones of a paragraph: plain, a caution, the one that says it all, what only surrounds the rest."""


def tone(block: Block) -> str:
    """The tone of a paragraph, one of `TONES`; files made before 2026-12 tell a caution alone."""
    return str(block.get("tone") or (NOTE if block.get("note") else PLAIN))


@dataclass(frozen=True)
class Rich:
    """An analyst's Markdown or table as HTML, cleaned: no script, style or link that loads."""

    html: Markup
    table: bool = False


@dataclass(frozen=True)
class Picture:
    """A picture an analyst drew, with its description."""

    content: bytes
    mime: str
    alt: str


@dataclass(frozen=True)
class Plain:
    """Text as a program printed it."""

    text: str


Piece = Block | Rich | Picture | Plain


@dataclass(frozen=True, eq=False)
class Document:
    """What every format writes, each in its own way.

    Attributes
    ----------
    title, lang : str
    pieces : tuple of Piece
        In the notebook's order; blocks that are carried and not shown are among them.
    carried : str
        The notebook they come from, packed.
    name : str
        Of the file, without its ending.
    beside : mapping of str to str
        Links to what lies beside it: ``index``, ``annex`` and other languages by their code.
    warnings : tuple of str
        What of the notebook no format shows, with its cell.
    form : str
        In which it is set as a Word document: one of `project.FORMS`.
    """

    title: str
    lang: str
    pieces: tuple[Piece, ...]
    carried: str
    name: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    form: str = USUAL
