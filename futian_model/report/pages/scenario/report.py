"""The scenario report, section by section, as the notebook calls it."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Self

from futian_model.evidence import Evidence, load_evidence
from futian_model.report.pages.scenario import answer, assumptions, baseline, common, goals, growth, outlook
from futian_model.report.pages.scenario.rows import ScenarioMaterial
from futian_model.report.sections import requirements
from futian_model.report.sections.findings import software
from futian_model.report.sections.material import gather
from futian_model.report.sections.report import RECORD, OfScenario, Part
from futian_model.scenario import Scenario, Source, load_baseline, read_back, scenario_of

PACKAGES = ("numpy", "pandas", "scipy", "matplotlib")


class ScenarioReport(OfScenario[ScenarioMaterial]):
    """Report of one scenario in one language.

    Parameters
    ----------
    scenario, lang, evidence, draws, seed
        As in `OfScenario`.
    against : Scenario, str, Path or mapping, optional
        The baseline; what the scenario's file extends when left out.
    """

    def __init__(
        self,
        scenario: Scenario | Source,
        lang: str = "zh",
        *,
        evidence: Evidence | None = None,
        draws: int | None = None,
        seed: int | None = None,
        against: Scenario | Source | None = None,
    ) -> None:
        super().__init__(scenario, lang, evidence=evidence, draws=draws, seed=seed)
        self.against = None if against is None else scenario_of(against, evidence)

    @cached_property
    def material(self) -> ScenarioMaterial:
        """Both results, the baseline and the table of numbers."""
        evidence = self._asked["evidence"] or load_evidence()
        asked = self._asked | {"evidence": evidence}
        baseline = self.against or load_baseline(self.scenario, evidence)
        return gather(ScenarioMaterial, self.scenario, self.lang, **asked, baseline=baseline)

    cover = Part(answer.cover)
    answer = Part(answer.answer)
    growth = Part(growth.growth)
    outlook = Part(outlook.outlook)
    goals = Part(goals.scorecard)
    required = Part(requirements.requirements)
    baseline = Part(baseline.baseline)
    assumptions = Part(assumptions.assumptions)
    annex = Part(common.annex)

    def inputs(self) -> dict[str, Any]:
        page = self.material
        return {
            "scenario": self.scenario.to_dict(),
            "baseline": None if page.baseline is None else page.baseline.to_dict(),
            "draws": page.given_scenario.draws,
            "seed": page.given_scenario.seed,
            **software(*PACKAGES),
        }

    @classmethod
    def again(cls, inputs: Mapping[str, Any], lang: str, evidence: Evidence) -> Self:
        """The same, against the baseline that it was held against."""
        report = super().again(inputs, lang, evidence)
        report.against = read_back(inputs["baseline"], evidence, RECORD) if inputs.get("baseline") else None
        return report
