"""Given names in English and the short forms people use for them."""

from collections import defaultdict
from collections.abc import Mapping

from deid.detect.names.words import read_rows


def _read() -> Mapping[str, frozenset[str]]:
    names = defaultdict(set)
    for full, *short in read_rows("diminutives_en"):
        for form in short:
            names[form].add(full)
    return {form: frozenset(found) for form, found in names.items()}


SHORT_FORMS = _read()
"""Short form → the names it is short for, all in lower case."""
