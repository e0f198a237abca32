"""Cover, answer, goals and editions of the tracker page."""

from collections.abc import Sequence

from futian_model.languages import language
from futian_model.report.page import Cell, Column, Cover, Fields, Fill, KeyFigure, Section, Table, numeric
from futian_model.report.pages.tracker.fan import fan
from futian_model.report.pages.tracker.rows import GIVEN_EVIDENCE, TrackerMaterial
from futian_model.report.sections.outturns import StandingWords, where
from futian_model.report.sections.rounds import day
from futian_model.report.words import Number, Sentence, bare, year
from futian_model.rounds import Round, Score, Standing
from futian_model.rounds.comparing import headline_of
from futian_model.rounds.frames import of_round

MOST_FIGURES = 4


def cover(page: TrackerMaterial) -> Cover:
    """The question, the latest figure, and the rounds that are held."""
    rows = page.evidence.observations
    latest = rows.loc[rows["geo"] == page.district, "vintage"].max()
    rounds = [page.say("tracker_round", round=bound.name, day=day(bound)).text for bound in page.rounds]
    return page.cover(
        "tracker_title",
        page.say("tracker_subtitle", place=page.name(page.district)),
        "tracker_question",
        [
            ("tracker_fact_latest", page.words.month(str(latest))),
            ("tracker_fact_rounds", page.listed(rounds) or page.words["tracker_fact_none"]),
            ("fact_prices", page.say("prices", year=year(page.first))),
        ],
    )


def answer(page: TrackerMaterial) -> Section:
    """How many goals are there, what the leading ones still take, and what that does not say."""
    headline = headline_of(page.scenario)
    leading = [standing for standing in page.standings if standing.goal.indicator in headline]
    about = [
        standing for standing in leading if standing.goal.indicator == page.indicator or standing.over
    ] or leading
    unmet = [standing for standing in leading if standing.required == standing.required and not standing.met]
    cautions = ["tracker_caution", *(["tracker_none_held"] if page.latest is None else [])]
    return page.section(
        "tracker_answer_heading",
        counted(page),
        *(page.standing(standing).sentence() for standing in about),
        page.key_figures(*(figure(page, standing) for standing in unmet[:MOST_FIGURES])),
        page.note(*cautions),
    )


def counted(page: TrackerMaterial) -> Sentence:
    """How many goals have an outturn, and how many of them are reached."""
    if not page.standings:
        return page.say("tracker_no_goals")
    known = [standing for standing in page.standings if standing.year is not None]
    counts = {
        "count": len(page.standings),
        "known": len(known),
        "met": sum(standing.met for standing in known),
        "missed": sum(standing.over and not standing.met for standing in known),
        "open": sum(not standing.over and not standing.met for standing in known),
    }
    return page.say("tracker_counted", **{name: Number(count, "count") for name, count in counts.items()})


def figure(page: TrackerMaterial, standing: Standing) -> KeyFigure:
    """Growth that a goal still takes."""
    goal = page.standing(standing)
    required, so_far = goal.a_year("required"), goal.a_year("so_far")
    assert required is not None
    fields: Fields = {name: goal.amount(name) for name in ("level", "target")}
    fields |= {"year": year(standing.year or 0)} | ({"so_far": so_far} if so_far is not None else {})
    key = "tracker_figure_note" if so_far is not None else "tracker_figure_note_short"
    return page.figure(page.say("tracker_figure", goal=goal.goal), required, page.say(key, **fields))


def goals_table(page: TrackerMaterial) -> Section:
    """Every goal that has an outturn, and the names of those that have none."""
    absent = [page.standing(standing).goal.text for standing in page.standings if standing.year is None]
    without: Fields = {"base_year": year(page.first), "goals": page.listed(absent)}
    return page.section(
        "tracker_goals_heading",
        table(page) if len(absent) < len(page.standings) else None,
        None if page.standings else "tracker_no_goals",
        page.say("tracker_absent", **without) if absent else None,
    )


def table(page: TrackerMaterial) -> Table:
    """A row a goal that has an outturn."""
    none = page.words["not_told"]

    def outturn(goal: StandingWords) -> Sentence:
        return page.say("tracker_level_of", level=goal.amount("level"), year=year(goal.standing.year or 0))

    def required(goal: StandingWords) -> Cell:
        return none if goal.standing.met else goal.a_year("required") or none

    columns = [
        Column("column_goal", lambda goal: goal.goal),
        numeric("column_target", lambda goal: goal.amount("target")),
        numeric("tracker_column_outturn", outturn),
        numeric("column_gap", lambda goal: page.words["tracker_reached"] if goal.standing.met else goal.gap),
        numeric("tracker_column_so_far", lambda goal: goal.a_year("so_far") or none),
        numeric("tracker_column_required", required),
    ]
    if page.latest is not None:
        columns.append(
            numeric(page.say("tracker_column_chance", round=page.latest.name), chance(page, page.latest))
        )
    return page.table(
        "tracker_goals_table",
        [page.standing(standing) for standing in page.standings if standing.year is not None],
        columns,
        page.say("tracker_goals_note", base_year=year(page.first)),
    )


def chance(page: TrackerMaterial, bound: Round) -> Fill:
    """What a round's evidence gives each goal."""
    under = of_round(bound.name)

    def cell(goal: StandingWords) -> Cell:
        key = (GIVEN_EVIDENCE, goal.standing.goal.name, goal.standing.goal.year, "probability")
        return page.number(*key, "probability", under) if page.has(*key, under) else page.words["not_told"]

    return cell


def editions(page: TrackerMaterial) -> Section:
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


def forecasts(page: TrackerMaterial, scores: Sequence[Score]) -> Table:
    """Every round's forecast of every year that has come, by the evidence."""

    def bound(score: Score) -> Sentence:
        return page.say("tracker_round_data", round=score.round, vintage=page.words.month(score.vintage))

    return page.table(
        page.say("tracker_forecasts_table", name=page.name(page.indicator)),
        sorted(scores, key=lambda score: score.year),
        [
            Column("column_year", lambda score: year(score.year), head=True, short=True),
            Column("tracker_column_round", bound),
            numeric("tracker_column_forecast", lambda score: page.amount(score, "forecast")),
            numeric("tracker_column_band", lambda score: interval(page, score)),
            numeric("tracker_column_came", lambda score: page.amount(score, "outturn")),
            numeric("tracker_column_error", lambda score: page.amount(score, "error")),
            Column("tracker_column_where", lambda score: where(score, page.words, page.score_reader(score))),
        ],
        "tracker_forecasts_note",
    )


def interval(page: TrackerMaterial, score: Score) -> Sentence:
    """Ends of the band that holds eight in ten of the paths."""
    read, rule = page.score_reader(score), page.amounts(score.indicator).rule
    key = f"interval_{rule}"
    if key in page.words.texts:  # the text names the unit once
        low, high = (read(name, bare(rule)) for name in ("low", "high"))
        return page.say(key, low=low, high=high)
    return page.say("tracker_range", low=page.amount(score, "low"), high=page.amount(score, "high"))


def paths(page: TrackerMaterial, bound: Round) -> Table | None:
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
            numeric("tracker_column_path", lambda score: page.amount(score, "forecast")),
            numeric("tracker_column_error", lambda score: page.amount(score, "error")),
        ],
        "tracker_paths_note",
    )
