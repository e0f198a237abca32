"""Targets and plans against what came, and the nation's long spans, in the track-record report."""

from collections.abc import Sequence

from futian_model.backtest.frames import ERRORS, GROWTH, LONGEST, NATION, PLANS, of_place
from futian_model.backtest.outturns import LOWER_BOUND, against_targets, plans
from futian_model.report.page.blocks import Cell, Column, Table
from futian_model.report.pages.backtest.material import Track
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence


def columns(
    given: Track, heads: Sequence[str], numeric: Sequence[str], short: Sequence[str] = ()
) -> list[Column]:
    """Columns by the keys of their labels: those that name a row, of numbers, of single words."""
    words = given.words
    return [
        *(Column(words[key], head=at == 0) for at, key in enumerate(heads)),
        *(Column(words[key], numeric=True) for key in numeric),
        *(Column(words[key], short=True) for key in short),
    ]


def when(given: Track, first: int, last: int) -> Cell:
    """A year, or the first and last year of several."""
    return year(first) if first == last else given.words.say("span", start=year(first), end=year(last))


def wording(given: Track, target: Number, stated: str) -> Number | Sentence:
    """A target as it was worded: at least so much, or so much."""
    return given.words.say("backtest_above", target=target) if stated == LOWER_BOUND else target


def errors(given: Track) -> Table:
    """Official targets and the model as forecasts of the same years."""
    words = given.words
    rows: list[list[Cell]] = []
    for row in against_targets(given.own).to_dict("records"):
        geo, last = str(row["geo"]), int(row["last"])

        def number(statistic: str, rule: str = "size_points", at: tuple[str, int] = (geo, last)) -> Number:
            return given.ledger.number(rule, ERRORS, GROWTH, at[1], statistic, of_place(at[0]))

        rows.append(
            [
                given.name(geo),
                number("n", "count"),
                number("error_target"),
                number("error_model"),
                number("bias_target", "growth_points"),
                number("bias_model", "growth_points"),
            ]
        )
    numeric = (
        *("backtest_column_n", "backtest_column_error_target", "backtest_column_error_model"),
        *("backtest_column_bias_target", "backtest_column_bias_model"),
    )
    shown = columns(given, ("backtest_column_place",), numeric)
    note = words.say("backtest_errors_note")
    return Table(given.lang, words["backtest_errors_table"], shown, rows, note, cards=True)


def plan_table(given: Track) -> Table:
    """Growth that five-year plans asked for, and what came."""
    words = given.words
    rows: list[list[Cell]] = []
    for row in plans(given.evidence).to_dict("records"):
        geo, last = str(row["geo"]), int(row["last"])
        asked, came = (
            given.ledger.number("growth_coarse", PLANS, GROWTH, last, one, of_place(geo))
            for one in ("target", "outturn")
        )
        rows.append(
            [
                when(given, int(row["first"]), last),
                given.name(geo),
                wording(given, asked, str(row["wording"])),
                came,
                given.ledger.number("points", PLANS, GROWTH, last, "miss", of_place(geo)),
            ]
        )
    heads = ("backtest_column_when", "backtest_column_place")
    numeric = ("backtest_column_plan", "backtest_column_outturn", "backtest_column_miss")
    note = words.say("backtest_plans_note")
    title = words["backtest_plans_table"]
    return Table(given.lang, title, columns(given, heads, numeric), rows, note, cards=True)


def nation_table(given: Track) -> Table:
    """The nation's long spans: what the model would have said, and what came."""
    words, table = given.words, given.nation
    nation = given.name(given.evidence.place("nation"))
    rows: list[list[Cell]] = []
    for row in table.to_dict("records"):
        forecast, low, high, came = (
            given.ledger.number(
                "growth_coarse", NATION, GROWTH, int(row["origin"]), one, of_place(row["geo"]), LONGEST
            )
            for one in ("forecast", "low", "high", "outturn")
        )
        inside = words["yes" if low.value <= came.value <= high.value else "no"]
        between = words.say("backtest_between", low=low, high=high)
        rows.append([year(int(row["origin"])), forecast, between, came, inside])
    numeric = ("backtest_column_forecast", "backtest_column_band", "backtest_column_outturn")
    shown = columns(given, ("backtest_column_origin",), numeric, ("backtest_column_inside",))
    years = Number(LONGEST, "count")
    title = words.say("backtest_nation_table", nation=nation, years=years).text
    return Table(given.lang, title, shown, rows, words.say("backtest_nation_note", nation=nation), cards=True)
