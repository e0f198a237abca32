"""What the page on surroundings is written from: every cell of the matrix, and what they have in common."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from futian_model import contexts, goals
from futian_model.contexts import IMPLAUSIBLE, PLAUSIBLE, UNUSUAL, Cell, Check
from futian_model.errors import InputError
from futian_model.evidence import Goal
from futian_model.languages import LANGS
from futian_model.report.sections.material import Material
from futian_model.report.words.numbers import Number
from futian_model.report.words.sentences import Sentence
from futian_model.scenario.blocks.context import City, Nation

CONTEXT, SHARE = "context", "share_of_city"
"""Reading of rows about all cells together; the district's share of the city's GDP."""
ALIKE = 1e-9
Fields = dict[str, Number | Sentence | str]
"""What fills the braces of a text."""
LOGS = ("nation", "city_path")
"""Checks on growth: log inside the library, a rate on the page. Leads stay log."""


@dataclass(frozen=True, eq=False)
class ContextMaterial(Material):
    """Material whose results are the matrix; the scenario's own path stands beside it."""

    @cached_property
    def found(self) -> tuple[list[Nation], list[City], list[tuple[Nation | City, InputError]]]:
        """Nations and cities that can surround the scenario, and those that leave out years of it."""
        nations, cities = contexts.surroundings(self.evidence.project, self.evidence)
        left: list[tuple[Nation | City, InputError]] = []
        places: list[Nation | City] = [*nations.values(), *cities.values()]
        for place in places:
            left += [(place, fault) for fault in contexts.misfit(place, self.scenario, self.evidence)[:1]]
        out = {place.id for place, _ in left}
        return (
            [one for one in nations.values() if one.id not in out],
            [one for one in cities.values() if one.id not in out],
            left,
        )

    @cached_property
    def cells(self) -> list[Cell]:
        """The matrix, the city of least growth first, and in it the nation of least growth."""
        nations, cities, _ = self.found
        made = contexts.matrix(self.scenario, self.evidence, cities, nations)
        grown = pd.Series({one.name: one.around.city.mean() for one in made})
        of_city = grown.groupby([one.city.id for one in made]).mean()
        return sorted(made, key=lambda one: (one.nation is None, of_city[one.city.id], grown[one.name]))

    @property
    def cities(self) -> list[City]:
        """Cities in the order of the cells."""
        return list({one.city.id: one.city for one in self.cells}.values())

    @property
    def nations(self) -> list[Nation]:
        """Nations in the order of the cells."""
        return list({one.nation.id: one.nation for one in self.cells if one.nation is not None}.values())

    @property
    def asked(self) -> list[Goal]:
        """The plan's goals on GDP and GDP per capita."""
        return [one.goal for one in self.cells[0].judged] if self.cells else []

    @cached_property
    def checks(self) -> dict[str, list[Check]]:
        """Checks by what they are about, over all cells."""
        held: dict[str, list[Check]] = {}
        for one in self.cells:
            for check in one.checks:
                held.setdefault(check.of, []).append(check)
        return held

    @cached_property
    def results(self) -> pd.DataFrame:
        """The one table of results."""
        common = goals.tidy(self.scenario.id, CONTEXT, [*self.counts(), *self.ranges(), *self.records()])
        return pd.concat([contexts.frame(self.cells), common], ignore_index=True) if self.cells else common

    def indicator_names(self) -> dict[str, dict[str, str]]:
        """Names of what the results are of, with the titles of cities and nations."""
        places: list[Nation | City] = [*self.nations, *self.cities]
        return super().indicator_names() | {
            one.id: {lang: one.title[lang] for lang in LANGS} | {"kind": "surroundings"} for one in places
        }

    def counts(self) -> Iterator[goals.Row]:
        """Cells in all, by flag and by goal met; the scenario's own GDP."""
        own = float(self.given_scenario.central["real_gdp"][-1])
        yield "real_gdp", self.last, "central", own, "亿元", "constant"
        yield "cells", self.last, "count", float(len(self.cells)), "none", "none"
        for flag in (PLAUSIBLE, UNUSUAL, IMPLAUSIBLE):
            count = sum(one.flag == flag for one in self.cells)
            yield "cells", self.last, flag, float(count), "none", "none"
        for at, goal in enumerate(self.asked):
            met = sum(one.judged[at].met for one in self.cells)
            yield goal.name, goal.year, "cells_met", float(met), "none", "none"
            yield goal.name, goal.year, "target", self.cells[0].judged[at].target, goal.unit, goal.price_basis
            # one number where the cells agree: a population that the goals imply moves with GDP
            for statistic, values in {
                "required_growth": [one.judged[at].required_growth for one in self.cells],
                "city_growth_needed": [one.city_growth_needed(one.judged[at]) for one in self.cells],
            }.items():
                if max(values) - min(values) < ALIKE:
                    yield goal.name, goal.year, statistic, values[0], "fraction", "none"

    def ranges(self) -> Iterator[goals.Row]:
        """What each check allows, and what the cells hold against it."""
        for of, held in self.checks.items():
            values = [one.value for one in held]
            told = {"low": held[0].low, "high": held[0].high, "least": min(values), "most": max(values)}
            for statistic, value in told.items():
                shown = contexts.as_rate(value) if of in LOGS else value
                yield f"range_{of}", self.last, statistic, shown, "fraction", "none"
            outside = float(sum(one.side != 0 for one in held))
            yield f"range_{of}", self.last, "outside", outside, "none", "none"

    def records(self) -> Iterator[goals.Row]:
        """The district's share of the city as published, known at the vintage and later."""
        known = contexts.recorded(self.evidence, self.scenario.assumptions.vintage)
        today = contexts.recorded(self.evidence)
        later = today.loc[today.index.difference(known.index)]
        for statistic, table in (("published", known), ("published_later", later)):
            for year, value in table["value"].items():
                yield SHARE, int(str(year)), statistic, float(value), "fraction", "nominal"

    @cached_property
    def places(self) -> Fields:
        """Names of district, city and nation."""
        return {role: self.name(self.evidence.place(role)) for role in ("district", "city", "nation")}

    @property
    def ends(self) -> tuple[Cell, Cell]:
        """The cells with the least and the most GDP in the last year."""
        by_gdp = sorted(self.cells, key=lambda one: float(one.result.central["real_gdp"][-1]))
        return by_gdp[0], by_gdp[-1]

    def label(self, one: Cell) -> str:
        """City and nation by their titles; a city on its own path by its own."""
        city = one.city.title[self.lang]
        if one.nation is None:
            return self.words.say("contexts_alone", city=city).text
        return self.words.say("contexts_pair", city=city, nation=one.nation.title[self.lang]).text

    def flag_word(self, flag: str) -> str:
        return self.words[f"contexts_flag_{flag}"]

    def check_name(self, of: str) -> str:
        """What is judged, in words."""
        return self.words.say(f"contexts_check_{of}", **self.places).text

    def reasons(self, one: Cell) -> list[str]:
        """What lies outside in a cell, in words."""
        keys = {-1: "contexts_reason_below", 1: "contexts_reason_above"}
        return [
            self.words.say(keys[check.side], what=self.check_name(check.of)).text
            for check in one.checks
            if check.side
        ]

    def brief(self, one: Cell) -> list[str]:
        """The same in the fewest words, each once, for the cell of a table."""
        words, keys = self.words, {-1: "contexts_brief_below", 1: "contexts_brief_above"}
        told = [
            words.say(keys[check.side], what=words[f"contexts_brief_{check.of}"]).text
            for check in one.checks
            if check.side
        ]
        return list(dict.fromkeys(told))

    def target(self, goal: Goal) -> Number:
        """What a goal on GDP asks for."""
        return self.common(goal.name, "target", "gdp", goal.year)

    def of(self, one: Cell, indicator: str, statistic: str, rule: str, year: int | None = None) -> Number:
        """A number of one cell, of the last year unless named."""
        at = self.last if year is None else year
        return self.number(indicator, at, statistic, rule=rule, reading=f"{CONTEXT}/{one.name}")

    def common(self, indicator: str, statistic: str, rule: str, year: int | None = None) -> Number:
        """A number about all cells together."""
        return self.number(
            indicator, self.last if year is None else year, statistic, rule=rule, reading=CONTEXT
        )

    def agreed(self, goal: Goal, statistic: str) -> Number | None:
        """What a goal asks for, where every cell gives the same answer."""
        if not self.has(goal.name, goal.year, statistic, CONTEXT):
            return None
        return self.common(goal.name, statistic, "growth", goal.year)
