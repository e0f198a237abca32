"""How often chances came true: events like the plan's goals, by what was said and what came.

A chance is right where, of all spans that it was stated for, that share came true. Spans of one origin
live through the same world, and overlapping ones through the same years: the interval of a class counts
independent spans only.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import t as student

from futian_model.backtest.record import SPAN, interval
from futian_model.evidence.panels import ECONOMIES
from futian_model.growth import Floats

EVENTS: Mapping[str, float] = {"doubles_in_15": float(np.log(2) / 15), "doubles_in_10": float(np.log(2) / 10)}
"""Mean log growth a year that an event takes: the pace at which GDP doubles in so many years."""
CLASSES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
"""Ends of the classes of chances."""
WHOLE = "all"
GROWERS, CALM = "growers", "calm"
"""Economies that grew, over the last ten years known, at the pace that doubles in fifteen years; and those
whose growth moved less in them than that of the median economy."""
LAST = 10
COLUMNS = [
    *("panel", "group", "method", "event", "horizon", "chance", "spans", "units", "independent"),
    *("said", "came", "low", "high", "brier"),
]


class Class(NamedTuple):
    """A class of chances, ``"50-70"``, or all of them."""

    name: str
    low: float
    high: float

    def holds(self, chances: Floats) -> Floats:
        """Which chances lie in it; the last class holds its upper end."""
        below = chances <= self.high if self.high == 1.0 else chances < self.high
        return np.asarray((chances >= self.low) & below)


def classes() -> list[Class]:
    """All chances together, then class by class."""
    return [
        Class(WHOLE, 0.0, 1.0),
        *(Class(f"{100 * low:.0f}-{100 * high:.0f}", low, high) for low, high in pairwise(CLASSES)),
    ]


def groups(panels: pd.DataFrame, quantity: str) -> pd.DataFrame:
    """Which economies counted as growers and as calm at the end of each year.

    Returns
    -------
    DataFrame
        Indexed by unit and origin; columns growers, calm.
    """
    rows = panels[(panels["quantity"] == quantity) & (panels["panel"] == ECONOMIES)]
    growth = rows.pivot(index="year", columns="unit", values="growth").map(np.log1p)
    mean, spread = growth.rolling(LAST).mean(), growth.rolling(LAST).std()
    calm = spread.lt(spread.median(axis=1), axis=0)
    table = pd.DataFrame({GROWERS: (mean >= EVENTS["doubles_in_15"]).T.stack(), CALM: calm.T.stack()})
    return table.rename_axis(["unit", "origin"])


def chances(scores: pd.DataFrame, member: pd.DataFrame) -> pd.DataFrame:
    """Reliability of every event, by class of chance.

    Parameters
    ----------
    scores : DataFrame
        Forecasts of growth with their outcome, as `record.forecasts` gives them.
    member : DataFrame
        As `groups`.

    Returns
    -------
    DataFrame
        A row a panel, group, method, event, horizon and class: columns of `COLUMNS`; chance names the class
        (``"all"`` or ``"50-70"``), said and came are the mean chance and the share that came true, low and
        high the ends of the 95 % interval of the latter, brier the mean squared miss.
    """
    return pd.DataFrame(_rows(scores, member), columns=COLUMNS)


def _rows(scores: pd.DataFrame, member: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    scores = scores[scores["method"].isin(["ladder", "panels_alone"])]
    alone = scores[scores["method"] == "panels_alone"]
    aided = scores.merge(alone[SPAN], on=SPAN)  # both methods on the same spans
    rest = scores[(scores["method"] == "ladder") & ~scores["panel"].isin(aided["panel"].unique())]
    for (panel, method, horizon), table in pd.concat([aided, rest]).groupby(
        ["panel", "method", "horizon"], sort=True
    ):
        key = pd.MultiIndex.from_frame(table[["unit", "origin"]])
        kinds = {WHOLE: np.ones(len(table), bool)}
        if panel == ECONOMIES:
            inside = member.reindex(key).fillna(False).astype(bool)
            kinds |= {name: inside[name].to_numpy() for name in (GROWERS, CALM)}
        for event, pace in EVENTS.items():
            freedom, location, scale = (
                table[name].to_numpy(float) for name in ("freedom", "location", "scale")
            )
            said = student.sf((pace - location) / scale, freedom)
            came = table["outcome"].to_numpy(float) >= pace
            for group, member_of in kinds.items():
                for each in classes():
                    rows = each.holds(said) & member_of
                    if rows.any():
                        ends = _class(table[rows], came[rows])
                        miss = float(np.mean((said[rows] - came[rows]) ** 2))
                        yield (
                            panel,
                            group,
                            method,
                            event,
                            horizon,
                            each.name,
                            *ends[:3],
                            said[rows].mean(),
                            *ends[3:],
                            miss,
                        )


def _class(table: pd.DataFrame, came: Floats) -> tuple[float, ...]:
    """Spans, units, independent spans; share that came true with the ends of its interval."""
    origins, horizon = table["origin"], int(table["horizon"].iloc[0])
    independent = (int(origins.max()) + horizon - int(origins.min())) // horizon
    share = float(came.mean())
    by_origin = np.asarray(pd.Series(came, origins.to_numpy()).groupby(level=0).mean(), float)
    low, high = interval(by_origin, share, independent)
    return (len(table), table["unit"].nunique(), independent, share, low, high)
