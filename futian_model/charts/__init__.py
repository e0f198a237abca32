"""Charts: tidy tables and words in, pictures with alt text out; no model and no language in here."""

from futian_model.charts.chart import Chart
from futian_model.charts.fan import FanWords, fan
from futian_model.charts.lines import lines
from futian_model.charts.paths import PathWords, paths
from futian_model.charts.record import CoverageWords, coverage, histograms
from futian_model.charts.theme import MissingGlyph, drawable
from futian_model.charts.words import ChartWords
