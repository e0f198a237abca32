"""The sheet of assumptions and sources: parameters, draws, versions, fingerprints of the data."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from futian_model.charts.theme import MUTED
from futian_model.languages import DATA_LANGS, language
from futian_model.report.page.dictionary import plainly
from futian_model.report.words.sentences import Words, capital
from futian_model.report.writers.xlsx.book import RULE, Book, Page
from futian_model.report.writers.xlsx.numbers import Shown
from futian_model.scenario import OVERRIDE

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

    def parameters(self, content: Any, at: str, names: tuple[str, ...] = ()) -> Iterator[Parameter]:
        """Everything that is set in a part of a scenario; `at` is its field."""
        if isinstance(content, Mapping) and content and set(content) <= set(DATA_LANGS):
            lang = language(self.words.lang).data
            yield from self.parameters(content.get(lang), f"{at}.{lang}", names)
        elif isinstance(content, Mapping):
            for key, inner in content.items():
                name, own = self.part(key, inner)
                if own:  # its title is its name
                    inner = {part: held for part, held in inner.items() if part != "title"}
                yield from self.parameters(inner, f"{at}.{key}", names if key in SILENT else (*names, name))
        elif isinstance(content, list):
            for place, inner in enumerate(content):
                count = self.words.say("workbook_field_numbered", name=names[-1], at=str(place + 1)).text
                yield from self.parameters(inner, f"{at}[{place}]", (*names[:-1], count))
        elif content is not None:
            name = self.words["workbook_field_joined"].join(names)
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
        if field == "forecasts":
            return self.words[f"workbook_forecasts_{value}"]
        if field in CHOICES:
            return self.words.texts.get(f"workbook_choice_{value}", value)
        return value


PARTS = ("levers", "assumptions", "judgments", "run")
NAMES = 2
"""The last column that everyone reads."""
LABELS = ("part", "field", "value", "unit", "place", "code")
WIDTHS = (26.0, 42.0, 34.0, 12.0, 30.0, 24.0)
"""Of the columns, in characters: names and values before what few will read."""
PLACE = re.compile(r"(.+), line (\d+)")
UNIT_OF = {"gdp": "亿元", "average_population": "万人"}
"""Units of levels among the parameters, by the last part of the field: those of the library."""
YEARS = {"base_year", "horizon", "start", "end", "at", "year"}
RATIOS = {
    *("growth_rate", "value", "to", "base", "size", "made_up", "capital_share", "depreciation"),
    *("relocation", "entry", "entrant_size", "spillover", "participation", "working_age_share"),
}


def write_inputs(book: Book, record: Mapping[str, Any], summary: str) -> Page:
    """Everything a report was made from, an item a row."""
    words, inputs = book.words, record["inputs"]
    page = book.page(words["workbook_inputs"], words["workbook_about_inputs"])
    page.head(0, [words[f"workbook_inputs_{label}"] for label in LABELS])
    page.columns(*WIDTHS)
    look = {"bottom": 4, "bottom_color": RULE, "text_wrap": True}
    rows = [*_rows(inputs, record, book.title, words)]
    for row, item in enumerate(rows, 1):
        for at, value in enumerate(item):
            if isinstance(value, int | float) and not isinstance(value, bool):
                page.number(row, at, Shown(value, "General"), align="left", **look)
            else:
                page.text(row, at, str(value), **look | ({"font_color": MUTED} if at > NAMES else {}))
        page.tall(row, [(page.wide(at), str(value)) for at, value in enumerate(item)])
    last = page.foot(len(rows) + 1, len(WIDTHS), summary, [], page.name)
    page.sheet.autofilter(0, 0, len(rows), len(WIDTHS) - 1)
    page.sheet.freeze_panes(1, 0)
    page.fit()
    page.printed(len(WIDTHS), repeat=0, last=last)
    return page


def _rows(
    inputs: Mapping[str, Any], record: Mapping[str, Any], title: str, words: Words
) -> Iterator[tuple[Any, ...]]:
    """The part of every item, its name, value, unit, place and code."""
    fields = Fields(words, record["names"])
    yield from ((words["workbook_inputs_run"], *item) for item in _run(inputs, title, words))
    for name, scenario in [*inputs.items(), *(("", scenario) for scenario in inputs.get("scenarios", ()))]:
        if isinstance(scenario, Mapping) and "levers" in scenario:
            places = record.get("places", {}) if name == "scenario" else {}
            part = f"{words['workbook_inputs_parameters']}  {scenario.get('title', {}).get(words.lang, '')}"
            yield from ((part.rstrip(), *item) for item in _parameters(scenario, places, fields))
    for file, fingerprint in sorted(inputs.get("data", {}).items()):
        yield words["workbook_inputs_data"], file, fingerprint, "", "", f"data.{file}"


def _run(inputs: Mapping[str, Any], title: str, words: Words) -> Iterator[tuple[Any, ...]]:
    """Versions, draws and seed; what else the report was asked, with what it is called there."""
    for name, value in inputs.items():
        if isinstance(value, Mapping) and ("levers" in value or name == "data"):
            continue
        label = words.texts.get(f"workbook_inputs_{name}", plainly(name))
        if isinstance(value, Mapping):
            yield from (
                (f"{label} {part}", setting, "", "", f"{name}.{part}") for part, setting in value.items()
            )
        elif isinstance(value, list):
            yield from (
                (f"{label} {at + 1}", setting, "", "", f"{name}[{at}]")
                for at, setting in enumerate(value)
                if not isinstance(setting, Mapping)
            )
        elif name == "report":
            yield label, title, "", "", str(value)
        elif value is not None:
            yield label, value, "", "", name


def _parameters(
    scenario: Mapping[str, Any], places: Mapping[str, str], fields: Fields
) -> Iterator[tuple[Any, ...]]:
    """Name, value, unit, place and code of every parameter that is set."""
    for part in PARTS:
        heading = () if part in SILENT else (fields.words[f"workbook_field_{part}"],)
        for name, value, field, written in fields.parameters(scenario.get(part), part, heading):
            place = _place(places.get(field, ""), fields.words)
            code = field if value == written else f"{field}: {written}"
            yield name, value, _unit(field, written, fields.words), place, code


def _unit(field: str, value: Any, words: Words) -> str:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return ""
    name = field.rsplit(".", 1)[-1].split("[")[0]
    if name in UNIT_OF:
        return UNIT_OF[name]
    if name in YEARS:
        return str(words["workbook_unit_year"])
    return str(words["workbook_inputs_fraction"]) if name in RATIOS and abs(value) < 1 else ""


def _place(place: str, words: Words) -> str:
    """Where a value was set, as the language says it."""
    match = PLACE.fullmatch(place)
    if match:
        return str(words.say("file_line", file=match[1], line=match[2]).text)
    named = {"library default": "library_default", OVERRIDE: "override"}
    return str(words[named[place]]) if place in named else place
