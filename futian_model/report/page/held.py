"""A notebook made whole: pictures that lie beside it, and what its widgets show, are put into it."""

import base64
import mimetypes
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markupsafe import escape
from nbformat import NotebookNode

from futian_model.report.page.document import MIME
from futian_model.report.page.outputs import WIDGET
from futian_model.report.page.own import ATTACHED, attached, held, name_of, rendered, sources

STATE = "application/vnd.jupyter.widget-state+json"
MODEL = "IPY_MODEL_"
MOST_PICTURE = 20 << 20
"""Bytes of a picture beyond which it is not taken along."""
DEEPEST = 8
"""Widgets within widgets that are told."""


def whole(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """A notebook that can be sent on by itself; the same one where nothing lies beside it.

    Parameters
    ----------
    notebook : NotebookNode
        Executed.
    folder : Path
        Where it lies. Pictures are taken from there, from the folder above, and from inside either.
    """
    copied = deepcopy(notebook)
    state = copied.metadata.get("widgets", {}).get(STATE, {}).get("state", {})
    for cell in copied.cells:
        if cell.cell_type == "markdown":
            pictures = dict(_beside(sources(rendered(cell.source)), folder, cell.get("attachments", {})))
            if pictures:
                cell.attachments = {**cell.get("attachments", {}), **pictures}
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if MIME in data:  # which holds its pictures
                continue
            for mime, shown in (("text/html", str), ("text/markdown", rendered)):
                for name, kinds in _beside(sources(shown(data[mime])), folder, {}) if mime in data else ():
                    link = attached({name: kinds}, name) or name
                    data[mime] = re.sub(
                        rf"(?<=[\"'(<])({re.escape(name)}|{re.escape(unquote(name))})", link, data[mime]
                    )
            if WIDGET in data and "text/html" not in data:
                words = " ".join(_said(str(data[WIDGET].get("model_id")), state))
                if words:
                    data["text/html"] = f"<p>{words}</p>"
    return copied


def _beside(
    links: Iterator[str], folder: Path, attachments: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Pictures beside a notebook by the links that lead to them, as a cell holds them."""
    for link in links:
        if link.startswith(("data:", ATTACHED)) or "://" in link or attached(attachments, link):
            continue
        try:
            file = (folder / name_of(link)).resolve()
            near = file.is_relative_to(folder.resolve().parent)
            if near and file.is_file() and file.stat().st_size <= MOST_PICTURE:
                mime = mimetypes.guess_type(file.name)[0] or ""
                content = file.read_bytes()
                if held(content, mime):
                    yield link, {mime: base64.b64encode(content).decode("ascii")}
        except (OSError, ValueError):  # a name that no file can have
            continue


def _said(name: str, state: Mapping[str, Any], deep: int = 0) -> Iterator[str]:
    """Words and values of a widget and of those inside it, as HTML."""
    model = state.get(name, {})
    own, marked = model.get("state", {}), str(model.get("model_name", "")).startswith("HTML")
    options, at = own.get("_options_labels"), own.get("index")
    value = options[at] if isinstance(options, list) and isinstance(at, int) and at < len(options) else None
    for part in (own.get("description"), own.get("value") if value is None else value):
        if isinstance(part, str | int | float) and str(part).strip():
            yield str(part) if marked else str(escape(part))
    for child in own.get("children", []) if deep < DEEPEST else []:
        yield from _said(str(child).removeprefix(MODEL), state, deep + 1)
