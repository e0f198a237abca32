"""Rows of the results table for a scenario's judgments; none where it has none."""

import pandas as pd

from futian_model import goals
from futian_model.drivers import Excess, judge
from futian_model.drivers.judgments import LEVEL
from futian_model.simulation import Result

JUDGMENTS = "judgments"
"""Reading of the rows; the indicator of a row is a judgment's name, its year the first that moves."""
SIZE = "standard deviations"
LEVEL_SIZE = "halves of the band"


def measure(excess: Excess) -> tuple[float, str]:
    """How far a judgment goes, and in what unit."""
    return (abs(excess.size), LEVEL_SIZE) if excess.rule == LEVEL else (excess.size, SIZE)


def judgment_rows(result: Result) -> pd.DataFrame:
    """Size of every judgment, what it adds to growth, and how far it goes beyond what is plausible.

    The row of the base year counts them, and those that are implausible.
    """
    judged = judge(result.scenario, result.calibration)
    rows: list[goals.Row] = []
    for one in judged:
        at = (one.name, one.judgment.start)
        rows += [
            (*at, "size", one.judgment.size, SIZE, "none"),
            (*at, "shock_sd", one.shock_sd, "fraction", "none"),
            (*at, "log_growth", one.log_growth, "fraction", "none"),
        ]
        for excess in one.beyond:
            rows.append((*at, f"beyond_{excess.rule}", *measure(excess), "none"))
    if judged:
        counts = {"count": len(judged), "implausible": sum(not one.plausible for one in judged)}
        base_year = int(result.years[0])
        rows += [(JUDGMENTS, base_year, name, float(n), "none", "none") for name, n in counts.items()]
    return goals.tidy(result.scenario.id, JUDGMENTS, rows)
