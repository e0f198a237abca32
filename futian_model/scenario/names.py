"""Texts and names that a scenario file may hold."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from futian_model.files import UNRESERVED
from futian_model.languages import LANGS, language
from futian_model.scenario.phases import Part

ID = rf"^{UNRESERVED}[a-z0-9][a-z0-9_-]{{0,63}}$"
ID_WORDS = (
    "1 to 64 lower-case letters, digits, _ or -, the first a letter or digit; no path separators, and no name"
    " of a device such as con, nul or com1"
)


def identified(name: str) -> str:
    """A name that is an id, on every system.

    Raises
    ------
    ValueError
        It is none.
    """
    if not re.fullmatch(ID, name):
        raise ValueError(name)
    return name


Name = Annotated[str, AfterValidator(identified), WithJsonSchema({"pattern": ID, "type": "string"})]


def visible(text: str) -> str:
    """A text of which something is seen."""
    if not any(unicodedata.category(sign)[0] in "LNPS" for sign in text):
        raise ValueError("nothing to see")
    return text


Text = Annotated[str, Field(min_length=1, pattern=r"\S"), AfterValidator(visible)]


class Words(Part):
    """A text in each language that data and scenarios speak."""

    zh: Text = Field(description="text in Chinese, not empty")
    en: Text = Field(description="text in English, not empty")

    def __getitem__(self, lang: str) -> str:
        return str(getattr(self, language(lang).data))

    def by_language(self) -> dict[str, str]:
        """The text for readers of every language."""
        return {lang: self[lang] for lang in LANGS}
