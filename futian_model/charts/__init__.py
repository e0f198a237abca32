"""Charts: tidy tables and words in, pictures with alt text out; no model and no language in here."""

from futian_model.charts.chart import Chart
from futian_model.charts.coverage import CoverageWords, coverage
from futian_model.charts.fan import FanWords, fan
from futian_model.charts.lines import LineWords, lines
from futian_model.charts.pit import PanelWords, histograms
from futian_model.charts.theme import MissingGlyph, drawable

__all__ = [
    "Chart",
    "CoverageWords",
    "FanWords",
    "LineWords",
    "MissingGlyph",
    "PanelWords",
    "coverage",
    "drawable",
    "fan",
    "histograms",
    "lines",
]
