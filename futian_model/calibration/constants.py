"""The panels' constants for every year up to which they may be known, stored with the data.

Fitting takes seconds a year and panel, so it is done once, by ``make constants``, and kept in
``data/constants.csv``; a calibration reads the rows of the last year its vintage can see.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor

import numpy as np
import pandas as pd

from futian_model.calibration.panels import Constants, estimate
from futian_model.errors import InputError
from futian_model.evidence.panels import ECONOMIES
from futian_model.growth import Floats

FIRST_YEAR = 1974
"""Earliest year up to which constants are stored: the first from which fifteen years of 14 exist."""

FEWEST_REGIONS = 3
"""Fewer units in a year have no meaningful median."""

WIDENED = {("population_growth", ECONOMIES): 2.5}
"""Factor on a panel's long-run standard deviations where its bands were found too narrow.

As estimated, 80 % bands of nations' mean population growth over ten years held about half of what
came: few nations migrate or fight, and those that do move much more than the common constants allow.
The factor is the half under which the bands of the origins up to 1994 came nearest to their 80 %, over all
horizons (76, 80 and 83 % under 2, 2.5 and 3); from the origins after 1994 they then held 87 to 92 %.
"""

RECENT_MEAN = {("gdp_deflator_growth", ECONOMIES): 10}
"""Years whose median over all units is the long-run mean: prices rose in the 1970s as they have not since.

With the mean of all years the nations' deflators were forecast too high at every horizon; with that of the
last ten the record's CRPS over ten and fifteen years is 3 percent lower, over one to three the same.
"""

PROPORTIONAL = ("population_growth",)
"""Quantities of which a region whose shocks are larger also strays further in the long run."""


def tables(panels: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame, bool]]:
    """Each panel as log growth, units by years; regions as their lead over the median region.

    The median stands for the whole: published growth of regions need not add up to the nation's.

    Parameters
    ----------
    panels : DataFrame
        Columns quantity, panel, unit, nation, year, growth (a fraction).

    Yields
    ------
    quantity, panel, table, leads
        `leads` tells that the table holds leads, whose long-run mean is zero.
    """
    for (quantity, panel), rows in panels[~panels["nation"]].groupby(["quantity", "panel"], sort=True):
        growth = log_growth(rows)
        leads = panel != ECONOMIES
        middle = growth.median().where(growth.count() >= FEWEST_REGIONS)
        yield str(quantity), str(panel), growth - middle if leads else growth, leads


def log_growth(rows: pd.DataFrame) -> pd.DataFrame:
    """One panel's log growth, units by years, every year between its first and last in it."""
    wide = rows.pivot(index="unit", columns="year", values="growth")
    wide = wide.reindex(columns=range(int(rows["year"].min()), int(rows["year"].max()) + 1))
    return pd.DataFrame(np.log1p(wide.to_numpy(float)), wide.index, wide.columns)


def stored_years(table: pd.DataFrame) -> range:
    """Years up to which a panel's constants are stored: from where a fit has something to hold on."""
    years = table.columns[table.notna().sum() >= FEWEST_REGIONS]
    return range(max(FIRST_YEAR, int(years[0]) + 9), int(years[-1]) + 1)


def fit(
    panels: pd.DataFrame, last_years: Sequence[int] | None = None, pool: Executor | None = None
) -> pd.DataFrame:
    """Constants of every panel and year, a row each, in the columns of `Constants`.

    Parameters
    ----------
    panels : DataFrame
        As `tables`.
    last_years : sequence of int, optional
        Years up to which the panels count; every stored year when left out.
    pool : Executor, optional
        Where the fits run; one after another here when left out.
    """
    tasks = [
        (quantity, panel, table.loc[:, :year].to_numpy(float), year, leads)
        for quantity, panel, table, leads in tables(panels)
        for year in stored_years(table)
        if last_years is None or year in last_years
    ]
    rows = map(_estimate, tasks) if pool is None else pool.map(_estimate, tasks)
    return pd.DataFrame(rows, columns=list(Constants._fields))


def _estimate(task: tuple[str, str, Floats, int, bool]) -> Constants:
    quantity, panel, table, last_year, leads = task
    years = RECENT_MEAN.get((quantity, panel))
    mean = None if years is None else float(np.nanmedian(table[:, -years:]))
    return estimate(quantity, panel, table, last_year, mean=mean, leads=leads)


def median_leads(panels: pd.DataFrame) -> pd.DataFrame:
    """How much more growth the median region of a country reported than the country as a whole.

    Returns
    -------
    DataFrame
        Columns quantity, panel, year, lead (log growth), for every panel that holds its nation too.
    """
    tables = []
    for (quantity, panel), rows in panels.groupby(["quantity", "panel"], sort=True):
        nation = np.log1p(rows[rows["nation"]].set_index("year")["growth"])
        regions = np.log1p(rows[~rows["nation"]].set_index("year")["growth"]).groupby("year")
        lead = (regions.median()[regions.count() >= FEWEST_REGIONS] - nation).dropna()
        tables.append(pd.DataFrame({"quantity": quantity, "panel": panel, "year": lead.index, "lead": lead}))
    return pd.concat(tables, ignore_index=True)


Stored = Mapping[str, Constants]
"""Constants of a quantity by panel."""


def known_at(constants: pd.DataFrame, quantity: str, last_year: int) -> dict[str, Constants]:
    """Constants of each panel of a quantity, from the latest year not after `last_year`.

    Raises
    ------
    InputError
        None of the quantity's panels is stored for so early a year.
    """
    rows = constants[(constants["quantity"] == quantity) & (constants["last_year"] <= last_year)]
    if rows.empty:
        held = constants.loc[constants["quantity"] == quantity, "last_year"]
        earliest = f"a year from {int(held.min())} on" if len(held) else "a quantity of data/constants.csv"
        raise InputError(f"constants of {quantity}", last_year, earliest)
    latest: dict[str, Constants] = {}
    for stored in map(Constants._make, rows[list(Constants._fields)].itertuples(index=False, name=None)):
        if stored.panel not in latest or stored.last_year >= latest[stored.panel].last_year:
            latest[stored.panel] = stored
    return {panel: widened(latest[panel]) for panel in sorted(latest)}


def widened(stored: Constants) -> Constants:
    """A panel's constants with the stated factor on its long-run part."""
    factor = WIDENED.get((stored.quantity, stored.panel), 1.0)
    return stored._replace(slow_sd=factor * stored.slow_sd, own_sd=factor * stored.own_sd)
