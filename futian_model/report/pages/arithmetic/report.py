"""The plan's own arithmetic: the report behind the notebook of that name."""

from futian_model.evidence import Evidence
from futian_model.report.pages.arithmetic import answer as arithmetic_answer
from futian_model.report.pages.arithmetic import claims as arithmetic_claims
from futian_model.report.pages.arithmetic import goals as arithmetic_goals
from futian_model.report.pages.arithmetic import people as arithmetic_people
from futian_model.report.pages.arithmetic.rows import ArithmeticMaterial
from futian_model.report.sections.report import OfScenario, Part
from futian_model.scenario import Scenario, Source


class ArithmeticReport(OfScenario[ArithmeticMaterial]):
    """What the plan's own figures imply for each other, in one language.

    Parameters
    ----------
    scenario : Scenario
        Gives a population path to hold the goals against, and no other figure.
    lang : {"zh", "en"}
    evidence : Evidence, optional
        The project's figures; loaded when left out.
    """

    kind, asked = ArithmeticMaterial, ()

    def __init__(
        self, scenario: Scenario | Source, lang: str = "zh", *, evidence: Evidence | None = None
    ) -> None:
        # only the central path is read, and it is the same however many are drawn
        super().__init__(scenario, lang, evidence=evidence, draws=1)

    cover = Part(arithmetic_answer.cover)
    answer = Part(arithmetic_answer.answer)
    goals = Part(arithmetic_goals.goals)
    population = Part(arithmetic_people.people)
    shares = Part(arithmetic_goals.shares)
    claims = Part(arithmetic_claims.checked)
