"""A Markdown file as its reader sees it."""

import re

import mistune

from futian_model.report.page.carried import NAME, Pictured
from futian_model.report.writers import foreign, html

CARRIED = re.compile(rf"<!-- {NAME}\n([A-Za-z0-9+/=\s]*)-->\s*\Z")
"""The comment at the end of a file; one that a report quotes is not at its end."""
WIDE = 120
"""Characters of a line of it."""


def comment(packed: str) -> str:
    """A carried notebook as a comment, which no page shows."""
    cut = (packed[at : at + WIDE] for at in range(0, len(packed), WIDE))
    return "\n".join([f"<!-- {NAME}", *cut, "-->"])


def carried(content: bytes) -> str | None:
    """The notebook that a Markdown file carries, packed; None where it carries none."""
    match = CARRIED.search(foreign.page(content).decode("utf-8", "replace").replace("\r\n", "\n"))
    return match[1] if match else None


def seen(content: bytes) -> list[str]:
    """The words of a Markdown file as a reader sees them, one block a line."""
    return html.seen(_page(content))


def pictures(content: bytes) -> list[Pictured]:
    """The pictures that a Markdown file shows, in order: where they lie."""
    return html.pictures(_page(content))


def _page(content: bytes) -> bytes:
    """A Markdown file as a page shows it."""
    text = CARRIED.sub("", content.decode("utf-8", "replace").replace("\r\n", "\n"))
    shown = mistune.create_markdown(escape=False, plugins=["table", "strikethrough"])(text)
    return f'<meta charset="utf-8">{shown}'.encode()
