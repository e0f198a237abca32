"""One term for one thing: every text that a reader meets keeps to the glossary."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import futian_model
from futian_model.languages import LANGS
from futian_model.project import find_project
from futian_model.report import words

PACKAGE = Path(futian_model.__file__).parent
ROOT = find_project(Path(__file__).parent).root
GLOSSARY: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(words.__file__).parent / "glossary.yaml").read_text("utf-8")
)
SCENARIOS = ("params", "examples", "futian_model/layout/templates")
PAGES = ("README.md", "README.zh.md", "examples", "futian_model/layout/templates")
NAMES = {
    "indicators.csv": ("name_zh", "name_en"),
    "plan_goals.csv": ("name_zh", "name_en", "note"),
    "plan_commitments.csv": ("name_zh", "name_en", "note"),
    "contradictions.csv": ("explanation_zh", "explanation_en"),
    "places.csv": ("name_zh", "name_en"),
}
"""Columns of the data that are our words; titles of sources and targets as printed are quotations."""
FIELD = re.compile(r"\{[^{}#±|]*\}|\{\w+[#±]")
PLACEHOLDER = re.compile(r"\$\{\w+\}|\$\w+")
"""What a laid-out project fills in."""
CODE = re.compile(r"```.*?```|`[^`\n]*`|<[^<>]*>|\]\([^()]*\)", re.S)

Text = tuple[str, str, str]
"""File, key, text."""


def leaves(held: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every string of a mapping, with the names that lead to it."""
    if isinstance(held, Mapping):
        for name, inner in held.items():
            yield from leaves(inner, f"{key}.{name}".lstrip("."))
    elif isinstance(held, list):
        for at, inner in enumerate(held):
            yield from leaves(inner, f"{key}[{at}]")
    elif isinstance(held, str):
        yield key, held


@lru_cache
def of_rooms(lang: str) -> tuple[Text, ...]:
    """The texts of the package, without the fields that they hold."""
    return tuple(
        (file.relative_to(ROOT).as_posix(), key, FIELD.sub(" … ", text))
        for file in sorted(PACKAGE.rglob(f"texts.{lang}.yaml"))
        for key, text in yaml.safe_load(file.read_text("utf-8")).items()
    )


def of_scenarios() -> Iterator[Text]:
    """Titles and descriptions of scenarios and of what happens in them."""
    for file in (file for folder in SCENARIOS for file in sorted((ROOT / folder).rglob("*.yaml"))):
        held = PLACEHOLDER.sub(" … ", file.read_text("utf-8"))
        for key, text in leaves(yaml.safe_load(held)):
            if re.search(r"(title|description|reason)\.\w+$", key):
                yield file.relative_to(ROOT).as_posix(), key, text


def of_pages() -> Iterator[Text]:
    """Prose beside the code, line by line: names of commands and of files are none of ours."""
    for name in PAGES:
        place = ROOT / name
        for file in sorted(place.rglob("*.md")) if place.is_dir() else [place]:
            prose = CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), file.read_text("utf-8"))
            for at, line in enumerate(prose.splitlines(), 1):
                yield file.relative_to(ROOT).as_posix(), f"line {at}", line


def of_notebooks() -> Iterator[Text]:
    for file in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for at, cell in enumerate(json.loads(file.read_text("utf-8"))["cells"]):
            if cell["cell_type"] == "markdown":
                for line in CODE.sub(" ", "".join(cell["source"])).splitlines():
                    yield f"notebooks/{file.name}", f"cell {at}", line


def of_data() -> Iterator[Text]:
    """Names and explanations in the tables of the data."""
    for name, columns in NAMES.items():
        with (ROOT / "data" / name).open(encoding="utf-8-sig", newline="") as table:
            for at, row in enumerate(csv.DictReader(table), 2):
                yield from ((f"data/{name}", f"line {at}, {column}", row[column]) for column in columns)


def texts() -> Iterator[Text]:
    for lang in LANGS:
        yield from of_rooms(lang)
    for source in (of_scenarios, of_pages, of_notebooks, of_data):
        yield from source()


def pattern(term: str) -> str:
    """A term as it stands in a text: English by whole words, in any case."""
    return rf"(?i:(?<![A-Za-z])(?:{re.escape(term)})(?![A-Za-z]))" if term.isascii() else re.escape(term)


def faults(found: Iterable[Text]) -> list[str]:
    """Words in texts for which the glossary has another term."""
    rules = [
        (word, entry[lang]["use"], re.compile(pattern(word)), [re.compile(pattern(p)) for p in kept])
        for entry in GLOSSARY.values()
        for lang in LANGS
        for kept in [entry[lang].get("except", [])]
        for word in entry[lang].get("not", ())
    ]
    told = []
    for file, key, text in found:
        for word, use, wrong, kept in rules:
            if not wrong.search(text):
                continue
            rest = text
            for phrase in kept:
                rest = phrase.sub(" … ", rest)
            if wrong.search(rest):
                told.append(f"{file}: {key}: “{word}” → “{use}”: {text.strip()}")
    return told


def test_every_text_keeps_to_the_glossary() -> None:
    found = faults(texts())
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", GLOSSARY)
def test_a_term_is_the_one_in_use(name: str) -> None:
    entry = GLOSSARY[name]
    assert set(entry) == {"meaning", *LANGS}
    assert any(entry[lang].get("not") for lang in LANGS)
    for lang in LANGS:
        term = re.compile(pattern(entry[lang]["use"]))
        assert any(term.search(text) for _, _, text in of_rooms(lang)), (name, lang, entry[lang]["use"])


def test_no_term_is_what_another_entry_replaces() -> None:
    entries = [(name, entry[lang]) for name, entry in GLOSSARY.items() for lang in LANGS]
    assert not faults(("glossary", name, terms["use"]) for name, terms in entries)
    every = [word for _, terms in entries for word in terms.get("not", ())]
    assert len(every) == len(set(every))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("各项计划目标", "计划"),
        ("该项计划，不是年度计划", "计划"),
        ("a share, not a likelihood", "likelihood"),
        ("Odds of all", "odds"),
    ],
)
def test_a_word_that_the_glossary_replaces_is_named(text: str, word: str) -> None:
    (told,) = faults([("texts.yaml", "key", text)])
    assert told.startswith(f"texts.yaml: key: “{word}” → ")


@pytest.mark.parametrize(
    "text", ["完成年度计划", "该部分的对数几率", "shares move in log-odds", "the same outcome", "ahead of it"]
)
def test_a_word_stays_where_it_is_right(text: str) -> None:
    assert not faults([("texts.yaml", "key", text)])
