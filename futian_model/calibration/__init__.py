"""What published figures say about growth to come, honestly, from few observations.

A district's own figures hardly narrow its next fifteen years. What does is a panel: how far
economies stray and how slowly leads fade shows over hundreds of them. The panels' constants
(`constants`) are the prior of a nation-city-district ladder (`ladder`), which published figures of
any rung (`readings`) update by one linear solve; `trends` hands the result to the simulation.
"""

from futian_model.calibration.estimates import Calibration, Estimate, Trend
from futian_model.calibration.plausibility import Band, band
from futian_model.calibration.trends import calibrate, calibrated

__all__ = ["Band", "Calibration", "Estimate", "Trend", "band", "calibrate", "calibrated"]
