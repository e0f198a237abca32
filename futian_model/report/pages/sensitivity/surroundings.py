"""A scenario inside every city and nation: each cell of the matrix, and what they have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from futian_model import contexts
from futian_model.contexts import READING, Cell, Check
from futian_model.errors import InputError
from futian_model.evidence import Goal
from futian_model.languages import LANGS
from futian_model.report.page import Fields
from futian_model.report.sections.material import Material
from futian_model.report.words import Number
from futian_model.results import Row, tidy
from futian_model.scenario.blocks.context import City, Nation


@dataclass(frozen=True, eq=False)
class Surroundings(Material):
    """Material whose results are the matrix; the scenario's own path stands beside it."""

    @cached_property
    def covering(self) -> tuple[list[Nation], list[City], list[tuple[Nation | City, InputError]]]:
        """Nations and cities that can surround the scenario, and those that leave out years of it."""
        nations, cities = contexts.surroundings(self.evidence.project, self.evidence)
        left: list[tuple[Nation | City, InputError]] = []
        places: list[Nation | City] = [*nations.values(), *cities.values()]
        for place in places:
            left += [(place, fault) for fault in contexts.misfit(place, self.scenario, self.evidence)[:1]]
        out = {place.id for place, _ in left}
        return (
            [nation for nation in nations.values() if nation.id not in out],
            [city for city in cities.values() if city.id not in out],
            left,
        )

    @cached_property
    def cells(self) -> list[Cell]:
        """The matrix, the city of least growth first, and in it the nation of least growth."""
        nations, cities, _ = self.covering
        return contexts.ordered(contexts.matrix(self.scenario, self.evidence, cities, nations))

    @property
    def cities(self) -> list[City]:
        """Cities in the order of the cells."""
        return list({cell.city.id: cell.city for cell in self.cells}.values())

    @property
    def nations(self) -> list[Nation]:
        """Nations in the order of the cells."""
        return list({cell.nation.id: cell.nation for cell in self.cells if cell.nation is not None}.values())

    @property
    def asked(self) -> list[Goal]:
        """The plan's goals on GDP and GDP per capita."""
        return [assessment.goal for assessment in self.cells[0].judged] if self.cells else []

    @cached_property
    def checks(self) -> dict[str, list[Check]]:
        """Checks by what they are about, over all cells."""
        return contexts.checks_of(self.cells)

    @cached_property
    def results(self) -> pd.DataFrame:
        """The one table of results."""
        own = float(self.given_scenario.central["real_gdp"][-1])
        row = Row("real_gdp", self.last, "central", own, "亿元", "constant")
        itself = tidy(self.scenario.id, READING, [row], self.given_scenario.place)
        return pd.concat([contexts.frame(self.cells, self.evidence), itself], ignore_index=True)

    def place_names(self) -> dict[str, dict[str, str]]:
        """Titles of cities and nations in both languages, by which cases name them."""
        places: list[Nation | City] = [*self.nations, *self.cities]
        return {
            place.id: {lang: place.title[lang] for lang in LANGS} | {"kind": "surroundings"}
            for place in places
        }

    @cached_property
    def places(self) -> Fields:
        """Names of district, city and nation."""
        return {role: self.name(self.evidence.place(role)) for role in ("district", "city", "nation")}

    @property
    def ends(self) -> tuple[Cell, Cell]:
        """The cells with the least and the most GDP in the last year."""
        by_gdp = sorted(self.cells, key=lambda cell: float(cell.result.central["real_gdp"][-1]))
        return by_gdp[0], by_gdp[-1]

    def label(self, cell: Cell) -> str:
        """City and nation by their titles; a city on its own path by its own."""
        city = cell.city.title[self.lang]
        if cell.nation is None:
            return self.say("contexts_alone", city=city).text
        return self.say("contexts_pair", city=city, nation=cell.nation.title[self.lang]).text

    def flag_word(self, flag: str) -> str:
        return self.words[f"contexts_flag_{flag}"]

    def check_name(self, of: str) -> str:
        """What is judged, in words."""
        return self.say(f"contexts_check_{of}", **self.places).text

    def reasons(self, cell: Cell) -> list[str]:
        """What lies outside in a cell, in words."""
        return self.outside(cell, "reason", self.check_name)

    def brief(self, cell: Cell) -> list[str]:
        """The same in the fewest words, each once, for the cell of a table."""
        return list(dict.fromkeys(self.outside(cell, "brief", lambda of: self.words[f"contexts_brief_{of}"])))

    def outside(self, cell: Cell, length: str, name: Callable[[str], str]) -> list[str]:
        """Checks that a cell fails, each as a text of this length says it."""
        sides = {-1: f"contexts_{length}_below", 1: f"contexts_{length}_above"}
        return [self.say(sides[check.side], what=name(check.of)).text for check in cell.checks if check.side]

    def gdp(self, cell: Cell) -> Number:
        """GDP of a cell in the last year."""
        return self.of(cell, "real_gdp", "central", "gdp")

    def growth(self, cell: Cell) -> Number:
        """The same as growth a year."""
        return self.of(cell, "real_gdp", "cagr", "growth")

    @property
    def count(self) -> Number:
        """Of the cells."""
        return self.common("cells", "count", "count")

    def cells_met(self, goal: Goal) -> Number:
        """In how many cells a goal is met."""
        return self.common(goal.name, "cells_met", "count", goal.year)

    def target(self, goal: Goal) -> Number:
        """What a goal on GDP asks for."""
        return self.common(goal.name, "target", "gdp", goal.year)

    def of(self, cell: Cell, indicator: str, statistic: str, rule: str, year: int | None = None) -> Number:
        """A number of one cell, of the last year unless named."""
        return self.common(indicator, statistic, rule, year, cell.case)

    def common(
        self, indicator: str, statistic: str, rule: str, year: int | None = None, case: str = ""
    ) -> Number:
        """A number about all cells together."""
        at = self.last if year is None else year
        return self.number(indicator, at, statistic, rule=rule, reading=READING, case=case)

    def agreed(self, goal: Goal, statistic: str) -> Number | None:
        """What a goal asks for, where every cell gives the same answer."""
        return self.ledger.find("growth", READING, goal.name, goal.year, statistic)
