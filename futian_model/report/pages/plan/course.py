"""What the goals still take, and the forecasts of earlier rounds beside what came."""

from collections.abc import Iterator, Sequence
from math import isfinite

from futian_model.languages import language
from futian_model.report.page import Cell, Column, KeyFigure, Section, Table, numeric
from futian_model.report.pages.plan.fan import fan
from futian_model.report.pages.plan.rows import PlanMaterial
from futian_model.report.sections.findings import GIVEN_EVIDENCE
from futian_model.report.sections.outturns import StandingWords, where
from futian_model.report.words import Number, Sentence, bare, year
from futian_model.rounds import Round, Score
from futian_model.rounds.frames import of_round
from futian_model.scorecard import Standing


def course(page: PlanMaterial) -> Section | None:
    """What the goals still open take, and every goal that has an outturn; None without goals."""
    if not page.courses:
        return None
    known = [standing for standing in page.courses if standing.year is not None]
    return page.section(
        "tracker_goals_heading",
        [page.course(standing).sentence() for standing in due(page)],
        table(page, known) if known else "tracker_none_known",
        page.note("tracker_caution"),
    )


def due(page: PlanMaterial) -> list[Standing]:
    """Goals with an outturn that still take something."""
    return [standing for standing in page.courses if isfinite(standing.required) and not standing.met]


def figures(page: PlanMaterial) -> Iterator[KeyFigure]:
    """Growth that the last open goal on the indicator followed still takes; nothing where there is none."""
    for standing in [row for row in due(page) if row.goal.indicator == page.indicator][-1:]:
        course, goal = page.course(standing), page.name(standing.goal.name)
        required, so_far = course.a_year("required"), course.a_year("so_far")
        if not isinstance(required, Number):  # steps of something else than money, which no one figure tells
            return
        note = page.say("tracker_figure_note_short", goal=goal)
        if so_far is not None:
            note = page.say("tracker_figure_note", goal=goal, so_far=so_far)
        yield page.figure(page.say("tracker_figure", year=year(standing.goal.year)), required, note)


def table(page: PlanMaterial, known: Sequence[Standing]) -> Table:
    """A row a goal that has an outturn."""

    def outturn(goal: StandingWords) -> Sentence:
        return page.say("tracker_level_of", level=goal.amount("level"), year=year(goal.standing.year or 0))

    def required(goal: StandingWords) -> Cell:
        return None if goal.standing.met else goal.a_year("required")

    def chance(bound: Round) -> Column:
        key, under = ("probability", GIVEN_EVIDENCE), ("probability", of_round(bound.name))
        return numeric(
            page.say("tracker_column_chance", round=bound.name),
            lambda row: page.ledger.find(*key, row.standing.goal.name, row.standing.goal.year, *under),
        )

    return page.table(
        "tracker_goals_table",
        map(page.course, known),
        [
            Column("column_goal", lambda row: row.goal),
            numeric("column_target", lambda row: row.amount("target")),
            numeric("tracker_column_outturn", outturn),
            numeric("column_gap", lambda row: page.words["tracker_reached"] if row.standing.met else row.gap),
            numeric("tracker_column_so_far", lambda row: row.a_year("so_far")),
            numeric("tracker_column_required", required),
            *map(chance, page.rounds[-1:]),
        ],
        page.say("tracker_goals_note", base_year=year(page.first)),
    )


def editions(page: PlanMaterial) -> Section:
    """Forecasts of the rounds beside what came, drawn and listed."""
    name = page.name(page.indicator)
    heading = page.say("tracker_editions_heading", name=name)
    if page.latest is None or page.followed is None:
        return page.section(heading, "tracker_none_held")
    drawn = page.charts(fan(page, page.latest))
    likely = [score for score in page.scores if score.reading == GIVEN_EVIDENCE]
    if not likely:
        return page.section(heading, drawn, page.say("tracker_no_scores", name=page.words.inline(name)))
    return page.section(heading, drawn, forecasts(page, likely), paths(page, page.latest))


def forecasts(page: PlanMaterial, scores: Sequence[Score]) -> Table:
    """Every round's forecast of every year that has come, by the evidence."""

    def bound(score: Score) -> Sentence:
        return page.say("tracker_round_data", round=score.round, vintage=page.words.month(score.vintage))

    return page.table(
        page.say("tracker_forecasts_table", name=page.name(page.indicator)),
        sorted(scores, key=lambda score: score.year),
        [
            Column("column_year", lambda score: year(score.year), head=True, short=True),
            Column("tracker_column_round", bound),
            numeric("tracker_column_forecast", lambda score: page.scored(score, "forecast")),
            numeric("tracker_column_band", lambda score: interval(page, score)),
            numeric("tracker_column_came", lambda score: page.scored(score, "outturn")),
            numeric("tracker_column_error", lambda score: page.scored(score, "error")),
            Column("tracker_column_where", lambda score: where(score, page.words, page.score_reader(score))),
        ],
        "tracker_forecasts_note",
    )


def interval(page: PlanMaterial, score: Score) -> Sentence:
    """Ends of the band that holds eight in ten of the paths."""
    read, rule = page.score_reader(score), page.amounts(score.indicator).rule
    key = f"interval_{rule}"
    if key in page.words.texts:  # the text names the unit once
        low, high = (read(name, bare(rule)) for name in ("low", "high"))
        return page.say(key, low=low, high=high)
    return page.say("tracker_range", low=page.scored(score, "low"), high=page.scored(score, "high"))


def paths(page: PlanMaterial, bound: Round) -> Table | None:
    """Scenarios of the latest round by how close the last outturn lies to their paths."""
    own = [score for score in page.scores if score.round == bound.name and score.reading != GIVEN_EVIDENCE]
    if not own:
        return None
    last, title = max(score.year for score in own), language(page.lang).data
    return page.table(
        page.say("tracker_paths_table", round=bound.name, year=year(last)),
        sorted((score for score in own if score.year == last), key=lambda score: abs(score.error)),
        [
            Column(
                "tracker_column_scenario",
                lambda score: page.listed(str(bound.facts(name)["title"][title]) for name in score.scenarios),
            ),
            numeric("tracker_column_path", lambda score: page.scored(score, "forecast")),
            numeric("tracker_column_error", lambda score: page.scored(score, "error")),
        ],
        "tracker_paths_note",
    )
