"""One calibration, loading all evidence, and two commands on one scenario, each against what it rests on.

    python benchmarks/calibration.py

A calibration of every driver against what an economist would run instead: local-level fits by statsmodels of
real growth of nation and city and of the nation's deflator (`UnobservedComponents(y, "local level").fit()`),
the state-space model of the backtest, each by maximum likelihood. Loading against pandas reading the same
files without checking a cell. `futian check` and `futian goal` of one scenario against a process that only
imports pandas, scipy and pydantic, which no command does without; seconds of processor and of the clock.
Medians of interleaved rounds, one thread of linear algebra.
"""

import os
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from futian_model.calibration import calibrate
from futian_model.evidence import load_evidence

ROUNDS, STARTS = 9, 3
SERIES = (("nation", "real_gdp_growth"), ("city", "real_gdp_growth"), ("nation", "gdp_deflator_growth"))
CALIBRATED, FITTED = "calibrate", "three local levels"
LOADED, READ = "load all evidence", "pandas reads its files"
IMPORTS = ("-c", "import pandas, pydantic, scipy.special")
SCENARIO = "evidence_trend"
COMMANDS = {
    "futian check": ("-m", "futian_model.cli", "check", SCENARIO),
    "futian goal": ("-m", "futian_model.cli", "goal", SCENARIO, "--goal", "gdp_double_2035"),
}


def local_levels() -> Callable[[], None]:
    """Fits of three series by statsmodels."""
    from statsmodels.tools.sm_exceptions import ConvergenceWarning
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    evidence = load_evidence()
    paths = [
        100 * np.log1p(evidence.series(evidence.place(role), name, as_of="2021").table["value"][-30:])
        for role, name in SERIES
    ]

    def fits() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            for path in paths:
                UnobservedComponents(path.to_numpy(), "local level").fit(disp=False)

    return fits


def medians(runs: Mapping[str, Callable[[], object]], clock: Callable[[], float]) -> dict[str, float]:
    """Median seconds of each, in interleaved rounds, the first not counted."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for counted in range(ROUNDS + 1):
        for name, run in runs.items():
            start = clock()
            run()
            if counted:
                times[name].append(clock() - start)
    return {name: statistics.median(taken) for name, taken in times.items()}


def started(arguments: tuple[str, ...]) -> tuple[float, float]:
    """Seconds of processor and of the clock that a process of Python takes."""
    before, start = os.times(), time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return used, time.perf_counter() - start


def main() -> None:
    evidence = load_evidence()
    files = [evidence.project.data / name for name in evidence.fingerprints if name.endswith(".csv")]
    runs: dict[str, Callable[[], object]] = {
        CALIBRATED: lambda: calibrate(load_evidence(), base_year=2020, horizon=2035, vintage="2026-11"),
        FITTED: local_levels(),
        LOADED: load_evidence,
        READ: lambda: [pd.read_csv(file, dtype=str) for file in files],
    }
    taken = medians(runs, time.process_time)
    taken[CALIBRATED] -= taken[LOADED]  # each calibration has evidence of its own, nothing worked out yet
    for name, seconds in taken.items():
        print(f"{name:24} {1000 * seconds:7.1f} ms of processor")
    print(f"ratio of a calibration   {taken[CALIBRATED] / taken[FITTED]:.2f}")
    print(f"ratio of loading         {taken[LOADED] / taken[READ]:.2f}")
    bare = [started(IMPORTS) for _ in range(STARTS)]
    least = [statistics.median(values) for values in zip(*bare, strict=True)]
    print(f"{'imports alone':24} {least[0]:7.2f} s of processor, {least[1]:.2f} s")
    for name, arguments in COMMANDS.items():
        told = [started(arguments) for _ in range(STARTS)]
        used, clock = (statistics.median(values) for values in zip(*told, strict=True))
        ratios = f"ratio {used / least[0]:.2f}, {clock / least[1]:.2f}"
        print(f"{name:24} {used:7.2f} s of processor, {clock:.2f} s; {ratios}")


if __name__ == "__main__":
    main()
