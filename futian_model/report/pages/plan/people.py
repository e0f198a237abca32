"""The section on population: what the goals imply, what a census counted, which goal binds when."""

import math

import pandas as pd

from futian_model import charts
from futian_model.arithmetic import CENSUS, PEOPLE, PLAN, RATES, Pair, Path, of_point
from futian_model.report.page import Cell, Column, Drawn, Section, Table, numeric
from futian_model.report.pages.plan.implied import census
from futian_model.report.pages.plan.rows import PlanMaterial
from futian_model.report.sections.requirements import ALIKE
from futian_model.report.words import Number, Sentence, year


def people(page: PlanMaterial) -> Section | None:
    """Populations behind the goals, the census, the chart, and the named paths; None without goals."""
    pairs = page.implied.pairs
    if not pairs:
        return None
    return page.section(
        "arithmetic_people_heading",
        implied_table(page),
        [*census(page, pairs[0]), *vintages(page)],
        page.charts(drawn(page, pairs[-1])),
        *(path_table(page, pair) for pair in reversed(pairs)),
    )


def implied_table(page: PlanMaterial) -> Table:
    """GDP over GDP per head, in the base year and in every year with both goals."""
    first = page.implied.pairs[0]

    def since(pair: Pair, start: str) -> Cell:
        return page.ledger.find("growth", PLAN, PEOPLE, pair.year, start)

    def row(pair: Pair, at: int, level: str) -> list[Cell]:
        gdp, per_head = pair.gdp.goal, pair.per_head.goal
        levels = page.plan_goal(gdp, level, "gdp"), page.plan_goal(per_head, level, "per_capita")
        return [year(at), *levels, page.people(at)]

    return page.table(
        "arithmetic_implied_table",
        [
            [*row(first, first.base_year, "base"), None, None],
            *(
                [*row(pair, pair.year, "target"), since(pair, "growth"), since(pair, "growth_after")]
                for pair in page.implied.pairs
            ),
        ],
        [
            Column("column_year"),
            numeric("arithmetic_gdp"),
            numeric("arithmetic_per_head"),
            numeric("arithmetic_implied_people"),
            numeric("arithmetic_since_base"),
            numeric("arithmetic_since_last"),
        ],
        "arithmetic_implied_note",
    )


def vintages(page: PlanMaterial) -> list[Sentence]:
    """What the census as a base would make of GDP per head, and of the goals that are levels."""
    sentences = []
    for pair in page.implied.pairs:
        goal, own, on_census = pair.per_head.goal, page.implied.own(pair), named(page, pair, "census")
        if own is None or on_census is None or not math.isnan(goal.multiple):
            continue
        sentences.append(
            page.say(
                "arithmetic_vintage",
                base_year=year(pair.base_year),
                per_head=page.of_plan(CENSUS, pair.base_year, "gdp_per_head", "per_capita"),
                base=page.plan_goal(goal, "base", "per_capita"),
                goal=page.goal_label(goal),
                needed=page.of_path(pair, own, "needed"),
                on_census=page.of_path(pair, on_census, "needed"),
                scenario=page.title,
            )
        )
    return sentences


def named(page: PlanMaterial, pair: Pair, name: str) -> Path | None:
    """A population path by its name."""
    return next((path for path in page.implied.paths(pair) if path.name == name), None)


def label(page: PlanMaterial, path: Path) -> str:
    """A population path as a table names it."""
    if path.name == "scenario":
        return page.title
    return page.say(
        f"arithmetic_path_{path.name}", scenario=page.title, year=year(page.implied.pairs[0].year)
    ).text


def binding(page: PlanMaterial, pair: Pair, path: Path) -> str:
    """Which of the two goals takes more growth of GDP on a path."""
    requirement = pair.binding(path, ALIKE)
    if requirement is None:
        return page.words["arithmetic_alike"]
    return page.words["arithmetic_gdp" if requirement is pair.gdp else "arithmetic_per_head"]


def path_table(page: PlanMaterial, pair: Pair) -> Table:
    """Named population paths: what both goals of a year ask of GDP on each."""
    level = math.isnan(pair.per_head.goal.multiple)
    return page.table(
        page.say("arithmetic_paths_table", year=year(pair.year)),
        page.implied.paths(pair),
        [
            Column("arithmetic_path", lambda path: label(page, path)),
            numeric("arithmetic_path_end", lambda path: page.of_path(pair, path, "end", "people")),
            numeric("arithmetic_path_growth", lambda path: page.of_path(pair, path, "growth")),
            numeric("arithmetic_needed_per_head", lambda path: page.of_path(pair, path, "needed")),
            numeric("arithmetic_needed_gdp", lambda path: page.plan_goal(pair.gdp.goal, "growth")),
            Column("arithmetic_binding", lambda path: binding(page, pair, path)),
        ],
        "arithmetic_paths_note_level" if level else "arithmetic_paths_note",
    )


def point(page: PlanMaterial, pair: Pair, at: int, what: str, rule: str = "growth") -> Number:
    """A figure of the curve behind the chart."""
    return page.plan_goal(pair.per_head.goal, what, rule, of_point(at))


def drawn(page: PlanMaterial, pair: Pair) -> Drawn:
    """Growth of GDP that both goals ask for over population growth."""
    own, goal, last = page.implied.own(pair), page.name(pair.per_head.goal.name), len(RATES) - 1
    marked = page.implied.paths(pair)[0] if own is None else own
    needed = page.of_path(pair, marked, "needed")
    rate = page.of_path(pair, marked, "growth", "growth_size")
    title = page.say("arithmetic_chart_title", goal=goal, rate=rate, needed=needed)
    switch, growth = page.of_plan(PEOPLE, pair.year, "growth"), page.plan_goal(pair.gdp.goal, "growth")
    alt = page.say(
        "arithmetic_chart_alt",
        title=title,
        goal=page.words.inline(goal),
        low=point(page, pair, 0, "growth"),
        high=point(page, pair, last, "growth"),
        least=point(page, pair, 0, "needed"),
        most=point(page, pair, last, "needed"),
        gdp_goal=page.inline(pair.gdp.goal.name),
        growth=growth,
        switch=switch,
    )
    flat = abs(pair.switch_growth) < ALIKE
    crossing = page.say("arithmetic_mark_flat" if flat else "arithmetic_mark_switch", switch=switch)
    path = page.say("arithmetic_mark_path", path=label(page, marked), needed=needed)
    marks = pd.DataFrame(
        [(crossing.text, switch.value, growth.value), (path.text, marked.growth, pair.needed(marked))],
        columns=["label", "at", "value"],
    )
    return page.drawn(
        charts.lines,
        curve(page, pair),
        "growth",
        title=title,
        alt=alt,
        subtitle=page.say("arithmetic_chart_subtitle", start=year(pair.base_year), end=year(pair.year)),
        source="arithmetic_chart_source",
        named={"across": page.words["arithmetic_chart_across"]},
        # a path beyond the axis is left to the table
        marks=marks[marks["at"].between(RATES[0], RATES[-1])],
    )


def curve(page: PlanMaterial, pair: Pair) -> pd.DataFrame:
    """Both lines, point by point."""
    per_head, gdp = (page.name(requirement.goal.name) for requirement in (pair.per_head, pair.gdp))
    rows = [(per_head, float(rate), point(page, pair, at, "needed").value) for at, rate in enumerate(RATES)]
    rows += [(gdp, float(rate), pair.gdp.growth) for rate in RATES]
    return pd.DataFrame(rows, columns=["series", "at", "value"])
