"""Where each numeric goal of the plan stands: outturns, the straight line to the target, a verdict."""

from futian_model.scorecard.card import ANNUAL, FINAL, MIDTERM, VIEWS, Card, Stage, card, counts
from futian_model.scorecard.estimates import CONSTANT, NOMINAL, STATED
from futian_model.scorecard.frames import (
    OTHERS,
    SCORECARD,
    TABLE,
    TO_COME,
    frame,
    groups,
    of_attribute,
    priced,
    verdict_frame,
)
from futian_model.scorecard.judging import (
    AT_BOUND,
    BEHIND,
    MET,
    MISSED,
    MISSING,
    ON_COURSE,
    STATUSES,
    UNJUDGED,
    Standing,
    judge,
)
from futian_model.scorecard.official import (
    BINDING,
    EXPECTED,
    HARD,
    LAGGING,
    OFFICIAL,
    PROSPECTS,
    official,
    prospect,
    warned,
)
from futian_model.scorecard.outturns import Basis, Outturn, outturns
from futian_model.scorecard.verdicts import (
    BY_READING,
    MET_SO_FAR,
    MISSED_SO_FAR,
    NOT_PUBLISHED,
    OPEN,
    UNLIKELY,
    VERDICTS,
    Verdict,
    overall,
    verdicts,
)
