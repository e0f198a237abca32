"""One notebook, executed by papermill in a kernel of its own."""

import asyncio
import logging
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from nbformat import NotebookNode

CELL_SECONDS = 600
"""Longest a cell may run before it counts as hung."""


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


def execute(
    notebook: Path,
    parameters: Mapping[str, object],
    folder: Path,
    *,
    name: str,
    cell_seconds: int = CELL_SECONDS,
) -> NotebookNode:
    """Run a notebook with its parameters; the file itself is left as it is.

    Parameters
    ----------
    notebook : Path
        Holds a cell tagged ``parameters``.
    parameters : mapping of str to object
        Plain values only: papermill turns anything else into text.
    folder : Path
        Where the kernel runs.
    name : str
        File name of the executed notebook, kept in its metadata.
    cell_seconds : int
        Longest that a cell may run.

    Raises
    ------
    NotebookFault
        A cell failed or hung, or the kernel died.
    """
    import papermill
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from traitlets.config import Config

    logging.getLogger("papermill").setLevel(logging.ERROR)
    begun: list[tuple[int, str]] = []
    # an own folder: sockets named alike would cross two kernels, and their paths have to be short
    sockets = tempfile.mkdtemp(prefix="futian-")
    try:
        executed = papermill.execute_notebook(
            notebook,
            None,
            dict(parameters),
            progress_bar=False,
            request_save_on_cell_execute=False,
            execution_timeout=cell_seconds,
            on_cell_start=lambda cell, cell_index: begun.append((cell_index + 1, cell.source)),
            shutdown_kernel="immediate",
            # not papermill's cwd, which changes the folder of this whole process
            resources={"metadata": {"path": str(folder)}},
            config=Config({"KernelManager": {"transport": "ipc", "ip": f"{sockets}/k"}}),
        )
    except papermill.PapermillExecutionError as error:
        raise _fault(begun, f"{error.ename}: {error.evalue}") from None
    except CellTimeoutError:
        raise _fault(begun, f"still running after {cell_seconds} s") from None
    except NoSuchKernel as error:
        raise NotebookFault(None, "", f"there is no kernel named {error.name}") from None
    except (DeadKernelError, RuntimeError) as error:
        raise _fault(begun, f"the kernel died or did not answer: {error}") from None
    finally:
        shutil.rmtree(sockets, ignore_errors=True)
        _close_loop()
    # papermill records the paths of the machine that ran it
    executed.metadata["papermill"] |= {"input_path": notebook.name, "output_path": name}
    return executed


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
    told = " ".join(reason.split())
    if not begun:
        return NotebookFault(None, "", told)
    cell, source = begun[-1]
    return NotebookFault(cell, source.strip().splitlines()[0], told)
