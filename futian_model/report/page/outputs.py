"""An executed notebook as the pieces of a report."""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import bleach
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from futian_model.languages import LANGS
from futian_model.report.page.carried import pack
from futian_model.report.page.document import Document, Picture, Piece, Plain, Rich
from futian_model.report.page.shown import block_of
from futian_model.report.words.sentences import words

HIDDEN = "notebook-only"
"""Tag of cells that speak to whoever has the notebook open."""
TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "br", "hr", "pre", "code", "blockquote"),
    *("ul", "ol", "li", "dl", "dt", "dd", "strong", "em", "b", "i", "sub", "sup", "a", "img"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
PROTOCOLS = {"http", "https", "mailto", "data"}
PICTURES = ("image/svg+xml", "image/png", "image/jpeg")


def document(notebook: NotebookNode, name: str = "") -> Document:
    """An executed notebook as a document.

    Parameters
    ----------
    notebook : NotebookNode
    name : str
        Of the file, without its ending; the title too, where the notebook has no cover.
    """
    cover = next((block for block in blocks_of(notebook) if block["type"] == "cover"), None)
    beside = notebook.metadata.get("futian", {}).get("beside", {})
    title, lang = (cover["title"], cover["lang"]) if cover else (name, LANGS[0])
    return Document(title, lang, tuple(_pieces(notebook, lang)), pack(notebook), name, beside)


def blocks_of(notebook: NotebookNode) -> list[dict[str, Any]]:
    """Every block in the notebook's outputs, in order."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    blocks = (block_of(output.get("data", {})) for output in outputs)
    return [dict(block) for block in blocks if block is not None]


def _pieces(notebook: NotebookNode, lang: str) -> Iterator[Piece]:
    for cell in notebook.cells:
        if HIDDEN in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown":
            yield _markdown(cell.source, lang, cell.get("attachments", {}))
        for output in cell.get("outputs", []):
            shown = _piece(output, lang)
            if shown is not None:
                yield shown


def _piece(output: NotebookNode, lang: str) -> Piece | None:
    """One output: the richest form a page can show."""
    if output.output_type == "stream":
        return Plain(output.text) if output.name == "stdout" else None
    if output.output_type == "error":
        return Plain(f"{output.ename}: {output.evalue}")
    data = output.data
    block = block_of(data)
    if block is not None:
        return block
    for mime in PICTURES:
        if mime in data:
            alt = output.metadata.get(mime, {}).get("alt")
            return _picture(data[mime], mime, alt or words(lang)["picture_without_description"])
    if "text/html" in data:
        return Rich(_clean(data["text/html"], lang), table=True)
    if "text/markdown" in data:
        return _markdown(data["text/markdown"], lang)
    return Plain(data.get("text/plain", ""))


def _picture(content: str, mime: str, alt: str) -> Picture | Plain:
    if mime == PICTURES[0]:
        return Picture(content.encode(), mime, alt)
    try:
        return Picture(base64.b64decode(content), mime, alt)
    except binascii.Error:
        return Plain(alt)


def _markdown(text: str, lang: str, attachments: Mapping[str, Any] = MappingProxyType({})) -> Rich:
    """Markdown as HTML, with the pictures pasted into its cell."""
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True, attachments=attachments)
    return Rich(_clean(MarkdownWithMath(renderer=renderer).render(text), lang))


def _held(tag: str, name: str, value: str) -> bool:
    """Whether an attribute stays: links lead out of the page or within it, pictures are held in it."""
    if tag == "img":
        return name == "alt" or (name == "src" and value.startswith("data:image/"))
    return name == "title" or (name == "href" and value.startswith(("https://", "http://", "mailto:", "#")))


ATTRIBUTES = {"a": _held, "img": _held, "td": ["colspan", "rowspan"], "th": ["colspan", "rowspan", "scope"]}


def _clean(text: str, lang: str) -> Markup:
    """HTML from Markdown or an analyst's table: no scripts, styles or links that load, every picture
    described.
    """
    plain = re.sub(r"(?is)<(script|style)\b.*?(</\1\s*>|\Z)", "", text)
    shown = bleach.clean(plain, tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True)
    absent = Markup('<img alt="{}"').format(words(lang)["picture_without_description"])

    def described(picture: re.Match[str]) -> str:
        tag = picture[0]
        return tag if re.search(r' alt="[^"]', tag) else tag.replace(' alt=""', "").replace("<img", absent, 1)

    return Markup(re.sub(r"<img[^>]*>", described, shown))
