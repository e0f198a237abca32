"""Reports a minute of `futian run`, against papermill and nbconvert alone.

The same notebook, scenarios and pages on both sides, pictures included, bytecode compiled on both,
one thread of linear algebra a process. Baselines run one report after the other: as the two
commands, and as the same two libraries in one Python process. All rounds run in one go; ratios
count, absolute times are this machine's.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
NOTEBOOK = "notebooks/scenario_report.ipynb"
FORMATS = ("html", "pdf", "docx", "xlsx")
FIELD = "assumptions.uncertainty.scale"
GRID = """\
id: wide
title: {{zh: "趋势，不确定性×{{{field}}}", en: "Trend, uncertainty times {{{field}}}"}}
description: {{zh: 测速用。, en: For timing.}}
extends: evidence_trend
grid:
  {field}: [{values}]
"""
IN_PROCESS = """
import sys, papermill
from pathlib import Path
from futian_model.report import export
for value in sys.argv[2:]:
    given = {"scenario": sys.argv[1], "lang": "zh", "overrides": f"FIELD={value}"}
    made = papermill.execute_notebook("NOTEBOOK", None, given, progress_bar=False)
    Path(sys.argv[1]).with_suffix(".html").write_bytes(export(made, "html").content)
"""


def called(*command: str | Path) -> float:
    """Seconds a command takes."""
    begun = time.perf_counter()
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=7200)
    if ended.returncode:
        raise RuntimeError(ended.stderr[-2000:])
    return time.perf_counter() - begun


def commands(file: Path, values: Sequence[str], langs: Sequence[str], formats: Sequence[str]) -> float:
    """Each report by `papermill` and one `jupyter nbconvert` a format."""
    taken = 0.0
    for value in values:
        for lang in langs:
            made = file.with_name("made.ipynb")
            given = ("-p", "scenario", file, "-p", "lang", lang, "-p", "overrides", f"{FIELD}={value}")
            taken += called(BIN / "papermill", NOTEBOOK, made, *given)
            for one in formats:
                taken += called(BIN / "jupyter", "nbconvert", "--to", f"futian-{one}", made)
    return taken


def in_process(file: Path, values: Sequence[str]) -> float:
    """Each report by the same two libraries, in one Python process."""
    program = IN_PROCESS.replace("FIELD", FIELD).replace("NOTEBOOK", NOTEBOOK)
    return called(sys.executable, "-c", program, file, *values)


def ours(file: Path, folder: Path, *options: str) -> float:
    """All of them by one command, their index included."""
    return called(BIN / "futian", "run", file, "--output", folder, *options)


def told(name: str, seconds: float, reports: int, against: float | None = None) -> None:
    """One line: seconds a report, and how many times the reports a minute of `against`."""
    each = seconds / reports
    ratio = "" if against is None else f"  {against / each:5.2f} times"
    print(f"{name:<58} {each:7.3f} s a report, {60 / each:7.1f} a minute{ratio}", flush=True)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scenarios", type=int, default=40, help="of the first comparison")
    options.add_argument("--baseline", type=int, default=40, help="of them that the commands make")
    options.add_argument("--all", type=int, default=100, help="scenarios with every format and language")
    options.add_argument("--all-baseline", type=int, default=4, help="of them that the commands make")
    given = options.parse_args()
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    folder = Path(tempfile.mkdtemp(prefix="futian-bench-"))
    file = folder / "wide.yaml"
    values = [f"{1 + step / 1000:g}" for step in range(max(given.scenarios, given.all))]
    print(f"{os.cpu_count()} processors")
    try:
        file.write_text(GRID.format(field=FIELD, values=", ".join(values[: given.scenarios])), "utf-8")
        html = ("--lang", "zh", "--format", "html")
        few = values[: given.baseline]
        plain = commands(file, few, ["zh"], ["html"]) / len(few)
        every = values[: given.scenarios]  # what it imports counts once, as ours does
        one = in_process(file, every) / len(every)
        told("papermill and nbconvert commands, html", plain * len(few), len(few))
        told("papermill and nbconvert in one process, html", one * len(every), len(every))
        fast = ours(file, folder / "html", *html)
        told("futian run, html, against the commands", fast, given.scenarios, plain)
        told("futian run, html, against one process", fast, given.scenarios, one)
        lines = (folder / "html" / "run_log.jsonl").read_text("utf-8").splitlines()
        reports = [line for line in map(json.loads, lines) if line["event"] == "report"]
        whole, executing = (sum(line[key] for line in reports) for key in ("seconds", "executing"))
        print(f"  of a report's {whole / len(reports):.2f} s, {executing / whole:.0%} in the notebook")
        file.write_text(GRID.format(field=FIELD, values=", ".join(values[: given.all])), "utf-8")
        some = values[: given.all_baseline]
        slow = commands(file, some, ["zh", "en"], FORMATS) / len(some)
        full = ours(file, folder / "all")
        told(f"commands, 4 formats, 2 languages ({len(some)} scenarios)", slow * len(some), len(some))
        told(f"futian run, 4 formats, 2 languages ({given.all} scenarios)", full, given.all, slow)
        again = ours(file, folder / "all")
        print(f"futian run again, nothing changed, {given.all} scenarios: {again:.2f} s")
    finally:
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
