"""The register of predictions for a terminal: what was stated, what came, and how well that went."""

import math
from collections.abc import Iterator, Sequence

from futian_model.evidence import Evidence
from futian_model.report.terminal.rounds import aligned
from futian_model.report.words import Number, Words, amounts, words, year
from futian_model.report.words.names import FARED, FILED
from futian_model.rounds import Prediction, reliability
from futian_model.rounds.filing import BAND, EVERY

OUTCOMES = {1.0: "register_came", 0.0: "register_missed"}


def register_lines(found: Sequence[Prediction], rounds: int, evidence: Evidence, lang: str) -> list[str]:
    """How predictions fared, kind by kind, and those that have come due.

    Parameters
    ----------
    rounds : int
        That are held.
    """
    texts = words(lang)
    if not rounds:
        return [texts["rounds_none"]]
    due = [one for one in found if math.isfinite(one.outcome)]
    told = {"filed": len(found), "rounds": rounds, "due": len(due)}
    counts = {name: Number(count, "count") for name, count in told.items()}
    table = [[texts[key] for key in ("register_column_kind", *FARED.values())]]
    for one in reliability(found):
        values = [Number(one.filed, "count"), Number(one.due, "count")]
        if one.due:
            values += [Number(one.said, "percent"), Number(one.came, "percent"), Number(one.brier, "ratio")]
        cells = [number.text(lang) for number in values]
        table.append([texts[FILED[one.kind]], *cells, *[texts["not_told"]] * (5 - len(cells))])
    lead = texts.say("register_some" if due else "register_open", **counts).text
    return [lead, *aligned(table), *due_lines(due, evidence, texts)]


def due_lines(due: Sequence[Prediction], evidence: Evidence, texts: Words) -> Iterator[str]:
    """Predictions whose outcome is known, a line each."""
    for one in due:
        told: dict[str, Number | str] = {
            "round": one.round,
            "year": year(one.year),
            "chance": Number(one.chance, "percent"),
            "outcome": texts[OUTCOMES[one.outcome]],
            "brier": Number(one.brier, "ratio"),
        }
        if one.goal == EVERY:
            yield texts.say("register_line_together", **told).text
            continue
        indicator = one.goal if one.kind == BAND else evidence.goal(one.goal).indicator
        yield texts.say(
            "register_line",
            name=texts.inline(evidence.name(one.goal, texts.lang)),
            kind=texts[FILED[one.kind]],
            figure=amounts(evidence, texts, indicator).level(one.figure),
            **told,
        ).text
