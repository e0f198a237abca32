"""A project as the one at hand, or one for another district, laid out from the project at hand.

What is shared and what is the district's own follows from the data: the part a place plays in
`places.csv`, and the tables that `datapackage.json` says are about the district alone.
"""

from futian_model.layout.places import Asked, District
from futian_model.layout.writing import Laid, copy, lay_out
