"""What commands say and refuse, in the language asked for; in the code it stands in English."""

import re
from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path

from futian_model.errors import InputError
from futian_model.languages import texts

ROOM = Path(__file__).parent
RAISED = "en"
FIELD = re.compile(r"\{(\w+)\}")
PATH = r"(?:[A-Za-z]:)?[^:{]*?"
AS_WRITTEN = {"file", "line", "field", "value", "nearest", "names", "call"}
"""What a sentence names and nobody puts into words."""
FIRST = ("placed_line", "error", "argument", "field_near", "field", "unknown_near", "unknown", "missing")
LAST = ("run_made", "placed", "either", "both_parts")
"""Sentences that put others together, before and after all others."""


def said(english: object, lang: str) -> str:
    """What a command says in a language, line by line; what has no sentence there stays as it is.

    Parameters
    ----------
    english : object
        A text, or an error that tells itself in English.
    lang : str
    """
    text = str(english)
    try:
        known = texts(ROOM, lang)
    except InputError:  # "both", or a language from outside that leaves these out
        return text
    return text if lang == RAISED else "\n".join(sentence(line, known) for line in text.splitlines())


def sentence(raised: str, known: Mapping[str, str]) -> str:
    """One sentence, and those within it."""
    for key, pattern in patterns():
        match = pattern.fullmatch(raised)
        if match is not None:
            return FIELD.sub(partial(filled, match=match, known=known), known[key])
    return raised


def filled(field: re.Match[str], match: re.Match[str], known: Mapping[str, str]) -> str:
    """What a sentence says in the place of a field."""
    name, value = field[1], match[field[1]]
    return value if name in AS_WRITTEN and " " in value and name != "field" else sentence(value, known)


@lru_cache
def patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What tells each sentence, that with the most words of its own first."""
    kinds = texts(ROOM, RAISED)
    own = sorted({*kinds} - {*FIRST, *LAST}, key=lambda key: len(FIELD.sub("", kinds[key])), reverse=True)
    order = (*FIRST, *own, *LAST)
    return tuple((key, re.compile(pattern_of(kinds[key]), re.DOTALL)) for key in order)


def pattern_of(template: str) -> str:
    """A sentence with anything in place of its fields."""
    parts = FIELD.split(template)
    fields = {part: PATH if part == "file" else ".*?" for part in parts[1::2]}
    return "".join(
        f"(?P<{part}>{fields[part]})" if at % 2 else re.escape(part) for at, part in enumerate(parts)
    )
