"""`futian compare`: how far apart scenarios end, of two why, or what moved between two rounds."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from futian_model.cli.arguments import FAILED, Commands, printed, ready, whole
from futian_model.errors import InputError
from futian_model.project import Project

if TYPE_CHECKING:
    from futian_model.evidence import Evidence
    from futian_model.scenario import Scenario

PAIR = ("a", "b")


def add(commands: Commands) -> None:
    """Its options."""
    comparing = commands.add_parser(
        "compare", help="how far apart scenarios end, of two why, or what moved between two rounds"
    )
    named = "ids or files of two to twenty scenarios, the baseline first; or two rounds"
    option = comparing.add_argument
    option("names", metavar="NAME", nargs="+", help=named)
    named = "as data/indicators.csv names it (default: GDP, GDP per head and the first share)"
    option("--indicator", metavar="NAME", help=named)
    at = "year compared (default: the last; of rounds the goals' years too)"
    option("--year", type=whole(0), metavar="Y", help=at)
    ready(comparing, compare, "--lang", "--json")


def compare(options: argparse.Namespace, project: Project) -> int:
    """How far apart scenarios end, or what moved between two rounds, and of two what that comes from."""
    from futian_model.rounds import is_round

    known = [is_round(project, name) for name in options.names]
    if all(known) and len(known) == len(PAIR):
        return of_rounds(options, project)
    try:
        return of_scenarios(options, project)
    except InputError as fault:
        if any(known) and fault.field in ("scenario", "scenarios"):
            raise mixed(options, project, known) from None
        raise


def mixed(options: argparse.Namespace, project: Project, known: Sequence[bool]) -> InputError:
    """The fault of rounds beside what is none, or of more or fewer than two."""
    from futian_model.rounds import editions

    rounds = ", ".join(edition.name for edition in editions(project))
    allowed = f"two rounds, or two to twenty scenarios; rounds held: {rounds}"
    other = [name for name, is_round in zip(options.names, known, strict=True) if not is_round]
    if other:
        a_round = next(name for name, is_round in zip(options.names, known, strict=True) if is_round)
        allowed = f"two rounds or two scenarios; {a_round} is a round, {other[0]} is not; "
        allowed += f"rounds held: {rounds}"
    return InputError("compare", " ".join(options.names), allowed)


def of_rounds(options: argparse.Namespace, project: Project) -> int:
    """What moved between two rounds."""
    from tqdm import tqdm

    from futian_model.report.terminal.rounds import compared
    from futian_model.rounds import compare_rounds, opened

    a, b = (opened(project, name) for name in options.names)
    with tqdm(total=len(b.scenarios), unit="scenario", disable=None, leave=False) as bar:
        chosen = {"indicator": options.indicator, "year": options.year}
        comparison = compare_rounds(a, b, progress=lambda scenario: bar.update(), **chosen)
    printed(options, comparison.to_dict, lambda: compared(comparison, b.evidence, options.lang))
    return FAILED if comparison.faults else 0


def of_scenarios(options: argparse.Namespace, project: Project) -> int:
    """How far apart scenarios end, and of two what that comes from."""
    from futian_model.evidence import load_evidence
    from futian_model.report.pages.compare.report import few_or_many
    from futian_model.scenario import load_scenario

    few_or_many(len(options.names))
    evidence = load_evidence(project)
    scenarios = [load_scenario(name, project, evidence=evidence) for name in options.names]
    return (of_two if len(scenarios) == len(PAIR) else of_many)(options, scenarios, evidence)


def of_two(options: argparse.Namespace, scenarios: "Sequence[Scenario]", evidence: "Evidence") -> int:
    """How far apart two scenarios end, and what that comes from."""
    from futian_model.attribution import Mixtures, attribute
    from futian_model.report.terminal.differences import lines

    a, b = scenarios
    mixtures = Mixtures(a, b, evidence)
    names = [options.indicator] if options.indicator else mixtures.headline()
    splits = [
        attribute(a, b, evidence, indicator=name, year=options.year, mixtures=mixtures) for name in names
    ]
    content = {"a": a.id, "b": b.id, "attributions": [split.to_dict() for split in splits]}
    printed(options, lambda: content, lambda: lines(a, b, splits, evidence, options.lang))
    return 0


def of_many(options: argparse.Namespace, scenarios: "Sequence[Scenario]", evidence: "Evidence") -> int:
    """How far each scenario lies from the first, in a year."""
    from futian_model.attribution import deviations, same_years
    from futian_model.report.terminal.differences import apart
    from futian_model.simulation import simulate

    same_years(scenarios)
    results = [simulate(scenario, evidence, draws=1) for scenario in scenarios]
    first = results[0]
    shares = list(first.base.shares)[:1]
    headline = [name for name in ("real_gdp", "real_gdp_per_capita", *shares) if name in first.indicators]
    names = [first.known(options.indicator)] if options.indicator else headline
    at = int(first.years[first.position(options.year)]) if options.year is not None else int(first.years[-1])
    table = deviations(results, names)
    table = table[table["year"] == at].replace({float("nan"): None})
    rows = table.assign(scenario=[scenarios[place].id for place in table["scenario"]])
    content = {"baseline": scenarios[0].id, "year": at, "rows": rows.to_dict("records")}
    printed(options, lambda: content, lambda: apart(scenarios, table, evidence, options.lang))
    return 0
