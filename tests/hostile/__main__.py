"""`python -m tests.hostile`: inputs made by seed, and a table of what came of them.

Each number of a family is the same input always: `python -m tests.hostile --family keys --number 17`.
"""

import argparse
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from futian_model.evidence import keep, load_evidence
from futian_model.project import Project, find_project
from tests.hostile import commands, delivered, notebooks, scenarios, tables  # noqa: F401
from tests.hostile.attack import BAD, OUTCOMES, Bound, Ground, outcome
from tests.hostile.delivered import files
from tests.hostile.workers import Result, bounded, each

SHARES = {
    "structure": 14,
    "keys": 12,
    "text": 9,
    "size": 4,
    "semantics": 18,
    "grids": 6,
    "set": 8,
    "cells": 9,
    "rows": 4,
    "encodings": 2,
    "packages": 8,
    "notebooks": 4,
    "command lines": 5,
    "delivered files": 5,
}
"""Parts of all inputs by family."""
MOST_TOLD = 3
"""Faults of one kind that are told in full."""


def main() -> int:
    """Run, print, and fail on any bad outcome."""
    options = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    options.add_argument("--inputs", type=int, default=10_000, help="how many, of all families together")
    options.add_argument("--family", action="append", choices=SHARES, help="may be repeated")
    options.add_argument("--number", type=int, help="this one of the family alone, in this process")
    options.add_argument("--every", action="store_true", help="print what came of every input")
    asked = options.parse_args()
    families = asked.family or list(SHARES)
    here = find_project(Path(__file__).parent)
    keep(load_evidence(here))
    made = {}
    if {"notebooks", "delivered files"} & set(families):
        # a library that sets type keeps threads, which a worker forked from this process would wait for
        with multiprocessing.get_context("fork").Pool(1) as pool:
            made = pool.apply(files)
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        prepare = prepared(here, Path(folder), made)
        if asked.number is not None:
            print(*bounded(prepare(), (families[0], asked.number), Bound), sep="\n")
            return 0
        whole = sum(SHARES[family] for family in families)
        counts = {family: -(-asked.inputs * SHARES[family] // whole) for family in families}
        tasks = [(family, number) for family in families for number in range(counts[family])]
        seen, told = Counter[tuple[str, str]](), Counter[tuple[str, str, str]]()
        for (family, number), (name, came, said) in each(tasks, prepare, os.cpu_count() or 1, Bound):
            seen[family, came] += 1
            told[family, name, came] += 1
            if asked.every or (came in BAD and told[family, name, came] <= MOST_TOLD):
                print(f"{family} {number} ({name}): {came}: {said[:3000]}", flush=True)
    print(table(families, seen))
    return int(any(seen[family, came] for family in families for came in BAD))


def prepared(
    here: Project, folder: Path, made: dict[str, bytes]
) -> Callable[[], Callable[[str, int], Result]]:
    """What gives each worker a project of its own."""

    def prepare() -> Callable[[str, int], Result]:
        root = Path(tempfile.mkdtemp(dir=folder))
        for name in ("data", "params", "notebooks"):
            shutil.copytree(getattr(here, name), root / name)
        os.chdir(root)
        sys.stdin = open(os.devnull)  # noqa: SIM115
        project = Project(root)
        evidence = load_evidence(project)
        ground = Ground(project, evidence, scenarios.first_year(evidence), made)
        return lambda family, number: outcome(family, number, ground)

    return prepare


def table(families: list[str], seen: Counter[tuple[str, str]]) -> str:
    """Counts by family and outcome."""
    heads = ["family", "inputs", *OUTCOMES]
    rows = [
        [family, sum(seen[family, came] for came in OUTCOMES), *(seen[family, came] for came in OUTCOMES)]
        for family in families
    ]
    rows.append(["all", *(sum(int(row[at]) for row in rows) for at in range(1, len(heads)))])
    cells = [heads, *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(heads))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in cells
    )


if __name__ == "__main__":
    sys.exit(main())
