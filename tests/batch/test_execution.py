"""One notebook in a real kernel: what it returns, and how each kind of failure is told."""

import sys
import time
from pathlib import Path

import nbformat
import pytest

from futian_model.batch.execution import NotebookFault, execute
from futian_model.errors import FileFault
from futian_model.kernels.nursery import Nursery

PARAMETERS = 'lang: str = "zh"'


def written(folder: Path, *cells: str) -> Path:
    code = [nbformat.v4.new_code_cell(source) for source in cells]
    head = nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    file = folder / "trial.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[head, *code], metadata={"kernelspec": kernel}), file)
    return file


def test_a_notebook_runs_with_its_parameters_in_the_folder_given(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    notebook = written(tmp_path, "import os\nprint(lang, os.path.basename(os.getcwd()))")
    before = notebook.read_bytes()
    executed = execute(notebook, {"lang": "en"}, tmp_path / "here", name="trial.en.ipynb")
    assert executed.cells[-1].outputs[0].text == "en here\n"
    assert notebook.read_bytes() == before
    assert str(tmp_path) not in nbformat.writes(executed)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("ratio = 1 / 0", "cell 3 (ratio = 1 / 0): ZeroDivisionError: division by zero"),
        (
            "raise ValueError('two\\nlines')",
            "cell 3 (raise ValueError('two\\nlines')): ValueError: two lines",
        ),
        ("import sys\nsys.exit(3)", "cell 3 (import sys): SystemExit: 3"),
        (
            "import os; os._exit(1)",
            "cell 3 (import os; os._exit(1)): the kernel ended itself with exit code 1",
        ),
        ("import time; time.sleep(600)", "cell 3 (import time; time.sleep(600)): still running after 5 s"),
        ("while True: pass", "cell 3 (while True: pass): still running after 5 s"),
        ("input()", "cell 3 (input()): StdinNotImplementedError: "),
    ],
)
def test_a_failure_names_cell_and_reason(tmp_path: Path, nursery: Nursery, cell: str, told: str) -> None:
    notebook = written(tmp_path, "first = 1", cell, "last = 1")
    begun = time.monotonic()
    with pytest.raises(NotebookFault) as raised:
        execute(notebook, {}, tmp_path, name="trial.ipynb", seconds=5, nursery=nursery)
    assert str(raised.value).startswith(told)
    assert raised.value.cell == 3
    assert time.monotonic() - begun < 60


def test_the_time_is_that_of_the_whole_notebook(tmp_path: Path, nursery: Nursery) -> None:
    notebook = written(tmp_path, *["import time; time.sleep(3)"] * 4)
    with pytest.raises(NotebookFault, match="still running after 6 s"):
        execute(notebook, {}, tmp_path, name="trial.ipynb", seconds=6, nursery=nursery)


def test_a_hundred_megabytes_of_output_are_not_kept(tmp_path: Path, nursery: Nursery) -> None:
    notebook = written(tmp_path, "for _ in range(100): print('x' * (1 << 20))")
    with pytest.raises(NotebookFault, match="more than 64 MB of output"):
        execute(notebook, {}, tmp_path, name="trial.ipynb", nursery=nursery)


@pytest.mark.parametrize(
    "kernelspec",
    [
        {"name": "econ-py39", "display_name": "Econ"},
        {"name": "ir", "display_name": "R", "language": "R"},
        None,
    ],
    ids=["of another environment", "of another language", "none"],
)
def test_a_notebook_runs_in_the_librarys_own_kernel(
    tmp_path: Path, nursery: Nursery, kernelspec: dict[str, str] | None
) -> None:
    notebook = written(tmp_path, "import sys\nprint(lang, sys.executable)")
    held = nbformat.read(notebook, 4)
    held.metadata = {} if kernelspec is None else {"kernelspec": kernelspec}
    nbformat.write(held, notebook)
    executed = execute(notebook, {"lang": "en"}, tmp_path, name="trial.ipynb", nursery=nursery)
    assert executed.cells[-1].outputs[0].text == f"en {sys.executable}\n"
    assert executed.metadata.kernelspec.name == "python3"


def test_a_cell_may_fail_that_says_so(tmp_path: Path, nursery: Nursery) -> None:
    notebook = written(tmp_path, "1 / 0", "print('last')")
    held = nbformat.read(notebook, 4)
    held.cells[1].metadata["tags"] = ["raises-exception"]
    nbformat.write(held, notebook)
    executed = execute(notebook, {}, tmp_path, name="trial.ipynb", nursery=nursery)
    assert executed.cells[-2].outputs[0].ename == "ZeroDivisionError"
    assert executed.cells[-1].outputs[0].text == "last\n"


UNTAGGED = nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("lang = 'zh'")]))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (UNTAGGED, "no cell tagged parameters"),
        ("", "no notebook of Jupyter"),
        ("[]", "no notebook of Jupyter"),
        ('{"cells": null, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "no notebook of Jupyter"),
        ('{"cells": [1], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "no notebook of Jupyter"),
        ("[" * 100_000, "no notebook of Jupyter"),
    ],
    ids=["no tag", "empty", "a list", "no cells", "a cell that is none", "deep"],
)
def test_what_takes_no_parameters_is_told_before_any_work(tmp_path: Path, text: str, told: str) -> None:
    notebook = tmp_path / "trial.ipynb"
    notebook.write_text(text, "utf-8")
    with pytest.raises(FileFault, match=f"trial.ipynb: .*{told}"):
        execute(notebook, {}, tmp_path, name="trial.ipynb")
