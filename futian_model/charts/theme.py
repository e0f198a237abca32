"""The look of every chart: one style file, one packaged font, and no character lost in silence."""

import functools
import re
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import as_file, files
from typing import Any

from futian_model.errors import InputError, UnknownName
from futian_model.extensions import added

LIGHT = 4.5
"""Least contrast to white of a colour that words are written in (WCAG 2, level AA)."""
INKED = ("history", "scenario", "baseline", "second", "third", "fifth", "muted", "numbers")
"""Colours of a theme that words are written in."""
COLOURS = {
    **{"history": "#1A1A1A", "scenario": "#0072B2", "baseline": "#767676"},
    **{"second": "#D55E00", "third": "#009E73", "fifth": "#8A5A83"},
    **{"muted": "#595959", "faint": "#C4C4C4", "numbers": "#4D4D4D"},
    **{"grid": "#E3E3E3", "ticks": "#8C8C8C", "ahead": "#F3F5F7"},
    **{"band_90": "#DCEBF6", "band_80": "#AFD2EA", "band_50": "#79B3D8"},
}
"""What a theme may set: a mapping of these names to colours, ``#RRGGBB``.

Another package adds one by an entry point of the group ``futian_model.themes``; where one is installed, every
chart is drawn in it.
"""


def contrast(colour: str) -> float:
    """Contrast of a colour to white, 1 to 21 (WCAG 2, relative luminance).

    Examples
    --------
    >>> print(round(contrast("#000000")), round(contrast("#767676"), 2))
    21 4.54
    """
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def colours(themes: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The colours of every chart, with those that a package sets.

    Raises
    ------
    InputError
        There are several themes, or one sets something else, no colour, or one too light to read.
    """
    if len(themes) > 1:
        raise InputError("futian_model.themes", ", ".join(themes), "one of them installed at a time")
    changed = {}
    for theme_name, theme_colours in themes.items():
        for name, colour in theme_colours.items():
            field = f"futian_model.themes.{theme_name}.{name}"
            if name not in COLOURS:
                raise UnknownName(field, [f"futian_model.themes.{theme_name}.{known}" for known in COLOURS])
            if not re.fullmatch("#[0-9A-Fa-f]{6}", str(colour)):
                raise InputError(field, colour, "a colour as #RRGGBB")
            if name in INKED and contrast(colour) < LIGHT:
                raise InputError(field, colour, f"a colour dark enough to read: {LIGHT} to white or more")
            changed[name] = colour
    return COLOURS | changed


_COLOURS = colours(added("themes", "a mapping of names to colours", lambda theme: isinstance(theme, Mapping)))
HISTORY, SCENARIO, BASELINE = (_COLOURS[name] for name in ("history", "scenario", "baseline"))
ORANGE, GREEN, PURPLE = (_COLOURS[name] for name in ("second", "third", "fifth"))
MUTED, FAINT = _COLOURS["muted"], _COLOURS["faint"]
NUMBERS = _COLOURS["numbers"]
"""Ink of the numbers along an axis."""
GRID, TICKS = (_COLOURS["grid"], 0.6), (_COLOURS["ticks"], 0.7)
"""Colour and thickness of lines that numbers stand for."""
AHEAD = _COLOURS["ahead"]
"""Ground under years that are projected."""
TINTS = {0.9: _COLOURS["band_90"], 0.8: _COLOURS["band_80"], 0.5: _COLOURS["band_50"]}
EDGES = {0.9: (0, (1, 1.6)), 0.8: (0, (3, 1.6)), 0.5: "-"}
"""Filling of each band and the dash of its edge: a print in grey, or a copy of one, keeps them apart."""
INKS = {"#D55E00": "#AA4B00", "#009E73": "#007758"}
"""Own colours that are too light for small text, and the darker shade that stands in for each."""
Dash = str | tuple[float, ...]
STYLES: tuple[tuple[str, Dash, str], ...] = (
    (SCENARIO, "", "o"),
    (ORANGE, (5, 2), "s"),
    (GREEN, (6, 1.5, 1.5, 1.5), "^"),
    (BASELINE, (1, 1.5), "D"),
    (PURPLE, (3, 1.5), "v"),
    (HISTORY, (8, 1.5, 1.5, 1.5, 1.5, 1.5), "X"),
)
"""Colour, dash and marker of each line in turn: any one of them tells the lines apart."""


def line_style(at: int) -> tuple[str, Dash]:
    """Colour and dash of the line at a place; pairs differ up to the square of the number of styles."""
    count = len(STYLES)
    return STYLES[at % count][0], STYLES[(at + at // count) % count][1]


FAMILIES = ("Noto Sans CJK SC", "DejaVu Sans")
TITLE, TEXT, SMALL = 10.5, 9.25, 9.0

_GLYPH = re.compile(r"Glyph (\d+) .*missing from font", re.DOTALL)


class MissingGlyph(InputError):
    """A chart's words hold characters its fonts cannot draw.

    Parameters
    ----------
    characters : str
        The characters, each once.
    """

    def __init__(self, characters: str) -> None:
        super().__init__("chart text", characters, "characters of Noto Sans CJK SC or DejaVu Sans")

    @property
    def characters(self) -> str:
        """The characters no font has."""
        return str(self.value)


@contextmanager
def theme() -> Iterator[None]:
    """Draw in the project's style, whatever the user's own matplotlib settings are.

    Raises
    ------
    MissingGlyph
        On leaving, when something drawn inside held a character no font has.
    """
    from matplotlib import style

    load_font()
    # Recorded, not raised one by one: the error names every missing character of the chart.
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        own = {"text.color": HISTORY, "axes.edgecolor": TICKS[0], "grid.color": GRID[0]}
        own |= {
            f"{axis}tick.{part}": ink
            for axis in "xy"
            for part, ink in (("color", TICKS[0]), ("labelcolor", NUMBERS))
        }
        with style.context(["futian_model.charts.futian", own], after_reset=True):
            yield
    matches = [(warning, _GLYPH.match(str(warning.message))) for warning in heard]
    missing = sorted({chr(int(glyph[1])) for _, glyph in matches if glyph})
    if missing:
        raise MissingGlyph("".join(missing))
    for warning, _ in matches:
        warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)


def drawable(text: str) -> str:
    """Text without the characters no font of the theme has, for words that users wrote."""
    return "".join(character for character in text if ord(character) in _glyphs()).strip()


@functools.cache
def load_font() -> None:
    """Let matplotlib find the packaged typeface."""
    from matplotlib import font_manager

    with as_file(files("noto_cjk_sans_otc") / "NotoSansCJK-Regular.ttc") as path:
        font_manager.fontManager.addfont(path)


def share_font() -> None:
    """In a notebook, let charts drawn beside the project's own have its Chinese letters to fall back on."""
    python = sys.modules.get("IPython")
    shell = python.get_ipython() if python is not None else None
    if shell is not None:
        _shared_with(shell)


@functools.cache
def _shared_with(shell: Any) -> None:
    load_font()
    _fall_back()
    shell.events.register("pre_run_cell", _fall_back)  # whoever chooses a style takes it away


def _fall_back(*_: object) -> None:
    from matplotlib import rcParams

    rcParams["font.family"] = list(dict.fromkeys([*rcParams["font.family"], FAMILIES[0]]))


@functools.cache
def _glyphs() -> frozenset[int]:
    """Code points of the theme's fonts."""
    from matplotlib.font_manager import FontProperties, findfont
    from matplotlib.ft2font import FT2Font

    load_font()
    paths = [findfont(FontProperties(family=[name])) for name in FAMILIES]
    return frozenset(code for font in paths for code in FT2Font(font).get_charmap())
