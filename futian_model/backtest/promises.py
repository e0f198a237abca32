"""How often targets set at a chance were met, beside those that carry growth on or were announced.

A target of 70% is right where seven in ten of them are met. Spans and their intervals count as those of
chances do.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from futian_model.backtest.chances import OWN_SERIES, WHOLE, by_data, counted, members
from futian_model.backtest.outturns import GROWTH, floor, outturn, plans
from futian_model.backtest.record import SCORES
from futian_model.evidence import Evidence

CHANCE = 0.7
"""Chance that targets are set at."""
BAR = (0.6, 0.8)
"""Share of them that is to be met."""
HORIZONS = (1, 5, 10, 15)
MODEL, NAIVE, CARRIED_ON, OFFICIAL = "ladder", "mean_growth", "last_plan", "official"
CHANCES: Mapping[str, float] = {MODEL: CHANCE, NAIVE: CHANCE, CARRIED_ON: np.nan, OFFICIAL: np.nan}
"""Chance by who sets a target: the mean of the last five years and what was announced have none."""
ROUNDING = 1e-9
"""Growth that an outturn may lack of a target printed as the same figure."""
COLUMNS = [
    *("quantity", "panel", "group", "method", "horizon", "chance", "spans", "units", "independent"),
    *("asked", "met", "low", "high"),
]


def promises(scores: pd.DataFrame, quantity: str, member: pd.DataFrame | None = None) -> pd.DataFrame:
    """How often targets on one quantity were met.

    Parameters
    ----------
    scores : DataFrame
        Forecasts with their outcome, as `record.forecasts` gives them: targets are quantiles of the very same
        distributions, or their location where `CHANCES` has none. Other methods and horizons are left out.
    quantity : str
    member : DataFrame, optional
        As `chances.groups`; without it economies are not told apart.

    Returns
    -------
    DataFrame
        A row a panel, group, method and horizon: columns of `COLUMNS`; chance is NaN where a target has none,
        asked the median target as a fraction a year, met the share that was reached, low and high the ends of
        its 95% interval.
    """
    rows = scores[scores["method"].isin(CHANCES) & scores["horizon"].isin(HORIZONS)]
    return pd.DataFrame(_rows(rows, quantity, member), columns=COLUMNS)


def _rows(scores: pd.DataFrame, quantity: str, member: pd.DataFrame | None) -> Iterator[tuple[object, ...]]:
    for (panel, method, horizon), table in by_data(scores):
        chance = CHANCES[method]
        freedom, location, scale = (table[name].to_numpy(float) for name in ("freedom", "location", "scale"))
        target = location if np.isnan(chance) else location + scale * stdtrit(freedom, 1 - chance)
        reached = table["outcome"].to_numpy(float) >= target - ROUNDING
        groups = {WHOLE: np.ones(len(table), bool)} if member is None else members(table, panel, member)
        for group, inside in groups.items():
            if inside.any():
                spans, units, independent, *ends = counted(table[inside], reached[inside])
                asked = float(np.expm1(np.median(target[inside])))
                key = (quantity, panel, group, method, horizon, chance)
                yield (*key, spans, units, independent, asked, *ends)


def own_promises(evidence: Evidence, own: pd.DataFrame) -> pd.DataFrame:
    """The same of the project's own series: all places together, then place by place.

    Announced targets are those of every year and five-year plan of any place of which target and outturn are
    held; a range counts as met at its low end, "about" and "above" at the figure.

    Parameters
    ----------
    own : DataFrame
        As `own.own_record` gives it.
    """
    rows = []
    for row in own[own["outturn"].notna()].to_dict("records"):
        geo, first, years = str(row["geo"]), int(row["first"]), int(row["years"])
        came = float(np.log1p(row["outturn"]))
        rows.append((geo, first, years, MODEL, came, row["location"], row["scale"], row["freedom"]))
        before = outturn(evidence, geo, first - 5, first - 1)
        if np.isfinite(before):
            rows.append((geo, first, years, CARRIED_ON, came, float(np.log1p(before)), 0.0, 1.0))
    for row in announced_and_came(evidence).to_dict("records"):
        came, asked = (float(np.log1p(row[name])) for name in ("outturn", "asked"))
        rows.append((row["geo"], row["first"], row["years"], OFFICIAL, came, asked, 0.0, 1.0))
    names = ["unit", "first", "horizon", "method", "outcome", "location", "scale", "freedom"]
    table = pd.DataFrame(rows, columns=names)
    table["origin"] = table["first"] - 1
    panels = [table.assign(panel=OWN_SERIES), table.assign(panel=OWN_SERIES + "_" + table["unit"])]
    return promises(pd.concat(panels)[SCORES], GROWTH)


def announced_and_came(evidence: Evidence) -> pd.DataFrame:
    """Targets of years and of five-year plans, and what came, wherever both are held: fractions a year.

    Returns
    -------
    DataFrame
        Columns geo, first, years, asked, outturn.
    """
    rows: list[tuple[object, ...]] = []
    for geo in map(str, evidence.places.index):
        for year in sorted(evidence.series(geo, GROWTH).table.index):
            asked, came = floor(evidence, geo, int(year)), outturn(evidence, geo, int(year), int(year))
            if np.isfinite([asked, came]).all():
                rows.append((geo, int(year), 1, asked, came))
    for row in plans(evidence).to_dict("records"):
        years = int(row["last"]) - int(row["first"]) + 1
        rows.append((row["geo"], int(row["first"]), years, row["target"], row["outturn"]))
    return pd.DataFrame(rows, columns=["geo", "first", "years", "asked", "outturn"])
