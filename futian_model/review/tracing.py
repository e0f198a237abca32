"""Which text each sentence of a report was said from, and what of it is a figure, a name or its own words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from futian_model.report.words import Number, Sentence, Words
from futian_model.report.words.sentences import FIELD

LITERAL, NUMBER, NAME, CHOICE = "literal", "number", "name", "choice"
"""A text's own words; a number; anything else that fills a field; words that hang on a number."""
LEAST = 2
"""Letters of a text that is looked for inside others."""


@dataclass(frozen=True)
class Piece:
    """A piece of a sentence.

    Attributes
    ----------
    kind : {"literal", "number", "name", "choice"}
    text : str
        As it is printed.
    template : str
        As it stands in the sentence's text: the same words, or a field in braces.
    number : Number or None
        The number that is printed, or that the words hang on.
    """

    kind: str
    text: str
    template: str
    number: Number | None = None


Saying = tuple[Piece, ...]


@dataclass(frozen=True)
class Traced(Words):
    """The texts of a language, which keep what was said of them.

    Attributes
    ----------
    said : dict of str to dict
        By what was printed: the pieces of it, by the key of each text that says so.
    """

    said: dict[str, dict[str, Saying]] = field(default_factory=dict, repr=False)

    def __getitem__(self, key: str) -> str:
        text = super().__getitem__(key)
        if not FIELD.search(text):
            self.keep(key, (Piece(LITERAL, text, text),))
        return text

    def say(self, key: str, **fields: Number | Sentence | str) -> Sentence:
        sentence = super().say(key, **fields)
        self.keep(key, tuple(self.pieces(super().__getitem__(key), fields)))
        return sentence

    def keep(self, key: str, pieces: Saying) -> None:
        """Remember what was said."""
        text = plain("".join(piece.text for piece in pieces))
        if text.strip():
            self.said.setdefault(text, {})[key] = pieces

    def pieces(self, template: str, fields: Mapping[str, Any]) -> Iterator[Piece]:
        """A text as pieces: between any two fields and at both ends its own words, which may be none."""
        at = 0
        for match in FIELD.finditer(template):
            own, value = template[at : match.start()], fields[match[1]]
            yield Piece(LITERAL, own, own)
            number = value if isinstance(value, Number) else None
            kind = CHOICE if match[2] else NAME if number is None else NUMBER
            yield Piece(kind, self.filled(match, value), match[0], number)
            at = match.end()
        yield Piece(LITERAL, template[at:], template[at:])


def plain(text: str) -> str:
    """A text as reading a file gives it back, letter for letter: any space is one."""
    return "".join(" " if letter.isspace() else letter for letter in text)


class Index:
    """Texts that were said, found inside a line."""

    def __init__(self, said: Mapping[str, Mapping[str, Saying]]) -> None:
        self.by_letter: dict[str, list[str]] = {}
        for text in sorted(said, key=len, reverse=True):
            if len(text) >= LEAST:
                self.by_letter.setdefault(text[0], []).append(text)

    def segments(self, line: str) -> list[tuple[str, bool]]:
        """A line as what was said and what stands between: text, and whether it was said.

        The longest that was said from a place on is taken, from the left; between any two such, and at
        both ends, is what was not, which may be nothing.
        """
        parts, at, gap = list[tuple[str, bool]](), 0, ""
        while at < len(line):
            known = self.by_letter.get(line[at], ())
            text = next((text for text in known if line.startswith(text, at)), "")
            if text:
                parts += [(gap, False), (text, True)]
                at, gap = at + len(text), ""
            else:
                gap, at = gap + line[at], at + 1
        return [*parts, (gap, False)]
