"""Where the district stands: its last figures, verdicts on goals whose year is over, what is left to do."""

from typing import Any

from futian_model.calibration.outlook import GROWTH, OUTLOOK
from futian_model.evidence import Goal
from futian_model.evidence.vintages import last_over
from futian_model.report.page import Fields
from futian_model.report.sections.findings import GIVEN_EVIDENCE, Simulated
from futian_model.report.sections.trust import came_true_numbers
from futian_model.report.words import Number, Sentence, year
from futian_model.report.words.names import STATUS
from futian_model.report.words.sentences import year_span
from futian_model.results import case
from futian_model.scorecard import (
    MET,
    MET_SO_FAR,
    MISSED,
    MISSED_SO_FAR,
    NOT_PUBLISHED,
    SCORECARD,
    STATED,
    Verdict,
    overall,
    priced,
)
from futian_model.scorecard.outturns import LOWER_BOUND

FOREMOST = "real_gdp"
SIZES = {"share": "size_points"}
"""How a distance from a target is written where it is not written as a value."""


def standing(page: Simulated) -> list[Sentence]:
    """The last figures of GDP, and how the goals on it whose year is over came out."""
    return [*level(page), *verdicts(page, FOREMOST)]


def others(page: Simulated) -> list[Sentence]:
    """How the goals on the other leading indicators whose year is over came out, and what hangs on that."""
    names = [name for name in page.headline if name != FOREMOST]
    return [sentence for name in names for sentence in verdicts(page, name)]


def verdicts(page: Simulated, *indicators: str) -> list[Sentence]:
    """Each goal on some indicators whose year is over."""
    sentences = [verdict(page, goal) for goal in page.over if goal.indicator in indicators]
    return [sentence for sentence in sentences if sentence is not None]


def level(page: Simulated) -> list[Sentence]:
    """The latest exact figure of GDP at current prices, and a later bound."""
    rows = page.results[page.results["indicator"] == "nominal_gdp"]
    rows = rows[rows["year"] <= last_over(page.as_of)]  # an earlier view does not know the years since
    exact = rows.loc[rows["statistic"] == "outturn", "year"]
    if exact.empty:
        return []
    at = int(exact.max())
    fields: Fields = {
        "place": page.name(page.district),
        "year": year(at),
        "value": page.number("nominal_gdp", at, "outturn", reading="published"),
    }
    bounds = rows.loc[rows["statistic"] == LOWER_BOUND, "year"]
    if bounds.empty:
        return [page.say("standing_level", **fields)]
    later = int(bounds.max())
    bound = page.number("nominal_gdp", later, LOWER_BOUND, reading="published")
    return [page.say("standing_level_bound", **fields, bound=bound, later=year(later))]


def verdict(page: Simulated, goal: Goal) -> Sentence | None:
    """One goal whose year is over: met or missed and by how much on each reading of its prices.

    None where neither a figure nor an estimate says anything.
    """
    judged = page.verdicts[goal.name]
    rule, at = page.rule(goal.indicator), goal.year
    items = [item for reading in judged if (item := size(page, reading, rule)) is not None]
    fields: Fields = {
        "goal": page.goal_label(goal),
        "target": page.number(
            goal.name, at, "target", rule=rule, reading=SCORECARD, case=priced(judged[0].reading)
        ),
        "year": year(at),
    }
    if not items:
        return None
    items_said = page.words.join(items, "clauses")
    if overall(judged) == NOT_PUBLISHED:
        return page.say("standing_unpublished", **fields, items=items_said)
    status = page.words[STATUS[overall(judged)]]
    return page.say("standing_verdict", **fields, status=status, items=items_said)


def size(page: Simulated, judged: Verdict, rule: str) -> Sentence | None:
    """What a goal's year came to on one reading, how far that is from the target, and what is still open."""
    goal, case = judged.goal, priced(judged.reading)

    def number(statistic: str, rule: str, at: int = goal.year) -> Number:
        return page.number(goal.name, at, statistic, rule=rule, reading=SCORECARD, case=case)

    settled = judged.status in (MET, MISSED) and judged.year is not None
    if not settled and not page.has(goal.name, goal.year, "chance", SCORECARD, case):
        return None
    apart = judged.gap if settled else judged.expected_gap
    prefix = "" if settled else "expected_"
    fields: Fields = {
        "value": number("outturn", rule, judged.year or goal.year) if settled else number("expected", rule),
        "size": number(f"{prefix}gap_size", SIZES.get(rule, rule)),
        "side": page.words[f"standing_{'above' if apart >= 0 else 'below'}"],
    }
    decided = settled or judged.status in (MET_SO_FAR, MISSED_SO_FAR)
    if not decided:
        fields["chance"] = number("chance", "probability")
    if judged.reading != STATED:
        fields["prices"] = page.say(f"plan_card_prices_{judged.reading}", year=year(goal.base_year))
    key = "standing_settled" if settled else "standing_decided" if decided else "standing_expected"
    return page.say(key if judged.reading == STATED else f"{key}_read", **fields)


def ahead(page: Simulated, *, scenario: bool = True) -> list[Sentence]:
    """What each goal on GDP of the last year takes from the jump-off, beside the evidence.

    Parameters
    ----------
    scenario : bool
        Whether the scenario's own growth stands there too.
    """
    last = max((goal.year for goal in page.judged), default=0)
    sentences = []
    for goal in page.judged:
        if goal.year == last and goal.indicator == FOREMOST:
            fields: Fields = {
                "goal": page.goal_label(goal),
                "start": year(page.jump_off + 1),
                "required": page.of_goal(goal, "required_growth", "growth"),
                "evidence": page.of_goal(goal, "central_growth", "growth", GIVEN_EVIDENCE),
            }
            if scenario:
                fields["scenario"] = page.of_goal(goal, "central_growth", "growth")
            sentences.append(page.say("standing_takes" if scenario else "standing_takes_alone", **fields))
    return sentences


def context(page: Simulated) -> list[Sentence]:
    """What surrounds any scenario, in a few lines: where GDP stands, goals whose year is over, the odds of
    those to come, what others expect of the nation.
    """
    sentences = [*standing(page), *unsettled(page), *odds(page), *nation(page)]
    return [page.say("context_lead"), *sentences] if sentences else []


def unsettled(page: Simulated) -> list[Sentence]:
    """Goals on the other leading indicators whose year is over, one sentence for all."""
    clauses = [Sentence(each.text.rstrip("。."), each.numbers) for each in others(page)]
    return [page.say("standing_unsettled", items=page.words.join(clauses, "clauses"))] if clauses else []


def odds(page: Simulated) -> list[Sentence]:
    """How likely the goals of the last year are, in words, and how often such odds came true."""
    items = likely(page)
    if not items:
        return []
    fields: Fields = {"vintage": page.words.month(page.as_of), "items": page.words.join(items, "clauses")}
    record = came_true_numbers(page)
    return [page.say("standing_odds_record" if record else "standing_odds", **fields, **record)]


def likely(page: Simulated, key: str = "odds_item") -> list[Sentence]:
    """Each goal of the last year that the evidence can judge, and how likely it is, in words."""
    last = max((goal.year for goal in page.judged), default=0)
    return [
        page.say(
            key,
            goal=page.goal_label(goal),
            odds=page.of_goal(goal, "probability", "odds", GIVEN_EVIDENCE),
        )
        for goal in page.judged
        if goal.year == last
    ]


def nation(page: Simulated) -> list[Sentence]:
    """How far what others published of the nation's growth lies from this method's median, on average."""
    place = page.evidence.place("nation")
    under: dict[str, Any] = {"reading": OUTLOOK, "case": case(place=place)}
    rows = page.results[(page.results["reading"] == OUTLOOK) & (page.results["statistic"] == "bodies")]
    rows = rows.loc[(rows["indicator"] == GROWTH) & (rows["case"] == under["case"]), "year"]
    if rows.empty:
        return []
    last = int(rows.max())
    return [
        page.say(
            "standing_nation",
            place=page.name(place),
            years=year_span(page.jump_off + 1, last, page.words),
            count=page.number(GROWTH, last, "bodies", rule="count", **under),
            gap=page.number(GROWTH, last, "gap", rule="size_growth_points", **under),
        )
    ]
