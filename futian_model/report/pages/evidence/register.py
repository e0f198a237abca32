"""The office's own reliability: chances that kept rounds state, and what came of them."""

from futian_model.report.page import Block, Column, Section, numeric
from futian_model.report.pages.evidence.material import EvidenceMaterial
from futian_model.report.words import Number, Sentence
from futian_model.report.words.names import FARED, FILED
from futian_model.rounds import reliability
from futian_model.rounds.filing import ALL, REGISTER

RATES = {"said": "percent", "came": "percent", "brier": "ratio"}


def register(page: EvidenceMaterial) -> Section:
    """How many chances are filed and due, kind by kind; that there are none yet."""
    return page.section("register_heading", *fared(page), level=3)


def fared(page: EvidenceMaterial) -> list[Block | Sentence | str]:
    """A sentence, and once something is filed its table."""
    if not page.filed:
        return ["register_none"]

    def number(kind: str, statistic: str) -> Number:
        return page.number(kind, None, statistic, rule=RATES.get(statistic, "count"), reading=REGISTER)

    def column(statistic: str, head: str) -> Column:
        return numeric(
            head, lambda row: number(row.kind, statistic) if row.due or statistic not in RATES else None
        )

    every = {name: number(ALL, name) for name in ("filed", "due", "rounds")}
    sentence = page.say("register_some" if every["due"].value else "register_open", **every)
    table = page.table(
        "register_table",
        reliability(page.filed),
        [
            Column("register_column_kind", lambda row: page.words[FILED[row.kind]]),
            *(column(name, head) for name, head in FARED.items()),
        ],
        "register_note",
    )
    return [sentence, table]
