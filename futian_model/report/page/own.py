"""An analyst's own words: Markdown and HTML made harmless, with their pictures, formulas and ticks."""

import base64
import binascii
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from types import MappingProxyType
from urllib.parse import unquote

import nh3
from markupsafe import Markup, escape
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from PIL import Image

from futian_model.report.page.document import Rich
from futian_model.report.page.formulas import drawn
from futian_model.report.page.pictures import MOST_PIXELS, simple

FORMULA = "formula"
"""Class of a picture that is one."""
TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "br", "hr", "pre", "code", "blockquote"),
    *("ul", "ol", "li", "dl", "dt", "dd", "strong", "em", "b", "i", "sub", "sup", "a", "img"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
PROTOCOLS = {"http", "https", "mailto", "data", "attachment"}
RULES = re.compile(r"(?is)<(script|style)\b.*?(</\1\s*>|\Z)")
TICK = re.compile(r"(?i)<input\b(?=[^>]*checkbox)[^>]*>")
TICKED = re.compile(r"(?i)\schecked\b")
BOX, TICKED_BOX = "☐ ", "☑ "
IMAGE = re.compile(r"<img\b[^>]*>")
ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
HELD = re.compile(r"data:(image/[\w+.-]+);base64,(.*)", re.DOTALL)
ATTACHED = "attachment:"
SVG, PREFERRED = "image/svg+xml", ("image/svg+xml", "image/png", "image/jpeg")
KEPT = ("PNG", "JPEG")
"""Pictures of dots that every format shows; others are made into the first."""
MOST_FORMULAS = 500
"""Of a report; a formula takes a hundredth of a second."""
MOST_TOLD = 60

Attachments = Mapping[str, Mapping[str, str]]
NONE: Attachments = MappingProxyType({})


def picture_of(content: bytes, mime: str) -> tuple[bytes, str] | None:
    """A picture as every format shows it, and its kind; None where it cannot be read.

    Parameters
    ----------
    content : bytes
    mime : str
        What it is said to be; what it is counts.
    """
    if mime == SVG or b"<svg" in content[:1000]:
        return (content, SVG) if simple(content) else None
    try:
        with Image.open(io.BytesIO(content)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return None
            opened.load()
            if opened.format in KEPT:
                return content, f"image/{opened.format.lower()}"
            out = io.BytesIO()
            opened.convert("RGBA").save(out, "PNG")
            return out.getvalue(), "image/png"
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def held(content: bytes, mime: str) -> str | None:
    """A picture as an address that holds it; None where it cannot be read."""
    shown = picture_of(content, mime)
    return shown and f"data:{shown[1]};base64,{base64.b64encode(shown[0]).decode('ascii')}"


def attached(attachments: Attachments, source: str) -> str | None:
    """The picture that an address leads to among what a cell holds, as one that holds it."""
    sought = name_of(source)
    for name, kinds in attachments.items():
        if name_of(name) == sought:
            mime = next((mime for mime in (*PREFERRED, *kinds) if mime in kinds), "")
            try:
                return held(base64.b64decode(kinds.get(mime, "")), mime)
            except (binascii.Error, TypeError, ValueError):
                return None
    return None


def name_of(source: str) -> str:
    """A picture's name, however an address spells it."""
    return unicodedata.normalize("NFC", unquote(source.removeprefix(ATTACHED)))


def sources(text: str) -> Iterator[str]:
    """Where the pictures of some HTML lie."""
    shown = nh3.clean(text, tags={"img"}, attributes={"img": {"src"}}, url_schemes=PROTOCOLS, link_rel=None)
    for tag in IMAGE.findall(shown):
        source = dict(ATTRIBUTE.findall(tag)).get("src", "")
        if source:
            yield unescape(source)


def rendered(text: str, formula: Callable[[str, str], str] | None = None) -> str:
    """Markdown as HTML that is not yet made harmless.

    Parameters
    ----------
    text : str
    formula : callable, optional
        Makes the HTML of a formula of its LaTeX and of what it is written between.
    """
    return MarkdownWithMath(renderer=_Renderer(formula)).render(text)


class _Renderer(IPythonRenderer):
    """Formulas as pictures; addresses of pictures as they are."""

    def __init__(self, formula: Callable[[str, str], str] | None) -> None:
        super().__init__(escape=False, exclude_anchor_links=True)
        self._formula = formula or (lambda body, marks: "")

    def _embed_image_or_attachment(self, src: str) -> str:
        return src

    def inline_math(self, body: str) -> str:
        return self._formula(body, "$")

    def block_math(self, body: str) -> str:
        return self._formula(body, "$$")

    def latex_environment(self, name: str, body: str) -> str:
        if name.rstrip("*") == "equation":
            return self._formula(body, "$$")
        return self._formula(rf"\begin{{{name}}}{body}\end{{{name}}}", "")


class Own:
    """What an analyst wrote, made harmless.

    Parameters
    ----------
    undescribed : str
        What a picture says that has no description.
    lose : callable
        Told what cannot be shown.
    """

    def __init__(self, undescribed: str, lose: Callable[[str], None]) -> None:
        self.undescribed, self.lose = undescribed, lose
        self._formulas = 0

    def markdown(self, text: str, attachments: Attachments = NONE) -> Rich:
        """Markdown as HTML, with the pictures that its cell holds."""
        shown = self._clean(rendered(text, self._formula), attachments)
        if text.strip() and not shown.strip():
            self.lose("scripts, frames or comments alone, which no report shows")
        return Rich(shown)

    def html(self, text: str) -> Rich:
        """HTML that a cell shows."""
        return Rich(self._clean(text), table=True)

    def _formula(self, body: str, marks: str) -> str:
        self._formulas += 1
        source = f"{marks}{body.strip()}{marks}"
        svg = drawn(body) if self._formulas <= MOST_FORMULAS else None
        if svg is None:
            self.lose(f"a formula that stands as it is written: {source[:MOST_TOLD]}")
            return str(escape(source))
        return str(_image(svg, source))

    def _clean(self, text: str, attachments: Attachments = NONE) -> Markup:
        """HTML without scripts, styles or links that load; pictures held in it, every one described."""
        plain = TICK.sub(lambda box: TICKED_BOX if TICKED.search(box[0]) else BOX, RULES.sub("", text))
        shown = nh3.clean(
            plain,
            tags=TAGS,
            attributes=ATTRIBUTES,
            attribute_filter=_kept,
            url_schemes=PROTOCOLS,
            link_rel=None,
        )
        return Markup(IMAGE.sub(lambda tag: self._picture(tag[0], attachments), shown))

    def _picture(self, tag: str, attachments: Attachments) -> str:
        attributes = dict(ATTRIBUTE.findall(tag))
        source, alt = (
            unescape(attributes.get("src", "")),
            attributes.get("alt") or str(escape(self.undescribed)),
        )
        kept = source if HELD.fullmatch(source) else attached(attachments, source)
        if kept is None:
            self.lose(f"a picture that is not shown: {source[:MOST_TOLD] or unescape(alt)}")
            return f'<img alt="{alt}">'
        kind = f' class="{FORMULA}"' if "class" in attributes else ""
        return f'<img src="{kept}" alt="{alt}"{kind}>'


def _image(svg: str, source: str) -> Markup:
    link = f"data:{SVG};base64,{base64.b64encode(svg.encode()).decode('ascii')}"
    return Markup('<img src="{}" alt="{}" class="{}">').format(link, " ".join(source.split()), FORMULA)


def _kept(tag: str, name: str, value: str) -> str | None:
    """An attribute that stays: links lead out of the page or within it, and one class marks formulas."""
    if (tag, name) == ("a", "href"):
        return value if value.startswith(OUT) else None
    return value if name != "class" or value == FORMULA else None


OUT = ("https://", "http://", "mailto:", "#")
"""Beginnings of addresses that a link may have."""
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"alt", "src", "class"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
