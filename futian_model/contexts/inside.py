"""A scenario put inside a city and a nation, with the levers it has."""

from dataclasses import replace

from futian_model.calibration import Calibration
from futian_model.drivers import drivers, judged_growth
from futian_model.drivers.paths import happened
from futian_model.errors import MissingField
from futian_model.evidence import Evidence
from futian_model.scenario import Scenario
from futian_model.scenario.blocks import LeadPath, Trend
from futian_model.scenario.blocks.context import CITY, City, Context, Lead, LeadOver, Nation
from futian_model.scenario.phases import Gap


def within(
    scenario: Scenario, city: City, nation: Nation | None, differential: Lead | None = None
) -> Scenario:
    """The scenario inside a city and a nation: its growth block replaced, everything else kept.

    Parameters
    ----------
    nation : Nation or None
        Left out where the city's growth is a path of its own.
    differential : Trend, LeadPath or NoLead, optional
        Lead of the district over the city; default: the scenario's own where it states a context,
        else as the published figures suggest.

    Raises
    ------
    MissingField
        The city leads over a nation, and there is none.
    """
    own = scenario.levers.growth
    if differential is None:
        differential = own.differential if isinstance(own, Context) else Trend()
    led = isinstance(city.growth, LeadOver)
    if led and nation is None:
        allowed = f"the id of a nation's path, over which {city.id} states a lead"
        raise MissingField("levers.growth.nation", None, allowed)
    block = Context(block="context", city=city, nation=nation if led else None, differential=differential)
    moved = replace(scenario, levers=scenario.levers.model_copy(update={"growth": block}))
    kept = {
        field: place for field, place in scenario.provenance.items() if not field.startswith("levers.growth.")
    }
    return replace(moved, provenance=dict.fromkeys(moved.values(), f"inside {city.id}") | kept)


def differential(scenario: Scenario, evidence: Evidence, calibration: Calibration) -> Lead:
    """The lead of the district over its city that a scenario's growth comes to.

    A context states it, a trend is estimated with it. Any other growth was stated beside the city
    that the evidence expects: what it has above that is the lead, year by year.
    """
    block = scenario.levers.growth
    if isinstance(block, Context):
        return block.differential
    if isinstance(block, Trend):
        return block
    first, span = scenario.assumptions.base_year + 1, len(scenario.years) - 1
    stated = drivers(scenario, evidence, calibration, "given_scenario").centre["growth"]
    stated = stated - happened(scenario.levers.events.values(), "growth", first - 1, span)
    stated = stated - judged_growth(scenario, calibration, "growth")
    gaps = stated - calibration.ladder.of(CITY, first)[0]
    phases = tuple(
        Gap(start=first + at, end=first + at, growth_gap=float(gap)) for at, gap in enumerate(gaps)
    )
    return LeadPath(block="path", phases=phases)
