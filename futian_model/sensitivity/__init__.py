"""Which lever moves which result, what is uncertain about it, and on what a goal hangs."""

from futian_model.sensitivity.discovery import BOX, FEW, NOTHING, SETTLED, Condition, Discovery, discover
from futian_model.sensitivity.drawn import LARGEST, LEFT, Drawn
from futian_model.sensitivity.frames import (
    INDEX,
    SOBOL,
    TORNADO,
    condition_rows,
    frame,
    index_rows,
    sobol_rows,
    tornado_rows,
    within,
)
from futian_model.sensitivity.inputs import GROUPS, TAIL, Uncertain
from futian_model.sensitivity.levers import STEP, UNIT, lever_index
from futian_model.sensitivity.sobol import indices, sobol
from futian_model.sensitivity.tornado import tornado
