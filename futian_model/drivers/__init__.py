"""Central paths: what a scenario's blocks say each driver does, year by year.

A driver is a log growth: of real GDP, of the year-end population, of prices, and for each share
the growth of the part less that of the rest. Everything else follows from these by identity.
"""

from futian_model.drivers.base import base_levels, calibration_of
from futian_model.drivers.blocks import ENTRY, Drivers, drivers
from futian_model.drivers.judgments import Excess, Judged, judge, judged_growth
from futian_model.scenario.blocks.block import Base
from futian_model.scenario.blocks.context import Around
from futian_model.scenario.blocks.production import LEVERS, Engine
