"""The command ``deid``: one file a verb group, thin; ``ui.py`` holds the rules of the interface."""

from deid.cli.main import main

__all__ = ["main"]
