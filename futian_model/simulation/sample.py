"""What is left of the draws: every path, or counts of them."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from futian_model.errors import InputError
from futian_model.growth import Floats
from futian_model.simulation.odds import Aim, Count
from futian_model.simulation.tally import BINS, Grid, Tally
from futian_model.uncertainty import BLOCK

KEPT = 16 * BLOCK
"""Draws up to which every path is kept unless asked otherwise: about 80 MB over fifteen years."""


class Sample(Protocol):
    """Draws of every indicator, to be asked for statistics."""

    @property
    def draws(self) -> int: ...

    @property
    def indicators(self) -> Sequence[str]: ...

    def quantiles(self, indicator: str, levels: Sequence[float]) -> Floats:
        """Quantiles of an indicator, shape (levels, years + 1)."""

    def mean(self, indicator: str) -> Floats:
        """Mean of an indicator, shape (years + 1,)."""

    def count(self, aims: Sequence[Aim]) -> Count:
        """Draws that meet goals, alone and together."""


@dataclass(frozen=True, eq=False)
class Kept:
    """Every path of every indicator, each of shape (draws, years + 1)."""

    paths: Mapping[str, Floats]

    @property
    def draws(self) -> int:
        return len(self.paths["real_gdp"])

    @property
    def indicators(self) -> Sequence[str]:
        return list(self.paths)

    def quantiles(self, indicator: str, levels: Sequence[float]) -> Floats:
        return np.asarray(np.quantile(self.paths[indicator], levels, axis=0))

    def mean(self, indicator: str) -> Floats:
        return np.asarray(self.paths[indicator].mean(axis=0))

    def count(self, aims: Sequence[Aim]) -> Count:
        counted = Count(aims, self.paths["real_gdp"].shape[1] - 1)
        counted.add({name: path[:, 1:] for name, path in self.paths.items()})
        return counted


class Streamed:
    """Counts of paths that went by.

    Parameters
    ----------
    base : mapping of str to float
        Indicators in the base year, which is certain.
    tallies : sequence of Tally
        Of every worker; who worked on which block moves no digit.
    """

    def __init__(self, base: Mapping[str, float], grid: Grid, tallies: Sequence[Tally], draws: int) -> None:
        self.base, self.grid, self.draws = base, grid, draws
        self.indicators: Sequence[str] = list(base)
        years = tallies[0].years
        self.counts = {
            name: np.sum([tally.counts[name] for tally in tallies], axis=0).reshape(years, BINS)
            for name in base
        }
        # floats are added up in the order of the blocks
        blocks = sorted({block for tally in tallies for block in tally.sums})
        held = {block: tally for tally in tallies for block in tally.sums}
        self.sums = {
            name: np.sum([held[block].sums[block][name] for block in blocks], axis=0) for name in base
        }
        self.counted = Count(tallies[0].aims, years)
        for block in blocks:
            self.counted.join(held[block].goals[block])

    def quantiles(self, indicator: str, levels: Sequence[float]) -> Floats:
        quantiles = np.full((len(levels), len(self.counts[indicator]) + 1), self.base[indicator])
        for year, counts in enumerate(self.counts[indicator]):
            below = np.concatenate([[0], np.cumsum(counts)]) / self.draws
            # where no draw lies the distribution is flat: the upper end of the gap counts
            edges, kept = self.grid.edges(indicator, year), np.concatenate([[True], counts > 0])
            quantiles[:, year + 1] = np.interp(levels, below[kept], edges[kept])
        return quantiles

    def mean(self, indicator: str) -> Floats:
        return np.concatenate([[self.base[indicator]], self.sums[indicator] / self.draws])

    def count(self, aims: Sequence[Aim]) -> Count:
        for aim in aims:
            self.counted.place(aim)
        return self.counted


def fits(draws: int, indicators: int, years: int) -> None:
    """Refuse to keep more paths than half of the memory that is free can hold.

    Raises
    ------
    InputError
        Too many; says how many fit.
    """
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    most = int(free / 2 / (indicators * (years + 1) * 8))
    if draws > most:
        allowed = f"up to {most:,}, as many as fit into memory with every path kept; any number without keep"
        raise InputError("draws", draws, allowed)
