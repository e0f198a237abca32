"""Figures that are unlikely: what a person is asked about each."""

from futian_model.evidence import Evidence, Question
from futian_model.report.words import Number, Sentence, Words, amounts, words

PERCENT = 100
TEXTS = {"growth": "question_growth", "whole": "question_whole", "early": "question_early"}


def questions(evidence: Evidence, lang: str) -> list[str]:
    """Every figure that is asked about, with its line, and what to do; nothing where there is none."""
    texts, file = words(lang), evidence.project.shown(evidence.project.data / "observations.csv")
    lines = [
        texts.say("question_line", file=file, line=str(at.line), question=asked(at, evidence, texts)).text
        for at in evidence.questions()
    ]
    # data laid out before there was such a column cannot say so
    known = "accepted" in evidence.observations
    return lines + ([texts["question_accept"]] if lines and known else [])


def asked(question: Question, evidence: Evidence, texts: Words) -> Sentence:
    """What is unlikely of a figure."""
    amount = amounts(evidence, texts, question.indicator)
    fields: dict[str, Sentence | str] = {
        "place": evidence.name(question.geo, texts.lang),
        "name": evidence.name(question.indicator, texts.lang),
        "period": question.period,
        "value": amount.level(question.value),
        "beside": amount.level(question.beside),
        "at": question.at,
    }
    if question.kind == "index":
        growth = amount.level(question.value - 1)
        return texts.say("question_index", **fields, base=Number(PERCENT, "count"), growth=growth)
    if question.kind == "neighbours":
        factor = Number(question.value / question.beside, "ratio")
        return texts.say("question_neighbours", **fields, factor=factor)
    return texts.say(TEXTS[question.kind], **fields)
