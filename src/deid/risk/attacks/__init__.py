"""Attacks, one a file: each only guesses, and what its guesses are worth is counted elsewhere."""
