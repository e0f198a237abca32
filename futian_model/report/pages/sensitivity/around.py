"""What city and nation decide: from where to where, what the goals need, what is not credible."""

from collections.abc import Iterator

from futian_model.contexts import IMPLAUSIBLE, PLAUSIBLE, UNUSUAL, of_check
from futian_model.evidence import Goal
from futian_model.report.page import Fields, KeyFigure
from futian_model.report.pages.sensitivity.surroundings import Surroundings
from futian_model.report.words import Sentence, year
from futian_model.scenario.blocks import Context, Trend

NAMED = 6
"""Surroundings that a sentence names one by one; more are left to the table."""


def decided(page: Surroundings) -> list[Sentence]:
    """What the surroundings alone decide: the span of GDP, and what the last goals need."""
    last = max((goal.year for goal in page.asked), default=page.last)
    return [spread(page), *(goal_sentence(page, goal) for goal in page.asked if goal.year == last)]


def spread(page: Surroundings) -> Sentence:
    """The lowest and the highest GDP of the last year, and where they are."""
    ends: Fields = {}
    for end, cell in zip(("low", "high"), page.ends, strict=True):
        ends |= {end: page.gdp(cell), f"{end}_growth": page.growth(cell), f"{end}_place": page.label(cell)}
    years = {"year": year(page.last), "base_year": year(page.first)}
    return page.say("contexts_range", **years, **ends, **page.places)


def lead(page: Surroundings) -> list[Sentence]:
    """Where the district's lead comes from, if the scenario states growth and no lead."""
    if isinstance(page.scenario.levers.growth, Context | Trend):
        return []
    stated = page.common("range", "least", "growth_points", case=of_check("district"))
    return [page.say("contexts_lead_stated", lead=stated, vintage=page.vintage, **page.places)]


def goal_sentence(page: Surroundings, goal: Goal) -> Sentence:
    """In how many surroundings a goal is met, and how fast the city must grow for it."""
    counted: Fields = {"goal": page.goal_label(goal), "met": page.cells_met(goal), "count": page.count}
    required, needed = (page.agreed(goal, name) for name in ("required_growth", "city_growth_needed"))
    if required is None or needed is None:
        return page.say("contexts_goal_moving", **counted)
    return page.say("contexts_goal", required=required, needed=needed, **counted, **page.places)


def flagged(page: Surroundings) -> Iterator[Sentence]:
    """Which surroundings are unusual or implausible, and why."""
    if all(cell.flag == PLAUSIBLE for cell in page.cells):
        yield page.say("contexts_credible", count=page.count)
    for flag in (IMPLAUSIBLE, UNUSUAL):
        cells = [cell for cell in page.cells if cell.flag == flag]
        if not cells:
            continue
        reasons = dict.fromkeys(reason for cell in cells for reason in page.reasons(cell))
        fields: Fields = {
            "flag": page.flag_word(flag),
            "count": page.common("cells", flag, "count"),
            "all": page.count,
            "reasons": page.listed(reasons),
        }
        if len(cells) > NAMED:
            yield page.say("contexts_flagged", **fields)
        else:
            places = page.listed(map(page.label, cells))
            yield page.say("contexts_flagged_places", places=places, **fields)


def own_paths(page: Surroundings) -> list[Sentence]:
    """Cities that no nation moves."""
    alone = [page.label(cell) for cell in page.cells if cell.nation is None]
    return [page.say("contexts_own_path", titles=page.listed(alone), **page.places)] if alone else []


def left_out(page: Surroundings) -> list[Sentence]:
    """Paths that do not cover the scenario's years."""
    _, _, left = page.covering
    titles = [page.say("contexts_alone", city=place.title[page.lang]).text for place, _ in left]
    return [page.say("contexts_left_out", titles=page.listed(titles))] if titles else []


def figures(page: Surroundings) -> list[KeyFigure]:
    """Lowest, highest, the scenario itself, and the growth of the city that its last GDP goal needs."""
    last = year(page.last)
    shown = [
        page.figure(
            page.say(key, year=last),
            page.gdp(cell),
            page.say("contexts_a_year", growth=page.growth(cell)),
        )
        for key, cell in zip(("contexts_lowest", "contexts_highest"), page.ends, strict=True)
    ]
    itself = page.common("real_gdp", "central", "gdp")
    shown.append(page.figure(page.say("contexts_itself", year=last), itself, "contexts_itself_note"))
    for goal in [goal for goal in page.asked if goal.indicator == "real_gdp"][-1:]:
        needed = page.agreed(goal, "city_growth_needed")
        if needed is not None:
            note = page.say("contexts_needed_note", goal=page.goal_label(goal))
            shown.append(page.figure(page.say("contexts_needed", **page.places), needed, note))
    return shown
