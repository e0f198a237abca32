"""The sheet of paper: A4, its margins, and the room between them, in points."""

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
