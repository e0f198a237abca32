"""The section on what the plan says of the past, computed again from published figures."""

from futian_model.claims import CONSISTENT, CUMULATIVE, LEVELS, MULTIPLE, PEOPLE, SPENT, Claim, of_claim
from futian_model.report.page.blocks import Block, Cell, Column, Prose, Section, Table
from futian_model.report.pages.arithmetic.rows import ArithmeticMaterial
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence

VERDICTS = {
    CONSISTENT: "arithmetic_consistent",
    "inconsistent": "arithmetic_inconsistent",
    "other_basis": "arithmetic_other_basis",
}


def checked(given: ArithmeticMaterial) -> Section:
    """Every statement that published figures can be held against, with the verdict."""
    words = given.words
    columns = [
        Column(words["arithmetic_claim"], head=True),
        Column(words["arithmetic_recomputed"]),
        Column(words["arithmetic_verdict"]),
    ]
    rows: list[list[Cell]] = [
        [said(given, claim), recomputed(given, claim), words[VERDICTS[claim.verdict]]]
        for claim in given.claims
    ]
    note = words.say("arithmetic_claims_note")
    table = Table(given.lang, words["arithmetic_claims_table"], columns, rows, note, cards=True)
    children: list[Block] = [Prose(given.lang, [words.say("arithmetic_claims_lead")])]
    if rows:
        children.append(table)
    return Section(given.lang, words["arithmetic_claims_heading"], children)


def told(given: ArithmeticMaterial, claim: Claim, what: str, rule: str) -> Number:
    """A figure of a claim."""
    return given.told(claim.indicator, claim.last, what, rule, of_claim(claim))


def said(given: ArithmeticMaterial, claim: Claim) -> Sentence:
    """The statement as published."""
    words = given.words
    ends = {"start": year(claim.first), "end": year(claim.last)}
    when = words.say("span", **ends)
    if claim.kind == PEOPLE:
        return words.say(
            "arithmetic_said_people",
            span=when,
            stated=told(given, claim, "stated", "percent"),
            per_head=told(given, claim, "per_head", "percent"),
        )
    name = given.name(claim.indicator)
    if claim.kind in (LEVELS, MULTIPLE):
        stated = told(given, claim, "stated", "percent")
        return words.say("arithmetic_said_growth", span=when, name=name, stated=stated)
    stated, amount = told(given, claim, "stated", "growth"), told(given, claim, "amount", "gdp")
    spent = words.inline(given.name(SPENT[claim.indicator]))
    return words.say(
        "arithmetic_said_spending",
        year=year(claim.last),
        name=name,
        stated=stated,
        spent=spent,
        amount=amount,
    )


def recomputed(given: ArithmeticMaterial, claim: Claim) -> Sentence:
    """What other published figures make of it."""
    words = given.words

    def number(what: str, rule: str) -> Number:
        return told(given, claim, what, rule)

    if claim.kind == LEVELS:
        total = claim.indicator == CUMULATIVE
        return words.say(
            "arithmetic_found_total" if total else "arithmetic_found_mean",
            start=number("start", "gdp"),
            end=number("end", "gdp"),
            found=number("found", "share"),
            prices=number("implied_prices", "growth"),
            nation=national(given, claim),
        )
    if claim.kind == MULTIPLE:
        return words.say(
            "arithmetic_found_multiple",
            multiple=number("multiple", "count"),
            low=number("low", "share"),
            high=number("high", "share"),
        )
    if claim.kind == PEOPLE:
        return words.say(
            "arithmetic_found_people",
            year=year(claim.first),
            people=number("people", "people"),
            before_year=year(int(claim.values["before_year"])),
            before=number("before", "people"),
            after_year=year(int(claim.values["after_year"])),
            after=number("after", "people"),
        )
    return words.say(
        "arithmetic_found_spending",
        gdp=number("gdp", "gdp"),
        stated=number("stated", "growth"),
        product=number("product", "gdp"),
        amount=number("amount", "gdp"),
        ratio=number("ratio", "growth"),
    )


def national(given: ArithmeticMaterial, claim: Claim) -> Sentence:
    """The rise of the nation's prices beside it, where it is published."""
    if "national_prices" not in claim.values:
        return Sentence("")
    place = given.name(given.evidence.place("nation"))
    rise = told(given, claim, "national_prices", "growth")
    return given.words.say("arithmetic_found_nation", place=place, rise=rise)
