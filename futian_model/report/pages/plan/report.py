"""How the plan stands: the report behind the notebook of that name."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from futian_model.annual import the_year
from futian_model.evidence import Evidence, load_evidence
from futian_model.report.pages.plan import answer as plan_answer
from futian_model.report.pages.plan import changes as plan_changes
from futian_model.report.pages.plan import claims as plan_claims
from futian_model.report.pages.plan import course as plan_course
from futian_model.report.pages.plan import implied as plan_implied
from futian_model.report.pages.plan import moved as plan_moved
from futian_model.report.pages.plan import offices as plan_offices
from futian_model.report.pages.plan import people as plan_people
from futian_model.report.pages.plan import published as plan_published
from futian_model.report.pages.plan import shares as plan_shares
from futian_model.report.pages.plan import stages as plan_stages
from futian_model.report.pages.plan import statuses as plan_statuses
from futian_model.report.pages.plan import tables as plan_tables
from futian_model.report.pages.plan import year as plan_year
from futian_model.report.pages.plan import year_record as plan_year_record
from futian_model.report.pages.plan.rows import PlanMaterial, chosen
from futian_model.report.sections.report import RECORD, Part, Report
from futian_model.report.words import words
from futian_model.rounds import digests, editions
from futian_model.scenario import Scenario, Source, read_back, scenario_of
from futian_model.scorecard import card


class PlanReport(Report):
    """Goals, their course, forecasts of them and what the plan's figures imply, in one language.

    Parameters
    ----------
    scenario : Scenario
        The baseline: gives base year, base-year levels and population, and is followed from round to round.
    lang : {"zh", "en"}
    evidence : Evidence, optional
        The project's figures; loaded when left out.
    view : {"annual", "midterm", "final"}, optional
        Annual monitoring, mid-term or final evaluation; left out, the final one where the plan's years are
        over at the vintage, else the annual.
    as_of : int, optional
        Last year whose figures count; the view's own when left out (see `scorecard.card`).
    vintage : str, optional
        Up to when figures were published; everything held counts when left out.
    indicator : str
        Whose forecasts are shown, as in the rounds.
    rounds : str or sequence of str
        Names, earliest first: in a text separated by commas, an empty text for all that the project
        holds.
    annual : str, optional
        The year whose annual plan is looked at, ``"2016"``, or up to one of its quarters, ``"2016Q1-Q3"``;
        the latest with a target or a cumulative figure when left out.

    Raises
    ------
    InputError
        Language, view, year, vintage or round is none that the plan and the figures allow.
    """

    def __init__(
        self,
        scenario: Scenario | Source,
        lang: str = "zh",
        *,
        evidence: Evidence | None = None,
        view: str | None = None,
        as_of: int | None = None,
        vintage: str | None = None,
        indicator: str = "real_gdp",
        rounds: str | Sequence[str] = "",
        annual: str | None = None,
    ) -> None:
        words(lang)
        held = evidence if evidence is not None else load_evidence()
        baseline = scenario_of(scenario, held)
        judged, shown = card(held, view, as_of, vintage), chosen(editions(held.project), rounds)
        of_year = the_year(held, annual, vintage=judged.vintage)
        self.lang = lang
        self.material = PlanMaterial(baseline, held, lang, judged, indicator, shown, of_year)

    cover = Part(plan_answer.cover)
    answer = Part(plan_answer.answer)
    year = Part(plan_year.year_section)
    stages = Part(plan_stages.stages)
    statuses = Part(plan_statuses.statuses)
    table = Part(plan_tables.table)
    others = Part(plan_tables.others)
    offices = Part(plan_offices.offices)
    moved = Part(plan_moved.moved)
    course = Part(plan_course.course)
    editions = Part(plan_course.editions)
    changes = Part(plan_changes.moved)
    consistency = Part(plan_implied.consistency)
    population = Part(plan_people.people)
    shares = Part(plan_shares.shares)
    claims = Part(plan_claims.checked)
    published = Part(plan_published.published)
    foresight = Part(plan_year_record.foresight)
    method = Part(plan_published.method)

    @classmethod
    def again(cls, inputs: Mapping[str, Any], lang: str, evidence: Evidence) -> Self:
        """The same, from the rounds that it was made from."""
        scenario = read_back(inputs["scenario"], evidence, RECORD)
        asked = {name: inputs[name] for name in ("view", "as_of", "vintage", "indicator", "annual")}
        return cls(scenario, lang, evidence=evidence, rounds=list(inputs["rounds"]), **asked)

    def inputs(self) -> dict[str, Any]:
        page = self.material
        return {
            "scenario": page.scenario.to_dict(),
            "view": page.card.view,
            "as_of": page.card.as_of,
            "vintage": page.card.vintage,
            "indicator": page.indicator,
            "annual": page.year.asked,
            "rounds": digests(page.evidence.project, [edition.name for edition in page.rounds]),
        }
