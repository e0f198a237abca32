"""Which lever moves which result, and on what a goal hangs: the report behind the notebook of that name."""

from functools import cached_property
from typing import Any

from futian_model import __version__
from futian_model.evidence import Evidence
from futian_model.report.page.blocks import Cover, Record, Section
from futian_model.report.pages.sensitivity import answer as sensitivity_answer
from futian_model.report.pages.sensitivity import conditions as sensitivity_hangs
from futian_model.report.pages.sensitivity import sections as sensitivity_sections
from futian_model.report.pages.sensitivity.rows import SAMPLES, SensitivityMaterial
from futian_model.report.sections.material import gather
from futian_model.report.words.numbers import Number, year
from futian_model.scenario import Scenario
from futian_model.simulation.sample import KEPT


class SensitivityReport:
    """Levers, uncertain inputs and conditions of a scenario, in one language.

    Parameters
    ----------
    scenario : Scenario
    lang : {"zh", "en"}
    evidence : Evidence, optional
        The project's figures; loaded when left out.
    draws, seed : int, optional
        Number of paths and key of the random draws; the scenario's own when left out, at most as many as
        are kept: conditions need every path.
    """

    def __init__(
        self,
        scenario: Scenario,
        lang: str = "zh",
        *,
        evidence: Evidence | None = None,
        draws: int | None = None,
        seed: int | None = None,
    ) -> None:
        self.scenario, self.lang = scenario, lang
        draws = min(scenario.run.draws, KEPT) if draws is None else draws
        self._asked: dict[str, Any] = {"evidence": evidence, "draws": draws, "seed": seed}

    @cached_property
    def material(self) -> SensitivityMaterial:
        """Results and the table of numbers."""
        return gather(SensitivityMaterial, self.scenario, self.lang, **self._asked)

    def cover(self) -> Cover:
        """Title and scenario."""
        given, words = self.material, self.material.words
        facts = [
            (words["fact_span"], words.say("span", start=year(given.first), end=year(given.last)).text),
            (words["fact_vintage"], given.vintage),
            (words["fact_prices"], words.say("prices", year=year(given.first)).text),
            (words["fact_draws"], Number(given.given_scenario.draws, "count").text(self.lang)),
            (words["fact_version"], __version__),
        ]
        subtitle = words.say("sensitivity_subtitle", scenario=self.scenario.title[self.lang]).text
        return Cover(self.lang, words["sensitivity_title"], subtitle, words["sensitivity_question"], facts)

    def answer(self) -> Section:
        """The strongest lever, the widest uncertainty, and on what the last goal on GDP hangs."""
        return sensitivity_answer.answer(self.material)

    def levers(self) -> Section:
        """What a point of each lever does to each result."""
        return sensitivity_sections.levers(self.material)

    def uncertain(self) -> Section:
        """Results at both ends of each uncertain input."""
        return sensitivity_sections.swings(self.material)

    def variance(self) -> Section:
        """Whose uncertainty makes how much of the variance."""
        return sensitivity_sections.variance(self.material)

    def discovery(self) -> Section:
        """The condition on which each goal hangs."""
        return sensitivity_hangs.discovered(self.material)

    def record(self) -> Record:
        """The results table and its inputs, carried in the notebook and not shown."""
        given = self.material
        return given.record(
            report=type(self).__name__,
            scenario=self.scenario.to_dict(),
            draws=given.given_scenario.draws,
            seed=given.given_scenario.seed,
            samples=SAMPLES,
        )
