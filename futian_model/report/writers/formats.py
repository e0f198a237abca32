"""What a report can be written as: the one list of formats, and what each has to offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from futian_model.extensions import added

if TYPE_CHECKING:
    from futian_model.report.page.carried import Pictured, Written
    from futian_model.report.page.document import Document


@runtime_checkable
class Writer(Protocol):
    """What the package of a format offers."""

    def write(self, document: "Document", /) -> "Written":
        """A document as a file that carries its notebook: the same bytes for the same document."""

    def carried(self, content: bytes, /) -> str | None:
        """The notebook that a file carries, packed; None where it carries none or is no such file."""

    def seen(self, content: bytes, /) -> list[str]:
        """The words of a file as its reader sees them, in order."""

    def pictures(self, content: bytes, /) -> "list[Pictured]":
        """The pictures of a file in order; of one that lies beside it or elsewhere, the link."""


@dataclass(frozen=True)
class Format:
    """A format of reports.

    Attributes
    ----------
    name : str
        The ending of its files, and the package of this room that writes and reads them. That package's
        texts hold ``format_<name>``, as a link to such a file is called.
    menu : str
        Entry in Jupyter's export menu.
    mimetype : str
    usual : bool
        Written where nobody chooses.
    package : str
        Module that writes and reads them, where another package brings the format.
    label : str
        What a link to such a file is called, where that package has no texts here.
    """

    name: str
    menu: str
    mimetype: str
    usual: bool = True
    package: str = ""
    label: str = ""

    @property
    def writer(self) -> Writer:
        """Its package, loaded when it is first needed."""
        return cast(Writer, import_module(self.package or f"futian_model.report.writers.{self.name}"))


OFFICE = "application/vnd.openxmlformats-officedocument."

FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        Format("html", "Report, web page (HTML)", "text/html"),
        Format("pdf", "Report, to print (PDF)", "application/pdf"),
        Format("docx", "Report, for Word (DOCX)", f"{OFFICE}wordprocessingml.document"),
        Format("xlsx", "Report, for Excel (XLSX)", f"{OFFICE}spreadsheetml.sheet"),
        Format("md", "Report, for a wiki or repository (Markdown)", "text/markdown", usual=False),
        *added("formats", "a Format", lambda form: isinstance(form, Format)).values(),
    )
}
"""Formats by name; other packages add theirs by an entry point of the group ``futian_model.formats``."""
USUAL = tuple(name for name, form in FORMATS.items() if form.usual)
EXPORTERS = {f"Futian{name.upper()}Exporter": name for name in FORMATS}
"""Names of the exporters that nbconvert finds, with their formats."""
