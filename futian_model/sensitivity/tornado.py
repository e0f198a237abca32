"""How far each result swings over the range of each uncertain input, one at a time."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from futian_model.evidence import Evidence
from futian_model.scenario import Scenario
from futian_model.sensitivity.setting import setting

COLUMNS = ["input", "indicator", "year", "low", "high", "at_low", "central", "at_high", "swing"]


def tornado(
    scenario: Scenario,
    evidence: Evidence | None = None,
    ranges: Mapping[str, tuple[float, float]] | None = None,
    results: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Results of the last year with each input at the low and at the high end of its range.

    The ranges hold eight in ten of the values that `uncertain` states: of a driver the long-run estimate
    of the calibration, taken as a departure from the scenario's path of so much in every year; of the
    groups' number and sizes what the scenario states.

    Parameters
    ----------
    ranges : mapping of str to (float, float), optional
        Ends for a lever, as what is added to its path a year, in place of the calibration's.
    results : sequence of str, optional
        Indicators; real GDP, GDP per capita and every share when left out.

    Returns
    -------
    DataFrame
        A row an indicator and input, within an indicator the widest swing first. Columns input,
        indicator, year, low and high (ends of the input), at_low, central and at_high (the indicator),
        swing (distance of the two).

    Raises
    ------
    InputError
        The scenario cannot be run, or a range is none.
    """
    asked = setting(scenario, evidence)
    wanted, at = asked.results(results), asked.position(asked.last)
    still = asked.response.paths({"growth": np.zeros(1)}, wanted)
    rows = []
    for quantity in asked.uncertain(ranges):
        paths = asked.response.paths({quantity.name: np.array(quantity.ends)}, wanted)
        for name in wanted:
            low, high = paths[name][:, at].tolist()
            row = (quantity.name, name, asked.last, *quantity.ends, low, float(still[name][0, at]), high)
            rows.append((*row, abs(high - low)))
    table = pd.DataFrame(rows, columns=COLUMNS)
    order = table["indicator"].map(wanted.index)
    placed = table.assign(order=order).sort_values(["order", "swing"], ascending=[True, False], kind="stable")
    return placed[COLUMNS].reset_index(drop=True)
