"""From published figures to the trend of every driver, as seen from a stated vintage."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from futian_model.calibration import readings
from futian_model.calibration.constants import PROPORTIONAL, known_at
from futian_model.calibration.estimates import Calibration, Estimate, Trend
from futian_model.calibration.mixture import Ladder, ahead, climb
from futian_model.calibration.panels import Constants
from futian_model.calibration.readings import Published
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.evidence.panels import ECONOMIES
from futian_model.growth import Floats

WINDOW = 30
"""Years up to the base year whose figures count; older ones moved no forecast of the backtest."""
AHEAD = 15
"""Years that a long-run mean is printed for, or up to the horizon."""
FEWEST_POINTS = 3
"""Published shares from which a trend is estimated."""
UNIFIED = 2019
"""Year from which China's regions are compiled centrally, and add up to the nation.

Before it, regions reported more growth than the nation did; the lead of the median region over the
nation is an accounting lead, and no district keeps it.
"""
RUNGS = ("nation", "city", "district")


def calibrate(
    evidence: Evidence, *, base_year: int, horizon: int, vintage: str, prior: float = 1.0
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

    Raises
    ------
    InputError
        No constants are stored for so early a vintage, or `prior` is not positive.
    """
    if not prior > 0:
        raise InputError("prior", prior, "a number above 0")
    frame = Frame(evidence, base_year, horizon, vintage, prior)
    growth, ladder = growth_trend(frame)
    return Calibration(
        base_year,
        vintage,
        growth,
        population_trend(frame),
        deflator_trend(frame),
        dict(share_trends(frame)),
        ladder.posterior,
    )


@dataclass(frozen=True)
class Frame:
    """What all drivers have in common: figures, years, and the doubt of the prior."""

    evidence: Evidence
    base_year: int
    horizon: int
    vintage: str
    prior: float

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
        return known_at(self.evidence.constants, quantity, int(self.vintage[:4]) - 1)

    def flat(self, *means: float) -> Floats:
        """Means that stay the same all years, shape (rungs, years)."""
        return np.repeat(np.array(means)[:, None], self.span, axis=1)


def growth_trend(frame: Frame) -> tuple[Trend, Ladder]:
    """Real GDP growth of the district: three rungs, mixed over every panel of regions."""
    quantity = "real_gdp_growth"
    published = [
        readings.growth(frame.evidence, rung, frame.place(rung), quantity, frame.vintage, frame.first)
        for rung in range(3)
    ]
    constants = frame.constants(quantity)
    nation = constants.pop(ECONOMIES)
    means = frame.flat(nation.mean, nation.mean, nation.mean)
    means[1:] += accounting_lead(frame, quantity)
    stacks = [(nation, panel, panel) for panel in constants.values()]
    return trend("growth", frame, stacks, means, published)


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
    """Resident population of the district: three rungs, on the census basis of its latest figure.

    A city's yearly estimates on an older basis are left out: the new census put the city a third
    higher, and a lead of one basis over another is no lead.
    """
    evidence, first = frame.evidence, frame.first
    basis = readings.latest_basis(evidence, frame.place(2), "population_census", frame.vintage)
    indicators = (
        ("population_midyear_wb",),
        ("population_resident_yearend", "population_census"),
        ("population_census", "population_resident_yearend"),
    )
    published = [
        readings.stock(evidence, rung, frame.place(rung), names, frame.vintage, first, basis)
        for rung, names in enumerate(indicators)
    ]
    quantity = "population_growth"
    constants = frame.constants(quantity)
    nation = constants.pop(ECONOMIES)
    stacks = [(nation, panel, panel) for panel in constants.values()]
    means = frame.flat(nation.mean, nation.mean, nation.mean)
    swings = quantity in PROPORTIONAL
    return trend("population", frame, stacks, means, published, proportional=swings)[0]


def deflator_trend(frame: Frame) -> Trend:
    """Prices of GDP: the nation's, since neither city nor district publishes any."""
    quantity = "gdp_deflator_growth"
    published = readings.growth(frame.evidence, 0, frame.place(0), quantity, frame.vintage, frame.first)
    nation = frame.constants(quantity)[ECONOMIES]
    return trend("deflator", frame, [(nation,)], frame.flat(nation.mean), [published])[0]


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
        published = readings.share(evidence, share, frame.vintage, frame.first)
        if len(published.readings) >= FEWEST_POINTS - 1:
            yield share, trend(share, frame, stacks, frame.flat(0.0), [published], proportional=True)[0]


def trend(
    driver: str,
    frame: Frame,
    stacks: Sequence[Sequence[Constants]],
    means: Floats,
    published: Sequence[Published],
    *,
    proportional: bool = False,
) -> tuple[Trend, Ladder]:
    """Trend of the lowest rung, and the ladder it comes from."""
    told = [one for place in published for one in place.readings]
    ladder = climb(stacks, means, told, frame.first, prior=frame.prior, proportional=proportional)
    latest = max((one.last for one in told), default=frame.base_year)
    known = int(np.clip(latest - frame.base_year, 0, frame.horizon - frame.base_year))
    centre, shocks, slow = ahead(ladder, frame.base_year, known)
    estimates = (*means_ahead(driver, frame, ladder, published), *behaviour(driver, ladder, published))
    apart = ladder.autocovariance(len(centre))
    return Trend(centre, shocks, slow, known, ladder.freedom, estimates, apart), ladder


def means_ahead(
    driver: str, frame: Frame, ladder: Ladder, published: Sequence[Published]
) -> Iterator[Estimate]:
    """Mean growth of the years ahead: of the lowest rung, and each rung's part in it."""
    count, years = ladder.posterior.mean.shape
    ahead_of = slice(frame.base_year + 1 - frame.first, frame.base_year + 1 - frame.first + AHEAD)
    mean = np.zeros((count, years))
    mean[:, ahead_of] = 1 / len(range(*ahead_of.indices(years)))
    level = [np.where(np.arange(count)[:, None] == rung, mean, 0.0) for rung in range(count)]
    parts = [("long_run", level[-1], published)]
    if count > 1:
        parts += [("nation", level[0], published[:1])]
        parts += [
            (f"{RUNGS[rung]}_lead", level[rung] - level[rung - 1], published[rung : rung + 1])
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
            float(np.sqrt(after)),
            sum(len(one.readings) for one in rests_on),
            "; ".join(one.told() for one in rests_on),
            float(np.clip(1 - after / before, 0.0, 1.0)),
            tuple(sorted({year for one in rests_on for year in one.later})),
        )


def behaviour(driver: str, ladder: Ladder, published: Sequence[Published]) -> Iterator[Estimate]:
    """How fast a lead fades, which the panels alone say, and how large a year's shock is."""
    rungs = [stack[-1] for stack in ladder.rungs.values()]
    fade = np.array([one.slow_persistence for one in rungs])
    yield Estimate(
        driver, "persistence", float(fade.mean()), float(fade.std()), len(rungs), ", ".join(ladder.rungs), 0.0
    )
    size = float(np.sqrt(np.mean([one.shock_sd**2 for one in rungs])))
    freedom, panel = ladder.freedoms[-1]
    yield Estimate(
        driver,
        "volatility",
        size,
        size / float(np.sqrt(2 * (freedom + panel))),
        len(published[-1].readings),
        published[-1].told(),
        freedom / (freedom + panel),
        published[-1].later,
    )
