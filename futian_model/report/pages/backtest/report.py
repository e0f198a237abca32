"""The track-record report, section by section, as the notebook calls it."""

import platform
from functools import cached_property
from importlib import metadata

from futian_model import __version__
from futian_model.evidence import Evidence, load_evidence
from futian_model.report.page.blocks import Cover, Record, Section
from futian_model.report.pages.backtest import answer as backtest_answer
from futian_model.report.pages.backtest import charts as backtest_charts
from futian_model.report.pages.backtest import own_series as backtest_own
from futian_model.report.pages.backtest import tables as backtest_tables
from futian_model.report.pages.backtest.material import Track
from futian_model.report.words.names import place_names

PACKAGES = ("numpy", "pandas", "scipy", "matplotlib", "seaborn")


class BacktestReport:
    """How far the model's chances can be trusted, in one language.

    Parameters
    ----------
    lang : {"zh", "en"}
    evidence : Evidence, optional
        The project's figures and its stored record; loaded when left out.
    quantity, panel : str
        Part of the record that the report is about; the rest is shown beside it.
    """

    def __init__(
        self,
        lang: str = "zh",
        evidence: Evidence | None = None,
        quantity: str = "real_gdp_growth",
        panel: str = "economies",
    ) -> None:
        self.lang, self.quantity, self.panel, self._evidence = lang, quantity, panel, evidence

    @cached_property
    def track(self) -> Track:
        """The record and the table of numbers."""
        evidence = self._evidence if self._evidence is not None else load_evidence()
        return Track(self.lang, evidence, self.quantity, self.panel)

    def cover(self) -> Cover:
        """The question, and what it was tested on."""
        return backtest_answer.cover(self.track)

    def answer(self) -> Section:
        """How far to trust the chances, and what went wrong."""
        return backtest_answer.answer(self.track)

    def by_horizon(self) -> Section:
        """Coverage, errors, bias and width by years ahead."""
        return backtest_tables.by_horizon(self.track)

    def charts(self) -> Section:
        """Coverage by horizon, and where outcomes fell in their forecast distributions."""
        return backtest_charts.charts(self.track)

    def by_origin(self) -> Section:
        """Coverage by the year in which the forecasts were made."""
        return backtest_tables.by_origin(self.track)

    def other_panels(self) -> Section:
        """The same method on other data."""
        return backtest_tables.other_panels(self.track)

    def own(self) -> Section:
        """The project's own series, official targets and plans against what came."""
        return backtest_own.own(self.track)

    def limits(self) -> Section:
        """What the record cannot tell."""
        return backtest_answer.limits(self.track)

    def record(self) -> Record:
        """The results table and its inputs, carried in the notebook and not shown."""
        inputs = {
            "report": type(self).__name__,
            "quantity": self.quantity,
            "panel": self.panel,
            "data": dict(self.track.evidence.fingerprints),
            "library": __version__,
            "python": platform.python_version(),
            "packages": {name: metadata.version(name) for name in PACKAGES},
        }
        place = self.track.evidence.place("district")
        names = place_names([place, *self.track.results["place"]], self.track.evidence)
        return Record(self.lang, self.track.results, inputs, names, place=place)
