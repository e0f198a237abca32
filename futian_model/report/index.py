"""The page that compares all scenarios of a run, lists what failed, and links the rest."""

from collections.abc import Sequence

from futian_model.evidence import Evidence
from futian_model.report import html
from futian_model.report.blocks import Block, Cell, Column, Cover, Prose, Section, Table
from futian_model.report.comparison import Comparison, Entry, links
from futian_model.report.sentences import words


def index_page(
    entries: Sequence[Entry], langs: Sequence[str], evidence: Evidence, *, apart: Sequence[Entry] = ()
) -> str:
    """All scenarios side by side, in each language one after the other.

    Parameters
    ----------
    entries : sequence of Entry
        Compared where they ran, listed with their fault where they did not.
    apart : sequence of Entry
        Reports on another basis: linked, not compared.
    """
    parts = [html.language_links({lang: words(lang)["language"] for lang in langs})] if len(langs) > 1 else []
    for lang in langs:
        made = blocks(entries, apart, lang, evidence)
        parts.append(html.in_language(lang, [html.fragment(block.to_dict()) for block in made]))
    place = evidence.name(evidence.place("district"), langs[0])
    title = words(langs[0]).say("index_title", place=place).text
    return html.page(parts, title=title, lang=langs[0])


def blocks(entries: Sequence[Entry], apart: Sequence[Entry], lang: str, evidence: Evidence) -> list[Block]:
    """The page in one language."""
    comparison = Comparison([entry for entry in entries if not entry.fault], lang, evidence)
    texts = comparison.words
    place = evidence.name(evidence.place("district"), lang)
    made: list[Block] = [Cover(lang, texts.say("index_title", place=place).text, "", texts["index_lead"], [])]
    if comparison.entries:
        made += comparison.blocks()
    failed = [entry for entry in entries if entry.fault]
    if failed:
        columns = [Column(texts["index_scenario"], head=True), Column(texts["index_failed"])]
        rows: list[list[Cell]] = [[entry.title[lang], str(entry.fault)] for entry in failed]
        made.append(Section(lang, texts["index_failed_heading"], [Table(lang, "", columns, rows)]))
    if apart:
        told = Prose(lang, [texts.say("index_apart")])
        made.append(
            Section(
                lang,
                texts["index_apart_heading"],
                [told, links(apart, lang)],
            )
        )
    return made
