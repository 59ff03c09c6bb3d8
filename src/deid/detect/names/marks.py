"""Marks that are written over, under or behind a letter, and belong to it."""

import sys
import unicodedata

MARKS = "".join(
    char for char in map(chr, range(0x300, sys.maxunicode + 1)) if unicodedata.category(char)[0] == "M"
)
"""Every character of the general categories Mn, Mc and Me (Unicode Standard Annex 44)."""
