"""Execution, kept apart from meaning: an engine maps shards over workers and nothing else."""

from deid.engine.local import map_shards

__all__ = ["map_shards"]
