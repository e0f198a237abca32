"""Charts of the track-record report: coverage by horizon, and where outcomes fell."""

import pandas as pd
from scipy.stats import binom

from futian_model.backtest.forecasts import METHODS as ORDER
from futian_model.backtest.frames import MODEL, NAIVE, TENTHS
from futian_model.backtest.record import CONFIDENCE
from futian_model.charts import ChartWords, CoverageWords, coverage, histograms
from futian_model.report.page.blocks import Charts, Drawn, Prose, Section
from futian_model.report.pages.backtest.answer import covered_items, first_origin, shown
from futian_model.report.pages.backtest.material import Track
from futian_model.report.pages.backtest.names import NOMINAL, data_name
from futian_model.report.words.names import METHODS
from futian_model.report.words.numbers import Number, year


def charts(given: Track) -> Section:
    """Both charts and how to read them."""
    read = Prose(given.lang, [given.words.say("backtest_charts_lead")])
    both = Charts(given.lang, [covered(given), spread(given)])
    return Section(given.lang, given.words["backtest_charts_heading"], [read, both])


def covered(given: Track) -> Drawn:
    """Share of outcomes inside the band, every method's."""
    words, last = given.words, given.horizons[-1]
    title = words.say(
        "backtest_coverage_title",
        years=Number(last, "count"),
        share=given.scored(last, "coverage_80"),
        naive=given.scored(last, "coverage_80", method=NAIVE),
    )
    alt = words.say(
        "backtest_coverage_alt",
        title=title,
        items=covered_items(given, MODEL),
        naive=covered_items(given, NAIVE),
    )
    chart = coverage(
        coverage_table(given),
        words=CoverageWords(
            title=title.text,
            subtitle=words["backtest_coverage_subtitle"],
            source=source(given),
            nominal=words["backtest_nominal"],
            alt=alt.text,
        ),
        nominal=NOMINAL,
    )
    return Drawn(chart, title, alt, "percent")


def coverage_table(given: Track) -> pd.DataFrame:
    """Coverage of the band by method and horizon, with the ends of its confidence interval."""
    rows = [
        (
            given.words[METHODS[method]],
            horizon,
            *(
                given.scored(horizon, f"coverage_80{end}", method=method).value
                for end in ("", "_low", "_high")
            ),
        )
        for method in ORDER
        for horizon in given.horizons
    ]
    return pd.DataFrame(rows, columns=["series", "horizon", "value", "low", "high"])


def spread(given: Track) -> Drawn:
    """Where in the forecast distributions the outcomes fell."""
    words, last = given.words, given.horizons[-1]
    title = words.say(
        "backtest_pit_title",
        years=Number(last, "count"),
        low=given.fallen(last, TENTHS[0]),
        high=given.fallen(last, TENTHS[-1]),
    )
    items = [
        words.say(
            "backtest_pit_item",
            years=Number(horizon, "count"),
            low=given.fallen(horizon, TENTHS[0]),
            high=given.fallen(horizon, TENTHS[-1]),
        )
        for horizon in shown(given)
    ]
    alt = words.say("backtest_pit_alt", title=title, items=words.join(items))
    chart = histograms(
        pit_table(given),
        words=ChartWords(
            title=title.text,
            subtitle=words["backtest_pit_subtitle"],
            source=words["backtest_pit_source"],
            alt=alt.text,
        ),
    )
    return Drawn(chart, title, alt, "percent")


def pit_table(given: Track) -> pd.DataFrame:
    """Share of outcomes in each tenth by horizon, and how far chance moves it among independent ones."""
    rows = []
    for horizon in shown(given):
        name = given.words.say("backtest_horizon", years=Number(horizon, "count")).text
        made = int(given.scored(horizon, "forecasts", "count").value)
        low, high = binom.ppf([(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2], made, 1 / len(TENTHS)) / made
        for at, tenth in enumerate(TENTHS):
            rows.append((name, at, given.fallen(horizon, tenth).value, float(low), float(high)))
    return pd.DataFrame(rows, columns=["panel", "part", "share", "low", "high"])


def source(given: Track) -> str:
    """What the charts were counted from."""
    first = given.horizons[0]
    return given.words.say(
        "backtest_chart_source",
        data=data_name(given),
        first=year(first_origin(given)),
        forecasts=given.scored(first, "forecasts", "count"),
    ).text
