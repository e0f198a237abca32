"""The typefaces of a printed report: which there are, what they draw, how much room it takes."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

from futian_model.report.writers.paper.ruler import HAN as HAN_CHARACTERS

PACKAGE = "noto_cjk_sans_otc"
HAN, LATIN = "Noto Sans CJK SC", "DejaVu Sans"
HAN_MONO, LATIN_MONO = "Noto Sans Mono CJK SC", "DejaVu Sans Mono"
LAST_RESORT = "Last Resort"
"""Families of this name draw boxes for all there is."""
COMMON_HAN = range(0x4E00, 0x9FA6)
KEPT_MARKS = "\n\t\u200b\u2060"
"""Characters without a shape that say where a line ends or may not."""
NEWLINE = re.compile("\r\n?")
_FREETYPE = Lock()
"""A face holds one letter at a time, and reports are written side by side."""
UNITS = 1000
"""Widths are measured at this size."""
TOLD = 12
"""Characters that a warning lists."""
LONGEST, STEP = 28, 6
"""A word longer than this may be broken, every so many characters."""
UNBROKEN = re.compile(rf"[^\s\u200b{HAN_CHARACTERS}]{{{LONGEST},}}")


@dataclass(frozen=True, eq=False)
class Typefaces:
    """Fonts to set a report in.

    Attributes
    ----------
    fonts : typst.Fonts
        Where typst finds them.
    families, mono : tuple of str
        Names in order of preference, for words and for what a program printed.
    drawn : tuple of frozenset
        Code points of each family in `families`.
    warning : str
        What is wrong with them; empty when they are the packaged ones.
    """

    fonts: Any
    families: tuple[str, ...]
    mono: tuple[str, ...]
    drawn: tuple[frozenset[int], ...]
    faces: tuple[Any, ...] = field(repr=False)
    warning: str = ""
    _widths: dict[str, float] = field(default_factory=dict, repr=False)

    def draws(self, cluster: str) -> bool:
        """Whether one family has every character."""
        codes = {ord(character) for character in cluster}
        return any(codes <= drawn for drawn in self.drawn)

    def width(self, text: str, size: float) -> float:
        """Points that one line of text takes at a size."""
        return sum(map(self._width, text)) * size / UNITS

    def _width(self, character: str) -> float:
        if character not in self._widths:
            self._widths[character] = self._measured(character)
        return self._widths[character]

    def _measured(self, character: str) -> float:
        from matplotlib.ft2font import LoadFlags

        if unicodedata.category(character) in ("Cc", "Cf", "Mn"):
            return 0.0
        for drawn, face in zip(self.drawn, self.faces, strict=True):
            if ord(character) in drawn:
                with _FREETYPE:
                    face.set_size(UNITS, 72)
                    glyph = face.load_char(ord(character), flags=LoadFlags.NO_HINTING)
                    return float(glyph.linearHoriAdvance) / 65536
        return float(UNITS)


def packaged() -> list[Path]:
    """Folders of the fonts that come with the project's dependencies."""
    import matplotlib

    package = find_spec(PACKAGE)
    folders = [Path(folder) for folder in (package.submodule_search_locations or [])] if package else []
    return [*folders, Path(matplotlib.get_data_path()) / "fonts" / "ttf"]


@lru_cache
def typefaces(folders: tuple[Path, ...]) -> Typefaces:
    """The typefaces in some folders; where the Chinese one is not among them, the best the machine has.

    Parameters
    ----------
    folders : tuple of Path
        Where the packaged fonts are, as `packaged` gives them.
    """
    from typst import Fonts

    fonts = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))
    if {HAN, LATIN} <= set(fonts.families()):
        return _typefaces(fonts, (HAN, LATIN), (HAN_MONO, LATIN_MONO, LATIN))
    return fallback(Fonts(font_paths=list(folders)))


def fallback(fonts: Any) -> Typefaces:
    """Whatever draws most Chinese characters, then whatever draws most of all."""
    drawn = {family: _drawn(face) for family, face in _faces(fonts).items()}
    han = max(
        drawn, key=lambda name: (len(drawn[name].intersection(COMMON_HAN)), "SC" in name, "Mono" not in name)
    )
    most = max(drawn, key=lambda name: (name == LATIN, len(drawn[name])))
    chosen = tuple(dict.fromkeys((han, most)))
    warning = f"the packaged typefaces cannot be read; set in what this machine has: {', '.join(chosen)}"
    if len(drawn[han].intersection(COMMON_HAN)) < len(COMMON_HAN) / 4:
        warning += " (no Chinese characters)"
    return _typefaces(fonts, chosen, chosen, warning)


def _typefaces(fonts: Any, families: tuple[str, ...], mono: tuple[str, ...], warning: str = "") -> Typefaces:
    known = _faces(fonts, families)
    faces = tuple(known[name] for name in families)
    return Typefaces(fonts, families, mono, tuple(map(_drawn, faces)), faces, warning)


def _faces(fonts: Any, families: Iterable[str] = ()) -> dict[str, Any]:
    """The upright face of each family that is a file."""
    from matplotlib.ft2font import FT2Font

    faces: dict[str, Any] = {}
    asked = set(families)
    for font in sorted(
        fonts.fonts(), key=lambda font: (font.family, font.style != "normal", abs(font.weight - 400))
    ):
        skipped = font.path is None or font.family in faces or font.family.startswith(LAST_RESORT)
        if skipped or (asked and font.family not in asked):
            continue
        try:
            faces[font.family] = FT2Font(font.path, face_index=font.index)
        except (RuntimeError, OSError):
            continue
    return faces


def _drawn(face: Any) -> frozenset[int]:
    return frozenset(code for code in face.get_charmap() if not _shapeless(chr(code)))


def _shapeless(character: str) -> bool:
    """Controls, marks of direction, variants of what stands before: nothing of them is ever seen."""
    if character in KEPT_MARKS:
        return False
    return unicodedata.category(character) in ("Cc", "Cf") or "\ufe00" <= character <= "\ufe0f"


@dataclass
class Spelling:
    """Texts as the typefaces can set them, and a tally of what they could not.

    A symbol that no typeface has is named in brackets, a letter becomes an ellipsis in them; a word too
    long for any line may be broken.
    """

    faces: Typefaces
    missing: dict[str, None] = field(default_factory=dict)

    def __call__(self, text: str) -> str:
        kept = text if self.faces.draws(text) else self._spelt(text)
        return UNBROKEN.sub(lambda word: "\u200b".join(pieces(word[0], STEP)), kept)

    def _spelt(self, text: str) -> str:
        parts: list[str] = []
        for cluster in _clusters(unicodedata.normalize("NFC", NEWLINE.sub("\n", text))):
            spelt = self._cluster(cluster)
            if spelt != "[…]" or parts[-1:] != [spelt]:
                parts.append(spelt)
        return "".join(parts)

    def _cluster(self, cluster: str) -> str:
        if cluster in KEPT_MARKS or self.faces.draws(cluster):
            return cluster
        base = cluster[0]
        if base.isspace():
            return "\n" if unicodedata.category(base) in ("Zl", "Zp") else " "
        self.missing |= dict.fromkeys(character for character in cluster if not self.faces.draws(character))
        if self.faces.draws(base):
            return base
        symbol = unicodedata.category(base).startswith("S")
        return f"[{unicodedata.name(base, '…').lower() if symbol else '…'}]"

    def warnings(self) -> list[str]:
        """What to tell whoever made the file."""
        if not self.missing:
            return []
        characters = ", ".join(map(_named, list(self.missing)[:TOLD]))
        rest = f" and {len(self.missing) - TOLD} more" if len(self.missing) > TOLD else ""
        return [f"no typeface of the PDF has these characters, so they were replaced: {characters}{rest}"]


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return code if "\ud800" <= character <= "\udfff" else f"{character} ({code})"


def _clusters(text: str) -> list[str]:
    """Characters with the marks that sit on them, without what is never seen."""
    clusters: list[str] = []
    for character in text:
        if _shapeless(character):
            continue
        if clusters and unicodedata.category(character) in ("Mn", "Me") and not clusters[-1].isspace():
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def pieces(text: Sequence[str] | str, length: int) -> list[Any]:
    """A sequence cut into parts of a length."""
    return [text[start : start + length] for start in range(0, len(text), length)]
