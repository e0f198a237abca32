"""Tables of the track record: by years ahead, by year of departure, and on other data."""

from collections.abc import Sequence

from futian_model.backtest.forecasts import RIVALS
from futian_model.backtest.frames import FEWEST_UNITS, MODEL, NAIVE, RECORD, by_method
from futian_model.backtest.record import CONFIDENCE, PRINTED_EVERY
from futian_model.report.page.blocks import Block, Cell, Column, Prose, Section, Table
from futian_model.report.pages.backtest.material import FEWEST_FORECASTS, Track
from futian_model.report.pages.backtest.names import ahead, data_name, enough, others
from futian_model.report.words.names import METHODS
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence

FROM = (5, 10, 15)
"""Horizons of the table by year of departure."""
ELSEWHERE = (1, 5, 10, 15)
"""Horizons of the table of other data."""


def by_horizon(given: Track) -> Section:
    """Coverage, gain in error, and bias and width, a table each."""
    words = given.words
    children: list[Block] = [
        Prose(given.lang, [words.say("backtest_horizon_lead")]),
        coverage(given),
        gains(given),
        bias(given),
    ]
    return Section(given.lang, words["backtest_horizon_heading"], children)


def coverage(given: Track) -> Table:
    """How often each band held, and how many spans that rests on."""
    words = given.words
    columns = [
        Column(words["backtest_column_years"], head=True),
        *(
            Column(words[name], numeric=True)
            for name in (
                *("column_forecasts", "column_independent", "column_covered_half"),
                *("column_covered_eighty", "column_covered_ninety", "column_naive_eighty"),
            )
        ),
    ]
    rows: list[list[Cell]] = [
        [
            ahead(words, horizon),
            given.scored(horizon, "forecasts", "count"),
            given.scored(horizon, "independent", "count"),
            given.scored(horizon, "coverage_50"),
            interval(given, given.quantity, given.panel, horizon),
            given.scored(horizon, "coverage_90"),
            given.scored(horizon, "coverage_80", method=NAIVE),
        ]
        for horizon in given.horizons
    ]
    note = words.say("backtest_interval_note", confidence=Number(CONFIDENCE, "percent"))
    return Table(given.lang, words["backtest_coverage_table"], columns, rows, note, cards=True)


def interval(given: Track, quantity: str, panel: str, horizon: int) -> Sentence:
    """A coverage with its confidence interval."""
    share, low, high = (
        given.of(quantity, panel, horizon, f"coverage_80{end}") for end in ("", "_low", "_high")
    )
    return given.words.say("backtest_interval", share=share, low=low, high=high)


def gains(given: Track) -> Table:
    """By how much the model's error is smaller than each other method's."""
    words = given.words
    rivals = [
        name
        for name in RIVALS
        if given.has(RECORD, given.quantity, None, "gain", by_method(given.panel, name), given.horizons[0])
    ]
    columns = [
        Column(words["backtest_column_years"], head=True),
        *(Column(words[METHODS[method]], numeric=True) for method in rivals),
    ]
    rows: list[list[Cell]] = [
        [
            ahead(words, horizon),
            *(given.scored(horizon, "gain", method=method) for method in rivals),
        ]
        for horizon in given.horizons
    ]
    note = words.say("backtest_gain_note")
    return Table(given.lang, words["backtest_gain_table"], columns, rows, note, cards=True)


def bias(given: Track) -> Table:
    """Mean miss and width of the band, the model's and the naive forecast's."""
    words = given.words
    shown = [
        (statistic, rule, method)
        for statistic, rule in (("bias", "growth_points"), ("width_80", "size_points"))
        for method in (MODEL, NAIVE)
    ]
    columns = [
        Column(words["backtest_column_years"], head=True),
        *(
            Column(words[name], numeric=True)
            for name in (
                *("backtest_column_bias", "backtest_column_naive_bias"),
                *("backtest_column_width", "backtest_column_naive_width"),
            )
        ),
    ]
    rows: list[list[Cell]] = [
        [ahead(words, horizon), *(given.scored(horizon, *one) for one in shown)] for horizon in given.horizons
    ]
    note = words.say("backtest_bias_note")
    return Table(given.lang, words["backtest_bias_table"], columns, rows, note, cards=True)


def by_origin(given: Track) -> Section:
    """Coverage from each printed year of departure."""
    words = given.words
    horizons = [horizon for horizon in given.horizons if horizon in FROM]
    columns = [Column(words["backtest_column_origin"], head=True)]
    for horizon in horizons:
        for key in ("backtest_column_model_over", "backtest_column_naive_over"):
            columns.append(Column(words.say(key, years=Number(horizon, "count")).text, numeric=True))
    held = given.single[given.single["horizon"].isin(horizons)]
    origins = sorted({int(origin) for origin in held["origin"]})
    rows: list[list[Cell]] = [[year(origin), *from_origin(given, origin, horizons)] for origin in origins]
    lead = words.say("backtest_origin_lead", every=Number(PRINTED_EVERY, "count"))
    table = Table(given.lang, words["backtest_origin_table"], columns, rows, cards=True)
    return Section(given.lang, words["backtest_origin_heading"], [Prose(given.lang, [lead]), table])


def from_origin(given: Track, origin: int, horizons: Sequence[int]) -> list[Cell]:
    """Coverage from one year, a cell a horizon and method."""
    cells: list[Cell] = []
    for horizon in horizons:
        for method in (MODEL, NAIVE):
            key = (RECORD, given.quantity, origin, "coverage_80", by_method(given.panel, method), horizon)
            cells.append(
                given.ledger.number("percent", *key) if given.has(*key) else given.words["backtest_pending"]
            )
    return cells


def other_panels(given: Track) -> Section:
    """Coverage of the band on everything else that the record holds."""
    words = given.words
    columns = [
        Column(words["backtest_column_data"], head=True),
        Column(words["backtest_column_units"], numeric=True),
        *(Column(ahead(words, horizon).text, numeric=True) for horizon in ELSEWHERE),
    ]
    rows: list[list[Cell]] = []
    for quantity, panel in others(given):
        units = given.of(quantity, panel, ELSEWHERE[0], "units", "count")
        rows.append([data_name(given, quantity, panel), units, *elsewhere(given, quantity, panel)])
    note = words.say(
        "backtest_other_note",
        forecasts=Number(FEWEST_FORECASTS, "count"),
        units=Number(FEWEST_UNITS, "count"),
    )
    table = Table(given.lang, words["backtest_other_table"], columns, rows, note, cards=True)
    lead = Prose(given.lang, [words.say("backtest_other_lead")])
    return Section(given.lang, words["backtest_other_heading"], [lead, table])


def elsewhere(given: Track, quantity: str, panel: str) -> list[Cell]:
    """Coverage of one set of data by horizon."""
    return [
        interval(given, quantity, panel, horizon)
        if enough(given, quantity, panel, horizon)
        else given.words["backtest_too_few"]
        for horizon in ELSEWHERE
    ]
