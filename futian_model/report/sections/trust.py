"""Why a chance should be believed, and how far: estimates, the prior's part, others, the record."""

import re
from functools import partial
from typing import Any

from futian_model.backtest.frames import GROWTH, MODEL, NAIVE, RECORD, by_method, of_place
from futian_model.backtest.record import FIRST_ORIGIN
from futian_model.calibration import Band, Estimate
from futian_model.report.page.blocks import Block, Cell, Column, Prose, Section, Table
from futian_model.report.sections.material import GIVEN_EVIDENCE, Material
from futian_model.report.sections.trust_rows import ESTIMATES, HORIZONS, PANEL, PATHS, phases
from futian_model.report.words.names import panel_name
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence
from futian_model.results import case
from futian_model.scenario.checks import DRIVERS

SERIES = re.compile(r"(\w+)\.\w+(?: (\d{4})-(\d{4}))?")
"""Place, and first and last year, of a series that an estimate rests on."""
PROMISED = 0.8
"""Share of outcomes that the band in the record is to hold."""
QUOTED = (5, 15)
"""Horizons whose record a sentence quotes."""


def trust(given: Material) -> Section:
    """Estimates with who did the work, the prior doubled and halved, published paths, the record."""
    children: list[Block] = [estimates(given), priors(given), others(given), *record(given)]
    return Section(given.lang, given.words["trust_heading"], children, level=3)


def estimates(given: Material) -> Table:
    """What the trends rest on: value, spread, number of figures, series, and who did the work."""
    words = given.words
    columns = [
        Column(words["column_estimate"], head=True),
        *(Column(words[name], numeric=True) for name in ("column_value", "column_spread", "column_n")),
        Column(words["column_work"], short=True),
        Column(words["column_series"]),
    ]
    trends = given.given_scenario.calibration.trends()
    idle = () if given.given_scenario.base.population_held else ("population",)
    drivers = [name for name in (*DRIVERS, *given.shares) if name in trends and name not in idle]
    told = [one for name in drivers for one in trends[name].estimates]
    rows: list[list[Cell]] = []
    for one in told:
        rule = "index" if one.kind == "persistence" else "growth"
        numbers: list[Cell] = [
            given.number(one.name, given.first, statistic, rule=rule_, reading=ESTIMATES)
            for statistic, rule_ in (("value", rule), ("spread", rule), ("n", "count"))
        ]
        if one.spread == 0:  # one panel alone: nothing to differ from
            numbers[1] = words["not_told"]
        rows.append([estimate_label(given, one), *numbers, words[f"work_{one.work}"], rests_on(given, one)])
    note = words.say("estimates_note", vintage=given.vintage)
    return Table(given.lang, words["estimates_table"], columns, rows, note, cards=True)


def estimate_label(given: Material, one: Estimate) -> str:
    """An estimate in words."""
    words = given.words
    places = {role: given.name(given.evidence.place(role)) for role in ("nation", "city", "district")}
    if one.driver in DRIVERS:
        name = words[f"driver_{one.driver}"]
    else:
        name = words.say("driver_share", name=given.name(one.driver)).text
    return words.say(f"estimate_{one.kind}", name=name, **places).text


def rests_on(given: Material, one: Estimate) -> str:
    """Places and years, or panels, that an estimate rests on."""
    words = given.words
    if one.kind == "persistence":
        return words.join([Sentence(panel_name(name, words)) for name in one.source.split(", ")]).text
    told = []
    for geo, first, last in SERIES.findall(one.source):
        place = given.name(geo)
        if first:
            span = words.say("span", start=first, end=last).text
            told.append(words.say("series_of", place=place, span=span).text)
        else:
            told.append(words.say("series_none", place=place).text)
    return words["enumeration"].join(told) + (words["held_later"] if one.published_later else "")


def priors(given: Material) -> Table:
    """Long-run growth and each goal's chance with the prior as estimated, halved and doubled."""
    words = given.words
    columns = [
        Column(words["column_result"], head=True),
        *(Column(words[name], numeric=True) for name in ("column_half", "column_as_is", "column_double")),
    ]

    def cells(indicator: str, at: int, statistic: str, rule: str, as_is: str) -> list[Cell]:
        readings = ("prior_half", as_is, "prior_double")
        return [given.number(indicator, at, statistic, rule=rule, reading=reading) for reading in readings]

    rows: list[list[Cell]] = [
        [words[f"prior_{statistic}"], *cells("growth_long_run", given.first, statistic, "growth", ESTIMATES)]
        for statistic in ("value", "spread")
    ]
    rows += [
        [given.goal_label(goal), *cells(goal.name, goal.year, "probability", "probability", GIVEN_EVIDENCE)]
        for goal in given.judged
    ]
    return Table(given.lang, words["prior_table"], columns, rows, words.say("prior_note"), cards=True)


def others(given: Material) -> Table:
    """By phase: what others expect of the nation, this calibration, and the scenario beside both."""
    words = given.words
    columns = [
        Column(words["column_years"], head=True),
        *(
            Column(words[name], numeric=True)
            for name in ("column_paths", "column_paths_middle", "column_nation", "column_district")
        ),
        Column(words["column_scenario"], numeric=True),
        Column(words["column_plausible"], short=True),
    ]
    rows = [phase(given, first, last) for first, last in phases(given.given_scenario)]
    nation = given.name(given.evidence.place("nation"))
    note = words.say("paths_note", nation=nation, vintage=given.vintage)
    title = words.say("paths_table", nation=nation).text
    return Table(given.lang, title, columns, rows, note, cards=True)


def phase(given: Material, first: int, last: int) -> list[Cell]:
    """One phase of `others`."""
    words = given.words

    def number(statistic: str, rule: str = "growth_coarse") -> Number:
        return given.number("real_gdp", last, statistic, rule=rule, reading=PATHS)

    span = words.say("span", start=year(first), end=year(last))
    own: list[Cell] = [number("nation"), number("district"), number("scenario")]
    if not given.has("real_gdp", last, "paths", PATHS):
        return [span, words["none_published"], words["none_published"], *own, words["none_published"]]
    low, middle, high = (number(name) for name in ("low", "middle", "high"))
    band = Band(first, last, low.value, middle.value, high.value, 0)
    published = words.say("paths_band", low=low, high=high, count=number("paths", "count"))
    verdict = words[f"plausible_{band.place(number('scenario_nation').value)}"]
    return [span, published, middle, *own, verdict]


def record(given: Material) -> list[Block]:
    """The track record by horizon, and what it cannot tell."""
    words = given.words
    columns = [
        Column(words["column_horizon"], head=True),
        Column(words["column_forecasts"], numeric=True),
        *(
            Column(words[name], numeric=True)
            for name in ("column_covered_half", "column_covered_eighty", "column_covered_ninety")
        ),
        Column(words["column_naive_eighty"], numeric=True),
        Column(words["column_skill"], numeric=True),
        Column(words["column_independent"], numeric=True),
    ]
    rows = [horizon_row(given, horizon) for horizon in HORIZONS]
    note = words.say("record_note", first=year(FIRST_ORIGIN))
    table = Table(given.lang, words["record_table"], columns, rows, note, cards=True)
    told = [words.say("record_limits"), *failures(given), words.say("record_untested")]
    return [table, Prose(given.lang, told)]


def failures(given: Material) -> list[Sentence]:
    """Where the record fails its promise, as the numbers have it."""
    words, longest = given.words, max(HORIZONS)

    sentences, years = [], Number(longest, "count")
    for row in given.ledger.keys(RECORD, "coverage_80"):
        if row.year:
            held = given.ledger.number("percent", *row)
            sentences.append(words.say("record_worst", origin=year(row.year), held=held, years=years))
    geo = given.evidence.place("nation")
    at: dict[str, Any] = {"reading": RECORD, "case": of_place(geo), "horizon": longest}
    if given.has(GROWTH, None, "windows", RECORD, at["case"], longest):
        above, windows = (
            given.number(GROWTH, None, name, rule="count", **at) for name in ("above", "windows")
        )
        nation = given.name(geo)
        sentences.append(words.say("record_nation", nation=nation, above=above, windows=windows, years=years))
    for horizon in HORIZONS:
        low, high = (scored(given, horizon, f"coverage_80_{end}") for end in ("low", "high"))
        verdict = "wide" if low.value > PROMISED else "narrow" if high.value < PROMISED else ""
        if verdict:
            key = "horizon"
            span = words.say(key, years=Number(horizon, "count"))
            sentences.append(words.say(f"record_{verdict}", span=span))
    under = case(panel=PANEL)
    factor = given.number(
        "population_growth", None, "factor", rule="plain_factor", reading=RECORD, case=under
    )
    return [*sentences, words.say("record_widened", factor=factor)]


def horizon_row(given: Material, horizon: int) -> list[Cell]:
    """One horizon of the record."""
    words, number = given.words, partial(scored, given, horizon)
    eighty = words.say(
        "covered_interval",
        share=number("coverage_80"),
        low=number("coverage_80_low"),
        high=number("coverage_80_high"),
    )
    return [
        words.say("horizon", years=Number(horizon, "count")),
        number("forecasts", "count"),
        number("coverage_50"),
        eighty,
        number("coverage_90"),
        number("coverage_80", method=NAIVE),
        number("gain", method=NAIVE),
        number("independent", "count"),
    ]


def scored(
    given: Material, horizon: int, statistic: str, rule: str = "percent", method: str = MODEL
) -> Number:
    """A score of the record."""
    under = by_method(PANEL, method)
    return given.number(GROWTH, None, statistic, rule=rule, reading=RECORD, case=under, horizon=horizon)


def quoted(given: Material) -> Sentence:
    """The record in one sentence."""
    number, (short, long) = partial(scored, given), QUOTED
    return given.words.say(
        "record_quoted",
        units=number(long, "units", "count"),
        short=Number(short, "count"),
        short_held=number(short, "coverage_80"),
        long=Number(long, "count"),
        long_held=number(long, "coverage_80"),
        naive=number(long, "coverage_80", method=NAIVE),
    )
