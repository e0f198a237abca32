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
    of_place,
)
from futian_model.backtest.own import hits
from futian_model.backtest.record import PRINTED_EVERY
from futian_model.report.page.blocks import Block, Prose
from futian_model.report.pages.backtest.material import Track
from futian_model.report.pages.backtest.names import NOMINAL, inline, weakest
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence

POPULATION = "population_growth"


def wrong(given: Track) -> list[Block]:
    """The failures that a reader should know of."""
    told = [worst_origin(given), nation(given), elsewhere(given), own(given), targets(given)]
    return [Prose(given.lang, [one]) for one in told if one is not None]


def worst_origin(given: Track) -> Sentence | None:
    """The printed year after which the bands of the longest horizon held least."""
    rows = given.single[given.single["method"] == MODEL]
    rows = rows[rows["horizon"] == given.horizons[-1]]
    if rows.empty:
        return None
    worst = rows.loc[[rows["coverage_80"].idxmin()]].to_dict("records")[0]
    origin, horizon = int(worst["origin"]), int(worst["horizon"])

    def share(method: str) -> Number:
        under = by_method(given.panel, method), horizon
        return given.ledger.number("percent", RECORD, given.quantity, origin, "coverage_80", *under)

    return given.words.say(
        "backtest_worst",
        origin=year(origin),
        years=Number(horizon, "count"),
        share=share(MODEL),
        naive=share(NAIVE),
    )


def nation(given: Track) -> Sentence | None:
    """How the model fared on the nation's own long spans; nothing when no span was underrated."""
    table = given.nation
    above = table[table["outturn"] > table["high"]]
    if given.quantity != GROWTH or above.empty:
        return None
    most = above.loc[[(above["outturn"] - above["high"]).idxmax()]].to_dict("records")[0]
    geo, origin = str(most["geo"]), int(most["origin"])

    def number(statistic: str, rule: str, at: int | None) -> Number:
        return given.ledger.number(rule, NATION, GROWTH, at, statistic, of_place(geo), LONGEST)

    def rate(statistic: str) -> Number:
        return number(statistic, "growth_coarse", origin)

    def count(statistic: str) -> Number:
        return number(statistic, "count", None)

    return given.words.say(
        "backtest_nation",
        nation=given.name(geo),
        first=year(int(table["origin"].min())),
        every=Number(PRINTED_EVERY, "count"),
        years=Number(int(most["last"]) - origin, "count"),
        windows=count("windows"),
        above=count("above"),
        origin=year(origin),
        forecast=rate("forecast"),
        low=rate("low"),
        high=rate("high"),
        outturn=rate("outturn"),
    )


def elsewhere(given: Track) -> Sentence | None:
    """The data on which the method did worst."""
    found = weakest(given)
    if found is None:
        return None
    quantity, panel, horizon = found
    key = "backtest_weakest_population" if quantity == POPULATION else "backtest_weakest"
    return given.words.say(
        key,
        data=inline(given, quantity, panel),
        years=Number(horizon, "count"),
        share=given.of(quantity, panel, horizon, "coverage_80"),
    )


def own(given: Track) -> Sentence | None:
    """The own series whose outturns fell inside the band least often; nothing when the band held."""
    table = hits(given.own)
    table = table[table["inside"] < NOMINAL * table["windows"]]
    if given.quantity != GROWTH or table.empty:
        return None
    worst = table.loc[[(table["inside"] / table["windows"]).idxmin()]].to_dict("records")[0]
    geo, years = str(worst["geo"]), int(worst["years"])
    rows = given.own[(given.own["geo"] == geo) & (given.own["years"] == years)]
    over = not (rows["outturn"] > rows["high"]).any()

    def count(statistic: str) -> Number:
        return given.ledger.number("count", HITS, GROWTH, None, statistic, of_place(geo), years)

    return given.words.say(
        "backtest_own_over" if over else "backtest_own_mixed",
        place=given.name(geo),
        years=Number(years, "count"),
        windows=count("windows"),
        inside=count("inside"),
        count=count("independent"),
    )


def targets(given: Track) -> Sentence | None:
    """Whether official targets or the model foresaw single years better, where most years are held."""
    rows = given.results[(given.results["reading"] == ERRORS) & (given.results["statistic"] == "n")]
    if given.quantity != GROWTH or rows.empty:
        return None
    most = rows.loc[[rows["value"].idxmax()]].to_dict("records")[0]
    geo, last = str(most["place"]), int(most["year"])

    def number(statistic: str, rule: str = "size_points") -> Number:
        return given.ledger.number(rule, ERRORS, GROWTH, last, statistic, of_place(geo))

    official, model = number("error_target"), number("error_model")
    return given.words.say(
        "backtest_targets_better" if official.value < model.value else "backtest_model_better",
        place=given.name(geo),
        n=number("n", "count"),
        target=official,
        model=model,
    )
