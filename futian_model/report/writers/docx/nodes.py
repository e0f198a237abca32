"""Nodes of a report, put into a Word document one by one."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from lxml.etree import _Element as XML

from futian_model.report.page.elements import Run
from futian_model.report.writers.docx.manuscript import Chart, Manuscript
from futian_model.report.writers.docx.pictures import Vector, chart
from futian_model.report.writers.docx.tables import tiles
from futian_model.report.writers.docx.xml import paragraph, run, w
from futian_model.report.writers.paper.nodes import Node, runs_in

BETWEEN_FACTS = "\N{EM SPACE} "
SVG = "image/svg+xml"


def put(nodes: Iterable[Node], into: Manuscript) -> None:
    """Write what nodes say."""
    for node in nodes:
        PUT[node["is"]](node, into)


def vectors(spreads: Sequence[Mapping[str, Any]]) -> Iterator[Vector]:
    """Every picture that has to be drawn in dots."""
    for node in (node for spread in spreads for node in spread["nodes"]):
        if node["is"] == "charts":
            yield from (chart(cell["svg"]) for row in node["rows"] for cell in row)
        elif node["is"] == "picture" and node["mime"] == SVG:
            yield _vector(node)
        yield from (Vector(run.svg) for run in runs_in(node) if run.svg)


def _vector(picture: Node) -> Vector:
    return Vector(picture["content"].decode("utf-8", "replace"))


def _cover(node: Node, into: Manuscript) -> None:
    lines = [("Title", node["title"]), *([("Lead", node["description"])] if node["description"] else [])]
    if into.form.official:
        lines.insert(1, ("Subtitle", node["subtitle"]))
    else:
        into.head_first(node["subtitle"])
    for style, line in lines:
        into.words(style, Run(line))
    facts = list[XML]()
    for at, (label, text) in enumerate(node["facts"]):
        # a line would end anywhere between Chinese letters: where lines are centred, behind two facts
        between = "\n" if into.form.official and at % 2 == 0 else BETWEEN_FACTS
        facts += [run(between)] if at else []
        facts += [run(_unbroken(label) + "\N{NO-BREAK SPACE}", "Muted"), run(_unbroken(text))]
    into.add(paragraph("Facts", *facts))


def _unbroken(text: str) -> str:
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _prose(node: Node, into: Manuscript) -> None:
    # larger words leave gaps where they are kept to a table
    properties = [w("keepNext")] if node["leads"] and not into.form.official else []
    into.words("BodyText", Run(node["text"]), properties=properties)


def _key_figures(node: Node, into: Manuscript) -> None:
    kept = paragraph("AfterTable", properties=[w("keepNext")])
    into.add(kept, tiles(node["figures"], into.form), paragraph("AfterTable"))


def _charts(node: Node, into: Manuscript) -> None:
    for row in node["rows"]:
        charts = [Chart(chart(cell["svg"]), cell["alt"], cell["title"]) for cell in row]
        if len(charts) > 1:
            into.pictures_paired(*charts)
        elif node["words"]:
            into.picture_beside(charts[0], partial(put, node["words"], into))
        else:
            into.picture(*charts[0], room=row[0]["width"])


def _picture(node: Node, into: Manuscript) -> None:
    described = node["alt"] != into.texts["picture_without_description"]
    content = _vector(node) if node["mime"] == SVG else node["content"]
    into.picture(content, node["alt"], node["alt"] if described else "")


def _list(node: Node, into: Manuscript) -> None:
    for item in node["items"]:
        into.item(item.runs, item.mark, item.depth)


PUT: dict[str, Callable[[Node, Manuscript], None]] = {
    "cover": _cover,
    "heading": lambda node, into: into.heading(node),
    "prose": _prose,
    "note": lambda node, into: into.words("Caution", Run(node["text"])),
    "lead": lambda node, into: into.words("Verdict", Run(node["text"])),
    "aside": lambda node, into: into.words("Aside", Run(node["text"])),
    "paragraph": lambda node, into: into.words("BodyText", *node["runs"]),
    "list": _list,
    "key_figures": _key_figures,
    "charts": _charts,
    "picture": _picture,
    "table": lambda node, into: into.table(node),
    "code": lambda node, into: into.words("Printout", Run(node["text"])),
    "rule": lambda node, into: into.words("Rule"),
    "contents": lambda node, into: into.contents(node["where"]),
}
