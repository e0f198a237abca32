"""What went wrong: the failures that a reader of the track record should know of."""

from futian_model.backtest.frames import (
    ERRORS,
    GROWTH,
    HITS,
    LONGEST,
    MODEL,
    NAIVE,
    NATION,
    RECORD,
    by_method,
)
from futian_model.backtest.own import hits
from futian_model.backtest.record import PRINTED_EVERY
from futian_model.report.pages.backtest.material import Track
from futian_model.report.pages.backtest.names import NOMINAL, inline, weakest
from futian_model.report.words import Number, Sentence, year

POPULATION = "population_growth"


def wrong(page: Track) -> list[Sentence | None]:
    """The failures that a reader should know of."""
    return [worst_origin(page), nation(page), elsewhere(page), own(page), targets(page)]


def worst_origin(page: Track) -> Sentence | None:
    """The printed year after which the bands of the longest horizon held least."""
    rows = page.single[page.single["method"] == MODEL]
    rows = rows[rows["horizon"] == page.horizons[-1]]
    if rows.empty:
        return None
    worst = rows.loc[[rows["coverage_80"].idxmin()]].to_dict("records")[0]
    origin, horizon = int(worst["origin"]), page.horizons[-1]

    def share(method: str) -> Number:
        under = by_method(page.panel, method), horizon
        return page.ledger.number("percent", RECORD, page.quantity, origin, "coverage_80", *under)

    shares = {"share": share(MODEL), "naive": share(NAIVE)}
    return page.say("backtest_worst", origin=year(origin), years=Number(horizon, "count"), **shares)


def nation(page: Track) -> Sentence | None:
    """How the model fared on the nation's own long spans; nothing when no span was underrated."""
    table = page.nation
    above = table[table["outturn"] > table["high"]]
    if page.quantity != GROWTH or above.empty:
        return None
    most = above.loc[[(above["outturn"] - above["high"]).idxmax()]].to_dict("records")[0]
    geo, origin = str(most["geo"]), int(most["origin"])
    rates, counts = ("forecast", "low", "high", "outturn"), ("windows", "above")
    figures = {name: page.of_place(NATION, origin, name, "growth_coarse", geo, LONGEST) for name in rates}
    figures |= {name: page.of_place(NATION, None, name, "count", geo, LONGEST) for name in counts}
    return page.say(
        "backtest_nation",
        nation=page.name(geo),
        first=year(int(table["origin"].min())),
        every=Number(PRINTED_EVERY, "count"),
        years=Number(int(most["last"]) - origin, "count"),
        origin=year(origin),
        **figures,
    )


def elsewhere(page: Track) -> Sentence | None:
    """The data on which the method did worst."""
    worst = weakest(page)
    if worst is None:
        return None
    quantity, panel, horizon = worst
    key = "backtest_weakest_population" if quantity == POPULATION else "backtest_weakest"
    data, share = inline(page, quantity, panel), page.of(quantity, panel, horizon, "coverage_80")
    return page.say(key, data=data, years=Number(horizon, "count"), share=share)


def own(page: Track) -> Sentence | None:
    """The own series whose outturns fell inside the band least often; nothing when the band held."""
    table = hits(page.own)
    table = table[table["inside"] < NOMINAL * table["windows"]]
    if page.quantity != GROWTH or table.empty:
        return None
    worst = table.loc[[(table["inside"] / table["windows"]).idxmin()]].to_dict("records")[0]
    geo, years = str(worst["geo"]), int(worst["years"])
    rows = page.own[(page.own["geo"] == geo) & (page.own["years"] == years)]
    over = not (rows["outturn"] > rows["high"]).any()
    names = {"windows": "windows", "inside": "inside", "count": "independent"}
    counts = {key: page.of_place(HITS, None, name, "count", geo, years) for key, name in names.items()}
    key = "backtest_own_over" if over else "backtest_own_mixed"
    return page.say(key, place=page.name(geo), years=Number(years, "count"), **counts)


def targets(page: Track) -> Sentence | None:
    """Whether official targets or the model foresaw single years better, where most years are held."""
    rows = page.results[(page.results["reading"] == ERRORS) & (page.results["statistic"] == "n")]
    if page.quantity != GROWTH or rows.empty:
        return None
    most = rows.loc[[rows["value"].idxmax()]].to_dict("records")[0]
    geo, last = str(most["place"]), int(most["year"])
    official, model = (
        page.of_place(ERRORS, last, name, "size_points", geo) for name in ("error_target", "error_model")
    )
    key = "backtest_targets_better" if official.value < model.value else "backtest_model_better"
    count = page.of_place(ERRORS, last, "n", "count", geo)
    return page.say(key, place=page.name(geo), n=count, target=official, model=model)
