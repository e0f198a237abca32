"""The look of every chart: one style file, one packaged font, and no character lost in silence."""

import functools
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from typing import Any

from futian_model.errors import InputError

HISTORY, SCENARIO, BASELINE = "#1A1A1A", "#0072B2", "#767676"
ORANGE, GREEN, PURPLE = "#D55E00", "#009E73", "#8A5A83"
MUTED, FAINT = "#595959", "#C4C4C4"
NUMBERS = "#4D4D4D"
"""Ink of the numbers along an axis."""
GRID, TICKS = ("#E3E3E3", 0.6), ("#8C8C8C", 0.7)
"""Colour and thickness of lines that numbers stand for."""
AHEAD = "#F3F5F7"
"""Ground under years that are projected."""
TINTS = {0.9: "#DCEBF6", 0.8: "#AFD2EA", 0.5: "#79B3D8"}
EDGES = {0.9: (0, (1, 1.6)), 0.8: (0, (3, 1.6)), 0.5: "-"}
"""Filling of each band and the dash of its edge: a print in grey, or a copy of one, keeps them apart."""
INKS = {ORANGE: "#AA4B00", GREEN: "#007758"}
"""Colours too light for small text, and the darker shade that stands in for each."""
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
        with style.context("futian_model.charts.futian", after_reset=True):
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
