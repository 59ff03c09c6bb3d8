"""The pipeline: the only package that knows every stage."""

from deid.pipeline.result import RunResult
from deid.pipeline.run import Pipeline

__all__ = ["Pipeline", "RunResult"]
