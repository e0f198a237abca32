"""How often chances came true: events like the plan's goals, by what was said and what came.

A chance is right where, of all spans that it was stated for, that share came true. Spans of one origin
live through the same world, and overlapping ones through the same years: the interval of a class counts
independent spans only.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtr

from futian_model.backtest.record import SPAN, interval
from futian_model.evidence.panels import ECONOMIES
from futian_model.growth import Floats

EVENTS: Mapping[str, float] = {"doubles_in_15": float(np.log(2) / 15), "doubles_in_10": float(np.log(2) / 10)}
"""Mean log growth a year that an event takes: the pace at which GDP doubles in so many years."""
LEADS: Mapping[str, float] = {"outgrows_by_0": 0.0, "outgrows_by_1": float(np.log(1.01))}
"""The same of a lead: growth above that of the place around by so many percent a year."""
TARGET = "meets_target"
"""Growth that reaches the official target of the same years, where there is one."""
OWN_SERIES = "own"
"""Panel of the own series together; with a place's name behind it, of one of them."""
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
    for (panel, _, _), table in by_data(pd.concat([aided, rest])):
        kinds = members(table, panel, member)
        for event, pace in EVENTS.items():
            for group, member_of in kinds.items():
                yield from by_class(table[member_of], event, pace, group)


def members(table: pd.DataFrame, panel: str, member: pd.DataFrame) -> dict[str, NDArray[np.bool_]]:
    """Which forecasts of one panel belong to each group; economies alone are told apart."""
    kinds = {WHOLE: np.ones(len(table), bool)}
    if panel == ECONOMIES:
        key = pd.MultiIndex.from_frame(table[["unit", "origin"]])
        inside = member.reindex(key).fillna(False).astype(bool)
        kinds |= {name: inside[name].to_numpy() for name in (GROWERS, CALM)}
    return kinds


def lead_chances(scores: pd.DataFrame) -> pd.DataFrame:
    """Reliability of chances that districts outgrow the place around them, by size and class of chance.

    Parameters
    ----------
    scores : DataFrame
        As `districts.leads` gives them.

    Returns
    -------
    DataFrame
        As `chances`, of the events `LEADS`.
    """
    rows = [
        row
        for _, table in by_data(scores[scores["method"] == "ladder"])
        for event, pace in LEADS.items()
        for row in by_class(table, event, pace)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def own_chances(table: pd.DataFrame) -> pd.DataFrame:
    """Reliability of the own series' chances: all places together, then place by place.

    Parameters
    ----------
    table : DataFrame
        As `own.own_record` gives it.

    Returns
    -------
    DataFrame
        As `chances`, of the events `EVENTS` and `TARGET`; panel is ``"own"``, or ``"own_futian"``.
    """
    known = table[table["outturn"].notna()]
    target = np.log1p(known["target"].to_numpy(float))
    named = {"unit": known["geo"], "origin": known["first"] - 1, "horizon": known["years"]}
    scores = known.assign(
        **named, method="ladder", outcome=np.log1p(known["outturn"].to_numpy(float)), target=target
    )
    panels = [
        scores.assign(panel=OWN_SERIES),
        scores.assign(panel=[f"{OWN_SERIES}_{geo}" for geo in known["geo"]]),
    ]
    rows: list[tuple[object, ...]] = []
    for _, own in by_data(pd.concat(panels)):
        for event, pace in EVENTS.items():
            rows += by_class(own, event, pace)
        rows += by_class(own, TARGET, own["target"].to_numpy(float))
    return pd.DataFrame(rows, columns=COLUMNS)


def by_data(scores: pd.DataFrame) -> Iterable[tuple[tuple[str, str, int], pd.DataFrame]]:
    """Forecasts by panel, method and years ahead."""
    return scores.groupby(["panel", "method", "horizon"], sort=True)  # type: ignore[return-value]


def by_class(
    table: pd.DataFrame, event: str, pace: "float | Floats", group: str = WHOLE
) -> Iterator[tuple[object, ...]]:
    """Reliability of one event in forecasts of one panel, method and horizon: rows of `chances`."""
    freedom, location, scale = (table[name].to_numpy(float) for name in ("freedom", "location", "scale"))
    said = stdtr(freedom, (location - pace) / scale)
    came = table["outcome"].to_numpy(float) >= pace
    for each in classes():
        rows = each.holds(said)  # a pace that is not known gives no chance
        if rows.any():
            panel, method, horizon = table[["panel", "method", "horizon"]].iloc[0]
            spans, units, independent, *ends = counted(table[rows], came[rows])
            mean, miss = float(said[rows].mean()), float(np.mean((said[rows] - came[rows]) ** 2))
            key = (panel, group, method, event, horizon, each.name)
            yield (*key, spans, units, independent, mean, *ends, miss)


def counted(table: pd.DataFrame, came: NDArray[np.bool_]) -> tuple[float, ...]:
    """Spans, units, independent spans; share that came true with the ends of its interval."""
    origins, horizon = table["origin"].to_numpy(int), int(table["horizon"].iloc[0])
    independent = apart(np.unique(origins), horizon)
    share = float(came.mean())
    by_origin = np.asarray(pd.Series(came, origins).groupby(level=0).mean(), float)
    low, high = interval(by_origin, share, independent)
    return (len(table), table["unit"].nunique(), independent, share, low, high)


def apart(origins: Iterable[int], horizon: int) -> int:
    """Most spans from ascending origins that share no year."""
    count, free = 0, -np.inf
    for origin in origins:
        if origin >= free:
            count, free = count + 1, origin + horizon
    return count
