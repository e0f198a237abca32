"""A report as pages to print: set by typst from data, never from text taken for markup."""

from collections.abc import Iterator, Mapping, Sequence

from futian_model.languages import language
from futian_model.report.page.carried import Written
from futian_model.report.page.document import Document
from futian_model.report.page.elements import plain
from futian_model.report.words.sentences import words
from futian_model.report.writers.paper.flow import flow, spreads
from futian_model.report.writers.paper.nodes import Node, respelt
from futian_model.report.writers.paper.ruler import shortened
from futian_model.report.writers.pdf import fonts
from futian_model.report.writers.pdf.data import SHEET, addressed, data, filed
from futian_model.report.writers.pdf.fonts import Spelling, typefaces
from futian_model.report.writers.pdf.reading import carried, pictures, seen
from futian_model.report.writers.pdf.ruler import ruler
from futian_model.report.writers.pdf.typst import lettered, pages

SVG = ".svg"
HEAD, EDITION = 42, 28
"""Letters of the title, and of what the report was made from, that the head of a page has room for."""
EDITION_FACTS = ("fact_vintage", "fact_version")
"""Facts of the cover that every page repeats."""


def write(document: Document) -> Written:
    """A document as one PDF that carries its notebook.

    Parameters
    ----------
    document : Document

    Returns
    -------
    Written
        The same bytes for the same document; warned of are characters and pictures that could not be
        shown as they are.
    """
    faces, texts, files = typefaces(tuple(fonts.packaged())), words(document.lang), dict[str, bytes]()
    spelling, measure = Spelling(faces), ruler(faces, document.lang)
    nodes = [respelt(filed(node, files), spelling, addressed) for node in flow(document, measure)]
    heads = (plain(node["runs"]) for node in nodes if node["is"] == "heading")
    title = spelling(document.title).strip() or next(heads, "") or texts["pdf_untitled"]
    report = {
        "title": title.replace("\u200b", ""),
        "head": shortened(measure, title, HEAD),
        "edition": shortened(measure, spelling(" · ".join(dict.fromkeys(_edition(document)))), EDITION),
        "lang": document.lang,
        "region": language(document.lang).locale.rpartition("-")[2].lower(),
        "han": language(document.lang).han,
        "prose": measure.prose,
        "families": faces.families,
        "mono": faces.mono,
        "sheet": SHEET,
        "contents": spelling(texts["paper_contents"]),
        "page": spelling(texts["paper_page"]),
        "carried": texts["pdf_carried"],
        "spreads": [
            spread | {"nodes": [data(node, measure) for node in spread["nodes"]]}
            for spread in spreads(nodes, [measure])
        ],
    }
    drawn = {
        name: lettered(picture, spelling) if name.endswith(SVG) else picture
        for name, picture in files.items()
    }
    content, warnings = pages(report, drawn, document.carried, spelling)
    return Written(content, (*([faces.warning] if faces.warning else []), *spelling.warnings(), *warnings))


def _edition(document: Document) -> Iterator[str]:
    """What the pages were made from, for their head."""
    texts = words(document.lang)
    asked = {texts[key] for key in EDITION_FACTS}
    for piece in document.pieces:
        if isinstance(piece, Mapping) and piece["type"] == "cover":
            for name, value in piece["facts"]:
                if name in asked:
                    yield texts.say("pdf_fact", name=name, value=value).text
