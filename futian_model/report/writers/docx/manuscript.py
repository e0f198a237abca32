"""A Word document as it is written: what stands in it, and what is numbered in it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from typing import NamedTuple

from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml.etree import _Element as Element

from futian_model.report.page.elements import Run, Runs, plain
from futian_model.report.page.formulas import AXIS
from futian_model.report.words.sentences import Words
from futian_model.report.writers.docx.file import head_first
from futian_model.report.writers.docx.form import Form
from futian_model.report.writers.docx.pictures import PPI, Shown, Vector, drawing, shown
from futian_model.report.writers.docx.tables import height, side_by_side, table
from futian_model.report.writers.docx.xml import (
    W,
    begins_page,
    closed,
    field,
    filled,
    hint,
    legal,
    linked,
    marked,
    opened,
    paragraph,
    run,
    twentieths,
    w,
    written,
)
from futian_model.report.writers.paper.nodes import Node
from futian_model.report.writers.paper.sheet import GAP

OF_THE_FIRST = ("headerReference", "footerReference", "titlePg")
"""What a section has from the one before unless it says otherwise, and the look of a first page."""


def lay(last: Element, ends: Sequence[tuple[Element, bool]]) -> None:
    """Write the sections.

    Parameters
    ----------
    last : Element
        The document's own section, which describes an upright page.
    ends : sequence of tuple
        The last paragraph of each section, and whether its pages lie on their side.
    """
    pattern = deepcopy(last)
    for number, (ending, turned) in enumerate(ends, 1):
        section = last if number == len(ends) else deepcopy(pattern)
        if number > 1:
            _follow(section)
        if turned:
            _lay_on_side(section)
        if section is not last:
            ending.find(f"{{{W}}}pPr").append(section)


def _follow(section: Element) -> None:
    """Head and foot as in the section before."""
    for name in OF_THE_FIRST:
        for reference in section.findall(f"{{{W}}}{name}"):
            section.remove(reference)


def _lay_on_side(section: Element) -> None:
    size = section.find(f"{{{W}}}pgSz")
    across, down = size.get(f"{{{W}}}w"), size.get(f"{{{W}}}h")
    size.attrib.update({f"{{{W}}}w": down, f"{{{W}}}h": across, f"{{{W}}}orient": "landscape"})


DEEPEST, DEEPEST_LIST = 6, 5
"""Levels of headings and of lists that the template describes."""
CONTENTS_LEVELS = 2
"""Levels that the contents list."""
BOOKMARK = "_Toc{:08d}"
FULL = ("https://", "http://", "mailto:")
"""How an address begins that leads somewhere from a lone file."""
CAPTIONS = {"docx_figure": "docx_figure_caption", "docx_table": "docx_table_caption"}
"""Captions by the words that number them."""
BULLETS, NUMBERS = 1, 1
"""The template's list with bullets, and its pattern of numbered lists."""
GRID, STEP_OF_LETTER = 579, 320
"""Height of a line of an official document, and width of a letter, in twentieths of a point."""
WHOLE, ENDS = 160.0, {"first": 2, "end": 2}
"""Points of a table of an official document that is kept on one page, and how many rows of a taller one stay
together at either end: they are taller than usual ones."""
NUMBERED, HEADINGS = 4, 2
"""Levels of headings that are numbered there, and the template's pattern of them."""
STEP = 420
"""Indent of a level of a list, as the template has it."""


class Chart(NamedTuple):
    """A picture with its description and its caption."""

    content: Vector
    alt: str
    caption: str


class Manuscript:
    """A document being written.

    Parameters
    ----------
    word : docx.document.Document
        Empty, with the styles of a report.
    texts : Words
    drawn : mapping of Vector to bytes
        SVG pictures as PNG.
    headings : sequence of Node
        For the contents, in the order in which they will be written.
    form : Form
    """

    def __init__(
        self,
        word: Word,
        texts: Words,
        drawn: Mapping[Vector, bytes],
        headings: Sequence[Node],
        form: Form,
    ) -> None:
        self.word, self.texts, self.drawn, self.headings = word, texts, drawn, headings
        self.form, self.sheet = form, form.sheet
        self._numbers = self._annexed = self._annex_list = 0
        self.body: list[Element] = []
        self.lost = 0
        self._counts = dict.fromkeys(CAPTIONS, 0)
        self._relations: dict[str, str] = {}
        self.ends: list[tuple[Element, bool]] = []
        self._covered = False
        self._headed = self._pictured = 0

    def add(self, *content: Element) -> None:
        """Put elements at the end."""
        self.body += content

    def words(self, style: str, *runs: Run, properties: Iterable[Element] = ()) -> None:
        """A paragraph."""
        look = list(properties)
        if self.form.official and any(run.svg for run in runs):
            at = next((at for at, part in enumerate(look) if part.tag == f"{{{W}}}ind"), len(look))
            look.insert(at, w("spacing", line=GRID, lineRule="atLeast"))  # an exact line would cut it
        self.add(paragraph(style, *self.runs(runs), properties=look))

    def heading(self, node: Node) -> None:
        """A heading, under a bookmark that the contents lead to."""
        self._headed += 1
        content = marked(BOOKMARK.format(self._headed), self._headed, self.runs(node["runs"]))
        level, look = min(node["level"], DEEPEST), begins_page() if node["new_page"] else []
        if self.form.official:
            if node["annex"]:
                self._annex(content)
                return
            # a heading within an annex is one of an annex's own, numbered from one
            level, look = max(1, level - bool(self._annexed)), []
            if self._annexed and level <= NUMBERED:
                look = [w("numPr", w("ilvl", val=level - 1), w("numId", val=self._annex_list))]
        self.add(paragraph(f"Heading{level}", *content, properties=look))

    def _annex(self, title: Sequence[Element]) -> None:
        """The title of an annex on a page of its own; before the first, what annexes there are."""
        titles = [plain(node["runs"]) for node in self.headings if node["annex"]]
        if not self._annexed:
            self._list_annexes(titles)
        self._annexed += 1
        self._annex_list = self._new_list(HEADINGS)
        number = str(self._annexed) if len(titles) > 1 else ""
        self.words("Annex", Run(self.texts.say("docx_annex", number=number).text))
        self.add(paragraph("AnnexTitle", *title))

    def _list_annexes(self, titles: Sequence[str]) -> None:
        """The annexes under the text, the only one without a number; lines begin below each other."""
        say, numbered = self.texts.say, len(titles) > 1
        for at, title in enumerate(titles, 1):
            line = say("docx_annex_listed", number=str(at), title=title).text if numbered else title
            text = line if at > 1 else say("docx_annexes", first=line).text
            hanging = numbered + 3 * (at == 1)  # letters of the number, and of what stands before the first
            letters = {"leftChars": 100 * (5 + numbered), "left": STEP_OF_LETTER * (5 + numbered)}
            letters |= {"hangingChars": 100 * hanging, "hanging": STEP_OF_LETTER * hanging}
            above = [w("spacing", before=GRID)] if at == 1 else []
            self.words("AnnexList", Run(text), properties=[*above, w("ind", **letters)])

    def runs(self, runs: Runs, size: float = 0.0) -> list[Element]:
        """Runs of the document; what led within the page it comes from is plain words."""
        return [self._run(run, size) for run in runs]

    def _run(self, run: Run, size: float) -> Element:
        image = self._shown(Vector(run.svg), self.sheet.room) if run.svg else None
        if image is not None:
            self._pictured += 1
            formula = drawing(image, run.text, self._pictured)
            lowered = w("position", val=-round(2 * (image.height / 2 - AXIS)))
            formula.insert(0, w("rPr", lowered))
            return formula
        if run.link.startswith(FULL):
            return linked(written(run, size), relation=self._relation(legal(run.link)))
        return written(Run(run.text, run.bold, run.italic, run.code) if run.link else run, size)

    def item(self, runs: Runs, mark: str, depth: int) -> None:
        """A paragraph of a list at a depth of 1 or more; one without a mark goes on with its item."""
        level = min(depth, DEEPEST_LIST) - 1
        if mark:
            numbered = self._numbered(level, begins=mark == "1.") if mark[0].isdigit() else BULLETS
            place = w("numPr", w("ilvl", val=level), w("numId", val=numbered))
        else:
            place = w("ind", left=STEP * (level + 1))
        self.words("ListParagraph", *runs, properties=[place])

    def _numbered(self, level: int, *, begins: bool) -> int:
        """The numbered list in use, or a new one that starts at one."""
        if begins or not self._numbers:
            self._numbers = self._new_list(NUMBERS, level)
        return self._numbers

    def _new_list(self, pattern: int, level: int = 0) -> int:
        """A list of a pattern of the template that starts at one."""
        lists = self.word.part.numbering_part.element
        number = len(lists.findall(f"{{{W}}}num")) + 1
        restart = w("lvlOverride", w("startOverride", val=1), ilvl=level)
        lists.append(w("num", w("abstractNumId", val=pattern), restart, numId=number))
        return number

    def table(self, node: Node) -> None:
        """A table, or a part of one, between its caption and its note."""
        above = [self._caption("docx_table", node["title"], again=node["again"])] if node["title"] else []
        note = node["note"]
        after = paragraph("TableNote", run(note)) if note else paragraph("AfterTable")
        if self.form.official:
            node = node | ENDS | {"whole": height(node) <= WHOLE}
        self.add(*above, table(node, self.runs, self.form), after)

    def head_first(self, words: str) -> None:
        """Words above the first page, which is a cover; in the text where something stands there already."""
        if self.body:
            self.words("Subtitle", Run(words))
        else:
            self._covered = True
            head_first(self.word, words)

    def picture(self, content: bytes | Vector, alt: str, caption: str, room: float = 0.0) -> None:
        """A picture over its caption; its description alone where it cannot be read."""
        image = self._shown(content, room or self.sheet.room)
        if image is None:
            self._lose(alt)
            return
        self.add(self._figure(image, alt, kept=bool(caption)))
        if caption:
            self.add(self._caption("docx_figure", caption))

    def pictures_paired(self, left: Chart, right: Chart) -> None:
        """Two pictures side by side, each over its caption."""
        first, second = (self._shown(chart.content, self.sheet.half) for chart in (left, right))
        if first is None or second is None:
            self.picture(*left)
            self.picture(*right)
            return
        apart = [w("ind", right=twentieths(GAP)), w("jc", val="left")]
        cells = [
            [
                self._figure(picture, chart.alt, kept=True),
                self._caption("docx_figure", chart.caption, look=deepcopy(apart)),
            ]
            for picture, chart in ((first, left), (second, right))
        ]
        self.add(
            side_by_side(cells[0], cells[1], self.sheet.half + GAP / 2, self.sheet), paragraph("AfterTable")
        )

    def picture_beside(self, chart: Chart, words: Callable[[], None]) -> None:
        """A picture with words at its side, written meanwhile, over its caption."""
        content, alt, caption = chart
        picture = self._shown(content, self.sheet.half)
        if picture is None:
            self._lose(alt)
            words()
            return
        body, self.body = self.body, []
        words()
        beside, self.body = self.body, body
        row = side_by_side([self._figure(picture, alt, kept=True)], beside, self.sheet.half + GAP, self.sheet)
        self.add(row, self._caption("docx_figure", caption, look=[w("jc", val="left")]))

    def _shown(self, content: bytes | Vector, room: float) -> Shown | None:
        vector = isinstance(content, Vector)
        dots = self.drawn.get(content) if isinstance(content, Vector) else content
        return shown(self.word, dots, room, self.form.tall, PPI if vector else 0) if dots else None

    def _lose(self, alt: str) -> None:
        self.lost += 1
        self.words("BodyText", Run(alt, italic=True))

    def _figure(self, picture: Shown, alt: str, *, kept: bool) -> Element:
        self._pictured += 1
        keep = [w("keepNext")] if kept else []
        return paragraph("Figure", drawing(picture, alt, self._pictured), properties=keep)

    def _caption(
        self, kind: str, title: str, *, again: bool = False, look: Iterable[Element] = ()
    ) -> Element:
        """A caption with a field that counts; the parts of a table share a number."""
        self._counts[kind] += not again
        template = self.texts["docx_table_continued" if again else CAPTIONS[kind]]
        code = f"SEQ {self.texts[kind]} " + (r"\c" if again else r"\* ARABIC")
        content = filled(template, number=field(code, str(self._counts[kind])), title=[run(title)])
        above = kind == "docx_table"
        style = "Caption" if above else "FigureCaption"
        return paragraph(style, *content, properties=[w("keepNext")] if above else look)

    def _relation(self, address: str) -> str:
        if address not in self._relations:
            relation = self.word.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            self._relations[address] = relation
        return self._relations[address]

    def contents(self, where: str) -> None:
        """The contents, where they stand; on a page that is not the cover's.

        Only once a document is laid out is it known whether they have room at the `foot` of its upright
        pages or stand on `top` of those on their side: a cover has the first page for its section.
        An official document has none.
        """
        if self.form.official or where == ("foot" if self._covered else "top"):
            return
        begins = where == "either" or (where == "here" and self._covered)
        # LibreOffice would leave a heading that follows at once alone on its page
        self.add(self._contents(begins_page() if begins else []), paragraph("AfterTable"))

    def _contents(self, look: Iterable[Element]) -> Element:
        """The headings as Word lists them itself; it adds the pages when asked to update the list."""
        lines = [
            paragraph(
                f"TOC{heading['level']}",
                linked(run(plain(heading["runs"])), anchor=BOOKMARK.format(number)),
            )
            for number, heading in enumerate(self.headings, 1)
            if heading["level"] <= CONTENTS_LEVELS
        ]
        for at, element in enumerate(opened(rf'TOC \o "1-{CONTENTS_LEVELS}" \h \z \u'), 1):
            lines[0].insert(at, element)
        lines[-1].append(closed())
        gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
        head = paragraph("TOCHeading", run(self.texts["paper_contents"]), properties=look)
        return w("sdt", w("sdtPr", gallery), w("sdtContent", head, *lines))

    def finish(self) -> None:
        """Put everything into the document."""
        last = self.word.element.body.sectPr
        for element in self.body:
            last.addprevious(element)
        if self.form.official:
            for element in self.word.element.body.iter(f"{{{W}}}r"):
                hint(element)
        lay(last, self.ends)
