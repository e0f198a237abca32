"""The nation's long spans: where regression to the mean failed longest."""

import numpy as np
import pandas as pd

from futian_model.backtest.editions import Editions
from futian_model.backtest.forecasts import HORIZONS, History, ladder
from futian_model.backtest.outturns import GROWTH, outturn
from futian_model.backtest.own import ends
from futian_model.backtest.record import FIRST_ORIGIN, PRINTED_EVERY
from futian_model.calibration.constants import known_at
from futian_model.evidence import Evidence, kept
from futian_model.evidence.panels import ECONOMIES


@kept
def long_windows(evidence: Evidence, years: int = max(HORIZONS)) -> pd.DataFrame:
    """The nation's mean growth over long spans, forecast from its own past as the record does.

    Parameters
    ----------
    years : int
        Length of each span, one of the record's horizons.

    Returns
    -------
    DataFrame
        Columns geo, origin (last year known), last, forecast, low, high (80 % band), outturn;
        fractions a year. Spans whose outturn is not held are left out.
    """
    geo = evidence.place("nation")
    series = evidence.series(geo, GROWTH).table["value"]
    growth = np.log1p(series.reindex(range(int(series.index.min()), int(series.index.max()) + 1)))
    nothing, rows = np.empty(0), []
    editions = Editions(evidence.forecasts(evidence.economy), evidence.accuracy, {})
    for origin in range(FIRST_ORIGIN, int(growth.index[-1]) - years + 1, PRINTED_EVERY):
        came = outturn(evidence, geo, origin + 1, origin + years)
        if np.isfinite(came):
            edition = editions.at(ECONOMIES, evidence.economy, origin)
            history = History(growth.loc[:origin].to_numpy(float), nothing, nothing, edition)
            forecast = ladder(history, known_at(evidence.constants, GROWTH, origin), origin)[years]
            rows.append((geo, origin, origin + years, *ends(forecast), came))
    return pd.DataFrame(rows, columns=["geo", "origin", "last", "forecast", "low", "high", "outturn"])
