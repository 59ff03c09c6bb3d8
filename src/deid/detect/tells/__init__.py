"""Handles and secrets that are ordinary words, told in answer to somebody: a small network that reads the turns."""
