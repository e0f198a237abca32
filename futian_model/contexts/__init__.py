"""One district inside several cities and nations: the same levers, whatever grows around them."""

from futian_model.contexts.files import misfit, surroundings
from futian_model.contexts.frames import READING, SHARE, checks_of, frame, of_check
from futian_model.contexts.inside import differential, within
from futian_model.contexts.judging import FLAGS, IMPLAUSIBLE, PLAUSIBLE, UNUSUAL, Check, flag
from futian_model.contexts.matrix import ON_GDP, OWN, Cell, matrix, ordered, surrounded
from futian_model.contexts.shares import recorded
