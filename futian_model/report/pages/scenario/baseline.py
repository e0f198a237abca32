"""Why a scenario differs from the one it extends."""

from futian_model.report.page.blocks import Block, Charts, Prose, Section
from futian_model.report.pages.scenario.rows import ScenarioMaterial
from futian_model.report.sections.parts import chart, parts_table, reacting, together


def baseline(given: ScenarioMaterial) -> Section:
    """The differences from the baseline, in sentences, drawn and listed."""
    words = given.words
    heading = words["baseline_heading"]
    if given.baseline is None:
        return Section(given.lang, heading, [Prose(given.lang, [words.say("baseline_none")])])
    names = {"baseline": given.baseline.title[given.lang]}
    if not given.comparable:
        told = words.say("baseline_other_years", **names)
        return Section(given.lang, heading, [Prose(given.lang, [told])])
    if given.same:
        return Section(given.lang, heading, [Prose(given.lang, [words.say("baseline_same", **names)])])
    whys = [given.why(name) for name in given.explained]
    drawn = [chart(given, one) for one in whys if not one.alike]
    children: list[Block] = [Prose(given.lang, [one.sentence()]) for one in whys]
    children.append(Prose(given.lang, [words.say("baseline_how"), *together(given)]))
    if drawn:
        children.append(Charts(given.lang, drawn))
    children.append(parts_table(given))
    if len(given.mixtures.blocks) > 1 and reacting(given):
        children.append(Prose(given.lang, [words.say("compare_reacts")], note=True))
    return Section(given.lang, heading, children, new_page=True)
