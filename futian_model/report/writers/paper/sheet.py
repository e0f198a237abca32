"""The sheet of paper: A4, its margins, and the room between them, in points."""

from dataclasses import dataclass

MILLIMETRE = 72 / 25.4
WIDE, TALL = 210 * MILLIMETRE, 297 * MILLIMETRE
SIDE = 14.2 * MILLIMETRE
ROOM = WIDE - 2 * SIDE
"""Points across an upright page."""
ROOM_TURNED = TALL - 2 * SIDE
"""Points across a page on its side."""
TALLEST = 620.0
"""Points down that a chart may take: what a page holds beside its heading and what stands around it."""
GAP = 12.0
"""Points between two charts, or between a chart and the words at its side."""
HALF = (ROOM - GAP) / 2
"""Width of a chart that has another beside it, or words."""
PADDING = 4.0
"""Points on either side of a table's column."""
SIZES = (9.0, 8.5, 8.0, 7.5)
"""Points of the words in a table, tried from the left."""
SIZES_TURNED = (8.5, 8.0, 7.5, 7.0)
"""The same on a page on its side, for tables that fit no other way."""


@dataclass(frozen=True)
class Sheet:
    """Room on a sheet and sizes of what stands on it, in points.

    Attributes
    ----------
    room, room_turned : float
        Across an upright page, and a page on its side.
    tallest : float
        Down that a chart may take.
    sizes, sizes_turned : tuple of float
        Of the words in a table, tried from the left; none of a sheet that is never turned.
    """

    room: float = ROOM
    room_turned: float = ROOM_TURNED
    tallest: float = TALLEST
    sizes: tuple[float, ...] = SIZES
    sizes_turned: tuple[float, ...] = SIZES_TURNED

    @property
    def half(self) -> float:
        """Width of a chart that has another beside it, or words."""
        return (self.room - GAP) / 2


A4 = Sheet()
