"""Tables of the track record: by years ahead, by year of departure, and on other data."""

from futian_model.backtest.forecasts import RIVALS
from futian_model.backtest.frames import FEWEST_UNITS, MODEL, NAIVE, RECORD, by_method
from futian_model.backtest.record import CONFIDENCE, PRINTED_EVERY
from futian_model.report.page import Cell, Column, Fill, Said, Section, Table, numeric
from futian_model.report.pages.backtest.material import FEWEST_FORECASTS, Track
from futian_model.report.pages.backtest.names import ahead, data_name, enough, others
from futian_model.report.words import Number, Sentence, year
from futian_model.report.words.names import METHODS

FROM = (5, 10, 15)
"""Horizons of the table by year of departure."""
ELSEWHERE = (1, 5, 10, 15)
"""Horizons of the table of other data."""
OVER = {MODEL: "backtest_column_model_over", NAIVE: "backtest_column_naive_over"}


def by_horizon(page: Track) -> Section:
    """Coverage, gain in error, and bias and width, a table each."""
    tables = coverage(page), gains(page), bias(page)
    return page.section("backtest_horizon_heading", "backtest_horizon_lead", *tables)


def years_ahead(page: Track) -> Column:
    """The column that names a horizon."""
    return Column("backtest_column_years", lambda horizon: ahead(page.words, horizon))


def scores(page: Track, label: Said, statistic: str, rule: str = "percent", method: str = MODEL) -> Column:
    """A column of scores by horizon."""
    return numeric(label, lambda horizon: page.scored(horizon, statistic, rule, method))


def coverage(page: Track) -> Table:
    """How often each band held, and how many spans that rests on."""
    return page.table(
        "backtest_coverage_table",
        page.horizons,
        [
            years_ahead(page),
            scores(page, "column_forecasts", "forecasts", "count"),
            scores(page, "column_independent", "independent", "count"),
            scores(page, "column_covered_half", "coverage_50"),
            numeric("column_covered_eighty", lambda at: interval(page, page.quantity, page.panel, at)),
            scores(page, "column_covered_ninety", "coverage_90"),
            scores(page, "column_naive_eighty", "coverage_80", method=NAIVE),
        ],
        page.say("backtest_interval_note", confidence=Number(CONFIDENCE, "percent")),
    )


def interval(page: Track, quantity: str, panel: str, horizon: int) -> Sentence:
    """A coverage with its confidence interval."""
    share, low, high = page.ends(horizon, data=(quantity, panel))
    return page.say("backtest_interval", share=share, low=low, high=high)


def gains(page: Track) -> Table:
    """By how much the model's error is smaller than each other method's."""
    key = RECORD, page.quantity, None, "gain"
    held = [method for method in RIVALS if page.has(*key, by_method(page.panel, method), page.horizons[0])]
    others = [scores(page, METHODS[method], "gain", method=method) for method in held]
    columns = [years_ahead(page), *others]
    return page.table("backtest_gain_table", page.horizons, columns, "backtest_gain_note")


def bias(page: Track) -> Table:
    """Mean miss and width of the band, the model's and the naive forecast's."""
    return page.table(
        "backtest_bias_table",
        page.horizons,
        [
            years_ahead(page),
            scores(page, "backtest_column_bias", "bias", "growth_points"),
            scores(page, "backtest_column_naive_bias", "bias", "growth_points", NAIVE),
            scores(page, "backtest_column_width", "width_80", "size_points"),
            scores(page, "backtest_column_naive_width", "width_80", "size_points", NAIVE),
        ],
        "backtest_bias_note",
    )


def by_origin(page: Track) -> Section:
    """Coverage from each printed year of departure."""
    horizons = [horizon for horizon in page.horizons if horizon in FROM]
    held = page.single[page.single["horizon"].isin(horizons)]
    table = page.table(
        "backtest_origin_table",
        sorted({int(origin) for origin in held["origin"]}),
        [
            Column("backtest_column_origin", year),
            *(
                numeric(page.say(key, years=Number(horizon, "count")), from_origin(page, horizon, method))
                for horizon in horizons
                for method, key in OVER.items()
            ),
        ],
    )
    lead = page.say("backtest_origin_lead", every=Number(PRINTED_EVERY, "count"))
    return page.section("backtest_origin_heading", lead, table)


def from_origin(page: Track, horizon: int, method: str) -> Fill:
    """A method's coverage over a horizon, from any year."""
    under = by_method(page.panel, method), horizon
    return lambda origin: (
        page.ledger.find("percent", RECORD, page.quantity, origin, "coverage_80", *under)
        or page.words["backtest_pending"]
    )


def other_panels(page: Track) -> Section:
    """Coverage of the band on everything else that the record holds."""
    units = ELSEWHERE[0], "units", "count"
    fewest = {"forecasts": Number(FEWEST_FORECASTS, "count"), "units": Number(FEWEST_UNITS, "count")}
    table = page.table(
        "backtest_other_table",
        others(page),
        [
            Column("backtest_column_data", lambda data: data_name(page, *data)),
            numeric(
                "backtest_column_units",
                lambda data: page.of(data[0], data[1], *units),
            ),
            *(numeric(ahead(page.words, horizon), elsewhere(page, horizon)) for horizon in ELSEWHERE),
        ],
        page.say("backtest_other_note", **fewest),
    )
    return page.section("backtest_other_heading", "backtest_other_lead", table)


def elsewhere(page: Track, horizon: int) -> Fill:
    """Coverage of any other data over a horizon."""

    def cell(data: tuple[str, str]) -> Cell:
        held = enough(page, *data, horizon)
        return interval(page, *data, horizon) if held else page.words["backtest_too_few"]

    return cell
