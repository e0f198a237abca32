"""Where notebooks run: the one list of executors; the same results from every one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, Self, cast

from futian_model.batch.jobs import Job, Made
from futian_model.batch.settings import LOCAL, Settings
from futian_model.errors import InputError, UnknownName
from futian_model.project import Project

if TYPE_CHECKING:
    from futian_model.evidence import Evidence
    from futian_model.scenario import Scenario


class Executor(Protocol):
    """Runs jobs; made of project and settings. What has not begun is dropped once nobody asks for more."""

    def __enter__(self) -> Self:
        """Get ready."""

    def __exit__(self, *raised: object) -> None:
        """Clear away."""

    def expect(self, scenarios: "Sequence[Scenario]", evidence: "Evidence") -> None:
        """Told what may be asked for, as soon as that is known."""

    def __call__(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Made]]:
        """Each job with what came of it, as they finish."""


@dataclass(frozen=True)
class Place:
    """Where notebooks can run.

    Attributes
    ----------
    executor : str
        Module and name of its `Executor`, loaded when it is chosen.
    package : str
        What has to be installed beside this library.
    addressed : bool
        Whether it is reached at an address, ``--scheduler``.
    """

    executor: str
    package: str = ""
    addressed: bool = False


EXECUTORS: dict[str, Place] = {
    LOCAL: Place("futian_model.batch.local.Local"),
    "dask": Place("futian_model.batch.cluster.Cluster", package="distributed", addressed=True),
}


def executor_for(project: Project, settings: Settings) -> Executor:
    """What a batch's notebooks run on, to be entered.

    Raises
    ------
    UnknownName
        There is no such executor.
    InputError
        The one asked for is not installed.
    """
    name = settings.executor
    if name not in EXECUTORS:
        raise UnknownName(name, EXECUTORS)
    module, _, kind = EXECUTORS[name].executor.rpartition(".")
    try:
        executor = getattr(import_module(module), kind)(project, settings)
    except ImportError:
        allowed = f"{LOCAL}, or {name} once it is installed: pip install {EXECUTORS[name].package}"
        raise InputError("executor", name, allowed) from None
    return cast(Executor, executor)
