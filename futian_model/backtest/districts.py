"""Leads of districts over the place around them: forecast from their own past and the panel of their size.

A lead is the growth of a district's share of its parent at current prices: a panel of districts holds no
real growth. The classes are those that the district's rung of a calibration is chosen from.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from futian_model.backtest.forecasts import HORIZONS, History, carried, last_plan, mean_growth
from futian_model.backtest.record import FEWEST_YEARS, SCORES
from futian_model.calibration.constants import known_at, log_growth
from futian_model.calibration.mixture import WINDOW, alone, climb
from futian_model.calibration.trends import SHARE
from futian_model.evidence import Evidence
from futian_model.evidence.panels import DISTRICTS


def leads(evidence: Evidence) -> pd.DataFrame:
    """Forecasts of the mean lead of every district of the panels, with what came.

    Each sees the district's own leads up to its origin, and the constants of the districts of its size as
    estimated from the years up to there; beside it stand two that carry growth on.

    Returns
    -------
    DataFrame
        Columns of `record.SCORES`; outcome, location and scale in log growth a year.
    """
    panels = evidence.growth_panels
    rows = panels[(panels["quantity"] == SHARE) & panels["panel"].str.startswith(DISTRICTS)]
    forecasts = [row for panel, own in rows.groupby("panel") for row in _panel(evidence, str(panel), own)]
    return pd.DataFrame(forecasts, columns=SCORES)


def _panel(evidence: Evidence, panel: str, rows: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    growth, constants = log_growth(rows), evidence.constants
    stored = constants.loc[(constants["quantity"] == SHARE) & (constants["panel"] == panel), "last_year"]
    last = int(growth.columns[-1])
    for origin in sorted(int(year) for year in stored if year < last):
        known = known_at(constants, SHARE, origin)[panel]
        for unit, own in growth.iterrows():
            path, came = (part.to_numpy(float) for part in (own.loc[:origin], own.loc[origin + 1 :]))
            if np.isfinite(path[-FEWEST_YEARS:]).sum() < FEWEST_YEARS:
                continue
            history = History(path, np.empty(0), np.empty(0))
            methods = {
                "ladder": carried(climb(alone(known, path[-WINDOW:], origin, max(HORIZONS))), origin),
                "mean_growth": mean_growth(history),
                "last_plan": last_plan(history),
            }
            for years in HORIZONS:
                if len(came) >= years and np.isfinite(came[:years]).all():
                    for name, forecast in methods.items():
                        yield panel, unit, origin, years, name, float(came[:years].mean()), *forecast[years]
