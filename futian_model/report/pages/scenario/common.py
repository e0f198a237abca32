"""What stands in the annex that all scenarios share, and how the numbers were made."""

from futian_model.report.page import Section
from futian_model.report.pages.scenario.rows import ScenarioMaterial
from futian_model.report.sections.trust import others
from futian_model.report.words import Number


def annex(page: ScenarioMaterial) -> Section:
    """Growth that others expect, beside the scenario's; what the common annex holds; how draws were made."""
    own = page.given_scenario
    sentence = page.say("annex_made", draws=Number(own.draws, "count"), seed=str(own.seed))
    draws = page.aside("annex_common", sentence)
    return page.section("annex_own_heading", others(page), draws, annex=True)
