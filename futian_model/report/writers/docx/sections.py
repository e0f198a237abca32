"""Pages of a Word document: upright, and on their side for what fits no other way."""

from collections.abc import Sequence
from copy import deepcopy

from lxml.etree import _Element as Element

from futian_model.report.writers.docx.xml import W

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
        for one in section.findall(f"{{{W}}}{name}"):
            section.remove(one)


def _lay_on_side(section: Element) -> None:
    size = section.find(f"{{{W}}}pgSz")
    across, down = size.get(f"{{{W}}}w"), size.get(f"{{{W}}}h")
    size.attrib.update({f"{{{W}}}w": down, f"{{{W}}}h": across, f"{{{W}}}orient": "landscape"})
