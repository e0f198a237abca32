"""The plan's own arithmetic: the report behind the notebook of that name."""

from functools import cached_property

from futian_model import __version__
from futian_model.evidence import Evidence
from futian_model.report.page.blocks import Cover, Record, Section
from futian_model.report.pages.arithmetic import answer as arithmetic_answer
from futian_model.report.pages.arithmetic import claims as arithmetic_claims
from futian_model.report.pages.arithmetic import goals as arithmetic_goals
from futian_model.report.pages.arithmetic import people as arithmetic_people
from futian_model.report.pages.arithmetic.rows import ArithmeticMaterial
from futian_model.report.sections.material import gather
from futian_model.report.words.numbers import year
from futian_model.scenario import Scenario


class ArithmeticReport:
    """What the plan's own figures imply for each other, in one language.

    Parameters
    ----------
    scenario : Scenario
        Gives a population path to hold the goals against, and no other figure.
    lang : {"zh", "en"}
    evidence : Evidence, optional
        The project's figures; loaded when left out.
    """

    def __init__(self, scenario: Scenario, lang: str = "zh", *, evidence: Evidence | None = None) -> None:
        self.scenario, self.lang, self._evidence = scenario, lang, evidence

    @cached_property
    def material(self) -> ArithmeticMaterial:
        """Results and the table of numbers."""
        # only the central path is read, and it is the same however many are drawn
        return gather(
            ArithmeticMaterial, self.scenario, self.lang, evidence=self._evidence, draws=1, seed=None
        )

    def cover(self) -> Cover:
        """Title, years, and whose population stands beside the plan's."""
        given, words = self.material, self.material.words
        facts = [
            *((words["fact_span"], span(given)) for _ in given.plan.asked[:1]),
            (words["fact_version"], __version__),
        ]
        subtitle = words.say("arithmetic_subtitle", scenario=self.scenario.title[self.lang]).text
        return Cover(self.lang, words["arithmetic_title"], subtitle, words["arithmetic_question"], facts)

    def answer(self) -> Section:
        """What the goals imply, where they cannot all hold exactly, and which doubling binds."""
        return arithmetic_answer.answer(self.material)

    def goals(self) -> Section:
        """Levels and growth of each goal on GDP and GDP per head, and after the one before it."""
        return arithmetic_goals.goals(self.material)

    def shares(self) -> Section:
        """Part and rest behind each share goal; the cuts that overlap."""
        return arithmetic_goals.shares(self.material)

    def population(self) -> Section:
        """The population behind the goals, the census, and which goal binds on which path."""
        return arithmetic_people.people(self.material)

    def claims(self) -> Section:
        """What the plan says of the past, computed again."""
        return arithmetic_claims.checked(self.material)

    def record(self) -> Record:
        """The results table and its inputs, carried in the notebook and not shown."""
        given = self.material
        return given.record(
            report=type(self).__name__,
            scenario=self.scenario.to_dict(),
        )


def span(given: ArithmeticMaterial) -> str:
    """From the base year of the plan's goals to the last of them."""
    first = min(one.goal.base_year for one in given.plan.asked)
    last = max(one.goal.year for one in given.plan.asked)
    return given.words.say("span", start=year(first), end=year(last)).text
