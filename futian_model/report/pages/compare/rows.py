"""What the comparison is written from: its scenarios, how far they lie apart, one table."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from futian_model import goals
from futian_model.attribution import PROBABILITY, Attribution, Mixtures, attribute, deviations
from futian_model.evidence import Goal
from futian_model.evidence.history import observations
from futian_model.growth import Floats
from futian_model.languages import LANGS
from futian_model.report.sections.attribution import ATTRIBUTION, Why
from futian_model.report.sections.explained import Explained
from futian_model.report.sections.material import GIVEN_EVIDENCE, GIVEN_SCENARIO, PER_HEAD, Material
from futian_model.report.words import Number
from futian_model.report.words.titles import distinct
from futian_model.results import BETWEEN, Row, case, tidy
from futian_model.scenario import Scenario

DIFFERENCE, PUBLISHED = "difference", "published"
"""Readings of what lies between a scenario and the baseline, and of published figures."""
ALIKE = 1e-9
"""Relative difference below which two paths are one."""
CHANCES = ("probability", "probability_se")
GDP = "real_gdp"


@dataclass(frozen=True, eq=False)
class CompareMaterial(Explained):
    """Material of the baseline, with the others beside it.

    Attributes
    ----------
    others : tuple of Material
        In the order in which they are shown.
    between : Mixtures or None
        What lies between two; None of more.
    left_out : tuple of str
        Titles of scenarios that could not be run.
    more : int
        Scenarios beyond those shown.
    """

    others: tuple[Material, ...]
    between: Mixtures | None = None
    left_out: tuple[str, ...] = ()
    more: int = 0

    @property
    def pair(self) -> tuple[Scenario, Scenario]:
        return self.scenario, self.others[0].scenario

    @property
    def two(self) -> bool:
        """Whether there are two, whose difference is explained."""
        return self.between is not None

    @property
    def mixtures(self) -> Mixtures:
        assert self.between is not None, "only the difference of two is explained"
        return self.between

    @cached_property
    def sides(self) -> dict[str, Material]:
        """The scenarios by id, the baseline first; those of one id by their place too."""
        every: list[Material] = [self, *self.others]
        often = Counter(side.scenario.id for side in every)
        keys = [
            side.scenario.id if often[side.scenario.id] == 1 else f"{side.scenario.id}.{at}"
            for at, side in enumerate(every, 1)
        ]
        return dict(zip(keys, every, strict=True))

    @cached_property
    def named(self) -> dict[str, str]:
        """What each is called, no two alike."""
        if self.two:
            return dict(zip(self.sides, self.titles, strict=True))
        return distinct({key: side.title for key, side in self.sides.items()})

    @property
    def vintages(self) -> Mapping[str, str]:
        own = {side.scenario.id: side.scenario.assumptions.vintage for side in self.sides.values()}
        return {**super().vintages, **own} if self.two else own

    @property
    def listed_indicators(self) -> list[str]:
        """Indicators side by side, as far as any scenario simulates them."""
        every = dict.fromkeys(share for side in self.sides.values() for share in side.shares)
        simulated = {name for side in self.sides.values() for name in side.given_scenario.indicators}
        return [name for name in (GDP, PER_HEAD, *every, "average_population") if name in simulated]

    @cached_property
    def apart(self) -> pd.DataFrame:
        """Central paths of all and how far they lie from the baseline, as `deviations` gives them."""
        results = [side.given_scenario for side in self.sides.values()]
        return deviations(results, self.listed_indicators)

    def alike(self, indicator: str) -> list[list[str]]:
        """Scenarios that simulate an indicator, those of one path together, in order."""
        groups: list[tuple[Floats, list[str]]] = []
        for key, side in self.sides.items():
            path = side.given_scenario.central.get(indicator)
            if path is None:
                continue
            same = (group for held, group in groups if np.allclose(held, path, rtol=ALIKE, atol=0.0))
            group = next(same, None)
            if group is None:
                groups.append((path, [key]))
            else:
                group.append(key)
        return [group for _, group in groups]

    @property
    def common(self) -> list[Goal]:
        """Goals that all can be held against."""

        def reached(side: Material, goal: Goal) -> bool:
            own = side.given_scenario.indicators
            return goal.indicator in own and any(each.name == goal.name for each in side.goals)

        return [goal for goal in self.goals if all(reached(side, goal) for side in self.sides.values())]

    @cached_property
    def about(self) -> Goal | None:
        """The goal that two meet in the most different shares of paths; the later of two alike."""
        a, b = list(self.sides)[:2]
        apart = {goal.name: abs(self.met(goal, b) - self.met(goal, a)) for goal in self.common}
        differing = [goal for goal in self.common if apart[goal.name] > 0]
        return max(differing, key=lambda goal: (apart[goal.name], goal.year), default=None)

    def met(self, goal: Goal, side: str) -> float:
        """Share of a scenario's paths that meet a goal."""
        return self.sides[side].given_scenario.probability(goal)

    @property
    def same_draws(self) -> bool:
        """Whether all scenarios run on the same random draws."""
        results = [side.given_scenario for side in self.sides.values()]
        return len({(result.draws, result.seed) for result in results}) == 1

    @cached_property
    def chances(self) -> Attribution | None:
        """The difference of two in that goal's share of paths, on the draws that both have."""
        if self.about is None or not self.same_draws:
            return None
        result = self.given_scenario
        return attribute(
            *self.pair,
            self.evidence,
            statistic=PROBABILITY,
            goal=self.about,
            draws=result.draws,
            seed=result.seed,
            mixtures=self.mixtures,
        )

    @cached_property
    def results(self) -> pd.DataFrame:
        """The one table of results; a row's case names its scenario."""
        place = self.given_scenario.place
        tables = []
        for at, (key, side) in enumerate(self.sides.items()):
            held = goals.frame(side.given_scenario, side.goals)
            odds = side.alone.rows
            odds = odds[odds["statistic"].isin(CHANCES) & (odds["reading"] == GIVEN_EVIDENCE)]
            named = {"scenario": side.scenario.id}
            tables += [table.assign(**named, case=cased(table, key)) for table in (held, odds)]
            own = self.apart[self.apart["scenario"] == at]
            for reading, rows in ((GIVEN_SCENARIO, path_rows(own, key)), (DIFFERENCE, gap_rows(own, key))):
                tables.append(tidy(side.scenario.id, reading, rows, place))
        tables.append(tidy(self.scenario.id, PUBLISHED, self.published_rows(), place))
        if self.two:
            tables += self.parts()
            if self.chances is not None:
                tables.append(self.chances.frame(ATTRIBUTION))
        return pd.concat([table for table in tables if not table.empty], ignore_index=True)

    @cached_property
    def published(self) -> Mapping[str, pd.DataFrame]:
        """Published figures by indicator, as the model expresses them: year, value, known."""
        shown = [name for name in self.listed_indicators if name in (GDP, PER_HEAD, *self.shares)]
        vintage = self.scenario.assumptions.vintage
        return {name: observations(self.evidence, name, self.first, self.last, vintage) for name in shown}

    def published_rows(self) -> Iterator[Row]:
        """The same, and growth of GDP, as rows of the results."""
        for name, table in self.published.items():
            known = self.evidence.indicators.loc[name]
            for row in table.itertuples():
                measure = str(known["unit"]), str(known["price_basis"])
                yield Row(name, int(str(row.year)), "outturn", float(str(row.value)), *measure)
        for row in self.published_growth(self.district, self.first).itertuples():
            yield Row(GDP, int(str(row.year)), "growth", float(str(row.value)), "fraction", "constant")

    def result_names(self, inputs: Mapping[str, object]) -> dict[str, dict[str, str]]:
        """With the titles of the scenarios, by which cases name them."""
        titles = {
            key: {lang: side.scenario.title[lang] for lang in LANGS} | {"unit": "", "kind": "scenario"}
            for key, side in self.sides.items()
        }
        return super().result_names(inputs) | titles

    @property
    def edge(self) -> int:
        """The last year that published figures tell, in every scenario."""
        return min(side.jump_off for side in self.sides.values())

    @property
    def why_chance(self) -> Why | None:
        """What the difference in the share of paths comes from."""
        if self.chances is None:
            return None
        return Why(self.chances, self.words, self.evidence, self.titles, self.ledger)

    def of(
        self,
        side: str,
        name: str,
        at: int,
        statistic: str = "central",
        *,
        rule: str | None = None,
        reading: str = GIVEN_SCENARIO,
    ) -> Number:
        """A figure of one scenario."""
        return self.number(name, at, statistic, rule=rule, reading=reading, case=case(scenario=side))

    def shown(self, side: str, name: str, at: int, statistic: str, reading: str = GIVEN_SCENARIO) -> bool:
        """Whether a scenario has a figure."""
        return self.has(name, at, statistic, reading, case(scenario=side))

    def share_of_paths(self, goal: Goal, side: str) -> Number:
        """Share of a scenario's paths that meet a goal; NaN where they cannot judge it."""
        return self.chance(goal.name, goal.year, reading=GIVEN_SCENARIO, case=case(scenario=side))

    def judged_chance(self, goal: Goal, side: str) -> Number | None:
        """What the evidence alone says of a goal, at a scenario's vintage and base year."""
        if not self.shown(side, goal.name, goal.year, PROBABILITY, GIVEN_EVIDENCE):
            return None
        return self.chance(goal.name, goal.year, reading=GIVEN_EVIDENCE, case=case(scenario=side))


def cased(table: pd.DataFrame, key: str) -> list[str]:
    """Cases of rows, with the scenario that they are of."""
    return [BETWEEN.join(filter(None, (case(scenario=key), own))) for own in table["case"]]


def path_rows(table: pd.DataFrame, key: str) -> Iterator[Row]:
    """Levels of a scenario in every year, and growth of its GDP."""
    under = case(scenario=key)
    for row in table.to_dict("records"):
        at = str(row["indicator"]), int(row["year"])
        yield Row(*at, "central", row["value"], row["unit"], row["price_basis"], under)
        if at[0] == GDP and np.isfinite(row["growth"]):
            yield Row(*at, "growth", row["growth"], "fraction", row["price_basis"], under)


def gap_rows(table: pd.DataFrame, key: str) -> Iterator[Row]:
    """How far a scenario lies from the baseline in every year: absolute and, of a level, relative."""
    under = case(scenario=key)
    for row in table.to_dict("records"):
        at = str(row["indicator"]), int(row["year"])
        if not np.isfinite(row["difference"]):
            continue
        yield Row(*at, "difference", row["difference"], row["unit"], row["price_basis"], under)
        yield Row(*at, "relative", row["relative"], "fraction", "none", under)
        if at[0] == GDP and np.isfinite(row["growth_difference"]):
            yield Row(*at, "growth_difference", row["growth_difference"], "fraction", "none", under)
