"""How plausibility is judged: the rule, what the evidence allows, and what came since."""

from futian_model.contexts import SHARE, of_check
from futian_model.report.page import Column, Fields, Section, Table, numeric
from futian_model.report.pages.sensitivity.surroundings import Surroundings
from futian_model.report.words import Number, Sentence, year

RULES = {"city": "growth_points", "district": "growth_points", "share": "share"}
"""How a check's values are written; growth otherwise."""


def judged(page: Surroundings) -> Section:
    """The rule in words, the table of ranges, the recorded share and what came after the vintage."""
    rule = page.say("contexts_rule", vintage=page.vintage, **page.places)
    shares = [*recorded(page), *since(page)]
    note = page.note(*shares) if shares else None
    return page.section("contexts_judged_heading", rule, ranges(page), note)


def ranges(page: Surroundings) -> Table:
    """Every check: what evidence allows, from where to where the surroundings go, how many lie outside."""

    def outside(check: str) -> Sentence:
        out = page.common("range", "outside", "count", case=of_check(check))
        return page.say("contexts_of", met=out, count=Number(len(page.checks[check]), "count"))

    return page.table(
        "contexts_judged_table",
        page.checks,
        [
            Column("contexts_judged", page.check_name),
            numeric("contexts_allowed", lambda check: interval(page, check, "low", "high")),
            numeric("contexts_assumed", lambda check: interval(page, check, "least", "most")),
            numeric("contexts_outside", outside),
        ],
        "contexts_judged_note",
    )


def interval(page: Surroundings, of: str, low: str, high: str) -> Sentence | Number:
    """Two ends of a check; one number where they print alike."""
    ends = [page.common("range", name, RULES.get(of, "growth"), case=of_check(of)) for name in (low, high)]
    if ends[0].text(page.lang) == ends[1].text(page.lang):
        return ends[0]
    return page.say("contexts_interval", low=ends[0], high=ends[1])


def recorded(page: Surroundings) -> list[Sentence]:
    """The lowest and highest share on record at the vintage."""
    rows = page.results[(page.results["indicator"] == SHARE) & (page.results["statistic"] == "published")]
    if rows.empty:
        return []
    by_year = rows.set_index("year")["value"]
    fields: Fields = dict(page.places)
    for end, place in (("low", by_year.idxmin()), ("high", by_year.idxmax())):
        at = int(str(place))
        fields |= {end: page.common(SHARE, "published", "share", at), f"{end}_year": year(at)}
    return [page.say("contexts_recorded", **fields)]


def since(page: Surroundings) -> list[Sentence]:
    """The latest share published after the vintage, beside what had been recorded."""
    rows = page.results[page.results["statistic"] == "published_later"]
    if rows.empty or "share" not in page.checks:
        return []
    at, check = int(rows["year"].max()), page.checks["share"][0]
    value = page.common(SHARE, "published_later", "share", at)
    if value.value < check.low:
        key = "contexts_since_below"
    else:
        key = "contexts_since_above" if value.value > check.high else "contexts_since_within"
    return [page.say(key, value=value, year=year(at), vintage=page.vintage)]
