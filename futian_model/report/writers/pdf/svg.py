"""An analyst's SVG as the print template can draw it: its words in the page's typefaces, nothing linked."""

from lxml import etree

from futian_model.report.writers.pdf.fonts import Spelling

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
