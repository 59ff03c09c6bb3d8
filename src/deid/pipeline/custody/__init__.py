"""Keys, what is sealed under them, and a record restored from it."""
