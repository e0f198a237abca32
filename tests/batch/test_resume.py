"""A batch goes on where another stopped: what is unchanged stands, what is not is made again."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from futian_model.batch import Outcome
from futian_model.batch.folder import manifest_of, untouched
from futian_model.batch.settings import TABLES
from futian_model.errors import FileFault
from futian_model.evidence import load_evidence
from futian_model.project import Project, find_project
from futian_model.report.verify import verify

from .conftest import Notebook, RunBatch

pytestmark = pytest.mark.thorough

ONCE = (
    "from pathlib import Path\nmade = Path('made.txt')\n"
    "with made.open('a') as marks: length = marks.write('x')"
)
"""A cell that leaves a mark outside the report each time that it runs."""


def statuses(outcomes: list[Outcome]) -> list[str]:
    return [outcome.status for outcome in outcomes]


def runs(project: Project) -> int:
    return len((project.root / "made.txt").read_text())


def log(project: Project) -> list[dict[str, object]]:
    return [json.loads(line) for line in (project.outputs / "run_log.jsonl").read_text("utf-8").splitlines()]


def test_what_is_unchanged_is_not_run_again(
    project: Project, notebook: Notebook, run_batch: RunBatch
) -> None:
    notebook(ONCE)
    assert statuses(run_batch("plan_targets", "stagnation", langs=("zh", "en"))) == ["made", "made"]
    before = {file: file.read_bytes() for file in project.outputs.rglob("*.*") if file.suffix != ".jsonl"}
    assert runs(project) == 4
    assert statuses(run_batch("plan_targets", "stagnation", langs=("zh", "en"))) == ["unchanged"] * 2
    assert statuses(run_batch("plan_targets", langs=("zh",))) == ["unchanged"]
    assert runs(project) == 4
    for file, content in before.items():
        assert file.name == "index.html" or file.read_bytes() == content
    assert statuses(run_batch("plan_targets", force=True)) == ["made"]
    assert runs(project) == 5


@pytest.mark.parametrize(
    "changed", ["scenario", "baseline", "data", "notebook", "seed", "language", "report"]
)
def test_a_change_of_anything_it_hangs_on_runs_it_again(
    project: Project, notebook: Notebook, run_batch: RunBatch, changed: str
) -> None:
    file = notebook(ONCE)
    assert statuses(run_batch("stagnation")) == ["made"]
    more: dict[str, object] = {}
    if changed in ("scenario", "baseline"):
        name = {"scenario": "stagnation", "baseline": "evidence_trend"}[changed]
        edited = project.params / f"{name}.yaml"
        edited.write_text(edited.read_text("utf-8").replace("run:", "run:") + "# a line more\n", "utf-8")
        assert statuses(run_batch("stagnation")) == ["unchanged"]  # a remark is no change
        text = edited.read_text("utf-8")
        edited.write_text(text.replace("  zh: ", "  zh: 又", 1), "utf-8")
    elif changed == "data":
        package = project.data / "datapackage.json"
        package.write_text(package.read_text("utf-8") + "\n", "utf-8")
    elif changed == "notebook":
        file.write_text(file.read_text("utf-8").replace("made.txt", "./made.txt"), "utf-8")
    elif changed == "seed":
        more["seed"] = 7
    elif changed == "language":
        more["langs"] = ("zh", "en")
    else:
        (project.outputs / "stagnation" / "stagnation.zh.html").write_text("mine", "utf-8")
    (outcome,) = run_batch("stagnation", **more)
    assert (outcome.status, outcome.fault) == ("made", None)
    assert (outcome.kept is not None) == (changed == "report")


def test_a_kernel_that_died_once_is_replaced(
    project: Project, notebook: Notebook, run_batch: RunBatch
) -> None:
    notebook(ONCE, "import os\nif len(made.read_text()) == 1: os.kill(os.getpid(), 9)")
    (outcome,) = run_batch("stagnation")
    assert (outcome.fault, outcome.attempts) == (None, 2)
    (outcome,) = run_batch("plan_targets", retries=0)
    assert outcome.attempts == 1


def test_the_first_failure_is_the_last_with_fail_fast(
    project: Project, notebook: Notebook, run_batch: RunBatch
) -> None:
    notebook("if 'plan' in scenario: raise ValueError('no')\nimport time; time.sleep(2)")
    outcomes = run_batch("plan_targets", "stagnation", "three_engines", fail_fast=True, jobs=1)
    assert statuses(outcomes) == ["failed", "skipped", "skipped"]
    assert outcomes[1].fault == "not begun, since another report had failed (--fail-fast)"
    assert statuses(run_batch("stagnation")) == ["made"]


def test_the_log_says_what_was_done(project: Project, notebook: Notebook, run_batch: RunBatch) -> None:
    notebook("if 'plan' in scenario: raise ValueError('no')")
    run_batch("plan_targets", "stagnation")
    run_batch("stagnation")
    told = log(project)
    assert [line["event"] for line in told] == ["begin", "report", "report", "end", "begin", "report", "end"]
    by_id = {line["id"]: line for line in told[1:3]}
    assert by_id["plan_targets"]["status"] == "failed"
    assert "ValueError: no" in str(by_id["plan_targets"]["fault"])
    assert (by_id["stagnation"]["status"], by_id["stagnation"]["file"]) == ("made", "params/stagnation.yaml")
    assert told[3]["counts"] == {"made": 1, "unchanged": 0, "failed": 1, "skipped": 0}
    assert told[5]["status"] == "unchanged"
    assert len({line["run"] for line in told}) == 2


def test_a_log_that_cannot_be_written_is_told_once_and_stops_nothing(
    project: Project, notebook: Notebook, run_batch: RunBatch, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook("report.cover()")
    (project.outputs / "run_log.jsonl").mkdir(parents=True)
    assert statuses(run_batch("stagnation")) == ["made"]
    told = [line for line in capsys.readouterr().err.splitlines() if "run_log.jsonl" in line]
    assert told == [f"{project.outputs / 'run_log.jsonl'}: Is a directory; not logged"]


def test_two_batches_on_one_folder(project: Project, notebook: Notebook, run_batch: RunBatch) -> None:
    on = project.root / "on"
    notebook(f"import pathlib, time\nwhile not pathlib.Path({str(on)!r}).exists(): time.sleep(0.1)")
    first = started(project, "stagnation")
    try:
        wait(lambda: (project.outputs / "run_log.jsonl").exists())
        with pytest.raises(FileFault, match="another batch is writing to this folder"):
            run_batch("plan_targets")
        on.touch()
        assert first.wait(120) == 0
    finally:
        first.kill()
        first.wait()
    assert untouched(project.outputs / "stagnation")
    assert statuses(run_batch("stagnation")) == ["unchanged"]


def test_a_killed_batch_leaves_whole_reports_and_goes_on(
    project: Project, notebook: Notebook, run_batch: RunBatch
) -> None:
    notebook("import time, os\ntime.sleep(0 if 'stagnation' in scenario else 600)")
    batch = started(project, "stagnation", "plan_targets")
    try:
        wait(lambda: (project.outputs / "stagnation" / "manifest.json").exists())
    finally:
        batch.send_signal(signal.SIGKILL)
        batch.wait()
    assert untouched(project.outputs / "stagnation")
    html = (project.outputs / "stagnation" / "stagnation.zh.html").read_bytes()
    assert verify(html, "stagnation.zh.html", load_evidence(project)).sound
    leftover = project.outputs / ".new-plan_targets-x"
    leftover.mkdir()
    notebook("print('quick')")
    again = started(project, "stagnation", "plan_targets")
    assert again.wait(240) == 0
    assert not leftover.exists()
    held = {path.name for path in project.outputs.iterdir()}
    assert held == {
        *TABLES,
        ".lock",
        "datapackage.json",
        "index.html",
        "manifest.json",
        "plan_targets",
        "run_log.jsonl",
        "stagnation",
    }


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 6 MB, where this machine lets one be made."""
    folder = tmp_path / "small"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder], capture_output=True, text=True
    )
    if made.returncode:
        pytest.skip(f"without a file system of their own (run as root: {made.stderr.strip()})")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_fails_what_does_not_fit_and_the_rest_is_resumed(
    project: Project, notebook: Notebook, run_batch: RunBatch, small_disk: Path
) -> None:
    notebook("report.cover()")
    filler = small_disk / "filler"
    (first,) = run_batch("stagnation", outputs=small_disk)
    assert first.fault is None
    free = shutil.disk_usage(small_disk).free
    filler.write_bytes(b"x" * (free - (200 << 10)))
    outcomes = run_batch("stagnation", "plan_targets", outputs=small_disk)
    assert statuses(outcomes) == ["unchanged", "failed"]
    assert outcomes[1].fault == "the report cannot be written: No space left on device"
    assert untouched(small_disk / "stagnation")
    assert not [path for path in small_disk.iterdir() if path.name.startswith(".new-")]
    filler.unlink()
    assert statuses(run_batch("stagnation", "plan_targets", outputs=small_disk)) == ["unchanged", "made"]


def test_a_folder_that_cannot_be_written_is_told_before_the_work(
    project: Project, notebook: Notebook, run_batch: RunBatch, small_disk: Path
) -> None:
    notebook(ONCE)
    run_batch("stagnation", outputs=small_disk)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(OSError, match="Read-only file system"):
        run_batch("plan_targets", outputs=small_disk)
    assert runs(project) == 1
    manifest = manifest_of(small_disk / "stagnation")
    assert manifest is not None
    assert untouched(small_disk / "stagnation")


def started(project: Project, *files: str) -> subprocess.Popen[bytes]:
    """`futian run` in a process of its own, to Chinese pages, with few draws."""
    options = ["--lang", "zh", "--format", "html", "--draws", "20"]
    command = [sys.executable, "-m", "futian_model.cli", "run", *options, *files]
    path = str(find_project(Path(__file__).parent).root)
    return subprocess.Popen(command, cwd=project.root, env={**os.environ, "PYTHONPATH": path})


def wait(until: Callable[[], bool], seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end
        time.sleep(0.05)
