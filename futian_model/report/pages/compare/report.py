"""Why do two scenarios differ: the report behind the notebook of that name."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Self

from futian_model import simulation
from futian_model.attribution import Mixtures
from futian_model.evidence import Evidence, load_evidence
from futian_model.report.pages.compare import answer as compare_answer
from futian_model.report.pages.compare import sides as compare_sides
from futian_model.report.pages.compare import why as compare_why
from futian_model.report.pages.compare.rows import CompareMaterial
from futian_model.report.sections.material import Material, gather
from futian_model.report.sections.report import RECORD, Part, Report
from futian_model.scenario import Scenario, read_back


class CompareReport(Report):
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

    cover = Part(compare_answer.cover)
    answer = Part(compare_answer.answer)
    side_by_side = Part(compare_sides.side_by_side)
    why = Part(compare_why.why)
    chances = Part(compare_why.chances)
    assumptions = Part(compare_sides.assumed)

    def inputs(self) -> dict[str, Any]:
        own = self.material.given_scenario
        return {"a": self.a.to_dict(), "b": self.b.to_dict(), "draws": own.draws, "seed": own.seed}

    @classmethod
    def again(cls, inputs: Mapping[str, Any], lang: str, evidence: Evidence) -> Self:
        a, b = (read_back(inputs[name], evidence, RECORD) for name in ("a", "b"))
        return cls(a, b, lang, evidence=evidence, draws=inputs["draws"], seed=inputs["seed"])
