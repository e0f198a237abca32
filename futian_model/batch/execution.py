"""One notebook, executed by papermill in a kernel of its own."""

import asyncio
import logging
import math
import signal
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from futian_model.errors import FileFault
from futian_model.files import scratch
from futian_model.kernels.limits import MEMORY
from futian_model.kernels.manager import OWN_KERNEL, WarmKernelManager
from futian_model.kernels.nursery import Nursery, socket_folder
from futian_model.report.page.outputs import allowed_to_fail

NOTEBOOK_SECONDS = 1800
"""Longest a notebook may run before it counts as hung."""


MOST_PRINTED = 64 << 20
"""Bytes of output a notebook may have; what comes after them is not kept."""
SHORTEST = 0.01
"""Time (s) for a cell that is reached too late; 0 would be no limit at all."""
MOST_TOLD = 120
"""Characters of a fault of another library that are quoted."""
PARAMETERS = "parameters"
"""Tag of the cell behind which the parameters of a report stand."""


class NotebookFault(Exception):
    """A notebook that did not run to its end.

    Parameters
    ----------
    cell : int or None
        Position of the cell in the executed notebook, 1 for the first; None when no cell had begun.
    call : str
        First line of the cell.
    reason : str
        What went wrong, in one line.
    """

    def __init__(self, cell: int | None, call: str, reason: str) -> None:
        self.cell, self.call, self.reason = cell, call, reason
        super().__init__(cell, call, reason)

    def __str__(self) -> str:
        return self.reason if self.cell is None else f"cell {self.cell} ({self.call}): {self.reason}"


class KernelDied(NotebookFault):
    """The kernel ended by itself or never answered: the same notebook may well run the next time."""


def parametrized(notebook: Path, shown: str = "") -> None:
    """Whether a notebook can be given parameters, before any work is done.

    Parameters
    ----------
    notebook : Path
    shown : str
        What a message calls it.

    Raises
    ------
    FileFault
        It is no notebook, or none of its cells says where parameters go.
    """
    import nbformat

    shown = shown or notebook.name
    try:
        held = nbformat.read(notebook, 4)
        cells = [(cell.cell_type, cell.source + "", cell.metadata.get("tags", ())) for cell in held.cells]
    except OSError as fault:
        raise FileFault(shown, f"it cannot be read: {fault.strerror or fault}") from None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as fault:
        reason = " ".join(str(fault).split())[:MOST_TOLD]
        raise FileFault(shown, f"it is no notebook of Jupyter: {reason or type(fault).__name__}") from None
    if not any(PARAMETERS in tags for kind, _, tags in cells if kind == "code"):
        way = "JupyterLab shows tags under the cogs on its right"
        raise FileFault(
            shown, f"no cell tagged {PARAMETERS}: tag the cell that sets scenario and lang; {way}"
        )


def execute(
    notebook: Path,
    parameters: Mapping[str, object],
    folder: Path,
    *,
    name: str,
    seconds: float = NOTEBOOK_SECONDS,
    nursery: Nursery | None = None,
) -> NotebookNode:
    """Run a notebook with its parameters; the file itself is left as it is.

    Parameters
    ----------
    notebook : Path
        Holds a cell tagged ``parameters``. Whatever kernel it names, it runs in the library's own.
    parameters : mapping of str to object
        Plain values only: papermill turns anything else into text.
    folder : Path
        Where the kernel runs.
    name : str
        File name of the executed notebook, kept in its metadata.
    seconds : float
        Longest that the notebook may run.
    nursery : Nursery, optional
        What the kernel is forked from; without one it is started from nothing.

    Raises
    ------
    NotebookFault
        A cell failed that is not allowed to, or hung, or (`KernelDied`) the kernel died.
    FileFault
        As for `parametrized`.
    """
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.engines import papermill_engines
    from papermill.execute import raise_for_execution_errors
    from traitlets.config import Config

    parametrized(notebook)
    logging.getLogger("papermill").setLevel(logging.ERROR)
    begun: list[tuple[int, str]] = []
    started: list[float] = []
    managers: list[WarmKernelManager] = []

    class Manager(WarmKernelManager):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, nursery=nursery, most_printed=MOST_PRINTED, **kwargs)
            managers.append(self)

    def left() -> float:
        started[:] = started or [time.monotonic()]  # with the first cell: a kernel may wait for its turn
        return max(started[0] + seconds - time.monotonic(), SHORTEST)

    # an own folder: sockets named alike would cross two kernels
    stack = ExitStack()
    sockets = stack.enter_context(socket_folder())
    folder_of_kernel = sockets or stack.enter_context(scratch())
    connected = {"connection_file": f"{folder_of_kernel}/kernel.json", "transport_encryption": "auto"}
    if sockets is not None:
        connected |= {"transport": "ipc", "ip": f"{sockets}/k", "transport_encryption": "disabled"}
    try:
        # by its parts: the whole writes the notebook out as text, file or no file
        prepared = papermill.execute_notebook(
            notebook,
            None,
            dict(parameters),
            progress_bar=False,
            prepare_only=True,
            kernel_name=OWN_KERNEL["name"],
            language=OWN_KERNEL["language"],
        )
        prepared.metadata["kernelspec"] = dict(OWN_KERNEL)
        executed = papermill_engines.execute_notebook_with_engine(
            None,
            prepared,
            kernel_name=OWN_KERNEL["name"],
            input_path=str(notebook),
            output_path=None,
            progress_bar=False,
            timeout_func=lambda cell: left(),
            # the rest of a cell's output has as long as the cell: papermill's 4 s are short on a busy machine
            iopub_timeout=math.ceil(seconds),
            on_cell_start=lambda cell, cell_index: begun.append((cell_index + 1, cell.source)),
            shutdown_kernel="immediate",
            kernel_manager_class=Manager,
            # not papermill's cwd, which changes the folder of this whole process
            resources={"metadata": {"path": str(folder)}},
            config=Config({"KernelManager": connected}),
        )
        raise_for_execution_errors(judged(executed), None)
    except papermill.PapermillExecutionError as error:
        cause = MEMORY if error.ename.endswith("MemoryError") else f"{error.ename}: {error.evalue}"
        at = [(error.cell_index + 1, error.source)]  # a display can fail in a cell that goes on
        raise _fault(at, cause) from None
    except CellTimeoutError:
        raise _fault(begun, f"still running after {seconds:g} s") from None
    except (DeadKernelError, RuntimeError) as error:
        raise KernelDied(*_fault(begun, _death(managers, error)).args) from None
    finally:
        stack.close()
        _close_loop()
    if managers and managers[0].printed > MOST_PRINTED:
        fault = f"more than {MOST_PRINTED >> 20} MB of output, which no report shows"
        raise NotebookFault(None, "", fault)
    # papermill records the paths of the machine that ran it
    executed.metadata["papermill"] |= {"input_path": notebook.name, "output_path": name}
    return executed


def judged(notebook: NotebookNode) -> NotebookNode:
    """A notebook without the outputs of cells that may fail."""
    cells = [
        NotebookNode(cell | {"outputs": []}) if allowed_to_fail(cell) else cell for cell in notebook.cells
    ]
    return NotebookNode(notebook | {"cells": cells})


def _death(managers: list[WarmKernelManager], error: Exception) -> str:
    """How a kernel ended, with the name of the signal."""
    ended = managers[0].ended if managers else None
    if ended is None:
        return f"the kernel died or did not answer: {error}"
    if ended < 0:
        return f"the kernel was ended by {signal.Signals(-ended).name}"
    return f"the kernel ended itself with exit code {ended}"


def _close_loop() -> None:
    """Close the event loop that nbclient opens in a thread and leaves to the garbage collector."""
    from jupyter_core.utils import ensure_event_loop

    loop = ensure_event_loop()
    if loop.is_running():
        return
    pending = asyncio.all_tasks(loop)  # a dead kernel leaves its poll behind
    for task in pending:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*pending, return_exceptions=True))
    loop.close()


def _fault(begun: list[tuple[int, str]], reason: str) -> NotebookFault:
    line = " ".join(reason.split())
    if not begun:
        return NotebookFault(None, "", line)
    cell, source = begun[-1]
    return NotebookFault(cell, source.strip().splitlines()[0], line)
