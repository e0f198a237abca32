"""The notebook that a delivered file carries, so that it can be checked wherever it ends up."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from futian_model.report.page.document import MIME
from futian_model.report.page.packing import packed, unpacked
from futian_model.report.page.shown import block_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

NAME = "futian-notebook"
"""What the carried notebook is called inside each format."""
KEPT = ("parameters", "injected-parameters", "notebook-only", "raises-exception")
"""Tags that say what a cell is for."""


@dataclass(frozen=True)
class Written:
    """A finished file.

    Attributes
    ----------
    content : bytes
    warnings : tuple of str
        What its reader should know about how it came out.
    beside : mapping of str to bytes
        Pictures that go with it into the same folder, by file name.
    """

    content: bytes
    warnings: tuple[str, ...] = ()
    beside: Mapping[str, bytes] = field(default_factory=dict)


class Pictured(NamedTuple):
    """A picture as a file holds it.

    Attributes
    ----------
    description : str
        What stands for it where it cannot be seen.
    content : bytes
        The picture: of pixels in any format that shows them, or as it is written; where the file does
        not hold it, the link to it.
    """

    description: str
    content: bytes


PICTURE_DATA = re.compile(r"data:image/[\w+.-]+;base64,[A-Za-z0-9+/=]*")
LINKS = ("futian",)
"""Of a notebook's own metadata: where a batch's page leads."""


def pack(notebook: "NotebookNode") -> str:
    """A notebook as one short text: the same text for the same code and outputs, whenever it ran."""
    return packed(json.dumps(_essence(notebook), ensure_ascii=False, separators=(",", ":")))


MOST_VALUES, MOST_CELLS, MOST_WORDS = 200_000, 2_000, 4_000_000
"""Values in a notebook, cells, and characters of words and tables: many times what a report has."""
WORDED = ("text/html", "text/markdown", "text/latex", "text/plain")
"""Outputs that a page shows by reading them."""


def unpack(text: str) -> "NotebookNode":
    """The notebook in such a text.

    Raises
    ------
    ValueError
        It is no such text.
    """
    import nbformat  # takes a second, and who makes a report unpacks none

    try:
        plain = unpacked(text)
        if sum(map(plain.count, "[{,")) > MOST_VALUES:
            raise ValueError(f"it holds more than {MOST_VALUES:,} values")
        values = json.loads(plain)
        if not isinstance(values, dict) or len(values.get("cells", ())) > MOST_CELLS:
            raise ValueError(f"it is no notebook of up to {MOST_CELLS:,} cells")
        notebook = nbformat.from_dict(values)
        nbformat.validate(notebook)
    except (ValueError, TypeError, AttributeError, nbformat.ValidationError) as fault:
        raise ValueError(next(iter(str(fault).splitlines()), type(fault).__name__)) from None
    except RecursionError:
        raise ValueError("its values lie too deep in each other") from None
    if _words(notebook) > MOST_WORDS:
        raise ValueError(f"it holds more than {MOST_WORDS:,} characters of words")
    return notebook


def _words(notebook: "NotebookNode") -> int:
    """Characters that a page reads, pictures held in them aside."""
    texts = [cell.source for cell in notebook.cells]
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            texts += [output.get("text", ""), output.get("evalue", "")]
            texts += [str(output.get("data", {}).get(kind, "")) for kind in WORDED]
    return sum(len(PICTURE_DATA.sub("", text)) for text in texts)


def _essence(notebook: "NotebookNode") -> dict[str, Any]:
    """Cells and outputs, without times, machines and second copies."""
    cells = []
    for at, cell in enumerate(notebook.cells):
        tags = [tag for tag in cell.metadata.get("tags", []) if tag in KEPT]
        kept: dict[str, Any] = {
            "cell_type": cell.cell_type,
            "id": str(at),
            "metadata": {"tags": tags} if tags else {},
            "source": cell.source,
        }
        if cell.get("attachments"):
            kept["attachments"] = cell.attachments
        if cell.cell_type == "code":
            kept |= {"execution_count": None, "outputs": [_output(output) for output in cell.outputs]}
        cells.append(kept)
    links = {name: notebook.metadata[name] for name in LINKS if name in notebook.metadata}
    return {"cells": cells, "metadata": links, "nbformat": 4, "nbformat_minor": 5}


def _output(output: "NotebookNode") -> dict[str, Any]:
    kept = dict(output)
    if "data" in kept:
        block = block_of(kept["data"])
        kept["data"] = kept["data"] if block is None else {MIME: block}
    if "execution_count" in kept:
        kept["execution_count"] = None
    return kept
