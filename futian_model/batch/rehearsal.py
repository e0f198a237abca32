"""Which reports are worth making beforehand, for what they leave to all others."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from futian_model.batch.jobs import parameters_of
from futian_model.batch.settings import Settings
from futian_model.project import Project

if TYPE_CHECKING:
    from futian_model.scenario import Scenario

REHEARSED = 4
"""More reports than this pay for a rehearsal."""
MOST_REHEARSED = 8
"""Sets of assumptions on which the evidence is worked out beforehand, at most."""


def rehearsal(scenarios: "Sequence[Scenario]", project: Project, settings: Settings) -> list[dict[str, Any]]:
    """Reports to make beforehand: the first one in every language, then the first on each set of
    assumptions that enough scenarios share; none where that does not pay.
    """
    from futian_model.simulation import evidence_key

    if len(scenarios) * len(settings.langs) <= REHEARSED:
        return []
    keys = []
    for one in scenarios:
        seed = one.run.seed if settings.seed is None else settings.seed
        keys.append(None if seed is None else evidence_key(one, settings.draws or one.run.draws, seed))
    often = Counter(key for key in keys if key is not None).most_common(MOST_REHEARSED)
    common = [key for key, count in often if count > REHEARSED]
    first, *others = [scenarios[keys.index(key)] for key in common] or scenarios[:1]
    reports = [parameters_of(first, lang, project, settings) for lang in settings.langs]
    return reports + [parameters_of(one, settings.langs[0], project, settings) for one in others]
