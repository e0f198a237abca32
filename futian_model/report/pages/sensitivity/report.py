"""Which lever moves which result, and on what a goal hangs: the report behind the notebook of that name."""

from typing import Any

from futian_model.evidence import Evidence
from futian_model.report.pages.sensitivity import answer as sensitivity_answer
from futian_model.report.pages.sensitivity import conditions as sensitivity_hangs
from futian_model.report.pages.sensitivity import sections as sensitivity_sections
from futian_model.report.pages.sensitivity.rows import SAMPLES, SensitivityMaterial
from futian_model.report.sections.report import OfScenario, Part
from futian_model.scenario import Scenario
from futian_model.simulation.sample import KEPT


class SensitivityReport(OfScenario[SensitivityMaterial]):
    """Levers, uncertain inputs and conditions of a scenario, in one language.

    Parameters
    ----------
    scenario, lang, evidence
        As in `OfScenario`.
    draws, seed : int, optional
        Number of paths and key of the random draws; the scenario's own when left out, at most as many as
        are kept: conditions need every path.
    """

    kind = SensitivityMaterial

    def __init__(
        self,
        scenario: Scenario,
        lang: str = "zh",
        *,
        evidence: Evidence | None = None,
        draws: int | None = None,
        seed: int | None = None,
    ) -> None:
        draws = min(scenario.run.draws, KEPT) if draws is None else draws
        super().__init__(scenario, lang, evidence=evidence, draws=draws, seed=seed)

    cover = Part(sensitivity_answer.cover)
    answer = Part(sensitivity_answer.answer)
    levers = Part(sensitivity_sections.levers)
    uncertain = Part(sensitivity_sections.swings)
    variance = Part(sensitivity_sections.variance)
    discovery = Part(sensitivity_hangs.discovered)

    def inputs(self) -> dict[str, Any]:
        return {**super().inputs(), "samples": SAMPLES}
