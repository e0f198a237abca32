"""Forms of a Word document: the usual one, and that of official documents by GB/T 9704."""

from dataclasses import dataclass

from futian_model.errors import InputError
from futian_model.languages import language
from futian_model.project import FORMS, OFFICIAL, USUAL
from futian_model.report.page.document import Document
from futian_model.report.writers.paper.sheet import A4, MILLIMETRE, Sheet


@dataclass(frozen=True)
class Form:
    """Measures and styles of a document, which one writer follows.

    Attributes
    ----------
    sheet : Sheet
    template : str
        Parts and styles in place of those of the same name in the usual template; empty for none.
    tall : float
        Points of a page's height that a picture and its caption may take.
    official : bool
        Laid out as an official document: no running head, contents or colours, headings numbered, annexes
        listed and each begun on a page.
    """

    sheet: Sheet = A4
    template: str = ""
    tall: float = 600.0
    official: bool = False


OFFICIAL_SHEET = Sheet(
    room=156 * MILLIMETRE,
    room_turned=156 * MILLIMETRE,
    tallest=520.0,
    sizes=(10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5),
    sizes_turned=(),
)
"""GB/T 9704-2012, 5.2: A4, the text 156 mm by 225 mm; wide tables are parted, and every page is upright."""
OF_NAME = {
    USUAL: Form(),
    OFFICIAL: Form(
        sheet=OFFICIAL_SHEET,
        template="official.word.xml",
        tall=540.0,
        official=True,
    ),
}


def form_of(document: Document) -> Form:
    """The form that a document asks for; in a language without Chinese characters always the usual one.

    Raises
    ------
    InputError
        There is no such form.
    """
    if document.form not in OF_NAME:
        raise InputError("form", document.form, " or ".join(FORMS))
    return OF_NAME[document.form if language(document.lang).han else USUAL]
