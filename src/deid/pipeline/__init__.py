"""The pipeline: the only package that knows every stage."""

from deid.pipeline.run import Pipeline, RunResult

__all__ = ["Pipeline", "RunResult"]
