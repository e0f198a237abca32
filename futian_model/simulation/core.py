"""From drivers to indicators, in place: the one core of the deterministic path and of every draw."""

from collections.abc import Mapping

import numpy as np

from futian_model import headquarters, shares
from futian_model.drivers import Drivers
from futian_model.growth import Floats

CHUNK = 1024
"""Paths worked on at a time, so that the buffers stay in the processor's cache."""


class Core:
    """Indicators of some paths at a time, in buffers that are used again.

    Parameters
    ----------
    driven : Drivers
        Levels in the base year, and the central log growth of each driver.
    rows : int
        Paths worked on at a time, at most.
    """

    def __init__(self, driven: Drivers, rows: int) -> None:
        self.driven, self.base = driven, driven.base
        years = len(driven.centre["growth"])
        odds = {share: float(shares.log_odds(start)) for share, start in self.base.shares.items()}
        # one row a path, so that adding it runs through memory without a stop at every path
        self.grown = {
            name: np.tile(np.cumsum(path) + odds.get(name, 0.0), (rows, 1))
            for name, path in driven.centre.items()
        }
        self.paths = {name: np.empty((rows, years)) for name in self.levels()}
        known = [0, *(at for at, _ in driven.published)]
        # what each published figure counts for in every year: all in its own, and the last in all later
        self.between = np.array(
            [np.interp(np.arange(1, years + 1), known, unit) for unit in np.eye(len(known))[1:]]
        )

    def levels(self) -> dict[str, float]:
        """Every indicator in the base year, where real and nominal are one."""
        base = self.base
        levels = {
            "real_gdp": base.gdp,
            "nominal_gdp": base.gdp,
            "deflator": 1.0,
        }
        if base.population_held:
            per_head = base.gdp / base.average_population
            levels |= {
                "year_end_population": base.year_end_population,
                "average_population": base.average_population,
                "real_gdp_per_capita": per_head,
                "nominal_gdp_per_capita": per_head,
            }
        for share, start in base.shares.items():
            name = share.removesuffix("_share")
            levels[share] = start
            levels[f"{name}_value_added"] = start * base.gdp
            levels[f"rest_of_{name}_value_added"] = base.gdp - start * base.gdp
        return levels

    def run(self, away: Mapping[str, Floats], kept: Floats | None = None) -> dict[str, Floats]:
        """Indicators of paths after the base year; the identities hold in each, to rounding.

        Parameters
        ----------
        away : mapping of str to ndarray, shape (n, years)
            How far each driver's log level has moved from its centre; a driver left out has not.
        kept : ndarray, shape (n, years), optional
            Value added left to the groups behind a share, relative to what it would be without entry and
            relocation; what is missing of it is missing in GDP.

        Returns
        -------
        dict of str to ndarray, shape (n, years)
            Views of the buffers: the next call writes over them.
        """
        rows = len(next(iter(away.values())))
        out = {name: path[:rows] for name, path in self.paths.items()}
        self.level("growth", away, self.base.gdp, out["real_gdp"])
        self.level("deflator", away, 1.0, out["deflator"])
        for share in self.base.shares:
            self.share(share, away, out[share])
        if self.driven.firms is not None and kept is not None:
            share, groups = self.driven.firms
            left = headquarters.shift(out[share], kept, groups.spillover)
            out["real_gdp"] *= left.gdp_factor
            out[share][...] = left.share
        self.through_published(out)
        np.multiply(out["real_gdp"], out["deflator"], out=out["nominal_gdp"])
        if self.base.population_held:
            self.heads(away, out)
        for share in self.base.shares:
            name = share.removesuffix("_share")
            part, rest = out[f"{name}_value_added"], out[f"rest_of_{name}_value_added"]
            np.multiply(out[share], out["nominal_gdp"], out=part)
            np.subtract(out["nominal_gdp"], part, out=rest)
        return out

    def through_published(self, out: Mapping[str, Floats]) -> None:
        """Prices such that GDP at current prices is what was published, evenly over the years between."""
        if not self.driven.published:
            return
        years, levels = zip(*self.driven.published, strict=True)
        at = np.array(years) - 1
        away = np.log(np.array(levels) / (out["real_gdp"][:, at] * out["deflator"][:, at]))
        out["deflator"] *= np.exp(away @ self.between)

    def heads(self, away: Mapping[str, Floats], out: Mapping[str, Floats]) -> None:
        """Population, and GDP per head of its average."""
        stock, average = out["year_end_population"], out["average_population"]
        self.level("population", away, self.base.year_end_population, stock)
        np.add(stock[:, 1:], stock[:, :-1], out=average[:, 1:])
        np.add(stock[:, 0], self.base.year_end_population, out=average[:, 0])
        average *= 0.5
        # 亿元 over 万人 is 万元 a head
        np.divide(out["real_gdp"], average, out=out["real_gdp_per_capita"])
        np.multiply(out["real_gdp_per_capita"], out["deflator"], out=out["nominal_gdp_per_capita"])

    def level(self, name: str, away: Mapping[str, Floats], base: float, out: Floats) -> None:
        """Level of a driver: ``base exp(centre + away)``."""
        self.stray(name, away, out)
        np.exp(out, out=out)
        if base != 1.0:
            out *= base

    def share(self, name: str, away: Mapping[str, Floats], out: Floats) -> None:
        """A share, whose log-odds move by the driver."""
        self.stray(name, away, out)
        np.negative(out, out=out)
        np.exp(out, out=out)
        out += 1.0
        np.reciprocal(out, out=out)

    def stray(self, name: str, away: Mapping[str, Floats], out: Floats) -> None:
        """Log level of a driver less that of the base year."""
        if name in away:
            np.add(away[name], self.grown[name][: len(out)], out=out)
        else:
            out[...] = self.grown[name][: len(out)]


def central(driven: Drivers) -> dict[str, Floats]:
    """The zero-shock draw of every indicator, base year first, shape (years + 1,)."""
    core = Core(driven, 1)
    still = {name: np.zeros((1, len(path))) for name, path in driven.centre.items()}
    kept = None if driven.firms is None else driven.firms[1].central()[None, 1:]
    base = core.levels()
    return {name: np.concatenate([[base[name]], path[0]]) for name, path in core.run(still, kept).items()}
