"""The largest groups leave: the same paths with and without a departure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from futian_model import uncertainty
from futian_model.drivers import Drivers
from futian_model.errors import InputError
from futian_model.firms import NAMED, Groups, Leaving
from futian_model.growth import Floats
from futian_model.scenario import Scenario
from futian_model.simulation import Core, Result, central
from futian_model.stress.sizes import Spread

BAND = (0.1, 0.9)
"""Quantiles that a range of draws ends at."""


@dataclass(frozen=True, eq=False)
class Stress:
    """The largest groups leave at once.

    Attributes
    ----------
    largest, year : int
        How many leave, and the first year without them.
    spillover : float
        Loss in the rest of the economy per unit that leaves.
    gdp_loss : Spread
        Part of the year's GDP that is missing, a fraction of GDP without the departure.
    share_after : Spread
        Share of GDP that the other groups make up.
    central, drawn : mapping of str to ndarray, shapes (years + 1,) and (draws, years + 1)
        The zero-shock path of every indicator with sizes in the middle of their ranges, and with each
        draw of the sizes.
    """

    largest: int
    year: int
    spillover: float
    gdp_loss: Spread
    share_after: Spread
    central: Mapping[str, Floats]
    drawn: Mapping[str, Floats]

    def level(self, indicator: str, position: int) -> Spread:
        """An indicator in the year at a position of the time axis."""
        return spread_of(float(self.central[indicator][position]), self.drawn[indicator][:, position])


def stress(result: Result, largest: int, year: int, spillover: float = 0.0) -> Stress:
    """The same paths with and without a departure of the largest groups.

    Both sides draw the same sizes, relocations and newcomers, so that their difference is the
    departure alone; yearly shocks to the economy are off, so that the range is that of the sizes.
    Departures of the scenario's own are left out on both sides.

    Raises
    ------
    InputError
        The result's scenario has no groups, more leave than are told apart, or the year is not one
        after its base year.
    """
    share, groups = grouped(result)
    if not 1 <= largest <= NAMED:
        raise InputError("largest", largest, f"a whole number from 1 to {NAMED}")
    at = result.position(year)
    if at == 0:
        raise InputError("year", year, f"a year from {result.years[1]} to {result.years[-1]}")
    sides = [
        replace(groups, departures=gone, spillover=spillover) for gone in ((Leaving(largest, at - 1),), ())
    ]
    with_it, without = (replace(result.driven, firms=(share, side)) for side in sides)
    left, whole = (sized(side, result) for side in (with_it, without))
    still = central(with_it)
    loss = 1 - left["real_gdp"][:, at] / whole["real_gdp"][:, at]
    middle = 1 - float(still["real_gdp"][at] / central(without)["real_gdp"][at])
    after = spread_of(float(still[share][at]), left[share][:, at])
    return Stress(largest, year, spillover, spread_of(middle, loss), after, still, left)


def grouped(result: Result) -> tuple[str, Groups]:
    """The share and the groups behind it.

    Raises
    ------
    InputError
        The result's scenario has none.
    """
    if result.driven.firms is None:
        raise InputError(
            "scenario", result.scenario.id, "a scenario with levers.firms, groups behind a share"
        )
    return result.driven.firms


def sized(driven: Drivers, result: Result) -> dict[str, Floats]:
    """Indicators of every draw of the groups, with no shock to anything else."""
    assert driven.firms is not None
    groups = driven.firms[1]
    blocks = uncertainty.blocks(result.draws)
    kept = np.concatenate([groups.drawn(result.seed, block)[:length] for block, length in blocks])
    still = {"growth": np.zeros((len(kept), kept.shape[1] - 1))}
    core = Core(driven, len(kept))
    base = core.levels()
    return {
        name: np.insert(path, 0, base[name], axis=1) for name, path in core.run(still, kept[:, 1:]).items()
    }


def spread_of(middle: float, drawn: Floats) -> Spread:
    """A central value with the range of its draws."""
    low, high = np.quantile(drawn, BAND)
    return Spread(middle, float(low), float(high))


def staying_put(scenario: Scenario) -> Scenario:
    """The scenario without its departures; relocation and entry go on."""
    return with_departures(scenario, {})


def leaving(scenario: Scenario, largest: int, year: int) -> Scenario:
    """The scenario with one departure in place of its own."""
    departure = {"title": scenario.title, "largest": largest, "year": year}
    return with_departures(scenario, {"largest": departure})


def with_departures(scenario: Scenario, departures: Mapping[str, object]) -> Scenario:
    firms = scenario.levers.firms
    if firms is None:
        raise InputError("scenario", scenario.id, "a scenario with levers.firms, groups behind a share")
    changed = type(firms).model_validate(firms.model_dump() | {"departures": departures})
    return replace(scenario, levers=scenario.levers.model_copy(update={"firms": changed}))
