"""Official figures and the plan's goals: loaded, checked, converted to the library's units.

Nothing is averaged or filled in. Where sources or vintages differ, the figures stand side by
side and the one that counts follows from the vintage asked for (see `Evidence.series`).
"""

from futian_model.evidence import conventions, history, listing, vintages
from futian_model.evidence.figures import Figure, Series, in_unit, month
from futian_model.evidence.loading import keep, load_evidence
from futian_model.evidence.package import Evidence, kept
from futian_model.evidence.panels import DISTRICTS, ECONOMIES, SIZED, SIZES
from futian_model.evidence.plan import Goal
from futian_model.evidence.plausibility import Question
from futian_model.evidence.tables import fingerprints
from futian_model.evidence.vintages import LATEST, jump_off, last_over, latest, resolved
