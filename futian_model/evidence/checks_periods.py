"""Checks of figures against the calendar: when a period ended, and when its figure was published."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from operator import itemgetter

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from futian_model.errors import InputError
from futian_model.evidence.figures import in_unit, month
from futian_model.evidence.forms import PERIOD, PERIODS, meant_period
from futian_model.evidence.tables import LINE
from futian_model.units import with_unit

QUARTER = {"Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12, "H1": 6, "H2": 12}
"""Last month of a part of a year."""
CUMULATED = {"Q1": 1, "H1": 2, "Q1-Q2": 2, "Q1-Q3": 3, "": 4}
"""Quarters that a period covers from January on, by what follows its year."""
UNDATED = "_latest"
"""Ends an indicator whose figures state no date."""
TARGET = "_target"
"""Part of an indicator that is set before its period."""


def last_month(sources: pd.DataFrame, today: date) -> tuple[int, int]:
    """Year and month up to which figures can have been published.

    A source was read on a day that had come, so a computer whose clock is behind does not refuse
    what was right when it was entered.
    """
    read = [text[:7] for text in sources["accessed"] if text[:7] > f"{today:%Y-%m}"]
    year, at = max(read, default=f"{today:%Y-%m}").split("-")
    return int(year), int(at)


def end_of(period: str) -> int:
    """Last month of a period, counted from year 0 as `month` counts them: of a year, a part or a span."""
    last = period[-2:]
    if last in QUARTER:
        return 12 * int(period[:4]) + QUARTER[last]
    return 12 * int(period[-4:]) + 12


def over_when_published(periods: pd.Series, vintages: pd.Series) -> NDArray[np.bool_]:
    """Whether each period had reached its last month when its figure came out."""
    ends = periods.map({period: end_of(period) for period in periods.unique()})
    return np.asarray(months(vintages) >= ends.to_numpy())


def months(vintages: pd.Series) -> NDArray[np.int64]:
    """Each vintage in months counted from year 0."""
    counted: Mapping[str, int] = {vintage: month(vintage) for vintage in vintages.unique()}
    return np.asarray(vintages.map(counted), np.int64)


def periods(file: str, rows: pd.DataFrame) -> Iterator[InputError]:
    """Periods that are none, or run backwards or nowhere, whatever the package's own pattern lets pass."""
    for period, line in rows[["period", LINE]].itertuples(index=False):
        whole = re.fullmatch(PERIOD, period, re.ASCII) is not None
        if not whole or (period[4:5] == "-" and period[:4] >= period[5:]):
            allowed, meant = PERIODS, meant_period(period)
            yield InputError("period", period, allowed, nearest=meant, file=file, line=int(line))


def dates(file: str, rows: pd.DataFrame, last: tuple[int, int]) -> Iterator[InputError]:
    """Outturns published before their period was over, and figures published on a day still to come.

    What is published before its period is over is a forecast or a target, whatever it is called.
    """
    targets, undated = rows["indicator"].str.contains(TARGET), rows["indicator"].str.endswith(UNDATED)
    outturns = rows[~targets & ~undated]
    early = ~over_when_published(outturns["period"], outturns["vintage"])
    for period, vintage, line in outturns.loc[early, ["period", "vintage", LINE]].itertuples(index=False):
        year, before = divmod(end_of(period) - 1, 12)
        end = f"{year}-{before + 1:02}"
        allowed = (
            f"a publication date not before the period {period} is over, {end}: what is published earlier is"
            " a forecast or a target"
        )
        yield InputError("vintage", vintage, allowed, file=file, line=int(line))
    yield from to_come(file, rows, last)


def to_come(file: str, rows: pd.DataFrame, last: tuple[int, int]) -> Iterator[InputError]:
    """What was published on a day still to come."""
    until = "{}-{:02}".format(*last)
    # a year alone may be this year
    ahead = rows["vintage"] > rows["vintage"].str.len().map({4: until[:4]}).fillna(until)
    for vintage, line in rows.loc[ahead, ["vintage", LINE]].itertuples(index=False):
        allowed = f"a publication date that has come, up to {until}"
        yield InputError("vintage", vintage, allowed, file=file, line=int(line))


def forecasts(file: str, rows: pd.DataFrame) -> Iterator[InputError]:
    """Published growth of years that were over when it was published: an outturn, not a forecast."""
    past = months(rows["vintage"]) > 12 * rows["last"].to_numpy() + 12
    for last, vintage, line in rows.loc[past, ["last", "vintage", LINE]].itertuples(index=False):
        allowed = f"a year that was not over in {vintage}: an outturn is a row of observations.csv"
        yield InputError("last", int(last), allowed, file=file, line=int(line))


def part_years(file: str, rows: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[InputError]:
    """Levels of a part of a year that stand for the whole year too, or fall as the year goes on.

    The first where one source gives both; what is made in a year adds up, whoever counts it. A level that is
    no flow, such as people, may stand still or fall; growth may be the same by chance.

    Parameters
    ----------
    rows : DataFrame
        Observations in use, with the line of each.
    """
    flows = rows["indicator"].map(indicators["kind"] == "level") & rows["unit"].str.contains("元")
    fact = ["geo", "indicator", "year", "source", "unit", "value"]
    levels = rows[flows].assign(year=rows["period"].str[:4])
    whole = levels[levels["period"].str.len() == 4]
    parts = levels[levels["period"].str.contains("[QH]") & (levels["period"].str[-2:] != "Q4")]
    both = whole.merge(parts, on=fact, suffixes=("", "_part"))
    for row in both.to_dict("records"):
        part = f"{row['source']} gives {row['value']:.12g} {row['unit']} for {row['period_part']}"
        allowed = f"the figure of the whole year; {part}"
        yield InputError("value", row["value"], allowed, file=file, line=int(row[LINE]))
    levels = levels[levels["period"].str[4:].isin([*CUMULATED]) & ~levels[LINE].isin(both[LINE])]
    yield from falling(file, levels.assign(order=levels["period"].str[4:].map(CUMULATED)), indicators)


def falling(file: str, levels: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[InputError]:
    """Cumulative levels below that of an earlier part of the year, each told once.

    Parameters
    ----------
    levels : DataFrame
        Cumulative levels, with their year, the line and ``order``, the quarters that each covers.
    """
    sized = levels.assign(
        size=in_unit(levels["value"], levels["unit"], levels["indicator"].map(indicators["unit"]))
    )
    several = sized.groupby(["geo", "indicator", "year"])["order"].transform("nunique") > 1
    for _, year in sized[several].groupby(["geo", "indicator", "year"], sort=False):
        ordered = year.sort_values("order", kind="stable").to_dict("records")
        for at, row in enumerate(ordered):
            before = [earlier for earlier in ordered[:at] if earlier["order"] < row["order"]]
            most = max(before, key=itemgetter("size"), default=None)
            bound = row["precision"] == "lower_bound"
            if most is not None and row["size"] < most["size"] and not bound:
                amount = with_unit(f"{most['value']:.12g}", most["unit"])
                allowed = (
                    f"no less than {amount}, the cumulative figure of {most['period']} (line {most[LINE]})"
                )
                yield InputError("value", row["value"], allowed, file=file, line=int(row[LINE]))
