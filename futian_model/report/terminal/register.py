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
RULES = {"filed": "count", "due": "count", "said": "percent", "came": "percent", "brier": "ratio"}
"""How the columns are written."""


def register_lines(filed: Sequence[Prediction], rounds: int, evidence: Evidence, lang: str) -> list[str]:
    """How predictions fared, kind by kind, and those that have come due.

    Parameters
    ----------
    rounds : int
        That are held.
    """
    texts = words(lang)
    if not rounds:
        return [texts["rounds_none"]]
    due = [prediction for prediction in filed if math.isfinite(prediction.outcome)]
    tally = {"filed": len(filed), "rounds": rounds, "due": len(due)}
    counts = {name: Number(count, "count") for name, count in tally.items()}
    table = [[texts[key] for key in ("register_column_kind", *FARED.values())]]
    for row in reliability(filed):
        cells = [
            Number(getattr(row, name), rule).text(lang) if row.due or rule == "count" else texts["not_told"]
            for name, rule in RULES.items()
        ]
        table.append([texts[FILED[row.kind]], *cells])
    lead = texts.say("register_some" if due else "register_open", **counts).text
    return [lead, *aligned(table), *due_lines(due, evidence, texts)]


def due_lines(due: Sequence[Prediction], evidence: Evidence, texts: Words) -> Iterator[str]:
    """Predictions whose outcome is known, a line each."""
    for prediction in due:
        fields: dict[str, Number | str] = {
            "round": prediction.round,
            "year": year(prediction.year),
            "chance": Number(prediction.chance, "percent"),
            "outcome": texts[OUTCOMES[prediction.outcome]],
            "brier": Number(prediction.brier, "ratio"),
        }
        if prediction.goal == EVERY:
            yield texts.say("register_line_together", **fields).text
            continue
        indicator = prediction.goal if prediction.kind == BAND else evidence.goal(prediction.goal).indicator
        yield texts.say(
            "register_line",
            name=texts.inline(evidence.name(prediction.goal, texts.lang)),
            kind=texts[FILED[prediction.kind]],
            figure=amounts(evidence, texts, indicator).level(prediction.figure),
            **fields,
        ).text
