"""Whose uncertainty makes how much of a result's variance: Sobol indices, through SALib."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.growth import Floats
from futian_model.scenario import Scenario
from futian_model.sensitivity.inputs import RANGE, Uncertain
from futian_model.sensitivity.setting import setting

SAMPLES, SEED = 1024, 2020
COLUMNS = ["input", "indicator", "year", "first", "first_conf", "total", "total_conf"]
Model = Callable[[Mapping[str, Floats]], Mapping[str, Floats]]


def sobol(
    scenario: Scenario,
    evidence: Evidence | None = None,
    samples: int = SAMPLES,
    *,
    seed: int = SEED,
    ranges: Mapping[str, tuple[float, float]] | None = None,
    results: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Part of each result's variance in the last year that each uncertain input accounts for.

    Over the inputs of `uncertain`, taken as independent, on the path without shocks: yearly shocks would
    put the noise of the draws into the indices.

    Parameters
    ----------
    samples : int
        A power of two; the model runs ``samples (inputs + 2)`` times.
    ranges : mapping of str to (float, float), optional
        As `tornado` has them; every value between the ends is as likely.

    Returns
    -------
    DataFrame
        Columns input, indicator, year, first (by itself) and total (with what it does together with
        others), fractions of the variance, each with the half-width of its 95 % confidence interval. A
        result that no input moves has no rows.

    Raises
    ------
    InputError
        The scenario cannot be run, nothing about it is uncertain, or `samples` is no power of two.
    """
    asked = setting(scenario, evidence)
    wanted, at = asked.results(results), asked.position(asked.last)

    def model(values: Mapping[str, Floats]) -> dict[str, Floats]:
        paths = asked.response.paths(values, wanted)
        return {name: path[:, at] for name, path in paths.items()}

    table = indices(asked.uncertain(ranges), model, samples, seed)
    return table.assign(year=asked.last)[COLUMNS]


def indices(inputs: Sequence[Uncertain], model: Model, samples: int, seed: int) -> pd.DataFrame:
    """First-order and total indices of every output of a model, by input.

    Parameters
    ----------
    inputs : sequence of Uncertain
    model : callable
        From values of the inputs, each of shape (n,), to outputs of shape (n,).
    """
    if samples < 2 or samples & (samples - 1):
        raise InputError("samples", samples, "a power of two, 2 or more")
    if not inputs:
        raise InputError("inputs", "none", "at least one input that is uncertain")
    # SALib brings matplotlib and pandas along: only where it is used
    from SALib.analyze import sobol as analyse
    from SALib.sample import sobol as sample

    problem: dict[str, Any] = {
        "num_vars": len(inputs),
        "names": [quantity.name for quantity in inputs],
        "bounds": [
            [0.0, 1.0] if quantity.kind == RANGE else list(quantity.parameters) for quantity in inputs
        ],
        "dists": ["unif" if quantity.kind == RANGE else quantity.kind for quantity in inputs],
    }
    drawn = sample.sample(problem, samples, calc_second_order=False, seed=seed)
    values = {
        quantity.name: quantity.at(column) if quantity.kind == RANGE else column
        for quantity, column in zip(inputs, drawn.T, strict=True)
    }
    rows = []
    for name, output in model(values).items():
        if np.ptp(output) <= 1e-12 * np.abs(output).max():  # no variance, nothing to share out
            continue
        analysis = analyse.analyze(problem, output, calc_second_order=False, seed=seed)
        columns = (analysis[key] for key in ("S1", "S1_conf", "ST", "ST_conf"))
        for quantity, *measures in zip(inputs, *columns, strict=True):
            rows.append((quantity.name, name, *map(float, measures)))
    return pd.DataFrame(rows, columns=[column for column in COLUMNS if column != "year"])
