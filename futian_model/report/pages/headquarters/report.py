"""What if the largest headquarters leave: the report behind the notebook of that name."""

from functools import cached_property
from typing import Any

from futian_model import __version__, stress
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.report.page.blocks import Cover, Record, Section
from futian_model.report.pages.headquarters import answer as headquarters_answer
from futian_model.report.pages.headquarters import relocation as headquarters_relocation
from futian_model.report.pages.headquarters import stress as headquarters_sections
from futian_model.report.pages.headquarters import trade_off as headquarters_trade
from futian_model.report.pages.headquarters.material import HeadquartersMaterial
from futian_model.report.sections.material import gather
from futian_model.report.words.numbers import Number, year
from futian_model.scenario import Scenario


class HeadquartersReport:
    """What departures of the largest groups do to GDP, the share and the plan's goals, in one language.

    Parameters
    ----------
    scenario : Scenario
        With a block `levers.firms`; where none leaves in it, three leave halfway.
    lang : {"zh", "en"}
    draws, seed : int, optional
        Number of paths and key of the random draws; the scenario's own when left out.
    evidence : Evidence, optional
        The project's figures; loaded when left out.

    Raises
    ------
    InputError
        The scenario has no groups behind a share.
    """

    def __init__(
        self,
        scenario: Scenario,
        lang: str = "zh",
        *,
        draws: int | None = None,
        seed: int | None = None,
        evidence: Evidence | None = None,
    ) -> None:
        firms = scenario.levers.firms
        if firms is None:
            raise InputError("scenario", scenario.id, "a scenario with levers.firms, groups behind a share")
        leaves = any(one is not None for one in firms.departures.values())
        self.scenario = scenario if leaves else stress.leaving(scenario, *stress.event(scenario))
        self.lang = lang
        self._asked: dict[str, Any] = {"draws": draws, "seed": seed, "evidence": evidence}

    @cached_property
    def material(self) -> HeadquartersMaterial:
        """Results and the table of numbers."""
        return gather(HeadquartersMaterial, self.scenario, self.lang, **self._asked)

    def cover(self) -> Cover:
        """Title, and the scenario the stress is put on."""
        given, words = self.material, self.material.words
        draws = Number(given.given_scenario.draws, "count")
        facts = [
            (words["fact_span"], words.say("span", start=year(given.first), end=year(given.last)).text),
            (words["fact_vintage"], given.vintage),
            (words["fact_prices"], words.say("prices", year=year(given.first)).text),
            (words["fact_draws"], draws.text(self.lang)),
            (words["fact_version"], __version__),
        ]
        subtitle = words.say("headquarters_subtitle", scenario=self.scenario.title[self.lang]).text
        return Cover(self.lang, words["headquarters_title"], subtitle, words["headquarters_question"], facts)

    def answer(self) -> Section:
        """GDP and share lost, how unsure that is, and the goals that go with it."""
        return headquarters_answer.answer(self.material)

    def concentration(self) -> Section:
        """What the largest hold under the stated sizes."""
        return headquarters_sections.concentration(self.material)

    def stress(self) -> Section:
        """The largest one, three, five and ten leave."""
        return headquarters_sections.stressed(self.material)

    def relocation(self) -> Section:
        """What leaves one by one, and the entry that makes up for it."""
        return headquarters_relocation.relocation(self.material)

    def trade_off(self) -> Section:
        """The share goal against the GDP goal of its year."""
        return headquarters_trade.traded(self.material)

    def record(self) -> Record:
        """The results table and its inputs, carried in the notebook and not shown."""
        given = self.material
        return given.record(
            report=type(self).__name__,
            scenario=self.scenario.to_dict(),
            draws=given.given_scenario.draws,
            seed=given.given_scenario.seed,
        )
