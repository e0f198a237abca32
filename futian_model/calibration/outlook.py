"""What others expect of the nation year by year, the latest word of each, beside the method's own medians."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from futian_model.calibration.frames import LADDER, quantile_rows
from futian_model.calibration.ladder import Posterior
from futian_model.calibration.plausibility import yearly
from futian_model.calibration.trends import Frame, growth_and_prices, population
from futian_model.evidence import Evidence
from futian_model.evidence.figures import month
from futian_model.results import Row, case, tidy

OUTLOOK = "outlook"
"""Reading of the rows on what others expect year by year."""
GROWTH, PRICES, PEOPLE = "real_gdp_growth", "gdp_deflator_growth", "population_growth"
FRESH = 5
"""Years before the vintage from which an edition still says what its body expects."""
IMF, IMF_SOURCE = "imf", "imf_weo"
"""Body of the forecasts in `weo_forecasts`, and their source."""
NAMES = ["body", "name_zh", "name_en"]
COLUMNS = [*NAMES, "edition", "year", "growth"]


def outlook(setting: Frame, indicator: str) -> pd.DataFrame:
    """What every body expects of the nation in each year, by its latest edition that says anything of it.

    Years that were over at the vintage are left out, and so are editions more than `FRESH` years old.

    Parameters
    ----------
    setting : Frame
        Figures, years, and the vintage up to which editions count.
    indicator : str
        ``"real_gdp_growth"``, ``"gdp_deflator_growth"`` or ``"population_growth"``.

    Returns
    -------
    DataFrame
        A row a body and year: columns body, name_zh, name_en, edition (when published), year, growth (a
        fraction; the middle of a range without a central figure).
    """
    asked = (OUTLOOK, indicator, str(setting.base_year), str(setting.horizon), setting.vintage)
    return setting.evidence.once(asked, lambda: _outlook(setting, indicator)).copy()


def _outlook(setting: Frame, indicator: str) -> pd.DataFrame:
    evidence, vintage, last = setting.evidence, setting.vintage, setting.horizon
    first = max(setting.base_year + 1, int(vintage[:4]))
    rows = evidence.paths if indicator == GROWTH else evidence.other_paths
    own = (rows["geo"] == setting.place(0)) & (rows["body"] != "") & (rows["indicator"] == indicator)
    table = expected(rows[own], first, last)
    if indicator == GROWTH and evidence.economy:
        table = pd.concat([table, imf(evidence, first, last)], ignore_index=True)
    table["age"] = month(vintage) - table["edition"].map(month).astype(int)
    counting = table[(table["age"] >= 0) & (table["age"] <= 12 * FRESH)]
    latest = counting.sort_values(["body", "year", "age"]).drop_duplicates(["body", "year"])
    return latest[COLUMNS].astype({"year": int, "growth": float}).reset_index(drop=True)


def expected(rows: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Published paths year by year, every edition."""
    years = np.arange(first, last + 1)
    tables = [
        pd.DataFrame({"year": years, "growth": yearly(path, first, last)[1]}).assign(**of_body(path))
        for _, path in rows.groupby("path", sort=False)
    ]
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=COLUMNS)
    return table.dropna(subset="growth")[COLUMNS]


def of_body(path: pd.DataFrame) -> Mapping[str, Any]:
    """Whose a path is, and when it was published."""
    row = path.iloc[0]
    names = {"name_zh": row["body_zh"], "name_en": row["body_en"]}
    return {"body": row["body"], **names, "edition": row["vintage"]}


def imf(evidence: Evidence, first: int, last: int) -> pd.DataFrame:
    """Forecasts of the International Monetary Fund, every edition."""
    table = evidence.forecasts(evidence.economy)
    table = table[(table["year"] >= first) & (table["year"] <= last)]
    source = evidence.sources.loc[IMF_SOURCE]
    names = {"name_zh": source["publisher_zh"], "name_en": source["publisher_en"]}
    return table.assign(body=IMF, **names)[COLUMNS]


def gaps(table: pd.DataFrame, median: "pd.Series[float]") -> pd.DataFrame:
    """How far each body's expectations lie from the method's own median, in the years that both tell of.

    Parameters
    ----------
    table : DataFrame
        As `outlook`.
    median : Series
        Median growth by year.

    Returns
    -------
    DataFrame
        A row a body, the highest first: columns body, name_zh, name_en, edition (the latest), first, last,
        growth and median (means over these years), gap (the one less the other), fractions a year.
    """
    both = table.assign(median=table["year"].map(median)).dropna(subset="median")
    by_body = both.assign(age=both["edition"].map(month)).sort_values("age").groupby(NAMES, sort=False)
    bodies = by_body.agg(
        edition=("edition", "last"),
        first=("year", "min"),
        last=("year", "max"),
        growth=("growth", "mean"),
        median=("median", "mean"),
    )
    bodies = bodies.assign(gap=bodies["growth"] - bodies["median"])
    return bodies.reset_index().sort_values(["gap", "body"], ascending=[False, True], ignore_index=True)


def nation(frame: Frame, indicator: str) -> Posterior:
    """Growth of GDP, prices or people as the evidence has it, place by place, the nation first."""
    if indicator == PEOPLE:
        return population(frame)[0].ladders[0].posterior
    economy = growth_and_prices(frame)
    return (economy.prices if indicator == PRICES else economy.state.ladders[0]).posterior


def medians(setting: Frame, indicator: str) -> "pd.Series[float]":
    """Median growth of the nation by year, fractions."""
    posterior = nation(setting, indicator)
    return pd.Series(np.expm1(posterior.mean[0]), posterior.years)


def frame(setting: Frame, scenario: str) -> pd.DataFrame:
    """What others expect of the nation, and how far that is from its medians, as rows of the results table.

    Parameters
    ----------
    setting : Frame
        Figures, years and vintage.
    scenario : str
        Of every row.

    Returns
    -------
    DataFrame
        Columns as in `results.COLUMNS`, fractions a year. Of each body ``expected`` in every year, and in
        the last of its years ``mean``, ``median`` and ``gap``, as `gaps` gives them; of all bodies the mean
        ``gap`` and their number, ``bodies``, in the last of all years. Quantiles of the nation's prices and
        people, where others tell of them, are rows of `LADDER`.
    """
    place = setting.place(0)
    rows, ahead = [], []
    for indicator in (GROWTH, PRICES, PEOPLE):
        table = outlook(setting, indicator)
        if table.empty:
            continue
        if indicator != GROWTH:  # whose rows `ladder_frame` makes
            first = int(table["year"].min())
            ahead += quantile_rows(indicator, place, first, *nation(setting, indicator).of(0, first))
        under = ("fraction", "constant" if indicator == GROWTH else "none")
        rows += [
            Row(indicator, year, "expected", growth, *under, case(body=body), None, place)
            for body, year, growth in table[["body", "year", "growth"]].itertuples(index=False)
        ]
        apart = gaps(table, medians(setting, indicator))
        rows += [
            Row(indicator, row["last"], statistic, row[column], *under, case(body=row["body"]), None, place)
            for row in apart.to_dict("records")
            for statistic, column in (("mean", "growth"), ("median", "median"), ("gap", "gap"))
        ]
        whole, last = case(place=place), int(apart["last"].max())
        rows.append(Row(indicator, last, "gap", float(apart["gap"].mean()), *under, whole, None, place))
        rows.append(Row(indicator, last, "bodies", len(apart), "count", "none", whole, None, place))
    return pd.concat([tidy(scenario, OUTLOOK, rows), tidy(scenario, LADDER, ahead)], ignore_index=True)
