"""The zero-shock model as a function of many values of its inputs at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from futian_model import population
from futian_model.drivers import ENTRY, LEVERS, Drivers, Engine
from futian_model.firms import NAMED, Groups, weights
from futian_model.growth import Floats
from futian_model.sensitivity.inputs import GROUPS, TAIL
from futian_model.simulation import Core

ROWS = 1024
"""Cases worked on at a time."""


class Response:
    """Central paths of a scenario under changes of its levers that stay the same all years ahead."""

    def __init__(self, driven: Drivers) -> None:
        self.driven = driven
        self.core = Core(driven, ROWS)
        # a change adds up from the jump-off on
        self.years = np.maximum(np.arange(1, len(driven.centre["growth"]) + 1) - driven.jump, 0)

    def paths(self, values: Mapping[str, Floats], wanted: Iterable[str]) -> dict[str, Floats]:
        """Indicators after the base year.

        Parameters
        ----------
        values : mapping of str to ndarray, shape (n,)
            By input, as `Uncertain` means them; inputs left out stay as the scenario has them.
        wanted : iterable of str
            Indicators.

        Returns
        -------
        dict of str to ndarray, shape (n, years)
        """
        count, names = len(next(iter(values.values()))), list(wanted)
        out = {name: np.empty((count, len(self.years))) for name in names}
        for start in range(0, count, ROWS):
            rows = slice(start, start + ROWS)
            part = {name: np.asarray(value[rows], float) for name, value in values.items()}
            size = len(next(iter(part.values())))
            central = self.core.run(self.away(part, size), self.kept(part, size))
            for name in names:
                out[name][rows] = central[name]
        return out

    def away(self, values: Mapping[str, Floats], size: int) -> dict[str, Floats]:
        """How far each driver's log level moves, shape (size, years)."""
        still = np.zeros(size)
        away = {name: np.multiply.outer(values.get(name, still), self.years) for name in self.driven.centre}
        engine = self.driven.engine
        if engine is not None and not {"population", *LEVERS}.isdisjoint(values):
            moved = self.produced(engine, values, away["population"])
            added = np.cumsum(moved.log_growth - engine.log_growth, axis=-1)
            away["growth"][:, self.driven.jump :] += added
        return away

    def produced(self, engine: Engine, values: Mapping[str, Floats], people: Floats) -> Engine:
        """A production block with its inputs moved, and the labour of the population moved."""
        base, jump = self.driven.base, self.driven.jump
        log_stock = np.cumsum(self.driven.centre["population"]) + people
        stock = base.year_end_population * np.exp(np.insert(log_stock, 0, 0.0, axis=-1))
        later = population.average(stock[:, :-1], stock[:, 1:])
        labour = engine.employed * np.insert(later, 0, base.average_population, axis=-1)[:, jump:]
        paths: dict[str, Any] = {"labour_growth": labour[:, 1:] / labour[:, :-1] - 1}
        for name in LEVERS:
            own = getattr(engine, name)
            raised = np.where(np.arange(len(own)) >= len(own) - (len(self.years) - jump), 1.0, 0.0)
            if name in values:
                paths[name] = own + np.multiply.outer(values[name], raised)
        return replace(engine, **paths)

    def kept(self, values: Mapping[str, Floats], size: int) -> Floats | None:
        """Mean value added left to the groups behind a share, shape (size, years)."""
        if self.driven.firms is None:
            return None
        groups = self.driven.firms[1]
        number = np.floor(values.get(GROUPS, np.full(size, groups.number.value)) + 0.5)
        held, rest = weights(number, values.get(TAIL, np.full(size, groups.tail.value)))
        there = groups.remaining(np.ones(NAMED))  # by year, of the named ones
        left = (held @ there.T + rest[:, None]) * groups.staying() + groups.newcomers()
        if ENTRY in values:
            left = left + np.multiply.outer(values[ENTRY], unit_entry(groups))
        return np.asarray(left[:, 1:])


def unit_entry(groups: Groups) -> Floats:
    """What is there of newcomers when one more unit comes every year, shape (years + 1,)."""
    return replace(groups, entry=(np.arange(len(groups.entry)) >= groups.start).astype(float)).newcomers()
