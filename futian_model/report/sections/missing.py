"""Which figures of the district are missing, and what the report leaves out for want of them."""

from collections.abc import Sequence

from futian_model.calibration.trends import FEWEST_POINTS
from futian_model.drivers import Base, base_levels
from futian_model.drivers.base import STOCKS
from futian_model.evidence import Evidence
from futian_model.evidence.coverage import CENSUS, Held, coverage, span
from futian_model.report.page.blocks import Block, Cell, Column, Prose, Section, Table
from futian_model.report.sections.material import Material
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence, Words, words
from futian_model.scenario import Scenario
from futian_model.simulation import calibrated


def base_of(scenario: Scenario, evidence: Evidence) -> Base:
    """The base year's levels of a scenario, and the figures they come from."""
    return base_levels(scenario.assumptions, (), evidence, calibrated(scenario, evidence))


def gaps(scenario: Scenario, evidence: Evidence, lang: str) -> list[Sentence]:
    """What a whole report needs and the data do not hold: goals, people, shares. Usually nothing."""
    texts, district = words(lang), evidence.place("district")
    place, told = evidence.name(district, lang), coverage(evidence, scenario.assumptions.vintage)
    found = [texts.say("missing_plan", place=place)] if evidence.goals.empty else []
    if not base_of(scenario, evidence).population_held:
        first = year(scenario.assumptions.base_year)
        last = latest(told, texts)
        found.append(texts.say("missing_population", place=place, year=first, latest=last))
    shares = [one for one in told if evidence.indicators.loc[one.indicator, "kind"] == "share"]
    if shares and all(len(one.held) < FEWEST_POINTS for one in shares):
        name, fewest = evidence.name(shares[0].indicator, lang), Number(FEWEST_POINTS, "count")
        found.append(texts.say("missing_shares", name=texts.inline(name), place=place, count=fewest))
    return found


def latest(told: Sequence[Held], texts: Words) -> Sentence | str:
    """The latest year of which a population is held."""
    years = [at for one in told if one.indicator in STOCKS for at in one.held]
    return texts.say("missing_population_latest", year=year(max(years))) if years else ""


def no_goals(given: Material) -> Sentence:
    """Why there is nothing to say of goals: none is held, or none falls within the years."""
    return given.words.say("missing_plan_short" if given.evidence.goals.empty else "no_goals")


def held_and_missing(given: Material) -> Section:
    """The years of every indicator that the model reads."""
    texts = given.words
    told = coverage(given.evidence, given.scenario.assumptions.vintage)
    first, last = span(given.evidence, told)
    place = given.name(given.evidence.place("district"))
    columns = [
        Column(texts["column_indicator"], head=True),
        Column(texts["missing_held"]),
        Column(texts["missing_absent"]),
    ]
    rows: list[list[Cell]] = [
        [given.name(one.indicator), held(one, texts), absent(one, first, last, texts)]
        for one in told
        if one.held
    ]
    note = texts.say("missing_note", start=year(first), end=year(last))
    title = texts.say("missing_table", place=place).text
    children: list[Block] = []
    if rows:
        children.append(Table(given.lang, title, columns, rows, note, cards=True))
    none = [given.name(one.indicator) for one in told if not one.held]
    if none:
        names = texts["enumeration"].join(none)
        children.append(Prose(given.lang, [texts.say("missing_none", names=names)], note=True))
    return Section(given.lang, texts["missing_heading"], children, level=3)


def held(one: Held, texts: Words) -> str:
    """Years with a figure; those with a bound alone say so."""
    points = [at for at in one.held if at not in one.bounds]
    parts = ranges(points, texts)
    parts += [texts.say("missing_bound", span=part).text for part in ranges(one.bounds, texts)]
    return texts["enumeration"].join(parts)


def absent(one: Held, first: int, last: int, texts: Words) -> str:
    """Years without a figure."""
    if one.indicator == CENSUS:
        return texts["missing_census"]
    return texts["enumeration"].join(ranges(one.missing(first, last), texts)) or texts["missing_complete"]


def ranges(years: Sequence[int], texts: Words) -> list[str]:
    """Years in a row as one span."""
    starts = [at for at in years if at - 1 not in years]
    ends = [at for at in years if at + 1 not in years]
    return [
        texts.say("vintage_year", year=year(start)).text
        if start == end
        else texts.say("span", start=year(start), end=year(end)).text
        for start, end in zip(starts, ends, strict=True)
    ]
