"""What moves the answer, and on what a goal hangs: the report behind the notebook of that name."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from futian_model.evidence import Evidence
from futian_model.report.page import Section
from futian_model.report.pages.sensitivity import answer, conditions, plausibility, sections
from futian_model.report.pages.sensitivity.matrix import goals, matrix
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

    cover = Part(answer.cover)
    answer = Part(answer.answer)
    levers = Part(sections.levers)
    uncertain = Part(sections.swings)
    variance = Part(sections.variance)
    discovery = Part(conditions.discovered)
    matrix = Part(inside(matrix, "contexts_matrix_heading"))
    goals = Part(inside(goals, "contexts_goals_heading"))
    plausibility = Part(inside(plausibility.judged, "contexts_judged_heading"))

    def inputs(self) -> dict[str, Any]:
        around = self.material.around
        places = [place.model_dump(mode="json") for place in (*around.nations, *around.cities)]
        return {**super().inputs(), "samples": SAMPLES, "surroundings": places}
