"""Answers on targets against the simulation that they stand on.

    python benchmarks/targets.py

Each answer is timed on one result of 20,000 draws given the evidence, every path kept, as a ratio to making
that result. Medians of interleaved rounds in one process, one thread of linear algebra, its processor time: a
busy machine does not make them longer. An answer that takes longer than `MOST` makes the run fail.
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from futian_model import (
    at_chance,
    effort,
    front,
    load_evidence,
    load_scenario,
    regret,
    settles,
    simulate,
    warning,
)
from futian_model.targets import Variable, together
from futian_model.targets.needs import needs

ROUNDS, DRAWS = 9, 20_000
MOST = 0.5
"""Seconds that an answer may take."""
TABLE = Path(__file__).with_suffix(".md")


def main() -> None:
    evidence = load_evidence()
    scenario = load_scenario("evidence_trend", evidence=evidence)
    states = {name: load_scenario(name, evidence=evidence) for name in ("evidence_trend", "stagnation")}
    gdp, per_head = evidence.goal("gdp_double_2035"), evidence.goal("gdp_per_capita_double_2035")

    def drawn():
        return simulate(scenario, evidence, draws=DRAWS, reading="given_evidence")

    result, year = drawn(), Variable("real_gdp", 2030)
    engines, leaving = (
        simulate(load_scenario(name, evidence=evidence), evidence, draws=DRAWS, reading=kind)
        for name, kind in (("three_engines", "given_evidence"), ("headquarters_leave", "given_scenario"))
    )
    both = [year, Variable("real_gdp_per_capita", 2030)]
    choices = (0.0, 0.01, 0.02)
    runs: dict[str, Callable[[], object]] = {
        "simulate": drawn,
        "at_chance, four chances": lambda: at_chance(result, year),
        "together, two variables": lambda: together(result, both, 0.7),
        "front, 21 pairs": lambda: front(result, gdp, per_head, 0.5),
        "warning, a half-year's growth": lambda: warning(result, evidence, gdp, "2026H1"),
        "settles": lambda: settles(result, evidence, per_head),
        "needs, three years of three levels": lambda: needs(result, evidence, (2026, 2030, 2035)),
        "effort, growth (one simulation)": lambda: effort(result, evidence, gdp, 0.8),
        "effort, population (one simulation)": lambda: effort(result, evidence, per_head, 0.8, "population"),
        "effort, investment (one simulation)": lambda: effort(
            engines, evidence, gdp, 0.8, "investment_share", bounds=(0.0, 0.3)
        ),
        "effort, headquarters entry given the scenario (three simulations)": lambda: effort(
            leaving, evidence, gdp, 0.8, "entry", bounds=(0.0, 0.3)
        ),
        "regret, 2 states, 3 choices (six simulations of 4,096)": lambda: regret(
            states, evidence, [gdp, per_head], "growth", choices
        ),
    }
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for run in runs.values():
        run()
    for _ in range(ROUNDS):
        for name, run in runs.items():
            start = time.process_time()
            run()
            taken[name].append(time.process_time() - start)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    lines = [
        "# Answers on targets against one simulation",
        "",
        f"{DRAWS:,} draws given the evidence, every path kept; medians of {ROUNDS} interleaved rounds,"
        f" one thread. An answer may take {MOST} seconds. Made by `python benchmarks/targets.py`.",
        "",
        "| answer | times the simulation | seconds here |",
        "|---|---|---|",
        *(
            f"| `{name.partition(',')[0]}`{name[len(name.partition(',')[0]) :]} |"
            f" {median / medians['simulate']:.2f} | {median:.3f} |"
            for name, median in medians.items()
        ),
    ]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    late = [name for name, median in medians.items() if name != "simulate" and median > MOST]
    if late:
        raise SystemExit(f"longer than {MOST} seconds: {', '.join(late)}")


if __name__ == "__main__":
    main()
