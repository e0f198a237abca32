"""The words on a chart."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChartWords:
    """The words on a chart; names of its lines, rows and panels come with its table.

    Attributes
    ----------
    title, subtitle, source : str
        The finding; what is shown along which axis, in which unit; where it comes from.
    alt : str
        What the picture shows.
    across : str
        Name of what runs from left to right; for the table behind a chart of lines.
    """

    title: str
    subtitle: str
    source: str
    alt: str
    across: str = ""
