"""Reports a minute of `futian run`, against papermill and nbconvert alone.

The same notebook, scenarios and pages on both sides, pictures included, bytecode compiled on both,
one thread of linear algebra a process. Baselines run one report after the other: as the two
commands, and as the same two libraries in one Python process. All rounds run in one go; ratios
count, absolute times are this machine's. Where others use the machine, the processor's time (user and
system) says more than the clock's: its ratio leaves out what several processors gain.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
NOTEBOOK = "notebooks/scenario_report.ipynb"
FORMATS = ("html", "pdf", "docx", "xlsx")
GRID = """\
id: many
title: {{zh: "测速", en: "Timed"}}
description: {{zh: 测速用。, en: For timing.}}
extends: evidence_trend
levers:
  growth: {{block: path, phases: [{{start: 2026, end: 2035, growth_rate: 0.05}}]}}
grid:
  {field}: [{values}]
"""


class Axis(NamedTuple):
    """What a grid varies: a lever of policy, or an assumption that changes every random draw."""

    field: str
    start: float
    step: float

    def values(self, count: int) -> list[str]:
        return [f"{self.start + at * self.step:g}" for at in range(count)]


LEVER = Axis("levers.growth.phases[0].growth_rate", 0.03, 0.0005)
WIDTH = Axis("assumptions.uncertainty.scale", 1.001, 0.001)
IN_PROCESS = """
import sys, papermill
from pathlib import Path
from futian_model.report import export
for value in sys.argv[2:]:
    given = {"scenario": sys.argv[1], "lang": "zh", "overrides": f"FIELD={value}"}
    made = papermill.execute_notebook("NOTEBOOK", None, given, progress_bar=False)
    Path(sys.argv[1]).with_suffix(".html").write_bytes(export(made, "html").content)
"""


class Taken(NamedTuple):
    """Seconds by the clock, and of the processor."""

    clock: float = 0.0
    processor: float = 0.0

    def plus(self, other: "Taken") -> "Taken":
        return Taken(self.clock + other.clock, self.processor + other.processor)

    def over(self, count: float) -> "Taken":
        return Taken(self.clock / count, self.processor / count)


def called(*command: str | Path) -> Taken:
    """What a command takes, with the processes it starts."""
    begun, used = time.perf_counter(), processor()
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=7200)
    if ended.returncode:
        raise RuntimeError(ended.stderr[-2000:])
    return Taken(time.perf_counter() - begun, processor() - used)


def processor() -> float:
    """Seconds of the processor that ended children have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def commands(file: Path, axis: Axis, count: int, langs: Sequence[str], formats: Sequence[str]) -> Taken:
    """Each report by `papermill` and one `jupyter nbconvert` a format."""
    taken = Taken()
    for value in axis.values(count):
        for lang in langs:
            made = file.with_name("made.ipynb")
            given = ("-p", "scenario", file, "-p", "lang", lang, "-p", "overrides", f"{axis.field}={value}")
            taken = taken.plus(called(BIN / "papermill", NOTEBOOK, made, *given))
            for one in formats:
                taken = taken.plus(called(BIN / "jupyter", "nbconvert", "--to", f"futian-{one}", made))
    return taken


def in_process(file: Path, axis: Axis, count: int) -> Taken:
    """Each report by the same two libraries, in one Python process."""
    program = IN_PROCESS.replace("FIELD", axis.field).replace("NOTEBOOK", NOTEBOOK)
    return called(sys.executable, "-c", program, file, *axis.values(count))


def ours(file: Path, folder: Path, *options: str) -> Taken:
    """All of them by one command, their index included."""
    return called(BIN / "futian", "run", file, "--output", folder, *options)


def told(name: str, each: Taken, against: Taken | None = None) -> None:
    """One line: seconds a report, and how many times the reports a minute of `against`."""
    ratio = ""
    if against is not None:
        clock, used = against.clock / each.clock, against.processor / each.processor
        ratio = f"  {clock:5.2f} times ({used:.2f} of processor)"
    print(f"{name:<58} {each.clock:7.3f} s a report ({each.processor:.2f} of processor){ratio}", flush=True)


def pages(folder: Path, axis: Axis, scenarios: int, baseline: int) -> None:
    """HTML of scenarios along an axis; ours before the baselines and after them, for machines tire."""
    file = written(folder, axis, scenarios)
    html = ("--lang", "zh", "--format", "html")
    fast = ours(file, folder / "before", *html)
    plain = commands(file, axis, baseline, ["zh"], ["html"]).over(baseline)
    one = in_process(file, axis, scenarios).over(scenarios)  # what it imports counts once, as ours does
    fast = fast.plus(ours(file, folder / "after", *html)).over(2 * scenarios)
    print(f"a grid of {axis.field}, html")
    told("  papermill and nbconvert commands", plain)
    told("  papermill and nbconvert in one process", one)
    told("  futian run, against the commands", fast, plain)
    told("  futian run, against one process", fast, one)
    lines = (folder / "after" / "run_log.jsonl").read_text("utf-8").splitlines()
    reports = [line for line in map(json.loads, lines) if line["event"] == "report"]
    whole, executing = (sum(line[key] for line in reports) for key in ("seconds", "executing"))
    print(f"  of a report's {whole / len(reports):.2f} s, {executing / whole:.0%} in the notebook")


def everything(folder: Path, axis: Axis, scenarios: int, baseline: int) -> None:
    """Every format in both languages; and the same batch again."""
    file = written(folder, axis, scenarios)
    slow = commands(file, axis, baseline, ["zh", "en"], FORMATS).over(baseline)
    full = ours(file, folder / "all").over(scenarios)
    told(f"commands, 4 formats, 2 languages ({baseline} scenarios)", slow)
    told(f"futian run, 4 formats, 2 languages ({scenarios} scenarios)", full, slow)
    again = ours(file, folder / "all").clock
    print(f"futian run again, nothing changed, {scenarios} scenarios: {again:.2f} s")


def written(folder: Path, axis: Axis, count: int) -> Path:
    """A scenario file with a grid."""
    file = folder / "many.yaml"
    file.write_text(GRID.format(field=axis.field, values=", ".join(axis.values(count))), "utf-8")
    return file


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scenarios", type=int, default=40, help="of the comparisons of pages")
    options.add_argument("--baseline", type=int, default=40, help="of them that the commands make")
    options.add_argument("--all", type=int, default=100, help="scenarios with every format and language")
    options.add_argument("--all-baseline", type=int, default=4, help="of them that the commands make")
    options.add_argument("--only", choices=("lever", "width", "all"), help="one comparison alone")
    given = options.parse_args()
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    print(f"{os.cpu_count()} processors")
    for name, axis in {"lever": LEVER, "width": WIDTH}.items():
        if given.only in (None, name):
            with tempfile.TemporaryDirectory(prefix="futian-bench-") as folder:
                pages(Path(folder), axis, given.scenarios, given.baseline)
    if given.only in (None, "all"):
        with tempfile.TemporaryDirectory(prefix="futian-bench-") as folder:
            everything(Path(folder), LEVER, given.all, given.all_baseline)
    return 0


if __name__ == "__main__":
    sys.exit(main())
