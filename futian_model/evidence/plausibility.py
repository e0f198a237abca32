"""Figures that cannot be, and figures that hardly can: a rule by the kind of an indicator and its unit.

A figure is held against other releases of the same fact, the years around it, the place around it and the
whole it is part of. What cannot be is refused wherever data are loaded; what is unlikely is asked about by
`futian check` and `futian track`, and no more once its row says that it is accepted. Bounds, estimates and
targets are no figures of a year: nothing is held against them.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from futian_model.errors import InputError
from futian_model.evidence.checks_figures import beyond_parents, populations
from futian_model.evidence.checks_periods import TARGET, UNDATED, end_of, months
from futian_model.evidence.contradictions import step
from futian_model.evidence.figures import in_unit
from futian_model.evidence.replaced import standing
from futian_model.evidence.tables import LINE
from futian_model.units import UNITS, convert, with_unit

NEIGHBOURS = 4
"""Figures nearest in time that a figure is compared with."""
FACTOR = {"level": 1000.0, "share": 50.0}
"""How far a figure may lie from its neighbours: 元 or 人 for 万元 or 万人 are 10,000 times off, a
fraction written as % a hundred times."""
SLIP = 10**0.5
"""Factor from which a figure is nearer to a decimal point gone wrong than to the figure beside it."""
PACE, PACES = 1.3, {"people": 1.1, "ratio": 1.1}
"""Factor a year by which a figure may move away from its neighbours: China's fastest years; of people, and
of a share, less."""
SIZED = ("level", "share", "index", "count")
"""Kinds whose figures are compared by their ratio."""
TIED = 0.1
"""Distances from the years around, in logs or growth, that do not tell two releases apart."""
APART = 0.3
"""How far two releases of growth may lie apart, and growth from that of the years around, a fraction."""
INDEX = (0.7, 1.3)
"""Growth that looks like an index, the previous year being 100: fractions."""
GROWN = 0.5
"""Growth that is none of an index's: below it everything else has to lie before an index is refused."""
EXACT = ("point", "rounded")
"""Precisions of figures that others are held against."""
BOUNDED = "lower_bound"
COMPUTED = ("real_gdp", "real_gdp_per_capita", "deflator", "average_population")
REST = "rest_of_"
"""What the model computes and nobody publishes: these, and the rest beside a share."""
WHOLE = "gdp"
"""Indicator that parts of the value added are parts of."""
SEVERAL = "cumulative"
"""Part of an indicator of growth over several years together."""


class Question(NamedTuple):
    """A figure that is unlikely, and what it was held against.

    Attributes
    ----------
    kind : str
        ``"index"``, ``"neighbours"``, ``"growth"``, ``"whole"`` or ``"early"``.
    line : int
        Of its row in the observations.
    value, beside : float
        The figure, and what it was held against; in the library's unit, NaN where there is nothing.
    at : str
        Period of what it was held against; of ``"early"`` when it was published.
    """

    kind: str
    line: int
    geo: str
    indicator: str
    period: str
    value: float
    beside: float
    at: str


def impossible(
    file: str,
    figures: pd.DataFrame,
    indicators: pd.DataFrame,
    parents: pd.Series,
    replaced: pd.DataFrame,
    known: Sequence[InputError],
) -> Iterator[InputError]:
    """Figures that cannot be, each told once: by the first check that it fails.

    Parameters
    ----------
    file : str
        The observations, as messages print it.
    figures : DataFrame
        Observations, with the line of each.
    indicators : DataFrame
        The glossary, by indicator.
    parents : Series
        The place around each place, by its id; empty for none.
    replaced : DataFrame
        Figures that another one replaces.
    known : sequence of InputError
        Faults of rows that are known already.
    """
    lines = {fault.line for fault in known}
    held = prepared(figures[~figures[LINE].isin(lines)], indicators, replaced)
    checks: tuple[Callable[[pd.DataFrame], Iterator[InputError]], ...] = (
        lambda rows: computed(file, rows, indicators),
        lambda rows: outliers(file, rows, indicators),
        lambda rows: populations(file, rows, indicators),
        lambda rows: indices(file, rows, parents),
        lambda rows: apart(file, rows),
        lambda rows: beyond_parents(file, rows, indicators, parents),
        lambda rows: beyond_wholes(file, rows),
    )
    for check in checks:
        faults = list(check(held))
        if faults:
            held = held[~held[LINE].isin({fault.line for fault in faults})]
        yield from faults


def unlikely(
    figures: pd.DataFrame, indicators: pd.DataFrame, parents: pd.Series, replaced: pd.DataFrame
) -> list[Question]:
    """Figures that hardly can be and nobody accepted, in the order of their rows; parameters as above."""
    held = prepared(figures, indicators, replaced)
    accepted = held[held["accepted"]] if "accepted" in held else held[:0]
    lines = set(accepted[LINE])
    asked: dict[int, Question] = {}
    for question in itertools.chain(
        (ask("index", row) for row in index_like(held, parents, sure=False)),
        strangers(held),
        sums(held, indicators),
        early(held),
    ):
        if question.line not in lines:
            asked.setdefault(question.line, question)
    return [asked[line] for line in sorted(asked)]


def prepared(figures: pd.DataFrame, indicators: pd.DataFrame, replaced: pd.DataFrame) -> pd.DataFrame:
    """Observations with kind and level (in the library's unit), and whether others are held against them.

    ``form`` is what periods of one length have in common: ``""`` for years, ``"H1"``, ``"Q1-Q3"``.
    """
    unit = figures["indicator"].map(indicators["unit"])
    in_use = standing(figures, replaced)
    target = figures["indicator"].str.contains(TARGET) | figures["indicator"].str.endswith(UNDATED)
    return figures.assign(
        kind=figures["indicator"].map(indicators["kind"]),
        level=in_unit(figures["value"], figures["unit"], unit),
        year=figures["period"].str[:4].astype(int),
        form=figures["period"].str[4:].where(figures["period"].str[4:5] != "-", "-"),
        target=target,
        pace=figures["indicator"].map(indicators["unit"].map(pace)),
        exact=figures["precision"].isin(EXACT) & in_use,
        in_use=in_use,
    )


def pace(unit: str) -> float:
    """Factor a year by which figures of a unit may move."""
    return PACES.get(UNITS[unit].quantity, PACE) if unit in UNITS else PACE


def comparable(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows whose figures can be compared: by their ratio, or as growth."""
    return rows[(rows["kind"] == "growth") | (rows["kind"].isin(SIZED) & (rows["level"] > 0))]


def computed(file: str, rows: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[InputError]:
    """Figures under a name of the model, which no estimate and no goal reads."""
    own = rows["indicator"].isin(COMPUTED) | rows["indicator"].str.startswith(REST)
    own |= rows["indicator"].map(indicators["published_as"]) != ""
    for row in rows[own].to_dict("records"):
        known = indicators.loc[row["indicator"]]
        names = str(known["published_as"] or known["see_also"]).replace(";", " or ")
        allowed = f"{names}, as which it is published; {row['indicator']} is what the model computes"
        yield InputError("indicator", row["indicator"], allowed, file=file, line=int(row[LINE]))


def outliers(file: str, rows: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[InputError]:
    """Levels and shares far off the figures of the years around them: the unit is wrong."""
    rows = rows[rows["kind"].isin(FACTOR) & (rows["value"] > 0)]
    rows = rows.assign(factor=rows["kind"].map(FACTOR))
    groups = rows.groupby(["geo", "indicator"])
    spread = groups["level"].transform("max") > rows["factor"] * groups["level"].transform("min")
    for (_, indicator), series in rows[spread].groupby(["geo", "indicator"]):
        years, levels, lines = (series[name].to_numpy() for name in ("year", "level", LINE))
        for at, (level, line) in enumerate(zip(levels, lines, strict=True)):
            beside = neighbours(years, at)
            times, factor = levels[beside] / level, series["factor"].iloc[at]
            off = (times > factor) | (times < 1 / factor)
            # of two figures alone the one entered later is doubted
            doubted = len(beside) > 1 or line > lines[beside[0]]
            if doubted and off.sum() * 2 > len(times):
                row = series.iloc[at]
                allowed = alike(row, series.iloc[beside[0]], str(indicators.loc[str(indicator), "unit"]))
                yield InputError("value", row["value"], allowed, file=file, line=int(line))


def neighbours(years: np.ndarray, at: int) -> np.ndarray:
    """Positions of the other figures nearest in time."""
    order = np.argsort(np.abs(years - years[at]), kind="stable")
    nearest: np.ndarray = order[order != at][:NEIGHBOURS]
    return nearest


def alike(row: "pd.Series[Any]", beside: "pd.Series[Any]", unit: str) -> str:
    """What a neighbour says, and the unit in which the figure would be like it."""
    neighbour = with_unit(f"{beside['value']:g}", beside["unit"])
    values = f"a figure in {row['unit']} like its neighbours ({neighbour} in {beside['period']})"
    for name, known in UNITS.items():
        if unit in UNITS and known.quantity == UNITS[unit].quantity and name != row["unit"]:
            level = convert(float(row["value"]), name, unit)
            if 0.1 < level / beside["level"] < 10:
                return f"{values}; {row['value']:.12g} {name} is {convert(level, unit, row['unit']):.10g}"
    return values


def off(level: float, beside: Any, kind: str, moved: Any = 0.0) -> Any:
    """Whether a figure is a decimal point, or growth `APART`, from others that `moved` by logs since."""
    if kind == "growth":
        return np.abs(level - np.asarray(beside)) > APART
    return np.abs(np.log(level / np.asarray(beside))) > np.log(SLIP) + moved


def apart(file: str, rows: pd.DataFrame) -> Iterator[InputError]:
    """Figures about ten times off another release of the same fact, or growth far off it.

    Of two releases alone the one that is farther from the years around is doubted, else the later row.
    """
    rows = rows[
        rows["in_use"] & ((rows["kind"] == "growth") | (rows["kind"].isin(SIZED) & (rows["level"] > 0)))
    ]
    fact = ["geo", "indicator", "period"]
    for (geo, indicator, _), releases in spread(rows, fact).groupby(fact):
        series = rows[(rows["geo"] == geo) & (rows["indicator"] == indicator) & rows["exact"]]
        doubted = list(minority(releases, series))
        for row, other in doubted:
            figure = with_unit(f"{other['value']:.12g}", other["unit"])
            allowed = (
                f"a figure like the other release of {row['period']}, {figure} ({other['source']}, line"
                f" {other[LINE]}); where the source itself is wrong, replaced.csv names the one that stands"
            )
            yield InputError("value", row["value"], allowed, file=file, line=int(row[LINE]))


def spread(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Rows of groups whose figures do not all lie close to each other."""
    groups = rows.groupby(by)["level"]
    high, low = groups.transform("max"), groups.transform("min")
    return rows[(high - low > APART).where(rows["kind"] == "growth", high > SLIP * low)]


def minority(releases: pd.DataFrame, series: pd.DataFrame) -> Iterator[tuple[Any, Any]]:
    """Releases that more of the others contradict than bear out, each with one that does.

    Where that is all of them, those that lie farther from the years around, else the last one entered. What
    is no exact figure is held against where nothing else is.
    """
    doubted = []
    for row in releases.to_dict("records"):
        others = releases[releases[LINE] != row[LINE]]
        others = others[others["exact"]] if others["exact"].any() else others
        levels = others["level"].to_numpy()
        # a bound contradicts only what lies below it
        against = off(row["level"], levels, row["kind"])
        if row["precision"] == BOUNDED:
            against &= row["level"] > levels
        against &= (others["precision"] != BOUNDED).to_numpy() | (row["level"] < levels)
        if against.sum() * 2 > len(others):
            doubted.append((row, others[against].iloc[0]))
    if len(doubted) == len(releases):
        places = [distance(row, series) for row, _ in doubted]
        last = max(row[LINE] for row, _ in doubted)
        doubted = [
            pair
            for pair, place in zip(doubted, places, strict=True)
            if place > min(places) + TIED or (max(places) <= min(places) + TIED and pair[0][LINE] == last)
        ]
    yield from doubted


def distance(row: Any, series: pd.DataFrame) -> float:
    """How far a figure lies from those of the years around; 0 where none is held."""
    years = series[(series["form"] == row["form"]) & (series["period"] != row["period"])]
    if years.empty:
        return 0.0
    beside = years.iloc[(years["year"] - row["year"]).abs().to_numpy().argsort(kind="stable")[:NEIGHBOURS]]
    if row["kind"] == "growth":
        return float((beside["level"] - row["level"]).abs().median())
    return float(np.log(beside["level"] / row["level"]).abs().median())


def indices(file: str, rows: pd.DataFrame, parents: pd.Series) -> Iterator[InputError]:
    """Indices (previous year = 100) given as growth, where all that is held says so."""
    for row in index_like(rows, parents, sure=True):
        yield index(file, "value", row)


def expected_indices(
    file: str, rows: pd.DataFrame, names: Sequence[str] = ("low", "central", "high")
) -> Iterator[InputError]:
    """The same in what others expect of growth or set as its target, where nobody expects so much.

    Parameters
    ----------
    rows : DataFrame
        Growth: the named columns, unit, and the line of each.
    """
    for name in names:
        for row in rows[in_unit(rows[name], rows["unit"], "fraction").abs() >= INDEX[0]].to_dict("records"):
            yield index(file, name, row)


def index(file: str, name: str, row: Any) -> InputError:
    """The fault of an index in a column of growth."""
    growth = row[name] - convert(1.0, "fraction", row["unit"])
    allowed = (
        f"growth; {row[name]:.10g} looks like an index, previous year = 100: growth is"
        f" {with_unit(f'{growth:.6g}', row['unit'])}"
    )
    return InputError(name, row[name], allowed, file=file, line=int(row[LINE]))


def index_like(rows: pd.DataFrame, parents: pd.Series, *, sure: bool) -> Iterator[Any]:
    """Growth that looks like an index; for sure where other releases, years and the place around do not.

    Growth of such a size that is asked about is one beside which nothing else is held, or not enough.
    """
    growth = rows[(rows["kind"] == "growth") & ~rows["indicator"].str.contains(SEVERAL)]
    plain = growth[growth["level"] < INDEX[0]]
    for row in growth[growth["level"].between(*INDEX)].to_dict("records"):
        own = plain[(plain["indicator"] == row["indicator"]) & (plain["geo"] == row["geo"])]
        near = own[(own["year"] - row["year"]).abs() <= NEIGHBOURS]
        around = plain[(plain["geo"] == parents.get(row["geo"])) & (plain["period"] == row["period"])]
        others = pd.concat([near["level"], around.loc[around["indicator"] == row["indicator"], "level"]])
        refused = len(others) > 0 and others.max() < GROWN
        if refused == sure:
            yield row


def beyond_wholes(file: str, rows: pd.DataFrame) -> Iterator[InputError]:
    """Parts of GDP above every GDP held of the place and period."""
    wholes = rows[(rows["indicator"] == WHOLE) & rows["in_use"]]
    largest = wholes.groupby(["geo", "period"])["level"].max()
    parts = rows[rows["indicator"].str.endswith("_value_added") & rows["in_use"]]
    whole = pd.Series(
        [largest.get(key, np.inf) for key in parts[["geo", "period"]].itertuples(index=False, name=None)],
        parts.index,
        dtype=float,
    )
    for row, gdp in zip(
        parts[parts["level"] > whole].to_dict("records"), whole[parts["level"] > whole], strict=True
    ):
        allowed = f"no more than {gdp:.12g} 亿元, the {WHOLE} of {row['geo']} in {row['period']}"
        yield InputError("value", row["value"], allowed, file=file, line=int(row[LINE]))


def strangers(held: pd.DataFrame) -> Iterator[Question]:
    """Figures about ten times off those of the years around, or growth far off all of them.

    More than half of the two figures before and the two after, of periods of the same length, have to say
    so; in between it may have moved by `PACE` a year.
    """
    rows = held[held["in_use"] & ~held["target"] & (held["form"] != "-")]
    rows = comparable(rows)
    rows = rows[~rows["indicator"].str.contains(SEVERAL)]
    alike = ["geo", "indicator", "form"]
    for _, series in spread(rows, alike).groupby(alike, sort=False):
        # of several releases of a year the latest counts, one in full before a rounded one
        ordered = series[series["exact"]].sort_values(
            ["year", "precision", "vintage"], ascending=[True, False, True]
        )
        exact = ordered.drop_duplicates("year", keep="last")
        levels, kind = exact["level"].to_numpy(), series["kind"].iloc[0]
        years, lines = exact["year"].to_numpy(), exact[LINE].to_numpy()
        for row in series.to_dict("records"):
            sides = np.flatnonzero(years < row["year"])[-2:], np.flatnonzero(years > row["year"])[:2]
            beside = np.concatenate(sides)
            gaps = np.abs(years[beside] - row["year"])
            against = off(row["level"], levels[beside], kind, gaps * np.log(row["pace"]))
            if row["precision"] == BOUNDED:
                against &= row["level"] > levels[beside]
            # of two figures alone the one entered later is doubted
            alone = len(beside) == 1 and lines[beside[0]] > row[LINE]
            if against.sum() * 2 > len(beside) and not alone:
                nearest = beside[against][np.argmin(gaps[against])]
                name = "growth" if kind == "growth" else "neighbours"
                yield ask(name, row, float(levels[nearest]), str(exact["period"].iloc[nearest]))


def sums(held: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[Question]:
    """Shares of one whole that do not overlap and add up to more than all of it, beyond their rounding."""
    rows = held[(held["kind"] == "share") & held["exact"]]
    rows = rows.assign(whole=rows["indicator"].map(indicators["whole"]))
    overlaps = {name: set(str(cut).split(";")) for name, cut in indicators["overlaps"].items()}
    for _, shares in rows.groupby(["geo", "period", "whole"], sort=False):
        if shares["level"].sum() <= 1:
            continue
        latest = shares.sort_values(["vintage", LINE]).drop_duplicates("indicator", keep="last")
        parts = latest.to_dict("records")
        for count in range(len(parts), 1, -1):
            for taken in itertools.combinations(parts, count):
                names = {part["indicator"] for part in taken}
                apart = all(not overlaps[name] & (names - {name}) for name in names)
                total = sum(part["level"] for part in taken)
                slack = sum(step(f"{part['value']:.10g}", part["precision"]) for part in taken)
                slack = convert(slack, taken[0]["unit"], "fraction") / 2
                if apart and total > 1 + slack:
                    newest = max(taken, key=lambda part: part[LINE])
                    yield ask("whole", newest, total, str(newest["period"]))


def early(held: pd.DataFrame) -> Iterator[Question]:
    """Figures of whole years that came out in the last month of their period: before it was over."""
    rows = held[held["exact"] & ~held["target"] & held["form"].isin(["", "-"])]
    ends = rows["period"].map({period: end_of(period) for period in rows["period"].unique()})
    for row in rows[months(rows["vintage"]) <= ends.to_numpy()].to_dict("records"):
        yield ask("early", row, at=str(row["vintage"]))


def ask(kind: str, row: Any, beside: float = float("nan"), at: str = "") -> Question:
    """A question about a row."""
    geo, indicator, period = (str(row[name]) for name in ("geo", "indicator", "period"))
    return Question(kind, int(row[LINE]), geo, indicator, period, float(row["level"]), beside, at)
