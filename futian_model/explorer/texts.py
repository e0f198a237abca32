"""Words of the explorer in both languages."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from futian_model.evidence import Evidence
from futian_model.languages import LANGS, texts
from futian_model.report.words import Words, sentences

Label = Mapping[str, str]
"""A text by language."""
PAGE = "page_"
"""Keys of texts that the page itself shows."""


@lru_cache
def words(lang: str) -> Words:
    """The explorer's texts in a language, and those of the reports."""
    return Words(lang, {**sentences.words(lang).texts, **texts(Path(__file__).parent, lang)})


def say(
    key: str, own: Mapping[str, Mapping[str, str]] = MappingProxyType({}), /, **fields: str | Label
) -> dict[str, str]:
    """A text in both languages; a field may differ between them.

    Parameters
    ----------
    own : mapping
        Texts by language and key that stand beside the explorer's, of a block from outside.
    """

    def of(lang: str) -> dict[str, str]:
        return {name: text if isinstance(text, str) else text[lang] for name, text in fields.items()}

    def texts(lang: str) -> Words:
        return Words(lang, {**words(lang).texts, **own[lang]}) if lang in own else words(lang)

    return {lang: texts(lang).say(key, **of(lang)).text for lang in LANGS}


def named_in(evidence: Evidence, name: str) -> dict[str, str]:
    """What the data call something, in every language."""
    return {lang: evidence.name(name, lang) for lang in LANGS}


def page_texts() -> dict[str, dict[str, str]]:
    """What the page shows around numbers and charts, by language and key."""
    return {
        lang: {
            key.removeprefix(PAGE): text for key, text in words(lang).texts.items() if key.startswith(PAGE)
        }
        for lang in LANGS
    }
