"""Languages that reports are written in, and what each asks of numbers, pages and files.

A further language is one folder: a module ``futian_languages.<code>`` anywhere on Python's path, with
``LANGUAGE``, and beside it ``texts.<code>.yaml`` with the texts of every room, the room's texts under its
name. ``futian show texts --lang en`` prints such a file of a language that is there, to translate.
"""

import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from futian_model.errors import InputError

OUTSIDE = "futian_languages"
"""Namespace of languages from outside the library."""
HOME = Path(__file__).parent


@dataclass(frozen=True)
class Amount:
    """How values of one of the library's units are written.

    Attributes
    ----------
    unit : str
        Shown: a name in `units.UNITS`.
    digits : int
        Decimals; below nothing, as many zeros before the point.
    exact : int
        Decimals of a figure that stands to be calculated with.
    prefix, suffix : str
        What stands before and behind the digits.
    small : (float, int) or None
        Size in the library's unit below which other decimals are written, and how many.
    """

    unit: str
    digits: int
    exact: int
    prefix: str = ""
    suffix: str = ""
    small: tuple[float, int] | None = None


@dataclass(frozen=True)
class Language:
    """One language.

    Attributes
    ----------
    code : str
        As files, options and the ``lang`` of a page name it.
    name : str
        In itself.
    locale : str
        As office programs name it, with the country whose customs it follows.
    data : str
        In which language data and scenarios call things for its readers: the end of ``name_zh``.
    font : str
        Of a workbook; another program puts its own in its place.
    digit : float
        Pixels of a digit in that font, by which columns are measured.
    prose : (float, float)
        Points of the words of a paragraph on paper, and from line to line, on the safe side.
    amounts : mapping of str to Amount
        By unit of the library.
    points, multiple : str
        What follows a difference of shares, and a multiple.
    odds : tuple of str
        A chance in words: below one in twenty, below one in ten, about one to nine in ten, and above nineteen
        in twenty; without them it is written in tens of per cent.
    sources : bool
        Whether the sources speak it: their own texts and units are shown as printed.
    between : str
        Between sentences.
    brackets, comma : str
        Around an aside, and between its parts.
    lower : bool
        Whether a name loses its capital inside a sentence.
    counters : bool
        Whether a count is followed by the word for what is counted.
    ordinals : bool
        Whether a place among a hundred is written as 1st, 2nd, 3rd.
    han : bool
        Whether it is set as Chinese characters are: even lines, paragraphs indented.
    manual : str
        What stands between the name and the ``.md`` of a guide.
    """

    code: str
    name: str
    locale: str
    data: str
    font: str
    digit: float
    prose: tuple[float, float]
    amounts: Mapping[str, Amount]
    points: str
    multiple: str
    odds: tuple[str, ...] = ()
    sources: bool = False
    between: str = " "
    brackets: tuple[str, str] = (" (", ")")
    comma: str = ", "
    lower: bool = False
    counters: bool = False
    ordinals: bool = False
    han: bool = False
    manual: str = ""

    @property
    def tag(self) -> str:
        """As a web page names it: with its country, where its locale is its own."""
        return self.locale if self.locale.partition("-")[0] == self.code else self.code

    def column(self, stem: str) -> str:
        """Column of a data file that calls things in this language: ``name_en``."""
        return f"{stem}_{self.data}"

    def stated(self, stem: str) -> str:
        """Column that holds what a source says in this language: ``unit`` of the source, or ``unit_en``."""
        return stem if self.sources else self.column(stem)

    def aside(self, parts: list[str]) -> str:
        """Parts in brackets behind a name."""
        return self.comma.join(parts).join(self.brackets)


CHINESE = Language(
    code="zh",
    name="中文",
    locale="zh-CN",
    data="zh",
    sources=True,
    between="",
    brackets=("（", "）"),
    comma="，",
    counters=True,
    han=True,
    font="Microsoft YaHei",
    digit=8.0,
    prose=(10.5, 17.1),
    manual=".zh",
    amounts={
        "亿元": Amount("亿元", 0, 1, suffix="亿元", small=(100, 1)),
        "万元/人": Amount("万元/人", 1, 2, suffix="万元"),
        "万人": Amount("万人", 1, 1, suffix="万人"),
    },
    points="个百分点",
    multiple="倍",
    odds=(
        "极小",
        "不足一成",
        *(f"约{tenths}成" for tenths in "一两三四五六七八九"),
        "超过九成五",
    ),
)
ENGLISH = Language(
    code="en",
    name="English",
    locale="en-GB",
    data="en",
    lower=True,
    ordinals=True,
    font="Calibri",
    digit=7.0,
    prose=(10.0, 14.8),
    amounts={
        "亿元": Amount("billion yuan", 1, 1, "RMB\xa0", "\xa0bn"),
        "万元/人": Amount("元/人", -2, 0, "RMB\xa0"),
        "万人": Amount("million people", 3, 3, "", "\xa0million"),
    },
    points="\xa0points",
    multiple="\xa0times",
    odds=(
        "less than one in twenty",
        "less than one in ten",
        *(
            f"about {tenths} in ten"
            for tenths in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
        ),
        "more than nineteen in twenty",
    ),
)


def outside() -> dict[str, Path]:
    """Folder of each language from outside the library, by its code."""
    space = find_spec(OUTSIDE)
    places = [] if space is None else list(space.submodule_search_locations or ())
    return {
        module.name: Path(place, module.name) for place in places for module in pkgutil.iter_modules([place])
    }


FOLDERS = outside()
LANGUAGES: Mapping[str, Language] = {known.code: known for known in (CHINESE, ENGLISH)} | {
    code: import_module(f"{OUTSIDE}.{code}").LANGUAGE for code in FOLDERS
}
LANGS = tuple(LANGUAGES)
"""Codes of all languages; the first is the one that data and plans are written in."""
DATA_LANGS = tuple(dict.fromkeys(known.data for known in LANGUAGES.values()))
"""Languages in which data and scenarios call things."""


def language(code: str) -> Language:
    """The language of a code.

    Raises
    ------
    InputError
        There is none.
    """
    if code not in LANGUAGES:
        raise InputError("language", code, " or ".join(LANGUAGES))
    return LANGUAGES[code]


@lru_cache
def texts(room: Path, lang: str) -> Mapping[str, str]:
    """Texts of a room in a language, each under its key.

    Parameters
    ----------
    room : Path
        Folder of ``texts.<code>.yaml``.
    lang : str

    Raises
    ------
    InputError
        There is no such language, or the room has no texts in it.
    """
    name = f"texts.{language(lang).code}.yaml"
    if lang in FOLDERS:
        every, place = read(FOLDERS[lang] / name), room.relative_to(HOME).as_posix()
        if place not in every:
            raise InputError("language", lang, f"a language whose {name} holds the texts of {place}")
        return dict(every[place])
    if not (room / name).is_file():
        raise InputError("language", lang, f"a language with a file {room.name}/{name}")
    return read(room / name)


def every_text(lang: str, *, ascii: bool = False) -> str:
    """All texts of a language in one file, as a language from outside the library has them.

    Where asked for in ASCII, other letters stand in it by their numbers.
    """
    import yaml

    rooms = sorted(file.parent for file in HOME.rglob(f"texts.{LANGS[0]}.yaml"))
    content = {room.relative_to(HOME).as_posix(): dict(texts(room, lang)) for room in rooms}
    return str(yaml.safe_dump(content, allow_unicode=not ascii, sort_keys=False, width=110))


@lru_cache
def read(file: Path) -> dict[str, Any]:
    """A file of texts."""
    import yaml  # takes longer than all else here

    texts: dict[str, Any] = yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader)  # reads fast
    return texts


def names(row: Any) -> dict[str, str]:
    """What a row of a data file, by column, calls its thing for readers of every language."""
    return {lang: str(row[known.column("name")]) for lang, known in LANGUAGES.items()}
