"""What a vintage means for time: the newest one held, years that are over, and the jump-off.

Nothing here looks at a clock: today is the newest date of publication in the data.
"""

from futian_model.evidence.figures import month
from futian_model.evidence.package import Evidence, kept

LATEST = "latest"
"""The vintage that sees everything held."""
TELLING = ("gdp", "real_gdp_growth")
"""Indicators whose figures say where the district's economy stands in a year."""


@kept
def latest(evidence: Evidence) -> str:
    """The newest date of publication of any figure held, a year or a year and month."""
    return str(max(evidence.observations["vintage"].astype(str), key=month))


def resolved(evidence: Evidence, vintage: str) -> str:
    """A vintage as a date."""
    return latest(evidence) if vintage == LATEST else vintage


def last_over(vintage: str) -> int:
    """The last year that is over at a vintage.

    A year is over once the next one has begun; what a vintage in its own December says of it is still
    a forecast.
    """
    return int(vintage[:4]) - 1


def jump_off(evidence: Evidence, base_year: int, vintage: str) -> int:
    """The last year about which the district's figures say something at a vintage.

    A figure of the whole year or of a part of it, a bound included, of a year that is over: a target
    and a part of the running year say nothing of it. Never before the base year.
    """

    def last() -> int:
        over = last_over(vintage)
        years = [
            int(str(row["period"])[:4])
            for name in TELLING
            for row in evidence.all_figures(evidence.place("district"), name).to_dict("records")
            if month(str(row["vintage"])) <= month(vintage)
        ]
        return max([year for year in years if year <= over], default=0)

    return max(base_year, evidence.once(("jump-off", vintage), last))
