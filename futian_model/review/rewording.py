"""What an edit of a line is: another wording of a text, another figure, or neither."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from futian_model.errors import InputError
from futian_model.report.words import Number, Words
from futian_model.report.words.own import fitting
from futian_model.report.words.sentences import FIELD
from futian_model.review.parting import FIGURE, parted
from futian_model.review.tracing import CHOICE, LITERAL, NAME, NUMBER, Index, Piece, Saying, plain

SIGNS = "-+−±<>≤≥–.,"
"""Marks that belong to the figure they stand at."""
UNIT = re.compile(
    r"\s*(?:[%％‰]|个?百分点|[千百十]?[万亿]+(?:元|人)?(?:/人)?|元|人(?!均)|倍|成|bn|billion|million|thousand"
    r"|per cent|percent|points?|times|people|persons?)",
    re.IGNORECASE,
)
"""A unit behind a figure."""
HAN = "〇零一二两三四五六七八九十百千万亿"
WORDED = re.compile(
    rf"百分之[{HAN}点]+|[{HAN}几半][{HAN}点]*(?:成|倍|个?百分点|亿元|万元|万人|[%％‰])"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundred|thousand|million|billion|half|twice|double|triple)\b",
    re.IGNORECASE,
)
"""A figure in words."""
NOT_SAID = "its words are those of the scenario, the data, the notebook or the form: change them there"
GONE = "the sentence is gone: wording is kept, sentences are not taken out"
TWICE = "the same text is worded in two ways"
BRACES = "braces stand for fields of a text"


class Reworded(NamedTuple):
    """A text in another wording.

    Attributes
    ----------
    key : str
    template : str
        The text to come, figures as fields.
    was, now : str
        As printed before, and with the same figures after.
    """

    key: str
    template: str
    was: str
    now: str


class Disputed(NamedTuple):
    """A figure that an edit changed, took out or put in.

    Attributes
    ----------
    was, now : str
        As printed and as edited; empty where there was or is none.
    number : Number or None
        The figure as it was computed; None for one that was put in, or of a name.
    """

    was: str
    now: str
    number: Number | None


class Unplaced(NamedTuple):
    """An edit that no text of the library takes in."""

    was: str
    now: str
    reason: str


Change = Reworded | Disputed | Unplaced


@dataclass(frozen=True)
class Said:
    """What a report says, and where.

    Attributes
    ----------
    said : mapping
        From `Traced`.
    index : Index
    texts : Words
        In whose place a wording would stand.
    """

    said: Mapping[str, Mapping[str, Saying]]
    index: Index
    texts: Words

    def changes(self, was: str, now: str, without: frozenset[str] = frozenset()) -> list[Change]:
        """What makes one line or sentence into another.

        Where several texts print the same, each takes the new wording; one that cannot counts only where
        none can.
        """
        if was == now:
            return []
        of_keys = {key: pieces for key, pieces in self.said.get(was, {}).items() if key not in without}
        if of_keys:
            of_each = [list(self._of_pieces(key, pieces, now, without)) for key, pieces in of_keys.items()]
            placed = [each for each in of_each if not any(isinstance(part, Unplaced) for part in each)]
            return list(dict.fromkeys(change for each in placed or of_each[:1] for change in each))
        segments = self.index.segments(was)
        known = [said and text != was for text, said in segments]
        if not any(known):
            return [_foreign(was, now)]
        parts = parted([text for text, _ in segments], now, known)
        of_parts = zip(segments, known, parts, strict=True)
        return [
            change
            for (text, _), said, part in of_parts
            if text != part
            for change in (self.changes(text, part, without) if said else [_foreign(text, part)])
        ]

    def _of_pieces(self, key: str, pieces: Saying, now: str, without: frozenset[str]) -> Iterator[Change]:
        was = [plain(piece.text) for piece in pieces]
        if not now.strip():
            yield from _without(pieces, "".join(was))
            return
        parts = parted(was, now, [piece.kind == LITERAL for piece in pieces])
        guarded = list(_guarded(pieces, was, parts))
        yield from guarded
        kept = list(parts)
        for at, piece in enumerate(pieces):
            if piece.kind == NAME and parts[at] != was[at]:
                yield from self.changes(was[at], parts[at], without | {key})
            if piece.kind in (NAME, NUMBER) or not _free(pieces, was, parts, at):
                kept[at] = was[at]
        templates = [_template(piece, *texts) for piece, *texts in zip(pieces, was, kept, strict=True)]
        template = "".join(templates)
        if template == "".join(piece.template for piece in pieces):
            return
        printed = "".join(was), "".join(kept)
        try:
            fitting(key, template, self.texts)
        except InputError:
            yield Unplaced(*printed, GONE if not "".join(kept).strip() else BRACES)
        else:
            yield Reworded(key, template, *printed)


def _foreign(was: str, now: str) -> Change:
    """Words that no text of the library says."""
    if any(find(was) != find(now) for find in (FIGURE.findall, WORDED.findall)):
        return Disputed(was, now, None)
    return Unplaced(was, now, NOT_SAID)


def _without(pieces: Saying, was: str) -> Iterator[Change]:
    """A sentence that is gone, and its figures."""
    yield Unplaced(was, "", GONE)
    for piece in pieces:
        if piece.kind == NUMBER:
            yield Disputed(piece.text, "", piece.number)


def _template(piece: Piece, was: str, now: str) -> str:
    """A piece as it stands in the text to come: fields stay, letters that stayed are as they were."""
    if was == now:
        return piece.template
    if piece.kind == LITERAL:
        return now if len(piece.template) != len(was) else _spaced(piece.template, was, now)
    name, mark, first, second = FIELD.fullmatch(piece.template).groups()  # type: ignore[union-attr]
    either = f"{now}|{second}" if plain(first) == was else f"{first}|{now}"
    return f"{{{name}{mark}{either}}}"


def _spaced(raw: str, was: str, now: str) -> str:
    """An edited text with the spaces of its own that it kept at either end."""
    start = next((n for n, pair in enumerate(zip(was, now, strict=False)) if pair[0] != pair[1]), None)
    start = min(len(was), len(now)) if start is None else start
    most = min(len(was), len(now)) - start
    end = next((n for n in range(most) if was[-1 - n] != now[-1 - n]), most)
    return raw[:start] + now[start : len(now) - end] + (raw[len(raw) - end :] if end else "")


def _free(pieces: Saying, was: Sequence[str], parts: Sequence[str], at: int) -> bool:
    """Whether a piece's own words may stay as edited: no figure in them, none beside them touched."""
    if pieces[at].kind == CHOICE and (not parts[at].strip() or set("{}|#±") & set(parts[at])):
        return False
    return parts[at] == was[at] or not list(_figures(pieces, was, parts, at))


def _guarded(pieces: Saying, was: Sequence[str], parts: Sequence[str]) -> Iterator[Change]:
    """Figures of a sentence that are changed, gone or put in."""
    for at, piece in enumerate(pieces):
        if piece.kind == NUMBER and parts[at] != was[at]:
            yield Disputed(piece.text, parts[at], piece.number)
        elif piece.kind in (LITERAL, CHOICE) and parts[at] != was[at]:
            yield from _figures(pieces, was, parts, at)
            if piece.kind == CHOICE and not _free(pieces, was, parts, at):
                yield Unplaced(was[at], parts[at], GONE)


def _figures(pieces: Saying, was: Sequence[str], parts: Sequence[str], at: int) -> Iterator[Disputed]:
    """Figures that own words bring in, and those beside them whose sign or unit they change."""
    own, new = was[at], parts[at]
    worded = Counter(WORDED.findall(new)) - Counter(WORDED.findall(own))
    if any(letter.isdigit() for letter in new) or worded:
        yield Disputed(own, new, None)
        return
    before = pieces[at - 1] if at else None
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    for beside, changed in (
        (before, _unit(own) != _unit(new)),
        (after, _sign(own) != _sign(new)),
    ):
        if beside is not None and beside.kind in (NUMBER, NAME) and FIGURE.search(beside.text) and changed:
            shown = (beside.text, new) if beside is before else (new, beside.text)
            yield Disputed(beside.text, "".join(shown), beside.number)


def _unit(text: str) -> str:
    """The unit with which words behind a figure begin."""
    match = UNIT.match(text)
    return match[0].strip().lower() if match else ""


def _sign(text: str) -> str:
    """The marks with which words before a figure end."""
    return text[len(text.rstrip(SIGNS)) :]
