"""Text of charts as outlines: where matplotlib puts it, each letter once, and nothing lost in silence."""

import re
from collections.abc import Iterator

import numpy as np
import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from futian_model.charts import MissingGlyph
from futian_model.charts.letters import GRID, letters, written
from futian_model.charts.line import Line
from futian_model.charts.theme import FAMILIES, theme

NUMBERS = {"m": 2, "l": 2, "h": 1, "v": 1, "q": 4, "c": 6, "z": 0}


def points(outline: str) -> Iterator[tuple[float, float]]:
    """Every point of a path in relative steps, those that bend it included, on the grid."""
    here = begun = (0.0, 0.0)
    for command, told in re.findall(r"([a-z])([^a-z]*)", outline):
        steps = [float(one) for one in re.findall(r"-?[\d.]+", told)]
        assert len(steps) == NUMBERS[command]
        if command == "z":
            here = begun
            continue
        across = {"h": [*steps, 0.0], "v": [0.0, *steps]}.get(command, steps)
        ends = [(here[0] + x, here[1] + y) for x, y in zip(across[::2], across[1::2], strict=True)]
        yield from ends
        here = ends[-1]
        begun = here if command == "m" else begun


@pytest.mark.parametrize("text", ["Goal RMB 960.0 bn", "目标9,600亿元", "−4.3%，ÅgjQ@&"])
def test_letters_stand_where_matplotlib_puts_them(text: str) -> None:
    with theme():
        own = np.array([(at + x, y) for d, at in letters(text) for x, y in points(d)]) * 100 / GRID
        whole = TextPath((0, 0), text, size=100, prop=FontProperties(family=list(FAMILIES)))
    drawn = whole.vertices[whole.codes != 79]
    assert len(own) == len(drawn)
    np.testing.assert_allclose(own, drawn, atol=0.5 * 100 / GRID + 1e-6)  # half a place of the grid


def test_a_letter_is_drawn_once_and_used_often_at_the_size_of_its_line() -> None:
    with theme():
        made = written(
            [Line("aaab", 10.0, 20.0, 9.25, "#1A1A1A"), Line("a", 5.5, 8.0, 9.0, "#AA4B00")], 100.0
        )
    assert len(re.findall("<path ", made)) == 2
    assert len(re.findall("<use ", made)) == 5
    first, second = re.findall(r'<g style="fill:(.*?)" transform="(.*?)">', made)
    assert first == ("#1A1A1A", "translate(10 80) scale(0.037 -0.037)")
    assert second == ("#AA4B00", "translate(5.5 92) scale(0.036 -0.036)")
    assert written([], 100.0) == ""


def test_a_letter_no_font_has_is_told_every_time() -> None:
    for _ in range(2):
        with pytest.raises(MissingGlyph), theme():
            letters("Goal \U000f0001")
