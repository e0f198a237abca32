"""Cover, answer and limits of the track-record report, in plain words."""

from collections.abc import Sequence

from futian_model import __version__
from futian_model.backtest.frames import MODEL, NAIVE
from futian_model.report.page.blocks import Block, Cover, KeyFigure, KeyFigures, Prose, Section
from futian_model.report.pages.backtest.material import Track
from futian_model.report.pages.backtest.misses import wrong
from futian_model.report.pages.backtest.names import NOMINAL, ahead, inline, listed
from futian_model.report.words.names import panel_name, quantity_name
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence

SHOWN = (1, 5, 10, 15)
"""Horizons that the first page prints."""
SHARP = 0.3
"""Widest confidence interval of a coverage that still says something."""
FEWEST_SPANS = 2
"""Independent spans below which a coverage tells nothing."""


def cover(given: Track) -> Cover:
    """The question the report answers, and what it was tested on."""
    words, first = given.words, given.horizons[0]
    place = given.name(given.evidence.place("district"))
    return Cover(
        given.lang,
        words["backtest_title"],
        words.say("backtest_subtitle", place=place).text,
        words["backtest_lead"],
        [
            (words["backtest_fact_quantity"], quantity_name(given.quantity, words)),
            (words["backtest_fact_panel"], panel_name(given.panel, words)),
            (words["backtest_fact_units"], given.scored(first, "units", "count").text(given.lang)),
            (words["backtest_fact_forecasts"], given.scored(first, "forecasts", "count").text(given.lang)),
            (words["backtest_fact_first"], year(first_origin(given)).text(given.lang)),
            (words["fact_version"], __version__),
        ],
    )


def first_origin(given: Track) -> int:
    """The first year that the record prints forecasts from."""
    return min(int(origin) for origin in given.single["origin"])


def shown(given: Track) -> list[int]:
    """Horizons of the first page that the record holds."""
    return [horizon for horizon in given.horizons if horizon in SHOWN]


def answer(given: Track) -> Section:
    """How often the bands held, how sure that is, and what went wrong."""
    words = given.words
    children: list[Block] = [
        Prose(given.lang, [bottom_line(given)]),
        Prose(given.lang, [covered(given), *verdicts(given)]),
        Prose(given.lang, [independent(given)], note=True),
        KeyFigures(given.lang, [figure(given, horizon) for horizon in shown(given)]),
        Section(given.lang, words["backtest_wrong_heading"], list(wrong(given)), level=3),
    ]
    return Section(given.lang, words["backtest_answer_heading"], children)


def bottom_line(given: Track) -> Sentence:
    """The answer in one sentence: the worst verdict on any horizon that can be judged."""
    found = {verdict(given, horizon) for horizon in shown(given)}
    told = found & {"backtest_kept", "backtest_wide"}
    key = "backtest_bottom_trust" if told else "backtest_bottom_unknown"
    if "backtest_narrow" in found:
        key = "backtest_bottom_doubt"
    return given.words.say(key, data=inline(given))


def covered(given: Track) -> Sentence:
    """Shares of outcomes inside the band, the model's and the naive forecast's."""
    items, naive = covered_items(given, MODEL), covered_items(given, NAIVE)
    return given.words.say("backtest_covered", data=inline(given), items=items, naive=naive)


def covered_items(given: Track, method: str) -> Sentence:
    """A method's share of outcomes inside the band, horizon by horizon."""
    return listed(
        given.words,
        [
            given.words.say(
                "backtest_item",
                years=Number(horizon, "count"),
                share=given.scored(horizon, "coverage_80", method=method),
            )
            for horizon in shown(given)
        ],
    )


def verdicts(given: Track) -> list[Sentence]:
    """Horizons by whether the band keeps its promise, is wider, or is narrower than it says."""
    found: dict[str, list[int]] = {}
    for horizon in shown(given):
        found.setdefault(verdict(given, horizon), []).append(horizon)
    keys = ("backtest_kept", "backtest_loose", "backtest_wide", "backtest_narrow", "backtest_unknown")
    return [given.words.say(key, years=counted(given, found[key])) for key in keys if key in found]


def verdict(given: Track, horizon: int) -> str:
    """What the confidence interval of the coverage says about the promise."""
    if given.scored(horizon, "independent", "count").value < FEWEST_SPANS:
        return "backtest_unknown"
    low, high = (given.scored(horizon, f"coverage_80_{end}").value for end in ("low", "high"))
    if high < NOMINAL:
        return "backtest_narrow"
    if low > NOMINAL:
        return "backtest_wide"
    return "backtest_kept" if high - low <= SHARP else "backtest_loose"


def counted(given: Track, horizons: Sequence[int]) -> Sentence:
    """Lengths of forecasts in a row."""
    return listed(given.words, [ahead(given.words, horizon) for horizon in horizons])


def independent(given: Track) -> Sentence:
    """How few spans there are, and what that leaves open."""
    last = shown(given)[-1]
    return given.words.say(
        "backtest_independent",
        first=year(first_origin(given)),
        years=Number(last, "count"),
        count=given.scored(last, "independent", "count"),
        low=given.scored(last, "coverage_80_low"),
        high=given.scored(last, "coverage_80_high"),
    )


def figure(given: Track, horizon: int) -> KeyFigure:
    """Coverage at one horizon, with its interval and the naive forecast's."""
    words = given.words
    note = words.say(
        "backtest_figure_note",
        low=given.scored(horizon, "coverage_80_low"),
        high=given.scored(horizon, "coverage_80_high"),
        naive=given.scored(horizon, "coverage_80", method=NAIVE),
    )
    label = words.say("backtest_figure", years=Number(horizon, "count")).text
    return KeyFigure(label, given.scored(horizon, "coverage_80"), note)


def limits(given: Track) -> Section:
    """What the record cannot tell, a paragraph each."""
    words, last = given.words, given.horizons[-1]
    told = [
        words.say("backtest_limit_release"),
        words.say("backtest_limit_design"),
        words.say(
            "backtest_limit_overlap",
            years=Number(last, "count"),
            count=given.scored(last, "independent", "count"),
        ),
        words.say("backtest_limit_district"),
        words.say("backtest_limit_shares"),
        words.say("backtest_limit_future"),
    ]
    return Section(given.lang, words["backtest_limits_heading"], [Prose(given.lang, [one]) for one in told])
