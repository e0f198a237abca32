"""Published figures that all others contradict: named wherever they are used."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from futian_model.calibration import coherence
from futian_model.calibration.coherence import COHERENCE, INDICATORS, STATISTICS, case_of, value_of
from futian_model.calibration.per_head import PER_HEAD
from futian_model.evidence import Evidence
from futian_model.report.sections.material import Material
from futian_model.report.words import Number, Sentence, Words, words, year
from futian_model.scenario import Scenario

KINDS = {"real_gdp_growth": "real", "gdp_deflator_growth": "prices", "gdp": "nominal", PER_HEAD: "per_head"}
Figure = Mapping[Any, Any]


def outside(scenario: Scenario, evidence: Evidence) -> Sequence[Figure]:
    """Figures beyond the 95 percent band of what all others say of them."""
    settings = scenario.assumptions
    return coherence.misfits(
        evidence, base_year=settings.base_year, horizon=settings.horizon, vintage=settings.vintage
    )


def misfits(scenario: Scenario, evidence: Evidence, lang: str) -> list[Sentence]:
    """Each figure outside its band, and between what the others place it."""
    texts = words(lang)

    def plain(row: Figure) -> Callable[[str], Number]:
        return lambda name: Number(value_of(row, name), rule_of(row))

    return [misfit(row, evidence, texts, plain(row)) for row in outside(scenario, evidence)]


def misfits_of(page: Material, *places: str, since: int = 0) -> list[Sentence]:
    """The same of some places and of years after one, with the numbers of the page's results."""

    def bound(row: Figure) -> Callable[[str], Number]:
        at = (INDICATORS[row["indicator"]], int(row["last"]))
        return lambda name: page.number(*at, name, rule=rule_of(row), reading=COHERENCE, case=case_of(row))

    return [
        misfit(row, page.evidence, page.words, bound(row))
        for row in outside(page.scenario, page.evidence)
        if row["geo"] in places and row["last"] > since
    ]


def rule_of(row: Figure) -> str:
    """How the numbers of a figure are written."""
    return "per_capita" if row["indicator"] == PER_HEAD else "growth"


def misfit(row: Figure, evidence: Evidence, texts: Words, number: Callable[[str], Number]) -> Sentence:
    """One figure as a sentence."""
    first, last = int(row["first"]), int(row["last"])
    at = texts.say("vintage_year", year=year(last))
    if first != last:
        at = texts.say("span", start=year(first), end=year(last))
    name = "bound" if row["lower_bound"] else KINDS[row["indicator"]]
    place = evidence.name(row["geo"], texts.lang)
    ends = {statistic: number(statistic) for statistic in STATISTICS}
    return texts.say(f"misfit_{name}", place=place, years=at, **ends)
