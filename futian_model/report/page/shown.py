"""A block as an output of a notebook holds it: its picture to look at, and its content for the exporters.

A chart is drawn once in the output, in the HTML that a notebook shows; the content leaves it out.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from futian_model.report.page import display
from futian_model.report.page.document import MIME, Block

if TYPE_CHECKING:
    from nbformat import NotebookNode

PICTURE = re.compile(r'<div class="plot"><img src="([^"]*)"')
"""A chart in the HTML of a block."""


def bundle(content: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The output that shows a block, by MIME type."""
    return {
        MIME: _changed(content, _bare),
        "text/html": display.standalone(content),
        "text/plain": f"<{name}>",
    }


def once_styled(notebook: "NotebookNode") -> None:
    """Leave the style sheet of the first block alone: a notebook that is opened shows all its outputs."""
    sheet, seen = display.styled(), False
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            shown = output.get("data", {}).get("text/html", "")
            if shown.startswith(sheet):
                output["data"]["text/html"] = shown.removeprefix(sheet) if seen else shown
                seen = True


def block_of(data: Mapping[str, Any]) -> Block | None:
    """The block in an output, its charts with their pictures; None where there is none.

    Raises
    ------
    LookupError
        The HTML that holds the pictures is gone, or is another block's.
    """
    content: dict[str, Any] | None = data.get(MIME)
    if content is None:
        return None
    drawn = list(charts_of(content))
    if all("svg" in chart for chart in drawn):
        return content
    pictures = PICTURE.findall(data.get("text/html", ""))
    if len(pictures) != len(drawn):
        raise LookupError(f"{len(pictures)} pictures in an output of {len(drawn)} charts")
    held = map(display.picture_in, pictures)
    return _changed(content, lambda chart: {"svg": next(held).decode(), **chart})


def charts_of(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Charts of a block in the order in which they are shown."""
    yield from content["charts"] if content["type"] == "charts" else ()
    for child in content.get("children", ()):
        yield from charts_of(child)


def _changed(content: Mapping[str, Any], change: Callable[[Mapping[str, Any]], Any]) -> dict[str, Any]:
    """A block whose charts are others, in the order in which they are shown."""
    changed = dict(content)
    if content["type"] == "charts":
        changed["charts"] = [change(chart) for chart in content["charts"]]
    if "children" in content:
        changed["children"] = [_changed(child, change) for child in content["children"]]
    return changed


def _bare(chart: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in chart.items() if key != "svg"}
