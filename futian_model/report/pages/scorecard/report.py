"""The scorecard of the plan: the report behind the notebook of that name."""

from functools import cached_property

from futian_model import __version__
from futian_model.evidence import Evidence, load_evidence
from futian_model.report.page.blocks import Cover, Record, Section
from futian_model.report.pages.scorecard import answer as plan_card_answer
from futian_model.report.pages.scorecard import published as plan_card_published
from futian_model.report.pages.scorecard import tables as plan_card_tables
from futian_model.report.pages.scorecard.rows import CardMaterial
from futian_model.report.words.names import place_names
from futian_model.report.words.numbers import year
from futian_model.report.words.sentences import words
from futian_model.scorecard import ANNUAL, FINAL, MIDTERM, OTHERS, SCORECARD, card

TITLES = {
    ANNUAL: "plan_card_title_annual",
    MIDTERM: "plan_card_title_midterm",
    FINAL: "plan_card_title_final",
}
QUESTIONS = {
    ANNUAL: "plan_card_question_annual",
    MIDTERM: "plan_card_question_midterm",
    FINAL: "plan_card_question_final",
}


class ScorecardReport:
    """Where every numeric goal of the plan stands, in one language.

    Parameters
    ----------
    lang : {"zh", "en"}
    evidence : Evidence, optional
        The project's figures; loaded when left out.
    view : {"annual", "midterm", "final"}
        Annual tracking, mid-term or final evaluation.
    as_of : int, optional
        Last year whose figures count; the view's own when left out (see `scorecard.card`).
    vintage : str, optional
        Up to when figures were published; everything held counts when left out.

    Raises
    ------
    InputError
        Language, view, year or vintage is none that the plan and the figures allow.
    """

    def __init__(
        self,
        lang: str = "zh",
        evidence: Evidence | None = None,
        *,
        view: str = ANNUAL,
        as_of: int | None = None,
        vintage: str | None = None,
    ) -> None:
        words(lang)
        held = evidence if evidence is not None else load_evidence()
        self.lang, self.material = lang, CardMaterial(lang, held, card(held, view, as_of, vintage))

    @cached_property
    def _asked(self) -> dict[str, object]:
        """What the report was asked for."""
        made = self.material.card
        return {"view": made.view, "as_of": made.as_of, "vintage": made.vintage}

    def cover(self) -> Cover:
        """The question, the year looked at, and how many goals there are."""
        given, texts, made = self.material, self.material.words, self.material.card
        vintage = texts.month(made.vintage) if made.vintage else texts["plan_card_all_published"]
        facts = [
            (texts["plan_card_fact_year"], texts.say("vintage_year", year=year(made.as_of)).text),
            (texts["fact_vintage"], vintage),
            (texts["plan_card_fact_table"], given.count("count").text(self.lang)),
            (texts["plan_card_fact_others"], given.count("count", OTHERS).text(self.lang)),
            (texts["fact_version"], __version__),
        ]
        place = given.evidence.name(given.evidence.place("district"), self.lang)
        title = texts.say(TITLES[made.view], place=place).text
        at = made.end if made.view == FINAL else made.as_of
        question = texts.say(QUESTIONS[made.view], year=year(at)).text
        return Cover(self.lang, title, texts["plan_card_subtitle"], question, facts)

    def answer(self) -> Section:
        """How many goals stand where, and what is not known."""
        return plan_card_answer.answer(self.material)

    def table(self) -> Section:
        """The plan's table of indicators, one by one."""
        return plan_card_tables.table(self.material)

    def others(self) -> Section:
        """The plan's goals for later years, and those in its text, boxes and annex."""
        return plan_card_tables.others(self.material)

    def published(self) -> Section:
        """Every figure since the base year, with its source."""
        return plan_card_published.published(self.material)

    def method(self) -> Section:
        """The rules of the verdicts, and the sources."""
        return plan_card_published.method(self.material)

    def record(self) -> Record:
        """The results table and its inputs, carried in the notebook and not shown."""
        inputs = {
            "report": type(self).__name__,
            **self._asked,
            "data": dict(self.material.evidence.fingerprints),
            "library": __version__,
        }
        given = self.material
        place, vintages = given.evidence.place("district"), {SCORECARD: given.card.vintage or ""}
        names = place_names([place], given.evidence) | given.record_names()
        return Record(self.lang, given.results, inputs, names, place=place, vintages=vintages)
