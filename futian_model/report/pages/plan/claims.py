"""The section on what the plan says of the past, computed again from published figures."""

from futian_model.claims import CUMULATIVE, LEVELS, MULTIPLE, PEOPLE, SPENT, Claim, of_claim
from futian_model.report.page import Column, Fields, Section
from futian_model.report.pages.plan.rows import PlanMaterial
from futian_model.report.words import Number, Sentence, year


def checked(page: PlanMaterial) -> Section:
    """Every statement that published figures can be held against, with the verdict."""
    table = page.table(
        "arithmetic_claims_table",
        page.claims,
        [
            Column("arithmetic_claim", lambda claim: said(page, claim)),
            Column("arithmetic_recomputed", lambda claim: recomputed(page, claim)),
            Column("arithmetic_verdict", lambda claim: page.words[f"arithmetic_{claim.verdict}"]),
        ],
        "arithmetic_claims_note",
    )
    heading, lead = "arithmetic_claims_heading", "arithmetic_claims_lead"
    return page.section(heading, lead, table if page.claims else None)


def claimed(page: PlanMaterial, claim: Claim, what: str, rule: str) -> Number:
    """A figure of a claim."""
    return page.of_plan(claim.indicator, claim.last, what, rule, of_claim(claim))


def said(page: PlanMaterial, claim: Claim) -> Sentence:
    """The statement as published."""
    span = page.span(claim.first, claim.last)
    if claim.kind == PEOPLE:
        stated, per_head = (claimed(page, claim, name, "percent") for name in ("stated", "per_head"))
        return page.say("arithmetic_said_people", span=span, stated=stated, per_head=per_head)
    name = page.name(claim.indicator)
    if claim.kind in (LEVELS, MULTIPLE):
        stated = claimed(page, claim, "stated", "percent")
        return page.say("arithmetic_said_growth", span=span, name=name, stated=stated)
    return page.say(
        "arithmetic_said_spending",
        year=year(claim.last),
        name=name,
        stated=claimed(page, claim, "stated", "growth"),
        spent=page.inline(SPENT[claim.indicator]),
        amount=claimed(page, claim, "amount", "gdp"),
    )


def recomputed(page: PlanMaterial, claim: Claim) -> Sentence:
    """What other published figures make of it."""

    def numbers(**rules: str) -> Fields:
        return {name: claimed(page, claim, name, rule) for name, rule in rules.items()}

    if claim.kind == LEVELS:
        key = "arithmetic_found_total" if claim.indicator == CUMULATIVE else "arithmetic_found_mean"
        prices = claimed(page, claim, "implied_prices", "growth")
        levels = numbers(start="gdp", end="gdp", found="share")
        return page.say(key, **levels, prices=prices, nation=national(page, claim))
    if claim.kind == MULTIPLE:
        return page.say("arithmetic_found_multiple", **numbers(multiple="count", low="share", high="share"))
    if claim.kind == PEOPLE:
        fields = numbers(people="people", before="people", after="people")
        fields |= {name: year(int(claim.values[name])) for name in ("before_year", "after_year")}
        return page.say("arithmetic_found_people", year=year(claim.first), **fields)
    parts = numbers(gdp="gdp", stated="growth", product="gdp", amount="gdp", ratio="growth")
    return page.say("arithmetic_found_spending", **parts)


def national(page: PlanMaterial, claim: Claim) -> Sentence:
    """The rise of the nation's prices beside it, where it is published."""
    if "national_prices" not in claim.values:
        return Sentence("")
    place = page.name(page.evidence.place("nation"))
    rise = claimed(page, claim, "national_prices", "growth")
    return page.say("arithmetic_found_nation", place=place, rise=rise)
