"""The goal tracker, section by section, as the notebook calls it."""

from collections.abc import Sequence
from functools import cached_property

from futian_model import __version__
from futian_model.evidence import Evidence, load_evidence
from futian_model.files import digest
from futian_model.report.page.blocks import Cover, Record, Section
from futian_model.report.pages.tracker import changes as tracker_moved
from futian_model.report.pages.tracker import sections as tracker_sections
from futian_model.report.pages.tracker.rows import TrackerMaterial, chosen
from futian_model.report.words.names import place_names
from futian_model.report.words.sentences import words
from futian_model.rounds import Round, held
from futian_model.rounds.edition import MANIFEST
from futian_model.scenario import Scenario


class TrackerReport:
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
        scenario: Scenario,
        lang: str = "zh",
        *,
        evidence: Evidence | None = None,
        indicator: str = "real_gdp",
        rounds: str | Sequence[str] = "",
    ) -> None:
        words(lang)
        self.scenario, self.lang, self.indicator = scenario, lang, indicator
        self.evidence = evidence if evidence is not None else load_evidence()
        self.rounds: tuple[Round, ...] = chosen(held(self.evidence.project), rounds)

    @cached_property
    def material(self) -> TrackerMaterial:
        """Outturns, rounds and the table of numbers."""
        return TrackerMaterial(self.scenario, self.evidence, self.lang, self.indicator, self.rounds)

    def cover(self) -> Cover:
        """The question, and what it is answered from."""
        return tracker_sections.cover(self.material)

    def answer(self) -> Section:
        """Where the goals stand, and what they still take."""
        return tracker_sections.answer(self.material)

    def goals(self) -> Section:
        """Every goal against its latest outturn."""
        return tracker_sections.goals_table(self.material)

    def editions(self) -> Section:
        """Earlier rounds' forecasts against what came, and the latest round drawn."""
        return tracker_sections.editions(self.material)

    def moved(self) -> Section:
        """What moved between the last two rounds, and why."""
        return tracker_moved.moved(self.material)

    def record(self) -> Record:
        """The results table and its inputs, carried in the notebook and not shown."""
        given = self.material
        manifests = {one.name: digest((one.folder / MANIFEST).read_bytes()) for one in self.rounds}
        inputs = {
            "report": type(self).__name__,
            "scenario": self.scenario.to_dict(),
            "indicator": self.indicator,
            "rounds": manifests,
            "data": dict(self.evidence.fingerprints),
            "library": __version__,
        }
        place, vintage = self.evidence.place("district"), self.scenario.assumptions.vintage
        vintages = {self.scenario.id: vintage}
        names = place_names([place], self.evidence) | given.names()
        return Record(self.lang, given.results, inputs, names, place=place, vintages=vintages)
