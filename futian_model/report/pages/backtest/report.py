"""The track-record report, section by section, as the notebook calls it."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Self

from futian_model.evidence import Evidence, load_evidence
from futian_model.report.pages.backtest import answer, came_true, charts, own_series, promises, tables
from futian_model.report.pages.backtest.answer import limits
from futian_model.report.pages.backtest.material import Track
from futian_model.report.sections.report import Part, Report


class BacktestReport(Report):
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
    def material(self) -> Track:
        """The record and the table of numbers."""
        evidence = self._evidence if self._evidence is not None else load_evidence()
        return Track(self.lang, evidence, self.quantity, self.panel)

    cover = Part(answer.cover)
    answer = Part(answer.answer)
    own = Part(own_series.own)
    came_true = Part(came_true.came_true)
    promises = Part(promises.promised)
    by_horizon = Part(tables.by_horizon)
    charts = Part(charts.charts)
    by_origin = Part(tables.by_origin)
    other_panels = Part(tables.other_panels)
    limits = Part(limits)

    @classmethod
    def again(cls, inputs: Mapping[str, Any], lang: str, evidence: Evidence) -> Self:
        return cls(lang, evidence, inputs["quantity"], inputs["panel"])

    def inputs(self) -> dict[str, Any]:
        return {"quantity": self.quantity, "panel": self.panel}
