"""The notebook that a delivered file carries, so that it can be checked wherever it ends up."""

import json
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
KEPT = ("parameters", "injected-parameters", "notebook-only")
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


LINKS = ("futian",)
"""Of a notebook's own metadata: where a batch's page leads."""


def pack(notebook: "NotebookNode") -> str:
    """A notebook as one short text: the same text for the same code and outputs, whenever it ran."""
    return packed(json.dumps(_essence(notebook), ensure_ascii=False, separators=(",", ":")))


def unpack(text: str) -> "NotebookNode":
    """The notebook in such a text.

    Raises
    ------
    ValueError
        It is no such text.
    """
    import nbformat  # takes a second, and who makes a report unpacks none

    try:
        notebook = nbformat.from_dict(json.loads(unpacked(text)))
        nbformat.validate(notebook)
    except (ValueError, nbformat.ValidationError) as fault:
        raise ValueError(str(fault).splitlines()[0]) from None
    return notebook


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
