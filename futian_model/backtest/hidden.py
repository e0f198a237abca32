"""What levels say of growth that nobody published: real growth of regions hidden, their levels kept.

The same state as the district's: growth and prices of a nation and a region, tied by levels at current
prices. The nation's growth and prices are known, the region's growth up to the first hidden year.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from futian_model.backtest.record import coverage
from futian_model.calibration.constants import known_at, log_growth
from futian_model.calibration.mixture import WINDOW, Chain, climb, yearly_readings
from futian_model.calibration.published_forecasts import crps
from futian_model.evidence import Evidence
from futian_model.evidence.panels import ECONOMIES, panel_name, stock_growth

GROWTH, PRICES = "real_gdp_growth", "gdp_deflator_growth"
SPANS = (1, 2, 3, 5)
"""Hidden years whose mean growth is scored."""
BAND = 1.2815515655446004
"""Half of the middle 80 percent of a normal, in standard deviations."""
COLUMNS = ["region", "origin", "years", "levels", "location", "scale", "outcome"]


def hidden(evidence: Evidence, country: str, origins: range) -> pd.DataFrame:
    """Hidden growth of every region of a country, with its levels and without.

    Parameters
    ----------
    country : str
        As in the panel of nominal levels: ``"China"`` or ``"United States"``.
    origins : range
        Last years whose growth is not hidden; the constants are those of that year.

    Returns
    -------
    DataFrame
        A row a region, origin, number of hidden years and whether levels were read: location and scale
        of a normal, and what was published, log growth a year.
    """
    return pd.DataFrame(_rows(evidence, country, origins), columns=COLUMNS)


def _rows(evidence: Evidence, country: str, origins: range) -> Iterator[tuple[object, ...]]:
    panel = panel_name(country)
    panels = evidence.growth_panels[evidence.growth_panels["panel"] == panel]
    growth = log_growth(panels[panels["quantity"] == GROWTH])
    levels = evidence.panels["panel_nominal_levels"]
    rows = stock_growth(levels[levels["country"] == country], ["region"], "gross_product")
    nominal = log_growth(rows.rename(columns={"region": "unit"}))
    for origin in origins:
        first, last = origin - WINDOW + 1, origin + max(SPANS)
        years = range(first, last + 1)
        chains = [chain(evidence, panels, quantity, origin, first, last) for quantity in (GROWTH, PRICES)]
        for region in nominal.index.intersection(growth.index):
            outcomes = growth.loc[region].reindex(range(origin + 1, last + 1)).to_numpy(float)
            own = yearly_readings(
                1, growth.loc[region].reindex(range(first, origin + 1)).to_numpy(float), first
            )
            read = yearly_readings(1, nominal.loc[region].reindex(years).to_numpy(float), first)
            growing = replace(chains[0], readings=[*chains[0].readings, *own])
            for kept in (False, True):
                tied = [reading._replace(nominal=True) for reading in read] if kept else []
                mean, covariance = climb(growing, chains[1], tied).joint.of(1, origin + 1)
                for span in SPANS:
                    if np.isfinite(outcomes[:span]).all():
                        sd = float(np.sqrt(covariance[:span, :span].sum())) / span
                        yield region, origin, span, kept, mean[:span].mean(), sd, outcomes[:span].mean()


def chain(
    evidence: Evidence, panels: pd.DataFrame, quantity: str, origin: int, first: int, last: int
) -> Chain:
    """A nation, its figures known in all years, and a region under its country's constants."""
    rows = panels[panels["quantity"] == quantity]
    constants = known_at(evidence.constants, quantity, origin)
    nation, region = constants[ECONOMIES], constants[str(rows["panel"].iloc[0])]
    years = range(first, last + 1)
    path = np.log1p(rows[rows["nation"]].set_index("year")["growth"]).reindex(years).to_numpy(float)
    leads = evidence.median_leads
    own = (leads["quantity"] == quantity) & (leads["panel"] == region.panel) & (leads["year"] <= origin)
    lead = leads[own].set_index("year")["lead"]
    means = np.full((2, len(years)), nation.mean)
    means[1] += lead.reindex(years).fillna(lead.mean()).to_numpy(float)
    return Chain([(nation, region)], means, yearly_readings(0, path, first), first)


def score(table: pd.DataFrame) -> pd.DataFrame:
    """Coverage of the middle 80 percent and CRPS by number of hidden years, with levels and without.

    Returns
    -------
    DataFrame
        Indexed by years and levels; columns spans, coverage_80 with the ends of its interval, crps, bias.
    """
    rows = {}
    for key, group in table.groupby(["years", "levels"]):
        location, scale, outcome = (group[name].to_numpy(float) for name in ("location", "scale", "outcome"))
        inside = (group["outcome"] - group["location"]).abs() <= BAND * group["scale"]
        share, low, high = coverage(inside, group["origin"], int(group["years"].iloc[0]))
        rows[key] = {
            "spans": len(group),
            "coverage_80": share,
            "low": low,
            "high": high,
            "crps": float(crps(location, scale, outcome).mean()),
            "bias": float((outcome - location).mean()),
        }
    return pd.DataFrame(rows).T.rename_axis(["years", "levels"])
