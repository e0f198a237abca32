"""How far each result moves per unit of each lever, at the scenario."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from futian_model.drivers import Drivers
from futian_model.evidence import Evidence
from futian_model.growth import Floats
from futian_model.scenario import Scenario
from futian_model.sensitivity.inputs import allowed
from futian_model.sensitivity.setting import setting

UNIT = 0.01
"""One percentage point: of growth a year, of GDP for investment, of the base year's value added for entry."""
STEP = 1e-4
"""Half the distance of the two runs a slope is taken from; its error is of the order of its square."""


def lever_index(
    scenario: Scenario, evidence: Evidence | None = None, results: Sequence[str] | None = None
) -> pd.DataFrame:
    """Effect of one more point of each lever, in every year, on each result.

    A slope at the scenario: central differences of the path without shocks, where a lever stands at an
    end of its range one-sided ones of the same order. A point of log growth over fifteen years moves GDP
    by 15 % so measured, by 16 % once it is compounded.

    Parameters
    ----------
    results : sequence of str, optional
        Indicators; real GDP, GDP per capita and every share when left out.

    Returns
    -------
    DataFrame
        Columns lever, indicator, year (those of the plan's goals, and the last), effect (in the
        indicator's unit) and relative (over its value; of a share the effect itself).

    Raises
    ------
    InputError
        The scenario cannot be run, or an indicator is not simulated.
    """
    asked = setting(scenario, evidence)
    driven, model = asked.driven, asked.response
    wanted = asked.results(results)
    rows = []
    for lever in driven.levers:
        at, weights = around(driven, lever)
        paths = model.paths({lever: np.append(at, 0.0)}, wanted)
        for name in wanted:
            for year in asked.years:
                values = paths[name][:, asked.position(year)]
                # less the scenario's own value, so that what a lever does not move is exactly zero
                effect = float(weights @ (values[:-1] - values[-1])) * UNIT
                relative = effect if name in driven.base.shares else effect / float(values[-1])
                rows.append((lever, name, year, effect, relative))
    return pd.DataFrame(rows, columns=["lever", "indicator", "year", "effect", "relative"])


def around(driven: Drivers, lever: str, step: float = STEP) -> tuple[Floats, Floats]:
    """Where the model is run, on both sides of the scenario, or on one where the other is out of bounds.

    Beside it how the values are put together to its slope.
    """
    low, high = allowed(driven, lever)
    if low <= -step and high >= step:
        return np.array([-step, step]), np.array([-1.0, 1.0]) / (2 * step)
    side = 1.0 if high >= 2 * step else -1.0
    return side * step * np.arange(3.0), side * np.array([-3.0, 4.0, -1.0]) / (2 * step)
