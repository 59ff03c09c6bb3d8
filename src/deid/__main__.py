"""``python -m deid`` is the command ``deid``."""

import sys

from deid.cli import main

sys.exit(main())
