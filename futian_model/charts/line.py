"""A line of text, drawn where it is told to stand."""

from typing import Any

from matplotlib.artist import Artist
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties


class Line(Artist):
    """A line of text at a place in points, in the fonts that are set when it is made.

    Draws what `matplotlib.text.Text` draws, which measures each line anew to place it, at more than the price
    of drawing it.
    """

    zorder = 3

    def __init__(self, text: str, left: float, baseline: float, size: float, colour: str) -> None:
        super().__init__()
        self.text, self.left, self.baseline = text, left, baseline
        self.size, self.colour = size, colour

    def draw(self, renderer: Any) -> None:
        pixels = renderer.points_to_pixels(1.0)
        _, tall = renderer.get_canvas_width_height()
        up = self.baseline * pixels
        pen = renderer.new_gc()
        pen.set_foreground(to_rgba(self.colour), isRGBA=True)
        font = FontProperties(size=self.size)
        renderer.draw_text(
            pen, self.left * pixels, tall - up if renderer.flipy() else up, self.text, font, 0.0
        )
        pen.restore()
