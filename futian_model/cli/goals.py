"""`futian goal`: what it would take to meet goals of the plan with one lever."""

import argparse

from futian_model.cli.arguments import Commands, percents, printed, ready, whole
from futian_model.errors import InputError
from futian_model.project import Project


def add(commands: Commands) -> None:
    """Its options."""
    asking = commands.add_parser("goal", help="what it would take to meet goals of the plan with one lever")
    option = asking.add_argument
    option("scenario", nargs="?", default="evidence_trend", help="id or file of the baseline")
    option("--goal", action="append", metavar="NAME", help="a goal; repeated for several; all")
    of_production = "investment_share, tfp_growth or human_capital_growth"
    levers = f"growth, population, a share; with production {of_production}; with firms entry"
    option("--lever", default="growth", help=f"{levers} (default: growth)")
    option("--shape", default="constant", help="constant, ramp or step (default: constant)")
    option("--start", type=whole(0), metavar="YEAR", help="first year of a ramp or step")
    option("--end", type=whole(0), metavar="YEAR", help="first year of a ramp at its full height")
    limits = "limits of the change, %% a year (default: -10,10)"
    option("--bounds", type=percents, default=(-0.1, 0.1), metavar="LOW,HIGH", help=limits)
    ready(asking, goal, "--lang", "--json")


def goal(options: argparse.Namespace, project: Project) -> int:
    """What it would take to meet goals with one lever."""
    from futian_model.evidence import load_evidence
    from futian_model.report.terminal.verdicts import verdict_lines
    from futian_model.scenario import load_scenario
    from futian_model.solver import Model, solve

    evidence = load_evidence(project)
    scenario = load_scenario(options.scenario, project, evidence=evidence)
    names = options.goal or Model(scenario, evidence).within_reach()
    if not names:
        allowed = "goals on GDP or GDP per capita in data/plan_goals.csv, of the scenario's years"
        raise InputError("goals", "none", allowed)
    choice = {
        "shape": options.shape,
        "start": options.start,
        "end": options.end,
        "bounds": options.bounds,
    }
    verdict = solve(scenario, names, options.lever, evidence=evidence, **choice)
    head = f"{scenario.id}  {scenario.title[options.lang]}"
    printed(options, verdict.to_dict, lambda: [head, *verdict_lines(verdict, evidence, options.lang)])
    return 0
