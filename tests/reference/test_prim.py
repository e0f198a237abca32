"""The peeling of another library, on the same draws."""

import numpy as np
import pytest

from futian_model.sensitivity.prim import judged, peel

# ema_workbench 2.5.3, Prim(threshold=0.8, peel_alpha=0.05, mass_min=0.05): step, coverage, density, draws
EMA = [
    (1, 1.0, 0.2938, 2485),
    (2, 1.0, 0.3659, 1995),
    (10, 0.9918, 0.5485, 1320),
    (22, 0.7808, 0.8028, 710),
    (30, 0.5945, 0.9254, 469),
    (35, 0.3644, 0.9638, 276),
    (40, 0.2849, 0.9858, 211),
]


def test_the_trajectory_of_ema_workbench():
    chance = np.random.default_rng(20200101)
    inputs = np.column_stack([chance.standard_normal((3000, 4)), chance.integers(0, 6, 3000)])
    noise = chance.standard_normal(3000)
    outcome = (inputs[:, 0] + 0.3 * inputs[:, 1] + 0.4 * noise < -0.4) & (inputs[:, 4] >= 2)
    boxes = list(peel(inputs, outcome, least=0.05))
    for step, coverage, density, inside in EMA:
        fit = judged(boxes[step], inputs, outcome)
        assert (fit.coverage, fit.density) == pytest.approx((coverage, density), abs=5e-5)
        assert fit.inside == inside
