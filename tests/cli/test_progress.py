"""The words of progress on a terminal while a batch works, and their absence elsewhere."""

import io
from pathlib import Path

import pytest

from futian_model.batch import Outcome, Settings
from futian_model.cli import running
from futian_model.project import Project


class Terminal(io.StringIO):
    """A place to print that may be a terminal."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize("terminal", [True, False])
def test_a_terminal_hears_what_is_being_done(
    terminal: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = Terminal(terminal=terminal)
    monkeypatch.setattr("sys.stderr", printed)
    with running.Progress(Settings(tmp_path, ("en",)), Project(tmp_path)) as progress:
        progress.begin(1)
        progress.step("stagnation.zh")
        progress(Outcome("stagnation", {}))
    told = printed.getvalue()
    stages = ("reading figures and scenarios", "executing notebooks", "stagnation.zh is there")
    assert [stage in told for stage in stages] == [terminal] * 3
    assert "stagnation: stagnation\n" in told
    assert not progress.clock.is_alive()


def test_the_clock_goes_on_while_nothing_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = Terminal(terminal=True)
    monkeypatch.setattr("sys.stderr", printed)
    monkeypatch.setattr(running, "TICK", 0.01)
    with running.Progress(Settings(tmp_path, ("en",)), Project(tmp_path)) as progress:
        before = printed.tell()
        while printed.tell() == before:
            progress.ended.wait(0.01)
