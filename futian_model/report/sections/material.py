"""What a scenario report is written from: two results, the goals, and the one table of numbers."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pandas as pd

from futian_model import goals, simulation
from futian_model.backtest.frames import brief
from futian_model.calibration import coherence, outlook
from futian_model.calibration import frames as calibrated
from futian_model.calibration.outlook import GROWTH, PEOPLE, PRICES
from futian_model.calibration.trends import Frame
from futian_model.drivers import judgments
from futian_model.evidence import Evidence, Goal, load_evidence
from futian_model.evidence.history import growth_rates
from futian_model.languages import LANGS, names
from futian_model.report.page import Record
from futian_model.report.page.results_files import run_of
from futian_model.report.sections.findings import Simulated
from futian_model.report.words import Number, Sentence, words, year
from futian_model.scenario import Scenario
from futian_model.scorecard import verdict_frame
from futian_model.simulation import KEPT, Result
from futian_model.simulation.frames import path_frame, prior_frame

GIVEN_SCENARIO, GIVEN_EVIDENCE = simulation.READINGS
PER_HEAD = "real_gdp_per_capita"


Kind = TypeVar("Kind", bound="Material")
Made = TypeVar("Made")


def strings(content: object) -> Iterator[str]:
    """Every text in a scenario as it is written."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping | list):
        for inner in content.values() if isinstance(content, Mapping) else content:
            yield from strings(inner)


class Alone(NamedTuple):
    """Rows of the results table that no lever of a scenario moves.

    Attributes
    ----------
    indicators : tuple of str
        What the evidence can tell of.
    rows : DataFrame
        Central path, quantiles and goals, as *given the evidence*.
    priors : DataFrame
        Chances of the goals with other priors.
    """

    indicators: tuple[str, ...]
    rows: pd.DataFrame
    priors: pd.DataFrame


def alone(result: Result, evidence: Evidence, reachable: Sequence[Goal]) -> Alone:
    """Everything at once, from a result *given the evidence*; rows carry the name of its scenario."""
    judged = [goal for goal in reachable if goal.indicator in result.indicators]
    rows = pd.concat([result.frame(), goals.frame(result, judged)], ignore_index=True)
    priors = prior_frame(result.scenario, evidence, result, judged)
    return Alone(tuple(result.indicators), rows, priors)


@dataclass(frozen=True, eq=False)
class Material(Simulated):
    """Results of one scenario under both readings, in one language.

    Attributes
    ----------
    given_scenario : Result
        The scenario's assumptions with yearly shocks.
    goals : list of Goal
        The plan's goals that the scenario can speak to.
    """

    scenario: Scenario
    evidence: Evidence
    lang: str
    given_scenario: Result
    goals: list[Goal] = field(repr=False)

    @cached_property
    def given_evidence(self) -> Result:
        """The evidence alone, with the same draws; simulated where its paths are asked for."""
        own = self.given_scenario
        return simulation.simulate(
            self.scenario, self.evidence, draws=own.draws, seed=own.seed, reading=GIVEN_EVIDENCE
        )

    def result(self, reading: str) -> Result:
        """What was simulated under a reading."""
        return self.given_scenario if reading == GIVEN_SCENARIO else self.given_evidence

    def kept(self, reading: str) -> Result:
        """A result with its paths: of more draws than are kept, the first."""
        own = self.given_scenario
        if own.draws > KEPT:
            return simulation.simulate(
                self.scenario, self.evidence, draws=KEPT, seed=own.seed, reading=reading
            )
        return self.result(reading)

    def of_evidence(self, *asked: str, make: Callable[[], Made]) -> Made:
        """What `make` gives, made once for all scenarios of which the evidence says the same."""
        own = self.given_scenario
        named = [goal.name for goal in self.goals]
        key = simulation.evidence_key(self.scenario, own.draws, own.seed)
        return self.evidence.once((*asked, *named, key), make)

    def of_scenario(self, *asked: str, make: Callable[[], Made]) -> Made:
        """What `make` gives, made once for all languages in which the scenario is reported."""
        own = self.given_scenario
        return self.evidence.lately(scenario_key(self.scenario, own.draws, own.seed), asked, make)

    @cached_property
    def alone(self) -> Alone:
        """What the evidence says by itself."""
        return self.of_evidence("alone", make=lambda: alone(self.given_evidence, self.evidence, self.goals))

    @cached_property
    def over(self) -> list[Goal]:
        """The plan's goals on what is simulated whose year is over: they have a verdict, and no chance."""
        own = self.given_scenario
        return [
            goal
            for goal in self.evidence.quantified_goals()
            if goal.indicator in own.indicators and own.over(goal.year)
        ]

    @cached_property
    def results(self) -> pd.DataFrame:
        """The one table of results: everything a page prints is a row of it."""
        named, own = self.scenario.id, self.given_scenario
        tables = [
            own.frame(),
            goals.frame(own, self.goals),
            self.alone.rows.assign(scenario=named),
            goals.arithmetic(own, self.evidence),
            goals.outturns(own, self.evidence),
            goals.sources_of_growth(own),
            goals.productivity(own, self.evidence),
            *([self.judged_already] if self.over else []),
            calibrated.frame(own.calibration, named, self.first, own.place),
            brief(self.evidence, named),
            coherence.frame(
                self.evidence,
                named,
                base_year=self.first,
                horizon=self.last,
                vintage=self.scenario.assumptions.vintage,
            ),
            self.alone.priors.assign(scenario=named),
            path_frame(self.scenario, self.evidence, own),
            self.outlook_rows,
            *([judgments.frame(own.scenario, own.calibration, own.place)] if self.scenario.standing else []),
        ]
        return pd.concat(tables, ignore_index=True)

    def published_growth(self, place: str, start: int) -> pd.DataFrame:
        """Growth of a place as published since a year, as it was seen at the scenario's vintage."""
        return growth_rates(self.evidence, place, start, self.last, self.scenario.assumptions.vintage)

    @property
    def as_of(self) -> str:
        return self.scenario.assumptions.vintage

    @property
    def setting(self) -> Frame:
        """Years and vintage that the evidence is asked at."""
        own = self.scenario.assumptions
        return Frame(self.evidence, own.base_year, own.horizon, own.vintage, forecasts=own.forecasts)

    @cached_property
    def outlooks(self) -> Mapping[str, pd.DataFrame]:
        """What others expect of the nation, by indicator."""
        return {name: outlook.outlook(self.setting, name) for name in (GROWTH, PRICES, PEOPLE)}

    @cached_property
    def gaps(self) -> Mapping[str, pd.DataFrame]:
        """How far each body's expectation lies from the nation's median, by indicator."""
        return {
            name: outlook.gaps(expected, outlook.medians(self.setting, name))
            for name, expected in self.outlooks.items()
        }

    @property
    def outlook_rows(self) -> pd.DataFrame:
        """How far others' expectations of the nation's growth lie from the method's."""
        rows = self.of_evidence("outlook", make=lambda: outlook.frame(self.setting, ""))
        rows = rows[(rows["indicator"] == GROWTH) & rows["statistic"].isin(("bodies", "gap"))]
        return rows.assign(scenario=self.scenario.id)

    @property
    def judged_already(self) -> pd.DataFrame:
        """Rows of the verdicts."""
        every = [verdict for judged in self.verdicts.values() for verdict in judged]
        return verdict_frame(every, self.given_scenario.place).assign(scenario=self.scenario.id)

    @property
    def first(self) -> int:
        return int(self.given_scenario.years[0])

    @property
    def jump_off(self) -> int:
        """The year up to which published figures tell; the scenario's own paths begin after it."""
        return self.given_scenario.jump_off

    @property
    def last(self) -> int:
        return int(self.given_scenario.years[-1])

    @property
    def title(self) -> str:
        """What the scenario is called."""
        return self.scenario.title[self.lang]

    @property
    def vintage(self) -> str:
        """Up to when the estimates may see figures, as the language says it."""
        return self.words.month(self.scenario.assumptions.vintage)

    @property
    def shares(self) -> list[str]:
        """Shares the scenario simulates, in its own order."""
        return list(self.given_scenario.base.shares)

    @property
    def judged(self) -> list[Goal]:
        """Goals whose chance the evidence can tell."""
        return [goal for goal in self.goals if goal.indicator in self.alone.indicators]

    @property
    def headline(self) -> list[str]:
        """The indicators a report leads with: GDP, GDP per capita and the first share, as simulated."""
        names = ["real_gdp", "real_gdp_per_capita", *self.shares[:1]]
        return [name for name in names if name in self.given_scenario.indicators]

    def record(self, inputs: Mapping[str, Any], places: Mapping[str, str] | None = None) -> Record:
        record = super().record(inputs, told_places(self.scenario) if "scenario" in inputs else places)
        own = run_of(record.inputs)
        return replace(record, packed=partial(self.of_scenario, "record", own, make=record.pack))

    @property
    def vintages(self) -> Mapping[str, str]:
        return {self.scenario.id: self.scenario.assumptions.vintage}

    def result_names(self, inputs: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        expected = pd.concat(self.outlooks.values()).drop_duplicates("body")
        bodies = {
            row["body"]: names(row) | {"unit": "", "kind": "body"} for row in expected.to_dict("records")
        }
        return self.indicator_names() | self.cited(inputs) | bodies

    def cited(self, inputs: Mapping[str, object]) -> dict[str, dict[str, str]]:
        """Name in both languages of the sources and published paths that scenarios name."""
        named = set(strings([part for part in inputs.values() if isinstance(part, Mapping | list)]))
        titles, paths = self.evidence.sources["title"], self.evidence.paths.drop_duplicates("path")
        entries = {
            name: dict.fromkeys(LANGS, str(title)) | {"unit": "", "kind": "source"}
            for name, title in titles[titles.index.isin(named)].items()
        }
        for row in paths[paths["path"].isin(named)].to_dict("records"):
            called = names(row)
            entries[row["path"]] = called | {"unit": "", "kind": "path"}
        return {str(name): entry for name, entry in entries.items()}

    def indicator_names(self) -> dict[str, dict[str, str]]:
        """Name in both languages, unit and kind of each indicator and goal that the results hold."""
        entries, held = {}, list(self.results["indicator"].unique())
        # an estimate is named after what it is of
        known = self.evidence.indicators.index
        held += [name for name in known if any(key.startswith(f"{name}_") for key in held)]
        for key in held:
            if key in self.evidence.indicators.index:
                row = self.evidence.indicators.loc[key]
                called = names(row)
                entries[key] = called | {"unit": str(row["unit"]), "kind": str(row["kind"])}
            elif key in self.evidence.goals.index:
                row = self.evidence.goals.loc[key]
                at = year(row["target_year"])
                called = {
                    lang: words(lang).say("goal_label", year=at, name=name).text
                    for lang, name in names(row).items()
                }
                entries[key] = called | {"unit": str(row["unit"]), "kind": "goal"}
        return entries

    def read(
        self, reading: str, indicator: str, at: int, statistic: str, rule: str, case: str = ""
    ) -> Number:
        """A row of the results under a reading."""
        return self.number(indicator, at, statistic, rule=rule, reading=reading, case=case)

    def chance_item(self, goal: Goal, case: str = "") -> Sentence:
        """A goal's chance given the evidence, inside a sentence."""
        chance = self.chance(goal.name, goal.year, reading=GIVEN_EVIDENCE, case=case)
        return self.say("chance_item", goal=self.goal_label(goal), chance=chance)


def gather(
    kind: type[Kind],
    scenario: Scenario,
    lang: str,
    *,
    evidence: Evidence | None = None,
    draws: int | None = None,
    seed: int | None = None,
    **more: Any,
) -> Kind:
    """Simulate a scenario; what the evidence says beside it, once that is asked for.

    Parameters
    ----------
    kind : type of Material
        What is made of it.
    **more
        What that kind holds beyond a `Material`.

    Raises
    ------
    InputError
        The language is unknown, or the scenario cannot be run on this evidence.
    """
    words(lang)
    evidence = evidence if evidence is not None else load_evidence()
    seed = simulation.chosen_seed(scenario.run.seed if seed is None else seed)  # one for both readings
    given_scenario = evidence.lately(
        scenario_key(scenario, scenario.run.draws if draws is None else draws, seed),
        ("result",),
        lambda: simulation.simulate(scenario, evidence, draws=draws, seed=seed),
    )
    reachable = goals.within_reach(given_scenario, evidence)
    return kind(scenario, evidence, lang, given_scenario, reachable, **more)


def scenario_key(scenario: Scenario, *drawn: int) -> str:
    """All that a scenario's results hang on beside the figures, as one text, with draws and seed."""
    return json.dumps([scenario.to_dict(), *drawn], default=str)


def told_places(scenario: Scenario) -> dict[str, str]:
    """Where each value of a scenario was set; of a file outside the project the name alone."""
    return {
        field: Path(place).name if Path(place).is_absolute() else place
        for field, place in scenario.provenance.items()
    }
