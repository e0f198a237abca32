"""What a track-record report is written from: the stored record, the own series, one table of numbers."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from futian_model import goals
from futian_model.backtest.nation import long_windows
from futian_model.backtest.outturns import against_targets, plans
from futian_model.backtest.own import hits, own_record
from futian_model.backtest.record import ALL
from futian_model.errors import UnknownName
from futian_model.evidence import Evidence
from futian_model.languages import LANGS
from futian_model.report.pages.backtest import rows
from futian_model.report.pages.backtest.rows import (
    ERRORS,
    HITS,
    MODEL,
    NATION,
    ORIGIN,
    OWN,
    PLANS,
    RECORD,
)
from futian_model.report.words.numbers import Ledger, Number
from futian_model.report.words.sentences import Words, words


@dataclass(frozen=True, eq=False)
class Track:
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
    def words(self) -> Words:
        return words(self.lang)

    @cached_property
    def record(self) -> pd.DataFrame:
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

    @cached_property
    def horizons(self) -> list[int]:
        """Years ahead of the record with enough forecasts, ascending."""
        table = self.record[(self.record["origin"] == ALL) & (self.record["method"] == MODEL)]
        told = (table["forecasts"] >= rows.FEWEST_FORECASTS) & (table["units"] >= rows.FEWEST_UNITS)
        return sorted(int(horizon) for horizon in table.loc[told, "horizon"])

    @cached_property
    def single(self) -> pd.DataFrame:
        """Scores of single years of departure."""
        return rows.single_origins(self.record)

    @cached_property
    def own(self) -> pd.DataFrame:
        return self.evidence.once(("own record",), lambda: own_record(self.evidence)).copy()

    @cached_property
    def nation(self) -> pd.DataFrame:
        return self.evidence.once(("long windows",), lambda: long_windows(self.evidence)).copy()

    @cached_property
    def results(self) -> pd.DataFrame:
        """The one table of results: everything a page prints is a row of it."""
        parts = {
            RECORD: rows.record_rows(self.evidence.record),
            ORIGIN: rows.origin_rows(self.single),
            NATION: rows.nation_rows(self.nation),
            OWN: rows.own_rows(self.own),
            HITS: rows.hit_rows(hits(self.own)),
            ERRORS: rows.error_rows(against_targets(self.own)),
            PLANS: rows.plan_rows(plans(self.evidence)),
        }
        tables = [goals.tidy("track_record", reading, list(made)) for reading, made in parts.items()]
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def ledger(self) -> Ledger:
        return Ledger(self.results)

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
        return self.ledger.number(rule, RECORD, f"{quantity}.{panel}.{method}", horizon, statistic)

    def has(self, reading: str, indicator: str, year: int, statistic: str) -> bool:
        return (reading, indicator, year, statistic) in self.ledger

    def name(self, key: str) -> str:
        return self.evidence.name(key, self.lang)

    def place_names(self) -> dict[str, dict[str, str]]:
        """Name in both languages of every place that the results name."""
        held = [key for key in self.results["indicator"].unique() if key in self.evidence.places.index]
        return {
            key: {lang: self.evidence.name(key, lang) for lang in LANGS} | {"kind": "place"} for key in held
        }
