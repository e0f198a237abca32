"""Rows of the results table for a scenario's judgments; none where it has none."""

import pandas as pd

from futian_model.drivers import Excess, judge
from futian_model.drivers.judgments import LEVEL
from futian_model.results import Row, tidy
from futian_model.simulation import Result

JUDGMENTS = "judgments"
"""Reading of the rows; the indicator of a row is a judgment's name, its year the first that moves."""
SIZE, LEVEL_SIZE = "deviations", "half_bands"
"""Units: standard deviations, and halves of the band."""


def measure(excess: Excess) -> tuple[float, str]:
    """How far a judgment goes, and in what unit."""
    return (abs(excess.size), LEVEL_SIZE) if excess.rule == LEVEL else (excess.size, SIZE)


def judgment_rows(result: Result) -> pd.DataFrame:
    """Size of every judgment, what it adds to growth, and how far it goes beyond what is plausible.

    The row of the base year counts them, and those that are implausible.
    """
    judged = judge(result.scenario, result.calibration)
    rows = []
    for one in judged:
        at = (one.name, one.judgment.start)
        rows += [
            Row(*at, "size", one.judgment.size, SIZE),
            Row(*at, "shock_sd", one.shock_sd, "fraction"),
            Row(*at, "log_growth", one.log_growth, "fraction"),
        ]
        for excess in one.beyond:
            rows.append(Row(*at, f"beyond_{excess.rule}", *measure(excess)))
    if judged:
        counts = {"count": len(judged), "implausible": sum(not one.plausible for one in judged)}
        base_year = int(result.years[0])
        rows += [Row(JUDGMENTS, base_year, name, float(n), "count") for name, n in counts.items()]
    return tidy(result.scenario.id, JUDGMENTS, rows, result.place)
