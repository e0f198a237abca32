"""Faults of judgments that show only where fields meet."""

import re
from collections.abc import Mapping, Sequence

from futian_model.errors import InputError
from futian_model.scenario.checks_events import DRIVERS
from futian_model.scenario.checks_paths import Faults, Span, fault, unknown, year_faults
from futian_model.scenario.entries import Parts
from futian_model.scenario.judgments import Judgment
from futian_model.scenario.names import ID, ID_WORDS


def judgment_faults(judgments: Mapping[str, Judgment], shares: Sequence[str], span: Span) -> Faults:
    """What a judgment is called, what it is on, and which years it moves.

    Several may be on the same years, by one author or by many: they add up.
    """
    for name, judgment in judgments.items():
        at: Parts = ("judgments", name)
        if not re.fullmatch(ID, name):
            yield at, InputError("name of a judgment", name, ID_WORDS)
        drivers = [*DRIVERS, *shares]
        if judgment.on not in drivers:
            yield unknown((*at, "on"), judgment.on, drivers, ", ".join(drivers))
        yield from year_faults(judgment.start, (*at, "start"), span)
        if judgment.end is not None and not judgment.start <= judgment.end <= span.horizon:
            allowed = f"a year from {judgment.start}, the start, to {span.horizon}, the horizon"
            yield fault((*at, "end"), judgment.end, allowed)
