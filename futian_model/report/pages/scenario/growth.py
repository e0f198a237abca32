"""Growth: at constant and current prices and of prices, by year, published years beside the path."""

import pandas as pd

from futian_model import charts
from futian_model.report.page import Cell, Column, Drawn, Fill, Section, Table, numeric
from futian_model.report.pages.scenario.outlook import LOOK_BACK, QUANTILES
from futian_model.report.pages.scenario.rows import ScenarioMaterial
from futian_model.report.sections.fan_sentences import band_names, described
from futian_model.report.sections.material import GIVEN_EVIDENCE
from futian_model.report.words import BARE, Number, Sentence, bare, year
from futian_model.report.words.amounts import in_brackets

REAL = "real_gdp_growth"
RATES = (REAL, "nominal_gdp_growth", "gdp_deflator_growth")
REAL_GDP = "real_gdp"
LEVELS = (
    *(REAL_GDP, "nominal_gdp", "real_gdp_per_capita", "nominal_gdp_per_capita"),
    "average_population",
)
PUBLISHED = "published"


def growth(page: ScenarioMaterial) -> Section:
    """A fan of growth, and a table of growth and levels by year."""
    return page.section("growth_heading", page.charts(fan(page)), table(page), new_page=True)


def fan(page: ScenarioMaterial) -> Drawn:
    """Growth of real GDP: published years, what the evidence expects, and the scenario's path."""
    words, start, last = page.words, page.first + 1, page.last

    def number(at: int, statistic: str) -> Number:
        return page.number(REAL, at, statistic, rule="growth_coarse", reading=GIVEN_EVIDENCE)

    years = range(start, last + 1)
    bands = {name: [number(at, name).value for at in years] for name in QUANTILES}
    table = pd.DataFrame({"year": years, **bands, "central": [number(at, "p50").value for at in years]})
    path = [(at, page.number(REAL, at, rule="growth_coarse").value) for at in years if at > page.jump_off]
    past = page.published_growth(page.district, page.first - LOOK_BACK)
    span = (int(past["year"].min()), int(past["year"].max())) if len(past) else None
    mean = page.number(REAL, last, "ahead", rule="growth_size")
    title = page.say("growth_fan_title", start=year(page.jump_off + 1), end=year(last), growth=mean)
    source = page.say("chart_source_share", start=year(span[0]), end=year(span[1])) if span else Sentence("")
    return page.drawn(
        charts.fan,
        table,
        "growth_coarse",
        title=title,
        alt=described(
            words, title, words["chart_path_given_evidence"], "p50", (start, last), number, history=span
        ),
        subtitle=page.say("growth_fan_subtitle", vintage=page.vintage),
        source=source,
        named={
            "scenario": words["chart_path_given_evidence"],
            "bands": band_names(page.lang),
            "history": words["chart_history"],
            "later": words["chart_later"],
            "reference": words["chart_scenario"] if page.apart else "",
            "before": words["chart_before"],
            "after": words["chart_after"],
        },
        history=past,
        reference=pd.DataFrame(path, columns=["year", "value"]) if page.apart else None,
        percent=True,
        start=page.first - LOOK_BACK,
        edge=page.jump_off,
    )


def table(page: ScenarioMaterial) -> Table:
    """A row a year: rates, then levels; a published figure stands in place of the path."""
    held = page.given_scenario.indicators
    rates = [name for name in RATES if page.has(name, page.last, "central", page.given_scenario.reading)]
    levels = [name for name in (*LEVELS, *page.shares) if name in held]

    def level(name: str) -> Fill:
        rule = bare(page.rule(name))
        return lambda at: figure(page, name, int(at), rule)

    def rate(name: str) -> Fill:
        return lambda at: None if at == page.first else figure(page, name, int(at), "growth_coarse")

    def label(name: str) -> Sentence:
        if page.rule(name) not in BARE:
            return Sentence(page.name(name))
        unit = page.words[f"unit_{bare(page.rule(name))}"]
        return Sentence(in_brackets(page.name(name), unit, page.words))

    return page.table(
        "growth_table",
        page.given_scenario.years,
        [
            Column("column_year", lambda at: year(int(at))),
            *(numeric(Sentence(page.name(name)), rate(name)) for name in rates),
            *(numeric(label(name), level(name)) for name in levels),
        ],
        page.say("growth_note", start=year(page.jump_off + 1), base_year=year(page.first)),
        cards=False,
    )


def figure(page: ScenarioMaterial, name: str, at: int, rule: str) -> Cell:
    """The published figure of a year, marked; where none is out, the path.

    A published level converted to constant prices is not one: the growth beside it does not lead to it.
    """
    if name != REAL_GDP and at <= page.jump_off and page.has(name, at, "outturn", PUBLISHED):
        return page.say(
            "published_cell", value=page.number(name, at, "outturn", rule=rule, reading=PUBLISHED)
        )
    return page.number(name, at, rule=rule)
