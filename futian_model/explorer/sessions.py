"""Sessions kept in a file beside the project: back after a closed tab, and after the kernel has ended."""

import atexit
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock, Timer
from typing import Any

from futian_model import files
from futian_model.errors import InputError
from futian_model.explorer.session import Explorer, Moment, Run
from futian_model.explorer.state import State
from futian_model.kernels import OWN_SERVER
from futian_model.project import Project
from futian_model.scenario import Scenario
from futian_model.scenario.complete import read_back

FOLDER = ".explorer"
VERSION = 1
REST = 1.0
"""Seconds after which a change is written, so that a dragged slider is written once."""


KEEPERS: dict[Path, "Keeper"] = {}
"""Of this process, the latest by file: it writes before another one reads."""


def place(project: Project, scenario: Scenario) -> Path:
    """The file of the sessions that open on a scenario."""
    return project.outputs.parent / FOLDER / f"{scenario.id}.json"


class Keeper:
    """Keeps one session in its file.

    Parameters
    ----------
    explorer : Explorer
        Just opened; what its file holds is brought back to it.
    file : Path

    Attributes
    ----------
    restored : bool
        Whether something was brought back.
    unread : list of str
        Names of runs that cannot be read on today's figures; they stay in the file.
    fault : str
        Why the session cannot be kept, if so.
    """

    def __init__(self, explorer: Explorer, file: Path) -> None:
        self.explorer, self.file = explorer, file
        self.opened = explorer.space.start
        self.restored, self.fault = False, ""
        self.starts = [self.opened]
        self.strange: list[dict[str, Any]] = []
        self.lock = Lock()
        self.timer: Timer | None = None
        self.written = ""
        if file in KEEPERS:
            KEEPERS[file].flush()
        KEEPERS[file] = self
        try:
            self.restore(json.loads(self.read()))
        except OSError:
            pass  # there is none
        except (ValueError, KeyError, TypeError):
            with suppress(OSError):
                files.move(file, files.free(file))
        self.names = {run.name for run in explorer.runs}
        self.latest = self.moment = explorer.moment
        atexit.register(self.flush)

    @property
    def unread(self) -> list[str]:
        return [str(run["name"]) for run in self.strange]

    def read(self) -> str:
        """What the file holds."""
        content = self.file.read_bytes()
        self.written = files.digest(content)
        return content.decode()

    def restore(self, content: Mapping[str, Any]) -> None:
        """Bring a session back: its runs, and where it stood.

        Where the scenario's file has changed since, that can be gone back to.

        Raises
        ------
        ValueError, KeyError, TypeError
            It is no session.
        """
        if content["version"] != VERSION:
            raise ValueError(content["version"])
        explorer, fresh = self.explorer, self.explorer.moment
        explorer.runs = [run for entry in content["runs"] if (run := self.run(entry)) is not None]
        self.restored, runs = bool(explorer.runs), tuple(explorer.runs)
        with suppress(InputError):
            start = self.scenario(content["start"])
            state = State(content["state"]["choices"], content["state"]["numbers"])
            if state == State() and start is self.opened:
                return
            if content["opened"] == self.opened.to_dict():
                explorer.stand(start, state)
                explorer.past = [replace(fresh, runs=runs)]
            else:
                explorer.grounds_of(start).space(state.choices).scenario(state)
                explorer.past = [Moment(start, state, runs)]
            self.restored = True

    def scenario(self, content: Mapping[str, Any]) -> Scenario:
        """A start as it was written down, or the same one where it is known."""
        for known in self.starts:
            if known.to_dict() == content["values"]:
                return known
        scenario = read_back(content["values"], self.explorer.evidence, content["file"])
        self.starts.append(replace(scenario, extends=content["extends"]))
        return self.starts[-1]

    def run(self, entry: dict[str, Any]) -> Run | None:
        """A run worked out on today's figures; None where they do not allow it."""
        explorer, state = self.explorer, State(entry["state"]["choices"], entry["state"]["numbers"])
        try:
            start = self.scenario(entry["start"])
            space = explorer.grounds_of(start).space(state.choices)
            scenario = space.scenario(state)
            answers = explorer.answers.answer(scenario), explorer.answers.by_evidence(scenario)
        except InputError:
            self.strange.append(entry)
            return None
        return Run(
            entry["name"], start, state, scenario, *answers, tuple(space.changes(state)), entry["note"]
        )

    def put(self) -> None:
        """Have where the session stands written soon."""
        moment = self.explorer.moment
        self.names |= {run.name for run in moment.runs}
        if moment.same(self.latest):
            return
        with self.lock:
            self.latest = moment
            if self.timer is None:
                self.timer = Timer(REST, self.flush)
                self.timer.daemon = True
                self.timer.start()

    def flush(self) -> None:
        """Write now what has changed."""
        with self.lock:
            self.timer = None
            if self.latest is self.moment:
                return
            try:
                self.file.parent.mkdir(exist_ok=True)
                with files.locked(self.file.parent):
                    files.replace(self.file, self.content())
                    self.written = files.digest(self.file.read_bytes())
                self.moment, self.fault = self.latest, ""
            except OSError as fault:
                self.fault = str(fault)

    def content(self) -> bytes:
        """The file: the session, and runs that another one has added to it meanwhile."""
        moment = self.latest
        others = []
        with suppress(OSError, ValueError):
            seen, text = self.written, self.read()
            if seen != self.written:
                others = [run for run in json.loads(text)["runs"] if run["name"] not in self.names]
        content = {
            "version": VERSION,
            "opened": self.opened.to_dict(),
            "start": written(moment.start),
            "state": moment.state.to_dict(),
            "runs": [*map(entry_of, moment.runs), *self.strange, *others],
        }
        return json.dumps(content, ensure_ascii=False, indent=1).encode()


def written(start: Scenario) -> dict[str, Any]:
    """A start by its values and where it came from."""
    return {"file": start.file, "extends": start.extends, "values": start.to_dict()}


def entry_of(run: Run) -> dict[str, Any]:
    """A run without what can be worked out again."""
    return {"name": run.name, "note": run.note, "start": written(run.start), "state": run.state.to_dict()}


def voila() -> bool:
    """Whether Voila shows the page."""
    return os.environ.get("SERVER_SOFTWARE", "").startswith("voila")


def shared() -> bool:
    """Whether the page is served to many, who are not to see each other's sessions."""
    return voila() and OWN_SERVER not in os.environ
