"""What a review keeps: one file in the project's folder of reviews, which the next takes away again."""

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from futian_model.errors import InputError
from futian_model.files import digest, replace
from futian_model.project import Project
from futian_model.report.words.own import fitting, records
from futian_model.report.words.sentences import words
from futian_model.review.rewording import Disputed, Unplaced
from futian_model.review.weighing import Review

HEAD = (
    "# Wording of an office, and what else became of an edited report. futian review wrote this file:\n"
    "# reports say the texts under wording, figures in braces; futian review --undo takes the last away.\n"
)


def content_of(review: Review) -> dict[str, Any]:
    """All that a review says, as its file has it."""
    return {
        "file": Path(review.name).name,
        "report": review.report,
        "wording": dict(sorted(review.wording.items())),
        "former": dict(sorted(review.former.items())),
        "comments": [dict(remark._asdict()) for remark in review.remarks],
        "figures": [
            {
                "place": edit.place,
                **{"was": change.was, "now": change.now, "source": source(change)},
                **({"judgment": review.judged[change].to_dict()} if change in review.judged else {}),
            }
            for edit in review.edits
            if isinstance(change := edit.change, Disputed)
        ],
        "not_placed": [
            {"place": edit.place, **change._asdict()}
            for edit in review.edits
            if isinstance(change := edit.change, Unplaced)
        ],
    }


def source(change: Disputed) -> str:
    """Where a figure comes from: the row of the results, and its value; empty where it is none of them."""
    number = change.number
    if number is None:
        return ""
    return f"{number.key} = {number.value!r}" if number.key is not None else f"{number.value!r}"


def apply(review: Review, content: bytes, project: Project, today: date | None = None) -> Path:
    """Write all that a review keeps, as one file; reports say its wording from then on.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        The project is the library's, or a text does not fit its sentence.
    OSError
        It cannot be written; all is as before.
    """
    import yaml

    project.refuse_shipped()
    for key, text in review.wording.items():
        fitting(key, text, words(review.lang))
    project.reviews.mkdir(exist_ok=True)
    last = records(project)[-1:]
    number = int(last[0].name.partition(".")[0]) + 1 if last else 1
    file = project.reviews / f"{number:04}.{review.lang}.yaml"
    when = {"day": (today or date.today()).isoformat(), "digest": digest(content)}
    text = yaml.safe_dump({**when, **content_of(review)}, allow_unicode=True, sort_keys=False, width=10_000)
    replace(file, f"{HEAD}{text}".encode())
    return file


def undo(project: Project) -> Path:
    """Take the last review back: its file goes, and with it its wording.

    Raises
    ------
    InputError
        There is none.
    """
    project.refuse_shipped()
    kept = records(project)
    if not kept:
        allowed = f"after a review that was kept; {project.shown(project.reviews)} holds none"
        raise InputError("--undo", "", allowed)
    kept[-1].unlink()
    with suppress(OSError):  # others stand in it
        project.reviews.rmdir()
    return kept[-1]
