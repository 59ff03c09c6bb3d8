"""Our own taggers of names: a small network over summed features, one decision a word or morpheme."""
