"""Blocks as HTML: one template, for JupyterLab, the report page and the index."""

import base64
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

GENERATOR = '<meta name="generator" content="futian_model">'
"""Tells a page written here from any other."""


@lru_cache
def environment() -> Environment:
    """Templates of the package, everything escaped that is not marked as HTML."""
    made = Environment(
        loader=PackageLoader("futian_model.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["data_uri"] = data_uri
    return made


def data_uri(content: str | bytes, mime: str = "image/svg+xml") -> str:
    """A picture as a link that holds it; its styles and ids stay its own."""
    data = content.encode() if isinstance(content, str) else content
    return f"data:{mime};base64,{base64.b64encode(data).decode('ascii')}"


def style() -> Markup:
    """The one style sheet."""
    return Markup((files("futian_model.report") / "templates" / "style.css").read_text("utf-8"))


def fragment(block: Mapping[str, Any]) -> Markup:
    """One block, without the style sheet."""
    return Markup(environment().get_template("block.html.j2").render(block=block))


def in_language(lang: str, parts: list[Markup]) -> Markup:
    """Parts of a page that speak one language, under an anchor of its name."""
    return Markup('<div lang="{0}" id="{0}">{1}</div>').format(lang, Markup("").join(parts))


def language_links(names: Mapping[str, str]) -> Markup:
    """Links to the languages of a page, each named in itself."""
    links = [Markup('<a href="#{0}" lang="{0}">{1}</a>').format(lang, name) for lang, name in names.items()]
    return Markup('<nav class="languages">{}</nav>').format(Markup(" · ").join(links))


def standalone(block: Mapping[str, Any]) -> str:
    """One block with the style sheet, for a notebook's output."""
    return f'<style>{style()}</style><div class="futian" lang="{block["lang"]}">{fragment(block)}</div>'


def page(parts: list[Markup], *, title: str, lang: str) -> str:
    """A whole file that opens offline: style inside, nothing fetched, no script."""
    template = environment().get_template("page.html.j2")
    return template.render(parts=parts, title=title, lang=lang, style=style(), generator=Markup(GENERATOR))


def written_here(content: bytes) -> bool:
    """Whether a file is a page of this module."""
    return GENERATOR.encode() in content
