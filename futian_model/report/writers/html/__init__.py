"""Blocks as HTML: one template, for JupyterLab, the report page and the index."""

import base64
import hashlib
from collections.abc import Mapping, Sequence

from lxml import etree, html
from markupsafe import Markup

from futian_model.languages import LANGS, language
from futian_model.report.page import display
from futian_model.report.page.carried import NAME, Pictured, Written
from futian_model.report.page.display import CHARTS, STYLE, data_uri, fragment, picture_in, template_file
from futian_model.report.page.document import Document, Picture, Piece, Plain, Rich
from futian_model.report.words.sentences import words
from futian_model.report.writers import foreign

SCRIPTS = (CHARTS, "writers/html/templates/report.js")
"""What shows the values of charts under the pointer."""
CONTENTS_FROM = 4
"""Sections from which on a page lists them."""
GENERATOR = '<meta name="generator" content="futian_model">'
"""Tells a page written here from any other."""


def allowed(scripts: Sequence[str]) -> Markup:
    """What a Content-Security-Policy says to let just these scripts run."""
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    return Markup(" ".join(f"'sha256-{digest}'" for digest in digests))


def in_language(lang: str, parts: Sequence[Markup], *, first: bool) -> Markup:
    """Parts of a page that speak one language, under an anchor of its name; not the first one: shown when
    a link leads there.
    """
    kind = "first" if first else "other"
    return Markup('<div lang="{0}" id="{0}" class="{1}">{2}</div>').format(lang, kind, Markup("").join(parts))


def language_links(names: Mapping[str, str]) -> Markup:
    """Links to the languages of a page, each named in itself."""
    links = [Markup('<a href="#{0}" lang="{0}">{1}</a>').format(lang, name) for lang, name in names.items()]
    return Markup('<nav class="languages">{}</nav>').format(Markup(" · ").join(links))


def piece(content: Piece) -> Markup:
    """One piece of a document."""
    if isinstance(content, Rich):
        return Markup('<div class="table">{}</div>').format(content.html) if content.table else content.html
    if isinstance(content, Picture):
        link = data_uri(content.content, content.mime)
        return Markup('<figure><img src="{}" alt="{}"></figure>').format(link, content.alt)
    if isinstance(content, Plain):
        return Markup("<pre>{}</pre>").format(content.text)
    return fragment(content)


def write(document: Document) -> Written:
    """A document as one HTML file that carries its notebook."""
    parts = with_ways(document)
    text = page(parts, title=document.title, lang=document.lang, carried=document.carried)
    return Written(text.encode())


def with_ways(document: Document) -> list[Markup]:
    """Pieces of a document, its sections under anchors; behind its cover where else to go, and a folded list
    of the sections.
    """
    parts, links = list[Markup](), list[Markup]()
    covers = 0
    for at, content in enumerate(document.pieces):
        shown = piece(content)
        if isinstance(content, Mapping) and content["type"] == "section":
            links.append(Markup('<li><a href="#part-{}">{}</a></li>').format(at, content["heading"]))
            shown = Markup('<div id="part-{}">{}</div>').format(at, shown)
        elif isinstance(content, Mapping) and content["type"] == "cover" and not covers:
            covers = at + 1
        parts.append(shown)
    ways = [beside(document)]
    if len(links) >= CONTENTS_FROM:
        folded = Markup('<nav class="contents"><details><summary>{}</summary><ol>{}</ol></details></nav>')
        ways.append(folded.format(words(document.lang)["html_contents"], Markup("").join(links)))
    parts[covers:covers] = [way for way in ways if way]
    return parts


def beside(document: Document) -> Markup:
    """Links to what a batch leaves beside a page: the index, other languages, the common annex."""
    texts = words(document.lang)
    links = [
        Markup('<a href="{}">{}</a>').format(
            link, language(name).name if name in LANGS else texts[f"html_{name}"]
        )
        for name, link in document.beside.items()
    ]
    return (
        Markup('<nav class="languages">{}</nav>').format(Markup(" · ").join(links)) if links else Markup("")
    )


def page(
    parts: Sequence[Markup],
    *,
    title: str,
    lang: str,
    carried: str = "",
    styles: Sequence[str] = (STYLE,),
    scripts: Sequence[str] = SCRIPTS,
) -> str:
    """A whole file that opens offline: style and own scripts inside, nothing fetched, no other script."""
    run = [Markup(template_file(name)) for name in scripts]
    template = display.environment().get_template("writers/html/templates/page.html.j2")
    return template.render(
        parts=parts,
        title=title,
        lang=language(lang).tag,
        style=display.style(styles),
        generator=Markup(GENERATOR),
        scripts=run,
        allowed=allowed(run),
        carried=carried,
        name=NAME,
    )


def carried(content: bytes) -> str | None:
    """The notebook that an HTML file carries, packed; None where it carries none."""
    try:
        scripts = html.document_fromstring(foreign.page(content)).xpath(f"//script[@id='{NAME}']")
    except etree.ParserError:
        return None
    return scripts[0].text if scripts else None


def seen(content: bytes) -> list[str]:
    """The words of an HTML file as a reader sees them, one block a line."""
    tree = html.document_fromstring(content)
    for hidden in tree.xpath("//script | //style | //head"):
        hidden.drop_tree()
    for picture in tree.iter("img"):
        picture.tail = f" {picture.get('alt', '')}\n{picture.tail or ''}"
    for block in tree.iter(
        "p", "h1", "h2", "h3", "h4", "li", "td", "th", "dt", "dd", "caption", "summary", "pre", "br", "span"
    ):
        block.tail = f"\n{block.tail or ''}"
    lines = (" ".join(line.split()) for line in tree.text_content().splitlines())
    return [line for line in lines if line]


def pictures(content: bytes) -> list[Pictured]:
    """The pictures of an HTML file in order: those it shows from inside itself, and where others lead."""
    tree = html.document_fromstring(content)
    return [
        Pictured(" ".join(element.get("alt", "").split()), picture_in(element.get("src", "")))
        if element.tag == "img"
        else Pictured("", etree.tostring(element, with_tail=False))
        for element in tree.iter("img", "svg")
    ]


def written_here(content: bytes) -> bool:
    """Whether a file is a page of this module."""
    return GENERATOR.encode() in content
