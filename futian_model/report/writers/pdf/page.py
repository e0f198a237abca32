"""What the printed page and its contents have in common: room, pictures, nodes for the template."""

import unicodedata
from dataclasses import dataclass, field
from typing import Any

Node = dict[str, Any]
"""One thing to lay out; `is` says what, and the template reads the rest."""

MILLIMETRE = 72 / 25.4
WIDE, TALL = 210 * MILLIMETRE, 297 * MILLIMETRE
SIDE, ABOVE, BELOW = 14.2 * MILLIMETRE, 18 * MILLIMETRE, 15 * MILLIMETRE
ROOM = WIDE - 2 * SIDE
"""Points across an upright page."""
ROOM_TURNED = TALL - 2 * SIDE
"""Points across a page on its side."""
SMALLEST = 7.5
"""Points of the smallest words of a chart on paper."""
SHEET = {
    "side": SIDE,
    "above": ABOVE,
    "below": BELOW,
    "room": ROOM,
    "tall": TALL - ABOVE - BELOW,
    "tall_turned": WIDE - ABOVE - BELOW,
}
"""What the template is told of the page, in points."""


@dataclass(frozen=True)
class Files:
    """Pictures beside the template, by file name."""

    content: dict[str, bytes] = field(default_factory=dict)

    def add(self, content: bytes, ending: str) -> str:
        """Keep a picture; the name it is shown by."""
        name = f"picture-{len(self.content)}.{ending}"
        self.content[name] = content
        return name


def letters(text: str) -> float:
    """Room that a text takes on a line, in Chinese characters; roughly, whatever the typeface."""
    return sum(1.0 if unicodedata.east_asian_width(one) in "WF" else 0.55 for one in text)


def heading(level: int, runs: list[Node], *, new_page: bool = False) -> Node:
    """A heading of level 1 or deeper."""
    return {"is": "heading", "level": level, "runs": runs, "new_page": new_page}


def run(text: str, look: str = "", link: str = "") -> Node:
    """Words of one look."""
    return {"text": text, "look": look, "link": link}
