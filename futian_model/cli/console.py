"""What a command meets at its ends: streams that nobody reads or that lack letters, and signals to stop."""

import errno
import io
import os
import select
import signal
import sys
import threading
import unicodedata
from codecs import register_error
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import Any

LETTERS = {"−": "-", "–": "-", "—": "-", "≥": ">=", "≤": "<=", "×": "x", "≈": "~", "。": "."}
LETTERS |= {"“": '"', "”": '"', "‘": "'", "’": "'", "、": ",", "·": "-"}
"""What stands for a letter that an encoding lacks, where Unicode says nothing."""
NEAREST = "futian.nearest"
"""Name of the handling of such letters."""
STOPPING = ("SIGTERM", "SIGHUP")
"""Signals that end a process without a word where nobody asks for them."""


class Stopped(KeyboardInterrupt):
    """A signal to stop, other than that of the keyboard."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)


class Lasting(io.FileIO):
    """A standard stream whose command goes on where it takes no more.

    Attributes
    ----------
    fault : OSError or None
        Why it took no more; a reader that has gone is none.
    """

    fault: OSError | None = None

    def write(self, content: Any) -> int:
        try:
            while (count := super().write(content)) is None:  # a full pipe that does not wait
                select.select([], [self], [])
        except OSError as fault:
            if fault.errno not in (errno.EPIPE, errno.EINVAL):  # the latter on Windows
                self.fault = self.fault or fault
            return memoryview(content).nbytes
        return count


def nearest(error: UnicodeError) -> tuple[str, int]:
    """What an encoding has in place of letters that it lacks; a question mark where nothing is like them."""
    assert isinstance(error, UnicodeEncodeError)
    letters = "".join(map(like, error.object[error.start : error.end]))
    return letters, error.end


def like(letter: str) -> str:
    """A letter in ASCII."""
    plain = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
    return LETTERS.get(letter) or plain or "?"


@contextmanager
def ready() -> Iterator[None]:
    """Streams that can be printed to whatever they are, and signals that stop as that of the keyboard does.

    Those that somebody else has put in place stay as they are.
    """
    register_error(NEAREST, nearest)
    opened()
    with ExitStack() as stack:
        for name in ("stdout", "stderr"):
            stack.enter_context(lasting(name))
        if threading.current_thread() is threading.main_thread():
            for number in (getattr(signal, name) for name in STOPPING if hasattr(signal, name)):
                if signal.getsignal(number) is signal.SIG_DFL:  # nohup passes one over
                    stack.callback(signal.signal, number, signal.signal(number, stop))
        yield


def opened() -> None:
    """Open what the shell closed, else the next file would be taken for a standard stream."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            free = os.open(os.devnull, os.O_RDWR)
            if free != number:
                os.dup2(free, number)
                os.close(free)
            os.set_inheritable(number, True)


@contextmanager
def lasting(name: str) -> Iterator[None]:
    """A standard stream that no print fails on."""
    stream, number = getattr(sys, name), {"stdout": 1, "stderr": 2}[name]
    if stream is not getattr(sys, f"__{name}__"):
        yield
        return
    raw = getattr(getattr(stream, "buffer", None), "raw", None)
    if stream is not None and raw is not None and not isinstance(raw, io.FileIO):  # a console of Windows
        stream.reconfigure(errors=NEAREST)
        yield
        return
    lines = stream is None or stream.line_buffering or stream.write_through
    encoding = "utf-8" if stream is None else stream.encoding
    wrapped = io.TextIOWrapper(
        io.BufferedWriter(Lasting(number, "w", closefd=False)),
        encoding=encoding,
        errors=NEAREST,
        line_buffering=lines,
    )
    setattr(sys, name, wrapped)
    try:
        yield
    finally:
        wrapped.flush()
        setattr(sys, name, stream)


def lost() -> OSError | None:
    """Why what was printed did not arrive; None where it did, or where its reader has gone."""
    sys.stdout.flush()
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    return raw.fault if isinstance(raw, Lasting) else None


def stop(number: int, frame: FrameType | None) -> None:
    """What a signal to stop does."""
    raise Stopped(number)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let signals to stop wait until what belongs together is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting = list[int]()
    names = [name for name in ("SIGINT", *STOPPING) if hasattr(signal, name)]
    held = {number: signal.getsignal(number) for number in (getattr(signal, name) for name in names)}
    held = {number: handler for number, handler in held.items() if callable(handler)}
    for number in held:
        signal.signal(number, lambda caught, frame: waiting.append(caught))
    try:
        yield
    finally:
        for number, handler in held.items():
            signal.signal(number, handler)
        if waiting:
            signal.raise_signal(waiting[0])


def encodable(text: str) -> bool:
    """Whether what is printed can be said letter by letter."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
