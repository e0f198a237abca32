"""Tables of bureaus and databases: read, weighed against what is held, written as one, taken back."""

from futian_model.importing.delivery import Delivery, counts, delivered, read, records, undo
from futian_model.importing.grids import Grid, read_grids
from futian_model.importing.layouts import Reading, Table
from futian_model.importing.mapping import keep, layouts, mapping_file
from futian_model.importing.plans import printed
from futian_model.importing.weighing import Terms, Weighed
