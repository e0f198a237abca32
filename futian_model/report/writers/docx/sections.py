"""Pages of a Word document: upright, and on their side for what fits no other way."""

from collections.abc import Sequence
from copy import deepcopy

from lxml.etree import _Element as Element

from futian_model.report.writers.docx.xml import W, style_of

HEADING = "Heading"
"""How the styles of headings begin."""
OF_THE_FIRST = ("headerReference", "footerReference", "titlePg")
"""What a section has from the one before unless it says otherwise, and the look of a first page."""


class Sheets:
    """Which way round the pages of a body lie."""

    def __init__(self) -> None:
        self._turned = False
        self._ends: list[tuple[Element, bool]] = []

    def turn(self, turned: bool, body: Sequence[Element]) -> None:
        """What comes next stands on pages this way round; headings at the end of a body go along."""
        if turned == self._turned:
            return
        self._turned = turned
        at = len(body)
        while at and style_of(body[at - 1]).startswith(HEADING):
            at -= 1
        if not at:
            return
        if self._ends and self._ends[-1][0] is body[at - 1]:
            self._ends.pop()  # there were nothing but headings since the last turn
        else:
            self._ends.append((body[at - 1], not turned))

    def ends_upright(self, element: Element) -> bool:
        """Whether upright pages end with an element."""
        return (element, False) in self._ends

    def go_upright(self, before: Element, last: Element) -> None:
        """Upright pages that end with `before` end with `last`, put behind it."""
        self._ends[self._ends.index((before, False))] = (last, False)

    def lay(self, last: Element) -> None:
        """Write the sections; `last` is the document's own, which describes an upright page."""
        pattern = deepcopy(last)
        for number, (ending, turned) in enumerate([*self._ends, (None, self._turned)]):
            section = last if ending is None else deepcopy(pattern)
            if number:
                _follow(section)
            if turned:
                _lay_on_side(section)
            if ending is not None:
                ending.find(f"{{{W}}}pPr").append(section)


def _follow(section: Element) -> None:
    """Head and foot as in the section before."""
    for name in OF_THE_FIRST:
        for one in section.findall(f"{{{W}}}{name}"):
            section.remove(one)


def _lay_on_side(section: Element) -> None:
    size = section.find(f"{{{W}}}pgSz")
    across, down = size.get(f"{{{W}}}w"), size.get(f"{{{W}}}h")
    size.attrib.update({f"{{{W}}}w": down, f"{{{W}}}h": across, f"{{{W}}}orient": "landscape"})
