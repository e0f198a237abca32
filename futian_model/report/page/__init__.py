"""The neutral page: blocks, the pieces of a document, and what a delivered file carries."""

from futian_model.report.page.blocks import Block as Block
from futian_model.report.page.blocks import Cell as Cell
from futian_model.report.page.blocks import Cover as Cover
from futian_model.report.page.blocks import Drawn as Drawn
from futian_model.report.page.blocks import KeyFigure as KeyFigure
from futian_model.report.page.blocks import Prose as Prose
from futian_model.report.page.blocks import Record as Record
from futian_model.report.page.blocks import Section as Section
from futian_model.report.page.blocks import Table as Table
from futian_model.report.page.writing import Column as Column
from futian_model.report.page.writing import Facts as Facts
from futian_model.report.page.writing import Fields as Fields
from futian_model.report.page.writing import Fill as Fill
from futian_model.report.page.writing import Page as Page
from futian_model.report.page.writing import Said as Said
from futian_model.report.page.writing import head as head
from futian_model.report.page.writing import numeric as numeric
from futian_model.report.page.writing import short as short
