"""Kernels forked from a nursery: the same outputs as cold ones, and nothing shared that should not be."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from futian_model.batch.execution import KernelDied, execute
from futian_model.kernels.nursery import THREADS, Nursery
from futian_model.kernels.provisioner import forkable
from futian_model.project import Project, find_project

ROOT = find_project(Path(__file__).parent).root
PLOT = (
    "import matplotlib.pyplot as plt, seaborn as sns, pandas as pd\n"
    "frame = pd.DataFrame({'year': [2020, 2021, 2022], 'y': [1.0, 2.5, 2.0]})\n"
    "sns.lineplot(frame, x='year', y='y')\nplt.title('GDP')\nplt.show()\nframe"
)
PARENTS = "import os\nprint(open(f'/proc/{os.getppid()}/cmdline').read())"
Written = Callable[..., Path]


def outputs(notebook: NotebookNode) -> list[Any]:
    return [cell.get("outputs", []) for cell in notebook.cells]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(*cells: str) -> Path:
        code = [nbformat.v4.new_code_cell(source) for source in cells]
        head = nbformat.v4.new_code_cell("lang: str = 'zh'", metadata={"tags": ["parameters"]})
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        file = tmp_path / "trial.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=[head, *code], metadata={"kernelspec": kernel}), file)
        return file

    return write


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cold kernel has the environment of this process, with one thread for linear algebra."""
    monkeypatch.delenv("MPLBACKEND", raising=False)
    for name in THREADS:
        monkeypatch.setenv(name, "1")


def run(notebook: Path, nursery: Nursery | None, **more: Any) -> NotebookNode:
    return execute(notebook, {"lang": "en"}, ROOT, name="trial.ipynb", nursery=nursery, **more)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_report_is_byte_for_byte_that_of_a_cold_kernel(nursery: Nursery, lang: str) -> None:
    file, asked = ROOT / "notebooks" / "scenario_report.ipynb", {"lang": lang, "scenario": "external_shock"}
    warm, cold = (execute(file, asked, ROOT, name="x.ipynb", nursery=one) for one in (nursery, None))
    assert outputs(warm) == outputs(cold)
    assert "image/svg" in nbformat.writes(warm) or "<svg" in nbformat.writes(warm)


def test_pictures_of_pyplot_and_the_environment_are_those_of_a_cold_kernel(
    nursery: Nursery, written: Written
) -> None:
    environment = (
        "import os, sys\nprint(sorted(os.environ.keys() - {'PYTEST_CURRENT_TEST', 'PYTEST_VERSION'}))\n"
        "print(sys.path, os.getcwd(), __name__)"
    )
    notebook = written(PLOT, environment, "import threading\nprint(threading.active_count())")
    warm, cold = run(notebook, nursery), run(notebook, None)
    assert [one.output_type for one in outputs(warm)[2]] == ["display_data", "execute_result"]
    assert outputs(warm)[2] == outputs(cold)[2]
    assert outputs(warm)[3:] == outputs(cold)[3:]


def test_kernels_are_processes_of_their_own_with_random_numbers_of_their_own(
    nursery: Nursery, written: Written
) -> None:
    notebook = written(
        "import numpy, random, os\nprint(os.getpid(), numpy.random.rand(), random.random())", PARENTS
    )
    first, second = run(notebook, nursery), run(notebook, nursery)
    one, other = (outputs(made)[2][0].text.split() for made in (first, second))
    assert all(a != b for a, b in zip(one, other, strict=True))
    assert "futian_model.kernels.forking" in outputs(first)[3][0].text
    assert "futian_model.kernels.forking" not in outputs(run(notebook, None))[3][0].text


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "the kernel was ended by SIGKILL"),
        ("import ctypes; ctypes.string_at(0)", "the kernel was ended by SIGSEGV"),
        ("import os; os._exit(7)", "the kernel ended itself with exit code 7"),
    ],
)
def test_a_kernel_that_dies_is_told_and_harms_no_other(
    nursery: Nursery, written: Written, cell: str, told: str
) -> None:
    with pytest.raises(KernelDied) as raised:
        run(written(cell), nursery)
    assert told in str(raised.value)
    assert outputs(run(written("print(1 + 1)"), nursery))[2][0].text == "2\n"


def test_without_its_nursery_a_kernel_is_started_cold(written: Written) -> None:
    with Nursery() as short:
        pass
    assert "forking" not in outputs(run(written(PARENTS), short))[2][0].text


def test_a_rehearsal_that_fails_is_told_and_kernels_are_forked_all_the_same(
    written: Written, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with Nursery() as own:
        own.rehearse(Project(tmp_path / "gone"), [{"scenario": "trend_2021", "lang": "zh"}])
        made = run(written(PARENTS), own)
    assert "futian_model.kernels.forking" in outputs(made)[2][0].text
    assert "nothing is worked out beforehand: FileNotFoundError" in capfd.readouterr().err


@pytest.mark.parametrize("drawn", [True, False])
def test_a_report_with_a_section_that_says_nothing_is_rehearsed_whole(
    written: Written, capfd: pytest.CaptureFixture[str], drawn: bool
) -> None:
    """A baseline has no chapter on why it differs."""
    with Nursery() as own:
        own.rehearse(
            find_project(ROOT), [{"scenario": "evidence_trend", "lang": "zh", "draws": 50}], drawn=drawn
        )
        run(written(PARENTS), own)
    assert capfd.readouterr().err == ""


def test_a_nursery_takes_its_kernels_with_it(written: Written, tmp_path: Path) -> None:
    told = tmp_path / "pid"
    notebook = written(f"import os, time\nopen({str(told)!r}, 'w').write(str(os.getpid()))\ntime.sleep(120)")
    program = (
        "import sys\nfrom pathlib import Path\nfrom futian_model.batch.execution import execute\n"
        "from futian_model.kernels.nursery import Nursery\n"
        "with Nursery() as nursery:\n"
        "    execute(Path(sys.argv[1]), {}, Path('.'), name='x.ipynb', nursery=nursery)\n"
    )
    batch = subprocess.Popen([sys.executable, "-c", program, str(notebook)], cwd=ROOT)
    try:
        wait(lambda: told.exists() and told.read_text() != "")
        kernel = int(told.read_text())
        nursery = int(Path(f"/proc/{kernel}/stat").read_text().rsplit(")", 1)[1].split()[1])
        assert b"forking" in Path(f"/proc/{nursery}/cmdline").read_bytes()
    finally:
        batch.send_signal(signal.SIGKILL)
        batch.wait()
    wait(lambda: not alive(kernel) and not alive(nursery))


def test_only_a_kernel_of_this_python_is_forked() -> None:
    own = [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "x.json"]
    assert forkable(own) == ["ipykernel_launcher", "-f", "x.json"]
    assert forkable(["/usr/bin/other", *own[1:]]) is None
    assert forkable([sys.executable, "-m", "bash_kernel", "-f", "x.json"]) is None
    assert forkable([]) is None


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]


def wait(until: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end
        time.sleep(0.05)
