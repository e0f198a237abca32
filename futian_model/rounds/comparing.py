"""Two rounds: which scenarios both hold, how far their results moved, and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from futian_model.errors import InputError, UnknownName
from futian_model.evidence import Evidence
from futian_model.rounds.edition import Round
from futian_model.rounds.making import changed
from futian_model.rounds.mixing import Difference, Mixture
from futian_model.rounds.moving import Moved, Side, common, moved
from futian_model.rounds.results import Row, Values
from futian_model.scenario import Scenario

LEVELS = ("real_gdp", "real_gdp_per_capita")


@dataclass(frozen=True, eq=False)
class Comparison:
    """What moved between two rounds.

    Attributes
    ----------
    data : Difference
        What differs between their data.
    scenarios : list of Moved
        Every scenario that both hold and that can be split, in the order of the later round.
    faults : mapping of str to str
        Why others cannot.
    gone, new : list of str
        Scenarios that only the earlier, only the later one holds.
    making : mapping of str to (str, str)
        Library, Python, packages and system that differ between the two.
    """

    a: Round
    b: Round
    data: Difference
    scenarios: list[Moved]
    faults: dict[str, str]
    gone: list[str]
    new: list[str]
    making: dict[str, tuple[str, str]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "a": self.a.name,
            "b": self.b.name,
            "data": self.data.to_dict(),
            "made_by": {name: list(pair) for name, pair in self.making.items()},
            "scenarios": [entry.to_dict() for entry in self.scenarios],
            "faults": self.faults,
            "only_in_a": self.gone,
            "only_in_b": self.new,
        }


def compare_rounds(
    a: Round,
    b: Round,
    *,
    scenarios: Sequence[str] | None = None,
    indicator: str | None = None,
    year: int | None = None,
    progress: Callable[[str], object] = lambda scenario: None,
) -> Comparison:
    """What moved between two rounds, and why.

    Parameters
    ----------
    a, b : Round
        The earlier and the later.
    scenarios : sequence of str, optional
        Those alone; all that both hold when left out.
    indicator : str, optional
        It alone; GDP, GDP per head, the first share and the goals' chances when left out.
    year : int, optional
        It alone; the goals' years and the last when left out.
    progress : callable
        Told each scenario when it is done.

    Returns
    -------
    Comparison

    Raises
    ------
    InputError
        Data of a round cannot be read by today's library, or an argument names nothing that both have.
    """
    mixture = Mixture(a.project, b.project).with_evidence(a.evidence, b.evidence)
    both = [name for name in b.scenarios if name in a.scenarios]
    for name in scenarios or ():
        if name not in both:
            raise UnknownName(name, both)
    compared, faults = [], dict[str, str]()
    for name in both if scenarios is None else scenarios:
        try:
            compared.append(of_scenario(mixture, a, b, name, indicator, year))
        except InputError as error:
            if indicator is not None or year is not None:
                raise
            faults[name] = "; ".join(str(error).splitlines())
        progress(name)
    return Comparison(
        a,
        b,
        mixture.difference,
        compared,
        faults,
        [name for name in a.scenarios if name not in b.scenarios],
        [name for name in b.scenarios if name not in a.scenarios],
        changed(a.manifest["made_by"], b.manifest["made_by"]),
    )


def of_scenario(
    mixture: Mixture, a: Round, b: Round, name: str, indicator: str | None, year: int | None
) -> Moved:
    """What moved one scenario."""
    scenarios = [edition.scenario(name) for edition in (a, b)]
    rows = chosen(scenarios[-1], b.evidence, a.results(name), b.results(name), indicator, year)
    before, after = (Side(partial(edition.scenario, name), edition.results(name)) for edition in (a, b))
    return moved(mixture, before, after, rows)


def chosen(
    scenario: Scenario, evidence: Evidence, a: Values, b: Values, indicator: str | None, year: int | None
) -> list[Row]:
    """Results to be split."""
    names = headline_of(scenario) if indicator is None else [indicator]
    goals = [goal.name for goal in evidence.quantified_goals() if indicator in (None, goal.indicator)]
    rows = common(a, b, goals, names, years_of(scenario, evidence) if year is None else [year])
    rows = [row for row in rows if year in (None, row.year)]
    if not rows:
        indicators = {row.indicator for row in a.keys() & b.keys()}
        if indicator is not None and indicator not in indicators:
            raise UnknownName(indicator, indicators & set(evidence.indicators.index))
        first, last = (int(at) for at in scenario.years[[0, -1]])
        raise InputError("year", year, f"a year from {first} to {last} that both rounds have")
    return rows


def headline_of(scenario: Scenario) -> list[str]:
    """GDP, GDP per head and the first share."""
    shares = [name for name, block in scenario.levers.shares.items() if block is not None]
    return [*LEVELS, *shares[:1]]


def years_of(scenario: Scenario, evidence: Evidence) -> list[int]:
    """Years of the goals, and the last."""
    within = {goal.year for goal in evidence.quantified_goals() if goal.year in scenario.years[1:]}
    return sorted(within | {int(scenario.years[-1])})
