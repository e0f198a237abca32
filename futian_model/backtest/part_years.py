"""Years foreseen from their first quarters (`futian_model.annual`), held against what they became.

Each year held is foreseen from the pairs of all other years, whichever place they are of: places of one
year share its fate. The accounts of the United States are foreseen from earlier years alone; of accounts
drawn by a known law ten years teach and the next is foreseen.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.special import stdtr

from futian_model.annual import (
    QUARTERS,
    Foreseen,
    growth_pairs,
    reversion,
    reversion_of,
    season,
    share_pairs,
)
from futian_model.annual.frames import EVERY, LEVELS
from futian_model.annual.pairs import BEFORE
from futian_model.backtest.record import interval
from futian_model.evidence import Evidence
from futian_model.growth import Floats
from futian_model.uncertainty import stream

GROWTH, GDP = "real_gdp_growth", "gdp"
NATION, PLACES, UNITED_STATES, SIMULATED = "nation", "places", "united_states", "simulated"
BAND = 0.8
TAUGHT = 10
"""Years that teach."""
WORLDS, SEED = 600, 20261201
SHARES = (0.22, 0.25, 0.26, 0.27)
"""Quarters' parts of a first year's amount in drawn accounts: as China's run."""
MEAN, PERSISTENCE, SHOCK = 0.06, 0.7, 0.015
"""Of drawn growth over a year before, by quarter: its mean, and an AR(1) around it."""
COLUMNS = [
    *("panel", "quarters", "year", "outcome", "carried", "location", "scale", "freedom"),
    *("chance", "met", "carried_met"),
]
Scored = tuple[object, ...]


def part_year_scores(evidence: Evidence) -> pd.DataFrame:
    """Every year foreseen, with what it became.

    Returns
    -------
    DataFrame
        Columns of `COLUMNS`: outcome, carried (the rate so far; of amounts the even pace), location and
        scale, fractions of growth or logs of amounts; chance of the year's target, met and carried_met
        (1 or 0), NaN where no target is held.
    """
    rows = [*of_places(evidence), *of_amounts(evidence), *of_panel(UNITED_STATES, united_states()), *drawn()]
    return pd.DataFrame(rows, columns=COLUMNS)


def of_places(evidence: Evidence) -> Iterator[Scored]:
    """Growth held of the nation and of every other place."""
    pairs, nation = growth_pairs(evidence, GROWTH), evidence.place("nation")
    for row in pairs.to_dict("records"):
        geo, year = str(row["geo"]), int(row["year"])
        fitted = reversion_of(pairs, geo, nation, without=year)
        if fitted is not None:
            foreseen = fitted.foresee(row["so_far"], row["expected"], row["quarters"])
            panel, target = (NATION if row["nation"] else PLACES), evidence.annual_target(geo, GROWTH, year)
            judged: tuple[float, ...] = (np.nan,) * 3
            if target is not None:
                asked = target.interval
                judged = (foreseen.chance(asked), *map(float, asked.meets([row["whole"], row["so_far"]])))
            yield scored(panel, row["quarters"], year, row["whole"], row["so_far"], foreseen, judged)


def of_amounts(evidence: Evidence) -> Iterator[Scored]:
    """Amounts of GDP held of every place, in logs of the year's."""
    shares = share_pairs(evidence, GDP)
    for row in shares.to_dict("records"):
        pace = season(shares, str(row["geo"]), int(row["quarters"]), without=int(row["year"]))
        if pace is not None:
            even = float(np.log(row["share"] * QUARTERS / row["quarters"]))
            yield scored(LEVELS, row["quarters"], row["year"], 0.0, even, pace.foresee(row["share"]))


def of_panel(panel: str, pairs: pd.DataFrame) -> Iterator[Scored]:
    """Growth of one economy, each year foreseen from those before it."""
    for row in pairs.to_dict("records"):
        before = pairs[pairs["year"] < row["year"]]
        fitted = reversion(before) if before["year"].nunique() >= TAUGHT else None
        if fitted is not None:
            foreseen = fitted.foresee(row["so_far"], row["expected"], row["quarters"])
            yield scored(panel, row["quarters"], row["year"], row["whole"], row["so_far"], foreseen)


def drawn() -> Iterator[Scored]:
    """Growth of economies drawn by a known law: ten years teach, the next is foreseen."""
    for world in range(WORLDS):
        pairs = cumulated(accounts(world), BEFORE)
        known, ahead = pairs[pairs["year"] < TAUGHT + BEFORE], pairs[pairs["year"] == TAUGHT + BEFORE]
        fitted = reversion(known)
        for row in ahead.to_dict("records"):
            assert fitted is not None
            foreseen = fitted.foresee(row["so_far"], row["expected"], row["quarters"])
            yield scored(SIMULATED, row["quarters"], world, row["whole"], row["so_far"], foreseen)


def scored(
    panel: str,
    quarters: int,
    year: int,
    outcome: float,
    carried: float,
    foreseen: Foreseen,
    judged: tuple[float, ...] = (np.nan,) * 3,
) -> Scored:
    """One row of `part_year_scores`."""
    own = (foreseen.location, foreseen.scale, foreseen.freedom)
    return (panel, int(quarters), int(year), outcome, carried, *own, *judged)


def accounts(world: int) -> Floats:
    """Amounts of quarters drawn by the law, shape (years, 4)."""
    years = TAUGHT + BEFORE + 1
    shocks = stream(SEED, f"quarterly accounts {world}", 0).standard_normal(years * QUARTERS) * SHOCK
    away = np.empty_like(shocks)
    away[0] = shocks[0] / np.sqrt(1 - PERSISTENCE**2)
    for at in range(1, len(shocks)):
        away[at] = PERSISTENCE * away[at - 1] + shocks[at]
    growth = (MEAN + away).reshape(years, QUARTERS)
    return np.vstack([SHARES, SHARES * np.exp(np.cumsum(growth, axis=0))])


def united_states() -> pd.DataFrame:
    """Real GDP of the United States, 1959 to 2009, cumulated as China cumulates; as `cumulated`."""
    from statsmodels.datasets import macrodata  # slow to import, and only a backtest needs it

    table = macrodata.load_pandas().data.set_index(["year", "quarter"])["realgdp"].unstack("quarter")
    whole = table.dropna()
    pairs = cumulated(whole.to_numpy(float), BEFORE)
    return pairs.assign(year=whole.index[0] + pairs["year"].to_numpy(int)).astype({"year": int})


def cumulated(amounts: Floats, before: int) -> pd.DataFrame:
    """Growth since January over the same quarters of the year before, beside that of the year.

    Parameters
    ----------
    amounts : ndarray, shape (years, 4)
        Of quarters, at constant prices.
    before : int
        Years whose mean growth is the usual.

    Returns
    -------
    DataFrame
        Columns year (counted from 0), quarters (1 to 3), so_far, whole, expected: fractions.
    """
    sums = np.cumsum(amounts, axis=1)
    growth = sums[1:] / sums[:-1] - 1
    rows = [
        (at + 1, quarters, growth[at, quarters - 1], growth[at, -1], growth[at - before : at, -1].mean())
        for at in range(before, len(growth))
        for quarters in range(1, QUARTERS)
    ]
    return pd.DataFrame(rows, columns=["year", "quarters", "so_far", "whole", "expected"])


def part_year_record(table: pd.DataFrame) -> pd.DataFrame:
    """How far years came as they were foreseen, by panel and quarters.

    Parameters
    ----------
    table : DataFrame
        As `part_year_scores`.

    Returns
    -------
    DataFrame
        Columns as in `record_annual.csv`; quarters 0 are all of them together.
    """
    from scoringrules import crps_t  # slow to import, and only a backtest needs it

    outcome, location, scale, freedom = (
        table[name].to_numpy(float) for name in ("outcome", "location", "scale", "freedom")
    )
    passed = stdtr(freedom, (outcome - location) / scale)
    table = table.assign(
        inside=np.abs(passed - 0.5) <= BAND / 2,
        crps=crps_t(outcome, freedom, location, scale),
        missed=np.abs(outcome - table["carried"]),
    )
    every = pd.concat([table.assign(quarters=EVERY), table])
    rows = [
        {"panel": panel, "quarters": quarters, **summary(group)}
        for (panel, quarters), group in every.groupby(["panel", "quarters"])
    ]
    return pd.DataFrame(rows)


def summary(group: pd.DataFrame) -> dict[str, float]:
    """The record of years foreseen alike."""
    coverage, years = float(group["inside"].mean()), group["year"].nunique()
    by_year = group.groupby("year")["inside"].mean().to_numpy(float)
    low, high = interval(by_year, coverage, years)
    judged = group.dropna(subset="chance")
    said, met, carried = (judged[name].to_numpy(float) for name in ("chance", "met", "carried_met"))
    known = len(judged) > 0
    return {
        **{"forecasts": len(group), "years": years, "coverage_80": coverage, "low": low, "high": high},
        **{"crps": float(group["crps"].mean()), "crps_carried": float(group["missed"].mean())},
        "targets": len(judged),
        "said": float(said.mean()) if known else np.nan,
        "came": float(met.mean()) if known else np.nan,
        "brier": float(((said - met) ** 2).mean()) if known else np.nan,
        "brier_carried": float(((carried - met) ** 2).mean()) if known else np.nan,
    }
