"""The accurate tagger of names of deid-toolkit: weights, tokenizer and manifest, and no code."""
