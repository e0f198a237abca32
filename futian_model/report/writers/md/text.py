"""Words as Markdown that shows just them, whatever they are."""

import re
from collections.abc import Sequence
from urllib.parse import quote

from futian_model.report.page.elements import COLOURS, Runs

LINK = re.compile(r"https?://[!-;=?-\[\]-_a-{}~]+")
"""An address in a text; it stands in angle brackets, within which nothing has to be escaped."""
SPECIAL = re.compile(r"[\\`*\[\]|~$#]|(?<![^\W_])_|_(?![^\W_])")
"""What Markdown takes for a mark; an underscore within a word is none."""
FIRST = re.compile(r"^(?:(?=>|[-+](?:[-\s]|$))|(\d+)(?=[.)](?:\s|$)))")
"""Before what is a mark at the beginning of a line."""
ENTITY = re.compile(r"&(?=#?\w+;)")
SPACE = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029 ]+")
UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]|[\ud800-\udfff]")


def inline(text: str, *, linked: bool = False) -> str:
    """Words within a line; `linked` where they are a link as a whole, in which no other one can stand."""
    line = UNSEEN.sub("", SPACE.sub(" ", text))
    parts, at = [], 0
    for link in () if linked else LINK.finditer(line):
        parts += [_escaped(line[at : link.start()]), f"<{link[0]}>"]
        at = link.end()
    return "".join([*parts, _escaped(line[at:])])


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\g<0>", ENTITY.sub("&amp;", text)).replace("<", "&lt;")


def line(text: str) -> str:
    """Words that begin a line."""
    return at_line(inline(text).strip(" "))


def at_line(marked: str) -> str:
    """Marked words so that their first one is no mark."""
    return FIRST.sub(r"\1\\", marked)


def bold(text: str) -> str:
    """Words in bold; with tags where their own stars would stand against the marks."""
    shown = inline(text).strip(" ")
    return f"<strong>{shown}</strong>" if "*" in shown else f"**{shown}**"


def looks(runs: Runs) -> str:
    """An analyst's words with their looks; as tags, which hold beside Chinese punctuation too."""
    parts = []
    for run in runs:
        if run.svg:  # as Markdown has it
            parts.append(run.text)
            continue
        shown = "<br>".join(inline(part, linked=bool(run.link)) for part in run.text.split("\n"))
        for tag, on in (("code", run.code), ("em", run.italic), ("strong", run.bold)):
            shown = f"<{tag}>{shown}</{tag}>" if on else shown
        if run.raised:
            tag = "sup" if run.raised > 0 else "sub"
            shown = f"<{tag}>{shown}</{tag}>"
        parts.append(f"[{shown}](<{target(run.link)}>)" if run.link else shown)
    return "".join(parts)


def target(link: str) -> str:
    """An address, its white space and marks spelt out."""
    return quote(link, safe="%/:=&?#+!$,;'@()*[]~")


def table(heads: Sequence[str], numeric: Sequence[bool], rows: Sequence[Sequence[str]]) -> str:
    """A table of marked words; columns of numbers stand to the right."""
    rules = ["---:" if right else "---" for right in numeric]
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, rules, *rows))


def fence(text: str) -> str:
    """Lines kept as they are."""
    kept = UNSEEN.sub("", COLOURS.sub("", text)).strip("\n")
    longest = max(map(len, re.findall("`+", kept)), default=0)
    mark = "`" * max(3, longest + 1)
    return f"{mark}text\n{kept}\n{mark}"
