"""Many scenarios to many reports, through papermill."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from futian_model.batch.executors import executor_for
from futian_model.batch.jobs import Outcome
from futian_model.batch.settings import Settings

if TYPE_CHECKING:
    from futian_model.batch.editions import bind_round
    from futian_model.batch.runs import run
    from futian_model.batch.stamps import stamp_of, standing
    from futian_model.batch.verifying import verify_table

# loaded while kernels get ready; a batch in which nothing changed needs neither notebooks nor a model
_LATER = {
    "bind_round": "editions",
    "run": "runs",
    "stamp_of": "stamps",
    "standing": "stamps",
    "verify_table": "verifying",
}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
