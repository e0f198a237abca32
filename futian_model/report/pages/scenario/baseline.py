"""Why a scenario differs from the one it extends."""

from futian_model.report.page import Said, Section
from futian_model.report.pages.scenario.rows import ScenarioMaterial
from futian_model.report.sections.parts import parts, together


def baseline(page: ScenarioMaterial) -> Section | None:
    """The differences from the baseline, in sentences, drawn and listed; none of what builds on no other."""
    if page.baseline is None:
        return None
    title = page.baseline.title[page.lang]
    if not page.comparable:
        return page.section("baseline_heading", page.say("baseline_other_years", baseline=title))
    if page.same:
        return page.section("baseline_heading", page.say("baseline_same", baseline=title))
    leading = page.why(page.explained[0]).sentence()
    split = any(len(page.why(name).parts) > 1 for name in page.explained)
    how: list[Said] = ["baseline_how", *together(page)] if split else []
    return page.section("baseline_heading", leading, how or None, *parts(page))
