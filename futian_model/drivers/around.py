"""Growth of the nation and of the city around a district."""

from typing import NamedTuple

import numpy as np

from futian_model.calibration import Calibration
from futian_model.calibration.plausibility import yearly
from futian_model.drivers.paths import phased
from futian_model.evidence import Evidence
from futian_model.growth import Floats
from futian_model.scenario.context import City, Context, LeadOver, Nation, NoLead, PublishedPath
from futian_model.scenario.phases import GrowthPath, LeadPath, Trend

NATION, CITY, DISTRICT = 0, 1, 2
POINTS = {"low": 0, "central": 1, "high": 2}


class Around(NamedTuple):
    """Log growth a year, each of shape (years,); without a nation its path is None."""

    nation: Floats | None
    city: Floats
    district: Floats


class Surroundings:
    """A context block's paths: the city's, over the nation's or by itself, and the district's lead."""

    def __init__(self, evidence: Evidence, calibration: Calibration, base_year: int, span: int) -> None:
        self.evidence, self.calibration = evidence, calibration
        self.base_year, self.span = base_year, span

    def around(self, block: Context) -> Around:
        """Nation, city and district."""
        nation = None if block.nation is None else self.place(block.nation, None)
        city = self.place(block.city, nation)
        return Around(nation, city, city + self.lead(block.differential, DISTRICT))

    def place(self, place: City | Nation, nation: Floats | None) -> Floats:
        """Growth of one place."""
        stated, rung = place.growth, CITY if place.place == "city" else NATION
        if isinstance(stated, Trend):
            return self.calibrated(rung)
        if isinstance(stated, GrowthPath):
            return np.log1p(phased(stated.phases, self.base_year, self.span))
        if isinstance(stated, PublishedPath):
            return np.log1p(self.published(stated))
        assert isinstance(stated, LeadOver)
        assert nation is not None, "a lead over no nation: the scenario's checks refuse it"
        return nation + self.lead(stated.lead, CITY)

    def lead(self, stated: Trend | LeadPath | NoLead, rung: int) -> Floats:
        """Log growth of one rung less that of the one around it."""
        if isinstance(stated, Trend):
            return self.calibrated(rung) - self.calibrated(rung - 1)
        if isinstance(stated, NoLead):
            return np.zeros(self.span)
        return phased(stated.phases, self.base_year, self.span, "growth_gap")

    def calibrated(self, rung: int) -> Floats:
        """The evidence's own centre of a rung, of the years after the base year."""
        mean = self.calibration.ladder.mean[rung]
        return np.asarray(mean[len(mean) - self.span :])

    def published(self, stated: PublishedPath) -> Floats:
        """Growth that somebody published, fractions."""
        rows = self.evidence.paths[self.evidence.paths["path"] == stated.path]
        first = self.base_year + 1
        return np.asarray(yearly(rows, first, self.base_year + self.span)[POINTS[stated.point]])
