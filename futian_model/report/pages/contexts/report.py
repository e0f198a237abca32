"""City and nation around the district: the report behind the notebook of that name."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from futian_model.evidence import Evidence
from futian_model.report.page import Section
from futian_model.report.pages.contexts import answer as contexts_answer
from futian_model.report.pages.contexts import matrix as contexts_matrix
from futian_model.report.pages.contexts import plausibility as contexts_judged
from futian_model.report.pages.contexts.rows import ContextMaterial
from futian_model.report.sections.report import OfScenario, Part
from futian_model.scenario import Scenario


def covered(made: Callable[[ContextMaterial], Section], heading: str) -> Callable[[ContextMaterial], Section]:
    """A section, or that no path covers the scenario's years."""

    @wraps(made)
    def section(page: ContextMaterial) -> Section:
        return made(page) if page.cells else page.section(heading, "contexts_none")

    return section


class ContextReport(OfScenario[ContextMaterial]):
    """One scenario inside every city and nation of `params/context/`, in one language.

    Parameters
    ----------
    scenario : Scenario
        Gives the local levers, and the district's lead over its city.
    lang : {"zh", "en"}
    evidence : Evidence, optional
        The project's figures; loaded when left out.
    """

    kind, asked = ContextMaterial, ()

    def __init__(self, scenario: Scenario, lang: str = "zh", *, evidence: Evidence | None = None) -> None:
        # only central paths are read, and they are the same however many are drawn
        super().__init__(scenario, lang, evidence=evidence, draws=1)

    cover = Part(contexts_answer.cover)
    answer = Part(covered(contexts_answer.answer, "answer_heading"))
    matrix = Part(covered(contexts_matrix.matrix, "contexts_matrix_heading"))
    goals = Part(covered(contexts_matrix.goals, "contexts_goals_heading"))
    plausibility = Part(covered(contexts_judged.judged, "contexts_judged_heading"))

    def inputs(self) -> dict[str, Any]:
        page = self.material
        places = [place.model_dump(mode="json") for place in (*page.nations, *page.cities)]
        return {**super().inputs(), "surroundings": places}
