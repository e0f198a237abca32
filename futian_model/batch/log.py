"""What a batch did, line by line in JSON, for machines to read and for the next batch to go on from."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from futian_model.batch.jobs import Outcome

LOG = "run_log.jsonl"
TAIL = 1 << 22
"""Bytes from the end in which the last batch's end is looked for."""


@dataclass
class RunLog:
    """The log of an output folder; lines are only ever added.

    A line is an object with ``time`` (UTC), ``run`` (when its batch began), ``event`` and what the
    event brings: ``begin`` (scenarios, langs, jobs), ``report`` (id, file, status ``made``,
    ``unchanged``, ``failed`` or ``skipped``, fault, seconds, executing, attempts), ``end`` (counts,
    the outcomes, the stamp under which they stand, the index's SHA-256 and the status of the pages that all
    share). A disk that takes no line is told on stderr, once, and stops nothing.
    """

    outputs: Path
    run: str = field(default_factory=lambda: _now())
    faulty: bool = False

    def add(self, event: str, **fields: Any) -> None:
        """Write one line."""
        line = json.dumps({"time": _now(), "run": self.run, "event": event, **fields}, ensure_ascii=False)
        try:
            with (self.outputs / LOG).open("a", encoding="utf-8") as stream:
                stream.write(line + "\n")
        except OSError as error:
            if not self.faulty:
                print(f"{self.outputs / LOG}: {error.strerror or error}; not logged", file=sys.stderr)
            self.faulty = True

    def begin(self, scenarios: int, langs: Sequence[str], jobs: int) -> None:
        self.add("begin", scenarios=scenarios, langs=list(langs), jobs=jobs)

    def report(self, outcome: Outcome) -> None:
        self.add("report", **outcome.to_dict())

    def end(
        self,
        outcomes: Sequence[Outcome],
        stamp: str | None = None,
        index: str | None = None,
        shared: Mapping[str, str] | None = None,
    ) -> None:
        counts = {status: sum(outcome.status == status for outcome in outcomes) for status in STATUSES}
        listed = [outcome.to_dict() for outcome in outcomes]
        self.add("end", counts=counts, stamp=stamp, index=index, shared=dict(shared or {}), outcomes=listed)


STATUSES = ("made", "unchanged", "failed", "skipped")


def last_end(outputs: Path) -> dict[str, Any] | None:
    """The line with which the last batch ended; None where it did not, or nothing can be read."""
    for line in _backwards(outputs / LOG):
        try:
            event = json.loads(line)
        except ValueError:
            return None  # cut off while it was written
        return event if isinstance(event, dict) and event.get("event") == "end" else None
    return None


def _backwards(file: Path) -> Iterator[bytes]:
    """The lines of a file's end, the last one first."""
    try:
        with file.open("rb") as stream:
            stream.seek(max(0, file.stat().st_size - TAIL))
            yield from reversed(stream.read().splitlines())
    except OSError:
        return


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
