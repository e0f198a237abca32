"""Why two scenarios differ, for a terminal."""

from futian_model.attribution import Attribution
from futian_model.evidence import Evidence
from futian_model.report.sections.attribution import Why, titles
from futian_model.report.words import capital, words
from futian_model.scenario import Scenario


def lines(a: Scenario, b: Scenario, made: list[Attribution], evidence: Evidence, lang: str) -> list[str]:
    """Differences and what they come from, for a terminal."""
    texts, named = words(lang), titles(a, b, lang)
    told = [f"A: {a.id}  {named[0]}", f"B: {b.id}  {named[1]}"]
    for one in made:
        why = Why(one, texts, evidence, named)
        told += ["", why.sentence().text]
        told += [f"  {capital(why.block(blocks))}: {why.shown(blocks)}" for blocks, _ in why.parts]
        if why.still and not why.alike:
            idle = texts["enumeration"].join(why.block(blocks) for blocks in why.still)
            told.append("  " + texts.say("compare_still", blocks=idle).text)
    return told
