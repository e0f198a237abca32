"""Wording of an office's own, in place of the library's texts: what reviews of its reports have kept."""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from futian_model.errors import FileFault, InputError, UnknownName
from futian_model.languages import LANGS
from futian_model.project import Project
from futian_model.report.words.sentences import FIELD, Words, words

RECORD = re.compile(r"(\d{4,})\.([A-Za-z_-]+)\.yaml")
"""What a review wrote, and the language of its report."""
MOST = 4_000_000
"""Bytes of such a file."""
LONGEST = 2_000
"""Characters of a text."""


def records(project: Project) -> list[Path]:
    """What earlier reviews wrote, the last one last."""
    folder = project.reviews
    kept = [file for file in folder.iterdir() if RECORD.fullmatch(file.name)] if folder.is_dir() else []
    return sorted(kept, key=lambda file: int(file.name.partition(".")[0]))


def own_texts(project: Project) -> dict[str, dict[str, str]]:
    """Texts of an office's own by language and key, the latest of each; only languages that have any.

    Raises
    ------
    InputError
        A file cannot be read; a text is of a key that no report has, or does not fit its sentence.
    """
    own: dict[str, dict[str, str]] = {}
    for file in records(project):
        lang = file.name.split(".")[1]
        if lang not in LANGS:
            raise FileFault(project.shown(file), f"its language is {lang}; allowed: {', '.join(LANGS)}")
        for key, text in wording_of(file, project).items():
            try:
                fitting(key, text, words(lang))
            except InputError as fault:
                fault.file = project.shown(file)
                raise
            own.setdefault(lang, {})[key] = text
    return own


def wording_of(file: Path, project: Project) -> dict[str, str]:
    """The texts that one review kept."""
    import yaml  # takes longer than all else here

    try:
        if file.stat().st_size > MOST:
            raise ValueError(f"it has more than {MOST >> 20} MB")
        content: Any = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
        texts = (content or {}).get("wording") or {}
        if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
            raise ValueError("wording is no mapping of texts")
    except (OSError, ValueError, AttributeError, RecursionError, yaml.YAMLError) as fault:
        reason = next(iter(str(fault).splitlines()), type(fault).__name__)
        allowed = "a file as futian review wrote it"
        raise FileFault(project.shown(file), f"it cannot be read: {reason}; allowed: {allowed}") from None
    return {str(key): text for key, text in texts.items()}


def worded(lang: str, own: Mapping[str, str]) -> Words:
    """The texts of a language, an office's own in place of the library's."""
    known = words(lang)
    return Words(lang, {**known.texts, **own}) if own else known


def fitting(key: str, text: str, known: Words) -> None:
    """Refuse a text that could not stand in place of the library's.

    Raises
    ------
    InputError
        No report says a sentence of this key; the text is empty or too long, has figures of its own, or
        names other fields than the sentence has.
    """
    if key not in known.texts:
        raise UnknownName(f"wording.{key}", known.texts)
    fields = FIELD.findall(known.texts[key])
    named = [name for name, kind, *_ in FIELD.findall(text) if not kind]
    usual = [name for name, kind, *_ in fields if not kind]
    if Counter(named) != Counter(usual):
        allowed = " ".join(f"{{{name}}}" for name in usual) or "no field"
        raise InputError(f"wording.{key}", text, f"a text with the fields of its sentence: {allowed}")
    if {name for name, *_ in FIELD.findall(text)} - {name for name, *_ in fields} or set("{}") & set(
        FIELD.sub("", text)
    ):
        raise InputError(f"wording.{key}", text, "a text whose braces name fields of its sentence")
    if not text.strip() or len(text) > LONGEST or not text.isprintable():
        raise InputError(f"wording.{key}", text, f"a text of 1 to {LONGEST} characters on one line")
    if any(letter.isdigit() for letter in FIELD.sub("", text)):
        raise InputError(f"wording.{key}", text, "a text without figures: those of a report are computed")
