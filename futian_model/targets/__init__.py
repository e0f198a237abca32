"""Targets with a chance: what a plan may promise, what would raise it, and when to warn.

Every answer stands on the draws of one result, with its Monte Carlo error; `effort` and `regret` draw again,
and say how often. Only a result *given the evidence* makes a chance a likelihood.
"""

from futian_model.targets.chances import CHANCES, Target, at_chance, together
from futian_model.targets.draws import Quantile, Variable
from futian_model.targets.efforts import Effort, effort
from futian_model.targets.frames import frame, regret_frame
from futian_model.targets.fronts import Front, front
from futian_model.targets.regrets import Regret, regret
from futian_model.targets.requests import Settled, settles
from futian_model.targets.signals import GROWTH, Signal, warning
