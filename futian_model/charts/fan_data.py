"""What a fan is drawn from: its words and its tables."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from futian_model.charts.tables import drawn
from futian_model.charts.words import ChartWords

BANDS = {0.9: ("p05", "p95"), 0.8: ("p10", "p90"), 0.5: ("p25", "p75")}


@dataclass(frozen=True, kw_only=True)
class FanWords(ChartWords):
    """The words on a fan; an empty one is not written.

    Attributes
    ----------
    scenario, reference : str
        Names at the ends of the path and of the path it is compared with.
    history, later : str
        Names of the observations, and of those published after the vintage.
    bands : mapping of float to str
        Name of each band by its coverage: 0.5, 0.8, 0.9.
    """

    scenario: str
    bands: Mapping[float, str]
    history: str = ""
    later: str = ""
    reference: str = ""

    def names(self) -> dict[str, str]:
        """Name of each series of the table, of a band under the names of its two ends."""
        bands = {"-".join(BANDS[share]): name for share, name in self.bands.items()}
        paths = {"history": self.history, "later": self.later, "central": self.scenario}
        return {**paths, **bands, "reference": self.reference}


@dataclass(frozen=True)
class FanData:
    """The tables behind a fan."""

    bands: pd.DataFrame
    history: pd.DataFrame
    goals: pd.DataFrame
    reference: pd.DataFrame

    def span(self) -> tuple[float, float]:
        """First and last year."""
        tables = (self.bands, self.history, self.goals, self.reference)
        years = np.concatenate([np.asarray(one["year"], float) for one in tables])
        first, last = float(years.min()), float(years.max())
        return (first, last) if last > first else (first - 1, last + 1)

    def values(self) -> tuple[float, float]:
        """Least and greatest value."""
        bands = self.bands.drop(columns="year").to_numpy(float).ravel()
        others = [np.asarray(one["value"], float) for one in (self.history, self.goals, self.reference)]
        values = np.concatenate([bands, *others])
        return float(values.min()), float(values.max())

    def table(self) -> pd.DataFrame:
        """Every value, one a row."""
        names = [column for column in self.bands.columns if column != "year"]
        known = self.history.known.astype(bool)
        years = self.bands["year"]
        paths = {name: pd.DataFrame({"year": years, "value": self.bands[name]}) for name in names}
        return drawn(
            {
                "history": self.history[known],
                "later": self.history[~known],
                **paths,
                "reference": self.reference,
                "goal": self.goals,
            }
        )
