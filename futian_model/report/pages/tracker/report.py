"""The goal tracker, section by section, as the notebook calls it."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Self

from futian_model.evidence import Evidence, load_evidence
from futian_model.report.pages.tracker import changes as tracker_moved
from futian_model.report.pages.tracker import sections as tracker_sections
from futian_model.report.pages.tracker.rows import TrackerMaterial, chosen
from futian_model.report.sections.report import RECORD, Part, Report
from futian_model.report.words import words
from futian_model.rounds import Round, digests, editions
from futian_model.scenario import Scenario, Source, read_back, scenario_of


class TrackerReport(Report):
    """Are we on course? Outturns against the goals, earlier rounds against outturns, in one language.

    Parameters
    ----------
    scenario : Scenario
        The baseline: gives base year and base-year levels, and is followed from round to round.
    lang : {"zh", "en"}
    evidence : Evidence, optional
        The project's figures; loaded when left out.
    indicator : str
        Whose forecasts are shown, as in the rounds.
    rounds : str or sequence of str
        Names, earliest first: in a text separated by commas, an empty text for all that the project
        holds.

    Raises
    ------
    InputError
        An unknown language or round.
    """

    def __init__(
        self,
        scenario: Scenario | Source,
        lang: str = "zh",
        *,
        evidence: Evidence | None = None,
        indicator: str = "real_gdp",
        rounds: str | Sequence[str] = "",
    ) -> None:
        words(lang)
        self.evidence = evidence if evidence is not None else load_evidence()
        self.scenario, self.lang, self.indicator = scenario_of(scenario, self.evidence), lang, indicator
        self.rounds: tuple[Round, ...] = chosen(editions(self.evidence.project), rounds)

    @cached_property
    def material(self) -> TrackerMaterial:
        """Outturns, rounds and the table of numbers."""
        return TrackerMaterial(self.scenario, self.evidence, self.lang, self.indicator, self.rounds)

    cover = Part(tracker_sections.cover)
    answer = Part(tracker_sections.answer)
    goals = Part(tracker_sections.goals_table)
    editions = Part(tracker_sections.editions)
    moved = Part(tracker_moved.moved)

    @classmethod
    def again(cls, inputs: Mapping[str, Any], lang: str, evidence: Evidence) -> Self:
        """The same, from the rounds that it was made from."""
        scenario = read_back(inputs["scenario"], evidence, RECORD)
        rounds, indicator = list(inputs["rounds"]), inputs["indicator"]
        return cls(scenario, lang, evidence=evidence, indicator=indicator, rounds=rounds)

    def inputs(self) -> dict[str, Any]:
        return {
            "scenario": self.scenario.to_dict(),
            "indicator": self.indicator,
            "rounds": digests(self.evidence.project, [bound.name for bound in self.rounds]),
        }
