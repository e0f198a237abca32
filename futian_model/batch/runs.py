"""Many scenarios to many reports: each on its own, none stopped by another's fault."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from futian_model.batch.execution import parametrized
from futian_model.batch.executors import Executor, executor_for
from futian_model.batch.folder import locked, publish, stands, sweep
from futian_model.batch.index import rehearse, write_index
from futian_model.batch.jobs import Job, Made, Outcome, parameters_of
from futian_model.batch.log import RunLog
from futian_model.batch.publishing import failed, fault_of, files_of, timed, warnings_of
from futian_model.batch.settings import INDEX, SHARED, Settings
from futian_model.batch.shared import Annex, Comparison
from futian_model.batch.stamps import report_stamp
from futian_model.errors import FileFault
from futian_model.evidence import Evidence
from futian_model.files import beside, digest, fit
from futian_model.languages import LANGS
from futian_model.project import Project
from futian_model.report.page.results_files import csv_of
from futian_model.report.pages.scenario import NOTEBOOK
from futian_model.scenario import Attempt, Scenario, load_baseline


def run(
    attempts: Sequence[Attempt],
    project: Project,
    evidence: Evidence,
    settings: Settings,
    progress: Callable[[Outcome], None] = lambda outcome: None,
    stamp: str | None = None,
    executor: Executor | None = None,
    step: Callable[[str], None] = lambda name: None,
) -> list[Outcome]:
    """Execute, check and publish a report for each scenario that could be read, then the pages that
    all share and the index.

    A report whose inputs have not changed since it was published stands as it is, so that a batch
    that was interrupted goes on where it stopped.

    Parameters
    ----------
    attempts : sequence of Attempt
        From `attempt_all`; a faulty file gets no report and is listed in the index.
    progress : callable
        Told each outcome as it comes; at the end those of the pages that all share, named as in `SHARED`.
    stamp : str, optional
        From `stamp_of`: under which the outcomes stand in the log.
    executor : Executor, optional
        From `executor_for`, entered; made for this run when left out.
    step : callable
        Told the name of each report in one language as it is there.

    Returns
    -------
    list of Outcome
        In the order of `attempts`.

    Raises
    ------
    FileFault
        The project has no report notebook or one without parameters, another batch has the output folder,
        or the index cannot be laid out: it is tried with the first report, before that is published.
    OSError
        The output folder or its index cannot be written.
    """
    if not (project.notebooks / NOTEBOOK).is_file():
        raise FileFault(project.shown(project.notebooks / NOTEBOOK), "no such file")
    parametrized(project.notebooks / NOTEBOOK, project.shown(project.notebooks / NOTEBOOK))
    with ExitStack() as stack:
        stack.enter_context(locked(settings.outputs))
        if executor is None:
            executor = stack.enter_context(executor_for(project, settings))
        sweep(settings.outputs)
        log = RunLog(settings.outputs)
        log.begin(len(attempts), settings.langs, settings.jobs)
        outcomes: dict[int, Outcome] = {}
        for at, outcome in _Batch(project, evidence, settings, executor, step).outcomes(attempts):
            outcomes[at] = replace(outcome, file=attempts[at].file)
            log.report(outcomes[at])
            progress(outcomes[at])
        ordered = [outcomes[at] for at in range(len(attempts))]
        every = [(attempt.scenario, outcome) for attempt, outcome in zip(attempts, ordered, strict=True)]
        made_of = every, project, evidence, settings
        shared = dict[str, str]()
        stopped = settings.fail_fast and any(outcome.fault for outcome in ordered)
        for page in (Annex(*made_of), Comparison(*made_of)) if not stopped else ():
            if page.due:
                published = page.outcome(executor)
                shared[page.name] = published.status
                log.report(published)
                progress(published)
        try:
            write_index(settings.outputs, ordered, settings.langs, evidence)
        except OSError:
            log.end(ordered)
            raise
        log.end(ordered, stamp, digest((settings.outputs / INDEX).read_bytes()), shared)
    return ordered


SKIPPED = "not begun, since another report had failed (--fail-fast)"


@dataclass
class Asked:
    """A scenario to be reported, and what has come of it so far."""

    scenario: Scenario
    stamp: str | None
    products: dict[str, Made] = field(default_factory=dict)


def _unread(attempt: Attempt, taken: Collection[str]) -> Outcome:
    """A file that could not be read, by its id unless a sound scenario has that."""
    stated = attempt.id.value if attempt.id is not None else None
    name = stated if isinstance(stated, str) and stated not in taken else attempt.file
    fault = "; ".join(map(str, attempt.faults))
    return Outcome(name, dict.fromkeys(LANGS, name), fault, status="failed")


def _reserved(scenario: Scenario) -> Outcome:
    """A scenario whose reports would lie where a page of all scenarios does."""
    allowed = (
        f"id = {scenario.id}; allowed: any but {' and '.join(SHARED)}, the names of pages on all scenarios"
    )
    return failed(Outcome(scenario.file, _title(scenario)), allowed)


def _title(scenario: Scenario) -> dict[str, str]:
    return scenario.title.by_language()


class _Batch:
    """Scenarios on their way to reports."""

    def __init__(
        self,
        project: Project,
        evidence: Evidence,
        settings: Settings,
        executor: Executor,
        step: Callable[[str], None],
    ) -> None:
        self.project, self.evidence, self.settings, self.executor = project, evidence, settings, executor
        self.step = step
        self.notebook = project.notebooks / NOTEBOOK
        self.rehearsed = False

    def outcomes(self, attempts: Sequence[Attempt]) -> Iterator[tuple[int, Outcome]]:
        """Position and outcome of each scenario, as they come."""
        settings, todo = self.settings, dict[int, Asked]()
        taken = {attempt.scenario.id for attempt in attempts if attempt.scenario is not None}
        baselines: dict[tuple[str, str | None, bool], Scenario | None] = {}
        faulty = False
        for at, attempt in enumerate(attempts):
            scenario = attempt.scenario
            if scenario is None or scenario.id in SHARED:
                faulty = True
                yield at, _unread(attempt, taken) if scenario is None else _reserved(scenario)
                continue
            try:
                fit(beside(settings.outputs / scenario.id) / f"{scenario.id}.{settings.langs[0]}.ipynb")
            except OSError as error:
                faulty = True
                yield at, failed(Outcome(scenario.id, _title(scenario)), f"{error.strerror}")
                continue
            kind = scenario.file, scenario.extends, bool(scenario.overrides)  # a grid's have one baseline
            if kind not in baselines:
                baselines[kind] = load_baseline(scenario, self.evidence, self.project)
            stamp = report_stamp(scenario, baselines[kind], self.notebook, self.evidence, settings)
            if not settings.force and stands(settings.outputs / scenario.id, stamp, settings.langs):
                yield at, Outcome(scenario.id, _title(scenario), status="unchanged")
            else:
                todo[at] = Asked(scenario, stamp)
        if not (faulty and settings.fail_fast):
            for at, outcome in self.reported(todo):
                del todo[at]
                yield at, outcome
                if outcome.fault and settings.fail_fast:
                    break
        for at, asked in todo.items():
            yield at, Outcome(asked.scenario.id, _title(asked.scenario), SKIPPED, status="skipped")

    def reported(self, todo: Mapping[int, Asked]) -> Iterator[tuple[int, Outcome]]:
        """Position and outcome of each scenario, as they finish."""
        path = os.path.relpath(self.notebook, self.project.root)
        made_by = {self.notebook.name: digest(self.notebook.read_bytes())}
        waiting, places, jobs = dict(todo), dict[str, tuple[int, str]](), list[Job]()
        for at, asked in waiting.items():
            for lang in self.settings.langs:
                name = f"{asked.scenario.id}.{lang}"
                places[name] = at, lang
                parameters = parameters_of(asked.scenario, lang, self.project, self.settings)
                of = asked.scenario.id if len(self.settings.langs) > 1 else ""
                jobs.append(Job(path, parameters, name, self.settings, of))
        self.executor.expect([asked.scenario for asked in waiting.values()], self.evidence)
        for job, product in self.executor(jobs):
            self.step(job.name)
            at, lang = places[job.name]
            waiting[at].products[lang] = product
            if len(waiting[at].products) == len(self.settings.langs):
                outcome = self.published(waiting.pop(at), made_by)
                self.rehearsed = self.rehearsed or outcome.fault is None
                yield at, outcome

    def published(self, asked: Asked, made_by: Mapping[str, str]) -> Outcome:
        """Check one scenario's languages against each other, and publish them once an index of them can be
        laid out.
        """
        scenario = asked.scenario
        by_lang = {lang: asked.products[lang] for lang in self.settings.langs}
        done = timed(Outcome(scenario.id, _title(scenario)), by_lang)
        stated = {"scenario": scenario.to_dict(), "data": dict(self.evidence.fingerprints)}
        if fault := fault_of(by_lang, stated):
            return failed(done, fault)
        record = by_lang[self.settings.langs[0]].record
        results, inputs = csv_of(record["results"]), record["inputs"]
        manifest = {
            "id": scenario.id,
            "langs": list(self.settings.langs),
            **inputs,
            "notebook": made_by,
            "stamp": asked.stamp,
            "warnings": warnings_of(by_lang),
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        if not self.rehearsed:
            rehearse(manifest, results, self.settings.langs, self.evidence)
        try:
            kept = publish(self.settings.outputs, scenario.id, files_of(by_lang), manifest)
            return replace(done, kept=kept)
        except OSError as error:
            return failed(done, f"the report cannot be written: {error.strerror or error}")
