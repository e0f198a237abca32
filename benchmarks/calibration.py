"""One calibration of every driver, against local-level fits by statsmodels of three of its series.

    python benchmarks/calibration.py

The baseline is what an economist would run instead: `UnobservedComponents(y, "local level").fit()` on
real growth of nation and city and on the nation's deflator, the state-space model of the backtest, each
by maximum likelihood. Medians of interleaved rounds in one process, one thread of linear algebra.
"""

import statistics
import time
import warnings

import numpy as np

from futian_model.calibration import calibrate
from futian_model.evidence import load_evidence

ROUNDS = 9
SERIES = (("nation", "real_gdp_growth"), ("city", "real_gdp_growth"), ("nation", "gdp_deflator_growth"))


def main() -> None:
    from statsmodels.tools.sm_exceptions import ConvergenceWarning
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    evidence = load_evidence()
    paths = [
        100 * np.log1p(evidence.series(evidence.place(role), name, as_of="2021").table["value"][-30:])
        for role, name in SERIES
    ]

    def ours() -> None:
        calibrate(evidence, base_year=2020, horizon=2035, vintage="2021")

    def baseline() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            for path in paths:
                UnobservedComponents(path.to_numpy(), "local level").fit(disp=False)

    times: dict[str, list[float]] = {"calibrate": [], "three local levels": []}
    ours(), baseline()
    for _ in range(ROUNDS):
        for name, run in zip(times, (ours, baseline), strict=True):
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    for name, median in medians.items():
        print(f"{name:20} {1000 * median:7.1f} ms")
    print(f"ratio {medians['calibrate'] / medians['three local levels']:.2f}")


if __name__ == "__main__":
    main()
