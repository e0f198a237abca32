"""Starting and ending the process that kernels are forked from."""

import contextlib
import json
import os
import pickle
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from futian_model.files import scratch, temporary
from futian_model.project import Project

if TYPE_CHECKING:
    from futian_model.evidence import Evidence

LONGEST = 75
"""Bytes of the path of a folder in which sockets can lie, two names further down: systems take 103 in all."""
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""Variables of the threads of linear algebra: one each, where nobody has chosen."""


class Nursery:
    """A process that has the stack imported, for as long as a ``with`` block lasts.

    Kernels can be asked for at once: they wait until it has imported. Where forking is not to be
    had, or the process ends early, its kernels are started from nothing instead.

    Attributes
    ----------
    address : Path or None
        Socket at which `ForkProvisioner` asks for kernels; None where there is no forking.
    env : mapping of str to str
        Environment of the process and of every kernel.
    """

    def __init__(self) -> None:
        self.address: Path | None = None
        # a process is forked safely with one thread; and the last digits of linear algebra hang on them
        self.env: Mapping[str, str] = {**dict.fromkeys(THREADS, "1"), **os.environ}
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: Path | None = None
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        if not forks():
            return self
        self._folder = self._stack.enter_context(socket_folder())
        if self._folder is None:
            return self
        self.address = self._folder / "nursery"
        # listening before it is started, so that kernels can be asked for while it imports
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(self.address))
            listener.listen(socket.SOMAXCONN)
            number = listener.fileno()
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-Xfrozen_modules=off",
                    "-m",
                    "futian_model.kernels.forking",
                    str(number),
                ],
                stdin=subprocess.PIPE,
                pass_fds=[number],
                env=dict(self.env),
                start_new_session=True,
            )
        return self

    def rehearse(
        self,
        project: Project,
        reports: Sequence[Mapping[str, object]],
        evidence: "Evidence | None" = None,
        *,
        drawn: bool = True,
    ) -> None:
        """Have reports made, and forgotten, before the next kernel.

        The project's figures are then read and calibrated once, for every kernel that finds the same
        files on the disk, and what the evidence alone says is worked out for all scenarios on the
        assumptions of these. Takes about as long as the reports; this returns at once.

        Parameters
        ----------
        project : Project
        reports : sequence of mapping
            What their notebook is given.
        evidence : Evidence, optional
            The project's figures, with what was worked out of them so far: handed on, not read again.
        drawn : bool
            Whether their pages are drawn too; else their results alone are made.
        """
        request: dict[str, Any] = {
            "rehearse": str(project.root),
            "reports": [dict(report) for report in reports],
        }
        request["drawn"] = drawn
        if self._folder is not None:
            with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
                if evidence is not None:
                    file = self._folder / uuid.uuid4().hex
                    file.write_bytes(pickle.dumps(evidence, pickle.HIGHEST_PROTOCOL))
                    request["evidence"] = str(file)
                line.connect(str(self.address))
                line.sendall(json.dumps(request).encode() + b"\n")

    def __exit__(self, *raised: object) -> None:
        if self._process is not None:
            self._process.kill()  # its kernels end with it
            self._process.wait()
            assert self._process.stdin is not None
            self._process.stdin.close()
        self._stack.close()


@contextlib.contextmanager
def socket_folder() -> Iterator[Path | None]:
    """A temporary folder for sockets; None where they have no path, or no folder has a short enough one."""
    short = [place for place in temporary() if len(os.fsencode(place)) <= LONGEST]
    if not short or not hasattr(socket, "AF_UNIX"):
        yield None
        return
    with scratch(short[0]) as folder:
        yield folder


def forks() -> bool:
    """Whether this system can fork and watch a process without mistaking it for another."""
    return hasattr(os, "fork") and hasattr(os, "pidfd_open") and Path("/proc/self/task").is_dir()
