"""`futian run`: a report of each scenario, and the index of all."""

import argparse
import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from futian_model.batch.executors import EXECUTORS
from futian_model.batch.settings import LOCAL, SHARED
from futian_model.cli.arguments import BAD_INPUT, FAILED, FILES, Commands, attempts_of, print_faults, whole
from futian_model.errors import InputError
from futian_model.languages import DATA_LANGS, LANGS, language
from futian_model.project import FORMS, OFFICIAL, Project
from futian_model.report.writers.formats import FORMATS, USUAL
from futian_model.wording import RAISED, said

if TYPE_CHECKING:
    from futian_model.batch import Outcome, Settings

WORD = "docx"
TICK = 0.5
"""Seconds between two looks at the clock."""
CHOICES = {**{lang: (lang,) for lang in LANGS}, "both": DATA_LANGS}


def add(commands: Commands) -> None:
    """Its options."""
    running = commands.add_parser("run", help="make a report of each scenario, and the index of all")
    option = running.add_argument
    option("files", nargs="*", metavar="FILE", help=FILES)
    option("--edition", metavar="NAME", help="scenarios of a kept edition, a folder of params/")
    option("--output", type=Path, metavar="DIR", help="where to write (default: outputs/)")
    option("--lang", choices=CHOICES, default="both", help="language (default: both)")
    written = f"what each report is written as; may be repeated (default: {', '.join(USUAL)})"
    option("--format", action="append", choices=tuple(FORMATS), help=written)
    form = (
        "of Word files in Chinese: official is that of GB/T 9704; those in other languages keep the usual one"
    )
    option("--form", choices=FORMS, help=f"{form} (default: what the data package says, else usual)")
    option("--draws", type=whole(1), metavar="N", help="simulated paths, for every scenario")
    option("--seed", type=whole(0), metavar="N", help="key of the random draws")
    value = "a value in place of every file's, its field as `futian check` names it; may be repeated"
    option("--set", action="append", default=[], metavar="FIELD=VALUE", help=value)
    option("--dry-run", action="store_true", help="list what would run, and run nothing")
    option("--force", action="store_true", help="run again what has not changed")
    option("--fail-fast", action="store_true", help="begin no other report once one failed")
    option("--timeout", type=whole(1), metavar="SECONDS", help="longest a notebook may run")
    option("--retries", type=whole(0), metavar="N", help="runs after a kernel died (default: 1)")
    option("--jobs", type=whole(1), metavar="N", help="notebooks at a time")
    where = f"where notebooks run (default: {LOCAL})"
    option("--executor", choices=tuple(EXECUTORS), default=LOCAL, help=where)
    option("--scheduler", metavar="ADDRESS", help="of Dask, such as tcp://10.0.0.1:8786")
    option("--round", metavar="NAME", help="bind data, scenarios and results in rounds/NAME/")
    running.set_defaults(command=run, parser=running)


def run(options: argparse.Namespace, project: Project) -> int:
    """Reports of scenarios, and their index."""
    from futian_model import batch

    if options.edition is not None:
        from futian_model.scenario import builtin_scenarios

        if options.files:
            options.parser.error("--edition and FILE exclude each other")
        options.files = [str(file) for file in builtin_scenarios(project, options.edition)]
    if EXECUTORS[options.executor].addressed != (options.scheduler is not None):
        addressed = " or ".join(name for name, place in EXECUTORS.items() if place.addressed)
        options.parser.error(f"--executor {addressed} and --scheduler ADDRESS go together")
    if options.round is not None:  # a name that is taken is told before the work
        from futian_model.rounds import free

        free(project, options.round)
    refuse_form(options)
    settings, overrides = _settings(options, project), "; ".join(options.set)
    if options.dry_run:
        return _listed(options, project, overrides)
    # the executor gets ready while all else is read
    with Progress(settings, project) as progress, batch.executor_for(project, settings) as executor:
        stamp = batch.stamp_of(options.files, overrides, project, settings)
        if stamp is not None and not (options.force or options.round):
            standing = batch.standing(settings, stamp)
            if standing is not None:
                for outcome in standing:
                    print(_line(outcome, settings, project), file=sys.stderr)
                return _ended(standing, settings, project)
        evidence, attempts = attempts_of(options.files, project, overrides, executor.expect)
        if not any(attempt.scenario for attempt in attempts):
            return print_faults(attempts, options.lang)
        gc.freeze()  # what is loaded by now stays: no search for garbage need go through it
        progress.begin(len(attempts))
        outcomes = batch.run(attempts, project, evidence, settings, progress, stamp, executor, progress.step)
    status = max(_ended(outcomes, settings, project), FAILED if progress.failed else 0)
    failed = [outcome for outcome in outcomes if outcome.fault]
    if options.round is not None and len(failed) < len(outcomes):
        bound = batch.bind_round(options.round, attempts, outcomes, project, evidence, settings)
        print(project.shown(bound.folder))
        status = max(status, FAILED if bound.failures else 0)
    return status if all(attempt.scenario for attempt in attempts) else BAD_INPUT


def refuse_form(options: argparse.Namespace) -> None:
    """Refuse a form that no file of this run could take.

    Raises
    ------
    InputError
        The official form without a Word file, or without a language that has it.
    """
    if options.form != OFFICIAL:
        return
    if options.format and WORD not in options.format:
        raise InputError("--form", OFFICIAL, f"beside --format {WORD}, whose form it is")
    if not any(language(lang).han for lang in CHOICES[options.lang]):
        raise InputError("--form", OFFICIAL, "beside --lang zh or both: it is a form of documents in Chinese")


def _listed(options: argparse.Namespace, project: Project, overrides: str) -> int:
    """Print what would run."""
    _, attempts = attempts_of(options.files, project, overrides)
    for scenario in (attempt.scenario for attempt in attempts):
        if scenario is not None:
            print("\t".join((scenario.id, scenario.title["en"], scenario.overrides)).rstrip())
    return print_faults(attempts, options.lang)


def _settings(options: argparse.Namespace, project: Project) -> "Settings":
    from futian_model import batch

    same = ("draws", "seed", "force", "fail_fast", "executor", "scheduler")
    usual = {"formats": "format", "jobs": "jobs", "seconds": "timeout", "retries": "retries"}
    asked = {name: getattr(options, option) for name, option in usual.items()}
    return batch.Settings(
        options.output or project.outputs / (options.edition or ""),
        CHOICES[options.lang],
        form=options.form or project.document_form,
        **{name: getattr(options, name) for name in same},
        **{name: value for name, value in asked.items() if value is not None},
    )


class Progress:
    """A bar with what is being done, the time and the failures so far; without a terminal, lines of what is
    done.
    """

    def __init__(self, settings: "Settings", project: Project) -> None:
        from tqdm import tqdm

        self.settings, self.project = settings, project
        self.done = self.failed = 0
        self.ended = Event()
        self.lang = _spoken(settings)
        desc = said("reading figures and scenarios", self.lang)
        self.bar = tqdm(desc=desc, unit="scenario", disable=None, leave=False)
        self.clock = Thread(target=self.tick, daemon=True)

    def __enter__(self) -> "Progress":
        self.clock.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self.ended.set()
        self.clock.join()
        self.bar.close()

    def tick(self) -> None:
        """Show the time that passes while nothing is done."""
        while not self.bar.disable and not self.ended.wait(TICK):
            self.bar.refresh()

    def begin(self, total: int) -> None:
        """So many scenarios are read."""
        self.bar.total = total
        self.bar.set_description(said("executing notebooks", self.lang))

    def step(self, name: str) -> None:
        """A report in one language is there."""
        self.bar.set_description(said(f"{name} is there", self.lang))

    def __call__(self, outcome: "Outcome") -> None:
        scenario = outcome.id not in SHARED
        self.done += scenario
        self.failed += outcome.fault is not None
        line = _line(outcome, self.settings, self.project)
        counted = f"[{self.done}/{self.bar.total}] " if self.bar.disable and scenario else ""
        self.bar.write(f"{counted}{line}", file=sys.stderr)
        for warning in outcome.warnings:
            self.bar.write(said(f"{outcome.id}: {warning}", self.lang), file=sys.stderr)
        self.bar.update(scenario)
        if self.failed:
            self.bar.set_postfix(failed=self.failed)


def _ended(outcomes: "Sequence[Outcome]", settings: "Settings", project: Project) -> int:
    """Print what came of a batch as a whole; the exit status."""
    failed = [outcome for outcome in outcomes if outcome.fault]
    unchanged = sum(outcome.status == "unchanged" for outcome in outcomes)
    same = f", {unchanged} of them unchanged" if unchanged else ""
    counted = f"{len(outcomes) - len(failed)} of {len(outcomes)} scenarios reported{same}"
    print(said(counted, _spoken(settings)), file=sys.stderr)
    if len(failed) > 1:
        names = ", ".join(outcome.id for outcome in failed)
        print(said(f"failed: {names}", _spoken(settings)), file=sys.stderr)
    print(project.shown((settings.outputs / "index.html").resolve()))
    return FAILED if failed else 0


def _spoken(settings: "Settings") -> str:
    """The language of what is printed: that of the reports, where they have one."""
    return settings.langs[0] if len(settings.langs) == 1 else RAISED


def _line(outcome: "Outcome", settings: "Settings", project: Project) -> str:
    """What came of a scenario, in one line or, with several faults, one each."""
    if outcome.fault:
        return said(f"{outcome.id}: failed: {outcome.fault}", _spoken(settings))
    kept = f"; the earlier folder, changed by hand, is kept as {outcome.kept.name}" if outcome.kept else ""
    again = "; a kernel died and was replaced" if outcome.attempts > 1 else ""
    same = " (unchanged)" if outcome.status == "unchanged" else ""
    folder = project.shown((settings.outputs / outcome.id).resolve())
    return said(f"{outcome.id}: {folder}{same}{kept}{again}", _spoken(settings))
