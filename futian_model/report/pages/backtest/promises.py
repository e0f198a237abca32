"""How often targets set at a chance were met: in other places by kind, and of the own series."""

from collections.abc import Sequence
from itertools import product

from futian_model.backtest.chances import CALM, GROWERS, OWN_SERIES, WHOLE
from futian_model.backtest.frames import GROWTH
from futian_model.backtest.promises import BAR, CARRIED_ON, CHANCE, HORIZONS, MODEL, NAIVE, OFFICIAL
from futian_model.calibration.trends import SHARE
from futian_model.evidence.panels import DISTRICTS, ECONOMIES, SIZES
from futian_model.report.page import Cell, Column, Fill, Section, Table, numeric
from futian_model.report.pages.backtest.answer import first_origin
from futian_model.report.pages.backtest.came_true import size_name
from futian_model.report.pages.backtest.material import Track
from futian_model.report.pages.backtest.names import ahead
from futian_model.report.sections.promises import FEWEST_SPANS, Promised, figure, met, places
from futian_model.report.words import Number, Sentence, year
from futian_model.report.words.names import QUANTITIES, REGIONS

KINDS = (
    *(Promised(GROWTH, ECONOMIES, group) for group in (WHOLE, GROWERS, CALM)),
    *(Promised(GROWTH, panel) for panel in REGIONS),
    *(Promised(SHARE, f"{DISTRICTS}_{least}") for least in reversed(SIZES)),
    *(
        Promised(quantity, panel)
        for quantity, panel in product(QUANTITIES, (ECONOMIES, *REGIONS))
        if quantity != GROWTH
    ),
)
"""Series that targets were set on: growth, leads of districts, then the rest."""
OWN_YEARS = (1, 5)
"""Years of the targets that are announced."""


def promised(page: Track) -> Section:
    """Targets at a chance, beside those that carry growth on and those that were announced."""
    return page.section(
        "backtest_promises_heading",
        page.say("backtest_promises_lead", chance=Number(CHANCE, "percent"), first=year(first_origin(page))),
        [brief(page, method, key) for method, key in BRIEF.items()],
        by_kind(page),
        own(page),
    )


BRIEF = {
    MODEL: "backtest_promises_model",
    NAIVE: "backtest_promises_naive",
    CARRIED_ON: "backtest_promises_carried",
}


def brief(page: Track, method: str, key: str) -> Sentence:
    """Shares of the targets on growth of all economies that were met, by who set them."""
    items = [
        page.say("backtest_item", years=Number(years, "count"), share=share)
        for years in HORIZONS
        if (share := met(page, KINDS[0], years, method)) is not None
    ]
    return page.say(key, items=page.words.join(items, "backtest_comma"), **ends())


def ends() -> dict[str, Number]:
    """Ends of the bar."""
    return {"low": Number(BAR[0], "percent"), "high": Number(BAR[1], "percent")}


def by_kind(page: Track) -> Table:
    """A row a kind of place: the model's targets over each number of years, then growth carried on."""
    return page.table(
        "backtest_promises_kinds",
        [data for data in KINDS if figure(page, data, HORIZONS[0], "met", "share")],
        [
            Column("backtest_column_data", lambda data: kind_name(page, data)),
            *(numeric(ahead(page.words, years), shown(page, years)) for years in HORIZONS),
            *(
                numeric(
                    page.say("backtest_promises_carried_over", years=Number(years, "count")),
                    shown(page, years, CARRIED_ON),
                )
                for years in HORIZONS
            ),
        ],
        page.say("backtest_promises_note", spans=Number(FEWEST_SPANS, "count"), **ends()),
    )


def shown(page: Track, years: int, method: str = MODEL) -> Fill:
    """A column of shares that were met."""
    return lambda data: met(page, data, years, method)


def kind_name(page: Track, data: Promised) -> Cell:
    """Quantity and places; of districts their size."""
    if data.quantity == SHARE:
        return page.say("backtest_promises_leads", size=size_name(page, data.panel))
    key = QUANTITIES[data.quantity]
    return page.say("backtest_data", quantity=page.words[key], panel=places(page, data))


def own(page: Track) -> Table:
    """The project's own series: the model's targets, growth carried on, and what was announced."""
    series = [Promised(GROWTH, OWN_SERIES), *map(of_place, page.evidence.places.index)]
    setters: Sequence[tuple[str, str]] = (
        (MODEL, "backtest_promises_own_model"),
        (CARRIED_ON, "backtest_promises_carried_over"),
        (OFFICIAL, "backtest_promises_official"),
    )

    def cell(years: int, method: str) -> Fill:
        def share_of(data: Promised) -> Cell:
            share = met(page, data, years, method)
            spans = figure(page, data, years, "spans", "count", method)
            if share is None or spans is None:
                return None
            return page.say("backtest_promises_of", share=share, spans=spans)

        return share_of

    def held(data: Promised) -> bool:
        return any(
            figure(page, data, years, "met", "share", method) for years in OWN_YEARS for method, _ in setters
        )

    return page.table(
        "backtest_promises_own",
        list(filter(held, series)),
        [
            Column("backtest_column_place", lambda data: places(page, data)),
            *(
                numeric(page.say(key, years=Number(years, "count")), cell(years, method))
                for years in OWN_YEARS
                for method, key in setters
            ),
        ],
        "backtest_promises_own_note",
    )


def of_place(geo: object) -> Promised:
    """Targets of one place of the project."""
    return Promised(GROWTH, f"{OWN_SERIES}_{geo}")
