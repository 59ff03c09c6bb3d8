"""Words that tell who wrote them: counted as numbers, then written over."""
