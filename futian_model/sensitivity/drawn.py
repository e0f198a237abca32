"""What was drawn in each path of a result, read back from its paths and its random streams."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from futian_model import headquarters, shares
from futian_model.errors import InputError
from futian_model.firms import Groups
from futian_model.growth import Floats
from futian_model.sensitivity.inputs import GROUPS, TAIL
from futian_model.simulation import Result
from futian_model.uncertainty import blocks

LEFT = "left"
"""How many of the `LARGEST` groups are gone."""
LARGEST = 10


class Drawn(NamedTuple):
    """One input of every path.

    Attributes
    ----------
    name : str
        A driver, whose values are mean growth a year over the years named (fractions, compounded; of a
        share the mean log growth of the part less that of the rest); ``"tail"``, ``"groups"``; or
        ``"left"``, how many of the ten largest groups are gone in the last year named.
    start, end : int
        First and last of those years.
    values : ndarray, shape (draws,)
    """

    name: str
    start: int
    end: int
    values: Floats


class Sizes(NamedTuple):
    """Groups of every path.

    Attributes
    ----------
    number, tail : ndarray, shape (draws,)
    gone : ndarray, shape (draws, NAMED)
        Position of the first year without each of the largest, the base year being 0; infinite if none.
    kept : ndarray, shape (draws, years + 1)
        Value added left, of the base year's.
    """

    number: Floats
    tail: Floats
    gone: Floats
    kept: Floats


def drawn(result: Result, splits: Sequence[int]) -> tuple[Drawn, ...]:
    """Means of what was drawn in every path, over the years between the splits; what varies alone.

    Growth of GDP and the lead of the part are those before anyone left or came.

    Parameters
    ----------
    splits : sequence of int
        Last year of each span; the first begins after the jump-off. What is uncertain of the years before,
        about which figures are published, is a span of its own.

    Raises
    ------
    InputError
        The result does not keep its paths, or a split lies outside its years.
    """
    base, first = int(result.years[0]), result.jump_off
    years = sorted({int(year) for year in splits})
    for year in years:
        if not first < year <= int(result.years[-1]):
            raise InputError("splits", year, f"years from {first + 1} to {result.years[-1]}")
    firms = result.driven.firms
    group_sizes = None if firms is None else sizes(firms[1], result.seed, result.draws)
    before = {year: bare(result, year, group_sizes) for year in dict.fromkeys((base, first, *years))}
    spans = list(pairwise(before))
    quantities = [quantity for start, end in spans for quantity in between(result, before, start, end)]
    if group_sizes is not None:
        gone = group_sizes.gone[:, :LARGEST]
        quantities += [
            Drawn(TAIL, first + 1, years[-1], group_sizes.tail),
            Drawn(GROUPS, first + 1, years[-1], group_sizes.number),
            *(
                Drawn(LEFT, first + 1, year, (gone <= year - base).sum(axis=1).astype(float))
                for year in years
            ),
        ]
    return tuple(quantity for quantity in quantities if np.ptp(quantity.values) > 1e-12)


LEVELS = {"growth": "real_gdp", "population": "year_end_population", "deflator": "deflator"}
"""What each driver moves."""


def levels(result: Result) -> dict[str, str]:
    """What each driver moves, of what is simulated."""
    return {driver: name for driver, name in LEVELS.items() if name in result.indicators}


def between(
    result: Result, before: Mapping[int, Mapping[str, Floats]], start: int, end: int
) -> Iterator[Drawn]:
    """Mean growth of every driver after `start`, to `end`."""
    then, now, span = before[start], before[end], end - start
    for driver, name in levels(result).items():
        yield Drawn(driver, start + 1, end, np.expm1(np.log(now[name] / then[name]) / span))
    for share in result.base.shares:
        moved = shares.log_odds(now[share]) - shares.log_odds(then[share])
        yield Drawn(share, start + 1, end, np.asarray(moved / span))


def bare(result: Result, year: int, group_sizes: Sizes | None) -> dict[str, Floats]:
    """Levels and shares of a year as they would be without entry and relocation, shape (draws,) each."""
    values = {name: result.at(name, year) for name in (*levels(result).values(), *result.base.shares)}
    if group_sizes is None or result.driven.firms is None:
        return values
    (share, groups), kept = result.driven.firms, group_sizes.kept[:, result.position(year)]
    # `headquarters.shift` the other way round
    odds = np.exp(shares.log_odds(values[share]))
    before = odds / (kept + odds * (1 + (1 - kept) * groups.spillover))
    values["real_gdp"] = values["real_gdp"] / headquarters.shift(before, kept, groups.spillover).gdp_factor
    values[share] = before
    return values


def sizes(groups: Groups, seed: int, draws: int) -> Sizes:
    """Groups of every path, as the simulation drew them."""
    parts = [
        [
            values[:length]
            for values in (*groups.sizes(seed, block), groups.gone(seed, block), groups.drawn(seed, block))
        ]
        for block, length in blocks(draws)
    ]
    return Sizes(*(np.concatenate(field) for field in zip(*parts, strict=True)))
