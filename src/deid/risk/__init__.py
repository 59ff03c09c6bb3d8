"""Attacks on a release: what a motivated reader would learn from it, as rates with intervals."""
