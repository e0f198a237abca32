"""What codes of the results, and levers, are called: the text that names each."""

from collections.abc import Iterable

from futian_model import stress
from futian_model.drivers import ENTRY, LEVERS
from futian_model.evidence import Evidence
from futian_model.languages import LANGS
from futian_model.report.words.sentences import Words
from futian_model.rounds import ASSUMPTIONS, MODEL, OUTTURN, REVISION
from futian_model.scenario.checks import DRIVERS
from futian_model.scorecard import (
    AT_BOUND,
    BEHIND,
    BY_READING,
    MET,
    MET_SO_FAR,
    MISSED,
    MISSED_SO_FAR,
    MISSING,
    NOT_PUBLISHED,
    ON_COURSE,
    OPEN,
    TO_COME,
    UNJUDGED,
)

QUANTITIES = {
    "real_gdp_growth": "backtest_real_gdp_growth",
    "population_growth": "backtest_population_growth",
    "gdp_deflator_growth": "backtest_gdp_deflator_growth",
}
PANELS = {
    "economies": "backtest_economies",
    "regions_china": "backtest_regions_china",
    "cities_china": "backtest_cities_china",
    "regions_united_states": "backtest_regions_united_states",
    "regions_canada": "backtest_regions_canada",
    "counties_united_states": "backtest_counties",
    "own": "backtest_own_series",
}
METHODS = {
    "ladder": "backtest_ladder",
    "panels_alone": "backtest_panels_alone",
    "mean_growth": "backtest_mean_growth",
    "last_plan": "backtest_last_plan",
    "random_walk": "backtest_random_walk",
    "ar1": "backtest_ar",
    "unobserved_components": "backtest_unobserved_components",
}
"""Of the record: what is forecast, the data, and how."""
WAYS = {
    stress.PART_GROWS: "headquarters_part_grows",
    stress.SAME_GDP: "headquarters_same_gdp",
    stress.REST_SHRINKS: "headquarters_rest_shrinks",
}
"""Ways to a goal on a share."""
STATUS = {
    MET: "plan_card_status_met",
    MISSED: "plan_card_status_missed",
    ON_COURSE: "plan_card_status_on_course",
    BEHIND: "plan_card_status_behind",
    AT_BOUND: "plan_card_status_at_bound",
    MISSING: "plan_card_status_missing",
    MET_SO_FAR: "plan_card_status_met_so_far",
    MISSED_SO_FAR: "plan_card_status_missed_so_far",
    OPEN: "plan_card_status_open",
    NOT_PUBLISHED: "plan_card_status_not_published",
    UNJUDGED: "plan_card_status_unjudged",
    BY_READING: "plan_card_status_by_reading",
    TO_COME: "plan_card_status_to_come",
}
"""How a goal of the plan stands."""
BLOCKS = {
    "growth": "compare_block_growth",
    "population": "compare_block_population",
    "firms": "compare_block_firms",
    "events": "compare_block_events",
    "judgments": "compare_block_judgments",
    "prices": "compare_block_prices",
    "base": "compare_block_base",
    "vintage": "compare_block_vintage",
    "uncertainty": "compare_block_uncertainty",
}
"""What two scenarios may differ in."""
MOVED = {
    OUTTURN: "rounds_block_outturn",
    REVISION: "rounds_block_revision",
    ASSUMPTIONS: "rounds_block_assumptions",
    MODEL: "rounds_block_model",
}
"""What two rounds may differ in."""


def place_names(held: Iterable[str], evidence: Evidence) -> dict[str, dict[str, str]]:
    """Name in both languages of the places among some codes."""
    known = [key for key in dict.fromkeys(held) if key in evidence.places.index]
    return {key: {lang: evidence.name(key, lang) for lang in LANGS} | {"kind": "place"} for key in known}


def quantity_name(quantity: str, words: Words) -> str:
    """A quantity in words; one without a text by its own name."""
    return words[QUANTITIES[quantity]] if quantity in QUANTITIES else quantity


def panel_name(panel: str, words: Words) -> str:
    """A panel in words; one without a text by its own name."""
    return words[PANELS[panel]] if panel in PANELS else panel


def lever_name(lever: str, evidence: Evidence, words: Words) -> str:
    """A lever in words; that of a share by the share's name."""
    if lever in (*DRIVERS, *LEVERS, ENTRY):
        return words[f"driver_{lever}"]
    return words.say("driver_share", name=evidence.name(lever, words.lang)).text
