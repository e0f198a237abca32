"""`python -m futian_model.cli`."""

import sys

from futian_model.cli import main

sys.exit(main())
