"""Forecasts that others published, as the record takes them in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from futian_model.calibration.published_forecasts import Accuracy, Edition, by_economy, edition_at, trusted
from futian_model.evidence import Evidence
from futian_model.evidence.panels import ECONOMIES

LEAD = "spring"
"""Editions that are scored: those of the spring after an origin, when its growth is first known."""


@dataclass(frozen=True, eq=False)
class Editions:
    """Forecasts that others published, by economy.

    Attributes
    ----------
    forecasts : DataFrame
        Columns code, edition, year, growth (a fraction).
    accuracy : DataFrame
        As stored: of each lead and year.
    codes : mapping of str to str
        Economy that a panel of regions lies in.
    """

    forecasts: pd.DataFrame
    accuracy: pd.DataFrame
    codes: Mapping[str, str]

    def at(self, panel: str, unit: str, origin: int) -> tuple[Edition, Accuracy] | None:
        """The edition of the spring after an origin, and its accuracy as known by then."""
        code = unit if panel == ECONOMIES else self.codes.get(panel, "")
        edition = edition_at(self._by_economy.get(code, {}), origin, LEAD)
        return trusted(self.accuracy, origin, edition)

    @cached_property
    def _by_economy(self) -> dict[str, dict[str, dict[int, float]]]:
        return by_economy(self.forecasts)


def editions_of(evidence: Evidence) -> Editions:
    """What an evidence holds of published forecasts."""
    economies = evidence.panel.drop_duplicates("economy").set_index("economy")["code"]
    panels = evidence.growth_panels["panel"].unique()
    codes = {
        str(panel): str(code)
        for panel in panels
        for name, code in economies.items()
        if str(panel).endswith(f"_{str(name).lower().replace(' ', '_')}")
    }
    return Editions(evidence.forecasts(), evidence.accuracy, codes)
