"""``make record``: score the calibration on every panel again and store the record with the data."""

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor

import pandas as pd

from futian_model.backtest.chances import OWN_SERIES, WHOLE, chances, groups, lead_chances, own_chances
from futian_model.backtest.districts import leads
from futian_model.backtest.editions import Editions, editions_of
from futian_model.backtest.frames import GROWTH
from futian_model.backtest.hidden import hidden, score
from futian_model.backtest.own import own_record
from futian_model.backtest.part_years import part_year_record, part_year_scores
from futian_model.backtest.promises import own_promises, promises
from futian_model.backtest.record import AIDED, ALL, forecasts, scored, summary
from futian_model.calibration.trends import SHARE
from futian_model.evidence import load_evidence
from futian_model.evidence.package import Evidence
from futian_model.evidence.panels import DISTRICTS, ECONOMIES

DIGITS = "%.5g"
PRINTED = ("ladder", "panels_alone", "mean_growth")
"""Methods whose single origins are stored; of the others only the total."""

HIDDEN = {"China": 2014, "United States": 2011}
"""By country, the first year from which growth is hidden: constants of prices are stored from there on."""
FEWEST_UNITS = 5
"""A share of bands over fewer units says nothing about the method."""


def write(evidence: Evidence) -> None:
    """Write ``record.csv`` and what stands on its forecasts into a project's data; print how they compare."""
    years = part_year_record(part_year_scores(evidence))
    store(evidence, "record_annual", years)
    print(years.to_string(index=False))
    panels, editions = evidence.growth_panels, editions_of(evidence)
    kinds = panels[panels["quantity"] != SHARE][["quantity", "panel"]].drop_duplicates()
    tasks = [
        (panels, evidence.constants, quantity, panel, editions if quantity == GROWTH else None)
        for quantity, panel in sorted(kinds.itertuples(index=False, name=None))
    ]
    with ProcessPoolExecutor() as pool:
        scores = list(pool.map(_scores, tasks))
    tables, by_quantity = [], {}
    for quantity in sorted({task[2] for task in tasks}):
        scored = pd.concat([table for task, table in zip(tasks, scores, strict=True) if task[2] == quantity])
        table, by_quantity[quantity] = summary(scored), scored
        table.insert(0, "quantity", quantity)
        table = table[table["units"] >= FEWEST_UNITS]
        tables.append(table[table["origin"].isin([ALL, AIDED]) | table["method"].isin(PRINTED)])
        if quantity == GROWTH:
            print(compared(table).to_string())
    store(evidence, "record", pd.concat(tables, ignore_index=True))
    own, other = own_record(evidence), leads(evidence)
    came = every_chance(evidence, by_quantity[GROWTH], own, other)
    store(evidence, "record_chances", came)
    met = every_promise(evidence, by_quantity, own, other)
    store(evidence, "record_targets", met)
    print(met[met["quantity"] == GROWTH].to_string(index=False))
    print_hidden(evidence)
    whole = came["panel"].str.startswith((OWN_SERIES, DISTRICTS)) & (came["chance"] == WHOLE)
    print(came[whole & came["horizon"].isin([1, 5])].to_string(index=False))
    main = (came["panel"] == ECONOMIES) & (came["event"] == "doubles_in_15") & (came["group"] == WHOLE)
    print(came[main & came["horizon"].isin([5, 10, 15])].to_string(index=False))


def every_chance(
    evidence: Evidence, scores: pd.DataFrame, own: pd.DataFrame, districts: pd.DataFrame
) -> pd.DataFrame:
    """How often chances came true: of the own series, of every panel of growth, of districts' leads.

    Parameters
    ----------
    scores : DataFrame
        Forecasts of growth with their outcome, as `record.forecasts` gives them.
    own, districts : DataFrame
        As `own.own_record` and `districts.leads`.

    Returns
    -------
    DataFrame
        As `chances.chances`.
    """
    parts = [
        own_chances(own),
        chances(scores, groups(evidence.growth_panels, GROWTH)),
        lead_chances(districts),
    ]
    return pd.concat(parts, ignore_index=True)


def every_promise(
    evidence: Evidence, scores: Mapping[str, pd.DataFrame], own: pd.DataFrame, districts: pd.DataFrame
) -> pd.DataFrame:
    """How often targets were met, of the same series and of every other quantity of the panels.

    Parameters
    ----------
    scores : mapping of str to DataFrame
        As `every_chance`, by quantity.

    Returns
    -------
    DataFrame
        As `promises.promises`.
    """
    member = groups(evidence.growth_panels, GROWTH)
    parts = [
        own_promises(evidence, own),
        promises(scores[GROWTH], GROWTH, member),
        *(promises(own_scores, name) for name, own_scores in sorted(scores.items()) if name != GROWTH),
        promises(districts, SHARE),
    ]
    return pd.concat(parts, ignore_index=True)


def _scores(task: tuple[pd.DataFrame, pd.DataFrame, str, str, Editions | None]) -> pd.DataFrame:
    panels, constants, quantity, panel, editions = task
    return scored(forecasts(panels, constants, quantity, only=[panel], editions=editions))


def print_hidden(evidence: Evidence) -> None:
    """Growth of regions hidden and told from their levels, and without them."""
    for country, first in HIDDEN.items():
        print(country, score(hidden(evidence, country, range(first, 2019))).round(4).to_string(), sep="\n")


def store(evidence: Evidence, name: str, table: pd.DataFrame) -> None:
    """One table into the project's data."""
    table.to_csv(evidence.project.data / f"{name}.csv", index=False, float_format=DIGITS, lineterminator="\n")


def compared(table: pd.DataFrame) -> pd.DataFrame:
    """Error that published forecasts save, a share of that without them, by panel and years ahead."""
    crps = table[table["origin"] == AIDED].set_index(["panel", "method", "horizon"])["crps"].unstack("method")
    return (1 - crps["ladder"] / crps["panels_alone"]).unstack("horizon")


if __name__ == "__main__":
    write(load_evidence())
