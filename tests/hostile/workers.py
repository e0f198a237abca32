"""Inputs in processes of their own: each has bounds on time and memory, and a dead worker is replaced."""

import multiprocessing
import resource
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from types import FrameType
from typing import Any

SECONDS = 10
"""Processor time an input may take."""
GRACE = 60
"""Seconds on the clock until a worker that does not come back is killed."""
MEMORY = 600_000_000
"""Bytes that inputs may take on top of what a worker begins with."""

Task = tuple[str, int]
Result = tuple[str, str, str]
"""Kind, outcome, what was said."""


def bounded(work: Callable[[str, int], Result], task: Task, bound: type[BaseException]) -> Result:
    """One task, broken off by an exception when its processor time is over."""

    def over(number: int, frame: FrameType | None) -> None:
        raise bound(f"more than {SECONDS} s of processor time")

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        return work(*task)
    except bound as fault:  # while a refusal was being put into words
        return "", "hang", str(fault)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def each(
    tasks: Iterable[Task],
    prepare: Callable[[], Callable[[str, int], Result]],
    count: int,
    bound: type[BaseException],
) -> Iterator[tuple[Task, Result]]:
    """What comes of every task.

    Parameters
    ----------
    prepare : callable
        Called once in each worker; gives what does a task there.
    count : int
        Workers.
    bound : type of exception
        Raised where a task takes too long.
    """
    context, waiting = multiprocessing.get_context("fork"), iter(tasks)
    busy: dict[Connection, tuple[Any, Task, float]] = {}

    def begin() -> tuple[Any, Connection]:
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(there, prepare, bound))
        process.start()
        there.close()
        return process, here

    def hand(process: Any, here: Connection) -> None:
        task = next(waiting, None)
        here.send(task)
        if task is None:
            here.close()
            process.join()
        else:
            busy[here] = process, task, time.monotonic() + GRACE

    for _ in range(count):
        hand(*begin())
    while busy:
        ready = wait(list(busy), 1.0)
        late = [
            here for here, (_, _, until) in busy.items() if time.monotonic() > until and here not in ready
        ]
        for here in [*ready, *late]:
            process, task, _ = busy.pop(here)  # type: ignore[index]
            try:
                if here in late:
                    raise EOFError
                yield task, here.recv()  # type: ignore[union-attr]
            except EOFError:
                process.kill()
                process.join()
                how = (
                    f"still busy after {GRACE} s"
                    if here in late
                    else f"its process died ({process.exitcode})"
                )
                yield task, ("", "hang", how)
                process, here = begin()
            hand(process, here)  # type: ignore[arg-type]


def _serve(there: Connection, prepare: Callable[[], Any], bound: type[BaseException]) -> None:
    """Do tasks until there is none, or nobody is left who hands them out."""
    work = prepare()
    with open("/proc/self/statm") as stream:
        begun = int(stream.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (begun + MEMORY, resource.RLIM_INFINITY))
    with suppress(EOFError):
        while (task := there.recv()) is not None:
            there.send(bounded(work, task, bound))
