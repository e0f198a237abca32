"""Statistics of paths as they stream by, in memory that does not grow with their number."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from futian_model.growth import Floats
from futian_model.simulation.core import CHUNK
from futian_model.simulation.odds import Aim, Count

BINS = 1024
"""Bins of a histogram, inside which draws are taken to lie evenly."""
ROOM = 0.5
"""Room that a histogram leaves on either side of the first paths' range, in units of that range."""
WHOLE = 2.0**52
"""From here on floats are whole numbers: one added to a small number leaves it, rounded, in the last bits."""

Bins = NDArray[np.int64]
WHOLE_BITS = np.float64(WHOLE).view(np.int64)


class Grid:
    """Where the bins of every indicator and year lie: around what the first paths show."""

    def __init__(self, paths: Mapping[str, Floats]) -> None:
        self.low: dict[str, Floats] = {}
        self.width: dict[str, Floats] = {}
        for name, values in paths.items():
            least, most = values.min(axis=0), values.max(axis=0)
            room = np.maximum(ROOM * (most - least), 1e-9 * np.abs(most) + 1e-300)
            self.width[name] = width = (most - least + 2 * room) / BINS
            # bins stand around whole multiples of their width: rounding then finds a value's bin
            self.low[name] = (np.floor((least - room) / width) + 0.5) * width

    def edges(self, name: str, year: int) -> Floats:
        """Edges of the bins of one indicator in one year, shape (BINS + 1,)."""
        return np.asarray(self.low[name][year] + self.width[name][year] * np.arange(BINS + 1))


class Tally:
    """Counters of one worker over the blocks it works on.

    Parameters
    ----------
    grid : Grid
    aims : sequence of Aim
        Goals counted alone and together.
    years : int
        Years after the base year.
    """

    def __init__(self, grid: Grid, aims: Sequence[Aim], years: int) -> None:
        self.aims, self.years = aims, years
        self.counts: dict[str, Bins] = {name: np.zeros(years * BINS, np.int64) for name in grid.low}
        self.ones = np.ones(CHUNK)
        # one row a path: what runs through memory without a stop at every path takes half the time
        first = np.tile(np.arange(years) * BINS, (CHUNK, 1))
        self.least, self.most = WHOLE + first, WHOLE + (first + (BINS - 1))
        self.scale = {name: np.tile(1 / width, (CHUNK, 1)) for name, width in grid.width.items()}
        self.shift = {
            name: WHOLE + (first - np.rint(low / grid.width[name] + 0.5)) for name, low in grid.low.items()
        }
        self.cells = np.empty((CHUNK, years))
        self.bins = self.cells.view(np.int64)
        self.sums: dict[int, dict[str, Floats]] = {}
        self.goals: dict[int, Count] = {}

    def add(self, block: int, paths: Mapping[str, Floats]) -> None:
        """Count paths of a block, some at a time and in order."""
        if block not in self.goals:
            self.goals[block] = Count(self.aims, self.years)
            self.sums[block] = {name: np.zeros(self.years) for name in paths}
        self.goals[block].add(paths)
        sums = self.sums[block]
        for name, path in paths.items():
            rows = len(path)
            cells, bins = self.cells[:rows], self.bins[:rows]
            np.multiply(path, self.scale[name][:rows], out=cells)
            cells += self.shift[name][:rows]
            np.maximum(cells, self.least[:rows], out=cells)
            np.minimum(cells, self.most[:rows], out=cells)
            bins -= WHOLE_BITS
            self.counts[name] += np.bincount(bins.ravel(), minlength=self.years * BINS)
            sums[name] += self.ones[:rows] @ path
