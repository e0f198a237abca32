"""A run bound as a round: what its reports were made from, once they are out."""

from collections.abc import Sequence
from dataclasses import replace

from futian_model.batch.folder import manifest_of
from futian_model.batch.jobs import Outcome
from futian_model.batch.settings import RESULTS, Settings
from futian_model.evidence import Evidence
from futian_model.project import Project
from futian_model.report.pages.scenario import NOTEBOOK
from futian_model.rounds import Round, bind
from futian_model.scenario import Attempt, Run


def bind_round(
    name: str,
    attempts: Sequence[Attempt],
    outcomes: Sequence[Outcome],
    project: Project,
    evidence: Evidence,
    settings: Settings,
) -> Round:
    """Bind a finished run; scenarios without a report are listed with their reason.

    Raises
    ------
    InputError
        As `rounds.bind`.
    """
    scenarios, reports, failures = [], {}, {}
    for attempt, outcome in zip(attempts, outcomes, strict=True):
        manifest = manifest_of(settings.outputs / outcome.id)
        if attempt.scenario is None or outcome.fault is not None or manifest is None:
            failures[outcome.id] = outcome.fault or "its report is gone"
            continue
        run = Run(draws=manifest["draws"], seed=manifest["seed"])
        scenarios.append(replace(attempt.scenario, run=run))
        reports[outcome.id] = (settings.outputs / outcome.id / RESULTS).read_bytes()
    return bind(
        project,
        name,
        scenarios,
        evidence,
        notebook=project.notebooks / NOTEBOOK,
        reports=reports,
        failures=failures,
    )
