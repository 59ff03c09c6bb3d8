"""A text read once more: odd ways to write a value, digits that are said, letters that stand apart from their number."""
