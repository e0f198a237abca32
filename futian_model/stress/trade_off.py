"""One share, several ways to it, and the GDP that comes with each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from futian_model import growth, headquarters, shares
from futian_model.growth import Floats

PART_GROWS, SAME_GDP, REST_SHRINKS = WAYS = ("part_grows", "same_gdp", "rest_shrinks")
"""The part grows beside a given rest; both change in a given whole; the rest shrinks beside a given part."""


class Levels(NamedTuple):
    """Value added of a part and of the rest, one unit and price basis."""

    part: Floats
    rest: Floats

    @property
    def gdp(self) -> Floats:
        return np.asarray(self.part + self.rest)

    @property
    def share(self) -> Floats:
        return np.asarray(self.part / (self.part + self.rest))


@dataclass(frozen=True, eq=False)
class TradeOffCurve:
    """A share against GDP over a range of leads.

    Attributes
    ----------
    lead : ndarray, shape (leads,)
        Log growth of the part less that of the rest, a year.
    share : ndarray, shape (leads,)
        Share at the end, a fraction.
    ways : mapping of str to Levels
        Part and rest by `WAYS`: every way ends at the same shares.
    growth : mapping of str to Levels
        Growth a year of both, fractions.
    """

    lead: Floats
    share: Floats
    ways: Mapping[str, Levels]
    growth: Mapping[str, Levels]


def trade_off_curve(start: Levels, end: Levels, years: int, lead: ArrayLike) -> TradeOffCurve:
    """What GDP comes with a share, by the way it is reached.

    A lead alone fixes the share and leaves GDP open: headquarters that grow raise both, a rest that
    shrinks raises the share and lowers GDP.

    Parameters
    ----------
    start, end : Levels
        Part and rest in the base year, and on the path that alternatives start from.
    years : int
        From one to the other.
    lead : array_like, shape (leads,)
        Log growth of the part less that of the rest, a year.

    Examples
    --------
    45 % of 4800 in 2020; on the path 50 % of 6400 in 2025. To reach 55 % by growing takes a GDP of
    7111, by shrinking the rest one of 5818 is enough.

    >>> start, end = (Levels(np.array(part), np.array(rest)) for part, rest in ((2160, 2640), (3200, 3200)))
    >>> aim = lead_to(0.45, 0.55, 5)
    >>> curve = trade_off_curve(start, end, 5, [aim])
    >>> print(curve.share.round(2), *(float(curve.ways[way].gdp[0].round()) for way in WAYS))
    [0.55] 7111.0 6400.0 5818.0
    """
    leads = np.asarray(lead, float)
    odds = shares.log_odds(start.share) + years * leads
    times = np.exp(odds - shares.log_odds(end.share))
    grown, shrunk = headquarters.shift(end.share, times), headquarters.shift(1 - end.share, 1 / times)
    ways = {
        PART_GROWS: levels(end.gdp * grown.gdp_factor, grown.share),
        SAME_GDP: levels(np.broadcast_to(end.gdp, leads.shape), grown.share),
        REST_SHRINKS: levels(end.gdp * shrunk.gdp_factor, 1 - shrunk.share),
    }
    return TradeOffCurve(
        leads,
        grown.share,
        ways,
        {
            way: Levels(
                *(np.asarray(growth.cagr(was, now, years)) for was, now in zip(start, reached, strict=True))
            )
            for way, reached in ways.items()
        },
    )


def levels(gdp: Floats, share: Floats) -> Levels:
    """Part and rest of a whole."""
    return Levels(np.asarray(gdp * share), np.asarray(gdp * (1 - share)))


def lead_to(start: float, end: float, years: int) -> float:
    """Lead a year of the part over the rest that moves a share from one value to another."""
    return float((shares.log_odds(end) - shares.log_odds(start)) / years)
