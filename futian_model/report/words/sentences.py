"""Sentences of a report, from texts that hold no number of their own."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from futian_model.errors import UnknownName
from futian_model.languages import LANGS, language, texts
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.styles import prints_zero

REPORT = Path(__file__).parents[1]
"""The rooms that hold texts of reports."""
FIELD = re.compile(r"\{(\w+)(?:([#±])([^{}|]*)\|([^{}|]*))?\}")
"""A field of a template: ``{name}`` prints it; ``{name#one|many}`` is the first text where the number
printed is 1, ``{name±up|down}`` the second where it is below zero.
"""


@dataclass(frozen=True)
class Sentence:
    """A sentence and the numbers printed in it."""

    text: str
    numbers: tuple[Number, ...] = ()

    def to_dict(self, lang: str) -> dict[str, Any]:
        return {"text": self.text, "numbers": [number.to_dict(lang) for number in self.numbers]}


@dataclass(frozen=True)
class Words:
    """The texts of one language.

    A template names its numbers in braces; whatever else stands in it is words, so every figure
    of a page is a computed one.
    """

    lang: str
    texts: Mapping[str, str] = field(repr=False)

    def __getitem__(self, key: str) -> str:
        if key not in self.texts:
            raise UnknownName(key, self.texts)
        return self.texts[key]

    def say(self, key: str, **fields: "Number | Sentence | str") -> Sentence:
        """The sentence `key` with its fields filled in.

        Raises
        ------
        UnknownName
            No such sentence, or a field of it was not given.
        """
        template = self[key]
        matches = list(FIELD.finditer(template))
        for name in (match[1] for match in matches):
            if name not in fields:
                raise UnknownName(f"{key}.{name}", fields)
        printed = [match[1] for match in matches if match[2] is None]
        return Sentence(
            FIELD.sub(lambda match: self.filled(match, fields[match[1]]), template),
            tuple(number for name in printed for number in numbers_in(fields[name])),
        )

    def filled(self, match: re.Match[str], value: "Number | Sentence | str") -> str:
        """A field as it stands in a sentence, or the words that its number asks for."""
        if match[2] is None:
            return self.shown(value)
        (number,) = numbers_in(value)
        if match[2] == "#":
            return match[3] if number.text(self.lang) == "1" else match[4]
        return match[4] if number.value < 0 and not prints_zero(number.text(self.lang)) else match[3]

    def join(self, parts: Sequence[Sentence], joint: str = "enumeration") -> Sentence:
        """Parts of an enumeration, put together as the language does, by the text of a key."""
        return Sentence(
            self[joint].join(part.text for part in parts),
            tuple(number for part in parts for number in part.numbers),
        )

    def inline(self, name: str) -> str:
        """A name inside a sentence: in some languages without its capital, unless it is an abbreviation."""
        return name[:1].lower() + name[1:] if language(self.lang).lower and name[1:2].islower() else name

    def month(self, vintage: str) -> str:
        """A vintage, ``2021`` or ``2021-10``, as the language writes it."""
        at, _, month = vintage.partition("-")
        if not month:
            return self.say("vintage_year", year=at).text
        names = self["months"].split()  # none where the language counts them
        named = names[int(month) - 1] if names else str(int(month))
        return self.say("vintage_month", year=at, month=named).text

    def shown(self, value: "Number | Sentence | str") -> str:
        """A field as it stands in a sentence."""
        if isinstance(value, Number):
            return value.text(self.lang)
        return value.text if isinstance(value, Sentence) else value


def numbers_in(value: Number | Sentence | str) -> tuple[Number, ...]:
    """The numbers that a field brings."""
    if isinstance(value, Number):
        return (value,)
    return value.numbers if isinstance(value, Sentence) else ()


def year_span(first: int, last: int, texts: Words) -> str:
    """Years from one to another, or the one year."""
    if first == last:
        return texts.say("vintage_year", year=year(first)).text
    return texts.say("span", start=year(first), end=year(last)).text


@lru_cache
def words(lang: str) -> Words:
    """The report's texts in a language: each room holds its own in ``texts.<lang>.yaml``.

    Raises
    ------
    InputError
        There is no such language, or a room has no texts in it.
    """
    rooms = sorted(file.parent for file in REPORT.rglob(f"texts.{LANGS[0]}.yaml"))
    return Words(lang, {key: text for room in rooms for key, text in texts(room, lang).items()})


def capital(name: str) -> str:
    """A name at the head of a row."""
    return name[:1].upper() + name[1:]
