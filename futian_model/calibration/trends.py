"""From published figures to the trend of every driver, as seen from a stated vintage."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import numpy as np

from futian_model.calibration import levels, people, readings
from futian_model.calibration.constants import PROPORTIONAL, known_at
from futian_model.calibration.estimates import Calibration, Estimate, Trend
from futian_model.calibration.ladder import Rung
from futian_model.calibration.mixture import WINDOW, Chain, Ladder, State, ahead, climb
from futian_model.calibration.panels import Constants
from futian_model.calibration.published_forecasts import Accuracy, Edition, drawn_on, of_nation
from futian_model.calibration.readings import RUNGS, Published
from futian_model.errors import InputError
from futian_model.evidence import Evidence, kept
from futian_model.evidence.figures import month
from futian_model.evidence.panels import DISTRICTS, ECONOMIES, SIZES
from futian_model.growth import Floats

AHEAD = 15
"""Years that a long-run mean is printed for, or up to the horizon."""
FEWEST_POINTS = 3
"""Published shares from which a trend is estimated."""
UNIFIED = 2019
"""Year from which China's regions are compiled centrally, and add up to the nation.

Before it, regions reported more growth than the nation did; the lead of the median region over the
nation is an accounting lead, and no district keeps it.
"""
PUBLISHED = "published"
"""Forecasts that others published of the nation count as evidence."""
SHARE = "gdp_share_growth"
LONG = 10
"""Years over which the spread of leads is compared between panels."""


def calibrate(
    evidence: Evidence,
    *,
    base_year: int,
    horizon: int,
    vintage: str,
    prior: float = 1.0,
    forecasts: str = PUBLISHED,
) -> Calibration:
    """Estimate every driver from what was published by `vintage`.

    Parameters
    ----------
    evidence : Evidence
        The project's figures, and the panels' constants.
    base_year, horizon : int
        First and last year of the path.
    vintage : str
        Year, or year and month, up to which figures count; ``"2021"`` runs through December.
    prior : float
        Factor on the panels' standard deviations of long-run growth: 2 doubts them twice as much,
        0.5 half as much.
    forecasts : {"published", "none"}
        Whether forecasts that others published of the nation count as evidence.

    Raises
    ------
    InputError
        No constants are stored for so early a vintage, it is no date, or `prior` is not positive.
    """
    if not prior > 0:
        raise InputError("prior", prior, "a number above 0")
    month(vintage)
    frame = Frame(evidence, base_year, horizon, vintage, prior, forecasts)
    economy = growth_and_prices(frame)
    return Calibration(
        base_year,
        vintage,
        economy.growth,
        population_trend(frame),
        economy.deflator,
        dict(share_trends(frame)),
        economy.state.ladders[0].posterior,
    )


calibrated = kept(calibrate)
"""The same, worked out once for every evidence that is loaded."""


@dataclass(frozen=True)
class Frame:
    """What all drivers have in common: figures, years, and the doubt of the prior."""

    evidence: Evidence
    base_year: int
    horizon: int
    vintage: str
    prior: float = 1.0
    forecasts: str = PUBLISHED

    @property
    def first(self) -> int:
        return self.base_year - WINDOW + 1

    @property
    def span(self) -> int:
        return self.horizon - self.first + 1

    def place(self, rung: int) -> str:
        return self.evidence.place(RUNGS[rung])

    def constants(self, quantity: str) -> dict[str, Constants]:
        """Panels of a quantity that the vintage can see: a year's growth is published in the next."""
        last, evidence = int(self.vintage[:4]) - 1, self.evidence
        known = evidence.once(
            ("constants", quantity, str(last)), lambda: known_at(evidence.constants, quantity, last)
        )
        return dict(known)

    def within(self, published: Published) -> Published:
        """Without readings of years beyond the horizon."""
        return published._replace(
            readings=[reading for reading in published.readings if reading.last <= self.horizon]
        )

    def flat(self, *means: float) -> Floats:
        """Means that stay the same all years, shape (rungs, years)."""
        return np.repeat(np.array(means)[:, None], self.span, axis=1)


class Economy(NamedTuple):
    """Growth and prices of nation, city and district together.

    `prices` is the ladder of prices, of the nation alone where nothing ties it to the others';
    `published` are the figures read, in the order of the state's readings; `edition` are the published
    forecasts that count.
    """

    growth: Trend
    deflator: Trend
    state: State
    prices: Ladder
    published: tuple[Published, ...]
    edition: tuple[Edition, Accuracy] | None


def growth_and_prices(frame: Frame) -> Economy:
    """Real GDP growth and the deflator of the district, as one state, worked out once.

    Growth is mixed over every panel of regions, prices over every panel that holds both nominal and real
    growth of regions; levels at current prices tie the two. A vintage that no such panel can be fitted
    by has the nation's prices alone, and no use for levels.
    """
    years = str(frame.base_year), str(frame.horizon)
    asked = ("economy", *years, frame.vintage, str(frame.prior), frame.forecasts)
    return frame.evidence.once(asked, lambda: _growth_and_prices(frame))


def _growth_and_prices(frame: Frame) -> Economy:
    growth, prices_told = growth_chain(frame), frame.within(deflator_told(frame))
    published = [frame.within(place) for place in growth_told(frame)]
    prices = deflator_chain(frame, prices_told)
    tied = len(prices.means) > 1
    levels = [frame.within(place) for place in level_readings(frame, published, prices_told)] if tied else []
    read = [reading for place in levels for reading in place.readings]
    edition = edition_of(frame)
    forecast = None
    if edition is not None and edition[0].first <= frame.horizon:
        (_, _, first, values), accuracy = edition
        values = drawn_on(values, frame.horizon - first + 1)
        forecast = partial(accuracy.forecast, first=first, values=values)
    growth = replace(growth, readings=[reading for place in published for reading in place.readings])
    if not tied:
        apart = climb(prices)
        state = climb(growth, forecast=forecast)
        (real,) = trends_of(frame, ("growth",), state, [[[place] for place in published]])
        (inflation,) = trends_of(frame, ("deflator",), apart, [[[prices_told]]])
        return Economy(real, inflation, state, apart.ladders[0], tuple(published), edition)
    state = climb(growth, prices, read, forecast)
    growing = [[place, level] for place, level in zip(published, levels, strict=True)]
    pricing = [[prices_told, levels[0]], *([level] for level in levels[1:])]
    real, inflation = trends_of(frame, ("growth", "deflator"), state, [growing, pricing])
    return Economy(real, inflation, state, state.ladders[1], (*published, prices_told, *levels), edition)


def growth_chain(frame: Frame) -> Chain:
    """Growth of the three rungs before any reading."""
    quantity = "real_gdp_growth"
    constants = frame.constants(quantity)
    nation = constants.pop(ECONOMIES)
    means = frame.flat(nation.mean, nation.mean, nation.mean)
    means[1:] += accounting_lead(frame, quantity)
    district = district_rung(frame)
    stacks = [(nation, panel, panel if district is None else district(panel)) for panel in constants.values()]
    return Chain(stacks, means, (), frame.first, frame.prior)


def growth_told(frame: Frame) -> list[Published]:
    """What is published of growth, place by place; years of which only a part is published included."""
    published = []
    for rung in range(len(RUNGS)):
        place = frame.place(rung)
        whole = readings.growth(frame.evidence, rung, place, "real_gdp_growth", frame.vintage, frame.first)
        singly = {reading.first for reading in whole.readings if reading.yearly}
        parts = levels.of_parts(frame.evidence, rung, place, frame.vintage, frame.first, singly)
        published.append(whole._replace(readings=whole.readings + parts.readings))
    return published


def deflator_told(frame: Frame) -> Published:
    """What is published of the nation's deflator; neither city nor district publishes any."""
    return readings.growth(
        frame.evidence, 0, frame.place(0), "gdp_deflator_growth", frame.vintage, frame.first
    )


def deflator_chain(frame: Frame, published: Published) -> Chain:
    """Prices of the three rungs before levels are read: the nation's, and what regions differ by.

    How much more or less a region's prices rose than the nation's on average is known up to the size it
    had in the countries of the panels.
    """
    quantity = "gdp_deflator_growth"
    constants = frame.constants(quantity)
    nation = constants.pop(ECONOMIES)
    if not constants:
        return Chain([(nation,)], frame.flat(nation.mean), published.readings, frame.first, frame.prior)
    means = frame.flat(nation.mean, nation.mean, nation.mean)
    means[1:] += accounting_lead(frame, quantity)
    leads = frame.evidence.median_leads
    leads = leads[(leads["quantity"] == quantity) & (leads["year"] < int(frame.vintage[:4]))]
    doubt = float(np.sqrt((leads.groupby("panel")["lead"].mean() ** 2).mean()))
    stacks = [(nation, panel, panel) for panel in constants.values()]
    return Chain(stacks, means, published.readings, frame.first, frame.prior, lead_sd=frame.prior * doubt)


def level_readings(frame: Frame, grown_by: Sequence[Published], prices: Published) -> list[Published]:
    """Nominal growth between levels of nation, city and district.

    The nation's tell something new only of years whose growth or deflator is not published.
    """
    evidence, vintage = frame.evidence, frame.vintage
    known = {reading.first for reading in prices.readings if reading.first == reading.last}
    grown = {reading.first for reading in grown_by[0].readings if reading.first == reading.last}
    moved = revisions(frame)
    return [
        levels.levels(
            evidence,
            rung,
            frame.place(rung),
            vintage,
            frame.first,
            moved[RUNGS[rung] == RUNGS[-1]],
            without=known & grown if rung == 0 else (),
        )
        for rung in range(len(RUNGS))
    ]


def revisions(frame: Frame) -> dict[bool, float]:
    """How far levels moved from one economic census to the next, by whether the place is a district."""
    evidence, vintage = frame.evidence, frame.vintage

    def estimated() -> dict[bool, float]:
        prices = deflator_told(frame).readings
        known = {reading.first: reading.value for reading in prices if reading.first == reading.last}
        return levels.revisions(evidence, vintage, known)

    return evidence.once(("revisions", vintage, str(frame.first)), estimated)


def district_rung(frame: Frame) -> Callable[[Constants], Constants] | None:
    """From a panel of regions to the constants of a district: a panel of districts of its size.

    The panel holds shares of the whole at current prices. What part of a share's long-run lead is real
    growth is read from regions of which both are known; None where no panel of districts is old enough.
    """
    evidence = frame.evidence
    held = evidence.constants
    if not len(held[(held["quantity"] == SHARE) & (held["last_year"] < int(frame.vintage[:4]))]):
        return None
    shares, growth = frame.constants(SHARE), frame.constants("real_gdp_growth")
    size = size_class(frame)
    if size not in shares:
        return None
    both = [name for name in growth if name in shares]
    real = np.mean([long_run_sd(growth[name]) / long_run_sd(shares[name]) for name in both])
    part = min(float(real), 1.0)
    district = shares[size]
    shrunk = district._replace(
        slow_sd=part * district.slow_sd, own_sd=part * district.own_sd, scale_sd=part * district.scale_sd
    )
    return lambda panel: shrunk._replace(panel=panel.panel)


def size_class(frame: Frame) -> str:
    """Panel of districts of about the district's size; empty where that is not known.

    Its GDP in the latest year of which it is known in dollars, at the rate that the nation's GDP has.
    """
    tables = (
        frame.evidence.series(frame.place(rung), name, as_of=frame.vintage).table
        for rung, name in ((2, "gdp"), (0, "gdp"), (0, "gdp_usd"))
    )
    own, nation, dollars = (readings.knowable(table, table.index, frame.vintage)["value"] for table in tables)
    rates = (nation / dollars).dropna()
    if own.empty or rates.empty:
        return ""
    year = rates.index[np.abs(rates.index - own.index[-1]).argmin()]
    billions = float(own.iloc[-1]) / float(rates[year]) / 1e9
    least = max([size for size in SIZES if size <= billions], default=SIZES[0])
    return f"{DISTRICTS}_{least}"


def long_run_sd(constants: Constants) -> float:
    """Standard deviation of a typical unit's mean lead over `LONG` years."""
    rung = Rung(
        constants.slow_sd,
        constants.slow_persistence,
        constants.scale_sd * float(np.sqrt(constants.scale_factor)),
        constants.shock_persistence,
        constants.own_sd,
    )
    return float(np.sqrt(rung.covariance(LONG).sum())) / LONG


def edition_of(frame: Frame) -> tuple[Edition, Accuracy] | None:
    """The published forecasts of the nation that count, and how far to trust them.

    They count from the year after the last whose growth is published whole.
    """
    table = frame.evidence.series(frame.place(0), "real_gdp_growth", as_of=frame.vintage).table
    table = readings.knowable(table, table.index, frame.vintage)
    whole = table.index[table["precision"] != "lower_bound"]
    if frame.forecasts != PUBLISHED or whole.empty:
        return None
    return of_nation(frame.evidence, int(whole[-1]), frame.vintage)


def accounting_lead(frame: Frame, quantity: str) -> Floats:
    """Growth that regions reported above their nation, by year, shape (years,)."""
    leads = frame.evidence.median_leads
    own = leads[(leads["quantity"] == quantity) & (leads["panel"] == f"regions_{frame.place(0)}")]
    known = own[own["year"] < int(frame.vintage[:4])].set_index("year")["lead"]
    years = range(frame.first, frame.horizon + 1)
    by_year = known.reindex(years).fillna(0.0)
    if len(known) and int(frame.vintage[:4]) <= UNIFIED:  # nobody could count on its end
        by_year.loc[known.index[-1] + 1 :] = known.mean()
    return by_year.to_numpy(float)


def population_trend(frame: Frame) -> Trend:
    """Resident population of the district."""
    state, published = population(frame)
    return trends_of(frame, ("population",), state, [[[place] for place in published]])[0]


def population(frame: Frame) -> tuple[State, list[Published]]:
    """Growth of the population of nation, city and district, and the figures read, worked out once."""
    years = str(frame.base_year), str(frame.horizon)
    asked = ("population", *years, frame.vintage, str(frame.prior))
    return frame.evidence.once(asked, lambda: _population(frame))


def _population(frame: Frame) -> tuple[State, list[Published]]:
    quantity = "population_growth"
    places = [frame.place(rung) for rung in range(len(RUNGS))]
    published = people.of_ladder(frame.evidence, places, frame.vintage, frame.first)
    constants = frame.constants(quantity)
    nation = constants.pop(ECONOMIES)
    stacks = [(nation, panel, panel) for panel in constants.values()]
    means = frame.flat(nation.mean, nation.mean, nation.mean)
    return climbed(frame, stacks, means, published, proportional=quantity in PROPORTIONAL)


def share_trends(frame: Frame) -> Iterator[tuple[str, Trend]]:
    """Shares with enough published points: the lead in growth of the part over the rest.

    Leads fade as leads of regions do, for want of a panel of shares; a part that swings more than a
    region does is taken to stray more in the long run as well.
    """
    evidence = frame.evidence
    constants = frame.constants("real_gdp_growth")
    stacks = [(panel,) for name, panel in constants.items() if name != ECONOMIES]
    for share in evidence.indicators.index[evidence.indicators["kind"] == "share"]:
        parts = (share, f"{share.removesuffix('_share')}_value_added")
        if sum(len(evidence.all_figures(frame.place(2), name)) for name in parts) < FEWEST_POINTS:
            continue
        published = readings.share(evidence, share, frame.vintage, frame.first, revisions(frame)[True])
        if len(published.readings) >= FEWEST_POINTS - 1:
            state, within = climbed(frame, stacks, frame.flat(0.0), [published], proportional=True)
            yield share, trends_of(frame, (share,), state, [[within]])[0]


def climbed(
    frame: Frame,
    stacks: Sequence[Sequence[Constants]],
    means: Floats,
    published: Sequence[Published],
    *,
    proportional: bool = False,
) -> tuple[State, list[Published]]:
    """A ladder that stands alone, and the figures read."""
    within = [frame.within(place) for place in published]
    taken = [reading for place in within for reading in place.readings]
    return climb(Chain(stacks, means, taken, frame.first, frame.prior, proportional)), within


def trends_of(
    frame: Frame, drivers: Sequence[str], state: State, published: Sequence[Sequence[Sequence[Published]]]
) -> list[Trend]:
    """Trend of the lowest rung of each ladder of a state.

    Parameters
    ----------
    drivers : sequence of str
        One a ladder; those after the first share its draws of what is slow.
    published : sequence
        What each ladder rests on, rung by rung.
    """
    latest = [
        max(
            (reading.last for rung in rungs for place in rung for reading in place.readings),
            default=frame.base_year,
        )
        for rungs in published
    ]
    known = [int(np.clip(year - frame.base_year, 0, frame.horizon - frame.base_year)) for year in latest]
    return [
        Trend(
            lowest.centre,
            lowest.shocks,
            lowest.slow,
            years,
            ladder.freedom,
            (*means_ahead(driver, frame, ladder, rungs), *behaviour(driver, ladder, rungs[-1])),
            ladder.autocovariance(len(lowest.centre)),
            lowest.known,
            drivers[0],
        )
        for driver, ladder, lowest, years, rungs in zip(
            drivers, state.ladders, ahead(state, frame.base_year, known), known, published, strict=True
        )
    ]


def means_ahead(
    driver: str, frame: Frame, ladder: Ladder, published: Sequence[Sequence[Published]]
) -> Iterator[Estimate]:
    """Mean growth of the years ahead: of the lowest rung, and each rung's part in it."""
    count, years = ladder.posterior.mean.shape
    ahead_of = slice(frame.base_year + 1 - frame.first, frame.base_year + 1 - frame.first + AHEAD)
    mean = np.zeros((count, years))
    mean[:, ahead_of] = 1 / len(range(*ahead_of.indices(years)))
    level = [np.where(np.arange(count)[:, None] == rung, mean, 0.0) for rung in range(count)]
    parts = [("long_run", level[-1], [place for rung in published for place in rung])]
    if count > 1:
        parts += [("nation", level[0], [*published[0]])]
        parts += [
            (f"{RUNGS[rung]}_lead", level[rung] - level[rung - 1], [*published[rung]])
            for rung in range(1, count)
        ]
    for kind, weights, rests_on in parts:
        flat = weights.ravel()
        after = float(flat @ ladder.posterior.covariance.reshape(flat.size, flat.size) @ flat)
        before = float(flat @ ladder.prior @ flat)
        yield Estimate(
            driver,
            kind,
            float(flat @ ladder.posterior.mean.ravel()),
            float(np.sqrt(max(after, 0.0))),  # exact figures leave nothing, to rounding
            sum(len(place.readings) for place in rests_on),
            "; ".join(place.label() for place in rests_on),
            float(np.clip(1 - after / before, 0.0, 1.0)),
            tuple(sorted({year for place in rests_on for year in place.later})),
        )


def behaviour(driver: str, ladder: Ladder, published: Sequence[Published]) -> Iterator[Estimate]:
    """How fast a lead fades, which the panels alone say, and how large a year's shock is."""
    rungs = [stack[-1] for stack in ladder.rungs.values()]
    fade = np.array([rung.slow_persistence for rung in rungs])
    yield Estimate(
        driver, "persistence", float(fade.mean()), float(fade.std()), len(rungs), ", ".join(ladder.rungs), 0.0
    )
    size = float(np.sqrt(np.mean([rung.shock_sd**2 for rung in rungs])))
    freedom, panel = ladder.freedoms[-1]
    yield Estimate(
        driver,
        "volatility",
        size,
        size / float(np.sqrt(2 * (freedom + panel))),
        sum(len(place.readings) for place in published),
        "; ".join(place.label() for place in published),
        freedom / (freedom + panel),
        tuple(sorted({year for place in published for year in place.later})),
    )
