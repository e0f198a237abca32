"""An executor is one module and a line of the list: a made-up one runs a batch from the command line."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self

import pytest

from futian_model.batch.executors import EXECUTORS, Place, executor_for
from futian_model.batch.jobs import Job, Made
from futian_model.batch.making import make
from futian_model.batch.settings import Settings
from futian_model.cli import main
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.project import Project
from futian_model.scenario import Scenario

from .conftest import Notebook


class OneByOne:
    """Notebooks one after the other, each in a kernel of its own."""

    expected: list[str]

    def __init__(self, project: Project, settings: Settings) -> None:
        self.project = project

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        pass

    def expect(self, scenarios: Sequence[Scenario], evidence: Evidence) -> None:
        OneByOne.expected = [scenario.id for scenario in scenarios]

    def __call__(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Made]]:
        for job in jobs:
            yield job, make(job, self.project.root)


def test_an_executor_is_a_module_and_a_line(
    project: Project,
    notebook: Notebook,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    script = "from IPython.display import HTML"
    notebook("report.cover()", script, "HTML('<script>draw()</script>')")
    monkeypatch.setitem(EXECUTORS, "one_by_one", Place(f"{__name__}.OneByOne"))
    monkeypatch.chdir(project.root)
    asked = ["run", "stagnation", "--lang", "en", "--format", "html", "--executor", "one_by_one"]
    assert main(asked) == 0
    assert OneByOne.expected == ["stagnation"]
    # what no report shows is said as well
    assert capsys.readouterr().err.count("stagnation: cell 6 (HTML('<script>draw()</script>')): ") == 1
    assert (project.outputs / "stagnation" / "stagnation.en.html").is_file()


def test_an_executor_that_is_not_there_is_told(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="unknown locl; did you mean local"):
        executor_for(project, Settings(tmp_path, ("zh",), executor="locl"))
    monkeypatch.setitem(EXECUTORS, "cloud", Place("not_installed.Cloud", package="cloud"))
    allowed = "executor = 'cloud'; allowed: local, or cloud once it is installed: pip install cloud"
    with pytest.raises(InputError, match=allowed):
        executor_for(project, Settings(tmp_path, ("zh",), executor="cloud"))
