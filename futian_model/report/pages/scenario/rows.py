"""What a scenario report is written from: its results, growth by year, and the baseline it changes."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from futian_model import goals
from futian_model.attribution import STEPS, Mixtures, Move, moves, moves_frame
from futian_model.report.sections.explained import Explained
from futian_model.report.sections.material import GIVEN_EVIDENCE, GIVEN_SCENARIO, scenario_key
from futian_model.scenario import Scenario
from futian_model.scorecard import CONSTANT
from futian_model.simulation import Result, simulate
from futian_model.simulation.frames import deviation_frame, growth_frame

FIVE = 5
"""Years of a plan: those that divide by it end one."""


@dataclass(frozen=True, eq=False)
class ScenarioMaterial(Explained):
    """Material of a scenario, held against the one it extends.

    Attributes
    ----------
    baseline : Scenario or None
        What the scenario changes; None where it extends nothing.
    """

    baseline: Scenario | None = None

    @property
    def comparable(self) -> bool:
        """Whether there is a baseline over the same years."""
        if self.baseline is None:
            return False
        own, other = self.scenario.assumptions, self.baseline.assumptions
        return (own.base_year, own.horizon) == (other.base_year, other.horizon)

    @property
    def apart(self) -> bool:
        """Whether the scenario assumes anything that its baseline does not."""
        return self.comparable and not self.same

    @property
    def baseline_title(self) -> str:
        """What the baseline is called beside this scenario."""
        return self.titles[0]

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """The levels among what it leads with."""
        return tuple(name for name in self.headline if self.rule(name) != "share")

    @cached_property
    def paired(self) -> Result:
        """The baseline with the scenario's draws."""
        assert self.baseline is not None, "asked for where there is a baseline"
        baseline, own = self.baseline, self.kept(GIVEN_SCENARIO)
        return self.evidence.once(
            ("paired", scenario_key(baseline, own.draws, own.seed)),
            lambda: simulate(baseline, self.evidence, draws=own.draws, seed=own.seed),
        )

    def growth(self) -> list[pd.DataFrame]:
        """Growth a year: the scenario's, that of the evidence alone, the baseline's, and as published."""
        own = self.kept(GIVEN_SCENARIO)
        alone = self.of_evidence("growth", make=lambda: growth_frame(self.kept(GIVEN_EVIDENCE)))
        tables = [growth_frame(own), alone.assign(scenario=self.scenario.id)]
        if self.apart:
            tables.append(deviation_frame(own, self.paired))
        return [*tables, goals.growth_outturns(own, self.evidence)]

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """What moved the chances of the last year's goals since the plan was adopted; of a baseline alone."""
        if self.baseline is not None:
            return ()
        last = max((goal.year for goal in self.judged), default=0)
        asked = [
            goal
            for goal in self.judged
            if goal.year == last and goal.base_year == self.first and goal.indicator in self.levels
        ]
        every = moves(self.evidence, asked, vintage=self.as_of) if asked else ()
        return tuple(move for move in every if move.reading == CONSTANT)

    @staticmethod
    def largest(move: Move) -> str:
        """The step that moved a chance most."""
        return max(zip(map(abs, move.steps), STEPS, strict=True))[1]

    @cached_property
    def telling(self) -> list[int]:
        """The year whose growth differs most from the baseline's where one stands out, and the last."""
        rows = self.results[self.results["indicator"] == "real_gdp_growth"]
        apart = rows[rows["statistic"] == "deviation"].set_index("year")["value"].abs()
        apart = apart[apart.index > self.jump_off]
        middle = next((at for at in apart.index if at % FIVE == 0), self.last)
        outstanding = len(apart) and apart.max() > 3 * apart.median() and apart.max() > 0.01
        return sorted({int(str(apart.idxmax())) if outstanding else int(middle), self.last})

    @cached_property
    def shown_years(self) -> list[int]:
        """Years of page one's table: the last outturn, the jump-off, one or two ahead, the last."""
        rows = self.results[
            (self.results["indicator"] == "nominal_gdp") & (self.results["statistic"] == "outturn")
        ]
        outturns = [int(at) for at in rows["year"] if at <= self.jump_off]
        middle = next((at for at in range(self.jump_off + 1, self.last) if at % FIVE == 0), self.last)
        early = self.telling[0] if self.apart and self.telling[0] < middle else self.jump_off + 1
        years = {*outturns[-1:], self.jump_off, early, middle, self.last}
        return sorted(at for at in years if self.first <= at <= self.last)

    @property
    def pair(self) -> tuple[Scenario, Scenario]:
        return self.baseline or self.scenario, self.scenario

    @cached_property
    def mixtures(self) -> Mixtures:
        return Mixtures(*self.pair, self.evidence)

    @cached_property
    def results(self) -> pd.DataFrame:
        against = "" if self.baseline is None else scenario_key(self.baseline)
        return self.of_scenario("results", against, make=self._results).copy()

    def _results(self) -> pd.DataFrame:
        tables = [
            super().results,
            *(self.parts() if self.comparable else []),
            *self.growth(),
            moves_frame(self.moves, self.given_scenario.place).assign(scenario=self.scenario.id),
        ]
        return pd.concat([table for table in tables if not table.empty], ignore_index=True)
