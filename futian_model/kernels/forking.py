"""The nursery's process: imports what reports need, once, and forks a kernel whenever it is asked.

It creates no figure of pyplot, no shell and no socket of a kernel before a fork, and has one
thread: what a kernel makes after the fork is then what a kernel started from nothing makes.

Started as ``python -m futian_model.kernels.forking FD`` with a listening Unix socket under that
number, and with a pipe as stdin whose end is the end of this process and of its kernels. A request
is a line of JSON: ``{"rehearse": FOLDER, "reports", "drawn"}``, with ``"evidence"`` the file of a pickle
of it where it is known, or ``{"argv", "env", "cwd"}`` of a kernel.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import os
import pickle
import pkgutil
import random
import selectors
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import futian_model
from futian_model.errors import InputError
from futian_model.kernels.limits import COLLECT
from futian_model.project import Project

if TYPE_CHECKING:
    from futian_model.evidence import Evidence
    from futian_model.report import ScenarioReport

PACKAGES = ("futian_model.charts", "futian_model.layout")
MODULES = (
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "matplotlib.pyplot",
    "sqlite3",
    "tornado.platform.asyncio",
)
"""What a kernel imports to run a scenario's report; nothing here may start a thread."""
SAFE = "jemalloc_bg_thd"
"""A thread of pyarrow's memory, which prepares itself for forks."""
LATE = "matplotlib_inline.backend_inline"
"""Sets up pictures when it is first imported, inside a shell: never before a fork."""
INLINE = "module://matplotlib_inline.backend_inline"
PR_SET_PDEATHSIG = 1
ANSWER_SECONDS = 5


def main(listener: socket.socket) -> NoReturn:
    """Serve until stdin ends."""
    before = dict(os.environ)
    try:
        warm()
    except Exception as fault:
        print(f"kernels are not forked but started one by one: {fault}", file=sys.stderr)
        sys.exit(1)
    # what the imports set, they would have set in the kernel
    added = {name: value for name, value in os.environ.items() if before.get(name) != value}
    selector = selectors.DefaultSelector()
    selector.register(listener, selectors.EVENT_READ)
    selector.register(0, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            if key.fileobj == 0:
                if not os.read(0, 1):
                    os._exit(0)
            elif key.fileobj is listener:
                asked, _ = listener.accept()
                _serve(asked, added, listener, selector)
            else:
                _bury(key.fd, key.data, selector)


def warm() -> None:
    """Import the stack.

    Raises
    ------
    RuntimeError
        A kernel forked from here would not be as one started from nothing.
    """
    os.environ.setdefault("MPLBACKEND", INLINE)  # as a kernel does, before it imports matplotlib
    for name in MODULES:
        importlib.import_module(name)
    for name in futian_model.__all__:  # what a notebook asks for; exporters run elsewhere
        getattr(futian_model, name)
    for package in PACKAGES:
        within = importlib.import_module(package)
        for module in pkgutil.walk_packages(within.__path__, f"{package}."):
            importlib.import_module(module.name)
    check()


def check() -> None:
    """Nothing may have been done that belongs after a fork.

    Raises
    ------
    RuntimeError
        Something has.
    """
    if LATE in sys.modules:
        raise RuntimeError(f"{LATE} was imported before a fork")
    tasks = [(task / "comm").read_text().strip() for task in Path("/proc/self/task").iterdir()]
    others = [name for name in tasks if name != SAFE]
    if len(others) != 1:
        raise RuntimeError(f"threads before a fork: {', '.join(sorted(others))}")
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT)


def rehearse(
    project: Project,
    reports: Sequence[Mapping[str, Any]],
    known: str | None = None,
    *,
    drawn: bool = True,
) -> None:
    """Make reports and forget them: what they read, and work out of the evidence alone, stays.

    Parameters
    ----------
    project : Project
    reports : sequence of mapping
        What their notebook is given. Of a language that comes again the results alone are made.
    known : str, optional
        File that the project's evidence is pickled in.
    drawn : bool
        Whether their pages are drawn too; else their results alone are made.
    """
    from futian_model.evidence import keep, load_evidence

    try:
        with contextlib.chdir(project.root):
            if known is not None:
                keep(pickle.loads(Path(known).read_bytes()))
                os.unlink(known)
            evidence, seen = load_evidence(project), set[str]()
            for parameters in reports:
                report = _report(parameters, project, evidence)
                if parameters["lang"] in seen or not drawn:
                    report.record()._repr_mimebundle_()
                    continue
                for block in (getattr(report, section)() for section in (*report.sections(), "record")):
                    if block is not None:  # a section may have nothing to say
                        block._repr_mimebundle_()
                seen.add(parameters["lang"])
            keep(evidence)
    except InputError:
        pass  # the project's own fault: told by whoever makes a report of it
    except Exception as fault:  # kernels do without
        print(f"nothing is worked out beforehand: {type(fault).__name__}: {fault}", file=sys.stderr)
    check()


def _report(parameters: Mapping[str, Any], project: Project, evidence: "Evidence") -> "ScenarioReport":
    """As the notebook makes it."""
    from futian_model.report import ScenarioReport
    from futian_model.scenario import load_scenario

    scenario = load_scenario(
        parameters["scenario"], project, evidence=evidence, overrides=parameters.get("overrides")
    )
    drawn = {name: parameters.get(name) for name in ("draws", "seed")}
    return ScenarioReport(scenario, parameters["lang"], evidence=evidence, **drawn)


def _serve(
    asked: socket.socket,
    added: Mapping[str, str],
    listener: socket.socket,
    selector: selectors.BaseSelector,
) -> None:
    """Fork the kernel asked for, and hand on what its death can be watched with."""
    asked.settimeout(ANSWER_SECONDS)
    try:
        with asked.makefile("rb") as lines:
            request = json.loads(lines.readline())
    except (OSError, ValueError):
        asked.close()
        return
    if "rehearse" in request:
        asked.close()
        project, known = Project(Path(request["rehearse"])), request.get("evidence")
        rehearse(project, request["reports"], known, drawn=request["drawn"])
        return
    nursery, pid = os.getpid(), os.fork()
    if pid == 0:
        try:
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != nursery:
                os._exit(1)
            selector.close()
            listener.close()
            asked.close()
            _kernel(request, added)
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
    watched = os.pidfd_open(pid)
    try:
        socket.send_fds(asked, [b"%d\n" % pid], [watched])
    except OSError:  # whoever asked is gone
        signal.pidfd_send_signal(watched, signal.SIGKILL)
    selector.register(watched, selectors.EVENT_READ, asked)


def _bury(watched: int, asked: socket.socket, selector: selectors.BaseSelector) -> None:
    """Tell how a kernel ended, as `subprocess` would: its exit code, or minus the signal."""
    selector.unregister(watched)
    ended = os.waitid(os.P_PIDFD, watched, os.WEXITED)
    os.close(watched)
    if ended is not None:
        code = ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
        with contextlib.suppress(OSError):  # nobody waits for it
            asked.sendall(b"%d\n" % code)
    asked.close()


def _kernel(request: Mapping[str, Any], added: Mapping[str, str]) -> NoReturn:
    """Become a kernel, as ``python -m ipykernel_launcher`` would."""
    import numpy as np
    from ipykernel.kernelapp import IPKernelApp

    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.environ.clear()
    os.environ.update({**request["env"], **added, "JPY_PARENT_PID": str(os.getppid())})
    os.chdir(request["cwd"])
    # unseeded draws of two kernels are not to be the same
    np.random.seed()
    random.seed()
    sys.argv = request["argv"]
    app = IPKernelApp.instance(parent_handle=os.getppid())  # ends when the nursery does
    app.initialize(sys.argv[1:])
    app.start()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    if sys.path[0] in ("", os.getcwd()):  # as the launcher of kernels does
        del sys.path[0]
    main(socket.socket(fileno=int(sys.argv[1])))
