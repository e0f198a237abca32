"""A difference between two scenarios in one statistic, and its parts."""

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from futian_model.attribution.mixtures import Blocks
from futian_model.evidence import Goal
from futian_model.growth import Floats
from futian_model.results import Row, case, tidy

CENTRAL, PROBABILITY = "central", "probability"
NAMED = (CENTRAL, "mean", "median", PROBABILITY)


class Question(NamedTuple):
    """What is compared.

    Attributes
    ----------
    statistic : str
        ``central``, ``mean``, ``median``, ``p10`` and the like, or ``probability``.
    goal : Goal or None
        What a probability is of.
    """

    indicator: str
    year: int
    statistic: str
    goal: Goal | None
    reading: str

    @property
    def level(self) -> float | None:
        """Level of a quantile, a fraction; None for what is none."""
        if self.statistic == "median":
            return 0.5
        match = re.fullmatch(r"p(\d{1,2}(?:\.\d+)?)", self.statistic)
        return float(match[1]) / 100 if match and float(match[1]) else None


@dataclass(frozen=True, eq=False)
class Attribution:
    """A difference and its parts.

    Attributes
    ----------
    a, b : str
        Ids of the scenarios.
    asked : Question
        Indicator, year, statistic, goal and reading.
    unit, price_basis : str
        Of the indicator; a probability is a fraction.
    blocks : tuple of tuple of str
        What differs: blocks that changed sides together, mostly one.
    start, end : float
        The statistic in `a` and in `b`, in the library's unit.
    contributions : ndarray, shape (blocks,)
        They sum to `end` less `start`.
    errors : ndarray, shape (blocks,)
        Monte Carlo standard error of each contribution; zero for a central path, NaN where the paths
        were not kept or are too few.
    draws, seed : int or None
        Of a sampled statistic.
    """

    a: str
    b: str
    asked: Question
    unit: str
    price_basis: str
    blocks: tuple[Blocks, ...]
    start: float
    end: float
    contributions: Floats = field(repr=False)
    errors: Floats = field(repr=False)
    draws: int | None = None
    seed: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The blocks by name, those that cannot be told apart together: ``growth and population``."""
        return tuple(" and ".join(together) for together in self.blocks)

    @property
    def difference(self) -> float:
        return self.end - self.start

    def frame(self, reading: str = "") -> pd.DataFrame:
        """Rows of the results table: start, end, difference and its size, of each block its contribution.

        The case of a row names what the figures are ``of``, and the ``block`` of a contribution; a joined
        block is named ``growth+population``. The indicator of a probability is the goal. What is not
        known is left out.

        Parameters
        ----------
        reading : str
            Of the rows; the one that was asked for when left out.
        """
        asked, of = self.asked, self.asked.statistic
        rows = {("", "start"): self.start, ("", "end"): self.end, ("", "difference"): self.difference}
        for together, value, error in zip(self.blocks, self.contributions, self.errors, strict=True):
            rows |= {
                ("+".join(together), "contribution"): float(value),
                ("+".join(together), "contribution_se"): float(error),
            }
        rows["", "size"] = abs(self.difference)
        if self.start:
            rows["", "relative_size"] = abs(self.difference / self.start)
        name = asked.goal.name if asked.goal is not None else asked.indicator
        figures = []
        for (block, statistic), value in rows.items():
            unit = ("fraction", "none") if statistic == "relative_size" else (self.unit, self.price_basis)
            under = case(of=of, block=block) if block else case(of=of)
            if np.isfinite(value):
                figures.append(Row(name, asked.year, statistic, value, *unit, under))
        return tidy(f"{self.a} to {self.b}", reading or asked.reading, figures)

    def to_dict(self) -> dict[str, Any]:
        """As plain values; an error that is not known is None."""
        goal = self.asked.goal
        return {
            "indicator": self.asked.indicator,
            "year": self.asked.year,
            "statistic": self.asked.statistic,
            "goal": None if goal is None else goal.name,
            "reading": self.asked.reading,
            "unit": self.unit,
            "start": self.start,
            "end": self.end,
            "difference": self.difference,
            "contributions": [
                {
                    "blocks": list(together),
                    "value": float(value),
                    "error": float(error) if np.isfinite(error) else None,
                }
                for together, value, error in zip(self.blocks, self.contributions, self.errors, strict=True)
            ],
        }
