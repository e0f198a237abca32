"""What a review prints."""

from collections.abc import Iterator
from pathlib import Path

from futian_model.languages import texts
from futian_model.report.words import Words
from futian_model.review.filing import source
from futian_model.review.rewording import Disputed, Reworded, Unplaced
from futian_model.review.weighing import Edit, Review
from futian_model.wording import said

ROOM = Path(__file__).parent


def lines(review: Review, kept: str, lang: str) -> Iterator[str]:
    """A review as a terminal shows it: wording, figures, what is not placed, comments, what was written.

    Parameters
    ----------
    kept : str
        The file that was written; empty for a dry run.
    """
    known = Words(lang, texts(ROOM, lang))
    for kind, head in ((Reworded, "head_wording"), (Disputed, "head_figures"), (Unplaced, "head_unplaced")):
        edits = [edit for edit in review.edits if isinstance(edit.change, kind)]
        if edits:
            yield known.say(head, count=str(len(edits))).text
        for edit in edits:
            yield from _edit(edit, review, known)
    if review.remarks:
        yield known.say("head_comments", count=str(len(review.remarks))).text
    for remark in review.remarks:
        about = remark.about or remark.place
        yield known.say("comment", author=remark.author, date=remark.date, about=about, text=remark.text).text
    if not (review.edits or review.remarks):
        yield known["unchanged"]
    elif kept:
        yield known.say("kept", file=kept).text
    else:
        yield known["dry"]


def undone(home: str, lang: str) -> str:
    """That the last review is gone."""
    return Words(lang, texts(ROOM, lang)).say("undone", file=home).text


def _edit(edit: Edit, review: Review, known: Words) -> Iterator[str]:
    place, nothing = edit.place or known["no_place"], known["nothing"]
    change = edit.change
    was, now = change.was or nothing, change.now or nothing
    yield known.say("edit", place=place, was=was, now=now).text
    if isinstance(change, Reworded):
        yield known.say("text", name=change.key, text=change.template).text
        if review.also[change.key]:
            yield known.say("also", count=str(review.also[change.key])).text
    elif isinstance(change, Disputed):
        row = source(change)
        yield known.say("row", row=row).text if row else known["no_row"]
        if change in review.judged:
            judged = review.judged[change].to_dict()
            stated = ", ".join(f"{name}: {value}" for name, value in judged.items())
            yield known.say("judgment", judgment=stated).text
    else:
        yield known.say("reason", reason=said(change.reason, known.lang)).text
