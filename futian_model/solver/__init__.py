"""What would it take? The smallest bounded change of levers that meets goals in their years."""

from futian_model.solver.solving import (
    CONFLICT,
    MET,
    MET_ALREADY,
    OUT_OF_BOUNDS,
    Model,
    Requirement,
    Verdict,
    solve,
    solve_mix,
)
from futian_model.solver.takes import Takes, takes
