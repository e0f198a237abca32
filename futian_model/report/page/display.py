"""Blocks as HTML, as a notebook displays them: one template for notebooks, pages and the index."""

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from futian_model.languages import language
from futian_model.report.page.chart_data import chart_data
from futian_model.report.page.document import tone
from futian_model.report.words.sentences import words

SVG = "image/svg+xml"
UNLINKED = re.compile(r"[\"<>&#%]|[^\x20-\x7e]+")
"""What a link between double quotes does not hold as it is."""
STYLE = "page/templates/style.css"
"""The style of every page."""
NUMBERS, CHARTS = "words/numbers.js", "page/templates/charts.js"
"""Scripts of pages that write numbers, and of those that show a chart's values."""


@lru_cache
def environment() -> Environment:
    """Templates of the package, everything escaped that is not marked as HTML."""
    templates = Environment(
        loader=PackageLoader("futian_model.report", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {
        "data_uri": data_uri,
        "chart_data": chart_data,
        "tone": tone,
        "between": lambda lang: language(lang).between,
        "text": lambda lang, key: words(lang)[key],
    }
    templates.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "ensure_ascii": False}
    return templates


def data_uri(content: str | bytes, mime: str = SVG) -> str:
    """A picture as a link that holds it, to stand between double quotes; its styles and ids stay its own.

    An SVG of text stands as it is but for what such a link may not hold, which is shorter than base64.
    """
    if isinstance(content, str):
        return Markup(f"data:{mime},{UNLINKED.sub(lambda match: quoted(match[0]), content)}")
    return f"data:{mime};base64,{base64.b64encode(content).decode('ascii')}"


quoted = lru_cache(1 << 10)(quote)


@lru_cache(1 << 5)
def picture_in(link: str) -> bytes:
    """What such a link holds; the link itself where it holds nothing."""
    head, _, data = link.partition(",")
    if not head.startswith("data:"):
        return link.encode()
    try:
        return base64.b64decode(data, validate=True) if head.endswith(";base64") else unquote_to_bytes(data)
    except binascii.Error:
        return link.encode()


def style(names: Sequence[str] = (STYLE,)) -> Markup:
    """Style sheets of the templates."""
    return Markup("").join(Markup(template_file(name)) for name in names)


def template_file(name: str) -> str:
    """A file of a room's templates as it is."""
    return (files("futian_model.report") / name).read_text("utf-8")


def fragment(block: Mapping[str, Any]) -> Markup:
    """One block, without the style sheet."""
    return Markup(environment().get_template("page/templates/block.html.j2").render(block=block))


def styled() -> str:
    """The style sheet before a block."""
    return f"<style>{style()}</style>"


def standalone(block: Mapping[str, Any]) -> str:
    """One block with the style sheet, for a notebook's output; what is carried and not shown says so."""
    shown = fragment(block)
    if block["type"] == "record":
        shown = Markup('<p class="table-note">{}</p>').format(words(block["lang"])["record_kept"])
    return f'{styled()}<div class="futian" lang="{block["lang"]}">{shown}</div>'
