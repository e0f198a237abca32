"""An edited Word report comes back: its wording is kept, its figures disputed, its comments listed."""

from futian_model.review.filing import apply, content_of, undo
from futian_model.review.rewording import Disputed, Reworded, Unplaced
from futian_model.review.telling import lines, undone
from futian_model.review.weighing import Review, review
