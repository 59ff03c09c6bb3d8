"""Numerals that several readers share: English words for numbers, kanji for digits."""

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
"""A word's place is its number."""

TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
"""From twenty in steps of ten."""

KANJI_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
"""For ``str.translate``."""
