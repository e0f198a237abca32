"""Pages set by typst: from the template, data and pictures in a folder of their own."""

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from lxml import etree

from futian_model.files import scratch
from futian_model.report.page.carried import NAME
from futian_model.report.page.elements import Run
from futian_model.report.writers.pdf.data import look
from futian_model.report.writers.pdf.fonts import Spelling

if TYPE_CHECKING:
    from typst import Fonts

LETTERED = ("text", "tspan", "textPath")


def lettered(svg: bytes, spelling: Spelling) -> bytes:
    """An SVG whose words come out as they are, or are told of; one that cannot be read stays as it is.

    Parameters
    ----------
    svg : bytes
    spelling : Spelling
        Keeps count of what no typeface can draw.
    """
    if not any(mark in svg for mark in (b"text", b"image")):
        return svg
    try:
        root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return svg
    for element in list(root.iter(etree.Element)):
        name = etree.QName(element).localname
        if name in LETTERED:
            _spell(element, spelling)
        elif name == "image" and not _held(element):
            # as in a browser, where a picture inside a page may load nothing
            element.getparent().remove(element)
    root.append(_style(spelling.faces.families, root.nsmap.get(None)))
    return etree.tostring(root)


def _spell(element: etree._Element, spelling: Spelling) -> None:
    element.text = spelling(element.text or "")
    for child in element:
        child.tail = spelling(child.tail or "")


def _held(image: etree._Element) -> bool:
    links = [value for name, value in image.attrib.items() if etree.QName(name).localname == "href"]
    return all(link.startswith("data:") for link in links)


def _style(families: tuple[str, ...], namespace: str | None) -> etree._Element:
    """Without it, words in a typeface that is not there would be left out."""
    style = etree.Element(etree.QName(namespace, "style") if namespace else "style")
    names = ",".join(f'"{family}"' for family in families)
    style.text = f"{','.join(LETTERED)}{{font-family:{names}!important}}"
    return style


def pages(
    report: dict[str, Any], pictures: Mapping[str, bytes], packed: str, spelling: Spelling
) -> tuple[bytes, list[str]]:
    """A PDF to read and to have read aloud (PDF/UA).

    Parameters
    ----------
    report : dict
        What the template lays out.
    pictures : mapping of str to bytes
        By the names that the report gives them.
    packed : str
        The notebook to carry.
    spelling : Spelling

    Returns
    -------
    bytes
    list of str
        What had to be left out: pictures that cannot be read, whose descriptions stand instead.
    """
    from typst import TypstError

    sources = {NAME: packed.encode("ascii"), **pictures}
    fonts = spelling.faces.fonts
    try:
        return _reported(report, sources, fonts), []
    except TypstError:
        broken = {name for name, content in pictures.items() if not _readable(name, content, fonts)}
    warnings: list[str] = []
    report = report | {"spreads": _without(report["spreads"], broken, warnings, spelling)}
    try:
        return _reported(report, sources, fonts), warnings
    except TypstError as error:
        warnings.append(f"not a PDF to be read aloud (PDF/UA): {error}")
        return _reported(report, sources, fonts, aloud=False), warnings


def _reported(
    report: Mapping[str, Any], sources: Mapping[str, bytes], fonts: "Fonts", *, aloud: bool = True
) -> bytes:
    data = json.dumps(report, ensure_ascii=False, default=look).encode()
    return _set({"main.typ": _template(), "report.json": data, **sources}, fonts, aloud=aloud)


@lru_cache
def _template() -> bytes:
    return (files("futian_model.report.writers.pdf") / "templates" / "report.typ").read_bytes()


def _set(sources: Mapping[str, bytes], fonts: "Fonts", *, aloud: bool = True) -> bytes:
    from typst import compile as set_in_type

    # nothing outside the folder can be referred to
    with scratch() as folder:
        for name, content in sources.items():
            (folder / name).write_bytes(content)
        pdf = set_in_type(
            folder / "main.typ",
            root=folder,
            font_paths=fonts,
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"] if aloud else [],
        )
    return pdf


def _readable(name: str, content: bytes, fonts: "Fonts") -> bool:
    from typst import TypstError

    source = f'#set document(title: "{NAME}")\n#image("{name}", alt: "{NAME}")'
    try:
        _set({"main.typ": source.encode(), name: content}, fonts)
    except TypstError:
        return False
    return True


def _without(content: Any, broken: set[str], warnings: list[str], spelling: Spelling) -> Any:
    """The same data with descriptions in place of some pictures, which are told of."""
    if isinstance(content, Mapping):
        if content.get("file") in broken:
            warnings.append(
                f"a picture cannot be read, so its description stands instead: {content['alternative']}"
            )
            return {"is": "paragraph", "runs": [Run(spelling(content["alternative"]), italic=True)]}
        return {key: _without(value, broken, warnings, spelling) for key, value in content.items()}
    return (
        [_without(part, broken, warnings, spelling) for part in content]
        if isinstance(content, list)
        else content
    )
