"""Reports a minute: `futian run` against the `papermill` and `jupyter nbconvert` commands.

The same notebook, scenarios and languages on both sides, bytecode compiled on both, one BLAS
thread a process. The baseline runs one report after the other, as the commands do. Rounds
alternate; medians and their ratio are printed, no absolute time is a verdict.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
SCENARIOS = ("evidence_trend", "plan_targets")
LANGS = ("zh", "en")


def called(*command: str | Path) -> None:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(command, cwd=ROOT, check=True, timeout=600, **quiet)


def commands(folder: Path) -> None:
    """Each report by the two commands, one after the other."""
    for scenario in SCENARIOS:
        for lang in LANGS:
            made = folder / f"{scenario}.{lang}.ipynb"
            given = ("-p", "scenario", scenario, "-p", "lang", lang)
            called(BIN / "papermill", "notebooks/scenario_report.ipynb", made, *given)
            called(BIN / "jupyter", "nbconvert", "--to", "futian-html", made)


def ours(folder: Path) -> None:
    """All reports, and their index, by one command."""
    called(BIN / "futian", "run", "--output", folder, *SCENARIOS)


def seconds(run: Callable[[Path], None]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        run(Path(folder))
        return time.perf_counter() - begun


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    rounds = options.parse_args().rounds
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    ours_first = [seconds(ours)]  # a warm-up, not counted
    times: dict[str, list[float]] = {"commands": [], "futian run": []}
    for _ in range(rounds):
        times["commands"].append(seconds(commands))
        times["futian run"].append(seconds(ours))
    reports = len(SCENARIOS) * len(LANGS)
    print(f"{os.cpu_count()} processors, {reports} reports, {rounds} rounds; first run {ours_first[0]:.1f} s")
    for name, taken in times.items():
        print(f"{name:<12} {60 * reports / statistics.median(taken):6.1f} reports a minute (median)")
    ratios = [slow / fast for slow, fast in zip(*times.values(), strict=True)]
    print(f"ratio        {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
