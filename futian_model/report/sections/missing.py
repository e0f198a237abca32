"""Which figures of the district are missing, and what the report leaves out for want of them."""

from collections.abc import Sequence

from futian_model.calibration.trends import FEWEST_POINTS
from futian_model.drivers import Base, base_levels
from futian_model.drivers.base import STOCKS
from futian_model.evidence import Evidence
from futian_model.evidence.coverage import CENSUS, Held, coverage, span
from futian_model.report.page import Column, Section
from futian_model.report.sections.findings import Findings
from futian_model.report.sections.material import Material
from futian_model.report.words import Number, Sentence, Words, words, year, year_span
from futian_model.scenario import Scenario
from futian_model.simulation import calibrated


def base_of(scenario: Scenario, evidence: Evidence) -> Base:
    """The base year's levels of a scenario, and the figures they come from."""
    held = [name for name, block in scenario.levers.shares.items() if block is not None]
    return base_levels(scenario.assumptions, held, evidence, calibrated(scenario, evidence))


def gaps(scenario: Scenario, evidence: Evidence, lang: str) -> list[Sentence]:
    """What a whole report needs and the data do not hold: goals, people, shares. Usually nothing."""
    texts, district = words(lang), evidence.place("district")
    place, held = evidence.name(district, lang), coverage(evidence, scenario.assumptions.vintage)
    sentences = [texts.say("missing_plan", place=place)] if evidence.goals.empty else []
    base = base_of(scenario, evidence)
    if base.carried:
        items = [
            texts.say("missing_carried_item", name=texts.inline(evidence.name(name, lang)), year=year(at))
            for name, at in base.carried.items()
        ]
        first = year(scenario.assumptions.base_year)
        sentences.append(texts.say("missing_carried", year=first, items=texts.join(items)))
    if not base.population_held:
        first = year(scenario.assumptions.base_year)
        last = latest(held, texts)
        sentences.append(texts.say("missing_population", place=place, year=first, latest=last))
    shares = [series for series in held if evidence.indicators.loc[series.indicator, "kind"] == "share"]
    if shares and all(len(series.years) < FEWEST_POINTS for series in shares):
        name, fewest = evidence.name(shares[0].indicator, lang), Number(FEWEST_POINTS, "count")
        sentences.append(texts.say("missing_shares", name=texts.inline(name), place=place, count=fewest))
    return sentences


def latest(held: Sequence[Held], texts: Words) -> Sentence | str:
    """The latest year of which a population is held."""
    years = [at for series in held if series.indicator in STOCKS for at in series.years]
    return texts.say("missing_population_latest", year=year(max(years))) if years else ""


def no_goals(page: Findings) -> Sentence:
    """Why there is nothing to say of goals: none is held, or none falls within the years."""
    return page.say("missing_plan_short" if page.evidence.goals.empty else "no_goals")


def held_and_missing(page: Material) -> Section:
    """The years of every indicator that the model reads."""
    texts, every = page.words, coverage(page.evidence, page.scenario.assumptions.vintage)
    first, last = span(page.evidence, every)
    some = [figures for figures in every if figures.years]
    table = page.table(
        page.say("missing_table", place=page.name(page.district)),
        some,
        [
            Column("column_indicator", lambda figures: page.name(figures.indicator)),
            Column("missing_held", lambda figures: held(figures, texts)),
            Column("missing_absent", lambda figures: absent(figures, first, last, texts)),
        ],
        page.say("missing_note", start=year(first), end=year(last)),
    )
    none = page.listed(page.name(figures.indicator) for figures in every if not figures.years)
    without = page.note(page.say("missing_none", names=none)) if none else None
    return page.section("missing_heading", table if some else None, without, level=3)


def held(figures: Held, texts: Words) -> str:
    """Years with a figure; those with a bound alone say so."""
    parts = ranges([at for at in figures.years if at not in figures.bounds], texts)
    parts += [texts.say("missing_bound", span=part).text for part in ranges(figures.bounds, texts)]
    return texts["enumeration"].join(parts)


def absent(figures: Held, first: int, last: int, texts: Words) -> str:
    """Years without a figure."""
    if figures.indicator == CENSUS:
        return texts["missing_census"]
    return texts["enumeration"].join(ranges(figures.missing(first, last), texts)) or texts["missing_complete"]


def ranges(years: Sequence[int], texts: Words) -> list[str]:
    """Years in a row as one span."""
    starts = [at for at in years if at - 1 not in years]
    ends = [at for at in years if at + 1 not in years]
    return [year_span(start, end, texts) for start, end in zip(starts, ends, strict=True)]
