"""What a workbook calls the parameters of a scenario, and the choices they take, in a reader's language.

A parameter is named by its parts: a share or goal as the report calls it, an event by its title, any other
part by the text under ``workbook_field_`` and its name in the scenario.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from futian_model.languages import DATA_LANGS, language
from futian_model.report.page.dictionary import plainly
from futian_model.report.words.sentences import Words, capital

CHOICES = {"block", "shape", "timing", "point", "place", "on"}
"""Parameters whose value is a word of the library."""
NAMED = {"goal", "indicator", "share", "gdp_source", "population_source", "path"}
"""Parameters whose value is a name that the report knows."""
SILENT = {"levers", "assumptions", "shares", "run"}
"""Parts that add nothing to the name of what they hold."""


class Parameter(NamedTuple):
    """A parameter that is set: its name, its value as a reader knows it, its field and value in the file."""

    name: str
    value: Any
    field: str
    written: Any


class Fields:
    """Parameters in one language.

    Parameters
    ----------
    words : Words
    names : mapping
        Name in each language of indicators, goals and sources, as a report carries them.
    """

    def __init__(self, words: Words, names: Mapping[str, Mapping[str, str]]) -> None:
        self.words, self.names = words, names

    def parameters(self, content: Any, at: str, told: tuple[str, ...] = ()) -> Iterator[Parameter]:
        """Everything that is set in a part of a scenario; `at` is its field."""
        if isinstance(content, Mapping) and content and set(content) <= set(DATA_LANGS):
            lang = language(self.words.lang).data
            yield from self.parameters(content.get(lang), f"{at}.{lang}", told)
        elif isinstance(content, Mapping):
            for key, inner in content.items():
                name, own = self.part(key, inner)
                if own:  # its title is its name
                    inner = {part: held for part, held in inner.items() if part != "title"}
                yield from self.parameters(inner, f"{at}.{key}", told if key in SILENT else (*told, name))
        elif isinstance(content, list):
            for place, inner in enumerate(content):
                count = self.words.say("workbook_field_numbered", name=told[-1], at=str(place + 1)).text
                yield from self.parameters(inner, f"{at}[{place}]", (*told[:-1], count))
        elif content is not None:
            name = self.words["workbook_field_joined"].join(told)
            yield Parameter(capital(name), self.value(at, content), at, content)

    def part(self, key: str, inner: Any) -> tuple[str, bool]:
        """What a part of a field is called, and whether by a title of its own."""
        known = self.words.texts.get(f"workbook_field_{key}", "") or self.named(key)
        titled = isinstance(inner, Mapping) and isinstance(inner.get("title"), Mapping)
        if titled and not known:
            return str(inner["title"].get(self.words.lang, key)), True
        return known or plainly(key), False

    def named(self, name: str) -> str:
        """What the report calls an indicator, a goal or a source; empty where it knows none."""
        return self.names.get(name, {}).get(self.words.lang, "")

    def value(self, at: str, value: Any) -> Any:
        """A value in words, where it is a code."""
        field = at.rsplit(".", 1)[-1]
        if not isinstance(value, str):
            return value
        if field in NAMED or field == "on":
            value = self.named(value) or value
        if field in CHOICES:
            return self.words.texts.get(f"workbook_choice_{value}", value)
        return value
