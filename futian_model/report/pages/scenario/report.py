"""The scenario report, section by section, as the notebook calls it."""

import platform
from collections.abc import Mapping
from functools import cache, cached_property
from importlib import metadata
from typing import Any

from futian_model.evidence import Evidence, load_evidence
from futian_model.report.page.blocks import Cover, Record, Section
from futian_model.report.pages.scenario import answer, assumptions, baseline, outlook
from futian_model.report.pages.scenario import goals as scorecard
from futian_model.report.pages.scenario.rows import ScenarioMaterial
from futian_model.report.sections import annex, requirements
from futian_model.report.sections.material import gather
from futian_model.scenario import Scenario, load_baseline

PACKAGES = ("numpy", "pandas", "scipy", "matplotlib")


@cache
def versions() -> Mapping[str, str]:
    """Releases that the numbers and pictures come from."""
    return {name: metadata.version(name) for name in PACKAGES}


class ScenarioReport:
    """Report of one scenario in one language; simulated once, at the first section asked for.

    Parameters
    ----------
    scenario : Scenario
        From `load_scenario`.
    lang : {"zh", "en"}
    evidence : Evidence, optional
        The project's figures; loaded when left out.
    draws, seed : int, optional
        The scenario's own when left out.
    against : Scenario, optional
        The baseline; what the scenario's file extends when left out.
    """

    def __init__(
        self,
        scenario: Scenario,
        lang: str = "zh",
        *,
        evidence: Evidence | None = None,
        draws: int | None = None,
        seed: int | None = None,
        against: Scenario | None = None,
    ) -> None:
        self._asked: dict[str, Any] = {"evidence": evidence, "draws": draws, "seed": seed}
        self.scenario, self.lang, self.against = scenario, lang, against

    @cached_property
    def material(self) -> ScenarioMaterial:
        """Both results, the baseline and the table of numbers."""
        evidence = self._asked["evidence"] or load_evidence()
        asked = self._asked | {"evidence": evidence}
        found = self.against or load_baseline(self.scenario, evidence)
        return gather(ScenarioMaterial, self.scenario, self.lang, **asked, baseline=found)

    def cover(self) -> Cover:
        """Title and what the report was made from."""
        return answer.cover(self.material)

    def answer(self) -> Section:
        """Page one: the answer, its key figures and chart, what it hangs on, what is not known."""
        return answer.answer(self.material)

    def outlook(self) -> Section:
        """History, path and bands of the leading indicators."""
        return outlook.outlook(self.material)

    def goals(self) -> Section:
        """Each goal: met or not, by how much, how likely."""
        return scorecard.scorecard(self.material)

    def required(self) -> Section:
        """What the goals would require."""
        return requirements.requirements(self.material)

    def baseline(self) -> Section:
        """Why it differs from the scenario it extends."""
        return baseline.baseline(self.material)

    def assumptions(self) -> Section:
        """What the scenario assumes and where that is set."""
        return assumptions.assumptions(self.material)

    def annex(self) -> Section:
        """Data, vintages, estimates, method."""
        return annex.annex(self.material)

    def record(self) -> Record:
        """The results table and its inputs, carried in the notebook and not shown."""
        given = self.material
        return given.record(
            report=type(self).__name__,
            scenario=self.scenario.to_dict(),
            baseline=None if given.baseline is None else given.baseline.to_dict(),
            draws=given.given_scenario.draws,
            seed=given.given_scenario.seed,
            python=platform.python_version(),
            packages=dict(versions()),
        )
