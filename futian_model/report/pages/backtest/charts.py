"""Charts of the track-record report: coverage by horizon, and where outcomes fell."""

import pandas as pd
from scipy.stats import binom

from futian_model.backtest.forecasts import METHODS as ORDER
from futian_model.backtest.frames import MODEL, NAIVE, TENTHS
from futian_model.backtest.record import CONFIDENCE
from futian_model.charts import coverage, histograms
from futian_model.report.page import Drawn, Section
from futian_model.report.pages.backtest.answer import covered_items, first_origin, shown
from futian_model.report.pages.backtest.material import Track
from futian_model.report.pages.backtest.names import NOMINAL, data_name
from futian_model.report.words import Number, Sentence, year
from futian_model.report.words.names import METHODS


def charts(page: Track) -> Section:
    """Both charts and how to read them."""
    both = page.charts(covered(page), spread(page))
    return page.section("backtest_charts_heading", "backtest_charts_lead", both)


def covered(page: Track) -> Drawn:
    """Share of outcomes inside the band, every method's."""
    last = page.horizons[-1]
    share, naive = (page.ends(last, method)[0] for method in (MODEL, NAIVE))
    title = page.say("backtest_coverage_title", years=Number(last, "count"), share=share, naive=naive)
    items, others = covered_items(page, MODEL), covered_items(page, NAIVE)
    return page.drawn(
        coverage,
        coverage_table(page),
        "percent",
        title=title,
        alt=page.say("backtest_coverage_alt", title=title, items=items, naive=others),
        subtitle="backtest_coverage_subtitle",
        source=source(page),
        named={"nominal": page.words["backtest_nominal"]},
        nominal=NOMINAL,
    )


def coverage_table(page: Track) -> pd.DataFrame:
    """Coverage of the band by method and horizon, with the ends of its confidence interval."""
    rows = [
        (page.words[METHODS[method]], horizon, *(end.value for end in page.ends(horizon, method)))
        for method in ORDER
        for horizon in page.horizons
    ]
    return pd.DataFrame(rows, columns=["series", "horizon", "value", "low", "high"])


def spread(page: Track) -> Drawn:
    """Where in the forecast distributions the outcomes fell."""

    def ends(key: str, horizon: int) -> Sentence:
        low, high = (page.fallen(horizon, tenth) for tenth in (TENTHS[0], TENTHS[-1]))
        return page.say(key, years=Number(horizon, "count"), low=low, high=high)

    title = ends("backtest_pit_title", page.horizons[-1])
    items = page.words.join([ends("backtest_pit_item", horizon) for horizon in shown(page)])
    return page.drawn(
        histograms,
        pit_table(page),
        "percent",
        title=title,
        alt=page.say("backtest_pit_alt", title=title, items=items),
        subtitle="backtest_pit_subtitle",
        source="backtest_pit_source",
    )


def pit_table(page: Track) -> pd.DataFrame:
    """Share of outcomes in each tenth by horizon, and how far chance moves it among independent ones."""
    rows = []
    for horizon in shown(page):
        name = page.say("backtest_horizon", years=Number(horizon, "count")).text
        count = int(page.scored(horizon, "forecasts", "count").value)
        low, high = binom.ppf([(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2], count, 1 / len(TENTHS)) / count
        for at, tenth in enumerate(TENTHS):
            rows.append((name, at, page.fallen(horizon, tenth).value, float(low), float(high)))
    return pd.DataFrame(rows, columns=["panel", "part", "share", "low", "high"])


def source(page: Track) -> Sentence:
    """What the charts were counted from."""
    forecasts = page.scored(page.horizons[0], "forecasts", "count")
    first = year(first_origin(page))
    return page.say("backtest_chart_source", data=data_name(page), first=first, forecasts=forecasts)
