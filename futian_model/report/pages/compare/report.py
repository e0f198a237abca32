"""Why do two scenarios differ: the report behind the notebook of that name."""

from functools import cached_property
from typing import Any

from futian_model import __version__, simulation
from futian_model.attribution import Mixtures
from futian_model.evidence import Evidence, load_evidence
from futian_model.report.page.blocks import Cover, Record, Section
from futian_model.report.pages.compare import answer as compare_answer
from futian_model.report.pages.compare import sides as compare_sides
from futian_model.report.pages.compare import why as compare_why
from futian_model.report.pages.compare.rows import CompareMaterial
from futian_model.report.sections.material import Material, gather
from futian_model.report.words.numbers import Number, year
from futian_model.scenario import Scenario


class CompareReport:
    """How far apart two scenarios end, and which of their assumptions that comes from, in one language.

    Parameters
    ----------
    a, b : Scenario
        From which, and to which; with the same base year and horizon.
    lang : {"zh", "en"}
    evidence : Evidence, optional
        The project's figures; loaded when left out.
    draws, seed : int, optional
        Number of paths, and key of the draws of both; when left out the larger number of the two and
        the key of `a`.

    Raises
    ------
    InputError
        Base years or horizons differ; or, at the first section, the language is unknown.
    """

    def __init__(
        self,
        a: Scenario,
        b: Scenario,
        lang: str = "zh",
        *,
        evidence: Evidence | None = None,
        draws: int | None = None,
        seed: int | None = None,
    ) -> None:
        self.a, self.b, self.lang = a, b, lang
        self.mixtures = Mixtures(a, b, evidence if evidence is not None else load_evidence())
        self.draws = max(a.run.draws, b.run.draws) if draws is None else draws
        self.seed = simulation.chosen_seed(a.run.seed if seed is None else seed)

    @cached_property
    def material(self) -> CompareMaterial:
        """Results of both, the parts of their differences, and the table of numbers."""
        drawn: dict[str, Any] = {
            "evidence": self.mixtures.evidence,
            "draws": self.draws,
            "seed": self.seed,
        }
        other = gather(Material, self.b, self.lang, **drawn)
        return gather(CompareMaterial, self.a, self.lang, **drawn, other=other, between=self.mixtures)

    def cover(self) -> Cover:
        """The question, and the two scenarios."""
        given, words = self.material, self.material.words
        draws = Number(given.given_scenario.draws, "count")
        vintages = dict.fromkeys(side.vintage for side in given.sides.values())
        facts = [
            (words["fact_span"], words.say("span", start=year(given.first), end=year(given.last)).text),
            (words["fact_vintage"], words["enumeration"].join(vintages)),
            (words["fact_prices"], words.say("prices", year=year(given.first)).text),
            (words["fact_draws"], draws.text(self.lang)),
            (words["fact_version"], __version__),
        ]
        names = dict(zip(given.sides, given.titles, strict=True))
        subtitle, question = (
            words.say(name, **names).text for name in ("compare_subtitle", "compare_question")
        )
        return Cover(self.lang, words["compare_title_page"], subtitle, question, facts)

    def answer(self) -> Section:
        """How far apart the two end, and why."""
        return compare_answer.answer(self.material)

    def side_by_side(self) -> Section:
        """Key figures and goals of both."""
        return compare_sides.side_by_side(self.material)

    def why(self) -> Section:
        """The parts of the differences in GDP, GDP per head and the first share."""
        return compare_why.why(self.material)

    def chances(self) -> Section:
        """The same of the share of paths that meet a goal."""
        return compare_why.chances(self.material)

    def assumptions(self) -> Section:
        """What they assume differently."""
        return compare_sides.assumed(self.material)

    def record(self) -> Record:
        """The results table and its inputs, carried in the notebook and not shown."""
        given = self.material
        return given.record(
            report=type(self).__name__,
            a=self.a.to_dict(),
            b=self.b.to_dict(),
            draws=given.given_scenario.draws,
            seed=given.given_scenario.seed,
        )
