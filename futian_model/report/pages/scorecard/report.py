"""The scorecard of the plan: the report behind the notebook of that name."""

from collections.abc import Mapping
from typing import Any, Self

from futian_model.attribution import moves
from futian_model.evidence import Evidence, load_evidence
from futian_model.report.pages.scorecard import answer as plan_card_answer
from futian_model.report.pages.scorecard import moved as plan_card_moved
from futian_model.report.pages.scorecard import published as plan_card_published
from futian_model.report.pages.scorecard import tables as plan_card_tables
from futian_model.report.pages.scorecard.rows import CardMaterial
from futian_model.report.sections.report import Part, Report
from futian_model.report.words import words
from futian_model.scorecard import card


class ScorecardReport(Report):
    """Where every numeric goal of the plan stands, in one language.

    Parameters
    ----------
    lang : {"zh", "en"}
    evidence : Evidence, optional
        The project's figures; loaded when left out.
    view : {"annual", "midterm", "final"}, optional
        Annual tracking, mid-term or final evaluation; left out, the final one where the plan's years are
        over at the vintage, else the annual.
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
        view: str | None = None,
        as_of: int | None = None,
        vintage: str | None = None,
    ) -> None:
        words(lang)
        held = evidence if evidence is not None else load_evidence()
        scorecard = card(held, view, as_of, vintage)
        self.lang, self.material = lang, CardMaterial(lang, held, scorecard, moves(held, vintage=vintage))

    cover = Part(plan_card_answer.cover)
    answer = Part(plan_card_answer.answer)
    table = Part(plan_card_tables.table)
    others = Part(plan_card_tables.others)
    moved = Part(plan_card_moved.moved)
    published = Part(plan_card_published.published)
    method = Part(plan_card_published.method)

    @classmethod
    def again(cls, inputs: Mapping[str, Any], lang: str, evidence: Evidence) -> Self:
        return cls(lang, evidence, **{name: inputs[name] for name in ("view", "as_of", "vintage")})

    def inputs(self) -> dict[str, Any]:
        card = self.material.card
        return {"view": card.view, "as_of": card.as_of, "vintage": card.vintage}
