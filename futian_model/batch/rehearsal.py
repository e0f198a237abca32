"""What is worth working out beforehand, for all reports of a batch."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from futian_model.batch.jobs import parameters_of
from futian_model.batch.settings import Settings
from futian_model.errors import InputError
from futian_model.project import Project

if TYPE_CHECKING:
    from futian_model.evidence import Evidence
    from futian_model.scenario import Scenario

REHEARSED = 4
"""More reports than this pay for having their pages rehearsed."""
MOST_SETS = 8
"""Sets of assumptions on which the evidence is worked out, at most."""


def many(scenarios: "Sequence[Scenario]", settings: Settings) -> bool:
    """Whether a batch pays for having its pages rehearsed."""
    return len(scenarios) * len(settings.langs) > REHEARSED


def typical(scenarios: "Sequence[Scenario]", settings: Settings) -> "list[Scenario]":
    """The first scenario on each set of assumptions that enough share, or the first of all."""
    from futian_model.simulation import evidence_key

    keys = []
    for scenario in scenarios:
        seed = scenario.run.seed if settings.seed is None else settings.seed
        keys.append(
            None if seed is None else evidence_key(scenario, settings.draws or scenario.run.draws, seed)
        )
    often = Counter(key for key in keys if key is not None).most_common(MOST_SETS)
    common = [key for key, count in often if count > REHEARSED]
    return [scenarios[keys.index(key)] for key in common] or list(scenarios[:1])


def work_out(scenarios: "Sequence[Scenario]", evidence: "Evidence", settings: Settings) -> None:
    """Have the evidence say what it says beside these scenarios, which it then knows."""
    from futian_model.report.pages.scenario.rows import ScenarioMaterial
    from futian_model.report.sections.material import gather

    drawn = {"draws": settings.draws, "seed": settings.seed}
    for scenario in scenarios:
        with suppress(InputError):  # the scenario's own fault: told by whoever makes its report
            gather(ScenarioMaterial, scenario, settings.langs[0], evidence=evidence, **drawn).results  # noqa: B018


def reports(scenarios: "Sequence[Scenario]", project: Project, settings: Settings) -> list[dict[str, Any]]:
    """What the notebook is given to rehearse: the first scenario in every language, the others in one."""
    first, others = scenarios[:1], scenarios[1:]
    asked = [(scenario, lang) for scenario in first for lang in settings.langs]
    asked += [(scenario, settings.langs[0]) for scenario in others]
    return [parameters_of(scenario, lang, project, settings) for scenario, lang in asked]
