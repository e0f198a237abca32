"""Where the scenario leads: history, path and bands of the leading indicators, under both readings."""

import pandas as pd

from futian_model import charts
from futian_model.charts import FanWords
from futian_model.evidence.history import PUBLISHED, observations
from futian_model.report.page.blocks import Block, Cell, Charts, Column, Drawn, Prose, Section, Table
from futian_model.report.pages.scenario.rows import ScenarioMaterial
from futian_model.report.sections.fan_sentences import band_names, described
from futian_model.report.sections.material import GIVEN_EVIDENCE, GIVEN_SCENARIO, Material
from futian_model.report.words.axes import axis_unit, on_axis
from futian_model.report.words.numbers import bare, year
from futian_model.report.words.sentences import Sentence

QUANTILES = ("p05", "p10", "p25", "p75", "p90", "p95")
ALL_THREE = 3
"""Leading indicators where none is missing."""
LOOK_BACK = 15
"""Years of history drawn; a longer past would flatten what is ahead."""


def first_chart(given: ScenarioMaterial) -> tuple[str, str]:
    """Indicator and reading of the one chart on page one."""
    indicator = given.about.indicator if given.about is not None else given.headline[0]
    return indicator, GIVEN_EVIDENCE if indicator in given.alone.indicators else GIVEN_SCENARIO


def outlook(given: ScenarioMaterial) -> Section:
    """Both fans of each leading indicator, but for the one on page one, and a table of both readings."""
    words, shown = given.words, first_chart(given)
    lead = [words.say("reading_of_charts", base_year=year(given.first))]
    lead.append(words.say("chart_on_page_one", name=given.name(shown[0]), answer=words["answer_heading"]))
    children: list[Block] = [Prose(given.lang, lead)]
    for indicator in given.headline:
        told = indicator in given.alone.indicators
        readings = (GIVEN_SCENARIO, GIVEN_EVIDENCE) if told else (GIVEN_SCENARIO,)
        drawn = [chart(given, indicator, one) for one in readings if (indicator, one) != shown]
        if not drawn:
            continue
        pair = Charts(given.lang, drawn)
        children.append(Section(given.lang, given.name(indicator), [pair], level=3))
    heading = "outlook_heading" if len(given.headline) == ALL_THREE else "outlook_heading_fewer"
    return Section(given.lang, words[heading], [*children, table(given)], new_page=True)


def chart(given: Material, indicator: str, reading: str) -> Drawn:
    """One fan."""
    words, last, rule = given.words, given.last, given.rule(indicator)
    evidence_only = reading == GIVEN_EVIDENCE
    statistic = "p50" if evidence_only else "central"
    title = words.say(
        f"chart_title_{reading}",
        year=year(last),
        name=words.inline(given.name(indicator)),
        value=given.number(indicator, last, statistic, reading=reading),
    )
    past = observed(given, indicator)
    alt = described(
        words,
        title,
        words[f"chart_path_{reading}"],
        statistic,
        (given.first, last),
        lambda at, name: given.number(indicator, at, name, reading=reading),
        history=drawn_years(given, past),
        goals=[
            (goal.year, given.number(goal.name, goal.year, "target", rule=rule))
            for goal in given.goals
            if goal.indicator == indicator
        ],
    )

    def axis(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
        return on_axis(table, rule, given.lang, columns)

    drawn = charts.fan(
        axis(bands(given, indicator, reading), ["central", *QUANTILES]),
        words=FanWords(
            title=title.text,
            subtitle=words.say(
                f"chart_subtitle_{reading}",
                unit=axis_unit(words, rule, given.first),
                vintage=given.vintage,
            ).text,
            source=source(given, indicator, past),
            scenario=words[f"chart_path_{reading}"],
            bands=band_names(given.lang),
            alt=alt.text,
            history=words["chart_history"],
            later=words["chart_later"],
            reference=words["chart_scenario"] if evidence_only else "",
        ),
        history=axis(past[["year", "value", "known"]], ["value"]),
        goals=axis(goals(given, indicator), ["value"]),
        reference=axis(path(given, indicator), ["value"]) if evidence_only else None,
        percent=rule == "share",
        start=given.first - LOOK_BACK,
    )
    return Drawn(drawn, title, alt, rule)


def bands(given: Material, indicator: str, reading: str) -> pd.DataFrame:
    """Quantiles by year, and as the line the central path or, given the evidence, the median."""
    years = given.given_scenario.years
    statistics = {name: name for name in QUANTILES}
    statistics["central"] = "p50" if reading == GIVEN_EVIDENCE else "central"
    told = {
        name: [given.number(indicator, at, own, reading=reading).value for at in years]
        for name, own in statistics.items()
    }
    return pd.DataFrame({"year": years, **told})


def path(given: Material, indicator: str) -> pd.DataFrame:
    """The scenario's central path."""
    result = given.given_scenario
    return pd.DataFrame({"year": result.years, "value": result.central[indicator]})


def observed(given: Material, indicator: str) -> pd.DataFrame:
    """What was published of an indicator, as the scenario sees it."""
    vintage = given.scenario.assumptions.vintage
    return observations(given.evidence, indicator, given.first, given.last, vintage)


def goals(given: Material, indicator: str) -> pd.DataFrame:
    """The plan's goals on the indicator, labelled with their values."""
    rows = []
    for goal in given.goals:
        if goal.indicator == indicator:
            target = given.number(goal.name, goal.year, "target", rule=given.rule(indicator))
            label = given.words.say("chart_goal", value=target).text
            rows.append({"year": goal.year, "value": target.value, "label": label})
    return pd.DataFrame(rows, columns=["year", "value", "label"])


def source(given: Material, indicator: str, past: pd.DataFrame) -> str:
    """Where the observations come from, and how they were deflated."""
    first, last = drawn_years(given, past)
    told = given.words.say(
        "chart_source" if indicator in PUBLISHED else "chart_source_share", start=year(first), end=year(last)
    )
    return told.text


def drawn_years(given: Material, past: pd.DataFrame) -> tuple[int, int]:
    """First and last year of the observations drawn."""
    years = past.loc[past["year"] >= given.first - LOOK_BACK, "year"]
    return int(years.min()), int(years.max())


def table(given: Material) -> Table:
    """Both readings in the goals' years and the last one."""
    words = given.words
    years = sorted({goal.year for goal in given.goals} | {given.last})
    rows: list[list[Cell]] = []
    for indicator in given.headline:
        for at in years:
            label = words.say("figure_label", name=given.name(indicator), year=year(at)).text
            rows.append(
                [
                    label,
                    given.number(indicator, at),
                    interval(given, indicator, at, GIVEN_SCENARIO),
                    *evidence_cells(given, indicator, at),
                ]
            )
    columns = [
        Column(words["column_indicator"], head=True),
        *(
            Column(words[name], numeric=True)
            for name in ("column_path", "column_given_scenario", "column_median", "column_given_evidence")
        ),
    ]
    note = words.say("outlook_note", base_year=year(given.first))
    return Table(given.lang, words["outlook_table"], columns, rows, note, cards=True)


def evidence_cells(given: Material, indicator: str, at: int) -> list[Cell]:
    if indicator not in given.alone.indicators:
        return [given.words["no_evidence"], given.words["no_evidence"]]
    median = given.number(indicator, at, "p50", reading=GIVEN_EVIDENCE)
    return [median, interval(given, indicator, at, GIVEN_EVIDENCE)]


def interval(given: Material, indicator: str, at: int, reading: str) -> Sentence:
    """Bounds of the middle eight tenths of the draws."""
    rule = given.rule(indicator)
    low, high = (given.number(indicator, at, end, rule=bare(rule), reading=reading) for end in ("p10", "p90"))
    return given.words.say(f"interval_{rule}", low=low, high=high)
