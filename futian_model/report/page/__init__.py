"""The neutral page: blocks, the pieces of a document, and what a delivered file carries."""

from futian_model.report.page.blocks import (
    Block,
    Cover,
    Drawn,
    KeyFigure,
    Prose,
    Record,
    Section,
    Table,
)
from futian_model.report.page.writing import (
    Cell,
    Column,
    Facts,
    Fields,
    Fill,
    Page,
    Said,
    head,
    numeric,
    short,
)
