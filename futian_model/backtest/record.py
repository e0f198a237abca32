"""The track record: forecasts from many origins over many series, scored against what came.

Constants are those of the origin's year, estimated from earlier years alone. Growth figures are of
one release, cut at the origin; what was published at the time may have differed.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd
from scipy.special import betaincinv, stdtr, stdtrit

from futian_model.backtest.editions import Editions
from futian_model.backtest.forecasts import (
    BASELINES,
    HORIZONS,
    LAST_PLAN,
    OWN,
    Forecast,
    History,
    ladder,
    recent,
)
from futian_model.calibration.constants import known_at, log_growth, median_leads
from futian_model.evidence.panels import ECONOMIES
from futian_model.growth import Floats

LEVELS = (0.5, 0.8, 0.9)
"""Bands whose coverage is counted."""
FEWEST_YEARS = 8
"""Unbroken years of history below which no forecast is scored."""
FIRST_ORIGIN, PRINTED_EVERY = 1979, 5
"""Origins are every year from the first on; those printed one by one lie this far apart."""
CONFIDENCE = 0.95
ALL, AIDED = "all", "aided"
"""Of all origins together: of every forecast, and of those that published forecasts had a part in."""
SPAN = ["panel", "unit", "origin", "horizon"]
SCORES = ["panel", "unit", "origin", "horizon", "method", "outcome", "location", "scale", "freedom"]


def forecasts(
    panels: pd.DataFrame,
    constants: pd.DataFrame,
    quantity: str,
    origins: Iterable[int] | None = None,
    only: Sequence[str] | None = None,
    editions: Editions | None = None,
) -> pd.DataFrame:
    """Every forecast of every method, with the outcome it was made for.

    Parameters
    ----------
    panels : DataFrame
        Columns quantity, panel, unit, nation, year, growth (a fraction).
    constants : DataFrame
        As stored, a row a quantity, panel and last year.
    origins : iterable of int, optional
        Last years of history; every year from `FIRST_ORIGIN` on when left out.
    only : sequence of str, optional
        Panels to use; all of the quantity when left out.
    editions : Editions, optional
        Forecasts that others published; without them the shipped method is that of the panels alone.

    Returns
    -------
    DataFrame
        Columns of `SCORES`; outcome, location and scale in log growth a year.
    """
    rows = []
    chosen = panels[panels["quantity"] == quantity]
    for panel, table in chosen.groupby("panel", sort=True):
        if only is None or panel in only:
            rows += list(_panel_forecasts(str(panel), table, constants, quantity, origins, editions))
    return pd.DataFrame(rows, columns=SCORES)


def _panel_forecasts(
    panel: str,
    rows: pd.DataFrame,
    constants: pd.DataFrame,
    quantity: str,
    origins: Iterable[int] | None,
    editions: Editions | None,
) -> Iterator[tuple[object, ...]]:
    growth = log_growth(rows)
    nations = set(rows.loc[rows["nation"], "unit"])
    leads = median_leads(rows).set_index("year")["lead"].reindex(growth.columns)
    last = int(growth.columns[-1])
    for origin in origins if origins is not None else range(FIRST_ORIGIN, last):
        if origin not in growth.columns:
            continue
        known, known_leads = growth.loc[:, :origin], leads.loc[:origin].to_numpy(float)
        stored = known_at(constants, quantity, origin)
        if panel != ECONOMIES and (len(stored) < 2 or not nations):
            continue  # no panel of regions could be fitted by then
        nation = np.empty(0)
        if nations:
            nation = known.loc[next(iter(nations))].to_numpy(float)
        for unit in growth.index.difference(sorted(nations)):
            edition = None if editions is None else editions.at(panel, str(unit), origin)
            history = History(known.loc[unit].to_numpy(float), nation, known_leads, edition)
            outcomes = growth.loc[unit, origin + 1 :].to_numpy(float)
            past = recent(history)
            if len(past) < FEWEST_YEARS or not np.isfinite(outcomes[:1]).all():
                continue
            if np.ptp(past[-LAST_PLAN:]) < 1e-9:
                continue  # five equal years are filled in, not measured
            own = OWN if edition is not None else {"ladder": ladder}
            forecasts: dict[str, Forecast] = {
                name: method(history, stored, origin) for name, method in own.items()
            }
            forecasts |= {name: method(history) for name, method in BASELINES.items()}
            for years in HORIZONS:
                ahead = outcomes[:years]
                if len(ahead) == years and np.isfinite(ahead).all():
                    for name, forecast in forecasts.items():
                        yield panel, unit, origin, years, name, float(ahead.mean()), *forecast[years]


def scored(table: pd.DataFrame) -> pd.DataFrame:
    """Forecasts with their probability integral transform and their CRPS, log growth a year."""
    from scoringrules import crps_t  # slow to import, and only a backtest needs it

    freedom, location, scale = (table[name].to_numpy(float) for name in ("freedom", "location", "scale"))
    outcome = table["outcome"].to_numpy(float)
    pit = stdtr(freedom, (outcome - location) / scale)
    return table.assign(pit=pit, crps=crps_t(outcome, freedom, location, scale))


def summary(scores: pd.DataFrame) -> pd.DataFrame:
    """The record: one row a panel, method and horizon, over all origins and for single ones.

    Returns
    -------
    DataFrame
        Columns panel, method, horizon, origin (``"all"``, ``"aided"`` or a year), forecasts, units, origins,
        independent (spans of the horizon that do not overlap), for each band its coverage with the
        ends of its confidence interval, crps, bias (outcome less forecast), width_80 (median), and
        pit_0 ... pit_9 (share of outcomes in each tenth of the forecast distribution).
    """
    rows = []
    alone = scores[scores["method"] == "panels_alone"]
    helped = scores[scores["method"] == "ladder"].merge(alone[SPAN], on=SPAN)
    for whole, table in ((ALL, scores), (AIDED, pd.concat([helped, alone]))):
        for (panel, method, horizon), group in table.groupby(["panel", "method", "horizon"], sort=True):
            rows.append({"panel": panel, "method": method, "horizon": horizon, "origin": whole} | _row(group))
            for origin in sorted(group["origin"].unique()) if whole == ALL else ():
                if (int(origin) - FIRST_ORIGIN) % PRINTED_EVERY == 0:
                    single = group[group["origin"] == origin]
                    key = {"panel": panel, "method": method, "horizon": horizon, "origin": str(origin)}
                    rows.append(key | _row(single))
    return pd.DataFrame(rows)


def _row(group: pd.DataFrame) -> dict[str, float]:
    """Scores of one set of forecasts."""
    horizon, origins = int(group["horizon"].iloc[0]), group["origin"]
    row: dict[str, float] = {
        "forecasts": len(group),
        "units": group["unit"].nunique(),
        "origins": origins.nunique(),
        "independent": spans_of(origins, horizon),
    }
    for level in LEVELS:
        name = f"coverage_{100 * level:.0f}"
        held = coverage((group["pit"] - 0.5).abs() <= level / 2, origins, horizon)
        row |= dict(zip((name, f"{name}_low", f"{name}_high"), held, strict=True))
    width = 2 * group["scale"] * stdtrit(group["freedom"], 0.9)
    tenths = np.bincount(np.clip(10 * group["pit"], 0, 9).astype(int), minlength=10) / len(group)
    return row | {
        "crps": float(group["crps"].mean()),
        "bias": float((group["outcome"] - group["location"]).mean()),
        "width_80": float(width.median()),
        **{f"pit_{tenth}": float(part) for tenth, part in enumerate(tenths)},
    }


def spans_of(origins: "pd.Series[int]", horizon: int) -> int:
    """Spans of a horizon between the first and the last origin that do not overlap."""
    return (int(origins.max()) + horizon - int(origins.min())) // horizon


def coverage(
    inside: "pd.Series[bool]", origins: "pd.Series[int]", horizon: int
) -> tuple[float, float, float]:
    """Share of forecasts inside a band, with the ends of its confidence interval (`interval`)."""
    by_origin = np.asarray(inside.groupby(origins).mean(), float)
    share = float(inside.mean())
    return share, *interval(by_origin, share, spans_of(origins, horizon))


def interval(by_origin: Floats, coverage: float, independent: int) -> tuple[float, float]:
    """Confidence interval of a coverage whose forecasts of one origin share the world's fate.

    Coverage differs from origin to origin by more than chance; overlapping origins see the same
    years. Its variance is that between origins over the number of independent spans, turned into a
    number of independent forecasts, and Jeffreys' interval does the rest. Without two independent
    spans nothing can be said.
    """
    if independent < 2 or len(by_origin) < 2:
        return 0.0, 1.0
    variance = float(by_origin.var(ddof=1)) / independent
    inner = coverage * (1 - coverage)
    effective = inner / variance if variance > 0 and inner > 0 else float(independent)
    tails = [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2]
    ends = betaincinv(effective * coverage + 0.5, effective * (1 - coverage) + 0.5, tails)
    return float(ends[0]), float(ends[1])
