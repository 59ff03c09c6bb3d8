"""Fixtures of the leak tests; ``leak_runs`` makes them."""

from leak_runs import finished, planted, source

__all__ = ["finished", "planted", "source"]
