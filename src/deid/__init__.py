"""De-identification and pseudonymization of chat logs in Japanese and English.

``Detector`` finds, ``Pipeline`` makes releases, ``kanon`` measures and enforces k-anonymity of any table,
``risk`` attacks a release.
"""

from typing import TYPE_CHECKING, Any

from deid.errors import (
    ConfigError,
    DeidError,
    DetectorError,
    EscrowError,
    InputError,
    RecordError,
    ReleaseRefused,
    SpanError,
)
from deid.types import Fact, KnownValue, Span, Turn

if TYPE_CHECKING:
    from deid import kanon, risk
    from deid.detect.detector import DefaultDetector as Detector
    from deid.pipeline import Pipeline, RunResult

__all__ = [
    "ConfigError",
    "DeidError",
    "Detector",
    "DetectorError",
    "EscrowError",
    "Fact",
    "InputError",
    "KnownValue",
    "Pipeline",
    "RecordError",
    "ReleaseRefused",
    "RunResult",
    "Span",
    "SpanError",
    "Turn",
    "kanon",
    "risk",
]

# Names that load models or pyarrow come when they are first used: `import deid` stays quick.
_LAZY = {
    "Detector": ("deid.detect.detector", "DefaultDetector"),
    "Pipeline": ("deid.pipeline", "Pipeline"),
    "RunResult": ("deid.pipeline", "RunResult"),
    "kanon": ("deid.kanon", None),
    "risk": ("deid.risk", None),
}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module 'deid' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    module, attribute = _LAZY[name]
    loaded = import_module(module)
    return loaded if attribute is None else getattr(loaded, attribute)
