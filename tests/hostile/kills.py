"""`python -m tests.hostile.kills`: commands killed at moments drawn by seed, and what they leave.

Half of the moments lie between two operations on files, where a write can be torn, half anywhere in time. A
quarter of the kills are signals that a command answers. Afterwards nothing may be torn or lost, and the same
command has to work and clear away what the killed one left.
"""

import argparse
import contextlib
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from futian_model import batch, cli, files, rounds  # noqa: F401
from futian_model.batch import folder as reports
from futian_model.cli import console
from futian_model.errors import InputError
from futian_model.evidence import Evidence, keep, load_evidence
from futian_model.project import Project, find_project
from futian_model.rounds.results import results
from futian_model.scenario import Run, Scenario, load_scenario

SEED = 2026
KILLS = {"track": 90, "init": 70, "round": 40, "run": 16}
SCENARIO, DRAWS = "evidence_trend", 20
COLUMNS = ("kills", "nothing done", "whole", "torn", "lost", "leftovers", "no word", "then failed")
"""What came of the kills; of the last five there may be none."""
LEFT = (files.NEW, files.READY, files.SCRATCH, reports.OLD)
ASKED = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
"""Signals that are answered with a word."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
LONGEST = 120
"""Seconds after which a command hangs."""
MINE = "mine.txt"


class Command:
    """A command, where it runs, and what it may leave there.

    Parameters
    ----------
    world : Path
        Folder of everything: `project`, `tmp`, and what the command makes.
    source : Path
        A world like it, made once.
    odd : bool
        Whether somebody has work of his own where the command writes.

    Attributes
    ----------
    full : bool
        Whether the command does all it does, and not only what it writes.
    """

    def __init__(self, world: Path, source: Path, *, odd: bool) -> None:
        self.world, self.source, self.odd, self.full = world, source, odd, False
        shutil.copytree(source, world, copy_function=os.link)
        self.project = Project(world / "project")
        self.prepare()
        self.before = held(world)

    def prepare(self) -> None:
        """Put there what is somebody's own."""

    def act(self) -> int:
        """Run it; its exit status."""
        raise NotImplementedError

    def state(self) -> str:
        """`nothing done`, `whole`, or what is torn, as whoever reads the files next finds them."""
        raise NotImplementedError

    def lost(self) -> list[str]:
        """Files that are not what they were, other than by this command."""
        now = held(self.world)
        return [name for name, was in self.before.items() if now.get(name) != was and not self.may(name)]

    def may(self, name: str) -> bool:
        """Whether the command may change a file."""
        return False


class Track(Command):
    """Source and figure: what the command writes, and now and then all that it says of it."""

    def act(self) -> int:
        if self.full:
            command = ["track", "gdp", "2025", "3200", "--unit", "亿元", "--place", "luohu"]
            new = ["--published", "2026-03", "--source", "luohu_2026", "--new-source", "统计公报"]
            return cli.main([*command, *new, "--publisher", "罗湖区统计局", "--confirm"])
        return answered(self.record, self.project)

    def record(self) -> None:
        """Write the files as the command does."""
        figure = rounds.Figure("luohu", "gdp", "2025", "3200", "亿元", "nominal", "", "2026-03", "luohu_2026")
        source = rounds.Source(
            "luohu_2026", "统计公报", "罗湖区统计局", "Luohu bureau of statistics", "2026-03"
        )
        evidence = load_evidence(self.project)
        with rounds.entered(self.project, evidence, figure, source) as entry, console.uninterrupted():
            entry.record()

    def state(self) -> str:
        files.finish(self.project.data)  # as `load_evidence` does
        added = []
        for name, row in (("observations", "luohu,gdp,2025,3200,"), ("sources", "luohu_2026,")):
            old = (self.source / "project" / "data" / f"{name}.csv").read_bytes()
            new = (self.project.data / f"{name}.csv").read_bytes()
            rest = new.removeprefix(old).decode()
            if not new.startswith(old) or (rest and not (rest.startswith(row) and rest.count("\n") == 1)):
                return f"torn: {name}.csv"
            added.append(bool(rest))
        return (
            "torn: one without the other" if len(set(added)) > 1 else "whole" if added[0] else "nothing done"
        )

    def may(self, name: str) -> bool:
        return name in ("project/data/observations.csv", "project/data/sources.csv")


class Init(Command):
    """A project in a new folder, or in one that holds something."""

    made: Mapping[str, str] = {}
    """Digests of what it makes."""

    @cached_property
    def folder(self) -> Path:
        return self.world / "made"

    def prepare(self) -> None:
        if self.odd:
            self.folder.mkdir()
            (self.folder / MINE).write_text("mine", "utf-8")

    def act(self) -> int:
        return cli.main(["init", str(self.folder), "--district", "nanshan"])

    def state(self) -> str:
        files.finish(self.folder)
        found = {name: was for name, was in held(self.folder).items() if not name.startswith((MINE, *LEFT))}
        if not found:
            return "torn: an empty folder" if self.folder.exists() and not self.odd else "nothing done"
        apart = sorted(name for name in {*found, *self.made} if found.get(name) != self.made.get(name))
        return f"torn: {', '.join(apart[:3])}" if self.made and apart else "whole"


class Bind(Command):
    """A round, bound."""

    def act(self) -> int:
        return answered(self.bind, self.project)

    def bind(self) -> None:
        """As `futian run --round` does after its reports."""
        evidence = load_evidence(self.project)
        rounds.bind(self.project, "2026", [scenario_of(self.project, evidence)], evidence)

    def state(self) -> str:
        if not (self.project.rounds / "2026").exists():
            return "nothing done"
        edition = rounds.opened(self.project, "2026")
        found = held(edition.folder)
        listed = edition.manifest["files"]
        apart = [
            name for name in {*listed, *found} - {"manifest.json"} if found.get(name) != listed.get(name)
        ]
        return f"torn: {', '.join(apart[:3])}" if apart else "whole"


class Batch(Command):
    """A report in place of an earlier one, which somebody may have added to."""

    def prepare(self) -> None:
        if self.odd and (self.project.outputs / SCENARIO).exists():
            (self.project.outputs / SCENARIO / MINE).write_text("mine", "utf-8")
        log = self.project.outputs / "run_log.jsonl"
        if log.exists():  # the one file that is written to, no link then
            content = log.read_bytes()
            log.unlink()
            log.write_bytes(content)

    def act(self, draws: int = 2 * DRAWS) -> int:
        return cli.main(["run", SCENARIO, "--lang", "en", "--format", "html", "--draws", str(draws)])

    def state(self) -> str:
        outputs = self.project.outputs
        index = outputs / "index.html"
        if index.exists() and not index.read_bytes().rstrip().endswith(b"</html>"):
            return "torn: index.html"
        places = [outputs / SCENARIO, outputs / f"{reports.OLD}{SCENARIO}", outputs / f"{SCENARIO}.kept-1"]
        folder = next((place for place in places if place.exists()), None)
        if folder is None:
            return "torn: no report"
        if not reports.as_written(folder):
            return f"torn: {folder.name}"
        manifest = reports.manifest_of(folder)
        assert manifest is not None
        return "whole" if manifest["draws"] == 2 * DRAWS else "nothing done"

    def lost(self) -> list[str]:
        mine = [file for file in self.project.outputs.rglob(MINE) if file.read_text("utf-8") == "mine"]
        return [*super().lost(), *(["mine.txt"] if self.odd and not mine else [])]

    def may(self, name: str) -> bool:
        return name.startswith("project/outputs/")


def scenario_of(project: Project, evidence: Evidence) -> Scenario:
    """The scenario, with few draws."""
    scenario = load_scenario(SCENARIO, project, evidence=evidence)
    return replace(scenario, run=Run(draws=DRAWS, seed=7))


def answered(act: Callable[[], None], project: Project) -> int:
    """Do what a command does, and begin and end as it; its exit status."""
    with console.ready():
        try:
            cli.recover(project, "en")
            files.sweep_scratch()
            act()
        except InputError as fault:
            print(fault, file=sys.stderr)
            return 2
        except KeyboardInterrupt as stopped:
            print("stopped; what is finished is whole", file=sys.stderr)
            return 128 + getattr(stopped, "number", signal.SIGINT)
    return 0


COMMANDS: Mapping[str, type[Command]] = {"track": Track, "init": Init, "round": Bind, "run": Batch}


def held(folder: Path) -> dict[str, str]:
    """Digest of every file in a folder, by path."""
    found = (file for file in folder.rglob("*") if file.is_file()) if folder.exists() else ()
    return {file.relative_to(folder).as_posix(): files.digest(file.read_bytes()) for file in found}


def leftovers(world: Path) -> list[str]:
    """What nobody wanted, by path."""
    named = [path for path in world.rglob("*") if path.name.startswith(LEFT)]
    temporary = [path for path in (world / "tmp").iterdir() if not tried(path)]
    return [path.relative_to(world).as_posix() for path in {*named, *temporary}]


def tried(path: Path) -> bool:
    """Whether it is the file of four bytes by which Python's `tempfile` finds out where it can write."""
    return (
        bool(re.fullmatch(files.RANDOM, path.name)) and path.is_file() and path.read_bytes() in (b"", b"blat")
    )


def started(command: Command, at: int | None, number: int) -> int:
    """A process that runs a command, and ends itself before an operation on files; its id."""
    pid = os.fork()
    if pid:
        return pid
    status = 99
    with contextlib.suppress(BaseException):
        os.chdir(command.project.root)
        os.environ["TMPDIR"] = str(command.world / "tmp")
        tempfile.tempdir = None
        log = os.open(command.world.with_suffix(".log"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        for stream in (1, 2):
            os.dup2(log, stream)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        counted(command.world, at, number)
        try:
            status = command.act()
        except SystemExit as ended:
            status = int(ended.code or 0)
        except BaseException as fault:
            sys.excepthook(type(fault), fault, fault.__traceback__)
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


def counted(world: Path, at: int | None, number: int) -> None:
    """Count operations on the files of a world; before one of them send this process a signal."""
    root, count, process = str(world), [0], os.getpid()
    tally = os.open(world.with_suffix(".count"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)

    def seen(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            writes = bool(set(mode) & set("wxa+")) if isinstance(mode, str) else bool(flags & WRITING)
        elif event in ("os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod"):
            path, writes = arguments[0], True
        else:
            return
        inside = str(path).startswith(root) or (event in ("os.remove", "os.rmdir") and arguments[-1] != -1)
        if not writes or not inside or os.getpid() != process:
            return
        count[0] += 1
        os.pwrite(tally, b"%d" % count[0], 0)
        if count[0] == at:
            os.kill(process, number)

    sys.addaudithook(seen)


def ended(pid: int, seconds: float | None = None, number: int = signal.SIGKILL) -> int:
    """How a process ended, as `os.waitstatus_to_exitcode` says; a signal is sent after some seconds."""
    begun, limit = time.monotonic(), LONGEST if seconds is None else seconds
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() - begun > limit:
            os.kill(pid, number if seconds is not None and limit == seconds else signal.SIGKILL)
            limit = LONGEST + (seconds or 0)
        time.sleep(0.002)


def killed(command: Command, moment: tuple[str, float], number: int) -> tuple[Counter[str], list[str]]:
    """Kill a command, look at what it left, and run it again; counts by column, and what is wrong."""
    kind, point = moment
    pid = started(command, int(point) if kind == "operation" else None, number)
    status = ended(pid, point if kind == "time" else None, number)
    told = command.world.with_suffix(".log").read_text("utf-8")
    state, found, wrong = command.state(), Counter[str](kills=1), list[str]()

    def fault(column: str, what: str) -> None:
        found[column] += 1
        wrong.append(f"{column}: {what}")

    if state in ("whole", "nothing done"):
        found[state] += 1
    else:
        fault("torn", state)
    if lost := command.lost():
        fault("lost", ", ".join(lost[:3]))
    if number != signal.SIGKILL and status != 0:
        if status != 128 + number or "stopped; what is finished is whole" not in told:
            fault("no word", f"status {status}, {told[-200:]!r}")
        elif left := leftovers(command.world):
            fault("leftovers", f"of a signal: {', '.join(left[:3])}")
    again = ended(started(command, None, 0))
    said = command.world.with_suffix(".log").read_text("utf-8")
    refused = state == "whole" and again == 2 and len(said.splitlines()) == 1
    if (again != 0 and not refused) or command.state() != "whole":
        fault("then failed", f"status {again}, {command.state()}, {said[-300:]!r}")
    elif lost := command.lost():
        fault("lost", ", ".join(lost[:3]))
    if left := leftovers(command.world):
        fault("leftovers", ", ".join(left[:3]))
    return found, wrong


@contextlib.contextmanager
def worlds(names: list[str]) -> Iterator[Path]:
    """A world for each command, as it is before it."""
    here = find_project(Path(__file__).parent)
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        base = Path(folder)
        for name in names:
            project = base / name / "project"
            for part in (here.data, here.notebooks):
                shutil.copytree(part, project / part.name)
            (project / "params").mkdir()
            shutil.copytree(here.params / "context", project / "params" / "context")
            text = (here.params / f"{SCENARIO}.yaml").read_text("utf-8")
            dated = text.replace("vintage: latest", 'vintage: "2026-02"')  # a later figure moves nothing
            (project / "params" / f"{SCENARIO}.yaml").write_text(dated, "utf-8")
            (base / name / "tmp").mkdir()
        first = Project(base / names[0] / "project")
        evidence = load_evidence(first)
        if {"round", "run"} & {*names}:  # what every process then need not work out
            results(scenario_of(first, evidence), evidence)
        keep(evidence)
        yield base


def attacked(name: str, kills: int, base: Path, seed: int) -> tuple[Counter[str], list[str]]:
    """Kill a command so many times; counts by column, and what is wrong with which kill."""
    kind, source, draw = COMMANDS[name], base / name, random.Random(f"{seed} {name}")
    if kind is Batch:  # an earlier report to take the place of
        first = Batch(base / "first", source, odd=False)
        first.act = lambda: Batch.act(first, DRAWS)  # type: ignore[method-assign]
        assert ended(started(first, None, 0)) == 0, (base / "first.log").read_text("utf-8")
        source = base / "first"
    counts = list[int]()
    seconds = list[float]()
    for odd in (False, True):
        whole = kind(base / f"{name}-{odd}", source, odd=odd)
        begun = time.monotonic()
        assert ended(started(whole, None, 0)) == 0, whole.world.with_suffix(".log").read_text("utf-8")
        seconds.append(time.monotonic() - begun)
        counts.append(int(whole.world.with_suffix(".count").read_text()))
        if isinstance(whole, Init):
            Init.made = {one: was for one, was in held(whole.folder).items() if one != MINE}
        assert whole.state() == "whole"
    total, wrong = Counter[str](), list[str]()
    for at in range(kills):
        odd = bool(at % 2)
        moment = (
            ("operation", draw.randint(1, counts[odd]))
            if at % 4 < 2
            else ("time", draw.uniform(0, seconds[odd]))
        )
        number = draw.choice(ASKED) if draw.random() < 0.25 else signal.SIGKILL
        command = kind(base / f"{name}-{at}", source, odd=odd)
        command.full = at % 16 == 15
        found, faults = killed(command, moment, number)
        total += found
        where = f"{name}, kill {at} ({signal.Signals(number).name} at {moment[0]} {moment[1]:.4g})"
        wrong += [f"{where}: {fault}" for fault in faults]
        shutil.rmtree(command.world)
    return total, wrong


def main(arguments: list[str] | None = None, tell: Callable[..., None] = print) -> int:
    """Kill, print a table, and fail on what may not be."""
    asking = argparse.ArgumentParser(prog="python -m tests.hostile.kills", description=__doc__)
    for name, usual in KILLS.items():
        asking.add_argument(f"--{name}", type=int, default=usual, metavar="N", help=f"default: {usual}")
    asking.add_argument("--seed", type=int, default=SEED)
    options = asking.parse_args(arguments)
    chosen = {name: getattr(options, name) for name in KILLS if getattr(options, name)}
    tell("command ", *(f"{column:>12}" for column in COLUMNS), sep="", flush=True)
    every = list[str]()
    with worlds(list(chosen)) as base:
        for name, kills in chosen.items():
            counts, wrong = attacked(name, kills, base, options.seed)
            tell(f"{name:8}", *(f"{counts[column]:12}" for column in COLUMNS), sep="", flush=True)
            tell(*wrong, sep="\n", end="\n" * bool(wrong), flush=True)
            every += wrong
    return bool(every)


if __name__ == "__main__":
    sys.exit(main())
