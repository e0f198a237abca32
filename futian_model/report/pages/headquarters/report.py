"""What if the largest headquarters leave: the report behind the notebook of that name."""

from futian_model.errors import InputError
from futian_model.report.pages.headquarters import answer, relocation, stress, trade_off
from futian_model.report.pages.headquarters.material import HeadquartersMaterial
from futian_model.report.sections.report import OfScenario, Part
from futian_model.scenario import Scenario
from futian_model.stress import event, leaving


class HeadquartersReport(OfScenario[HeadquartersMaterial]):
    """What departures of the largest groups do to GDP, the share and the plan's goals, in one language.

    Parameters
    ----------
    scenario : Scenario
        With a block `levers.firms`; where none leaves in it, three leave halfway.
    lang, evidence, draws, seed
        As in `OfScenario`.

    Raises
    ------
    InputError
        The scenario has no groups behind a share.
    """

    kind = HeadquartersMaterial

    def prepared(self, scenario: Scenario) -> Scenario:
        firms = scenario.levers.firms
        if firms is None:
            raise InputError("scenario", scenario.id, "a scenario with levers.firms, groups behind a share")
        if any(departure is not None for departure in firms.departures.values()):
            return scenario
        return leaving(scenario, *event(scenario))

    cover = Part(answer.cover)
    answer = Part(answer.answer)
    concentration = Part(stress.concentration)
    stress = Part(stress.stressed)
    relocation = Part(relocation.relocation)
    trade_off = Part(trade_off.traded)
