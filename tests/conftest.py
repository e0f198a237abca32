"""What all tests share: no time limit for properties, the data, the process that kernels are forked from."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from futian_model.batch import executors
from futian_model.evidence import keep, load_evidence
from futian_model.kernels.nursery import Nursery
from futian_model.project import find_project
from futian_model.scenario import load_scenario
from futian_model.simulation import rehearse

# a busy machine is no fault of the code
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    """Load and calibrate the project's data once a process: most files of tests begin with that."""
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):
        evidence = load_evidence(find_project(Path(__file__).parent))
        rehearse(load_scenario("evidence_trend", evidence=evidence), evidence)
        evidence.contradictions()
        assert len(evidence.growth_panels)
        keep(evidence)


class Shared:
    """In place of a nursery for each batch: the one of this process, started when first asked for."""

    started: Nursery | None = None
    stack = ExitStack()

    def __init__(self, *rehearsed: Any) -> None:
        pass

    def __enter__(self) -> Nursery:
        if Shared.started is None:
            with pytest.MonkeyPatch.context() as patch:
                patch.delenv("MPLBACKEND", raising=False)  # kernels draw as they do for a user
                Shared.started = Shared.stack.enter_context(Nursery())
            reports = [{"scenario": "evidence_trend", "lang": lang} for lang in ("zh", "en")]
            Shared.started.rehearse(find_project(Path(__file__).parent), reports)
        return Shared.started

    def __exit__(self, *raised: object) -> None:
        pass


@pytest.fixture(scope="session", autouse=True)
def _one_nursery() -> Iterator[None]:
    with Shared.stack, pytest.MonkeyPatch.context() as patch:
        patch.setattr(executors, "Nursery", Shared)
        yield


@pytest.fixture(scope="session")
def nursery() -> Nursery:
    """What a test forks its kernels from."""
    with Shared() as started:
        return started
