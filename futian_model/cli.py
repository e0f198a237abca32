"""The command line: `futian run`, `check`, `goal`, `compare`, `show`."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from futian_model import __version__
from futian_model.errors import InputError
from futian_model.project import Project, find_project

if TYPE_CHECKING:
    from futian_model.batch import Outcome
    from futian_model.evidence import Evidence
    from futian_model.scenario import Attempt, Scenario

BAD_INPUT, FAILED, INTERRUPTED = 2, 1, 130
FILES = "scenario file or id; none: the built-in ones"
CHECKED = {
    "zh": "数据已核对：{figures}个数、{panel_figures}个面板数、{sources}个来源、{places}个地区；"
    "列出矛盾{contradictions}处，其中{explained}处有说明",
    "en": "data checked: {figures} figures, {panel_figures} of panels, {sources} sources, {places} places;"
    " {contradictions} contradictions listed, {explained} of them explained",
}
LANGS = {"zh": ("zh",), "en": ("en",), "both": ("zh", "en")}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 only when all of it succeeded."""
    given = parser().parse_args(arguments)
    try:
        status: int = given.command(given, find_project())
    except InputError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except OSError as error:
        print(f"{error.filename or 'futian'}: {error.strerror or error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("stopped; finished reports are whole", file=sys.stderr)
        return INTERRUPTED
    return status


def parser() -> argparse.ArgumentParser:
    """Commands and their options."""
    top = argparse.ArgumentParser(prog="futian", description="Growth scenarios, judged against the plan.")
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    running = commands.add_parser("run", help="make a report of each scenario, and the index of all")
    running.add_argument("files", nargs="*", metavar="FILE", help=FILES)
    running.add_argument("--output", type=Path, metavar="DIR", help="where to write (default: outputs/)")
    running.add_argument("--lang", choices=LANGS, default="both", help="language (default: both)")
    running.add_argument("--draws", type=whole(1), metavar="N", help="simulated paths, for every scenario")
    running.add_argument("--seed", type=whole(0), metavar="N", help="key of the random draws")
    running.add_argument("--jobs", type=whole(1), metavar="N", help="notebooks at a time")
    running.set_defaults(command=run)

    checking = commands.add_parser("check", help="check data and scenarios; print what each assumes")
    checking.add_argument("files", nargs="*", metavar="FILE", help=FILES)
    checking.add_argument("--lang", choices=("zh", "en"), default="en", help="language (default: en)")
    checking.add_argument("--json", action="store_true", help="print JSON")
    checking.set_defaults(command=check)

    asking = commands.add_parser("goal", help="what it would take to meet goals of the plan with one lever")
    asking.add_argument("scenario", nargs="?", default="evidence_trend", help="id or file of the baseline")
    asking.add_argument("--goal", action="append", metavar="NAME", help="a goal; repeated for several; all")
    asking.add_argument("--lever", default="growth",
                        help="growth, population, a share; with production investment_share, tfp_growth or"
                        " human_capital_growth; with firms entry (default: growth)")  # fmt: skip
    asking.add_argument("--shape", default="constant", help="constant, ramp or step (default: constant)")
    asking.add_argument("--start", type=whole(0), metavar="YEAR", help="first year of a ramp or step")
    asking.add_argument(
        "--end", type=whole(0), metavar="YEAR", help="first year of a ramp at its full height"
    )
    asking.add_argument("--bounds", type=percents, default=(-0.1, 0.1), metavar="LOW,HIGH",
                        help="limits of the change, %% a year (default: -10,10)")  # fmt: skip
    asking.add_argument("--lang", choices=("zh", "en"), default="en", help="language (default: en)")
    asking.add_argument("--json", action="store_true", help="print JSON")
    asking.set_defaults(command=goal)

    comparing = commands.add_parser(
        "compare", help="how far apart two scenarios end, and what that comes from"
    )
    comparing.add_argument("a", metavar="A", help="id or file of the scenario it starts from")
    comparing.add_argument("b", metavar="B", help="id or file of the scenario it leads to")
    named = "as data/indicators.csv names it (default: GDP, GDP per head and the first share)"
    comparing.add_argument("--indicator", metavar="NAME", help=named)
    comparing.add_argument("--year", type=whole(0), metavar="Y", help="year compared (default: the last)")
    comparing.add_argument("--lang", choices=("zh", "en"), default="en", help="language (default: en)")
    comparing.add_argument("--json", action="store_true", help="print JSON")
    comparing.set_defaults(command=compare)

    showing = commands.add_parser("show", help="print what is known")
    kinds = showing.add_subparsers(required=True, metavar="KIND")
    one = kinds.add_parser("scenario", help="a scenario with all it inherits, and where each value is set")
    one.add_argument("scenario", metavar="SCENARIO", help="id or file")
    one.add_argument("--json", action="store_true", help="print JSON")
    one.set_defaults(command=show_scenario)
    figures = kinds.add_parser("data", help="published figures of an indicator, every release, with sources")
    figures.add_argument("indicator", metavar="INDICATOR", help="as data/indicators.csv names it")
    figures.add_argument("--place", metavar="GEO", help="this place alone, as data/places.csv names it")
    figures.add_argument("--lang", choices=("zh", "en"), default="en", help="language (default: en)")
    figures.add_argument("--json", action="store_true", help="print JSON")
    figures.set_defaults(command=show_data)
    return top


def whole(least: int) -> Any:
    """An argument that is a whole number from `least` on."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r}; allowed: a whole number from {least}")
        return int(text)

    return read


def percents(text: str) -> tuple[float, float]:
    """Two numbers of % as fractions."""
    try:
        low, high = (float(part) / 100 for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}; allowed: two numbers such as -5,5") from None
    return low, high


def goal(given: argparse.Namespace, project: Project) -> int:
    """What it would take to meet goals with one lever."""
    from futian_model.evidence import load_evidence
    from futian_model.report.verdicts import verdict_lines
    from futian_model.scenario import load_scenario
    from futian_model.solver import Model, solve

    evidence = load_evidence(project)
    scenario = load_scenario(given.scenario, project, evidence=evidence)
    names = given.goal or Model(scenario, evidence).within_reach()
    choice = {"shape": given.shape, "start": given.start, "end": given.end, "bounds": given.bounds}
    found = solve(scenario, names, given.lever, evidence=evidence, **choice)
    if given.json:
        print(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
    else:
        print(
            "\n".join(
                [f"{scenario.id}  {scenario.title[given.lang]}", *verdict_lines(found, evidence, given.lang)]
            )
        )
    return 0


def compare(given: argparse.Namespace, project: Project) -> int:
    """How far apart two scenarios end, and what that comes from."""
    from futian_model.attribution import Mixtures, attribute
    from futian_model.evidence import load_evidence
    from futian_model.report.compare_words import lines
    from futian_model.scenario import load_scenario

    evidence = load_evidence(project)
    a, b = (load_scenario(one, project, evidence=evidence) for one in (given.a, given.b))
    mixtures = Mixtures(a, b, evidence)
    names = [given.indicator] if given.indicator else mixtures.headline()
    made = [attribute(a, b, evidence, indicator=name, year=given.year, mixtures=mixtures) for name in names]
    if given.json:
        told = {"a": a.id, "b": b.id, "attributions": [one.to_dict() for one in made]}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines(a, b, made, evidence, given.lang)))
    return 0


def run(given: argparse.Namespace, project: Project) -> int:
    """Reports of scenarios, and their index."""
    from tqdm import tqdm

    from futian_model import batch

    evidence, attempts = _attempts(given.files, project)
    if not any(one.scenario for one in attempts):
        return _told(attempts)
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
    if not failed:
        return 0
    return FAILED if all(one.scenario for one in attempts) else BAD_INPUT


def _line(outcome: "Outcome", outputs: Path, project: Project) -> str:
    """What came of a scenario, in one line or, with several faults, one each."""
    if outcome.fault:
        return f"{outcome.id}: failed: {outcome.fault}"
    kept = f"; the earlier folder, changed by hand, is kept as {outcome.kept.name}" if outcome.kept else ""
    return f"{outcome.id}: {project.shown((outputs / outcome.id).resolve())}{kept}"


def check(given: argparse.Namespace, project: Project) -> int:
    """What each scenario assumes."""
    from futian_model.report import describe

    evidence, attempts = _attempts(given.files, project)
    counts = _counts(evidence)
    sound = [one.scenario for one in attempts if one.scenario is not None]
    told = {scenario.id: describe(scenario, evidence, given.lang) for scenario in sound}
    if given.json:
        print(
            json.dumps(
                {
                    "data": counts,
                    "scenarios": {name: dict(rows) for name, rows in told.items()},
                    "faults": [str(fault) for one in attempts for fault in one.faults],
                },
                ensure_ascii=False,
                indent=2,
            )
        )
    elif sound:
        print(CHECKED[given.lang].format(**counts))
        print("\n\n".join(_described(scenario, told[scenario.id], given.lang) for scenario in sound))
    return _told(attempts)


def _counts(evidence: "Evidence") -> dict[str, int]:
    """How much the data package holds; its panels, read on demand, are read and checked here."""
    disputed = evidence.contradictions().drop_duplicates(["geo", "indicator", "period"])
    return {
        "figures": len(evidence.observations),
        "panel_figures": len(evidence.growth_panels),
        "sources": len(evidence.sources),
        "places": len(evidence.places),
        "contradictions": len(disputed),
        "explained": int((disputed["explanation_en"] != "").sum()),
    }


def _described(scenario: "Scenario", rows: Sequence[tuple[str, str]], lang: str) -> str:
    lines = [f"{scenario.id}  {scenario.title[lang]}", f"  ({scenario.file})"]
    return "\n".join([*lines, *(f"  {label}: {text}" for label, text in rows)])


def show_scenario(given: argparse.Namespace, project: Project) -> int:
    """The merged scenario, each value with the place that set it."""
    from futian_model.scenario import load_scenario

    scenario = load_scenario(given.scenario, project)
    if given.json:
        shown = {"scenario": scenario.to_dict(), "provenance": dict(scenario.provenance)}
        print(json.dumps(shown, ensure_ascii=False, indent=2))
        return 0
    print(f"{scenario.id}  {scenario.title['en']} / {scenario.title['zh']}")
    values = {field: json.dumps(value, ensure_ascii=False) for field, value in scenario.values().items()}
    fields, texts = max(map(len, values)), max(map(len, values.values()))
    for field, value in values.items():
        print(f"{field:<{fields}}  {value:<{texts}}  {scenario.provenance[field]}")
    return 0


def show_data(given: argparse.Namespace, project: Project) -> int:
    """Published figures of an indicator, release by release."""
    from futian_model.evidence import listing, load_evidence

    evidence = load_evidence(project)
    if given.json:
        figures = listing.records(evidence, given.indicator, given.place)
        held = {"indicator": given.indicator, "held_as": listing.held_as(evidence, given.indicator)}
        print(json.dumps({**held, "figures": figures}, ensure_ascii=False, indent=2))
    else:
        print(listing.listing(evidence, given.indicator, given.lang, given.place))
    return 0


def _attempts(files: Sequence[str], project: Project) -> "tuple[Evidence, list[Attempt]]":
    """The project's evidence, and what comes of each file; the built-in ones when none is named."""
    from futian_model.evidence import load_evidence
    from futian_model.scenario import attempt_all, builtin_scenarios

    evidence = load_evidence(project)
    attempts = attempt_all(files or builtin_scenarios(project), project, evidence)
    return evidence, [_rehearsed(one, evidence) for one in attempts]


def _rehearsed(one: "Attempt", evidence: "Evidence") -> "Attempt":
    """A sound file's attempt, or a faulty one where the scenario cannot be simulated."""
    from futian_model.simulation import rehearse

    if one.scenario is None:
        return one
    try:
        rehearse(one.scenario, evidence)
    except InputError as fault:
        return replace(one, scenario=None, faults=(fault,))
    return one


def _told(attempts: "Sequence[Attempt]") -> int:
    """Print every fault once."""
    faults = dict.fromkeys(str(fault) for one in attempts for fault in one.faults)
    for fault in faults:
        print(fault, file=sys.stderr)
    return BAD_INPUT if faults else 0


if __name__ == "__main__":
    sys.exit(main())
