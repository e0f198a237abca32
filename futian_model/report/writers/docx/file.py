"""A Word file from its parts and back into bytes: styles, language, head and foot, what it carries."""

import io
import uuid
import zipfile
from functools import lru_cache
from importlib.resources import files
from typing import Any

import docx
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree
from lxml.etree import _Element as Element

from futian_model.languages import language
from futian_model.report.page.carried import NAME
from futian_model.report.words.sentences import Words
from futian_model.report.writers.docx.form import Form
from futian_model.report.writers.docx.ruler import ARIAL
from futian_model.report.writers.docx.xml import W, field, filled, paragraph, run, w
from futian_model.report.writers.paper.ruler import shortened

TEMPLATE, STYLES = "report.word.xml", "/word/styles.xml"
PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
CARRIED = f"urn:{NAME}"
"""Namespace of the part that holds the notebook."""
ITEM = f"{{{uuid.uuid5(uuid.NAMESPACE_URL, CARRIED)}}}".upper()
MOST_PROPERTY = 255
"""Characters that a property of a file may have."""
HEAD = 48
"""Letters of the title that the head of a page has room for."""
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""Date of every entry, so that the same report is the same file."""
STORED = (".png", ".jpg", ".jpeg")
"""Parts that are compressed as they are."""


def empty(lang: str, form: Form) -> Word:
    """An empty document with the styles of a form, in its language."""
    word = docx.Document(io.BytesIO(_template(form.template)))
    if language(lang).han and not form.official:
        (line,) = word.styles.element.xpath("w:docDefaults/w:pPrDefault/w:pPr/w:spacing")
        line.set(f"{{{W}}}line", "252")
        (body,) = word.styles.element.xpath("w:style[@w:styleId='BodyText']/w:pPr")
        body.extend([w("ind", firstLineChars=200, firstLine=420), w("jc", val="both")])
    return word


@lru_cache
def _template(form: str) -> bytes:
    """The template as Word opens it: one XML file made a package, with parts and styles of a form."""
    parts = _parts(TEMPLATE) | {name: part for name, part in _parts(form).items() if name != STYLES}
    if form:
        _restyle(parts[STYLES][0][0], _parts(form)[STYLES][0][0])
    types = etree.Element(f"{TYPES}Types")
    etree.SubElement(types, f"{TYPES}Default", Extension="rels", ContentType=_type(parts["/_rels/.rels"]))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, part in parts.items():
            package.writestr(
                name.removeprefix("/"), etree.tostring(part[0][0], xml_declaration=True, encoding="UTF-8")
            )
            etree.SubElement(types, f"{TYPES}Override", PartName=name, ContentType=_type(part))
        package.writestr("[Content_Types].xml", etree.tostring(types, xml_declaration=True, encoding="UTF-8"))
    return packed.getvalue()


def _parts(template: str) -> dict[str, Element]:
    """Parts of a template by name; none of a form that has none."""
    if not template:
        return {}
    tree = etree.fromstring((files("futian_model.report.writers.docx") / "templates" / template).read_bytes())
    return {part.get(f"{PACKAGE}name"): part for part in tree.iter(f"{PACKAGE}part")}


def _restyle(styles: Element, own: Element) -> None:
    """Put the styles of a form in place of those of the same name, and what is its own behind them."""
    usual = {style.get(f"{{{W}}}styleId"): style for style in styles}
    for style in list(own):
        former = usual.get(style.get(f"{{{W}}}styleId"))
        if former is None:
            styles.append(style)
        else:
            styles.replace(former, style)


def _type(part: Element) -> str:
    kind: str = part.get(f"{PACKAGE}contentType")
    return kind


def describe(word: Word, title: str, lang: str) -> None:
    """Title and language among the properties of the file."""
    word.core_properties.title = title[:MOST_PROPERTY]
    word.core_properties.language = language(lang).locale


def head_and_foot(word: Word, title: str, texts: Words) -> None:
    """The title above every page but the first, its number below all."""
    (section,) = word.sections
    _replace(section.header, paragraph("Header", run(shortened(ARIAL, title, HEAD))))
    for foot in (section.footer, section.first_page_footer):
        numbered = filled(texts["paper_page"], page=field("PAGE", "1"), pages=field("NUMPAGES", "1"))
        _replace(foot, paragraph("Footer", *numbered))
    _replace(section.first_page_header, paragraph("Normal"))


def numbered_outside(word: Word, texts: Words) -> None:
    """Numbers of the pages below the text, away from the fold, one letter from the edge."""
    (section,) = word.sections
    word.settings.odd_and_even_pages_header_footer = True
    for foot, look in (
        (section.footer, [w("ind", rightChars=100, right=280), w("jc", val="right")]),
        (section.even_page_footer, [w("ind", leftChars=100, left=280), w("jc", val="left")]),
    ):
        numbered = filled(texts["docx_page"], page=field("PAGE", "1"))
        _replace(foot, paragraph("Footer", *numbered, properties=look))
    for head in (section.header, section.even_page_header):
        _replace(head, paragraph("Header"))


def head_first(word: Word, words: str) -> None:
    """What stands above the first page, whose title is in the text."""
    _replace(word.sections[0].first_page_header, paragraph("Subtitle", run(words)))


def _replace(place: Any, content: Element) -> None:
    place.is_linked_to_previous = False
    for old in list(place.part.element):
        place.part.element.remove(old)
    place.part.element.append(content)


def carry(word: Word, packed: str) -> None:
    """Put a packed notebook into the file, where an office program keeps it when it saves."""
    package, main = word.part.package, word.part
    notebook = etree.Element(f"{{{CARRIED}}}notebook", nsmap={None: CARRIED})
    notebook.text = packed
    carrier = Part(PackURI("/customXml/item1.xml"), "application/xml", etree.tostring(notebook), package)
    space = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    about = etree.Element(f"{{{space}}}datastoreItem", {f"{{{space}}}itemID": ITEM}, nsmap={"ds": space})
    schemas = etree.SubElement(about, f"{{{space}}}schemaRefs")
    etree.SubElement(schemas, f"{{{space}}}schemaRef", {f"{{{space}}}uri": CARRIED})
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    props = Part(PackURI("/customXml/itemProps1.xml"), kind, etree.tostring(about), package)
    main.relate_to(carrier, RELATIONSHIP_TYPE.CUSTOM_XML)
    carrier.relate_to(props, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)


def saved(word: Word) -> bytes:
    """The file, the same bytes for the same document."""
    first, last = io.BytesIO(), io.BytesIO()
    word.save(first)
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(last, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.create_system = 0
            kind = zipfile.ZIP_STORED if name.endswith(STORED) else zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name), kind)
    return last.getvalue()
