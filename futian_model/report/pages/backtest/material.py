"""What a track-record report is written from: the stored record, the own series, one table of numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from futian_model.backtest.frames import (
    FEWEST_UNITS,
    GROWTH,
    MODEL,
    RECORD,
    by_method,
    frame,
    of_place,
    own_windows,
    single_origins,
)
from futian_model.backtest.nation import long_windows
from futian_model.backtest.record import ALL
from futian_model.errors import UnknownName
from futian_model.evidence import Evidence
from futian_model.report.sections.findings import Findings, software
from futian_model.report.words import Number

PACKAGES = ("numpy", "pandas", "scipy", "matplotlib", "seaborn")
FEWEST_FORECASTS = 30
"""Below so many, a share of outcomes is left out."""


@dataclass(frozen=True, eq=False)
class Track(Findings):
    """The record of one quantity and panel, and of the project's own series, in one language.

    Attributes
    ----------
    quantity, panel : str
        As in the stored record.
    """

    lang: str
    evidence: Evidence
    quantity: str
    panel: str

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Stored rows of the quantity and panel.

        Raises
        ------
        UnknownName
            The record holds no such quantity, or not this panel of it.
        """
        table = self.evidence.record
        for name, value in (("quantity", self.quantity), ("panel", self.panel)):
            if value not in set(table[name]):
                raise UnknownName(value, sorted(set(table[name])))
            table = table[table[name] == value]
        return table

    @property
    def made_with(self) -> Mapping[str, Any]:
        return software(*PACKAGES)

    @cached_property
    def horizons(self) -> list[int]:
        """Years ahead of the record with enough forecasts, ascending."""
        table = self.scores[(self.scores["origin"] == ALL) & (self.scores["method"] == MODEL)]
        enough = (table["forecasts"] >= FEWEST_FORECASTS) & (table["units"] >= FEWEST_UNITS)
        return sorted(int(horizon) for horizon in table.loc[enough, "horizon"])

    @cached_property
    def single(self) -> pd.DataFrame:
        """Scores of single years of departure."""
        return single_origins(self.scores)

    @cached_property
    def own(self) -> pd.DataFrame:
        return own_windows(self.evidence)

    @cached_property
    def nation(self) -> pd.DataFrame:
        return long_windows(self.evidence)

    @cached_property
    def results(self) -> pd.DataFrame:
        """The one table of results: everything a page prints is a row of it."""
        return frame(self.evidence, self.quantity, self.panel)

    def scored(self, horizon: int, statistic: str, rule: str = "percent", method: str = MODEL) -> Number:
        """A score of the report's own quantity and panel."""
        return self.of(self.quantity, self.panel, horizon, statistic, rule, method)

    def of(
        self,
        quantity: str,
        panel: str,
        horizon: int,
        statistic: str,
        rule: str = "percent",
        method: str = MODEL,
    ) -> Number:
        """A score of any quantity and panel."""
        return self.ledger.number(rule, RECORD, quantity, None, statistic, by_method(panel, method), horizon)

    def ends(
        self, horizon: int, method: str = MODEL, data: tuple[str, str] | None = None
    ) -> tuple[Number, Number, Number]:
        """Share of outcomes inside the band of eight tenths and its confidence interval, of any data."""
        share, low, high = (
            self.of(*(data or (self.quantity, self.panel)), horizon, f"coverage_80{end}", method=method)
            for end in ("", "_low", "_high")
        )
        return share, low, high

    def fallen(self, horizon: int, tenth: int) -> Number:
        """Share of outcomes that fell into a tenth of the forecast distributions."""
        under = by_method(self.panel, MODEL, tenth=tenth)
        return self.ledger.number("percent", RECORD, self.quantity, None, "pit", under, horizon)

    def of_place(
        self,
        reading: str,
        year: int | None,
        statistic: str,
        rule: str,
        geo: object,
        horizon: int | None = None,
    ) -> Number:
        """A figure of a place's growth."""
        return self.ledger.number(rule, reading, GROWTH, year, statistic, of_place(geo), horizon)

    def has(self, *key: Any) -> bool:
        return key in self.ledger
