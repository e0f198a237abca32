"""What codes of the results, and levers, are called: the text that names each."""

from collections.abc import Iterable

from futian_model import stress
from futian_model.drivers import ENTRY, LEVERS
from futian_model.evidence import Evidence
from futian_model.languages import LANGS
from futian_model.report.words.sentences import Words
from futian_model.rounds import ASSUMPTIONS, MODEL, OUTTURN, REVISION
from futian_model.rounds.filing import ALL, KINDS
from futian_model.scenario.checks import DRIVERS
from futian_model.scorecard import BY_READING, OFFICIAL, PROSPECTS, STATUSES, TO_COME, VERDICTS


def keyed(stem: str, *codes: str) -> dict[str, str]:
    """Key of the text that names each code."""
    return {code: f"{stem}_{code}" for code in codes}


QUANTITIES = keyed("backtest", "real_gdp_growth", "population_growth", "gdp_deflator_growth")
REGIONS = ("regions_china", "cities_china", "regions_united_states", "regions_canada")
PANELS = keyed("backtest", "economies", *REGIONS, "counties_united_states", "own")
RIVALS = ("mean_growth", "last_plan", "random_walk", "ar1", "unobserved_components")
METHODS = keyed("backtest", "ladder", "panels_alone", *RIVALS)
"""Of the record: what is forecast, the data, and how."""
WAYS = keyed("headquarters", *stress.WAYS)
"""Ways to a goal on a share."""
EVALUATED = keyed("plan_official", *OFFICIAL)
"""What evaluations of plans call it."""
STATUS = keyed("plan_card_status", *STATUSES, *VERDICTS, BY_READING, TO_COME) | EVALUATED
"""How a goal of the plan stands."""
PROSPECT = keyed("plan_prospect", *PROSPECTS)
"""Whether a goal can be met."""
DATED = ("base", "vintage", "uncertainty")
BLOCKS = keyed("compare_block", "growth", "population", "firms", "events", "judgments", "prices", *DATED)
"""What two scenarios may differ in."""
MOVED = keyed("rounds_block", OUTTURN, REVISION, ASSUMPTIONS, MODEL)
"""What two rounds may differ in."""

FILED = keyed("register", ALL, *KINDS)
"""Kinds of chances that a round states."""
FARED = keyed("register_column", "filed", "due", "said", "came", "brier")
"""How they fared."""


CELLS = keyed("import", "new", "same", "revised", "contradicts")
SEVERAL = keyed("import_several", "new", "same", "revised")
COUNTED = keyed("import_count", *CELLS, "left_out")
UNREAD = keyed("import_no", "series", "measure", "place", "period")
LAYOUTS = {"years-across": "import_years_across", "cumulated-table": "import_cumulated_table"}
"""What a cell of a delivery is to the data, how many are so, why one is left out, and how tables are laid."""


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
