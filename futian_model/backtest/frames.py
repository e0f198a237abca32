"""The track record as rows of the results table."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from futian_model.backtest.chances import LEADS, OWN_SERIES, WHOLE, own_chances
from futian_model.backtest.forecasts import BASELINES, HORIZONS, RIVALS
from futian_model.backtest.nation import long_windows
from futian_model.backtest.outturns import against_targets, plans
from futian_model.backtest.own import hits, own_record
from futian_model.backtest.promises import own_promises
from futian_model.backtest.record import AIDED, ALL
from futian_model.calibration.constants import WIDENED
from futian_model.calibration.trends import SHARE
from futian_model.evidence import Evidence, kept
from futian_model.evidence.panels import DISTRICTS, ECONOMIES
from futian_model.results import Row, case, tidy

MODEL, NAIVE = "ladder", "mean_growth"
"""The shipped calibration, and the naive forecast beside it."""
RECORD, NATION, OWN, HITS, ERRORS, PLANS = "record", "nation", "own", "own_hits", "own_errors", "plans"
CHANCES, PROMISES = "chances", "promises"
"""Readings of the rows."""
GROWTH, LONGEST = "real_gdp_growth", max(HORIZONS)
KINDS = {"doubles_in": "doubling", "outgrows_by": "outgrowing", "meets": "meeting"}
"""Events, and the parameter of a case that says how much of one."""
EVENT, TOLD = "doubles_in_15", (5, 10, 15)
"""The event most like a goal on GDP, and the years ahead at which its chances are told."""
BRIEF = (1, 5, 10, 15)
"""Horizons that a report on a scenario quotes."""
FEWEST_UNITS = 5
"""Below so many, a share of outcomes is left out: it would be the story of a few places."""
COUNTS = ("forecasts", "units", "independent")
SCORES = (
    *("coverage_50", "coverage_80", "coverage_80_low", "coverage_80_high", "coverage_90"),
    *("bias", "width_80"),
)
TENTHS = range(1, 11)


def frame(evidence: Evidence, quantity: str = GROWTH, panel: str = ECONOMIES) -> pd.DataFrame:
    """Everything that the track record holds, as a results table.

    Scores over all origins have a horizon and no year, those of a single origin both. Rates are fractions
    a year; a row of the project's own series has the first year of its span.

    Parameters
    ----------
    quantity, panel : str
        Of the scores by single origins, as in the stored record.
    """
    own = own_windows(evidence)
    record = evidence.record
    single = single_origins(record[(record["quantity"] == quantity) & (record["panel"] == panel)])
    parts = {
        RECORD: [*record_rows(record), *origin_rows(single)],
        NATION: nation_rows(long_windows(evidence)),
        OWN: own_rows(own),
        HITS: hit_rows(hits(own)),
        ERRORS: error_rows(against_targets(own)),
        PLANS: plan_rows(plans(evidence)),
        CHANCES: chance_rows(told_chances(evidence.chances, own)),
        PROMISES: promise_rows(told_promises(evidence, own)),
    }
    tables = [tidy("track_record", reading, rows) for reading, rows in parts.items()]
    return pd.concat(tables, ignore_index=True)


def brief(evidence: Evidence, scenario: str) -> pd.DataFrame:
    """The record of growth as far as a report on a scenario tells it, worked out once.

    Scores over the `BRIEF` horizons of the calibration and of the naive forecast; the start after which the
    bands of the longest of them held least; how many of the nation's long spans ended above the band; by
    how much the spread of population growth had to be widened.

    Returns
    -------
    DataFrame
        Columns as in `results.COLUMNS`, all rows of the scenario.
    """
    return tidy(scenario, RECORD, brief_rows(evidence))


@kept
def brief_rows(evidence: Evidence) -> list[Row]:
    """Rows of `brief`."""
    table, longest = evidence.record, max(BRIEF)
    table = table[(table["quantity"] == GROWTH) & (table["panel"] == ECONOMIES)]
    scores = table[table["method"].isin([MODEL, NAIVE]) & table["horizon"].isin(BRIEF)]
    started = single_origins(table)
    started = started[(started["method"] == MODEL) & (started["horizon"] == longest)]
    factor = WIDENED["population_growth", ECONOMIES]
    spans = nation_rows(long_windows(evidence, longest))
    return [
        *record_rows(scores, tenths=()),
        Row("population_growth", None, "factor", factor, "times", case=case(panel=ECONOMIES)),
        *origin_rows(started.sort_values("coverage_80", kind="stable").head(1)),
        *(row for row in spans if row.statistic in ("above", "windows")),
        *chance_rows(like_a_goal(evidence.chances)),
    ]


def like_a_goal(chances: pd.DataFrame) -> pd.DataFrame:
    """Chances of all economies, by class, of growing at the pace that doubles in fifteen years."""
    chosen = {"panel": ECONOMIES, "group": WHOLE, "method": MODEL, "event": EVENT}
    own = (chances[list(chosen)] == pd.Series(chosen)).all(axis=1)
    return chances[own & chances["horizon"].isin(TOLD)]


def told_chances(chances: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """Chances of growth at the pace that doubles in fifteen years, of leads, and of the own series.

    Parameters
    ----------
    chances : DataFrame
        As stored; its own series are those of the project and the day that it was made for.
    own : DataFrame
        From `own_windows`.
    """
    stored = chances[~chances["panel"].str.startswith(OWN_SERIES) & chances["event"].isin([EVENT, *LEADS])]
    return pd.concat([own_chances(own), stored], ignore_index=True)


own_windows = kept(own_record)
"""The forecasts of the own series, worked out once."""


def by_method(panel: str, method: str, **more: object) -> str:
    """Case of a score."""
    return case(panel=panel, method=method, **more)


def of_place(geo: object) -> str:
    """Case of a place's figure."""
    return case(place=geo)


def record_rows(record: pd.DataFrame, *, tenths: Sequence[int] = TENTHS) -> Iterator[Row]:
    """Scores over all origins; a gain is the part of a method's error that the model saves."""
    table = record[record["origin"] == ALL]
    scores = record[record["origin"].isin([ALL, AIDED])]
    crps = scores.set_index(["origin", "quantity", "panel", "horizon", "method"])["crps"]
    for row in table.to_dict("records"):
        quantity, panel, horizon, method = (row[name] for name in ("quantity", "panel", "horizon", "method"))
        under = by_method(panel, method)
        values: dict[str, float] = {name: row[name] for name in (*COUNTS, *SCORES)}
        if method in RIVALS:
            spans = ALL if method in BASELINES else AIDED
            values["gain"] = 1 - float(crps[spans, quantity, panel, horizon, MODEL]) / float(row["crps"])
        for statistic, value in values.items():
            unit = "count" if statistic in COUNTS else "fraction"
            yield Row(quantity, None, statistic, float(value), unit, "none", under, int(horizon))
        for tenth in tenths:
            under, value = by_method(panel, method, tenth=tenth), float(row[f"pit_{tenth - 1}"])
            yield Row(quantity, None, "pit", value, "fraction", "none", under, int(horizon))


def chance_rows(table: pd.DataFrame) -> Iterator[Row]:
    """How often chances came true, by class of chance."""
    for row in table.to_dict("records"):
        under = in_class(*(row[name] for name in ("panel", "group", "method", "event", "chance")))
        quantity, ahead = quantity_of(row["event"]), int(row["horizon"])
        for name in ("spans", "units", "independent"):
            yield Row(quantity, None, name, float(row[name]), "count", "none", under, ahead)
        for name in ("said", "came", "low", "high", "brier"):
            yield Row(quantity, None, name, float(row[name]), "fraction", "none", under, ahead)


def told_promises(evidence: Evidence, own: pd.DataFrame) -> pd.DataFrame:
    """How often targets were met: of more than a few places, and of the own series.

    Parameters
    ----------
    own : DataFrame
        From `own_windows`; the stored ones are those of the project and the day that they were made for.
    """
    stored = evidence.promises
    stored = stored[~stored["panel"].str.startswith(OWN_SERIES) & (stored["units"] >= FEWEST_UNITS)]
    return pd.concat([own_promises(evidence, own), stored], ignore_index=True)


def promise_rows(table: pd.DataFrame) -> Iterator[Row]:
    """How often targets were met; the middle one of them as growth a year."""
    for row in table.to_dict("records"):
        under = set_by(*(row[name] for name in ("panel", "group", "method")))
        at = (under, int(row["horizon"]), data_of(row["panel"]).get("place", ""))
        for name in ("spans", "units", "independent"):
            yield Row(str(row["quantity"]), None, name, float(row[name]), "count", "none", *at)
        for name in ("asked", "met", "low", "high"):
            yield Row(str(row["quantity"]), None, name, float(row[name]), "fraction", "none", *at)


def set_by(panel: str, group: str, method: str) -> str:
    """Case of targets that somebody set in a group of places."""
    return case(**data_of(panel), group=group, method=method)


def quantity_of(event: str) -> str:
    """What an event is about: growth, or growth of a district's share of the place around it."""
    return SHARE if event in LEADS else GROWTH


def in_class(panel: str, group: str, method: str, event: str, chance: str) -> str:
    """Case of the record of a class of chances."""
    kind, _, value = event.rpartition("_")
    asked = {KINDS[kind]: value}
    return case(**data_of(panel), group=group, method=method, **asked, chance=chance)


def data_of(panel: str) -> dict[str, str]:
    """Parameters that a panel of chances is told by: a place of the own series, a size of districts."""
    for whole, name in ((OWN_SERIES, "place"), (DISTRICTS, "size")):
        if panel.startswith(f"{whole}_"):
            return {"panel": whole, name: panel.removeprefix(f"{whole}_")}
    return {"panel": panel}


def single_origins(record: pd.DataFrame) -> pd.DataFrame:
    """Stored scores of single years of departure, of the model and the naive forecast."""
    single = ~record["origin"].isin([ALL, AIDED]) & (record["units"] >= FEWEST_UNITS)
    return record[single & record["method"].isin([MODEL, NAIVE])]


def origin_rows(record: pd.DataFrame) -> Iterator[Row]:
    """Coverage from single years of departure; the year of a row is the last one known."""
    for row in record.to_dict("records"):
        under, value = by_method(row["panel"], row["method"]), float(row["coverage_80"])
        at, horizon = int(row["origin"]), int(row["horizon"])
        yield Row(str(row["quantity"]), at, "coverage_80", value, "fraction", "none", under, horizon)


def nation_rows(table: pd.DataFrame) -> Iterator[Row]:
    """Each long span of the nation from its origin, and how many ended above the band."""
    for row in table.to_dict("records"):
        yield from growth_rows(row, int(row["origin"]), LONGEST, ("forecast", "low", "high", "outturn"))
    counts = {"windows": len(table), "above": (table["outturn"] > table["high"]).sum()}
    for geo in table["geo"].unique():
        for statistic, value in counts.items():
            at = ("none", of_place(geo), LONGEST, geo)
            yield Row(GROWTH, None, statistic, float(value), "count", *at)


def own_rows(table: pd.DataFrame) -> Iterator[Row]:
    """Each forecast of the own series; a figure not held has no row."""
    for row in table.to_dict("records"):
        names = ("forecast", "low", "high", "outturn", "target")
        yield from growth_rows(row, int(row["first"]), int(row["years"]), names)


def hit_rows(table: pd.DataFrame) -> Iterator[Row]:
    """Windows inside the band, and between what the rate of hits lies."""
    units = dict.fromkeys(("inside", "windows", "independent"), "count")
    for row in table.to_dict("records"):
        names = (*units, "low", "high")
        yield from growth_rows(row, None, int(row["years"]), names, "none", units)


def error_rows(table: pd.DataFrame) -> Iterator[Row]:
    """Official targets against the model; the year of a row is the last one compared."""
    names = ("n", "error_target", "error_model", "bias_target", "bias_model")
    for row in table.to_dict("records"):
        yield from growth_rows(row, int(row["last"]), None, names, units={"n": "count"})


def plan_rows(table: pd.DataFrame) -> Iterator[Row]:
    """Five-year plans; the year of a row is the plan's last."""
    for row in table.to_dict("records"):
        yield from growth_rows(row, int(row["last"]), None, ("target", "outturn", "miss"))


def growth_rows(
    row: Mapping[Any, Any],
    year: int | None,
    horizon: int | None,
    names: Sequence[str],
    basis: str = "constant",
    units: Mapping[str, str] = {},
) -> Iterator[Row]:
    """Figures of one row of a table on a place's growth, as far as they are held."""
    geo = str(row["geo"])
    for name in names:
        value, unit = float(row[name]), units.get(name, "fraction")
        if value == value:
            prices = basis if unit == "fraction" else "none"
            yield Row(GROWTH, year, name, value, unit, prices, of_place(geo), horizon, geo)
