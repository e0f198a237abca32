"""What a process may lack on somebody's machine: a home, files it may open, memory."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from futian_model.errors import InputError
from futian_model.files import scratch

HOME = "USERPROFILE" if os.name == "nt" else "HOME"
FILES, FILES_A_JOB = 32, 48
"""Files and sockets a command has open, and as many more for each notebook at a time; a kernel has 65."""
SPACE, SPACE_A_JOB = 3 << 29, 3 << 28
"""Address space (bytes) likewise, most of it of threads and never filled; with less, linear algebra hangs."""
MEMORY = "not enough memory; close other programs, or have fewer --jobs or --draws"
COLLECT = (50_000, 10, 10)
"""When a process looks for circular garbage: seldom, as a report makes a million objects."""
THREAD, MAPPED = "can't start new thread", "failed to map segment"
"""What Python and the loader of libraries say where there is no memory left."""


@contextmanager
def home() -> Iterator[None]:
    """Have a home that can be written, for Jupyter, IPython and matplotlib: a temporary one where there is
    none.
    """
    try:
        held = os.access(Path.home(), os.W_OK)
    except RuntimeError:  # nobody says where
        held = False
    if held:
        yield
        return
    before = os.environ.get(HOME)
    with scratch() as folder:
        os.environ[HOME] = str(folder)
        try:
            yield
        finally:
            os.environ.pop(HOME)
            if before is not None:
                os.environ[HOME] = before


def enough(jobs: int = 0) -> None:
    """Have a command, and the kernels of its notebooks at a time, use what they need.

    Raises
    ------
    InputError
        A limit of the system is lower.
    """
    try:
        import resource
    except ImportError:  # Windows sets none
        return
    needs = (
        ("open files (ulimit -n)", resource.RLIMIT_NOFILE, 1, FILES + FILES_A_JOB * jobs),
        ("memory in kB (ulimit -v)", resource.RLIMIT_AS, 1 << 10, SPACE + SPACE_A_JOB * jobs),
    )
    for name, limit, unit, needed in needs:
        soft, hard = resource.getrlimit(limit)
        if resource.RLIM_INFINITY not in (soft, hard) and hard < needed:
            fewer = f" for {jobs} notebooks at a time, or fewer --jobs" if jobs else ""
            allowed = f"at least {needed // unit}{fewer}"
            raise InputError(name, hard // unit, allowed)
        if soft != resource.RLIM_INFINITY and soft < needed:
            resource.setrlimit(limit, (needed, hard))


def of_memory(fault: BaseException) -> bool:
    """Whether a fault says that memory has run out."""
    return isinstance(fault, MemoryError) or any(text in str(fault) for text in (THREAD, MAPPED))
