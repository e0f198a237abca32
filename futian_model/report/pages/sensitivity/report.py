"""What moves the answer, and on what a goal hangs: the report behind the notebook of that name."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from futian_model.evidence import Evidence
from futian_model.report.page import Section
from futian_model.report.pages.sensitivity import answer as sensitivity_answer
from futian_model.report.pages.sensitivity import conditions as sensitivity_hangs
from futian_model.report.pages.sensitivity import matrix as sensitivity_matrix
from futian_model.report.pages.sensitivity import plausibility as sensitivity_judged
from futian_model.report.pages.sensitivity import sections as sensitivity_sections
from futian_model.report.pages.sensitivity.rows import SAMPLES, SensitivityMaterial
from futian_model.report.pages.sensitivity.surroundings import Surroundings
from futian_model.report.sections.report import OfScenario, Part
from futian_model.scenario import Scenario, Source, scenario_of
from futian_model.simulation.sample import KEPT


def inside(tell: Callable[[Surroundings], Section], heading: str) -> Callable[[SensitivityMaterial], Section]:
    """A section on surroundings, or that no path of them covers the scenario's years."""

    @wraps(tell)
    def section(page: SensitivityMaterial) -> Section:
        around = page.around
        return tell(around) if around.cells else page.section(heading, "contexts_none")

    return section


class SensitivityReport(OfScenario[SensitivityMaterial]):
    """Levers, uncertain inputs, conditions and surroundings of a scenario, in one language.

    Surroundings are the cities and nations of `params/context/`.

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
        scenario: Scenario | Source,
        lang: str = "zh",
        *,
        evidence: Evidence | None = None,
        draws: int | None = None,
        seed: int | None = None,
    ) -> None:
        scenario = scenario_of(scenario, evidence)
        draws = min(scenario.run.draws, KEPT) if draws is None else draws
        super().__init__(scenario, lang, evidence=evidence, draws=draws, seed=seed)

    cover = Part(sensitivity_answer.cover)
    answer = Part(sensitivity_answer.answer)
    levers = Part(sensitivity_sections.levers)
    uncertain = Part(sensitivity_sections.swings)
    variance = Part(sensitivity_sections.variance)
    discovery = Part(sensitivity_hangs.discovered)
    matrix = Part(inside(sensitivity_matrix.matrix, "contexts_matrix_heading"))
    goals = Part(inside(sensitivity_matrix.goals, "contexts_goals_heading"))
    plausibility = Part(inside(sensitivity_judged.judged, "contexts_judged_heading"))

    def inputs(self) -> dict[str, Any]:
        around = self.material.around
        places = [place.model_dump(mode="json") for place in (*around.nations, *around.cities)]
        return {**super().inputs(), "samples": SAMPLES, "surroundings": places}
