"""How do scenarios differ, and why: the report behind the notebook of that name."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Self

from futian_model import simulation
from futian_model.attribution import Mixtures, same_years
from futian_model.errors import InputError
from futian_model.evidence import Evidence, load_evidence
from futian_model.report.pages.compare import answer, assumed, goals, paths
from futian_model.report.pages.compare.rows import CompareMaterial
from futian_model.report.pages.compare.why import chances, why
from futian_model.report.sections.material import Material, gather
from futian_model.report.sections.report import RECORD, Part, Report
from futian_model.scenario import Scenario, Source, read_back, scenario_of

FEWEST, MOST = 2, 20
"""Scenarios that a page compares."""
Each = int | Sequence[int] | None
"""A number for all scenarios, one for each, or each scenario's own."""


class CompareReport(Report):
    """How far apart scenarios end and, of two, which of their assumptions that comes from, in one language.

    Parameters
    ----------
    scenarios : sequence of Scenario
        Two to twenty with the same base year and horizon; the first is the baseline, from which the
        others' deviations are counted.
    lang : {"zh", "en"}
    evidence : Evidence, optional
        The project's figures; loaded when left out.
    draws, seed : int or sequence of int, optional
        Number of paths and key of the random draws, for all or one for each; each scenario's own when left
        out, so that every figure is that of the scenario's own report.
    left_out : sequence of str
        Titles of scenarios that should stand here and could not be run.
    more : int
        Scenarios beyond those that a page compares.

    Raises
    ------
    InputError
        Too few or too many scenarios, base years or horizons that differ, or not as many `draws` or seeds
        as scenarios; or, at the first section, the language is unknown.
    """

    def __init__(
        self,
        scenarios: Sequence[Scenario | Source],
        lang: str = "zh",
        *,
        evidence: Evidence | None = None,
        draws: Each = None,
        seed: Each = None,
        left_out: Sequence[str] = (),
        more: int = 0,
    ) -> None:
        few_or_many(len(scenarios))
        self.evidence = evidence if evidence is not None else load_evidence()
        self.scenarios = [scenario_of(scenario, self.evidence) for scenario in scenarios]
        self.lang = lang
        same_years(self.scenarios)
        self.draws = each("draws", draws, [scenario.run.draws for scenario in self.scenarios])
        new = simulation.chosen_seed(None)  # one for all that have none of their own
        own = [new if scenario.run.seed is None else scenario.run.seed for scenario in self.scenarios]
        self.seed = each("seed", seed, own)
        self.left_out, self.more = tuple(left_out), more

    @cached_property
    def material(self) -> CompareMaterial:
        """Results of all, the parts of the difference of two, and the table of numbers."""
        baseline, *others = self.scenarios
        asked: list[dict[str, Any]] = [
            {"evidence": self.evidence, "draws": draws, "seed": seed}
            for draws, seed in zip(self.draws, self.seed, strict=True)
        ]
        return gather(
            CompareMaterial,
            baseline,
            self.lang,
            **asked[0],
            others=tuple(
                gather(Material, scenario, self.lang, **settings)
                for scenario, settings in zip(others, asked[1:], strict=True)
            ),
            between=Mixtures(baseline, others[0], self.evidence) if len(others) == 1 else None,
            left_out=self.left_out,
            more=self.more,
        )

    cover = Part(answer.cover)
    answer = Part(answer.answer)
    paths = Part(paths.paths)
    goals = Part(goals.goals)
    why = Part(why)
    chances = Part(chances)
    assumptions = Part(assumed.assumed)

    def inputs(self) -> dict[str, Any]:
        scenarios = [scenario.to_dict() for scenario in self.scenarios]
        return {"scenarios": scenarios, "draws": self.draws, "seed": self.seed}

    @classmethod
    def again(cls, inputs: Mapping[str, Any], lang: str, evidence: Evidence) -> Self:
        if "scenarios" not in inputs:
            raise InputError("record", "a comparison of an earlier layout", "one made since pages of twenty")
        scenarios = [read_back(content, evidence, RECORD) for content in inputs["scenarios"]]
        return cls(scenarios, lang, evidence=evidence, draws=inputs["draws"], seed=inputs["seed"])


def few_or_many(count: int) -> None:
    """Refuse fewer scenarios than can be compared, and more than a page holds.

    Raises
    ------
    InputError
        With the number that is allowed.
    """
    if not FEWEST <= count <= MOST:
        raise InputError("scenarios", count, f"{FEWEST} to {MOST} scenarios to compare")


def each(name: str, asked: Each, own: Sequence[int]) -> list[int]:
    """A number for each scenario.

    Raises
    ------
    InputError
        There are not as many numbers as scenarios.
    """
    if asked is None:
        return list(own)
    if isinstance(asked, int):
        return [asked] * len(own)
    if len(asked) != len(own):
        raise InputError(name, len(asked), f"one number, or {len(own)}: one for each scenario")
    return list(asked)
