"""A report as a Word document that an office can go on writing in: native styles, tables, fields."""

from futian_model.report.page.carried import Written
from futian_model.report.page.document import Document
from futian_model.report.words.sentences import words
from futian_model.report.writers.docx.file import (
    carry,
    describe,
    empty,
    head_and_foot,
    numbered_outside,
    saved,
)
from futian_model.report.writers.docx.form import form_of
from futian_model.report.writers.docx.manuscript import Manuscript
from futian_model.report.writers.docx.nodes import put, vectors
from futian_model.report.writers.docx.pictures import rasters
from futian_model.report.writers.docx.reading import carried, pictures, seen
from futian_model.report.writers.docx.ruler import ARIAL, ROOMY
from futian_model.report.writers.docx.xml import FORBIDDEN, legal
from futian_model.report.writers.paper.flow import flow, headings, spreads
from futian_model.report.writers.paper.nodes import respelt


def write(document: Document) -> Written:
    """A document as one DOCX that carries its notebook.

    Parameters
    ----------
    document : Document

    Returns
    -------
    Written
        In the form that the document asks for, the same bytes for the same document; warned of are
        characters and pictures that had to be left out.

    Raises
    ------
    InputError
        There is no such form.
    """
    texts, form, dropped = words(document.lang), form_of(document), set[str]()
    word = empty(document.lang, form)

    def spelling(text: str) -> str:
        dropped.update(FORBIDDEN.findall(text))
        return legal(text)

    if form.official:
        numbered_outside(word, texts)
    else:
        head_and_foot(word, spelling(document.title), texts)
    describe(word, spelling(document.title), document.lang)
    nodes = (respelt(node, spelling) for node in flow(document, ARIAL, form.sheet))
    laid = spreads(nodes, [ROOMY, ARIAL], form.sheet)
    drawn = rasters(list(vectors(laid)), form)
    manuscript = Manuscript(word, texts, drawn, list(headings(laid)), form)
    for spread in laid:
        put(spread["nodes"], manuscript)
        manuscript.ends.append((manuscript.body[-1], spread["turned"]))
    manuscript.finish()
    carry(word, document.carried)
    codes = ", ".join(f"U+{ord(character):04X}" for character in sorted(dropped))
    warnings = [f"left out, as no Word document can hold them: {codes}"] if dropped else []
    if manuscript.lost:
        warnings.append(f"{manuscript.lost} pictures cannot be read; their descriptions stand instead")
    return Written(saved(word), tuple(warnings))
