"""Cover, answer and limits of the track-record report, in plain words."""

from collections.abc import Sequence

from futian_model.backtest.frames import MODEL, NAIVE
from futian_model.report.page import Cover, Facts, KeyFigure, Section
from futian_model.report.pages.backtest.came_true import own_brief
from futian_model.report.pages.backtest.material import Track
from futian_model.report.pages.backtest.misses import wrong
from futian_model.report.pages.backtest.names import NOMINAL, ahead, inline
from futian_model.report.words import Number, Sentence, year
from futian_model.report.words.names import panel_name, quantity_name

SHOWN = (1, 5, 10, 15)
"""Horizons that the first page prints."""
SHARP = 0.3
"""Widest confidence interval of a coverage that still says something."""
FEWEST_SPANS = 2
"""Independent spans below which a coverage tells nothing."""


def cover(page: Track) -> Cover:
    """The question the report answers, and what it was tested on."""
    words, first = page.words, page.horizons[0]
    facts: Facts = [
        ("backtest_fact_quantity", quantity_name(page.quantity, words)),
        ("backtest_fact_panel", panel_name(page.panel, words)),
        ("backtest_fact_units", page.scored(first, "units", "count")),
        ("backtest_fact_forecasts", page.scored(first, "forecasts", "count")),
        ("backtest_fact_first", year(first_origin(page))),
    ]
    subtitle = page.say("backtest_subtitle", place=page.name(page.district))
    return page.cover("backtest_title", subtitle, "backtest_lead", facts)


def first_origin(page: Track) -> int:
    """The first year that the record prints forecasts from."""
    return min(int(origin) for origin in page.single["origin"])


def shown(page: Track) -> list[int]:
    """Horizons of the first page that the record holds."""
    return [horizon for horizon in page.horizons if horizon in SHOWN]


def answer(page: Track) -> Section:
    """How often the bands held, how sure that is, and what went wrong."""
    return page.section(
        "backtest_answer_heading",
        bottom_line(page),
        own_brief(page),
        [covered(page), *verdicts(page)],
        page.note(independent(page)),
        page.key_figures(*(figure(page, horizon) for horizon in shown(page))),
        page.section("backtest_wrong_heading", *wrong(page), level=3),
    )


def bottom_line(page: Track) -> Sentence:
    """The answer in one sentence: the worst verdict on any horizon that can be judged."""
    kinds = {verdict(page, horizon) for horizon in shown(page)}
    kept = kinds & {"backtest_kept", "backtest_wide"}
    key = "backtest_bottom_trust" if kept else "backtest_bottom_unknown"
    if "backtest_narrow" in kinds:
        key = "backtest_bottom_doubt"
    return page.say(key, data=inline(page))


def covered(page: Track) -> Sentence:
    """Shares of outcomes inside the band, the model's and the naive forecast's."""
    items, naive = covered_items(page, MODEL), covered_items(page, NAIVE)
    return page.say("backtest_covered", data=inline(page), items=items, naive=naive)


def covered_items(page: Track, method: str) -> Sentence:
    """A method's share of outcomes inside the band, horizon by horizon."""
    items = [
        page.say("backtest_item", years=Number(horizon, "count"), share=page.ends(horizon, method)[0])
        for horizon in shown(page)
    ]
    return page.words.join(items, "backtest_comma")


def verdicts(page: Track) -> list[Sentence]:
    """Horizons by whether the band keeps its promise, is wider, or is narrower than it says."""
    by_verdict: dict[str, list[int]] = {}
    for horizon in shown(page):
        by_verdict.setdefault(verdict(page, horizon), []).append(horizon)
    keys = ("backtest_kept", "backtest_loose", "backtest_wide", "backtest_narrow", "backtest_unknown")
    return [page.say(key, years=counted(page, by_verdict[key])) for key in keys if key in by_verdict]


def verdict(page: Track, horizon: int) -> str:
    """What the confidence interval of the coverage says about the promise."""
    if page.scored(horizon, "independent", "count").value < FEWEST_SPANS:
        return "backtest_unknown"
    _, low, high = (end.value for end in page.ends(horizon))
    if high < NOMINAL:
        return "backtest_narrow"
    if low > NOMINAL:
        return "backtest_wide"
    return "backtest_kept" if high - low <= SHARP else "backtest_loose"


def counted(page: Track, horizons: Sequence[int]) -> Sentence:
    """Lengths of forecasts in a row."""
    return page.words.join([ahead(page.words, horizon) for horizon in horizons], "backtest_comma")


def independent(page: Track) -> Sentence:
    """How few spans there are, and what that leaves open."""
    last = shown(page)[-1]
    _, low, high = page.ends(last)
    count = page.scored(last, "independent", "count")
    span = {"first": year(first_origin(page)), "years": Number(last, "count")}
    return page.say("backtest_independent", **span, count=count, low=low, high=high)


def figure(page: Track, horizon: int) -> KeyFigure:
    """Coverage at one horizon, with its interval and the naive forecast's."""
    share, low, high = page.ends(horizon)
    note = page.say("backtest_figure_note", low=low, high=high, naive=page.ends(horizon, NAIVE)[0])
    return page.figure(page.say("backtest_figure", years=Number(horizon, "count")), share, note)


def limits(page: Track) -> Section:
    """What the record cannot tell, a paragraph each."""
    last = page.horizons[-1]
    count = page.scored(last, "independent", "count")
    return page.section(
        "backtest_limits_heading",
        "backtest_limit_release",
        "backtest_limit_design",
        page.say("backtest_limit_overlap", years=Number(last, "count"), count=count),
        "backtest_limit_district",
        "backtest_limit_shares",
        "backtest_limit_future",
    )
