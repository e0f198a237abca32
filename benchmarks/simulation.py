"""Draws, model and statistics, against the random numbers alone, a plain loop and ModelFlow.

    python benchmarks/simulation.py            # writes benchmarks/simulation.md
    pip install "ModelFlowIb==2.82"            # optional: adds its row

The floor is the time to fill buffers with exactly the variates that the draws use, from the same
generators, in the same order. The plain loop is what one writes first: one path at a time, year by year.
ModelFlow (the World Bank's model toolbox) solves an equal recursive model, once a replication. Medians of
interleaved rounds in one process, one thread of linear algebra.
"""

import argparse
import math
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from futian_model import load_evidence, load_scenario, simulate, uncertainty
from futian_model.drivers import drivers
from futian_model.simulation import calibrated
from futian_model.simulation.odds import Count
from futian_model.simulation.run import Maker, Run
from futian_model.uncertainty import BLOCK

READING = "given_scenario"
PINNED = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
SIZES = (1_000, 10_000, 114_688, 1_000_000, 10_000_000)
PROFILED = 114_688
LOOPED, REPLICATIONS = 300, 100
"""Paths of the plain loop and of ModelFlow that are timed; their cost a path does not depend on it."""
TABLE = Path(__file__).with_suffix(".md")


class Bench:
    """One scenario, drawn in four ways."""

    def __init__(self) -> None:
        self.evidence = load_evidence()
        self.scenario = load_scenario("evidence_trend", evidence=self.evidence)
        self.calibration = calibrated(self.scenario, self.evidence)
        self.driven = drivers(self.scenario, self.evidence, self.calibration, READING)
        self.goals = self.evidence.quantified_goals()

    def run(self, draws: int, workers: int = 1) -> Run:
        return Run(self.scenario, self.driven, self.calibration, 1, READING, draws, workers)

    def raw(self, draws: int) -> None:
        """The variates alone: a gamma and, for each driver, a normal a path and year."""
        made = self.run(draws)
        out = np.empty((BLOCK, made.years))
        for block, length in made.parts:
            paths = out[:length]
            freedom = self.scenario.assumptions.uncertainty.degrees_of_freedom
            uncertainty.stream(1, "mixing", block).standard_gamma(freedom / 2, out=paths)
            for name in made.trends:
                uncertainty.stream(1, name, block).standard_normal(out=paths)

    def model(self, draws: int, workers: int = 1) -> None:
        """Draws and every indicator, nothing kept."""
        made = self.run(draws, workers)
        made.each(lambda maker, block, length: [None for _ in maker.chunks(block, length)], made.parts)

    def full(self, draws: int, workers: int = 1) -> None:
        """And seven quantiles of every series, chances of the goals, years first reached."""
        made = self.run(draws, workers)
        found = made.streamed(made.aims(self.goals, strict=False))
        for name in found.indicators:
            found.quantiles(name, LEVELS)
        for aim in found.counted.aims:
            found.counted.odds(aim)

    def shocks(self, draws: int) -> None:
        """The variates turned into departures of log levels, no model."""
        made = self.run(draws)
        for block, length in made.parts:
            for _ in made.maker().shocks.chunks(block, length):
                pass

    def goals_alone(self, draws: int) -> None:
        """Draws, every indicator, and the goals counted, no quantiles."""
        made = self.run(draws)
        counted = Count(made.aims(self.goals, strict=False), made.years)

        def count(maker: Maker, block: int, length: int) -> None:
            for _, found in maker.chunks(block, length):
                counted.add(found)

        made.each(count, made.parts)

    def loop(self, draws: int) -> None:
        """One path at a time, year by year, in plain Python."""
        made = self.run(draws)
        base, centre, years = self.driven.base, self.driven.centre, made.years
        shapes = {name: trend.shocks.tolist() for name, trend in made.trends.items()}
        chance = np.random.default_rng(1)
        (share,) = base.shares
        for _ in range(draws):
            bad = [math.sqrt(3 / chance.chisquare(5)) for _ in range(years)]
            steps = {name: [chance.standard_normal() * one for one in bad] for name in shapes}
            logs = dict.fromkeys(shapes, 0.0)
            stock = base.year_end_population
            for year in range(years):
                for name, shape in shapes.items():
                    shock = sum(shape[year][at] * steps[name][at] for at in range(year + 1))
                    logs[name] += float(centre[name][year]) + shock
                gdp, prices = base.gdp * math.exp(logs["growth"]), math.exp(logs["deflator"])
                later = base.year_end_population * math.exp(logs["population"])
                average, stock = (stock + later) / 2, later
                start = base.shares[share]
                odds = math.log(start / (1 - start)) + logs[share]
                part = 1 / (1 + math.exp(-odds))
                nominal = gdp * prices
                _ = (gdp / average, nominal / average, part * nominal, nominal - part * nominal)


def modelflow(bench: Bench) -> Callable[[int], None] | None:
    """The same recursion in ModelFlow; None where it is not installed."""
    if find_spec("modelclass") is None:
        return None
    import warnings

    import pandas as pd

    warnings.simplefilter("ignore")
    from modelclass import model

    drivers_ = {"growth": "GDP", "population": "POP", "deflator": "PRICES", "share": "ODDS"}
    lines = [f"FRML <> S{key} = RHO*S{key}(-1)+E{key} $" for key in drivers_.values()]
    lines += [f"FRML <> {key} = {key}(-1)*EXP(C{key}+S{key}) $" for key in drivers_.values()]
    lines += [
        "FRML <> NOMINAL = GDP*PRICES $",
        "FRML <> AVERAGE = (POP+POP(-1))/2 $",
        "FRML <> HEAD = GDP/AVERAGE $",
        "FRML <> NHEAD = NOMINAL/AVERAGE $",
        "FRML <> SHARE = ODDS/(1+ODDS) $",
        "FRML <> PART = SHARE*NOMINAL $",
        "FRML <> REST = NOMINAL-PART $",
    ]
    made = model("\n".join(lines))
    base, centre = bench.driven.base, bench.driven.centre
    (share,) = base.shares
    first, last = int(bench.scenario.years[0]), int(bench.scenario.years[-1])
    frame = pd.DataFrame(0.0, index=range(first, last + 1), columns=sorted(made.allvar))
    frame["RHO"] = 0.3
    start = base.shares[share]
    frame.loc[first, ["GDP", "POP", "PRICES", "ODDS"]] = [
        base.gdp,
        base.year_end_population,
        1.0,
        start / (1 - start),
    ]
    for name, key in drivers_.items():
        frame.loc[first + 1 :, f"C{key}"] = centre[share if name == "share" else name]
    shocks = [f"E{key}" for key in drivers_.values()]
    chance = np.random.default_rng(1)

    def run(replications: int) -> None:
        for _ in range(replications):
            drawn = frame.copy()
            drawn.loc[first + 1 :, shocks] = chance.normal(0, 0.02, (last - first, len(shocks)))
            made(drawn, first + 1, last, silent=1)

    return run


def medians(runs: dict[str, Callable[[], None]], rounds: int) -> dict[str, float]:
    """Median seconds of each run over interleaved rounds."""
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for run in runs.values():
        run()
    for _ in range(rounds):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


def peak(draws: int) -> float:
    """Megabytes at the peak above what the interpreter holds after one small run, everything imported."""
    code = (
        "from pathlib import Path; from futian_model import load_evidence, load_scenario, simulate\n"
        "evidence = load_evidence(); scenario = load_scenario('evidence_trend', evidence=evidence)\n"
        "simulate(scenario, evidence, draws=10, keep=False)\n"
        "def held(name):\n"
        "    lines = Path('/proc/self/status').read_text().splitlines()\n"
        "    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024\n"
        "Path('/proc/self/clear_refs').write_text('5')  # the peak begins anew\n"
        "before = held('VmRSS')\n"
        f"simulate(scenario, evidence, draws={draws}, keep=False)\n"
        "print(held('VmHWM') - before)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def import_seconds(*modules: str) -> float:
    """Seconds of processor time that importing takes, median of five fresh interpreters."""
    code = "import " + ", ".join(modules)
    taken = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(taken)


def report(bench: Bench, sizes: tuple[int, ...], rounds: int) -> list[str]:
    """The table, line by line."""
    cores = os.cpu_count()
    lines = [
        "# Simulation against the random numbers alone",
        "",
        f"{platform.machine()}, {cores} cores, Python {platform.python_version()}, NumPy {np.__version__};"
        f" scenario evidence_trend, ten indicators over fifteen years, medians of {rounds} interleaved"
        " rounds, one thread unless said otherwise. Made by `python benchmarks/simulation.py`.",
        "",
        "| draws | random numbers, ns a path | draws and model | + quantiles, chances, first years"
        f" | the same with {cores} threads | MB above the interpreter |",
        "|---|---|---|---|---|---|",
    ]
    for draws in sizes:
        found = medians(
            {
                "raw": partial(bench.raw, draws),
                "model": partial(bench.model, draws),
                "full": partial(bench.full, draws),
                "threads": partial(bench.full, draws, cores or 1),
            },
            min(rounds, 5) if draws > 1_000_000 else rounds,
        )
        ratios = " | ".join(f"{found[name] / found['raw']:.2f}" for name in ("model", "full", "threads"))
        lines.append(f"| {draws:,} | {found['raw'] / draws * 1e9:.0f} | {ratios} | {peak(draws):.0f} |")
        print(lines[-1], flush=True)
    lines += ["", *profile(bench, rounds), "", *others(bench, rounds), "", *imports()]
    return lines


def profile(bench: Bench, rounds: int) -> list[str]:
    """Where the time of one size goes, part by part, each from what it adds to the one before."""
    steps = {
        "random numbers": bench.raw,
        "mixed, correlated and cumulated to log levels": bench.shocks,
        "ten indicators of every year": bench.model,
        "goals: met, when first, by how much missed": bench.goals_alone,
        "histograms and means of every series and year": bench.full,
    }
    found = medians({name: partial(step, PROFILED) for name, step in steps.items()}, rounds)
    lines = [f"| {PROFILED:,} draws, one thread | ns a path | share |", "|---|---|---|"]
    before, whole = 0.0, max(found.values())
    for name, seconds in found.items():
        lines.append(
            f"| {name} | {(seconds - before) / PROFILED * 1e9:.0f} | {(seconds - before) / whole:.2f} |"
        )
        before = seconds
    return lines


def others(bench: Bench, rounds: int) -> list[str]:
    """The plain loop and ModelFlow, a path, against the core."""
    ready = bench.run(1_000).maker()  # as ModelFlow's model is ready before its replications

    def core_alone() -> None:
        for _ in ready.chunks(0, 1_000):
            pass

    runs: dict[str, Callable[[], None]] = {
        "core": core_alone,
        "raw": partial(bench.raw, 1_000),
        "call": partial(simulate, bench.scenario, bench.evidence, draws=1_000),
        "loop": partial(bench.loop, LOOPED),
    }
    flow = modelflow(bench)
    if flow is not None:
        runs["flow"] = partial(flow, REPLICATIONS)
    found = medians(runs, rounds)
    core = found["core"] / 1_000
    lines = [
        "| 1,000 replications | times as long as draws and model in a core that is set up |",
        "|---|---|",
        f"| the random numbers alone | {found['raw'] / found['core']:,.2f} |",
        f"| `simulate`, with set-up and every path kept | {found['call'] / found['core']:,.1f} |",
        f"| plain Python loop | {found['loop'] / LOOPED / core:,.0f} |",
    ]
    if flow is None:
        return [*lines, "| ModelFlow | not installed |"]
    told = f"ModelFlow {metadata.version('ModelFlowIb')}"
    flow_alone = found["flow"] / REPLICATIONS
    most = flow_alone / (found["raw"] / 1_000)
    return [
        *lines,
        f"| {told} | {flow_alone / core:,.0f} |",
        f"| {told}, were the core to cost nothing but its random numbers | {most:,.0f} |",
    ]


def imports() -> list[str]:
    """What importing costs beyond numpy and pandas."""
    floor = import_seconds("numpy", "pandas")
    package = import_seconds("numpy", "pandas", "futian_model") - floor
    simulating = import_seconds("numpy", "pandas", "futian_model.simulation") - floor
    charts = import_seconds("numpy", "pandas", "futian_model.charts") - floor
    return [
        "| import, seconds of processor time beyond numpy and pandas | |",
        "|---|---|",
        f"| `futian_model` | {max(package, 0):.2f} |",
        f"| with `futian_model.simulation` | {simulating:.2f} |",
        f"| with its plotting, `futian_model.charts` | {max(charts, 0):.2f} |",
    ]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--rounds", type=int, default=7, help="rounds a median is of (default 7)")
    asked.add_argument("--most", type=int, default=max(SIZES), help="most draws (default 10 million)")
    given = asked.parse_args()
    if not PINNED.items() <= os.environ.items():  # read when NumPy is imported, so begin again
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **PINNED})
    lines = report(Bench(), tuple(size for size in SIZES if size <= given.most), given.rounds)
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
