"""City and nation around the district: the report behind the notebook of that name."""

from functools import cached_property

from futian_model import __version__
from futian_model.evidence import Evidence
from futian_model.report.page.blocks import Cover, Prose, Record, Section
from futian_model.report.pages.contexts import answer as contexts_answer
from futian_model.report.pages.contexts import matrix as contexts_matrix
from futian_model.report.pages.contexts import plausibility as contexts_judged
from futian_model.report.pages.contexts.rows import ContextMaterial
from futian_model.report.sections.material import gather
from futian_model.report.words.numbers import Number, year
from futian_model.scenario import Scenario


class ContextReport:
    """One scenario inside every city and nation of `params/context/`, in one language.

    Parameters
    ----------
    scenario : Scenario
        Gives the local levers, and the district's lead over its city.
    lang : {"zh", "en"}
    evidence : Evidence, optional
        The project's figures; loaded when left out.
    """

    def __init__(self, scenario: Scenario, lang: str = "zh", *, evidence: Evidence | None = None) -> None:
        self.scenario, self.lang, self._evidence = scenario, lang, evidence

    @cached_property
    def material(self) -> ContextMaterial:
        """The matrix and the table of numbers."""
        # only central paths are read, and they are the same however many are drawn
        return gather(ContextMaterial, self.scenario, self.lang, evidence=self._evidence, draws=1, seed=None)

    def cover(self) -> Cover:
        """The question, the scenario, and how many paths stand around it."""
        given, words = self.material, self.material.words
        facts = [
            (words["fact_span"], words.say("span", start=year(given.first), end=year(given.last)).text),
            (words["fact_vintage"], given.vintage),
            (words["fact_version"], __version__),
        ]
        cities, nations = (Number(len(held), "count") for held in (given.cities, given.nations))
        question = words.say("contexts_question", cities=cities, nations=nations, **given.places).text
        subtitle = words.say("contexts_subtitle", scenario=self.scenario.title[self.lang]).text
        return Cover(self.lang, words.say("contexts_title", **given.places).text, subtitle, question, facts)

    def answer(self) -> Section:
        """From where to where, what the goals need around the district, and what is not credible."""
        return contexts_answer.answer(self.material) if self.material.cells else self.none("answer_heading")

    def matrix(self) -> Section:
        """Every combination as a dot, as GDP and growth, and as share and flag."""
        if not self.material.cells:
            return self.none("contexts_matrix_heading")
        return contexts_matrix.matrix(self.material)

    def goals(self) -> Section:
        """Growth of the city that each goal needs, and which goals every combination misses."""
        if not self.material.cells:
            return self.none("contexts_goals_heading")
        return contexts_matrix.goals(self.material)

    def plausibility(self) -> Section:
        """How the flags are given, and what the evidence allows."""
        if not self.material.cells:
            return self.none("contexts_judged_heading")
        return contexts_judged.judged(self.material)

    def none(self, heading: str) -> Section:
        """A section where no path covers the scenario's years."""
        words = self.material.words
        return Section(self.lang, words[heading], [Prose(self.lang, [words.say("contexts_none")])])

    def record(self) -> Record:
        """The results table and its inputs, carried in the notebook and not shown."""
        given = self.material
        return given.record(
            report=type(self).__name__,
            scenario=self.scenario.to_dict(),
            surroundings=[place.model_dump(mode="json") for place in (*given.nations, *given.cities)],
        )
