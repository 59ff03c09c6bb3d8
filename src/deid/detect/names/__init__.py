"""Names without a neural model: morphology, honorifics, cues and lists, one language a file."""
