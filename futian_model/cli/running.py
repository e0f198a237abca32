"""`futian run`: a report of each scenario, and the index of all."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from futian_model.cli.arguments import BAD_INPUT, FAILED, FILES, Commands, attempts_of, told, whole
from futian_model.project import Project

if TYPE_CHECKING:
    from futian_model.batch import Outcome

LANGS = {"zh": ("zh",), "en": ("en",), "both": ("zh", "en")}


def add(commands: Commands) -> None:
    """Its options."""
    running = commands.add_parser("run", help="make a report of each scenario, and the index of all")
    running.add_argument("files", nargs="*", metavar="FILE", help=FILES)
    running.add_argument("--output", type=Path, metavar="DIR", help="where to write (default: outputs/)")
    running.add_argument("--lang", choices=LANGS, default="both", help="language (default: both)")
    running.add_argument("--draws", type=whole(1), metavar="N", help="simulated paths, for every scenario")
    running.add_argument("--seed", type=whole(0), metavar="N", help="key of the random draws")
    running.add_argument("--jobs", type=whole(1), metavar="N", help="notebooks at a time")
    running.add_argument("--round", metavar="NAME", help="bind data, scenarios and results in rounds/NAME/")
    running.set_defaults(command=run)


def run(given: argparse.Namespace, project: Project) -> int:
    """Reports of scenarios, and their index."""
    from tqdm import tqdm

    from futian_model import batch
    from futian_model.rounds import free

    if given.round is not None:  # a name that is taken is told before the work
        free(project, given.round)
    evidence, attempts = attempts_of(given.files, project)
    if not any(one.scenario for one in attempts):
        return told(attempts)
    chosen = {} if given.jobs is None else {"jobs": given.jobs}
    settings = batch.Settings(
        given.output or project.outputs, LANGS[given.lang], draws=given.draws, seed=given.seed, **chosen
    )
    # the bar is for people; without a terminal each report has its line
    with tqdm(total=len(attempts), unit="scenario", disable=None, leave=False) as bar:

        def progress(outcome: "Outcome") -> None:
            bar.write(_line(outcome, settings.outputs, project), file=sys.stderr)
            bar.update()

        outcomes = batch.run(attempts, project, evidence, settings, progress)
    failed = [outcome for outcome in outcomes if outcome.fault]
    print(f"{len(outcomes) - len(failed)} of {len(outcomes)} scenarios reported", file=sys.stderr)
    print(project.shown((settings.outputs / "index.html").resolve()))
    if given.round is not None and len(failed) < len(outcomes):
        bound = batch.bind_round(given.round, attempts, outcomes, project, evidence, settings)
        print(project.shown(bound.folder))
        failed = [outcome for outcome in outcomes if outcome.id in bound.failures]
    if not failed:
        return 0
    return FAILED if all(one.scenario for one in attempts) else BAD_INPUT


def _line(outcome: "Outcome", outputs: Path, project: Project) -> str:
    """What came of a scenario, in one line or, with several faults, one each."""
    if outcome.fault:
        return f"{outcome.id}: failed: {outcome.fault}"
    kept = f"; the earlier folder, changed by hand, is kept as {outcome.kept.name}" if outcome.kept else ""
    return f"{outcome.id}: {project.shown((outputs / outcome.id).resolve())}{kept}"
