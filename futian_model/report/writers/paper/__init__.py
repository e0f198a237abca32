"""A report on paper, for whatever sets it: what follows what on its pages, and how its tables fit them."""
