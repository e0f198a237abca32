"""Warnings against figures put in: the chance foreseen, and the chance once everything is simulated again.

    python benchmarks/warnings.py

A hundred simulated histories of the figures to come; each figure is put in as an outturn and read again.
"""

import sys
import time
from dataclasses import replace
from pathlib import Path

from futian_model import load_evidence, load_scenario, simulate
from futian_model.targets.signals import GROWTH, PEOPLE

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
from trials import BAR, WITHIN, Awaited, reliability, trials

HISTORIES, DRAWS = 100, 10_000
TABLE = Path(__file__).with_suffix(".md")


def main() -> None:
    evidence = load_evidence()
    scenario = load_scenario("evidence_trend", evidence=evidence)
    gdp, per_head = evidence.goal("gdp_double_2035"), evidence.goal("gdp_per_capita_double_2035")
    # the plan's goal on the share is over: half of GDP by 2030 stands for the next one
    share = replace(evidence.goal("headquarters_share_2025"), year=2030, value=0.5)
    awaited = [
        Awaited(gdp, "2026", GROWTH),
        Awaited(per_head, "2026H1", GROWTH),
        Awaited(per_head, "2026", PEOPLE),
        Awaited(share, "2026", share.indicator),
    ]
    start = time.process_time()
    result = simulate(scenario, evidence, draws=DRAWS, reading="given_evidence")
    table = reliability(trials(result, evidence, awaited, range(HISTORIES)))
    taken = time.process_time() - start
    lines = [
        "# Warnings against figures put in",
        "",
        f"{HISTORIES} simulated histories of each figure, {DRAWS:,} draws; a chance foreseen may be off by"
        f" {100 * WITHIN:.0f} points, in {100 * BAR:.0f} of 100. Made by `python benchmarks/warnings.py` in"
        f" {taken / 60:.0f} minutes of one processor.",
        "",
        "| goal | figure | within | mean miss, points | largest | chances that came |",
        "|---|---|---|---|---|---|",
        *(
            f"| `{row.goal}`, {year} | `{row.indicator}` {row.period} | {100 * row.within:.0f}% |"
            f" {100 * row.miss:.1f} | {100 * row.largest:.1f} |"
            f" {100 * row.low:.0f} to {100 * row.high:.0f}% |"
            for row, year in zip(table.itertuples(), (each.goal.year for each in awaited), strict=True)
        ),
    ]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
