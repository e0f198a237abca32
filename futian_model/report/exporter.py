"""The executed notebook as a report: blocks, Markdown and an analyst's own outputs, no code."""

import io
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import bleach
import pandas as pd
from markupsafe import Markup
from nbconvert.exporters import Exporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.utils.exceptions import ConversionException
from nbformat import NotebookNode

from futian_model.report import html
from futian_model.report.binding import disagreements
from futian_model.report.blocks import MIME
from futian_model.report.numbers import LANGS
from futian_model.report.sentences import words

HIDDEN = "notebook-only"
"""Tag of cells that speak to whoever has the notebook open."""
TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "br", "hr", "pre", "code", "blockquote"),
    *("ul", "ol", "li", "dl", "dt", "dd", "strong", "em", "b", "i", "sub", "sup", "a", "img"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}


def held(tag: str, name: str, value: str) -> bool:
    """Whether an attribute stays: links lead out of the page or within it, pictures are held in it."""
    if tag == "img":
        return name == "alt" or (name == "src" and value.startswith("data:image/"))
    return name == "title" or (name == "href" and value.startswith(("https://", "http://", "mailto:", "#")))


PROTOCOLS = {"http", "https", "mailto", "data"}
ATTRIBUTES = {"a": held, "img": held, "td": ["colspan", "rowspan"], "th": ["colspan", "rowspan", "scope"]}
PICTURES = ("image/svg+xml", "image/png", "image/jpeg")


class FutianHTMLExporter(Exporter):
    """`jupyter nbconvert --to futian-html`, and JupyterLab's export menu.

    A notebook whose blocks disagree with its results is refused, as in a batch.
    """

    export_from_notebook = "Scenario report (HTML)"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        blocks = blocks_of(notebook)
        found = faults(notebook) if blocks else []
        if found:
            raise ConversionException("; ".join(found))
        cover = next((block for block in blocks if block["type"] == "cover"), None)
        name = resources.get("metadata", {}).get("name", "")
        title, lang = (cover["title"], cover["lang"]) if cover else (name, LANGS[0])
        return page(notebook, title, lang), resources


def page(notebook: NotebookNode, title: str, lang: str) -> str:
    """An executed notebook as one HTML file."""
    return html.page(list(parts(notebook, lang)), title=title, lang=lang)


def parts(notebook: NotebookNode, lang: str) -> Iterator[Markup]:
    for cell in notebook.cells:
        if HIDDEN in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown":
            yield markdown(cell.source, lang, cell.get("attachments", {}))
        for output in cell.get("outputs", []):
            shown = part(output, lang)
            if shown:
                yield shown


def part(output: NotebookNode, lang: str) -> Markup | None:
    """One output: the richest form a page can show."""
    if output.output_type == "stream":
        return Markup("<pre>{}</pre>").format(output.text) if output.name == "stdout" else None
    if output.output_type == "error":
        return Markup("<pre>{}: {}</pre>").format(output.ename, output.evalue)
    data = output.data
    if MIME in data:
        return html.fragment(data[MIME])
    for mime in PICTURES:
        if mime in data:
            return picture(data[mime], mime, output.metadata.get(mime, {}), lang)
    if "text/html" in data:
        return Markup('<div class="table">{}</div>').format(clean(data["text/html"], lang))
    if "text/markdown" in data:
        return markdown(data["text/markdown"], lang)
    return Markup("<pre>{}</pre>").format(data.get("text/plain", ""))


def picture(content: str, mime: str, metadata: dict[str, Any], lang: str) -> Markup:
    """A picture an analyst drew; its description comes with the output's metadata."""
    link = html.data_uri(content) if mime == PICTURES[0] else f"data:{mime};base64,{content.strip()}"
    alt = metadata.get("alt") or words(lang)["picture_without_description"]
    return Markup('<figure><img src="{}" alt="{}"></figure>').format(link, alt)


def markdown(text: str, lang: str, attachments: Mapping[str, Any] = MappingProxyType({})) -> Markup:
    """Markdown as HTML, with the pictures pasted into its cell."""
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True, attachments=attachments)
    return clean(MarkdownWithMath(renderer=renderer).render(text), lang)


def clean(text: str, lang: str) -> Markup:
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


def blocks_of(notebook: NotebookNode) -> list[dict[str, Any]]:
    """Every block in the notebook's outputs, in order."""
    return [
        output.data[MIME]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if MIME in output.get("data", {})
    ]


def record_of(notebook: NotebookNode) -> dict[str, Any]:
    """The block that carries results and inputs; LookupError when there is not exactly one."""
    found = [block for block in blocks_of(notebook) if block["type"] == "record"]
    if len(found) != 1:
        raise LookupError(f"{len(found)} records of results in the notebook; one is needed")
    return found[0]


def results_of(notebook: NotebookNode) -> pd.DataFrame:
    """The results table that the notebook carries."""
    return results_from(record_of(notebook)["results"])


def results_from(text: str) -> pd.DataFrame:
    """A results table from its CSV, every value as it was to the last digit."""
    table = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    # Python's own float: the reader's was not always exact to the last digit
    values = [float(value or "nan") for value in table["value"]]
    return table.assign(year=table["year"].astype(int), value=values)


def inputs_of(notebook: NotebookNode) -> dict[str, Any]:
    """What the results were made from."""
    return dict(record_of(notebook)["inputs"])


def faults(notebook: NotebookNode) -> list[str]:
    """Why this notebook must not go out as a report; empty when it may."""
    failed = [
        f"{output.ename}: {output.evalue}"
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]
    try:
        results = results_of(notebook)
    except LookupError as error:
        return [*failed, str(error)]
    return failed + disagreements(blocks_of(notebook), results)


__all__ = [
    "FutianHTMLExporter",
    "blocks_of",
    "faults",
    "inputs_of",
    "page",
    "record_of",
    "results_from",
    "results_of",
]
