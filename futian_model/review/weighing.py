"""An edited report weighed: what is kept as wording, what is disputed, what nothing takes in."""

import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, NamedTuple

from nbformat import NotebookNode

from futian_model import report
from futian_model.errors import InputError, cut
from futian_model.evidence import Evidence
from futian_model.report.page.binding import mappings
from futian_model.report.page.document import MIME
from futian_model.report.page.outputs import blocks_of, document
from futian_model.report.page.record import record_of
from futian_model.report.page.results_files import results_from
from futian_model.report.pages import reports
from futian_model.report.sections.report import Report
from futian_model.report.verify import MOST_DRAWS, differences, draws_in, of_record
from futian_model.report.words import Number
from futian_model.report.words.numbers import Key
from futian_model.report.words.own import own_texts, worded
from futian_model.report.writers.docx import write
from futian_model.report.writers.docx.reading import Remark
from futian_model.review.judging import Judged, judgment_for
from futian_model.review.parting import FIGURE
from futian_model.review.reading import Edited, Pair, edited, lines, of_version
from futian_model.review.rewording import TWICE, Change, Disputed, Reworded, Said, Unplaced
from futian_model.review.tracing import Index, Traced
from futian_model.scenario import Scenario

MOST_JUDGED = 12
"""Figures for which a judgment is looked for."""
ADDED = "a line that was put in stands in no text: write it into the notebook"
REMOVED = "a line is gone: wording is kept, sentences are not taken out"
SINCE = "the office has worded this text otherwise since the report was made"
HIDDEN = "worded so, the report does not show it here"


class Edit(NamedTuple):
    """An edit: where it stands and what it is.

    Attributes
    ----------
    at : int
        Number of its line as delivered.
    place : str
        The heading that it stands under.
    change : Reworded, Disputed or Unplaced
    """

    at: int
    place: str
    change: Change


@dataclass(frozen=True)
class Review:
    """What came of reading an edited report.

    Attributes
    ----------
    name, lang : str
        Of the file, and of its report.
    report : str
        The report's class.
    edits : tuple of Edit
        Every edit, in order.
    remarks : tuple of Remark
    also : mapping of str to int
        By key of a text in another wording: how often it is said elsewhere.
    former : mapping of str to str
        By the same keys, the texts before.
    judged : mapping of Disputed to Judged
        By a figure, the judgment that would bring it about, where there is one.
    """

    name: str
    lang: str
    report: str
    edits: tuple[Edit, ...]
    remarks: tuple[Remark, ...]
    also: Mapping[str, int]
    former: Mapping[str, str]
    judged: Mapping[Disputed, Judged]

    @property
    def disputed(self) -> list[Disputed]:
        """Figures that were changed, taken out or put in."""
        return [edit.change for edit in self.edits if isinstance(edit.change, Disputed)]

    @property
    def wording(self) -> dict[str, str]:
        """Texts to keep, by key."""
        return {key: text for key, text in _templates(self.edits)}


def _templates(edits: Sequence[Edit]) -> Iterator[tuple[str, str]]:
    for edit in edits:
        if isinstance(edit.change, Reworded):
            yield edit.change.key, edit.change.template


def review(content: bytes, name: str, evidence: Evidence) -> Review:
    """Read an edited Word report and weigh every edit; nothing is written.

    A wording counts only where the report, made again with it, shows it in the edited place.

    Parameters
    ----------
    content : bytes
    name : str
        Of the file.
    evidence : Evidence
        Today's figures, of the project whose wording is to be kept.

    Raises
    ------
    InputError
        As for `reading.edited`; or the report does not come out again today.
    """
    file = edited(content, name)
    with of_record(name):
        record = record_of(file.notebook)
        inputs, lang = record["inputs"], str(record["lang"])
        of_version(inputs.get("library"), name)
        asked = draws_in(inputs)
        if asked > MOST_DRAWS:
            raise InputError("draws", asked, f"a report of up to {MOST_DRAWS} draws")
        own = {str(key): str(text) for key, text in (inputs.get("wording") or {}).get(lang, {}).items()}
        again = _Again(file.notebook, inputs, lang, evidence)
        again.agree(record)
        traced = Traced(lang, worded(lang, own).texts)
        if file.pairs:
            again.say(traced)
    said = Said(traced.said, Index(traced.said), worded(lang, own))
    numbers = _numbers(file)
    edits = [
        Edit(pair.at, pair.place, change)
        for pair in file.pairs
        for change in _weighed(said, numbers.get(pair.at) if pair.was else None, pair)
    ]
    edits = list(_settled(edits, own, own_texts(evidence.project).get(lang, {})))
    if any(_templates(edits)):
        shown = again.shown(worded(lang, own | dict(_templates(edits))).texts)
        edits = [_appearing(edit, shown) for edit in edits]
    keys = dict(_templates(edits))
    also = {key: _times(traced, key, file.lines) - 1 for key in keys}
    former = {key: said.texts.texts[key] for key in keys}
    judged = _judged([edit.change for edit in edits if isinstance(edit.change, Disputed)], again, lang)
    return Review(name, lang, str(inputs["report"]), tuple(edits), file.remarks, also, former, judged)


def _judged(figures: Sequence[Disputed], again: "_Again", lang: str) -> dict[Disputed, Judged]:
    """Judgments that would bring figures about, of a report of one scenario."""
    scenario = getattr(again.first, "scenario", None)
    if not isinstance(scenario, Scenario):
        return {}
    tried = list(dict.fromkeys(figure for figure in figures if figure.number is not None))[:MOST_JUDGED]
    judgments = {figure: judgment_for(figure, scenario, again.evidence, lang) for figure in tried}
    return {figure: judged for figure, judged in judgments.items() if judged is not None}


class _Again:
    """A report made again of the record of a delivered one."""

    def __init__(
        self, notebook: NotebookNode, inputs: Mapping[str, Any], lang: str, evidence: Evidence
    ) -> None:
        name = str(inputs.get("report"))
        if name not in reports():
            raise InputError("report", name, ", ".join(reports()))
        self.notebook, self.inputs, self.lang, self.evidence = notebook, inputs, lang, evidence
        self.kind: type[Report] = getattr(report, name)
        self.first = self.kind.again(inputs, lang, evidence)
        self.blocks: dict[str, dict[str, Any]] = {}

    def agree(self, record: Mapping[str, Any]) -> None:
        """Refuse a report whose results come out otherwise today."""
        today = self.first.record().to_dict()
        apart, _ = differences(results_from(record["results"]), results_from(today["results"]))
        if apart:
            fault = f"results that come out otherwise today: {cut(apart[0])}"
            raise InputError("record", fault, "a report of today's figures: make it again and edit that one")

    def say(self, texts: Traced) -> None:
        """Say all sections of some texts."""
        self.blocks = _said(self.first, texts)

    def shown(self, texts: Mapping[str, str]) -> list[str]:
        """The lines of the report with other texts."""
        other = _said(self.kind.again(self.inputs, self.lang, self.evidence), Traced(self.lang, texts))
        names = {_name(block): section for section, block in self.blocks.items()}
        notebook = deepcopy(self.notebook)
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                section = names.get(_name(output.get("data", {}).get(MIME, {})))
                if section is not None and section in other:
                    output["data"] = NotebookNode({MIME: other[section]})
        return lines(write(document(notebook)).content)


def _said(again: Report, texts: Traced) -> dict[str, dict[str, Any]]:
    """Sections of a report as blocks, said of some texts."""
    vars(again.material)["words"] = texts
    blocks = {section: getattr(again, section)() for section in again.sections()}
    return {section: block.to_dict() for section, block in blocks.items() if block is not None}


def _name(block: Mapping[str, Any]) -> tuple[str, str]:
    """What a block is known by among those of its report."""
    return str(block.get("type")), str(block.get("heading") or block.get("title") or json.dumps(block)[:200])


def _numbers(file: Edited) -> dict[int, Number]:
    """By line, the figure that a cell or a key figure is."""
    cells = dict[str, list[Number]]()
    for block in blocks_of(file.notebook):
        for part in mappings(block):
            for cell in _alone(part):
                key = None if cell["key"] is None else Key(*cell["key"])
                text = " ".join(cell["text"].split())
                cells.setdefault(text, []).append(Number(cell["value"], cell["rule"], key))
    return {at: cells[line].pop(0) for at, line in enumerate(file.lines) if cells.get(line)}


def _alone(part: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Figures that stand on a line of their own."""
    if part.get("type") == "table":
        yield from (cell for row in part["rows"] for cell in row if isinstance(cell, dict) and "rule" in cell)
    elif part.get("type") == "key_figures":
        yield from (figure["number"] for figure in part["figures"])


def _weighed(said: Said, number: Number | None, pair: Pair) -> list[Change]:
    """What an edited line is; never without a word where its figures are others."""
    changes: list[Change]
    if number is not None:
        return [Disputed(pair.was, pair.now, number)]
    if not pair.was:
        changes = [Unplaced("", pair.now, ADDED)]
    elif not pair.now:
        gone = [change for change in said.changes(pair.was, "") if isinstance(change, Disputed)]
        changes = [Unplaced(pair.was, "", REMOVED), *gone]
    else:
        changes = said.changes(pair.was, pair.now)
    disputed = any(isinstance(change, Disputed) for change in changes)
    if not disputed and FIGURE.findall(pair.was) != FIGURE.findall(pair.now):
        changes.append(Disputed(pair.was, pair.now, None))
    return changes


def _settled(edits: Sequence[Edit], own: Mapping[str, str], today: Mapping[str, str]) -> Iterator[Edit]:
    """Edits without wordings that contradict each other, or what the office has kept since."""
    texts = dict[str, set[str]]()
    for key, template in _templates(edits):
        texts.setdefault(key, set()).add(template)
    for edit in edits:
        change = edit.change
        if isinstance(change, Reworded) and len(texts[change.key]) > 1:
            yield edit._replace(change=Unplaced(change.was, change.now, TWICE))
        elif isinstance(change, Reworded) and own.get(change.key) != today.get(change.key):
            yield edit._replace(change=Unplaced(change.was, change.now, SINCE))
        else:
            yield edit


def _appearing(edit: Edit, shown: Sequence[str]) -> Edit:
    """A wording that the report shows where it was edited; any other is nowhere placed."""
    change = edit.change
    if not isinstance(change, Reworded):
        return edit
    line = shown[edit.at] if edit.at < len(shown) else ""
    was, now = (" ".join(text.split()) for text in (change.was, change.now))
    if now in line and (was not in line or was in now):
        return edit
    return edit._replace(change=Unplaced(change.was, change.now, HIDDEN))


def _times(traced: Traced, key: str, lines: Sequence[str]) -> int:
    """How often lines say a text."""
    texts = [" ".join(text.split()) for text, keys in traced.said.items() if key in keys]
    return sum(line.count(text) for text in texts for line in lines)
