"""Cover, answer, goals and editions of the tracker page."""

from collections.abc import Sequence

from futian_model import __version__
from futian_model.languages import language
from futian_model.report.page.blocks import (
    Block,
    Cell,
    Charts,
    Column,
    Cover,
    KeyFigure,
    KeyFigures,
    Prose,
    Section,
    Table,
)
from futian_model.report.pages.tracker.fan import fan
from futian_model.report.pages.tracker.rows import GIVEN_EVIDENCE, TrackerMaterial
from futian_model.report.sections.outturns import StandingWords, where
from futian_model.report.sections.rounds import day
from futian_model.report.words.numbers import Number, bare, year
from futian_model.report.words.sentences import Sentence
from futian_model.rounds import Score, Standing
from futian_model.rounds.comparing import headline_of
from futian_model.rounds.frames import of_round

MOST_FIGURES = 4


def cover(given: TrackerMaterial) -> Cover:
    """The question, the latest figure, and the rounds that are held."""
    words = given.words
    place = given.evidence.place("district")
    rows = given.evidence.observations
    published = rows.loc[rows["geo"] == place, "vintage"].max()
    names = [words.say("tracker_round", round=one.name, day=day(one)).text for one in given.rounds]
    facts = [
        (words["tracker_fact_latest"], words.month(str(published))),
        (words["tracker_fact_rounds"], words["enumeration"].join(names) or words["tracker_fact_none"]),
        (words["fact_prices"], words.say("prices", year=year(given.first)).text),
        (words["fact_version"], __version__),
    ]
    subtitle = words.say("tracker_subtitle", place=given.name(place)).text
    return Cover(given.lang, words["tracker_title"], subtitle, words["tracker_question"], facts)


def answer(given: TrackerMaterial) -> Section:
    """How many goals are there, what the leading ones still take, and what that does not say."""
    words = given.words
    leading = [one for one in given.standings if one.goal.indicator in headline_of(given.scenario)]
    about = [one for one in leading if one.goal.indicator == given.indicator or one.over] or leading
    children: list[Block] = [Prose(given.lang, [counted(given)])]
    children += [Prose(given.lang, [given.standing(one).sentence()]) for one in about]
    figures = [figure(given, one) for one in leading if one.required == one.required and not one.met]
    if figures:
        children.append(KeyFigures(given.lang, figures[:MOST_FIGURES]))
    told = [words.say("tracker_caution")]
    if given.latest is None:
        told.append(words.say("tracker_none_held"))
    children.append(Prose(given.lang, told, note=True))
    return Section(given.lang, words["tracker_answer_heading"], children)


def counted(given: TrackerMaterial) -> Sentence:
    """How many goals have an outturn, and how many of them are reached."""
    if not given.standings:
        return given.words.say("tracker_no_goals")
    known = [one for one in given.standings if one.year is not None]
    counts = {
        "count": len(given.standings),
        "known": len(known),
        "met": sum(one.met for one in known),
        "missed": sum(one.over and not one.met for one in known),
        "open": sum(not one.over and not one.met for one in known),
    }
    return given.words.say(
        "tracker_counted", **{name: Number(value, "count") for name, value in counts.items()}
    )


def figure(given: TrackerMaterial, one: Standing) -> KeyFigure:
    """Growth that a goal still takes."""
    told = given.standing(one)
    required, so_far = told.a_year("required"), told.a_year("so_far")
    assert required is not None
    label = given.words.say("tracker_figure", goal=told.goal).text
    key = "tracker_figure_note" if so_far is not None else "tracker_figure_note_short"
    fields = {"level": told.amount("level"), "target": told.amount("target")}
    at = {"year": year(one.year or 0)} | ({"so_far": so_far} if so_far is not None else {})
    return KeyFigure(label, required, given.words.say(key, **fields, **at))


def goals_table(given: TrackerMaterial) -> Section:
    """Every goal that has an outturn, and the names of those that have none."""
    words = given.words
    known = [one for one in given.standings if one.year is not None]
    children: list[Block] = []
    if known:
        rows = [row(given, given.standing(one)) for one in known]
        heads = ["column_target", "tracker_column_outturn", "column_gap", "tracker_column_so_far"]
        heads += ["tracker_column_required"]
        columns = [
            Column(words["column_goal"], head=True),
            *(Column(words[one], numeric=True) for one in heads),
        ]
        if given.latest is not None:
            label = words.say("tracker_column_chance", round=given.latest.name).text
            columns.append(Column(label, numeric=True))
        note = words.say("tracker_goals_note", base_year=year(given.first))
        children.append(Table(given.lang, words["tracker_goals_table"], columns, rows, note, cards=True))
    if not given.standings:
        children.append(Prose(given.lang, [words.say("tracker_no_goals")]))
    absent = [given.standing(one).goal.text for one in given.standings if one.year is None]
    if absent:
        told = words.say(
            "tracker_absent", base_year=year(given.first), goals=words["enumeration"].join(absent)
        )
        children.append(Prose(given.lang, [told]))
    return Section(given.lang, words["tracker_goals_heading"], children)


def row(given: TrackerMaterial, told: StandingWords) -> list[Cell]:
    """A goal in a row."""
    words, one = given.words, told.one
    level = words.say("tracker_level_of", level=told.amount("level"), year=year(one.year or 0))
    cells: list[Cell] = [told.goal, told.amount("target"), level]
    cells.append(words["tracker_reached"] if one.met else told.gap)
    cells.append(told.a_year("so_far") or words["not_told"])
    required = None if one.met else told.a_year("required")
    cells.append(required or words["not_told"])
    return [*cells, *chance(given, one)]


def chance(given: TrackerMaterial, one: Standing) -> list[Cell]:
    """What the latest round's evidence gives the goal; nothing without a round."""
    if given.latest is None:
        return []
    at, under = (GIVEN_EVIDENCE, one.goal.name, one.goal.year), of_round(given.latest.name)
    if not given.has(*at, "probability", under):
        return [given.words["not_told"]]
    return [given.number(*at, "probability", "probability", under)]


def editions(given: TrackerMaterial) -> Section:
    """Forecasts of the rounds beside what came, drawn and listed."""
    words = given.words
    name = given.name(given.indicator)
    heading = words.say("tracker_editions_heading", name=name).text
    if given.latest is None or given.followed is None:
        return Section(given.lang, heading, [Prose(given.lang, [words.say("tracker_none_held")])])
    children: list[Block] = []
    drawn = fan(given, given.latest)
    if drawn is not None:
        children.append(Charts(given.lang, [drawn]))
    likely = [one for one in given.scores if one.reading == GIVEN_EVIDENCE]
    if not likely:
        children.append(Prose(given.lang, [words.say("tracker_no_scores", name=words.inline(name))]))
        return Section(given.lang, heading, children)
    children.append(forecasts(given, likely))
    children += paths(given)
    return Section(given.lang, heading, children)


def forecasts(given: TrackerMaterial, told: Sequence[Score]) -> Table:
    """Every round's forecast of every year that has come, by the evidence."""
    words = given.words
    rows: list[list[Cell]] = []
    for one in sorted(told, key=lambda score: score.year):
        read, how = given.score_reader(one), given.amounts(one.indicator)
        rows.append(
            [
                year(one.year),
                words.say("tracker_round_data", round=one.round, vintage=words.month(one.vintage)),
                how.with_unit(read("forecast", how.rule)),
                interval(given, one),
                how.with_unit(read("outturn", how.rule)),
                how.with_unit(read("error", how.gap_rule)),
                where(one, words, read),
            ]
        )
    columns = [
        Column(words["column_year"], head=True, short=True),
        Column(words["tracker_column_round"]),
        Column(words["tracker_column_forecast"], numeric=True),
        Column(words["tracker_column_band"], numeric=True),
        Column(words["tracker_column_came"], numeric=True),
        Column(words["tracker_column_error"], numeric=True),
        Column(words["tracker_column_where"]),
    ]
    title = words.say("tracker_forecasts_table", name=given.name(given.indicator)).text
    note = words.say("tracker_forecasts_note")
    return Table(given.lang, title, columns, rows, note, cards=True)


def interval(given: TrackerMaterial, one: Score) -> Sentence:
    """Ends of the band that holds eight in ten of the paths."""
    words, read, how = given.words, given.score_reader(one), given.amounts(one.indicator)
    key = f"interval_{how.rule}"
    if key in words.texts:  # the text names the unit once
        low, high = (read(name, bare(how.rule)) for name in ("low", "high"))
        return words.say(key, low=low, high=high)
    ends = {name: how.with_unit(read(name, how.rule)) for name in ("low", "high")}
    return words.say("tracker_range", **ends)


def paths(given: TrackerMaterial) -> list[Block]:
    """Scenarios of the latest round by how close the last outturn lies to their paths."""
    words = given.words
    own = [one for one in given.scores if given.latest is not None and one.round == given.latest.name]
    own = [one for one in own if one.reading != GIVEN_EVIDENCE]
    if not own or given.latest is None:
        return []
    last = max(one.year for one in own)
    rows: list[list[Cell]] = []
    for one in sorted((one for one in own if one.year == last), key=lambda score: abs(score.error)):
        read, how = given.score_reader(one), given.amounts(one.indicator)
        titles = [str(given.latest.facts(name)["title"][language(given.lang).data]) for name in one.scenarios]
        forecast = how.with_unit(read("forecast", how.rule))
        error = how.with_unit(read("error", how.gap_rule))
        rows.append([words["enumeration"].join(titles), forecast, error])
    columns = [
        Column(words["tracker_column_scenario"], head=True),
        Column(words["tracker_column_path"], numeric=True),
        Column(words["tracker_column_error"], numeric=True),
    ]
    title = words.say("tracker_paths_table", round=given.latest.name, year=year(last)).text
    return [Table(given.lang, title, columns, rows, words.say("tracker_paths_note"), cards=True)]
