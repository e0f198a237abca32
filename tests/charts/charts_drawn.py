"""What every picture must keep to, whatever it shows."""

from itertools import combinations
from typing import Any
from xml.etree import ElementTree

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from futian_model.charts import Chart
from futian_model.charts.drawing import page_size
from futian_model.charts.text import Box
from futian_model.charts.theme import SMALL, theme

ROUNDING = 0.01
"""Points."""


def boxes_of(figure: Figure) -> dict[tuple[str, float, int], Box]:
    """The ground, in points, of every text that is drawn: by what it says, its size and its turn."""
    boxes, canvas = dict[tuple[str, float, int], Box](), FigureCanvasAgg(figure)
    renderer: Any = canvas.get_renderer()
    point, (_, pixels) = renderer.points_to_pixels(1.0), renderer.get_canvas_width_height()

    def note(
        pen: object, left: float, down: float, text: str, font: FontProperties, *more: object, **named: object
    ) -> None:
        wide, tall, deep = text_to_path.get_text_width_height_descent(text, font, ismath=False)
        x, y = left / point, (pixels - down) / point - deep
        boxes[text, font.get_size_in_points(), len(boxes)] = Box(x, y, x + wide, y + tall)

    renderer.draw_text = note
    figure.draw(renderer)
    return boxes


def is_legible(chart: Chart) -> None:
    """No text on another or off the page, none small; a small file that says what it shows."""
    with theme():
        figure = chart._draw().figure
        boxes = boxes_of(figure)
        across, tall = page_size(figure)
    assert boxes
    for (text, size, _), box in boxes.items():
        assert -ROUNDING <= box.left <= box.right <= across + ROUNDING, text
        assert -ROUNDING <= box.bottom <= box.top <= tall + ROUNDING, text
        assert size >= SMALL
    for (text, box), (other, second) in combinations(boxes.items(), 2):
        apart = (
            box.right <= second.left
            or second.right <= box.left
            or box.top <= second.bottom
            or second.top <= box.bottom
        )
        assert apart, (text, other)
    assert len(chart.svg.encode()) < 60_000
    assert ElementTree.fromstring(chart.svg).attrib["aria-label"] == chart.alt
