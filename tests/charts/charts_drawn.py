"""What every picture must keep to, whatever it shows."""

from itertools import combinations
from xml.etree import ElementTree

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from futian_model.charts import Chart
from futian_model.charts.theme import theme


def is_legible(chart: Chart) -> None:
    """No text on another or off the page, none small; a small file that says what it shows."""
    with theme():
        figure = chart._draw().figure
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text()]
        boxes = {text: text.get_window_extent(canvas.get_renderer()) for text in texts}
    page = figure.bbox
    for text, box in boxes.items():
        assert page.x0 <= box.x0 <= box.x1 <= page.x1, text
        assert page.y0 <= box.y0 <= box.y1 <= page.y1, text
        assert text.get_fontsize() >= 9
    for (one, first), (other, second) in combinations(boxes.items(), 2):
        assert not first.overlaps(second), (one, other)
    assert len(chart.svg.encode()) < 60_000
    assert ElementTree.fromstring(chart.svg).attrib["aria-label"] == chart.alt
