"""What others expect, beside what the calibration says: published growth paths as a band."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from futian_model.evidence import Evidence, kept
from futian_model.evidence.figures import month
from futian_model.growth import Floats

SPAN = ("first", "last", "low", "central", "high")
"""What a phase of a path says."""


class Band(NamedTuple):
    """Published expectations of mean growth over a span of years, fractions a year.

    `low` and `high` are the lowest and highest that any path gives, its own range included;
    `middle` is the median path; `paths` is how many there are.
    """

    first: int
    last: int
    low: float
    middle: float
    high: float
    paths: int

    def place(self, growth: float) -> str:
        """``"below"``, ``"within"`` or ``"above"``."""
        return "below" if growth < self.low else "above" if growth > self.high else "within"


@kept
def band(evidence: Evidence, geo: str, first: int, last: int, vintage: str) -> Band | None:
    """Published expectations of a place's growth over a span, as far as a vintage can know them.

    A path counts where it covers every year of the span; its growth is the mean over those years.

    Parameters
    ----------
    geo : str
        Place the paths are about.
    first, last : int
        Years of the span.
    vintage : str
        Year, or year and month, up to which paths count.

    Returns
    -------
    Band or None
        None where no path covers the span.
    """
    rows = evidence.paths
    seen = rows[(rows["geo"] == geo) & (rows["vintage"].map(month).astype(int) <= month(vintage))]
    paths = seen[list(SPAN)].groupby(seen["path"])
    published = [means for _, path in paths if (means := over(path, first, last)) is not None]
    if not published:
        return None
    low, middle, high = np.array(published).T
    return Band(first, last, float(low.min()), float(np.median(middle)), float(high.max()), len(published))


def over(path: pd.DataFrame, first: int, last: int) -> tuple[float, float, float] | None:
    """Low, middle and high mean growth of one path over a span; None where it leaves a year out."""
    values = yearly(path, first, last)
    if np.isnan(values).any():
        return None
    low, middle, high = values.mean(axis=1)
    return float(low), float(middle), float(high)


def yearly(path: pd.DataFrame, first: int, last: int) -> Floats:
    """Low, middle and high growth of one path in every year of a span, NaN where it says nothing.

    A path of two phases that share a year counts it with the earlier one; a path without a middle
    has the middle of its range.

    Returns
    -------
    ndarray, shape (3, years)
    """
    years = np.arange(first, last + 1)
    values = np.full((3, len(years)), np.nan)
    for row in path[list(SPAN)].sort_values("first", ascending=False).to_dict("records"):
        ends = [row["low"], row["high"]]
        middle = row["central"] if pd.notna(row["central"]) else float(np.mean(ends))
        low, high = (middle if pd.isna(end) else end for end in ends)
        at = (years >= row["first"]) & (years <= row["last"])
        values[:, at] = np.array([min(low, middle), middle, max(high, middle)])[:, None]
    return values
